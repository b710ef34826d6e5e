"""Openings: what the ledger committed to is shown once it is public, whole and no minute earlier."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from remit.delegation import actions, queries
from remit.delegation.models import Announcement
from remit.engines.deadlines import by_time
from remit.ledger.actions import erase_openings
from remit.ledger.models import Entry
from tests.delegation_factories import (
    DEADLINE,
    PROGRAMME,
    WEEK,
    announce,
    approve,
    decide,
    make_commissioners,
    make_round,
    submit,
    withdraw,
)

pytestmark = pytest.mark.django_db

ROUND = "2015-level-3"
TOLD = f"{ROUND}-told"
DECIDED = DEADLINE.at + WEEK
ANNOUNCED = DEADLINE.at + 2 * WEEK
RELEASED = ANNOUNCED + timedelta(days=3)
NEXT_YEAR = by_time(date(2016, 1, 8), time(12))


@pytest.fixture
def sent() -> dict[str, str]:
    """Approved, approved on conditions and declined, announced under an embargo: the application of each."""
    make_commissioners("00A", "00B", "00C")
    make_round()
    made = {code: submit(ROUND, code).pk for code in ("00A", "00B", "00C")}
    approve(made["00A"])
    decide(made["00B"], "conditional")
    decide(made["00C"], "declined", reasons="Members were not asked.")
    announce(ROUND, embargo_until=RELEASED, at=ANNOUNCED)
    return made


def test_nothing_is_opened_before_the_release_and_all_that_was_announced_after(sent: dict[str, str]) -> None:
    assert queries.openings(RELEASED - timedelta(microseconds=1)) == []
    told = queries.openings(RELEASED)
    assert json.loads(told[0].value)["code"] == TOLD
    assert [(each.act, each.subject) for each in told] == [
        ("decisions.announced", told[0].subject),
        ("application.decided", f"application/{sent['00B']}"),
        ("application.decided", f"application/{sent['00A']}"),
    ]
    assert [each.at for each in told] == [ANNOUNCED, DECIDED, DECIDED]


def test_the_entry_of_an_embargoed_announcement_says_nothing_of_it(sent: dict[str, str]) -> None:
    body = Entry.objects.get(act="decisions.announced").body
    for word in (TOLD, ROUND, RELEASED.isoformat()[:16]):
        assert word not in body
    assert set(json.loads(body)["details"]) == {"announcement"}


def test_one_without_an_embargo_is_named_at_once() -> None:
    make_commissioners("00A")
    make_round()
    approve(submit(ROUND, "00A"))
    announce(ROUND)
    [opened] = queries.openings(ANNOUNCED + WEEK, announcement=TOLD)[:1]
    assert (opened.act, opened.subject) == ("decisions.announced", f"announcement/{TOLD}")
    assert Entry.objects.get(index=opened.entry).details["round"] == ROUND


def test_each_opening_gives_the_commitment_that_stands_in_its_entry(sent: dict[str, str]) -> None:
    for each in queries.openings(RELEASED):
        salted = bytes.fromhex(each.salt) + each.value.encode()
        assert each.commitment == f"sha256:{sha256(salted).hexdigest()}"
        assert Entry.objects.get(index=each.entry).details[each.field] == each.commitment


def test_what_is_opened_is_what_was_published(sent: dict[str, str]) -> None:
    said, conditional, approved = [json.loads(each.value) for each in queries.openings(RELEASED)]
    page = queries.announcement(TOLD, RELEASED)
    assert page is not None
    assert (said["headline"], said["list_sha256"]) == (page.row.headline, page.sha256)
    assert (said["approved"], said["conditional"]) == (1, 1)
    assert (approved["outcome"], approved["reasons"]) == ("approved", "As the application says.")
    assert [each["what"] for each in conditional["conditions"]] == ["Change how the committee is chaired"]


def test_who_was_not_approved_is_opened_when_the_round_is_closed(sent: dict[str, str]) -> None:
    assert queries.openings(RELEASED, application=sent["00C"]) == []
    closed_at = RELEASED + WEEK
    actions.close_round(code=ROUND, by=PROGRAMME, at=closed_at)
    assert queries.openings(closed_at - timedelta(seconds=1), application=sent["00C"]) == []
    [opened] = queries.openings(closed_at, application=sent["00C"])
    assert json.loads(opened.value)["reasons"] == "Members were not asked."


def test_of_an_announcement_come_its_own_and_those_of_all_it_lists_later_ones_too(
    sent: dict[str, str],
) -> None:
    left = withdraw(sent["00A"], at=RELEASED + WEEK)
    later = submit(make_round("2016-level-3", deadline=NEXT_YEAR, effective_on=date(2016, 4, 1)).pk, "00C")
    approve(later)
    announce("2016-level-3")
    at = Announcement.objects.latest("released_at").released_at
    found = queries.openings(at, announcement=TOLD)
    assert [each.subject for each in found] == [
        f"application/{sent['00A']}",
        queries.openings(RELEASED)[0].subject,
        f"application/{sent['00B']}",
        f"application/{sent['00A']}",
    ]
    assert found[0].at == left.decided_at
    assert len(queries.openings(at)) == 6
    assert queries.openings(at, announcement="none") == []


def test_what_is_sealed_stays_shut_though_its_commissioner_withdrew() -> None:
    make_commissioners("00A")
    make_round("sealed", is_sealed=True)
    gone = submit("sealed", "00A")
    at = DEADLINE.at - timedelta(minutes=1)
    withdraw(gone, at=at)
    assert queries.openings(at) == []


def test_what_was_erased_is_not_opened(sent: dict[str, str]) -> None:
    erase_openings(concerning=f"application/{sent['00A']}", by=PROGRAMME, at=RELEASED)
    assert queries.openings(RELEASED, application=sent["00A"]) == []


def test_more_decisions_take_no_more_queries(sent: dict[str, str]) -> None:
    with CaptureQueriesContext(connection) as few:
        queries.openings(RELEASED)
    make_commissioners("00D", "00E", "00F")
    make_round("2016-level-3", deadline=NEXT_YEAR, effective_on=date(2016, 4, 1))
    for each in [submit("2016-level-3", code) for code in ("00D", "00E", "00F")]:
        approve(each)
    announce("2016-level-3")
    with CaptureQueriesContext(connection) as many:
        assert len(queries.openings(NEXT_YEAR.at + 8 * WEEK)) == 7
    assert len(many) == len(few)
