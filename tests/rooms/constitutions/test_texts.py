"""Writing, adopting and amending constitutions: every state by every action, and what each refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from remit.constitutions import actions, queries
from remit.constitutions.models import Clause, Text, TextStep
from remit.constitutions.rules import model_amendments, motion_kinds
from remit.constitutions.states import TEXT_STATES, TEXT_STEPS, text_may
from remit.engines.constitution import contradictions, read_rules
from remit.kernel.actor import ANYONE
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from tests.constitution_factories import (
    APPROVER,
    CLAUSES,
    SIXTY_OF_ALL,
    THREE_QUARTERS,
    TODAY,
    amend,
    make_constitution,
    make_draft,
    secretary_of,
)
from tests.factories import NOW, make_organisation

pytestmark = pytest.mark.django_db
SECRETARY = secretary_of("00A")
LATER = NOW + timedelta(days=30)


def refused(code: str, act: Callable[[], Any]) -> Refused:
    """The refusal, having changed no text."""
    before = list(Text.objects.order_by("pk").values())
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == code
    assert list(Text.objects.order_by("pk").values()) == before
    return caught.value


def write(draft: Text, number: str = "8.2", words: str = "More than half.", **more: Any) -> Clause:
    return actions.write_clause(
        **{
            "text": draft.pk,
            "number": number,
            "heading": "",
            "words": words,
            "by": SECRETARY,
            "at": NOW,
            **more,
        }
    )


class TestDrafting:
    def test_a_first_text_is_empty_and_begins_once(self) -> None:
        made = make_draft(clauses={})
        assert make_draft(clauses={}) == made
        assert (made.state, made.based_on, Clause.objects.count()) == ("draft", None, 0)
        refused("other_draft", lambda: make_draft(clauses={}, title="Another"))

    def test_an_amendment_begins_as_the_text_in_force(self) -> None:
        first = make_constitution()
        made = make_draft(clauses={}, title="Amendment")
        assert made.based_on == first
        assert [each.number for each in Clause.objects.filter(text=made)] == ["4.1", "7.1", "8.2", "9.1"]

    def test_a_model_amendment_brings_its_clauses_and_rules(self) -> None:
        make_constitution()
        made = make_draft(clauses={}, title="Delegated powers", model="delegated_powers")
        page = queries.text_page(made.pk, SECRETARY)
        assert page is not None
        assert [each.number for each in page.clauses][-4:] == ["20", "20.1", "20.2", "20.3"]
        assert page.clauses[-1].rules[0].words == "Once in effect, the board is elected anew within 90 days"
        assert page.clauses[-1].rules[0].motions == ("Taking on powers",)

    @pytest.mark.parametrize("code", list(model_amendments()))
    def test_every_model_can_be_read_and_contradicts_nothing(self, code: str) -> None:
        rules = [
            rule for each in model_amendments()[code].clauses for rule in read_rules(each.number, each.rules)
        ]
        assert rules
        assert contradictions(rules) == ()
        assert {motion for rule in rules for motion in rule.motions} <= set(motion_kinds())

    def test_clauses_stand_in_the_order_of_their_numbers(self) -> None:
        made = make_draft(clauses={number: ("Words.", []) for number in ("10", "9", "8.10", "8.9", "8.9a")})
        assert [each.number for each in Clause.objects.filter(text=made)] == [
            "8.9",
            "8.9a",
            "8.10",
            "9",
            "10",
        ]

    def test_writing_again_changes_nothing_and_striking_takes_out(self) -> None:
        made = make_draft(clauses={})
        write(made)
        entries = Entry.objects.count()
        write(made)
        assert Entry.objects.count() == entries
        write(made, words="At least half.")
        assert Clause.objects.get(text=made).words == "At least half."
        actions.strike_clause(text=made.pk, number="8.2", by=SECRETARY, at=NOW)
        actions.strike_clause(text=made.pk, number="8.2", by=SECRETARY, at=NOW)
        assert (Clause.objects.count(), Entry.objects.count()) == (0, entries + 2)

    def test_what_is_refused(self) -> None:
        made = make_draft()
        refused("wrong_number", lambda: write(made, "eight"))
        refused("no_words", lambda: write(made, words="  "))
        refused("not_found", lambda: write(made, text="no such text"))
        refused("not_permitted", lambda: write(made, by=secretary_of("00B")))
        wrong = refused("not_a_rule", lambda: write(made, rules=[{"kind": "majority", "share": "most"}]))
        assert wrong.reasons[0].clause == "Clause 8.2"
        motion = {"kind": "majority", "share": "1/2", "motions": ["referendum"]}
        refused("no_such_motion", lambda: write(made, rules=[motion]))
        draft = {"title": "Constitution", "by": SECRETARY, "at": NOW}
        refused("no_such_document", lambda: actions.draft_text(body="00A", document="poem", **draft))
        refused("no_such_model", lambda: actions.draft_text(body="00A", model="poem", **draft))
        refused("no_words", lambda: actions.draft_text(body="00A", **{**draft, "title": " "}))
        refused("sign_in", lambda: actions.draft_text(body="00A", **{**draft, "by": ANYONE}))
        make_organisation("QAA", "icb")
        board = refused(
            "not_a_body", lambda: actions.draft_text(body="QAA", **{**draft, "by": secretary_of("QAA")})
        )
        assert "Local medical committee".lower() in str(board)

    def test_a_draft_is_read_by_its_body_only_and_the_ledger_holds_no_words_of_it(self) -> None:
        made = make_draft(clauses={})
        write(made, words="A quiet thought.")
        assert queries.text_page(made.pk, ANYONE) is None
        assert queries.texts_of("00A", ANYONE, NOW) == ()
        assert [row.id for row in queries.texts_of("00A", SECRETARY, NOW)] == [made.pk]
        assert "quiet" not in str(list(Entry.objects.values_list("body", flat=True)))


class TestAdopting:
    def test_a_first_text_is_recorded_with_its_days_and_source(self) -> None:
        made = make_constitution()
        assert (made.state, made.number, len(made.sha256)) == ("adopted", 1, 64)
        page = queries.text_on("00A", TODAY)
        assert page is not None
        assert page.row.id == made.pk
        assert [step.source for step in page.steps] == ["Constitution as published"]
        assert queries.text_on("00A", TODAY - timedelta(days=401)) is None
        assert [row.body for row in queries.bodies_with_texts(TODAY)] == ["00A"]

    def test_what_is_refused(self) -> None:
        made = make_draft()

        def adopt(**more: Any) -> Text:
            said = {"agreed_on": TODAY, "in_force_on": TODAY, "source": "Minutes", "by": SECRETARY, "at": NOW}
            return actions.record_adoption(text=made.pk, **{**said, **more})

        refused("wrong_date", lambda: adopt(in_force_on=TODAY + timedelta(days=1)))
        refused("wrong_date", lambda: adopt(agreed_on=TODAY + timedelta(days=1)))
        refused("wrong_date", lambda: adopt(approved_on=TODAY - timedelta(days=1)))
        refused("no_words", lambda: adopt(source=""))
        refused("not_permitted", lambda: adopt(by=secretary_of("00B")))
        empty = make_draft("00B", {})
        refused("no_clauses", lambda: adopt_other(empty))
        adopt()
        refused("wrong_state", adopt)

    def test_a_second_text_goes_by_amendment(self) -> None:
        make_constitution()
        other = make_draft(clauses={}, title="Another")
        refused("needs_amendment", lambda: adopt_other(other))


def adopt_other(text: Text) -> Text:
    return actions.record_adoption(
        text=text.pk,
        agreed_on=TODAY,
        in_force_on=TODAY,
        source="Minutes",
        by=secretary_of(text.body_id),
        at=NOW,
    )


class TestAmending:
    def test_members_then_nhs_england_then_in_force(self) -> None:
        first = make_constitution()
        made = amend("00A", {"8.2": ("Three quarters.", [THREE_QUARTERS])}, at=NOW)
        assert (made.state, made.number, made.in_force_on, made.agreed_on) == ("adopted", 2, TODAY, TODAY)
        assert [each.verb for each in TextStep.objects.filter(text=made)] == [
            "put to the members",
            "record that members agreed",
            "send for approval",
            "approve",
        ]
        yesterday = queries.text_on("00A", TODAY - timedelta(days=1))
        assert yesterday is not None
        assert yesterday.row.id == first.pk

    def test_clauses_that_contradict_each_other_are_not_put_forward(self) -> None:
        made = make_draft(
            clauses={**CLAUSES, "12": ("Two thirds are a quorum.", [{"kind": "quorum", "share": "2/3"}])}
        )
        found = refused(
            "contradiction", lambda: actions.propose_amendment(text=made.pk, by=SECRETARY, at=NOW)
        )
        assert found.reasons[0].clause == "Clauses 7.1 and 12"
        page = queries.text_page(made.pk, SECRETARY)
        assert page is not None
        assert len(page.contradictions) == 1

    def test_what_says_the_same_or_rests_on_an_older_version_is_not_put_forward(self) -> None:
        make_constitution()
        same = make_draft(clauses={}, title="Nothing")
        refused("nothing_changes", lambda: actions.propose_amendment(text=same.pk, by=SECRETARY, at=NOW))
        other = Text.objects.create(
            body_id="00A", title="x", state="draft", drafted_at=NOW, drafted_by="x", document="constitution"
        )
        Clause.objects.create(text=other, number="1", order="0001", words="Words.")
        refused("other_base", lambda: actions.propose_amendment(text=other.pk, by=SECRETARY, at=NOW))

    def test_without_a_clause_that_says_so_nhs_england_has_to_approve(self) -> None:
        make_constitution()
        made = make_draft(clauses={"1": ("New.", [])}, title="Amendment")
        agreed(made)
        found = refused("needs_approval", lambda: adopt(made))
        assert "14E" in found.reasons[0].clause

    def test_where_a_clause_asks_for_no_approval_the_body_adopts_it(self) -> None:
        rule = {"kind": "amendment", "needs_approval": False}
        make_constitution(clauses={**CLAUSES, "15": ("Members amend this alone.", [rule])}, kind="lmc")
        made = make_draft(clauses={"8.2": ("Sixty.", [SIXTY_OF_ALL])}, title="Amendment")
        agreed(made)
        yesterday = TODAY - timedelta(days=1)
        assert "never reaches back" in str(refused("wrong_date", lambda: adopt(made, in_force_on=yesterday)))
        assert adopt(made).in_force_on == TODAY

    def test_it_never_reaches_back(self) -> None:
        make_constitution()
        made = make_draft(clauses={"1": ("New.", [])}, title="Amendment")
        agreed(made)
        actions.send_amendment(text=made.pk, by=SECRETARY, at=NOW)
        day = TODAY - timedelta(days=1)
        refused(
            "wrong_date",
            lambda: actions.approve_amendment(text=made.pk, in_force_on=day, by=APPROVER, at=NOW),
        )

    def test_members_answer_is_of_today_or_before_and_has_a_source(self) -> None:
        make_constitution()
        made = make_draft(clauses={"1": ("New.", [])}, title="Amendment")
        actions.propose_amendment(text=made.pk, by=SECRETARY, at=NOW)
        said = {"text": made.pk, "is_agreed": True, "by": SECRETARY, "at": NOW}
        tomorrow = TODAY + timedelta(days=1)
        refused("wrong_date", lambda: actions.record_members_answer(on=tomorrow, source="Minutes", **said))
        refused("no_words", lambda: actions.record_members_answer(on=TODAY, source="", **said))
        lost = actions.record_members_answer(**{**said, "is_agreed": False}, on=TODAY, source="Minutes")
        assert (lost.state, lost.agreed_on) == ("lost", None)


def agreed(made: Text) -> None:
    by = secretary_of(made.body_id)
    actions.propose_amendment(text=made.pk, by=by, at=NOW)
    actions.record_members_answer(text=made.pk, is_agreed=True, on=TODAY, source="Minutes", by=by, at=NOW)


def adopt(made: Text, **more: Any) -> Text:
    said = {"in_force_on": TODAY, "by": secretary_of(made.body_id), "at": NOW}
    return actions.adopt_amendment(text=made.pk, **{**said, **more})


ACTS: dict[str, Callable[[Text], Any]] = {
    "record as adopted": adopt_other,
    "put to the members": lambda text: actions.propose_amendment(text=text.pk, by=SECRETARY, at=NOW),
    "record that members agreed": lambda text: actions.record_members_answer(
        text=text.pk, is_agreed=True, on=TODAY, source="Minutes", by=SECRETARY, at=NOW
    ),
    "record that members did not agree": lambda text: actions.keep_members_answer(
        text=text.pk, is_agreed=False, on=TODAY, origin="motions", origin_ref="m1", by=SECRETARY, at=NOW
    ),
    "send for approval": lambda text: actions.send_amendment(text=text.pk, by=SECRETARY, at=NOW),
    "adopt without approval": adopt,
    "approve": lambda text: actions.approve_amendment(text=text.pk, in_force_on=TODAY, by=APPROVER, at=NOW),
    "refuse": lambda text: actions.refuse_amendment(text=text.pk, reasons="Why", by=APPROVER, at=NOW),
    "withdraw": lambda text: actions.withdraw_text(text=text.pk, reasons="Why", by=SECRETARY, at=NOW),
}


@pytest.mark.parametrize("verb", list(ACTS))
@pytest.mark.parametrize("state", TEXT_STATES)
def test_every_state_by_every_action(state: str, verb: str) -> None:
    """As the table says, and in no other way. A text in its state, of a body whose clauses ask for no approval."""
    if verb == "record as adopted":
        text = make_draft()
    else:
        rule = {"kind": "amendment", "needs_approval": False}
        make_constitution(clauses={**CLAUSES, "15": ("Members amend this alone.", [rule])})
        text = make_draft(clauses={"1": ("New.", [])}, title="Amendment")
    Text.objects.filter(pk=text.pk).update(state=state)
    way = next((each for each in TEXT_STEPS if (each.verb, each.before) == (verb, state)), None)
    if verb == "put to the members" and state == "proposed":
        assert ACTS[verb](text).state == "proposed"
    elif way is None:
        refused("wrong_state", lambda: ACTS[verb](text))
        assert not text_may(verb, state).allowed
    else:
        assert ACTS[verb](text).state == way.after
        assert TextStep.objects.get(text=text).verb == verb


def test_every_way_has_its_act() -> None:
    assert set(ACTS) == {each.verb for each in TEXT_STEPS}


@pytest.mark.parametrize("verb", sorted(set(ACTS) - {"approve", "refuse"}))
def test_nobody_else_takes_a_body_s_steps(verb: str) -> None:
    make_constitution()
    text = make_draft(clauses={"1": ("New.", [])}, title="Amendment")
    for permission in {each.permission for each in TEXT_STEPS if each.verb == verb}:
        assert permission.value == "constitutions.keep"
    with pytest.raises(Refused) as caught:
        actions.withdraw_text(text=text.pk, reasons="Why", by=APPROVER, at=NOW)
    assert caught.value.code == "not_permitted"
