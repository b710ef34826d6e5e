"""After a decision: the letter, a lower level taken up, a challenge in time; every state by every act."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client

from remit.delegation import actions, queries
from remit.delegation.models import Application, Challenge
from remit.delegation.queries.contents import contents_of
from remit.delegation.states.assessments import (
    CHALLENGE_STATES,
    CHALLENGE_STEPS,
    FLAG_STATES,
    FLAG_STEPS,
    READY,
    way,
)
from remit.engines.deadlines import by_time, london_instant
from remit.kernel.actor import ANYONE, Actor, RoleAt
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from remit.register.models import Fact
from tests.assessment_factories import MODERATOR, SECOND, flag, through_chain
from tests.delegation_factories import (
    ASSESSOR,
    DEADLINE,
    PROGRAMME,
    WEEK,
    announce,
    decide,
    make_commissioners,
    make_round,
    officer_of,
    record_vote,
    submit,
)
from tests.delegation_filling import make_full_round, submit_full

pytestmark = pytest.mark.django_db

ROUND = "2015-level-3"
AT = DEADLINE.at + WEEK
OFFICER = officer_of("00A")


@pytest.fixture
def made() -> Application:
    make_commissioners("00A", "00B")
    make_round()
    return submit(ROUND, "00A")


def code_of(act: object, **given: object) -> str:
    with pytest.raises(Refused) as refusal:
        act(**given)  # type: ignore[operator]
    return refusal.value.code


def test_a_letter_tells_the_commissioner_and_not_the_public(made: Application) -> None:
    assert code_of(actions.send_outcome, application=made.pk, by=PROGRAMME, at=AT) == "not_decided"
    decide(made, "declined", at=AT)
    told = actions.send_outcome(application=made.pk, by=PROGRAMME, at=AT)
    assert told.challenge_by_on == date(2015, 2, 13), (
        "28 calendar days from the day of the letter, 16 January"
    )
    page = queries.outcome_of(made.pk, AT, OFFICER)
    assert page is not None
    assert (page.outcome, page.challenge_by_on) == ("declined", date(2015, 2, 13))
    assert queries.outcome_of(made.pk, AT + WEEK, ANYONE) is None, "a letter is not the public's"
    entries = Entry.objects.count()
    assert actions.send_outcome(application=made.pk, by=PROGRAMME, at=AT) == told
    assert Entry.objects.count() == entries
    actions.close_round(code=ROUND, by=PROGRAMME, at=AT + WEEK)
    assert queries.outcome_of(made.pk, AT + WEEK, ANYONE) is not None


def test_a_letter_of_approval_does_not_break_an_embargo(made: Application) -> None:
    decide(made, "approved", at=AT)
    actions.send_outcome(application=made.pk, by=PROGRAMME, at=AT)
    assert queries.applications_in(ROUND, AT + WEEK)[0].state == "submitted"
    assert queries.outcome_of(made.pk, AT + WEEK, officer_of("00B")) is None


def test_conditions_are_public_once_announced_with_their_owner_day_and_what_became_of_them(
    made: Application,
) -> None:
    decide(made, "conditional", at=AT)
    assert queries.conditions(AT) == [], "nothing is announced"
    announce(ROUND, at=AT)
    [line] = queries.conditions(AT)
    assert (line.commissioner, line.number, line.state, line.settled_at) == ("00A", 1, "waiting", None)
    late = london_instant(line.due_on + timedelta(days=1), time(0))
    assert queries.conditions(late - timedelta(seconds=1))[0].state == "waiting", "its day is the last"
    assert queries.conditions(late)[0].state == "overdue"
    for is_met, state in ((False, "not_met"), (True, "met")):
        actions.settle_condition(
            application=made.pk, number=1, is_met=is_met, evidence=f"Minutes, {state}.", by=ASSESSOR, at=late
        )
        [line] = queries.conditions(late)
        assert (line.state, line.evidence, line.settled_at) == (state, f"Minutes, {state}.", late)
    assert queries.conditions(AT)[0].state == "waiting", "as it was known then"


def test_what_a_commissioner_left_unsettled_when_it_closed_is_not_overdue(
    made: Application, client: Client
) -> None:
    """Whether its day had come by then or not; what was settled before stays as it was."""
    decide(made, "conditional", at=AT)
    announce(ROUND, at=AT)
    [line] = queries.conditions(AT)
    last = line.due_on - timedelta(days=3)
    Fact.objects.filter(organisation="00A", about="kind").update(until_on=last)
    for days, state in ((-1, "waiting"), (0, "waiting"), (1, "closed"), (9, "closed")):
        [line] = queries.conditions(london_instant(last + timedelta(days=days), time(12)))
        assert (line.state, line.closed_on) == (state, last if state == "closed" else None), days
    page = client.get("/conditions/").content.decode()
    assert f"Not met before it closed on {last.day} {last:%B %Y}" in page
    assert "0 are overdue" in page


def test_a_lower_level_is_offered_told_and_taken_up_at_that_level(made: Application) -> None:
    make_round("2015-level-2", level=2)
    refused = code_of(
        actions.decide_application,
        application=made.pk,
        outcome="lower_level_offered",
        reasons="Start lower.",
        offered_level=3,
        by=ASSESSOR,
        at=AT,
    )
    assert refused == "no_lower_level"
    decide(made, "lower_level_offered", at=AT)
    take = {"application": made.pk, "round_code": "2015-level-2", "by": OFFICER, "at": AT}
    actions.send_outcome(application=made.pk, by=PROGRAMME, at=AT)
    assert code_of(actions.accept_lower_level, **(take | {"round_code": ROUND})) == "wrong_round"
    assert code_of(actions.accept_lower_level, **(take | {"by": officer_of("00B")})) == "not_permitted"
    lower = actions.accept_lower_level(**take)  # type: ignore[arg-type]
    assert (lower.round.level, lower.state, lower.submitted_at) == (2, "submitted", AT)
    assert lower.answers["evidence"] == made.answers["evidence"]
    assert actions.accept_lower_level(**take) == lower  # type: ignore[arg-type]
    page = queries.outcome_of(made.pk, AT, OFFICER)
    assert page is not None
    assert (page.offered_level, page.taken_up) == (2, lower.pk)
    assert decide(lower, "approved", at=AT).outcome == "approved"


def test_a_lower_level_is_taken_up_with_the_tables_and_the_evidence_of_the_full_form() -> None:
    make_full_round("2015-full", "00A")
    make_full_round("2015-full-2", level=2)
    higher = submit_full("00A", "2015-full")
    vote = record_vote("00A", application=higher.pk)
    through_chain(higher.pk, READY, at=AT)
    decide(higher, "lower_level_offered", at=AT)
    lower = actions.accept_lower_level(
        application=higher.pk, round_code="2015-full-2", by=OFFICER, at=AT + WEEK
    )
    before, after = contents_of(higher), contents_of(lower)
    asked = {each.code for each in after.asked}
    assert after.answers == {code: said for code, said in before.answers.items() if code in asked}
    assert after.lines["benefits"]
    assert "duties" not in after.lines, "Level 2 passes no duties"
    for table, rows in after.lines.items():
        assert [row.values for row in rows] == [row.values for row in before.lines[table]], table
        assert not {row.id for row in rows} & {row.id for row in before.lines[table]}, "lines of its own"
    assert [each.evidence_id for each in lower.attached.all()] == [vote.pk]
    assert len(lower.receipt) == 64


def test_a_lower_level_is_not_taken_up_after_its_powers_came_on(made: Application) -> None:
    make_round("2015-level-2", level=2)
    decide(made, "lower_level_offered", at=AT)
    actions.send_outcome(application=made.pk, by=PROGRAMME, at=AT)
    late = by_time(date(2015, 4, 1), DEADLINE.at.timetz().replace(tzinfo=None)).at
    given = {"application": made.pk, "round_code": "2015-level-2", "by": OFFICER, "at": late}
    assert code_of(actions.accept_lower_level, **given) == "wrong_round"


# -- challenges -----------------------------------------------------------------------------------------------


def challenged(made: Application, state: str = "lodged") -> Application:
    decide(made, "declined", at=AT)
    actions.send_outcome(application=made.pk, by=PROGRAMME, at=AT)
    actions.lodge_challenge(application=made.pk, grounds="A document was not read.", by=OFFICER, at=AT)
    if state != "lodged":
        actions.acknowledge_challenge(application=made.pk, by=PROGRAMME, at=AT)
    if state in {"upheld", "rejected"}:
        actions.answer_challenge(
            application=made.pk, is_upheld=state == "upheld", answer="So.", by=MODERATOR, at=AT
        )
    return made


def test_a_challenge_comes_by_its_day(made: Application) -> None:
    decide(made, "declined", at=AT)
    lodge = {"application": made.pk, "grounds": "A document was not read.", "by": OFFICER}
    assert code_of(actions.lodge_challenge, at=AT, **lodge) == "nothing_to_challenge"
    actions.send_outcome(application=made.pk, by=PROGRAMME, at=AT)
    assert code_of(actions.lodge_challenge, at=AT + timedelta(days=29), **lodge) == "late"
    assert code_of(actions.lodge_challenge, at=AT, **(lodge | {"grounds": " "})) == "no_reasons"
    found = actions.lodge_challenge(at=AT + timedelta(days=28), **lodge)  # type: ignore[arg-type]
    assert found.state == "lodged"


@pytest.mark.parametrize("state", CHALLENGE_STATES)
@pytest.mark.parametrize("wanted", CHALLENGE_STATES)
def test_every_state_of_a_challenge_by_every_act(made: Application, state: str, wanted: str) -> None:
    challenged(made, state)
    entries = Entry.objects.count()
    later = AT + WEEK
    moved = way(CHALLENGE_STEPS, state, wanted) is not None
    with suppress(Refused):
        if wanted == "lodged":
            actions.lodge_challenge(application=made.pk, grounds="Again.", by=OFFICER, at=later)
        elif wanted == "acknowledged":
            actions.acknowledge_challenge(application=made.pk, by=PROGRAMME, at=later)
        else:
            actions.answer_challenge(
                application=made.pk, is_upheld=wanted == "upheld", answer="Else.", by=MODERATOR, at=later
            )
    assert Challenge.objects.get().state == (wanted if moved else state)
    assert Entry.objects.count() == entries + moved


def test_a_challenge_that_is_upheld_puts_the_application_back_to_be_decided(made: Application) -> None:
    challenged(made, "upheld")
    assert Application.objects.get(pk=made.pk).state == "deferred"
    assert decide(made, "approved", at=AT + WEEK).outcome == "approved"


def test_the_list_of_a_round_says_that_an_outcome_does_not_stand_after_a_challenge(made: Application) -> None:
    actions.agree_publication(application=challenged(made).pk, by=OFFICER, at=AT)
    actions.close_round(code=ROUND, by=PROGRAMME, at=AT + WEEK)
    actions.acknowledge_challenge(application=made.pk, by=PROGRAMME, at=AT + WEEK)
    actions.answer_challenge(
        application=made.pk, is_upheld=True, answer="So.", by=MODERATOR, at=AT + 5 * WEEK
    )

    def stands(at: datetime) -> tuple[str, bool, set[str]]:
        [row] = queries.applications_in(ROUND, at)
        stages = queries.funnel_of(ROUND, [row], at)
        return row.state, row.is_decided_again, {each.code for each in stages if each.count} - {"applied"}

    assert stands(AT + 4 * WEEK) == ("declined", False, {"not-approved"})
    assert stands(AT + 5 * WEEK) == ("deferred", True, {"waiting"})
    decide(made, "approved", at=AT + 6 * WEEK)
    announce(ROUND, at=AT + 7 * WEEK)
    assert stands(AT + 6 * WEEK) == ("deferred", True, {"waiting"})
    assert stands(AT + 7 * WEEK) == ("approved", False, {"approved"})


def test_a_challenge_that_is_rejected_leaves_it_as_it_was(made: Application) -> None:
    challenged(made, "rejected")
    assert Application.objects.get(pk=made.pk).state == "declined"
    page = queries.outcome_of(made.pk, AT, OFFICER)
    assert page is not None
    assert page.challenge is not None
    assert page.challenge.answer == "So."
    actions.close_round(code=ROUND, by=PROGRAMME, at=AT)
    public = queries.outcome_of(made.pk, AT, ANYONE)
    assert public is not None
    assert public.challenge is not None
    assert (public.challenge.state, public.challenge.grounds, public.challenge.answer) == ("rejected", "", "")


def test_whoever_decided_does_not_answer_the_challenge(made: Application) -> None:
    both = Actor(ASSESSOR.person, "X24", frozenset({RoleAt("national_moderator", "X24")}))
    challenged(made, "acknowledged")
    given = {"application": made.pk, "is_upheld": True, "answer": "Mine.", "at": AT}
    assert code_of(actions.answer_challenge, by=both, **given) == "own_decision"
    assert code_of(actions.answer_challenge, by=PROGRAMME, **given) == "not_permitted"


# -- flags ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", FLAG_STATES)
@pytest.mark.parametrize("wanted", ["allocated", "resolved", "stopped"])
def test_every_state_of_a_flag_by_every_act(made: Application, state: str, wanted: str) -> None:
    found = flag(made.pk, at=AT)
    if state != "raised":
        actions.allocate_flag(flag=found.pk, person=SECOND.person, by=PROGRAMME, at=AT)
    if state in {"resolved", "stopped"}:
        actions.settle_flag(flag=found.pk, is_resolved=state == "resolved", words="So.", by=PROGRAMME, at=AT)
    with suppress(Refused):
        if wanted == "allocated":
            actions.allocate_flag(flag=found.pk, person="somebody-else", by=PROGRAMME, at=AT)
        else:
            actions.settle_flag(
                flag=found.pk, is_resolved=wanted == "resolved", words="Else.", by=PROGRAMME, at=AT
            )
    found.refresh_from_db()
    assert found.state == (wanted if way(FLAG_STEPS, state, wanted) else state)
