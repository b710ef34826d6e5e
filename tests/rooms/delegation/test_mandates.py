"""Mandates: graded, held against the standard, lost votes never hidden; tallied; and what follows from a loss."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from remit.delegation import actions, queries
from remit.delegation.actions.finding import refusal
from remit.delegation.models import Application, Decision, Evidence
from remit.delegation.queries import Mandate
from remit.delegation.queries.mandates import amendment_shown
from remit.delegation.rules import evidence_kinds, ladder, standards
from remit.delegation.rules.reading import read
from remit.delegation.states import OUTCOMES, RESCINDED, STATES, step
from remit.documents.actions import keep_document
from remit.kernel.decision import Refused
from remit.web.delegation.pages.mandates import LOST_BALLOT, NO_BALLOT, OTHER_BALLOT, mandate_panel
from tests.delegation_factories import (
    DEADLINE,
    PROGRAMME,
    announce,
    approve,
    decide,
    draft,
    london,
    make_commissioners,
    make_round,
    officer_of,
    record_vote,
    sign,
    submit,
    withdraw,
)
from tests.delegation_filling import FULL_ROUND, make_full_round, record_amendment

pytestmark = pytest.mark.django_db

ROUND = "2015-level-3"
AT = london(2015, 1, 9, 13)
BEFORE = london(2015, 1, 9, 11)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


@pytest.fixture(autouse=True)
def _a_round() -> None:
    make_commissioners("00A", "00B")
    make_round()


def answered(evidence: str, **more: str) -> dict[str, str]:
    asked = {} if evidence in {"none", "not_specified"} else {"asked_on": "2014-12-01"}
    return {"evidence": evidence, **asked, "constitution": "amended", "benefits": "Care nearer home.", **more}


def mandate(made: Application, at: Any = AT) -> Mandate:
    found = queries.mandate_of(made.pk, at)
    assert found is not None
    return found


def compared(found: Mandate) -> str:
    [one] = found.comparisons
    return one.words


@pytest.mark.parametrize(
    ("answer", "rests_on", "is_gap"),
    [
        ("ballot", "stated", False),
        ("recorded_vote", "stated", False),
        ("show_of_hands", "stated", False),
        ("letter", "stated", False),
        ("none", "stated", True),
        ("not_specified", "", True),
    ],
)
def test_without_evidence_on_record_the_answer_of_the_form_grades_it_and_says_so(
    answer: str, rests_on: str, is_gap: bool
) -> None:
    found = mandate(submit(ROUND, "00A", answers=answered(answer)))
    assert (found.rung.code, found.rests_on, found.is_gap) == (answer, rests_on, is_gap)
    assert found.asked_on == (None if is_gap else date(2014, 12, 1))


@pytest.mark.seed("S0-12")
@pytest.mark.parametrize("answer", ["show_of_hands", "letter", "none", "not_specified"])
def test_support_at_an_open_meeting_only_does_not_meet_the_standard(answer: str) -> None:
    made = submit(ROUND, "00A", answers=answered(answer))
    assert compared(mandate(made)) == "Does not meet GPC standard: no full ballot"


@pytest.mark.seed("S0-12")
def test_a_ballot_with_its_count_and_the_constitutions_route_meets_it_one_that_is_only_said_does_not() -> (
    None
):
    said = submit(ROUND, "00A")
    assert compared(mandate(said)) == "Does not meet GPC standard: the count is not stated"
    record_vote("00A", application=said, electorate=40)
    assert compared(mandate(said, AT + timedelta(days=1))) == "Meets GPC standard"
    other = submit(ROUND, "00B", answers=answered("ballot", constitution="not_yet"))
    assert "the constitution's route is not shown" in compared(mandate(other))


def test_what_is_on_record_counts_rather_than_what_the_form_says() -> None:
    made = draft(ROUND, "00A")
    record_vote("00A", kind="show_of_hands", held_on=date(2014, 12, 3), application=made, meeting_kind="open")
    found = mandate(made)
    assert (found.rung.code, found.stated, found.rests_on) == ("show_of_hands", "ballot", "recorded")
    assert found.asked_on == date(2014, 12, 3)
    assert found.evidence[0].result == "carried"


def test_a_ballot_is_verifiable_once_its_roll_its_scrutineer_and_a_public_paper_are_there() -> None:
    officer = officer_of("00A")
    facts = {"electorate": 40, "roll_on": "2014-11-20", "verified_by": "The lay chair"}
    for is_public, rung in ((False, "ballot"), (True, "verifiable_ballot")):
        kept = keep_document(
            name="count.pdf", content=PDF, owner="00A", is_public=is_public, by=officer, at=AT
        )
        row = queries.evidence(record_vote("00A", document=kept.pk, **facts).pk, AT + timedelta(days=1))
        assert row is not None
        assert row.rung == rung


def test_a_lost_vote_shows_whoever_recorded_it_and_attached_or_not() -> None:
    made = submit(ROUND, "00A")
    lost = record_vote("00A", in_favour=17, against=18, held_on=date(2014, 12, 5), by=PROGRAMME)
    found = mandate(made, AT + timedelta(days=1))
    assert found.is_against
    assert [row.id for row in found.lost] == [lost.pk]
    assert not mandate(made, london(2014, 12, 1)).is_against, "not yet known"
    assert not mandate(submit(ROUND, "00B", at=AT - timedelta(hours=2))).is_against


def test_a_vote_on_another_level_or_one_won_again_is_not_held_against_it() -> None:
    made = submit(ROUND, "00A")
    record_vote("00A", in_favour=1, against=18, level="2")
    assert not mandate(made, AT + timedelta(days=1)).is_against
    record_vote("00A", in_favour=1, against=18, level="3", held_on=date(2014, 12, 2))
    assert mandate(made, AT + timedelta(days=1)).is_against
    record_vote("00A", level="3", held_on=date(2014, 12, 20))
    assert not mandate(made, AT + timedelta(days=1)).is_against


def test_a_corrected_record_counts_as_it_was_corrected() -> None:
    made = draft(ROUND, "00A", answers={})
    wrong = record_vote("00A", application=made, at=london(2015, 1, 9, 11))
    actions.record_evidence(
        kind="ballot",
        commissioners=["00A"],
        held_on=date(2014, 12, 1),
        facts={"in_favour": 4, "against": 30},
        source="Minutes, read again",
        corrects=wrong.pk,
        by=officer_of("00A"),
        at=AT,
    )
    assert not mandate(made, london(2015, 1, 9, 12)).is_against
    found = mandate(made)
    assert found.is_against
    assert [row.corrects for row in found.evidence] == [wrong.pk]


@pytest.mark.parametrize(
    ("facts", "rung", "is_against"),
    [
        ({"in_favour": 10, "against": 25}, "letter", True),
        ({"in_favour": 10, "against": 25, "level": "3"}, "letter", True),
        ({"level": "2"}, "letter", False),
        ({"in_favour": 10, "against": 25, "level": "2"}, "letter", False),
        ({"level": "3"}, "ballot", False),
        ({}, "ballot", False),
    ],
)
def test_a_lost_vote_or_one_on_a_lower_level_raises_no_rung(
    facts: dict[str, object], rung: str, is_against: bool
) -> None:
    made = submit(ROUND, "00A", answers=answered("letter"))
    record_vote("00A", application=made, at=AT, **facts)  # type: ignore[arg-type]
    found = mandate(made)
    assert (found.rung.code, found.is_against) == (rung, is_against)
    [row] = queries.applications_in(ROUND, AT)
    assert (row.evidence, row.is_against) == (rung, is_against)
    said = mandate_panel(found).no_ballot
    assert said == {"ballot": "", "letter": LOST_BALLOT if is_against else OTHER_BALLOT}[rung]


def test_without_any_ballot_the_page_says_so() -> None:
    assert mandate_panel(mandate(submit(ROUND, "00A", answers=answered("letter")))).no_ballot == NO_BALLOT


@pytest.mark.seed("S0-11")
@pytest.mark.slow
def test_fifty_five_applications_filter_into_25_22_and_8() -> None:
    ways = ["ballot"] * 22 + ["show_of_hands"] * 17 + ["letter"] * 5 + ["none"] * 3 + ["not_specified"] * 8
    codes = make_commissioners(*(f"0{number}Z" for number in range(10, 65)))
    for code, way in zip(codes, ways, strict=True):
        submit(ROUND, code, answers=answered(way))
    rows = queries.mandates(AT)
    tally = queries.tally_of(rows)
    assert tally.base == 55
    assert {code: count for code, _, count in tally.families} == {
        "not_balloted": 25,
        "balloted": 22,
        "not_specified": 8,
    }
    assert {code: count for code, _, count in tally.rungs} == {
        "verifiable_ballot": 0,
        "ballot": 22,
        "recorded_vote": 0,
        "show_of_hands": 17,
        "letter": 5,
        "none": 3,
        "not_specified": 8,
    }
    for family, count in (("not_balloted", 25), ("balloted", 22), ("not_specified", 8)):
        assert len([row for row in rows if row.mandate.rung.family == family]) == count


def test_as_many_queries_for_many_as_for_one(django_assert_max_num_queries: Any) -> None:
    for made in [submit(ROUND, code) for code in ("00A", "00B")]:
        record_vote(made.commissioner_id, application=made, at=DEADLINE.at)
    with django_assert_max_num_queries(14):
        assert len(queries.mandates(AT)) == 2


# -- the constitution's route --------------------------------------------------------------------------------


@pytest.mark.seed("S0-20")
def test_without_the_route_a_permissive_process_flags_it_and_a_strict_one_refuses() -> None:
    permissive = draft(ROUND, "00A", answers=answered("ballot", constitution="not_yet"))
    flagged = amendment_shown(permissive, AT)
    assert flagged.allowed
    assert [reason.code for reason in flagged.reasons] == ["no_amendment"]
    actions.submit_application(
        application=permissive.pk, by=officer_of("00A"), at=DEADLINE.at - timedelta(hours=1)
    )

    strict = draft(ROUND, "00B", answers=answered("ballot", constitution="not_yet"))
    strict.round.process = "full"
    strict.round.save(update_fields=["process"])
    assert not amendment_shown(strict, AT).allowed
    actions.record_evidence(
        kind="constitution_amendment",
        commissioners=["00B"],
        held_on=date(2014, 12, 1),
        facts={"route": "applied"},
        source="Letter to NHS England",
        by=officer_of("00B"),
        at=AT,
    )
    shown = amendment_shown(strict, AT)
    assert shown.allowed
    assert not shown.reasons


@pytest.mark.seed("S0-20")
def test_in_a_strict_process_it_cannot_be_said_that_the_constitution_is_amended_without_a_record() -> None:
    """Not by a tick, nor by a record that it was only sent; nor submitted once the record was put right."""
    make_full_round()
    made = draft(FULL_ROUND, "00A", answers={}, at=BEFORE)

    def say(answer: str) -> Application:
        return actions.save_answer(
            application=made.pk, question="constitution", answer=answer, by=officer_of("00A"), at=BEFORE
        )

    for route in ("", "applied"):
        if route:
            record_amendment("00A", at=BEFORE, route=route)
        with pytest.raises(
            Refused, match="Record the amendment first, with the day of its approval"
        ) as refused:
            say("amended")
        assert refused.value.code == "no_amendment"
    assert Application.objects.get(pk=made.pk).answers == {}
    assert say("applied").answers["constitution"] == "applied"
    record_amendment("00A", at=BEFORE)
    said = say("amended")
    assert said.answers["constitution"] == "amended"
    assert amendment_shown(said, BEFORE).allowed
    wrong = Evidence.objects.get(facts__route="amended")
    actions.record_evidence(
        kind="constitution_amendment",
        commissioners=["00A"],
        held_on=wrong.held_on,
        facts={"route": "refused"},
        source="Letter of NHS England",
        corrects=wrong.pk,
        by=officer_of("00A"),
        at=BEFORE,
    )
    assert [reason.code for reason in amendment_shown(said, BEFORE).reasons] == ["no_amendment"]
    assert not mandate(said).has_route


def test_submitting_asks_for_the_route(monkeypatch: pytest.MonkeyPatch) -> None:
    made = draft(ROUND, "00A")

    def strict(*_: Any) -> Any:
        raise refusal("no_amendment", "Nothing shows how the constitution is amended.")

    monkeypatch.setattr("remit.delegation.actions.applying.amendment_shown", strict)
    with pytest.raises(Refused):
        actions.submit_application(
            application=made.pk, by=officer_of("00A"), at=DEADLINE.at - timedelta(hours=1)
        )
    assert Application.objects.get(pk=made.pk).submitted_at is None


# -- rescinding ----------------------------------------------------------------------------------------------


def lost_vote(commissioner: str = "00A", held_on: date = date(2015, 1, 20), **facts: object) -> str:
    said = {"in_favour": 10, "against": 30} | facts
    return record_vote(commissioner, held_on=held_on, at=london(2015, 3, 1), **said).pk  # type: ignore[arg-type]


def rescind(made: Application, vote: str, **more: Any) -> Decision:
    said = {"reasons": "Members voted against it.", "by": officer_of("00A"), "at": london(2015, 3, 2)} | more
    return actions.rescind_application(application=made.pk, evidence_id=vote, **said)


def in_state(state: str) -> Application:
    if state == "draft":
        return draft(ROUND, "00A")
    made = submit(ROUND, "00A")
    if state in OUTCOMES:
        decide(made, state)
    if state == "withdrawn":
        withdraw(made)
    if state == RESCINDED:
        rescind(made, lost_vote())
    return Application.objects.get(pk=made.pk)


@pytest.mark.parametrize("state", STATES)
def test_every_state_by_rescinding(state: str) -> None:
    made = in_state(state)
    if state == RESCINDED:
        assert rescind(made, lost_vote()).outcome == RESCINDED, "again is the same"
        assert made.decisions.count() == 1
        return
    vote = lost_vote()
    if step(state, RESCINDED) is not None:
        rescind(made, vote)
        assert Application.objects.get(pk=made.pk).state == RESCINDED
        assert [row.evidence_id for row in made.attached.all()] == [vote]
        return
    with pytest.raises(Refused) as found:
        rescind(made, vote)
    assert found.value.code == "wrong_state"
    assert Application.objects.get(pk=made.pk).state == state


@pytest.mark.parametrize(
    ("code", "vote", "more"),
    [
        ("not_permitted", {}, {"by": officer_of("00B")}),
        ("not_permitted", {}, {"by": PROGRAMME}),
        ("no_reasons", {}, {"reasons": " "}),
        ("not_lost", {"in_favour": 31}, {}),
        ("too_early", {"held_on": date(2015, 1, 8)}, {}),
        ("wrong_commissioners", {"commissioner": "00B"}, {}),
        ("wrong_level", {"level": "2"}, {}),
        ("not_found", None, {}),
    ],
)
def test_rescinding_is_refused(code: str, vote: dict[str, Any] | None, more: dict[str, Any]) -> None:
    made = submit(ROUND, "00A")
    held = "none" if vote is None else lost_vote(**vote)
    with pytest.raises(Refused) as found:
        rescind(made, held, **more)
    assert found.value.code == code
    assert Application.objects.get(pk=made.pk).state == "submitted"


def test_what_was_announced_is_corrected() -> None:
    made = submit(ROUND, "00A")
    approve(made)
    announce(ROUND)
    rescind(made, lost_vote())
    page = queries.announcement(f"{ROUND}-told", london(2015, 3, 3))
    assert page is not None
    assert "rescinded" in page.corrections[0].words


def test_what_is_signed_is_not_rescinded() -> None:
    made = submit(ROUND, "00A")
    approve(made)
    sign(made, at=london(2015, 2, 20))
    with pytest.raises(Refused) as found:
        rescind(made, lost_vote())
    assert found.value.code == "signed"


def test_the_rulebook_of_mandates_is_whole() -> None:
    """Every fact has only the fields that are read, every kind a rung of the ladder or none, every reference a word."""
    written = read("standards.yaml")
    assert not [
        row
        for row in written["facts"]
        if set(row) - {"code", "name", "kind", "hint", "choices", "of", "by_room"}
    ]
    for kind in evidence_kinds().values():
        assert {kind.rung, kind.raised_to} <= {*ladder(), ""}
        assert set(kind.must) | set(kind.raised_by) <= {each.code for each in kind.facts}
    for standard in standards():
        assert standard.source
        codes = [each.code for each in standard.requirements]
        for asked in standard.requirements:
            assert set(asked.after) <= set(codes)
            assert set(asked.rungs) <= set(ladder())
    grades = [each.grade for each in ladder().values()]
    assert grades == sorted(grades, reverse=True)
    assert all(row["reference"] for row in (*written["thresholds"], written["amendment"]))
