"""Interests keep their holders out: of assessing, moderating and running a round; also when declared late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from remit.delegation import actions, queries
from remit.delegation.models import Application, Assessment
from remit.kernel.actor import Actor
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from remit.register.models import Membership, MembershipBody, Succession
from tests.assessment_factories import (
    FIRST,
    LOCAL_OFFICER,
    MODERATOR,
    REGIONAL_MODERATOR,
    SECOND,
    assign_pair,
    flag,
    scores,
    through_chain,
)
from tests.delegation_factories import (
    DEADLINE,
    PROGRAMME,
    WEEK,
    announce,
    decide,
    issue,
    make_commissioners,
    make_round,
    submit,
)
from tests.factories import NATIONAL_BODY, give_role, make_organisation, make_person

pytestmark = pytest.mark.django_db

ROUND = "2015-level-3"
AT = DEADLINE.at + WEEK
DAY = date(2015, 1, 16)


@pytest.fixture
def made() -> Application:
    make_commissioners("00A", "00B")
    make_round()
    return submit(ROUND, "00A")


def refused(code: str, act: object, **given: object) -> None:
    """The call is refused with a code, and leaves nothing but the entry of that."""
    before = Entry.objects.exclude(act="act.refused").count()
    with pytest.raises(Refused) as refusal:
        act(**given)  # type: ignore[operator]
    assert refusal.value.code == code
    assert Entry.objects.exclude(act="act.refused").count() == before


def declare(by: Actor, organisation: str) -> str:
    return actions.declare_interest(
        organisation=organisation, kind="financial", what="A share", began_on=DAY, by=by, at=AT
    ).pk


def a_member_practice() -> str:
    make_organisation("A81001", "practice", commissioner="00A")
    return "A81001"


def a_practice_that_left() -> str:
    make_organisation("A81002", "practice")
    body = MembershipBody.objects.create(code="00A", form="ccg", organisation_id="00A")
    Membership.objects.create(
        body=body, practice_id="A81002", from_on=date(2013, 4, 1), until_on=date(2013, 9, 30)
    )
    return "A81002"


def a_predecessor() -> str:
    make_organisation("5A1", "pct")
    Succession.objects.create(predecessor_id="5A1", successor_id="00A", on=date(2013, 4, 1), basis="derived")
    return "5A1"


def a_board_after_it() -> str:
    make_commissioners("00Q")
    make_organisation("QZZ", "icb", first=date(2022, 7, 1))
    for before, after, on in (("00A", "00Q", date(2018, 4, 1)), ("00Q", "QZZ", date(2022, 7, 1))):
        Succession.objects.create(predecessor_id=before, successor_id=after, on=on, basis="derived")
    return "QZZ"


def itself() -> str:
    return "00A"


@pytest.mark.parametrize(
    "concerned", [itself, a_member_practice, a_practice_that_left, a_predecessor, a_board_after_it]
)
def test_an_interest_keeps_its_holder_out_of_every_act(made: Application, concerned: object) -> None:
    both = submit(ROUND, "00B")
    for each in (made, both):
        assign_pair(each.pk, at=AT)
    interest = declare(FIRST, concerned())  # type: ignore[operator]
    refused("conflicted", actions.score_criteria, application=made.pk, scores=scores(3), by=FIRST, at=AT)
    refused("conflicted", actions.hand_in_scores, application=made.pk, by=FIRST, at=AT)
    refused("conflicted", actions.raise_flag, application=made.pk, what="Look.", by=FIRST, at=AT, once="1")
    assert queries.assessment_of(made.pk, FIRST, AT) is None
    assert [row.application for row in queries.assignments_of(FIRST, AT)] == [both.pk]
    refused(
        "conflicted", actions.assign_assessor, application=made.pk, person=FIRST.person, by=PROGRAMME, at=AT
    )
    refused(
        "conflicted",
        actions.decide_application,
        application=made.pk,
        outcome="approved",
        reasons="Fine.",
        by=FIRST,
        at=AT,
    )
    actions.score_criteria(application=both.pk, scores=scores(3), by=FIRST, at=AT)
    actions.end_interest(interest=interest, ended_on=DAY, by=FIRST, at=AT)
    later = AT + timedelta(days=2)
    actions.assign_assessor(application=made.pk, person=FIRST.person, by=PROGRAMME, at=later)


def test_a_role_granted_late_frees_the_place_as_a_declaration_does(made: Application) -> None:
    person = make_person(("national_assessor", NATIONAL_BODY), at=AT)
    assessor = Actor(person.pk, NATIONAL_BODY, FIRST.roles)
    other = submit(ROUND, "00B")
    assign_pair(other.pk, at=AT)
    actions.release_assessor(
        application=other.pk, person=SECOND.person, reasons="Moved.", by=PROGRAMME, at=AT
    )
    actions.assign_assessor(application=other.pk, person=person.pk, by=PROGRAMME, at=AT)
    for each in (FIRST, assessor):
        actions.score_criteria(application=other.pk, scores=scores(3), by=each, at=AT)
        actions.hand_in_scores(application=other.pk, by=each, at=AT)
    give_role(person, "commissioner_officer", "00B", at=AT)
    page = queries.assessment_of(other.pk, PROGRAMME, AT)
    assert page is not None
    assert [each.person for each in page.assessors] == [FIRST.person]
    assert (page.calibration, page.total) == ((), None)
    assert page.notice == "An assessor declared an interest and was released; assign another"
    [row] = [row for row in queries.assessments_in(ROUND, PROGRAMME, AT) if row.commissioner == "00B"]
    assert (row.assessors, row.is_scored, row.notice) == (1, False, page.notice)
    actions.assign_assessor(application=other.pk, person="third", by=PROGRAMME, at=AT)
    again = queries.assessment_of(other.pk, PROGRAMME, AT)
    assert again is not None
    assert ([each.person for each in again.assessors], again.notice) == ([FIRST.person, "third"], "")


def test_an_interest_declared_late_frees_the_place_and_takes_the_scores_out(made: Application) -> None:
    """Also where the assessment was concluded: until a decision is taken."""
    through_chain(made.pk, "national_moderation", at=AT)
    actions.release_assessor(
        application=made.pk, person=SECOND.person, reasons="Moved on.", by=PROGRAMME, at=AT
    )
    score = {"application": made.pk, "by": SECOND, "at": AT}
    actions.assign_assessor(application=made.pk, person=SECOND.person, by=PROGRAMME, at=AT)
    actions.score_criteria(scores=scores(3, finance=1), **score)  # type: ignore[arg-type]
    actions.hand_in_scores(**score)  # type: ignore[arg-type]
    actions.moderate_score(
        application=made.pk, criterion="finance", score=2, reasons="Between.", by=MODERATOR, at=AT
    )
    end = {"application": made.pk, "view": "supports", "reasons": "Ready.", "by": MODERATOR, "at": AT}
    assert actions.conclude_assessment(**end).state == "ready"  # type: ignore[arg-type]
    entries = Entry.objects.count()
    declare(SECOND, "00A")
    assert Entry.objects.count() == entries + 1, "declaring and leaving are one act"
    for reader in (MODERATOR, PROGRAMME):
        page = queries.assessment_of(made.pk, reader, AT)
        assert page is not None
        assert (page.stage, page.calibration, page.total) == ("national_moderation", (), None)
        assert [each.person for each in page.assessors] == [FIRST.person]
        assert page.notice == "An assessor declared an interest and was released; assign another"
        assert [row.notice for row in queries.waiting_for(reader, AT)] == [page.notice]
    pack = queries.pack_of(ROUND, (), PROGRAMME, AT)
    assert pack is not None
    assert pack.rows[0].total is None
    actions.assign_assessor(application=made.pk, person="third", by=PROGRAMME, at=AT)
    third = Actor("third", FIRST.acting_for, FIRST.roles)
    actions.score_criteria(application=made.pk, scores=scores(3), by=third, at=AT)
    actions.hand_in_scores(application=made.pk, by=third, at=AT)
    again = queries.assessment_of(made.pk, MODERATOR, AT)
    assert again is not None
    assert (again.notice, str(again.total)) == ("", "75.0"), "nothing settled over the other's scores is left"
    assert actions.conclude_assessment(**end).state == "ready"  # type: ignore[arg-type]


def test_what_was_decided_stays_as_it_was_assessed(made: Application) -> None:
    through_chain(made.pk, "ready", at=AT)
    decide(made, "approved", at=AT)
    declare(SECOND, "00A")
    assert Assessment.objects.get(pk=made.pk).state == "ready"
    assert not Assessment.objects.get(pk=made.pk).assignments.filter(released_at__isnull=False).exists()


def test_whoever_runs_the_round_is_kept_out_of_what_they_have_an_interest_in(made: Application) -> None:
    both, third = submit(ROUND, "00B"), submit(ROUND, make_commissioners("00C")[0])
    assign_pair(both.pk, at=AT)
    raised = flag(both.pk, at=AT)
    decide(made, "approved", at=AT)
    decide(both, "approved", at=AT)
    announce(ROUND, at=AT)
    agreement = issue(both, at=AT)[0]
    for code in ("00A", "00B", "00C"):
        declare(PROGRAMME, code)
    by = {"by": PROGRAMME, "at": AT}
    for act, given in (
        (actions.assign_assessor, {"application": third.pk, "person": "third"}),
        (actions.release_assessor, {"application": third.pk, "person": "x", "reasons": "So."}),
        (actions.allocate_flag, {"flag": raised.pk, "person": "third"}),
        (actions.send_outcome, {"application": made.pk}),
        (actions.sign_arrangement, {"application": made.pk}),
        (actions.issue_agreements, {"applications": [made.pk]}),
        (actions.sign_agreements, {"agreements": [agreement.pk], "signed_as": "Director"}),
    ):
        refused("conflicted", act, **given, **by)
    decide(third, "approved", at=AT)
    with pytest.raises(Refused) as refusal:
        announce(ROUND, "more", at=AT)
    assert refusal.value.code == "conflicted"


def test_what_waits_for_a_moderator_is_at_their_stage(made: Application) -> None:
    other = submit(ROUND, "00B")
    through_chain(made.pk, "national_moderation", at=AT)
    through_chain(other.pk, "regional_moderation", at=AT)
    assert [row.application for row in queries.waiting_for(MODERATOR, AT)] == [made.pk]
    assert [row.application for row in queries.waiting_for(REGIONAL_MODERATOR, AT)] == [other.pk]


def test_moderators_and_local_officers_with_an_interest_are_kept_out(made: Application) -> None:
    declare(LOCAL_OFFICER, "00A")
    refused(
        "conflicted",
        actions.endorse_application,
        application=made.pk,
        view="supports",
        reasons="Ready.",
        by=LOCAL_OFFICER,
        at=AT,
    )
    assert queries.to_endorse(LOCAL_OFFICER, AT) == []
    declare(MODERATOR, "00A")
    assert queries.assessments_in(ROUND, MODERATOR, AT) == []


def test_an_interest_is_ones_own_and_the_ledger_does_not_tell_it(made: Application) -> None:
    pk = declare(FIRST, "00A")
    assert [row.organisation for row in queries.declared_interests_of(FIRST)] == ["00A"]
    assert queries.declared_interests_of(SECOND) == []
    refused("not_found", actions.end_interest, interest=pk, ended_on=DAY, by=SECOND, at=AT)
    for given, code in (
        ({"organisation": "ZZZ"}, "no_such_organisation"),
        ({"kind": "love"}, "no_such_kind"),
        ({"what": ""}, "nothing_said"),
        ({"began_on": date(2016, 1, 1)}, "wrong_dates"),
    ):
        told = {"organisation": "00A", "kind": "financial", "what": "A share", "began_on": DAY} | given
        refused(code, actions.declare_interest, by=FIRST, at=AT, **told)
    assert "00A" not in str(Entry.objects.order_by("-index").values_list("body", flat=True).first())


def test_whoever_wrote_it_does_not_assess_it(made: Application) -> None:
    refused(
        "conflicted", actions.assign_assessor, application=made.pk, person="test-officer", by=PROGRAMME, at=AT
    )
