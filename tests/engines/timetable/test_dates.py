"""Dates that cannot be meant: printed ones, and those of a round among themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from remit.engines.timetable import RoundDates, faults_of_dates, faults_of_printed, printed_dates

FIRST, LAST = date(2019, 3, 1), date(2020, 10, 1)
SOUND = RoundDates(date(2014, 11, 10), date(2015, 1, 9), date(2015, 2, 18), date(2015, 4, 1))


def test_a_published_page_said_january_2019_for_the_round_of_2020() -> None:
    text = "Closes on 1 November 2019. Outcomes communicated and agreements issued in January 2019."
    [fault] = faults_of_printed(text, "Timetable", FIRST, LAST)
    assert (fault.code, fault.said, fault.what) == ("outside", "January 2019", "Timetable")
    assert "1 March 2019 to 1 October 2020" in fault.message


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("by 31 November 2019", "no_such_day", "There is no 31 November 2019."),
        ("on 29 February 2019", "no_such_day", "There is no 29 February 2019."),
        ("noon on Friday 1st November 2020", "wrong_weekday", "1 November 2020 is a Sunday, not a Friday."),
        ("in the year of May 0000", "no_such_day", "There is no year 0."),
        ("2 October 2020", "outside", "2 October 2020 is not in the days of this round"),
    ],
)
def test_dates_that_cannot_be_meant(text: str, code: str, message: str) -> None:
    [fault] = faults_of_printed(text, "", FIRST, LAST)
    assert fault.code == code
    assert message in fault.message


@pytest.mark.parametrize(
    "text",
    [
        "29 February 2020",
        "midday on Friday, 1 November 2019",
        "Friday the 1st of November 2019",
        "March 2019",
        "in Mayfair 2019, Marching on",
    ],
)
def test_dates_that_can(text: str) -> None:
    assert faults_of_printed(text, "", FIRST, LAST) == []


def test_a_fault_is_said_once() -> None:
    assert len(faults_of_printed("January 2019; again January 2019", "", FIRST, LAST)) == 1
    assert len(list(printed_dates("January 2019; again January 2019"))) == 2


def test_sound_dates_have_no_fault() -> None:
    assert faults_of_dates(SOUND) == []
    assert faults_of_dates(replace(SOUND, decisions_due_on=None)) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"opens_on": date(2015, 1, 10)}, "closes_first"),
        ({"decisions_due_on": date(2015, 1, 8)}, "due_first"),
        ({"decisions_due_on": date(2015, 4, 2)}, "due_last"),
        ({"effective_on": date(2015, 1, 9), "decisions_due_on": None}, "effective_first"),
        ({"last_day": date(2015, 1, 10)}, "at_the_weekend"),
    ],
)
def test_dates_in_a_wrong_order(changed: dict[str, date], code: str) -> None:
    assert [fault.code for fault in faults_of_dates(replace(SOUND, **changed))] == [code]


def test_a_last_day_on_a_bank_holiday_is_flagged() -> None:
    on = replace(SOUND, last_day=date(2015, 1, 1))
    assert faults_of_dates(on) == []
    assert [fault.code for fault in faults_of_dates(on, {date(2015, 1, 1)})] == ["bank_holiday"]


@pytest.mark.parametrize(
    "text",
    [
        "As the Guidance of November 2014 says.",
        "See Regulations 2013, dated 1 April 2013, and",
        "Framework for boards (May 2014)",
        "Next steps towards care, November 2014",
    ],
)
def test_the_date_of_a_document_that_is_cited_is_no_date_of_the_round(text: str) -> None:
    assert faults_of_printed(text, "", FIRST, LAST, ["Next steps towards care"]) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Read the guidance. Agreements are issued in January 2019", "outside"),
        ("Follow the guidance: agreements by January 2019", "outside"),
        ("Guidance of 31 November 2014", "no_such_day"),
    ],
)
def test_what_is_not_a_document_is_still_judged(text: str, code: str) -> None:
    assert [fault.code for fault in faults_of_printed(text, "", FIRST, LAST)] == [code]
