"""Rounds and announcements as at a day: open, closed or decided as they were; and a day that is none is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from remit.engines.deadlines import before_day
from tests.delegation_doors import Asking, asking, document, links, main, rows_of, words
from tests.delegation_factories import (
    announce,
    approve,
    decide,
    london,
    make_commissioners,
    make_round,
    submit,
    withdraw,
)
from tests.factories import NATIONAL_BODY

pytestmark = pytest.mark.django_db
NOW = london(2015, 6, 1)
LISTS = ("/rounds/", "/announcements/", "/rounds/2015-level-3/", "/announcements/told/")


@pytest.fixture(autouse=True)
def _told(settings: Any) -> None:
    """A round from 10 November to 9 January; announced on 18 February; one that was announced withdrew on 2 March."""
    settings.REMIT_TRUST_REQUEST_START = True
    make_commissioners("00C", "00D", "00E")
    make_round()
    sent = {code: submit("2015-level-3", code) for code in ("00C", "00D", "00E")}
    approve(sent["00C"], at=london(2015, 2, 16))
    approve(sent["00D"], at=london(2015, 2, 16))
    decide(sent["00E"], "declined", at=london(2015, 2, 16))
    announce("2015-level-3", "told", at=london(2015, 2, 18))
    withdraw(sent["00D"], at=london(2015, 3, 2))


@pytest.fixture
def reader() -> Asking:
    """Anybody, in June."""
    return asking(at=NOW)


@pytest.mark.parametrize(
    ("on", "state", "applied"),
    [
        ("2014-12-01", "Open", "0"),
        ("2015-01-09", "Closed, decisions awaited", "3"),
        ("2015-02-17", "Closed, decisions awaited", "3"),
        ("2015-02-18", "Decided", "3"),
        ("", "Decided", "3"),
    ],
)
def test_a_round_is_open_closed_or_decided_as_it_was_on_the_day(
    reader: Asking, on: str, state: str, applied: str
) -> None:
    [row] = rows_of(reader.page(f"/rounds/?on={on}"), "rounds")
    assert (row[3], row[5]) == (state, applied)
    one = reader.page(f"/rounds/2015-level-3/?on={on}")
    assert words(one.find(".//main//strong")) == state
    assert len(rows_of(one, "applications")) == int(applied)


def test_a_round_is_not_listed_before_it_was_set_up(reader: Asking) -> None:
    assert "No round has been opened yet" in main(reader.page("/rounds/?on=2014-10-01"))


def test_announcements_are_those_released_by_the_day(reader: Asking) -> None:
    assert "Nothing has been announced yet" in main(reader.page("/announcements/?on=2015-02-17"))
    assert len(rows_of(reader.page("/announcements/?on=2015-02-18"), "announcements")) == 1
    assert reader.get("/announcements/told/?on=2015-02-17").status_code == 404
    then = reader.page("/announcements/told/?on=2015-03-01")
    assert "has withdrawn" not in main(then)
    assert "has withdrawn" in main(reader.page("/announcements/told/?on=2015-03-02"))


def test_the_day_goes_along_to_the_pages_that_it_is_about(reader: Asking) -> None:
    found = reader.page("/rounds/?on=2014-12-01")
    assert "/rounds/2015-level-3/?on=2014-12-01" in links(found).values()
    listed = links(reader.page("/announcements/?on=2015-02-18")).values()
    assert "/announcements/told/?on=2015-02-18" in listed


def test_a_day_to_come_gives_no_embargo_away(reader: Asking) -> None:
    make_round("2016", deadline=before_day(date(2015, 5, 1)), effective_on=date(2016, 4, 1))
    approve(submit("2016", "00C"), at=london(2015, 5, 2))
    announce("2016", "secret", at=london(2015, 5, 2), embargo_until=london(2015, 7, 1))
    for day in ("2015-07-02", "2016-01-01"):
        assert "secret" not in reader.get(f"/announcements/?on={day}").content.decode()
        assert reader.get(f"/announcements/secret/?on={day}").status_code == 404
        [row] = rows_of(reader.page(f"/rounds/2016/?on={day}"), "applications")
        assert "Submitted" in row
    programme = asking("programme_officer", NATIONAL_BODY, at=NOW)
    assert "Under embargo" in main(programme.page("/announcements/"))
    assert "Under embargo" not in main(programme.page("/announcements/?on=2015-05-20"))


@pytest.mark.parametrize("page", [*LISTS, "/sources/", "/figures/"])
@pytest.mark.parametrize("on", ["2015-02-30", "yesterday"])
def test_what_is_not_a_day_is_refused_in_the_words_of_the_other_pages(
    reader: Asking, page: str, on: str
) -> None:
    usual = main(document(reader.get(f"/?on={on}"), 400))
    assert main(document(reader.get(f"{page}?on={on}"), 400)) == usual
    assert "Choose a day" in usual
