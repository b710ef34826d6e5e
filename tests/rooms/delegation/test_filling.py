"""The full form: typed answers, tables, two sides, two signatures, and changes that an assessor asks for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from remit.delegation import actions
from remit.delegation.models import Application, Benefit, ChangeRequest, DutyLine, Round, Signature
from remit.delegation.queries import signatures_of
from remit.delegation.queries.contents import contents_of, form_of
from remit.delegation.queries.signatures import authors_of
from remit.delegation.rules import powers
from remit.delegation.states import CHANGE_STATES, CHANGE_STEPS, change_may_become
from remit.documents.actions import keep_document
from remit.kernel.actor import Actor
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from tests.delegation_factories import (
    ASSESSOR,
    DEADLINE,
    PROGRAMME,
    decide,
    draft,
    london,
    make_round,
    officer_of,
)
from tests.delegation_filling import (
    FULL_ROUND,
    LINES,
    SIGNATORY,
    filled,
    local_officer,
    make_full_round,
    sign_both,
    submit_full,
)
from tests.factories import make_person

pytestmark = pytest.mark.django_db

BEFORE = DEADLINE.at - timedelta(hours=1)
AFTER = DEADLINE.at + timedelta(days=3)
OFFICER = officer_of("00A")


@pytest.fixture(autouse=True)
def _a_round() -> None:
    make_full_round(FULL_ROUND, "00A", "00B")


def refused(act: Any, **said: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        act(**said)
    return caught.value


def answer(made: Application, question: str, words: str, **more: Any) -> Application:
    return actions.save_answer(
        **{"application": made.pk, "question": question, "answer": words, "by": OFFICER, "at": BEFORE} | more
    )


def line(made: Application, question: str, values: dict[str, str], **more: Any) -> Any:
    return actions.save_line(
        **{"application": made.pk, "question": question, "values": values, "by": OFFICER, "at": BEFORE} | more
    )


def submit(made: Application) -> Application:
    return actions.submit_application(application=made.pk, by=OFFICER, at=BEFORE)


@pytest.mark.parametrize(
    ("question", "typed", "kept"),
    [
        ("bid", "alone", "alone"),
        ("contractors", " general_practice ,general_practice", "general_practice"),
        ("powers_on", "2015-04-01", "2015-04-01"),
        ("allocation", "£45,000,000.50", "4500000050"),
        ("running_costs", "0", "0"),
        ("pressures", "  Two premises schemes. ", "Two premises schemes."),
    ],
)
def test_an_answer_is_kept_as_its_kind_has_it(question: str, typed: str, kept: str) -> None:
    assert answer(draft(FULL_ROUND, "00A", answers={}, at=BEFORE), question, typed).answers[question] == kept


@pytest.mark.parametrize(
    ("question", "typed", "says"),
    [
        ("bid", "both", "Select one"),
        ("contractors", "", "Select at least one"),
        ("contractors", "general_practice,vets", "Select at least one"),
        ("powers_on", "2015-02-30", "real date"),
        ("asked_on", "2016-01-01", "today or in the past"),
        ("allocation", "plenty", "amount in pounds"),
        ("allocation", "-1", "amount in pounds"),
        ("allocation", "0.001", "amount in pounds"),
        ("pressures", "", "between 1 and 2,000"),
        ("pressures", "x" * 2001, "between 1 and 2,000"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(question: str, typed: str, says: str) -> None:
    made = draft(FULL_ROUND, "00A", answers={}, at=BEFORE)
    wrong = refused(answer, made=made, question=question, words=typed)
    assert wrong.code == "wrong_answer"
    assert says in wrong.reasons[0].message
    assert Application.objects.get(pk=made.pk).answers == {}


def test_of_two_people_at_once_the_second_is_told_and_loses_nothing() -> None:
    made = draft(FULL_ROUND, "00A", answers={}, at=BEFORE)
    answer(made, "strategy", "First.", seen="")
    wrong = refused(answer, made=made, question="strategy", words="Second.", seen="")
    assert wrong.code == "changed_meanwhile"
    assert Application.objects.get(pk=made.pk).answers["strategy"] == "First."
    assert answer(made, "strategy", "First.", seen="").answers["strategy"] == "First.", (
        "the same is no conflict"
    )
    assert answer(made, "strategy", "Second.", seen="First.").answers["strategy"] == "Second."
    kept = line(made, "capacity", dict(LINES["capacity"][0]), seen=0)
    changed = dict(LINES["capacity"][0]) | {"wte_needed": "5"}
    line(made, "capacity", changed, line=kept.pk, seen=1)
    assert refused(
        line, made=made, question="capacity", values=changed | {"what": "Else"}, line=kept.pk, seen=1
    ).code == ("changed_meanwhile")


def test_a_line_sent_twice_counts_once_and_can_be_taken_off() -> None:
    made = draft(FULL_ROUND, "00A", answers={}, at=BEFORE)
    first = line(made, "benefits", dict(LINES["benefits"][0]))
    size = Entry.objects.count()
    assert line(made, "benefits", dict(LINES["benefits"][0])) == first
    assert Entry.objects.count() == size
    for _ in range(2):
        actions.remove_line(application=made.pk, question="benefits", line=first.pk, by=OFFICER, at=BEFORE)
    assert not Benefit.objects.exists()
    assert Entry.objects.count() == size + 1
    assert (
        refused(line, made=made, question="benefits", values={"what": "x"}, line=first.pk).code
        == "no_such_line"
    )


def test_a_key_is_there_once() -> None:
    made = draft(FULL_ROUND, "00A", answers={}, at=BEFORE)
    duty = {"duty": "premises", "pence": "0", "wte": "0", "source": "", "gap_pence": "0"}
    line(made, "duties", duty)
    again = line(made, "duties", duty | {"pence": "5"})
    assert (again.version, DutyLine.objects.get().pence) == (2, 500)
    other = line(made, "duties", duty | {"duty": "complaints"})
    assert refused(line, made=made, question="duties", values=duty, line=other.pk).code == "wrong_answer"


@pytest.mark.seed("S1-05")
def test_a_benefit_has_an_indicator_and_a_review_day_or_is_not_measured() -> None:
    made = draft(FULL_ROUND, "00A", answers={}, at=BEFORE)
    for values in ({"indicator": "Days"}, {"review_on": "2016-04-01"}):
        wrong = refused(line, made=made, question="benefits", values={"what": "Shorter waits"} | values)
        assert "or neither" in wrong.reasons[0].message
    line(made, "benefits", dict(LINES["benefits"][0]))
    line(made, "benefits", dict(LINES["benefits"][1]))
    assert [(each.indicator != "", each.review_on is not None) for each in Benefit.objects.all()] == [
        (True, True),
        (False, False),
    ]


def test_a_statement_is_explained_and_shown_by_a_document_of_ones_own() -> None:
    made = draft(FULL_ROUND, "00A", answers={}, at=BEFORE)
    wrong = refused(line, made=made, question="registers", values={"answer": "no", "words": ""})
    assert "Explain" in wrong.reasons[0].message
    own, others = (
        keep_document(
            name="policy.txt",
            content=f"Policy of {code}.".encode(),
            owner=code,
            is_public=False,
            by=officer_of(code),
            at=BEFORE,
        ).pk
        for code in ("00A", "00B")
    )
    said = {"answer": "yes", "words": ""}
    for stranger in (others, "01ARZ3NDEKTSV4RRFFQ69G5FAV"):
        wrong = refused(line, made=made, question="registers", values=said | {"document": stranger})
        assert wrong.code == "no_document"
    assert line(made, "registers", said | {"document": own}).document_id == own


def test_the_local_office_fills_in_its_sections_and_no_others() -> None:
    made = draft(FULL_ROUND, "00A", answers={}, at=BEFORE)
    local = local_officer()
    answer(made, "allocation", "1", by=local)
    wrong = refused(answer, made=made, question="strategy", words="Ours.", by=local)
    assert "commissioner fills this section in" in wrong.reasons[0].message
    assert (
        refused(answer, made=made, question="allocation", words="2", by=local_officer("Y55")).code
        == "not_permitted"
    )
    assert (
        refused(answer, made=made, question="allocation", words="2", by=officer_of("00B")).code
        == "not_permitted"
    )
    assert (
        refused(actions.submit_application, application=made.pk, by=local, at=BEFORE).code == "not_permitted"
    )
    assert authors_of(made.pk) == {"test-officer", "test-local"}


def test_an_unfinished_form_says_what_is_missing() -> None:
    made = filled("00A", leave=("strategy", "duties", "registers"))
    line(made, "duties", {"duty": "premises", "pence": "1", "wte": "0", "source": "", "gap_pence": "0"})
    said = (
        refused(actions.sign_application, application=made.pk, **SIGNATORY, by=OFFICER, at=BEFORE)
        .reasons[0]
        .message
    )
    assert "How does this fit your plan" in said
    assert "There is no line for 11: General medical services contracts;" in said
    assert "registers of interests" in said


def test_the_duties_add_up_to_the_running_costs() -> None:
    made = filled("00A")
    answer(made, "running_costs", "100,000")
    wrong = refused(actions.sign_application, application=made.pk, **SIGNATORY, by=OFFICER, at=BEFORE)
    assert (
        "The duties add up to £90,000, £10,000 less than the budget of £100,000." in wrong.reasons[0].message
    )


def test_both_sides_sign_and_a_change_voids_both() -> None:
    made = filled("00A")
    assert refused(submit, made=made).code == "not_signed"
    sign_both(made, at=BEFORE)
    answer(made, "strategy", "Changed.")
    assert Signature.objects.filter(voided_because="strategy").count() == 2
    actions.sign_application(application=made.pk, **SIGNATORY, by=OFFICER, at=BEFORE)
    said = refused(submit, made=made).reasons[0].message
    assert "not signed by NHS England's local office." in said
    actions.sign_application(application=made.pk, **SIGNATORY, by=local_officer(), at=BEFORE)
    assert submit(made).state == "submitted"
    assert [(row.side, row.voided_because) for row in signatures_of(made.pk)] == [
        ("commissioner", "strategy"),
        ("local_office", "strategy"),
        ("commissioner", ""),
        ("local_office", ""),
    ]


def test_a_signature_keeps_the_name_and_the_post_of_that_day() -> None:
    """Those of the account where there is one: nobody signs in another's name. The ledger has neither."""
    made = filled("00A")
    person = make_person(("commissioner_officer", "00A"), at=london(2014, 6, 1))
    by = Actor(person.pk, "00A", OFFICER.roles)
    was = person.name
    actions.sign_application(
        application=made.pk, name="Somebody Else", post=" Accountable  Officer ", by=by, at=BEFORE
    )
    person.name = "Called Otherwise"
    person.save(update_fields=["name"])
    [row] = signatures_of(made.pk)
    assert (row.signatory, row.post) == (was, "Accountable Officer")
    entry = Entry.objects.latest("index")
    assert entry.act == "application.signed"
    assert was not in entry.body
    assert "Accountable" not in entry.body


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"name": " "}, "no_name"), ({"post": ""}, "no_post"), ({"post": "x" * 201}, "no_post")],
)
def test_nobody_signs_without_a_name_and_a_post(changed: dict[str, str], code: str) -> None:
    made = filled("00A")
    said = SIGNATORY | changed
    assert refused(actions.sign_application, application=made.pk, **said, by=OFFICER, at=BEFORE).code == code
    assert not Signature.objects.exists()


def test_one_person_does_not_sign_for_both_sides() -> None:
    made = filled("00A")
    actions.sign_application(application=made.pk, **SIGNATORY, by=OFFICER, at=BEFORE)
    both = local_officer()
    same = type(both)(OFFICER.person, both.acting_for, both.roles)
    assert (
        refused(actions.sign_application, application=made.pk, **SIGNATORY, by=same, at=BEFORE).code
        == "same_person"
    )


def test_nobody_signs_a_short_form_or_what_was_submitted() -> None:
    make_round("short")
    short = draft("short", "00B", at=BEFORE)
    assert (
        refused(
            actions.sign_application, application=short.pk, **SIGNATORY, by=officer_of("00B"), at=BEFORE
        ).code
        == "no_signatures"
    )
    made = submit_full("00A")
    Signature.objects.all().delete()
    assert (
        refused(actions.sign_application, application=made.pk, **SIGNATORY, by=OFFICER, at=BEFORE).code
        == "wrong_state"
    )


def test_only_what_an_assessor_asks_for_reopens_and_it_is_signed_again() -> None:
    made = submit_full("00A")
    assert refused(answer, made=made, question="strategy", words="Later.", at=AFTER).code == "wrong_state"
    asked = actions.request_change(
        application=made.pk, question="strategy", words="Say which plan.", by=ASSESSOR, at=AFTER
    )
    again = actions.request_change(
        application=made.pk, question="strategy", words="Again", by=ASSESSOR, at=AFTER
    )
    assert again == asked, "one open request for a question"
    assert refused(answer, made=made, question="pressures", words="Later.", at=AFTER).code == "wrong_state"
    answer(made, "strategy", "The plan of 2014.", at=AFTER)
    actions.answer_change(change=asked.pk, answer="It names the plan.", by=OFFICER, at=AFTER)
    assert refused(answer, made=made, question="strategy", words="Once more.", at=AFTER).code == "wrong_state"
    assert refused(actions.close_change, change=asked.pk, by=ASSESSOR, at=AFTER).code == "not_signed"
    sign_both(made, at=AFTER)
    actions.close_change(change=asked.pk, by=ASSESSOR, at=AFTER)
    kept = ChangeRequest.objects.get()
    assert (kept.state, kept.before, kept.after) == (
        "closed",
        "It follows the five-year plan.",
        "The plan of 2014.",
    )


def test_who_asks_for_changes_and_of_what() -> None:
    made = submit_full("00A")
    waiting = draft(FULL_ROUND, "00B", answers={}, at=BEFORE)
    ask = actions.request_change
    said = {"application": made.pk, "question": "strategy", "words": "Why?", "at": AFTER}
    assert refused(ask, **said, by=OFFICER).code == "not_permitted"
    assert refused(ask, **said, by=PROGRAMME).code == "not_permitted"
    assert refused(ask, **said | {"question": "partners"}, by=ASSESSOR).code == "no_such_question"
    assert refused(ask, **said | {"words": " "}, by=ASSESSOR).code == "no_words"
    author = type(ASSESSOR)("test-local", ASSESSOR.acting_for, ASSESSOR.roles)
    assert refused(ask, **said, by=author).code == "own_application"
    assert refused(decide, application=made, outcome="approved", by=author).code == "own_application"
    assert refused(ask, **said | {"application": waiting.pk}, by=ASSESSOR).code == "wrong_state"


@pytest.mark.parametrize("verb", ["answer", "close"])
@pytest.mark.parametrize("state", CHANGE_STATES)
def test_every_state_of_a_change_by_every_act(state: str, verb: str) -> None:
    made = submit_full("00A")
    asked = actions.request_change(
        application=made.pk, question="strategy", words="Why?", by=ASSESSOR, at=AFTER
    )
    acts = {
        "answer": lambda words: actions.answer_change(change=asked.pk, answer=words, by=OFFICER, at=AFTER),
        "close": lambda _: actions.close_change(change=asked.pk, by=ASSESSOR, at=AFTER),
    }
    for each in {"asked": (), "answered": ("answer",), "closed": ("answer", "close")}[state]:
        acts[each]("Nothing to change.")
    after = {"answer": "answered", "close": "closed"}[verb]
    if change_may_become(state, after).allowed or (state, verb) == ("closed", "close"):
        acts[verb]("Nothing to change.")
        assert ChangeRequest.objects.get().state == after
    else:
        with pytest.raises(Refused) as wrong:
            acts[verb]("Otherwise.")
        assert wrong.value.code == "wrong_state"
        assert ChangeRequest.objects.get().state == state


def test_the_steps_of_a_change_have_an_owner_and_a_clause() -> None:
    assert {each.before for each in CHANGE_STEPS} | {each.after for each in CHANGE_STEPS} == set(
        CHANGE_STATES
    )
    assert all(each.clause and each.permission for each in CHANGE_STEPS)


def test_the_ledger_holds_no_words_of_a_draft_or_of_a_change() -> None:
    made = submit_full("00A")
    actions.request_change(
        application=made.pk, question="strategy", words="Say which plan.", by=ASSESSOR, at=AFTER
    )
    said = " ".join(
        str(each) for each in Entry.objects.filter(subject=f"application/{made.pk}").values_list("body")
    )
    assert "five-year" not in said
    assert "which plan" not in said


def test_the_receipt_covers_the_tables() -> None:
    one, other = submit_full("00A"), filled("00B")
    line(
        other,
        "capacity",
        {"what": "More", "wte_now": "0", "wte_needed": "0.25", "plan": ""},
        by=officer_of("00B"),
    )
    assert contents_of(one).as_json() != contents_of(other).as_json()
    assert one.receipt


def test_only_powers_and_contractors_of_the_round_are_offered_and_accepted() -> None:
    """A round about specialised services: nobody can have a reserved power, or one over pharmacies, by it."""
    found = make_full_round("specialised", groups=("specialised",))
    offered = form_of(found)
    assert [code for code, _ in offered.questions["contractors"].choices] == ["specialised"]
    codes = [code for code, _ in offered.tables["powers"].column("power").choices]
    assert codes
    assert all("specialised" in powers()[code].groups for code in codes)
    assert not any(powers()[code].is_reserved for code in codes)
    general = [
        code for code, _ in form_of(Round.objects.get(pk=FULL_ROUND)).tables["powers"].column("power").choices
    ]
    assert "approve_mergers" in general
    assert "decide_market_entry" not in general, "only over pharmacies"
    assert "manage_performers" not in general
    made = draft("specialised", "00A", answers={}, at=BEFORE)
    assert refused(answer, made=made, question="contractors", words="dental").code == "wrong_answer"
    wanted = {"power": "approve_mergers", "use": "Two are waiting."}
    assert refused(line, made=made, question="powers_wanted", values=wanted).code == "wrong_answer"


def test_several_answers_are_kept_once_and_in_order() -> None:
    make_full_round("two", groups=("general_practice", "dental"))
    made = answer(
        draft("two", "00A", answers={}, at=BEFORE), "contractors", " dental,general_practice ,dental"
    )
    assert made.answers["contractors"] == "general_practice,dental"


def test_where_a_level_gives_no_power_over_its_groups_none_is_asked_for() -> None:
    found = make_full_round("pharmacy-2", level=2, groups=("pharmacy",))
    assert "powers_wanted" not in form_of(found).questions
    assert "replace_qof" in form_of(found).questions
