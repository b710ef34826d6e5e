"""The real files: the nation's commissioners and practices by year, whatever was loaded first."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from remit.kernel.actor import Actor, RoleAt
from remit.register.actions import Provenance, import_file
from remit.register.queries import commissioners_on, kind_on, names_on, nation_on, successors_of

pytestmark = [pytest.mark.real_data, pytest.mark.slow, pytest.mark.django_db]

STEWARD = Actor("01JSTEWARD", "X24", frozenset({RoleAt("data_steward", "X24")}))


def load(kind: str, path: Path, second: int = 0):
    return import_file(
        kind=kind,
        data=path.read_bytes(),
        provenance=Provenance(path.name, date(2026, 11, 20)),
        by=STEWARD,
        at=datetime(2026, 11, 21, 12, 0, second, tzinfo=UTC),
    )


@pytest.mark.seed("S1-02")
def test_the_population_of_commissioners_is_dated(published: Path) -> None:
    """From the ODS file and the list of boards alone: 207 on 25 October 2017, 211 on 1 April 2013."""
    load("commissioners", published / "ods" / "eccg-2025.csv")
    load("commissioners", published / "ods" / "icb-2024-12.csv", 1)
    counts = {
        on: nation_on(date.fromisoformat(on)).commissioners
        for on in [
            "2013-03-31",
            "2013-04-01",
            "2015-04-01",
            "2017-10-25",
            "2018-04-01",
            "2019-04-01",
            "2020-04-01",
            "2021-04-01",
            "2022-06-30",
            "2022-07-01",
        ]
    }
    assert list(counts.values()) == [0, 211, 209, 207, 195, 191, 135, 106, 106, 42]


@pytest.mark.parametrize("year", ["2014-15", "2015-16", "2017-18", "2021-22"])
def test_the_practices_of_each_payments_file(published: Path, year: str) -> None:
    path = published / "payments" / f"nhs-payments-gp-{year}.csv"
    report = load("payments", path)
    printed = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))
    assert (report.rows, report.refused) == (len(printed), 0)
    assert report.practices == len({row["Practice Code"].strip() for row in printed})
    assert report.commissioners == len({row["CCG Code"].strip() for row in printed})
    # on a day in the middle of the year every practice that the file does not give as closed or not yet open
    middle = date(int(year[:4]), 10, 1)

    def open_then(row: dict[str, str]) -> bool:
        days = []
        for column in ("Practice Open Date", "Practice Close Date"):
            text = row[column].strip()
            days.append(datetime.strptime(text, "%d/%m/%Y").date() if "/" in text else None)
        return (days[0] is None or days[0] <= middle) and (days[1] is None or middle <= days[1])

    assert nation_on(middle).practices == sum(open_then(row) for row in printed)


def test_names_and_mergers(published: Path) -> None:
    """The current file calls 01C a location of a board; in 2014-15 it was Eastern Cheshire."""
    load("commissioners", published / "ods" / "eccg-2025.csv")
    load("commissioners", published / "geography" / "ccg-geography-1415-1920.csv", 1)
    load("payments", published / "payments" / "nhs-payments-gp-2014-15.csv", 2)
    load("payments", published / "payments" / "nhs-payments-gp-2015-16.csv", 3)
    assert "EASTERN CHESHIRE" in names_on({"01C"}, date(2014, 10, 1))["01C"].upper()
    for old in ("00F", "00G", "00H"):
        [step] = successors_of(old)
        assert (step.successor, step.on, step.basis) == ("13T", date(2015, 4, 1), "derived")
    regions = nation_on(date(2014, 4, 1)).regions
    assert {row.code: row.commissioners for row in regions} == {"Y54": 65, "Y55": 61, "Y57": 50, "Y56": 32}
    assert nation_on(date(2014, 4, 1)).without_region == 3, (
        "the file of that year already has the three as one"
    )
    hubs = [
        row.code for row in commissioners_on(date(2015, 4, 1)) if kind_on(row.code, date(2015, 4, 1)) != "ccg"
    ]
    assert hubs == []
