"""Agreements while they last: notice, revocation, term, review, assurance; and who takes them over."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from remit.delegation import actions, queries
from remit.delegation.models import Agreement, Arrangement
from remit.kernel.decision import Refused
from remit.register.models import Organisation, Succession
from tests.delegation_factories import (
    EFFECTIVE_ON,
    PROGRAMME,
    approve,
    countersign,
    give_back,
    issue,
    london,
    make_agreement,
    make_commissioners,
    make_round,
    officer_of,
    submit,
)
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db

ROUND = "2015-level-3"


@pytest.fixture(autouse=True)
def _a_round() -> None:
    make_commissioners("00A", "00B", "00C")
    make_round()


def state(made: Agreement, day: date) -> str:
    found = queries.agreement(made.pk, london(day.year, day.month, day.day))
    assert found is not None
    return found.row.state


def refused(act: Any, **said: Any) -> str:
    with pytest.raises(Refused) as caught:
        act(**said)
    return caught.value.code


# -- notice, revocation, term ---------------------------------------------------------------------------------


@pytest.mark.seed("S2-42")
def test_notice_by_30_september_ends_it_on_the_next_1_april() -> None:
    agreement = make_agreement(ROUND, "00A")
    made = actions.give_notice(
        agreement=agreement.pk,
        reasons="Members asked for it.",
        by=officer_of("00A"),
        at=london(2016, 9, 30, 23, 59),
    )
    assert made.ends_on == date(2017, 4, 1)
    assert [state(agreement, day) for day in (date(2017, 3, 31), date(2017, 4, 1))] == [
        "under_notice",
        "ended",
    ]
    assert queries.level_on("00A", date(2017, 3, 31)) == 3
    assert queries.level_on("00A", date(2017, 4, 1)) is None


def test_notice_a_second_too_late_takes_a_year_more() -> None:
    agreement = make_agreement(ROUND, "00A")
    made = actions.give_notice(
        agreement=agreement.pk, reasons="Late.", by=officer_of("00A"), at=london(2016, 10, 1, 0, 0)
    )
    assert made.ends_on == date(2018, 4, 1)


@pytest.mark.seed("S2-42")
def test_revocation_takes_the_days_of_notice_and_is_on_the_public_log() -> None:
    agreement = make_agreement(ROUND, "00A", term_last_on=date(2020, 3, 31))
    at = london(2016, 6, 1)

    def revoke(ends_on: date) -> Any:
        return actions.revoke_agreement(
            agreement=agreement.pk, ends_on=ends_on, reasons="It breached its duties.", by=PROGRAMME, at=at
        )

    assert refused(revoke, ends_on=date(2016, 6, 29)) == "notice_too_short"
    assert queries.level_on("00A", date(2016, 7, 1)) == 3
    assert revoke(date(2016, 6, 30)) == revoke(date(2016, 6, 30))
    assert [state(agreement, day) for day in (date(2016, 6, 29), date(2016, 6, 30))] == [
        "under_notice",
        "revoked",
    ]
    page = queries.agreement(agreement.pk, at)
    assert page is not None
    assert [(line.on, line.what) for line in queries.log_of(page)][-2:] == [
        (date(2016, 6, 1), "NHS England gave notice to revoke it, from 30 June 2016"),
        (date(2016, 6, 30), "Revocation takes effect"),
    ]
    later = queries.agreement(agreement.pk, london(2016, 6, 30))
    assert later is not None
    assert queries.log_of(later)[-1].what == "Revoked"
    assert queries.log_of(page)[-2].words == "It breached its duties."
    assert (page.row.term_last_on, page.row.review_due_on) == (
        date(2020, 3, 31),
        EFFECTIVE_ON.replace(year=2016),
    )


def test_under_the_commissioner_s_notice_it_is_still_revoked_for_an_earlier_day() -> None:
    agreement = make_agreement(ROUND, "00A")
    at = london(2016, 6, 1)
    actions.give_notice(agreement=agreement.pk, reasons="We leave.", by=officer_of("00A"), at=at)

    def revoke(ends_on: date) -> Any:
        return actions.revoke_agreement(
            agreement=agreement.pk, ends_on=ends_on, reasons="It breached its duties.", by=PROGRAMME, at=at
        )

    assert refused(revoke, ends_on=date(2017, 4, 1)) == "not_earlier"
    assert revoke(date(2016, 7, 1)) == revoke(date(2016, 7, 1))
    assert refused(revoke, ends_on=date(2016, 6, 30)) == "wrong_state"
    assert [state(agreement, day) for day in (date(2016, 6, 30), date(2016, 7, 1))] == [
        "under_notice",
        "revoked",
    ]
    assert queries.level_on("00A", date(2016, 6, 30)) == 3
    assert queries.level_on("00A", date(2016, 7, 1)) is None
    page = queries.agreement(agreement.pk, at)
    assert page is not None
    assert [line.what for line in queries.log_of(page)][-3:] == [
        "The commissioner gave notice, from 1 April 2017",
        "NHS England gave notice to revoke it, from 1 July 2016",
        "Revocation takes effect",
    ]


def test_a_term_ends_by_itself_and_can_be_extended_by_a_review() -> None:
    agreement = make_agreement(ROUND, "00A", term_last_on=date(2017, 3, 31))
    assert queries.level_on("00A", date(2017, 4, 1)) is None
    assert state(agreement, date(2017, 4, 1)) == "ended"
    actions.review_agreement(
        agreement=agreement.pk,
        held_on=date(2016, 3, 1),
        outcome="extend",
        findings="It works.",
        extends_to=date(2019, 3, 31),
        by=PROGRAMME,
        at=london(2016, 3, 2),
    )
    assert queries.level_on("00A", date(2019, 3, 31)) == 3
    assert state(agreement, date(2019, 4, 1)) == "ended"


def test_a_review_is_due_every_twelve_months_and_an_overdue_one_shows() -> None:
    agreement = make_agreement(ROUND, "00A")

    def row(at: Any) -> Any:
        found = queries.agreement(agreement.pk, at)
        assert found is not None
        return found.row

    assert row(london(2016, 4, 1)).is_review_overdue is False
    assert row(london(2016, 4, 2)).is_review_overdue is True
    actions.review_agreement(
        agreement=agreement.pk,
        held_on=date(2016, 4, 20),
        outcome="continue",
        findings="All is well.",
        by=PROGRAMME,
        at=london(2016, 4, 21),
    )
    assert row(london(2016, 4, 22)).review_due_on == date(2017, 4, 20)


def test_assurance_is_rated_by_area_and_the_last_rating_holds() -> None:
    agreement = make_agreement(ROUND, "00A")

    def rate(rating: str, day: date) -> Any:
        return actions.rate_assurance(
            agreement=agreement.pk,
            area="finance",
            rating=rating,
            rated_on=day,
            source="Internal audit report 2018/19",
            by=PROGRAMME,
            at=london(2019, 7, 1),
        )

    rate("limited", date(2018, 6, 30))
    assert rate("substantial", date(2019, 6, 30)) == rate("substantial", date(2019, 6, 30))
    page = queries.agreement(agreement.pk, london(2019, 7, 1))
    assert page is not None
    assert queries.last_ratings(page)["finance"].rating == "substantial"
    assert len(page.ratings) == 2
    assert refused(rate, rating="good", day=date(2019, 6, 30)) == "no_such_rating"
    assert refused(rate, rating="full", day=date(2019, 7, 2)) == "wrong_dates"


def test_a_successor_s_agreement_ends_with_what_it_brought() -> None:
    agreement = make_agreement(ROUND, "00A")
    Arrangement.objects.filter(pk=agreement.arrangement_id).update(last_on=date(2018, 3, 31))
    assert state(agreement, date(2018, 4, 1)) == "ended"


# -- taken over by a successor ---------------------------------------------------------------------------------

BOARD_ON = date(2022, 7, 1)


def take_over(*codes: str, into: str = "QX1") -> Arrangement:
    """Commissioners close, and a board takes their arrangements over."""
    make_organisation(into, "icb", f"NHS {into} ICB", first=BOARD_ON)
    for code in codes:
        Organisation.objects.get(pk=code).facts.filter(about="kind").update(until_on=date(2022, 6, 30))
        Succession.objects.create(
            predecessor_id=code, successor_id=into, on=BOARD_ON, basis="derived", practices=5, of=5
        )
    for code in codes:
        held = Arrangement.objects.get(commissioner=code)
        made = actions.succeed_arrangement(
            arrangement=held.pk, successor=into, on=BOARD_ON, by=PROGRAMME, at=london(2022, 7, 1, 0, 1)
        )
    return made


def test_a_board_has_the_agreements_that_it_took_over_and_they_are_reviewed_and_revoked() -> None:
    """One for each contractor group, however many commissioners brought it; in effect, with its own log."""
    applied = [submit(ROUND, code) for code in ("00A", "00B")]
    for each in applied:
        approve(each)
    first, second = issue(*applied)
    countersign(give_back(first), give_back(second))
    first, second = (Agreement.objects.get(commissioner=code) for code in ("00A", "00B"))
    take_over("00A", "00B")
    (row,) = queries.agreements_of("QX1", london(2022, 7, 1))
    assert (row.state, row.effective_on, row.application, row.novates) == (
        "in_effect",
        BOARD_ON,
        "",
        first.pk,
    )
    assert [state(each, BOARD_ON) for each in (first, second)] == ["ended", "ended"]
    before, after = (queries.agreement(pk, london(2022, 7, 1)) for pk in (first.pk, row.id))
    assert before is not None
    assert after is not None
    assert queries.log_of(before)[-1].what == "Taken over by NHS QX1 ICB"
    assert after.taken_from is not None
    assert after.taken_from[0] == first.pk
    assert [line.what for line in queries.log_of(after)] == [f"Taken over from {after.taken_from[1]}"]
    assert row.review_due_on == date(2023, 7, 1)
    actions.review_agreement(
        agreement=row.id,
        held_on=date(2023, 6, 1),
        outcome="continue",
        findings="It works.",
        by=PROGRAMME,
        at=london(2023, 6, 2),
    )
    actions.revoke_agreement(
        agreement=row.id, ends_on=date(2023, 9, 1), reasons="Breach.", by=PROGRAMME, at=london(2023, 7, 1)
    )
    assert (queries.level_on("QX1", date(2023, 8, 31)), queries.level_on("QX1", date(2023, 9, 1))) == (
        3,
        None,
    )
    (row,) = queries.agreements_of("QX1", london(2023, 9, 1))
    assert row.state == "revoked"


def test_what_is_left_of_a_term_and_a_notice_given_go_over_too() -> None:
    agreement = make_agreement(ROUND, "00A", term_last_on=date(2024, 3, 31))
    actions.give_notice(
        agreement=agreement.pk, reasons="Members asked.", by=officer_of("00A"), at=london(2022, 5, 1)
    )
    made = take_over("00A")
    assert made.last_on == date(2023, 3, 31)
    (row,) = queries.agreements_of("QX1", london(2022, 8, 1))
    assert (row.state, row.term_last_on, row.ends_on) == ("under_notice", date(2024, 3, 31), date(2023, 4, 1))
    assert state(agreement, BOARD_ON) == "ended"
    assert queries.level_on("QX1", date(2023, 4, 1)) is None


def test_taking_over_twice_makes_one_agreement() -> None:
    make_agreement(ROUND, "00A")
    made = take_over("00A")
    for arrangement in Arrangement.objects.filter(commissioner="00A"):
        actions.succeed_arrangement(
            arrangement=arrangement.pk, successor="QX1", on=BOARD_ON, by=PROGRAMME, at=london(2022, 7, 2)
        )
    assert Agreement.objects.filter(arrangement=made).count() == 1
