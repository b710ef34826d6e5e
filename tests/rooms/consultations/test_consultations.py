"""Consultations: written, published under the rule in force, made longer but never shorter, and answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from remit.consultations import actions, queries
from remit.consultations.models import Consultation, Response, Silence, Theme
from remit.consultations.states import CONSULTATION_STATES, CONSULTATION_STEPS, consultation_may
from remit.documents.actions import keep_document
from remit.kernel.actor import ANYONE, Actor, RoleAt
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from remit.meetings.actions import cancel_meeting
from tests.constitution_factories import CLAUSES, TODAY, amend, make_constitution, secretary_of
from tests.consultation_factories import (
    NEITHER,
    NO,
    OPTIONS,
    YES,
    answer,
    answer_as_gp,
    doctor_of,
    make_consultation,
    manager_of,
    whole,
)
from tests.factories import NOW, make_organisation
from tests.meeting_factories import call, make_members

pytestmark = pytest.mark.django_db
BY = secretary_of("00A")
AFTER = NOW + timedelta(days=28)


@pytest.fixture(autouse=True)
def body() -> None:
    make_members("00A", *(f"A0000{number}" for number in range(1, 7)))


def everything() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Consultation, Response, Silence, Theme)]


def refused(code: str, act: Callable[[], Any]) -> Refused:
    """The refusal, having changed nothing."""
    before = everything()
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == code
    assert everything() == before
    return caught.value


def row_of(made: Consultation, at: Any = NOW) -> queries.ConsultationRow:
    page = queries.consultation_page(made.pk, ANYONE, at)
    assert page is not None
    return page.row


class TestWriting:
    def test_a_draft_is_its_bodys_own_and_can_be_written_over(self) -> None:
        made = make_consultation(publish=False)
        assert queries.consultation_page(made.pk, ANYONE, NOW) is None
        assert queries.consultations(NOW) == ()
        entries = Entry.objects.count()
        assert make_consultation(publish=False) == made
        assert Entry.objects.count() == entries
        again = make_consultation(
            publish=False, consultation=made.pk, title="Another", options=["One", "Two"]
        )
        page = queries.consultation_page(made.pk, BY, NOW)
        assert page is not None
        assert (again.pk, page.row.title, page.row.badge) == (made.pk, "Another", "")
        assert [name for _, name in page.options] == ["One", "Two"]
        assert [row.id for row in queries.drafts_of("00A", BY, NOW)] == [made.pk]
        assert queries.drafts_of("00A", secretary_of("00B"), NOW) == ()

    def test_more_than_two_options_and_neither_among_them(self) -> None:
        """A worked example: an appraisal of three courses, one of them to do nothing."""
        made = make_consultation()
        page = queries.consultation_page(made.pk, ANYONE, NOW)
        assert page is not None
        assert tuple(name for _, name in page.options) == OPTIONS

    def test_what_is_refused(self) -> None:
        make_organisation("A99999", "practice")
        for code, given in (
            ("too_few_options", {"options": ["One", " "]}),
            ("same_option", {"options": ["One", "one"]}),
            ("no_words", {"title": " "}),
            ("no_words", {"purpose": ""}),
            ("wrong_date", {"closes_on": TODAY - timedelta(days=1)}),
            ("no_such_way", {"told": ["pigeon"]}),
            ("no_such_motion", {"motion": "none"}),
            ("no_such_organisation", {"concerns": ["ZZZ"]}),
            ("not_found", {"consultation": "none"}),
        ):
            refused(code, lambda given=given: make_consultation(publish=False, **given))
        refused("not_a_body", lambda: make_consultation("A99999", publish=False))
        made = make_consultation(publish=False)
        make_members("00B", "B00001")
        refused("not_permitted", lambda: make_consultation("00B", consultation=made.pk, publish=False))


class TestLength:
    def test_ten_days_are_below_the_minimum_of_28_and_everybody_reads_it(self) -> None:
        row = row_of(make_consultation(days=10))
        assert (row.badge, row.is_adequate) == ("10 days: below minimum (28)", False)
        assert row.clause == "Adequacy of consultation, 28 days"
        about = queries.consultations_about("00A", NOW)
        assert [each.badge for each in about] == ["10 days: below minimum (28)"]

    def test_the_clause_in_force_at_publication_goes_before_guidance(self) -> None:
        rule = {"kind": "consultation", "days": 42}
        make_constitution(clauses={**CLAUSES, "10.1": ("Six weeks.", [rule])})
        made = make_consultation(days=28)
        assert row_of(made).badge == "28 days: below minimum (42)"
        assert row_of(made).clause == "Clause 10.1"
        amend("00A", {**CLAUSES, "10.1": ("Two weeks.", [rule | {"days": 14}])}, at=NOW)
        assert row_of(made).badge == "28 days: below minimum (42)", "an amendment never reaches back"

    def test_it_can_be_made_longer_and_the_badge_follows(self) -> None:
        made = make_consultation(days=10)
        later = TODAY + timedelta(days=27)
        actions.extend_consultation(consultation=made.pk, closes_on=later, reasons="Asked", by=BY, at=NOW)
        actions.extend_consultation(consultation=made.pk, closes_on=later, reasons="Asked", by=BY, at=NOW)
        assert row_of(made).badge == "28 days: meets minimum (28)"
        page = queries.consultation_page(made.pk, ANYONE, NOW)
        assert page is not None
        assert [(each.verb, each.closes_on) for each in page.steps] == [
            ("published", TODAY + timedelta(days=9)),
            ("extended", later),
        ]

    def test_closing_early_is_refused_with_the_clause(self) -> None:
        made = make_consultation()

        def close(on: date, at: Any = NOW) -> Any:
            return actions.extend_consultation(
                consultation=made.pk, closes_on=on, reasons="Enough", by=BY, at=at
            )

        said = refused("closes_early", lambda: close(TODAY + timedelta(days=5)))
        assert said.reasons[0].clause == "Adequacy of consultation, 28 days"
        refused("is_over", lambda: close(TODAY + timedelta(days=90), AFTER))

    def test_it_opens_today_or_later(self) -> None:
        made = make_consultation(publish=False)
        refused(
            "wrong_date",
            lambda: actions.publish_consultation(consultation=made.pk, by=BY, at=NOW + timedelta(days=1)),
        )

    def test_open_and_closed_follow_from_the_day_both_ends_counted(self) -> None:
        made = make_consultation(opens_on=TODAY + timedelta(days=1), closes_on=TODAY + timedelta(days=2))
        stages = [row_of(made, NOW + timedelta(days=days)).stage for days in range(4)]
        assert stages == ["coming", "open", "open", "closed"]


class TestResponding:
    def test_a_position_can_be_changed_until_the_close_and_every_version_is_kept(self) -> None:
        made = make_consultation()
        answer(made, "A00001", YES, splits={1: (3, 2, 0)})
        answer(made, "A00001", NO, words="We thought again.")
        entries = Entry.objects.count()
        answer(made, "A00001", NO, words="We thought again.")
        assert Entry.objects.count() == entries
        own = queries.own_response(made.pk, manager_of("A00001"), NOW)
        assert own is not None
        assert (own.said["stances"]["1"], own.earlier[0]["splits"]) == ("opposes", {"1": [3, 2, 0]})
        refused("not_open", lambda: answer(made, "A00001", YES, at=AFTER))

    def test_what_is_refused(self) -> None:
        make_organisation("A09999", "practice")
        made = make_consultation()
        refused("not_asked", lambda: answer(made, "A09999"))
        refused("not_asked", lambda: answer_as_gp(made, "A09999"))
        refused("not_open", lambda: answer(made, "A00001", at=NOW - timedelta(days=1)))

        def say(**given: Any) -> Any:
            whole_ = {"practice": "A00001", "stances": whole([]), "by": manager_of("A00001"), **given}
            return actions.respond_for_practice(consultation=made.pk, **whole_, at=NOW)

        refused("wrong_answer", lambda: say(stances={1: YES}))
        refused("wrong_answer", lambda: say(stances={1: YES, 2: YES, 3: "perhaps"}))
        refused("wrong_split", lambda: say(splits={1: (0, 0, 0)}))
        refused("wrong_split", lambda: say(splits={1: (3, -1, 0)}))
        refused("wrong_split", lambda: say(splits={9: (3, 1, 0)}))
        refused("no_words", lambda: say(words="x" * 10_001))
        refused("not_permitted", lambda: say(practice="A00002"))
        refused("not_permitted", lambda: say(by=doctor_of("A00001")))

    def test_silence_has_reasons_until_there_is_a_response(self) -> None:
        made = make_consultation()

        def explain(reason: str, at: Any = NOW) -> Any:
            return actions.explain_silence(
                consultation=made.pk, practice="A00001", reason=reason, by=manager_of("A00001"), at=at
            )

        refused("no_such_reason", lambda: explain("rain"))
        explain("no_time")
        explain("not_listened")
        assert Silence.objects.get().reason == "not_listened"
        answer(made, "A00001")
        refused("has_responded", lambda: explain("no_time", AFTER))
        found = queries.tallies(made.pk, AFTER)
        assert found is not None
        assert (found.responded, found.reasons) == (1, {})

    def test_reminders_go_to_those_only_who_have_not_answered(self) -> None:
        made = make_consultation()
        answer(made, "A00001")
        actions.explain_silence(
            consultation=made.pk, practice="A00002", reason="no_time", by=manager_of("A00002"), at=NOW
        )
        waiting = queries.not_answered(made.pk, BY, NOW)
        assert waiting is not None
        assert [each.code for each in waiting] == ["A00003", "A00004", "A00005", "A00006"]
        assert queries.not_answered(made.pk, secretary_of("00B"), NOW) is None
        assert queries.not_answered(made.pk, ANYONE, NOW) is None


class TestRepresentations:
    def test_they_are_kept_apart_from_responses(self) -> None:
        """Concerns were expressed, not exactly in a formal consultation: kept, public, and in no tally."""
        make_organisation("LMCKENT", "lmc")
        officer = Actor("lmc", "LMCKENT", frozenset({RoleAt("lmc_officer", "LMCKENT")}))
        made = make_consultation()

        def log(by: Actor, organisation: str, **more: Any) -> Any:
            given = {"channel": "letter", "words": "We have concerns.", "received_on": TODAY, **more}
            return actions.log_representation(
                consultation=made.pk, who="Kent LMC", organisation=organisation, **given, by=by, at=NOW
            )

        first = log(officer, "LMCKENT")
        assert log(officer, "LMCKENT") == first
        log(BY, "", words="So has a patient.")
        refused("not_permitted", lambda: log(officer, "00B"))
        refused("no_such_channel", lambda: log(BY, "", channel="drum"))
        refused("no_such_organisation", lambda: log(BY, "ZZZ"))
        refused("wrong_date", lambda: log(BY, "", received_on=TODAY + timedelta(days=1)))
        page = queries.consultation_page(made.pk, ANYONE, NOW)
        found = queries.tallies(made.pk, AFTER)
        assert page is not None
        assert found is not None
        assert [each.words for each in page.representations] == ["We have concerns.", "So has a patient."]
        assert found.responded == 0


class TestThemes:
    def test_nothing_is_tabled_until_every_theme_is_answered(self) -> None:
        """Three themes, two answered: refused, and it says which waits; the third answered: it may be tabled."""
        made = make_consultation()
        response = answer(made, "A00001", words="Too fast, too dear, too far.")
        refused("not_closed", lambda: actions.name_theme(consultation=made.pk, said="Speed", by=BY, at=NOW))
        assert queries.may_table(made.pk, NOW).reasons[0].code == "not_closed"
        assert queries.may_table(made.pk, AFTER).reasons[0].code == "not_coded"
        for said in ("It is too fast", "It is too dear", "It is too far"):
            actions.name_theme(consultation=made.pk, said=said, by=BY, at=AFTER)
        actions.code_response(consultation=made.pk, response=response.pk, themes=[1, 2, 3], by=BY, at=AFTER)
        for number in (1, 2):
            actions.answer_theme(consultation=made.pk, theme=number, did="We wait.", by=BY, at=AFTER)
        reason = queries.may_table(made.pk, AFTER).reasons[0]
        assert (reason.code, "“It is too far”" in reason.message) == ("not_answered", True)
        actions.answer_theme(consultation=made.pk, theme=3, did="We stay.", by=BY, at=AFTER)
        assert queries.may_table(made.pk, AFTER).allowed
        assert row_of(made, AFTER).stage == "answered"
        own = queries.own_response(made.pk, manager_of("A00001"), AFTER)
        assert own is not None
        assert own.themes == (1, 2, 3)

    def test_the_body_reads_words_only_once_it_has_closed_and_doctors_without_names(self) -> None:
        made = make_consultation()
        answer(made, "A00001", words="<b>No</b>")
        answer_as_gp(made, "A00002", words="Nor I.")
        assert queries.words_to_code(made.pk, BY, NOW) == ()
        assert queries.words_to_code(made.pk, secretary_of("00B"), AFTER) == ()
        said = [(each.name, each.words) for each in queries.words_to_code(made.pk, BY, AFTER)]
        assert said == [("The practice A00001", "<b>No</b>"), ("A general practitioner", "Nor I.")]

    def test_what_is_refused(self) -> None:
        made = make_consultation()
        refused(
            "not_found",
            lambda: actions.code_response(consultation=made.pk, response=0, themes=[], by=BY, at=AFTER),
        )
        response = answer(made, "A00001")
        refused(
            "no_such_theme",
            lambda: actions.code_response(
                consultation=made.pk, response=response.pk, themes=[7], by=BY, at=AFTER
            ),
        )
        refused(
            "not_found",
            lambda: actions.answer_theme(consultation=made.pk, theme=7, did="Done", by=BY, at=AFTER),
        )
        assert queries.may_table("none", AFTER).reasons[0].code == "not_found"


def test_the_checklist_flags_what_is_missing() -> None:
    made = make_consultation(days=10, told=[])
    unmet = {each.code: each.is_met for each in queries.checklist(made.pk, NOW)}
    assert unmet == {"informed": False, "events": False, "length": False, "answered": False}
    good = make_consultation(days=28, title="Better")
    meeting = call(days=9)
    actions.attach_event(consultation=good.pk, meeting=meeting.pk, by=BY, at=NOW)
    answer(good, "A00001")
    met = {each.code: each.is_met for each in queries.checklist(good.pk, AFTER)}
    assert met == dict.fromkeys(("informed", "events", "length", "answered"), True)
    cancel_meeting(meeting=meeting.pk, reasons="Snow", by=BY, at=NOW)
    assert not {each.code: each.is_met for each in queries.checklist(good.pk, AFTER)}["events"]
    assert queries.checklist("none", NOW) == ()


def test_documents_and_events_are_its_own() -> None:
    made = make_consultation()
    secret = keep_document(name="a.txt", content=b"A.", owner="00A", is_public=False, by=BY, at=NOW)
    kept = keep_document(name="b.txt", content=b"B.", owner="00A", is_public=True, by=BY, at=NOW)

    def attach(document: str) -> Any:
        return actions.attach_document(consultation=made.pk, document=document, by=BY, at=NOW)

    refused("not_its_document", lambda: attach(secret.pk))
    attach(kept.pk)
    attach(kept.pk)
    late = call(days=60)
    refused(
        "not_its_meeting",
        lambda: actions.attach_event(consultation=made.pk, meeting=late.pk, by=BY, at=NOW),
    )
    page = queries.consultation_page(made.pk, ANYONE, NOW)
    assert page is not None
    assert [each.name for each in page.documents] == ["b.txt"]
    assert Entry.objects.filter(act="consultation.attached").count() == 1


def _acts(made: Consultation) -> dict[str, Callable[[], Any]]:
    one, by, name = made.pk, BY, "A00002"
    meeting = call(days=5)
    return {
        "write": lambda: make_consultation(publish=False, consultation=one, title="New"),
        "attach": lambda: actions.attach_event(consultation=one, meeting=meeting.pk, by=by, at=NOW),
        "extend": lambda: actions.extend_consultation(
            consultation=one, closes_on=made.closes_on + timedelta(days=1), reasons="More", by=by, at=NOW
        ),
        "respond for a practice": lambda: answer(made, name),
        "respond as a GP": lambda: answer_as_gp(made, name),
        "explain silence": lambda: actions.explain_silence(
            consultation=one, practice=name, reason="no_time", by=manager_of(name), at=NOW
        ),
        "log a representation": lambda: actions.log_representation(
            consultation=one, who="X", channel="letter", words="W", received_on=TODAY, by=by, at=NOW
        ),
        "name a theme": lambda: actions.name_theme(consultation=one, said="Other", by=by, at=AFTER),
        "code a response": lambda: actions.code_response(
            consultation=one, response=getattr(made.responses.first(), "pk", 0), themes=[1], by=by, at=AFTER
        ),
        "answer a theme": lambda: actions.answer_theme(
            consultation=one, theme=1, did="Done", by=by, at=AFTER
        ),
    }


VERBS = sorted({each.verb for each in CONSULTATION_STEPS} - {"publish", "answer the last theme"})


@pytest.mark.parametrize("state", CONSULTATION_STATES)
@pytest.mark.parametrize("verb", VERBS)
def test_every_state_by_every_act(verb: str, state: str) -> None:
    made = make_consultation(publish=state != "draft")
    if state != "draft":
        answer(made, "A00001", words="Words")
        for number in (1, 2):
            Theme.objects.create(consultation=made, number=number, said=f"Theme {number}")
    Consultation.objects.filter(pk=made.pk).update(state=state)
    act = _acts(made)[verb]
    allowed = any((each.verb, each.before) == (verb, state) for each in CONSULTATION_STEPS)
    assert consultation_may(verb, state).allowed == allowed
    if allowed:
        act()
        assert Consultation.objects.get(pk=made.pk).state == state
    else:
        refused("wrong_state", act)


@pytest.mark.parametrize("state", CONSULTATION_STATES)
def test_publishing_by_state(state: str) -> None:
    made = make_consultation(publish=state != "draft")
    Consultation.objects.filter(pk=made.pk).update(state=state)

    def publish() -> Any:
        return actions.publish_consultation(consultation=made.pk, by=BY, at=NOW)

    if state == "answered":
        refused("wrong_state", publish)
    else:
        assert publish().state == "published"


def test_nothing_tells_how_anybody_answers_before_the_close() -> None:
    """Not the pages, not the body that asks, not the ledger, not the refusals in it."""
    made = make_consultation()
    answer(made, "A00001", NO, words="Unheard-of words", splits={1: (1, 4, 0)})
    answer_as_gp(made, "A00002", NO, words="Unheard-of words")
    actions.explain_silence(
        consultation=made.pk, practice="A00003", reason="not_listened", by=manager_of("A00003"), at=NOW
    )
    last = NOW + timedelta(days=27)
    assert queries.tallies(made.pk, last) is None
    assert queries.words_to_code(made.pk, BY, last) == ()
    assert queries.own_response(made.pk, BY, last) is None
    assert queries.own_response(made.pk, doctor_of("A00001"), last) is None
    for entry in Entry.objects.filter(subject=f"consultation/{made.pk}"):
        said = str(entry.details)
        assert not any(word in said for word in ("opposes", "Unheard", "not_listened", "splits")), said
    assert {NEITHER, NO, YES} == {"neither", "opposes", "supports"}
