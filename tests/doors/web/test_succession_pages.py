"""Powers come on without an application: a successor takes them over, or a source states them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from remit.delegation import queries
from remit.delegation.models import Arrangement
from remit.kernel.period import ONE_DAY
from remit.register.models import Organisation, Succession
from tests.delegation_doors import asking, document, errors, links, main, rows_of
from tests.delegation_factories import (
    PROGRAMME,
    approve,
    london,
    make_commissioners,
    make_round,
    sign,
    submit,
)
from tests.factories import NATIONAL_BODY, make_organisation

pytestmark = pytest.mark.django_db
ROUND = "2015-level-3"
BOARD_ON = date(2022, 7, 1)
OFFICE = ("programme_officer", NATIONAL_BODY)
THERE, POSITIONS = "/agreements/take-over/", "/agreements/positions/"


@pytest.fixture(autouse=True)
def _stage(settings: Any) -> None:
    """00A and 00B at Level 3 become the board QX1; 00C never had a level."""
    settings.REMIT_TRUST_REQUEST_START = True
    make_organisation(NATIONAL_BODY, "national_body", "NHS England")
    make_commissioners("00A", "00B", "00C")
    make_round()
    sent = [submit(ROUND, code) for code in ("00A", "00B")]
    for each in sent:
        approve(each)
    for each in sent:
        sign(each)
    make_organisation("QX1", "icb", "NHS VALE ICB", first=BOARD_ON)
    for code in ("00A", "00B", "00C"):
        Organisation.objects.get(pk=code).facts.filter(about="kind").update(until_on=BOARD_ON - ONE_DAY)
        Succession.objects.create(
            predecessor_id=code, successor_id="QX1", on=BOARD_ON, basis="derived", practices=5, of=5
        )


def test_the_programme_takes_over_what_two_commissioners_had() -> None:
    early = asking(*OFFICE, at=london(2022, 6, 30))
    assert "Nothing waits to be taken over" in main(early.page(THERE))
    office = asking(*OFFICE, at=london(2022, 7, 1, 9))
    assert links(office.page("/agreements/"))["Take over what commissioners that closed had"] == THERE
    page = office.page(THERE)
    assert main(page).count("Level 3, delegated commissioning, on 1 July 2022") == 2
    assert errors(document(office.post(THERE, chosen="")))[0][0] == "Select at least one"
    due = queries.successions_due(PROGRAMME, london(2022, 7, 1, 9))
    assert office.post(THERE, chosen=[row.key for row in due]).status_code == 302
    assert queries.holds_power("QX1", "approve_mergers", london(2022, 7, 1, 9)).allowed is True
    assert queries.successions_due(PROGRAMME, london(2022, 7, 2)) == []
    (agreement,) = queries.agreements_of("QX1", london(2022, 7, 2))
    log = rows_of(asking(at=london(2022, 7, 2)).page(f"/agreements/{agreement.id}/"), "log")
    assert log[0][0] == "1 July 2022"
    assert log[0][1].startswith("Taken over from")


def test_what_ended_before_its_commissioner_closed_is_not_taken_over() -> None:
    (row,) = queries.arrangements_of("00A")
    Arrangement.objects.filter(pk=row.id).update(last_on=BOARD_ON - ONE_DAY)
    assert [each.commissioner for each in queries.successions_due(PROGRAMME, london(2022, 7, 2))] == ["00B"]


def test_the_programme_records_a_position_that_a_source_states() -> None:
    office = asking(*OFFICE, at=london(2022, 8, 1))
    said = {
        "commissioner": "00c",
        "level": "2",
        "first_day": "1",
        "first_month": "4",
        "first_year": "2016",
        "last_day": "31",
        "last_month": "3",
        "last_year": "2017",
        "source": "Vale Gazette, 3 April 2016",
    }
    assert len(errors(document(office.post(POSITIONS, commissioner="")))) == 4
    wrong = document(office.post(POSITIONS, **{**said, "last_year": "2015"}))
    assert errors(wrong) == [("It ends before it begins.", "id_last_day")]
    assert (
        errors(document(office.post(POSITIONS, **{**said, "commissioner": "99Z"})))[0][1] == "id_commissioner"
    )
    assert office.post(POSITIONS, **said).status_code == 302
    shown = asking(at=london(2022, 8, 1)).page("/commissioners/00C/history/?on=2017-01-01")
    assert any("In effect, as a source states" in row[1] for row in rows_of(shown, "steps"))
    assert queries.level_on("00C", date(2017, 3, 31)) == 2
