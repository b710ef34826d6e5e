"""Calling, cancelling and attending meetings: every state by every action, and what each refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from remit.kernel.actor import ANYONE
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from remit.meetings import actions, queries
from remit.meetings.models import Attendance, Meeting
from remit.meetings.states import MEETING_STATES, MEETING_STEPS, meeting_may
from tests.constitution_factories import make_constitution, secretary_of
from tests.factories import NOW, make_organisation
from tests.meeting_factories import call, make_members

pytestmark = pytest.mark.django_db
BY = secretary_of("00A")
AFTER = NOW + timedelta(days=31)


def refused(code: str, act: Callable[[], Any]) -> Refused:
    """The refusal, having changed nothing."""
    before = (list(Meeting.objects.values()), list(Attendance.objects.values()))
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == code
    assert (list(Meeting.objects.values()), list(Attendance.objects.values())) == before
    return caught.value


@pytest.fixture(autouse=True)
def body() -> None:
    make_members("00A", "A00001", "A00002", "A00003", "A00004")


class TestCalling:
    def test_notice_is_counted_by_the_clause_of_the_day(self) -> None:
        make_constitution()
        made = call(days=15)
        assert (made.state, made.clause) == ("called", "9.1")
        expected = "Notice on 21 November 2026 for 6 December 2026: 14 clear days, at least 14"
        assert made.arithmetic == expected

    def test_a_notice_too_short_is_refused_with_the_clause(self) -> None:
        make_constitution()
        said = refused("notice_too_short", lambda: call(days=2, urgency="Now or never"))
        assert said.reasons[0].clause == "9.1"

    def test_a_shortened_notice_needs_a_reason_and_shows_it(self) -> None:
        """A notice of seven clear days where fourteen are usual: only with a reason, and anybody reads it."""
        make_constitution()
        said = refused("no_reason_for_urgency", lambda: call(days=8))
        assert said.reasons[0].clause == "9.1"
        made = call(days=8, kind="urgent", urgency="The commissioner applies on 9 January.")
        page = queries.meeting_page(made.pk, NOW)
        assert page is not None
        assert page.row.urgency == "The commissioner applies on 9 January."
        assert page.row.arithmetic.endswith("7 clear days, fewer than 14")

    def test_an_urgent_meeting_has_a_reason_even_where_no_clause_asks(self) -> None:
        refused("no_reason_for_urgency", lambda: call(kind="urgent"))
        made = call(kind="urgent", urgency="Today")
        assert made.clause == ""
        assert made.arithmetic.endswith("its rules ask for none")

    def test_the_same_again_is_the_first_and_leaves_no_entry(self) -> None:
        made = call()
        entries = Entry.objects.count()
        assert call() == made
        assert Entry.objects.count() == entries

    def test_what_is_refused(self) -> None:
        make_organisation("A99999", "practice")
        refused("not_permitted", lambda: call(by=secretary_of("00B")))
        refused("sign_in", lambda: call(by=ANYONE))
        refused("not_a_body", lambda: call("A99999"))
        refused("no_such_kind", lambda: call(kind="secret"))
        refused("no_words", lambda: call(title=" "))
        refused("no_words", lambda: call(place=""))
        refused("wrong_date", lambda: call(days=0))


class TestAttending:
    def test_the_share_is_of_the_members_of_the_day(self) -> None:
        made = call()
        assert queries.attendance_share(made.pk) is None
        actions.record_attendance(meeting=made.pk, practices=["a00001 ", "A00002", "A00003"], by=BY, at=AFTER)
        share = queries.attendance_share(made.pk)
        assert share is not None
        assert (share.present, share.members, share.words) == (3, 4, "3 of 4 practices, 75%")

    def test_a_correction_replaces_the_list_and_the_same_changes_nothing(self) -> None:
        made = call()
        for practices in (["A00001"], ["A00002"], ["A00002"]):
            actions.record_attendance(meeting=made.pk, practices=practices, by=BY, at=AFTER)
        page = queries.meeting_page(made.pk, AFTER)
        assert page is not None
        assert [each.practice for each in page.there] == ["A00002"]
        assert Entry.objects.filter(act="meeting.attended").count() == 2

    def test_who_was_no_member_on_the_day_is_refused_and_named(self) -> None:
        made = call()
        make_members("00A", "A00005", last=NOW.date())
        said = refused(
            "not_members",
            lambda: actions.record_attendance(
                meeting=made.pk, practices=["A00001", "A00005"], by=BY, at=AFTER
            ),
        )
        assert said.reasons[0].message.startswith("Not members on 21 December 2026: A00005.")

    def test_a_committee_without_known_members_has_no_base(self) -> None:
        make_organisation("LMCA", "lmc")
        made = call("LMCA")
        by = secretary_of("LMCA")
        actions.record_attendance(meeting=made.pk, practices=["A00001"], by=by, at=AFTER)
        share = queries.attendance_share(made.pk)
        assert share is not None
        assert (share.members, share.words) == (
            None,
            "1 practice; the register does not say who its members are",
        )
        refused(
            "not_members",
            lambda: actions.record_attendance(meeting=made.pk, practices=["00A"], by=by, at=AFTER),
        )

    def test_not_before_it_begins(self) -> None:
        made = call()
        refused(
            "not_yet",
            lambda: actions.record_attendance(meeting=made.pk, practices=["A00001"], by=BY, at=NOW),
        )


ACTS: dict[str, Callable[[Meeting], Any]] = {
    "record attendance": lambda made: actions.record_attendance(
        meeting=made.pk, practices=["A00002"], by=BY, at=AFTER
    ),
    "cancel": lambda made: actions.cancel_meeting(meeting=made.pk, reasons="Snow", by=BY, at=AFTER),
}


@pytest.mark.parametrize("state", MEETING_STATES)
@pytest.mark.parametrize("verb", list(ACTS))
def test_every_state_by_every_act(verb: str, state: str) -> None:
    made = call()
    Meeting.objects.filter(pk=made.pk).update(state=state, reasons="Flood")
    after = [each.after for each in MEETING_STEPS if (each.verb, each.before) == (verb, state)]
    assert meeting_may(verb, state).allowed == bool(after)
    if after:
        assert ACTS[verb](made).state == after[0]
    else:
        refused("wrong_state", lambda: ACTS[verb](made))


@pytest.mark.parametrize("verb", list(ACTS))
def test_others_may_not(verb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = call()
    monkeypatch.setitem(globals(), "BY", secretary_of("00B"))
    refused("not_permitted", lambda: ACTS[verb](made))


def test_cancelling_says_why_and_again_changes_nothing() -> None:
    made = call()
    refused("no_words", lambda: actions.cancel_meeting(meeting=made.pk, reasons=" ", by=BY, at=NOW))
    refused("not_found", lambda: actions.cancel_meeting(meeting="none", reasons="Snow", by=BY, at=NOW))
    for _ in range(2):
        actions.cancel_meeting(meeting=made.pk, reasons="Snow", by=BY, at=NOW)
    assert Entry.objects.filter(act="meeting.cancelled").count() == 1


def test_what_is_to_come_and_what_was() -> None:
    soon, later, off = call(days=3), call(days=9), call(days=5)
    actions.cancel_meeting(meeting=off.pk, reasons="Snow", by=BY, at=NOW)
    assert [each.id for each in queries.meetings_upcoming(NOW)] == [soon.pk, later.pk]
    assert [each.id for each in queries.meetings_held(NOW)] == [off.pk]
    assert [each.id for each in queries.meetings_held(AFTER, body="00A")] == [later.pk, off.pk, soon.pk]
    assert queries.meetings_upcoming(NOW, body="00B") == ()
    assert queries.meeting_page(soon.pk, NOW - timedelta(days=1)) is None
    assert [each.id for each in queries.meetings_named([later.pk, soon.pk])] == [soon.pk, later.pk]
