"""Two assessors, blind to each other; the chain; who may not take part; what the decision then needs."""

from __future__ import annotations

from datetime import date

import pytest

from remit.delegation import actions, queries
from remit.delegation.models import Application, Assessment, Round, Score
from remit.delegation.rules import criteria
from remit.delegation.states.assessments import STAGE_STEPS, STAGES, way
from remit.kernel.actor import ANYONE, Actor, RoleAt
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from tests.assessment_factories import (
    FIRST,
    LOCAL_OFFICER,
    MODERATOR,
    REGIONAL_MODERATOR,
    SECOND,
    assign_pair,
    flag,
    score_pair,
    scores,
    through_chain,
)
from tests.delegation_factories import (
    ASSESSOR,
    CONDITION,
    DEADLINE,
    PROGRAMME,
    WEEK,
    decide,
    draft,
    make_commissioners,
    make_round,
    officer_of,
    submit,
)
from tests.factories import make_fact, make_organisation

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


# -- two at once, by themselves -------------------------------------------------------------------------------


def test_a_score_needs_a_justification_and_stands_on_the_scale(made: Application) -> None:
    assign_pair(made.pk, at=AT)
    for given, code in (
        ({"finance": (3, "  ")}, "no_justification"),
        ({"finance": (5, "Very.")}, "no_such_score"),
        ({"charm": (3, "Yes.")}, "no_such_criterion"),
        ({}, "no_scores"),
    ):
        refused(code, actions.score_criteria, application=made.pk, scores=given, by=FIRST, at=AT)
    assert not Score.objects.exists()


def test_scores_are_handed_in_whole_and_stay(made: Application) -> None:
    assign_pair(made.pk, at=AT)
    some = dict(list(scores(2).items())[:4])
    actions.score_criteria(application=made.pk, scores=some, by=FIRST, at=AT)
    refused("incomplete", actions.hand_in_scores, application=made.pk, by=FIRST, at=AT)
    actions.score_criteria(application=made.pk, scores=scores(3), by=FIRST, at=AT)
    entries = Entry.objects.count()
    actions.score_criteria(application=made.pk, scores=scores(3), by=FIRST, at=AT)
    assert Entry.objects.count() == entries, "the same again is no act"
    actions.hand_in_scores(application=made.pk, by=FIRST, at=AT)
    refused("finished", actions.score_criteria, application=made.pk, scores=scores(4), by=FIRST, at=AT)


def test_only_those_assigned_score_and_there_are_two(made: Application) -> None:
    assign_pair(made.pk, at=AT)
    refused("not_assigned", actions.score_criteria, application=made.pk, scores=scores(3), by=ASSESSOR, at=AT)
    refused("pair_is_full", actions.assign_assessor, application=made.pk, person="third", by=PROGRAMME, at=AT)
    actions.release_assessor(
        application=made.pk, person=FIRST.person, reasons="Moved on.", by=PROGRAMME, at=AT
    )
    third = actions.assign_assessor(application=made.pk, person="third", by=PROGRAMME, at=AT)
    assert third.place == 1
    refused("not_assigned", actions.score_criteria, application=made.pk, scores=scores(3), by=FIRST, at=AT)


def test_neither_can_learn_of_the_others_scores_until_both_are_in(made: Application) -> None:
    """Not from the page, a list, a count, or the ledger; nor can whoever decides."""
    assign_pair(made.pk, at=AT)
    actions.score_criteria(application=made.pk, scores=scores(1), by=FIRST, at=AT)

    def known_to(by: Actor) -> tuple[object, ...]:
        return (
            queries.assessment_of(made.pk, by, AT),
            queries.assignments_of(by, AT),
            queries.assessments_in(ROUND, by, AT),
            queries.flags_of(by, AT),
            queries.outcome_of(made.pk, AT, by),
        )

    others = (SECOND, ASSESSOR, ANYONE, officer_of("00A"))
    before = [known_to(by) for by in others]
    actions.hand_in_scores(application=made.pk, by=FIRST, at=AT)
    assert [known_to(by) for by in others] == before, "handing in shows to nobody but the programme"
    actions.score_criteria(application=made.pk, scores=scores(4), by=SECOND, at=AT)
    page = queries.assessment_of(made.pk, SECOND, AT)
    assert page is not None
    assert (page.calibration, page.total) == ((), None)
    assert [row.person for row in page.assessors] == [SECOND.person]
    assert {row.score for row in page.own} == {4}
    for by in (PROGRAMME, MODERATOR):
        page = queries.assessment_of(made.pk, by, AT)
        assert page is not None
        assert page.calibration == ()
        assert queries.assessments_in(ROUND, by, AT)[0].total is None
    about = Entry.objects.filter(subject=f"application/{made.pk}").values_list("act", flat=True)
    assert not any("scor" in act for act in about), "the ledger ties no scores to the application"
    actions.hand_in_scores(application=made.pk, by=SECOND, at=AT)
    page = queries.assessment_of(made.pk, SECOND, AT)
    assert page is not None
    assert {(row.first, row.second, row.difference) for row in page.calibration} == {(1, 4, 3)}
    assert queries.assessment_of(made.pk, ANYONE, AT) is None
    assert queries.assessment_of(made.pk, officer_of("00A"), AT) is None


def test_where_they_differ_a_moderator_settles_it_with_why(made: Application) -> None:
    through_chain(made.pk, "regional_moderation", at=AT)
    actions.moderate_in_region(
        application=made.pk, view="concerns", reasons="See finance.", by=REGIONAL_MODERATOR, at=AT
    )
    settle = {"application": made.pk, "criterion": "finance", "score": 2, "by": MODERATOR, "at": AT}
    refused("scores_not_in", actions.moderate_score, reasons="Between.", **settle)
    score_pair(made.pk, scores(3), scores(3, finance=1), at=AT)
    end = {"application": made.pk, "view": "supports", "reasons": "Ready.", "by": MODERATOR, "at": AT}
    refused("not_moderated", actions.conclude_assessment, **end)
    refused("no_justification", actions.moderate_score, reasons=" ", **settle)
    agreed = settle | {"criterion": "committee"}
    refused("scores_agree", actions.moderate_score, reasons="I would give less.", **agreed)
    actions.moderate_score(reasons="The template is whole.", **settle)  # type: ignore[arg-type]
    assert actions.conclude_assessment(**end).state == "ready"  # type: ignore[arg-type]
    page = queries.assessment_of(made.pk, ASSESSOR, AT)
    assert page is not None
    assert [(row.first, row.second, row.settled) for row in page.calibration if row.difference] == [(3, 1, 2)]
    assert str(page.total) == "71.4", "3 of 4 for 18 of 21 parts, 2 of 4 for 3 of them"


def test_an_assessor_does_not_moderate(made: Application) -> None:
    both = Actor(FIRST.person, "X24", frozenset({*FIRST.roles, RoleAt("national_moderator", "X24")}))
    through_chain(made.pk, "national_moderation", at=AT)
    refused(
        "own_assessment",
        actions.conclude_assessment,
        application=made.pk,
        view="supports",
        reasons="Mine.",
        by=both,
        at=AT,
    )


# -- every state by every act ---------------------------------------------------------------------------------


def acts_of_the_chain(pk: str) -> dict[str, tuple[object, dict[str, object]]]:
    said = {"application": pk, "reasons": "Said.", "at": AT}
    return {
        "endorse": (actions.endorse_application, {**said, "view": "concerns", "by": LOCAL_OFFICER}),
        "region": (actions.moderate_in_region, {**said, "view": "concerns", "by": REGIONAL_MODERATOR}),
        "back_by_region": (actions.send_back_assessment, {**said, "by": REGIONAL_MODERATOR}),
        "conclude": (actions.conclude_assessment, {**said, "view": "concerns", "by": MODERATOR}),
        "back_by_nation": (actions.send_back_assessment, {**said, "by": MODERATOR}),
    }


ALLOWED = {
    ("local_endorsement", "endorse"): "regional_moderation",
    ("regional_moderation", "region"): "national_moderation",
    ("regional_moderation", "back_by_region"): "local_endorsement",
    ("national_moderation", "conclude"): "ready",
    ("national_moderation", "back_by_nation"): "regional_moderation",
    ("ready", "back_by_nation"): "national_moderation",
}


@pytest.mark.parametrize("act", ["endorse", "region", "back_by_region", "conclude", "back_by_nation"])
@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_by_every_act(made: Application, stage: str, act: str) -> None:
    through_chain(made.pk, stage, at=AT)
    call, given = acts_of_the_chain(made.pk)[act]
    wanted = ALLOWED.get((stage, act))
    if wanted:
        call(**given)  # type: ignore[operator]
        entries = Entry.objects.count()
        if act in {"endorse", "region", "conclude"}:
            call(**given)  # type: ignore[operator]
            assert Entry.objects.count() == entries, "the same again changes nothing"
    else:
        with pytest.raises(Refused) as refusal:
            call(**given)  # type: ignore[operator]
        assert refusal.value.code in {"wrong_state", "not_permitted"}
    held = Assessment.objects.filter(pk=made.pk).first()
    assert (held.state if held else STAGES[0]) == (wanted or stage)


def test_the_table_of_the_chain_is_what_the_acts_do() -> None:
    assert {(each.before, each.after) for each in STAGE_STEPS} == {
        (before, after) for (before, _), after in ALLOWED.items()
    }
    assert all(each.clause and way(STAGE_STEPS, each.before, each.after) for each in STAGE_STEPS)


def test_each_stage_is_for_its_own_place(made: Application) -> None:
    elsewhere = Actor("other", "Y55", frozenset({RoleAt("local_office_officer", "Y55")}))
    said = {"application": made.pk, "view": "supports", "reasons": "Ready.", "at": AT}
    for by in (elsewhere, FIRST, officer_of("00A"), REGIONAL_MODERATOR):
        refused("not_permitted", actions.endorse_application, by=by, **said)
    make_organisation("13T", "local_office")
    make_fact("00A", "local_office", "13T")
    refused("not_permitted", actions.endorse_application, by=LOCAL_OFFICER, **said)
    office = Actor("office", "13T", frozenset({RoleAt("local_office_officer", "13T")}))
    assert [row.application for row in queries.to_endorse(office, AT)] == [made.pk]
    assert queries.to_endorse(LOCAL_OFFICER, AT) == []
    assert actions.endorse_application(by=office, **said).state == "regional_moderation"  # type: ignore[arg-type]
    assert [row.application for row in queries.to_endorse(REGIONAL_MODERATOR, AT)] == [made.pk]


# -- the decision ---------------------------------------------------------------------------------------------


def in_full(made: Application) -> None:
    Round.objects.filter(pk=made.round_id).update(process="full")


def test_a_full_round_decides_only_what_was_assessed(made: Application) -> None:
    in_full(made)
    decision = {"application": made.pk, "outcome": "approved", "reasons": "Fine.", "at": AT}
    refused("not_assessed", actions.decide_application, by=ASSESSOR, **decision)
    through_chain(made.pk, "national_moderation", at=AT)
    refused("not_assessed", actions.decide_application, by=ASSESSOR, **decision)
    actions.conclude_assessment(application=made.pk, view="supports", reasons="Ready.", by=MODERATOR, at=AT)
    refused("own_assessment", actions.decide_application, by=FIRST, **decision)
    assert actions.decide_application(by=ASSESSOR, **decision).outcome == "approved"  # type: ignore[arg-type]
    refused(
        "wrong_state", actions.endorse_application, application=made.pk, view="supports", reasons="Late.",
        by=LOCAL_OFFICER, at=AT,
    )  # fmt: skip


def test_of_two_decisions_at_once_the_second_is_refused(made: Application) -> None:
    first = actions.decide_application(
        application=made.pk,
        outcome="conditional",
        reasons="Nearly.",
        conditions=[CONDITION],
        seen="",
        by=ASSESSOR,
        at=AT,
    )
    again = {"application": made.pk, "outcome": "approved", "reasons": "Fine.", "by": SECOND, "at": AT}
    refused("stale", actions.decide_application, seen="", **again)
    assert Application.objects.get(pk=made.pk).state == "conditional"
    assert actions.decide_application(seen=first.pk, **again).outcome == "approved"  # type: ignore[arg-type]


def test_conditions_are_met_with_what_shows_it_before_a_full_approval(made: Application) -> None:
    in_full(made)
    through_chain(made.pk, "ready", at=AT)
    decide(made, "conditional", at=AT)
    refused(
        "conditions_open",
        actions.decide_application,
        application=made.pk,
        outcome="approved",
        reasons="Met.",
        by=ASSESSOR,
        at=AT,
    )
    settle = {"application": made.pk, "number": 1, "by": ASSESSOR, "at": AT}
    refused("no_evidence", actions.settle_condition, is_met=True, evidence="", **settle)
    refused(
        "no_such_condition", actions.settle_condition, is_met=True, evidence="x", **(settle | {"number": 2})
    )
    actions.settle_condition(is_met=False, evidence="Not by the day.", **settle)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        decide(made, "approved", at=AT)
    actions.settle_condition(is_met=True, evidence="The minutes of May.", **settle)  # type: ignore[arg-type]
    assert decide(made, "approved", at=AT).outcome == "approved"


def test_reasons_are_of_the_taxonomy_and_go_with_the_outcome(made: Application) -> None:
    no = {"application": made.pk, "reasons": "No.", "by": ASSESSOR, "at": AT}
    refused("no_such_reason", actions.decide_application, outcome="declined", reason_codes=["weather"], **no)
    refused("no_such_reason", actions.decide_application, outcome="approved", reason_codes=["finance"], **no)
    told = actions.decide_application(outcome="declined", reason_codes=["finance", "conflicts"], **no)  # type: ignore[arg-type]
    assert told.reason_codes == ["finance", "conflicts"]


def test_a_draft_is_not_assessed() -> None:
    make_commissioners("00A")
    make_round()
    made = draft(ROUND, "00A")
    refused("wrong_state", actions.assign_assessor, application=made.pk, person="p", by=PROGRAMME, at=AT)


def test_nobody_assesses_a_sealed_round_before_its_seal_is_opened(made: Application) -> None:
    Round.objects.filter(pk=ROUND).update(is_sealed=True)
    refused("sealed", actions.assign_assessor, application=made.pk, person="p", by=PROGRAMME, at=AT)
    assert queries.assessments_in(ROUND, PROGRAMME, AT) == []
    actions.open_seal(round_code=ROUND, by=PROGRAMME, at=AT)
    actions.assign_assessor(application=made.pk, person="p", by=PROGRAMME, at=AT)


def test_flags_stop_the_conclusion_until_they_are_settled(made: Application) -> None:
    through_chain(made.pk, "national_moderation", at=AT)
    one = flag(made.pk, at=AT)
    end = {"application": made.pk, "view": "supports", "reasons": "Ready.", "by": MODERATOR, "at": AT}
    refused("open_flags", actions.conclude_assessment, **end)
    settle = {"flag": one.pk, "words": "It was renewed.", "at": AT}
    refused("wrong_state", actions.settle_flag, is_resolved=True, by=PROGRAMME, **settle)
    refused("not_permitted", actions.allocate_flag, flag=one.pk, person=SECOND.person, by=FIRST, at=AT)
    actions.allocate_flag(flag=one.pk, person=SECOND.person, by=PROGRAMME, at=AT)
    assert [row.what for row in queries.flags_of(SECOND, AT)] == ["The lease runs out."]
    refused("not_permitted", actions.settle_flag, is_resolved=True, by=FIRST, **settle)
    actions.settle_flag(is_resolved=True, by=SECOND, **settle)  # type: ignore[arg-type]
    [row] = queries.flags_of(PROGRAMME, AT, made.pk)
    assert [(step.state, step.allocated_to) for step in row.steps] == [
        ("raised", ""),
        ("allocated", SECOND.person),
        ("resolved", SECOND.person),
    ]
    assert actions.conclude_assessment(**end).state == "ready"  # type: ignore[arg-type]


@pytest.mark.seed("S3-08")
def test_of_those_that_applied_some_are_approved_and_others_follow(made: Application) -> None:
    """77 applied, 64 were approved and one on conditions; the others were not, or withdrew. Here, in small."""
    make_commissioners("00C", "00D", "00E", "00F")
    outcomes = ("approved", "conditional", "deferred", "lower_level_offered", "declined")
    every = [made, *(submit(ROUND, code) for code in ("00B", "00C", "00D", "00E"))]
    gone = submit(ROUND, "00F")
    for each, outcome in zip(every, outcomes, strict=True):
        decide(each, outcome, at=AT)
    actions.withdraw_application(application=gone.pk, reasons="Not yet.", by=officer_of("00F"), at=AT)
    actions.announce_decisions(code="told", rounds=[ROUND], headline="Approved", by=PROGRAMME, at=AT)
    for each in every[2:]:
        actions.send_outcome(application=each.pk, by=PROGRAMME, at=AT)
    actions.close_round(code=ROUND, by=PROGRAMME, at=AT)
    states = {row.commissioner: row.state for row in queries.applications_in(ROUND, AT)}
    assert [states[code] for code in ("00A", "00B", "00C", "00D", "00E")] == list(outcomes)
    assert len(states) == 6
    others = AT + WEEK
    deferred = actions.decide_application(
        application=every[2].pk, outcome="approved", reasons="Ready now.", by=ASSESSOR, at=others
    )
    assert deferred.outcome == "approved", "others may follow"


def test_every_criterion_says_where_it_comes_from() -> None:
    assert len(criteria()) == 10
    for each in criteria().values():
        assert each.source
        assert each.weight > 0
