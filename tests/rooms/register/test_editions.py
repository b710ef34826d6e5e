"""Two editions of one year's or month's file: the one fetched later counts, whichever was loaded first."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import transaction

from remit.kernel.actor import Actor
from remit.ledger.queries import entries
from remit.register.actions import Batch, FileToImport, ImportReport, Provenance, import_file, import_files
from remit.register.models import Fact, ListSize, Membership, Source, Succession
from remit.register.queries import (
    lists_of,
    lists_on,
    names_on,
    nation_on,
    payments_of,
    registered_on,
    years_of_commissioner,
)
from remit.register.queries.sources import source
from tests.published_files import (
    csv_bytes,
    eccg_row,
    epraccur_row,
    lists_file,
    map_file,
    payment_row,
    payments_file,
)

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PATIENTS = "Number of Registered Patients (Last Known Figure)"
TOTAL = "Total NHS Payments to General Practice"
YEAR = "nhs-payments-gp-2016-17.csv"
ON = date(2020, 1, 1)


def edition(name: str, total: str, patients: int, *, quarter: str = "Q2") -> bytes:
    """A year's file with one practice; only the first edition has another."""
    said = {"Practice Name": name, TOTAL: total, PATIENTS: patients}
    rows = [payment_row("A81001", **said, **{"Quarter used for patient data": quarter})]
    if name == "FIRST":
        rows.append(payment_row("A81002"))
    return payments_file(*rows)


FIRST, SECOND = edition("FIRST", "100.00", 6000), edition("SECOND", "200.00", 7000, quarter="Q3")
PRACTICES = csv_bytes([epraccur_row(code, "00C", "20130401") for code in ("A81001", "A81002")])
FILES = [
    ("practices", PRACTICES, "epraccur-2018-06.csv", date(2026, 1, 1)),
    ("payments", FIRST, YEAR, date(2026, 1, 1)),
    ("payments", SECOND, "corrected-2016-17.csv", date(2026, 2, 1)),
    ("payments", edition("THIRD", "300.00", 8000), "again-2016-17.csv", date(2026, 1, 1)),
    (
        "lists",
        lists_file(("A81001", "00C", 5000), month=date(2018, 1, 1)),
        "lists-2018-01.csv",
        date(2026, 1, 1),
    ),
    (
        "lists",
        lists_file(("A81001", "00C", 5100), month=date(2018, 1, 1)),
        "more-2018-01.csv",
        date(2026, 2, 1),
    ),
    ("map", map_file(("00C", "QXX", "NHS A ICB")), "ccg-to-icb.csv", date(2026, 1, 1)),
    ("map", map_file(("00C", "QXX", "NHS B ICB")), "later-ccg-to-icb.csv", date(2026, 2, 1)),
    (
        "commissioners",
        csv_bytes([eccg_row("00C", "NHS C CCG", "20130401")]),
        "eccg-2021.csv",
        date(2026, 1, 1),
    ),
]


def load_one(steward: Actor, number: int, seconds: int) -> ImportReport:
    kind, data, filename, retrieved_on = FILES[number]
    return import_file(
        kind=kind,
        data=data,
        provenance=Provenance(filename, retrieved_on),
        by=steward,
        at=AT.replace(second=seconds),
    )


@pytest.fixture(params=[(1, 2), (2, 1)], ids=["the first first", "the second first"])
def both(db: None, steward: Actor, request: pytest.FixtureRequest) -> None:
    for seconds, number in enumerate((0, 4, 5, 8, *request.param)):
        load_one(steward, number, seconds)


@pytest.mark.usefixtures("both")
class TestTheOneThatCounts:
    def test_payments_are_shown_once_a_year(self) -> None:
        [paid] = payments_of("A81001", ON)
        assert (paid.total_pence, str(paid.year)) == (200_00, "2016-17")

    def test_where_only_the_other_speaks_it_counts(self) -> None:
        [paid] = payments_of("A81002", ON)
        assert paid.total_pence == 609_000_50

    def test_lists_are_counted_once_a_year_and_once_a_month(self) -> None:
        assert [(row.on, row.registered) for row in lists_of("A81001", ON)] == [
            (date(2016, 10, 1), 7000),
            (date(2018, 1, 1), 5100),
        ]
        assert [row.registered for row in lists_of("A81002", ON)] == [6000]

    @pytest.mark.parametrize(
        ("day", "registered"), [(date(2016, 9, 30), 0), (date(2017, 1, 1), 7000), (date(2018, 1, 1), 5100)]
    )
    def test_every_total_counts_the_same_one(self, day: date, registered: int) -> None:
        assert registered_on({"A81001"}, day) == registered
        other = 6000 if day >= date(2016, 7, 1) else 0
        assert nation_on(day).lists.registered == registered + other
        held = lists_on({"A81001"}, day).get("A81001")
        assert (held.registered if held else 0) == registered

    def test_the_years_of_a_commissioner_count_it(self) -> None:
        by_year = {row.on.year: row.registered for row in years_of_commissioner("00C", date(2018, 6, 1))}
        assert (by_year[2017], by_year[2018]) == (Decimal(13000), Decimal(11100))

    def test_names_are_the_same_editions(self) -> None:
        assert names_on({"A81001"}, date(2016, 6, 1)) == {"A81001": "SECOND"}


@pytest.mark.django_db
def test_the_report_names_the_other_edition(steward: Actor) -> None:
    assert load_one(steward, 1, 0).remarks == ()
    [remark] = load_one(steward, 2, 1).remarks
    assert remark.value == YEAR
    assert remark.message == (
        f"Payments for 2016-17 were loaded before from “{YEAR}”, fetched on 1 January 2026. "
        "Where they differ, the one fetched later counts: this."
    )
    earlier, on_one_day = load_one(steward, 3, 2).remarks
    assert "of two fetched on one day the one later by hash counts" in earlier.message
    assert on_one_day.message.endswith("Where they differ, the one fetched later counts: the other.")
    load_one(steward, 4, 3)
    report = load_one(steward, 5, 4)
    assert report.remarks[0].message.startswith("Lists for January 2018 were loaded before")
    kept = source(report.source)
    assert kept is not None
    assert kept.remarks[0][3] == report.remarks[0].message


def fingerprint() -> tuple[object, ...]:
    """Everything that follows, and everything that is shown."""
    facts = Fact.objects.values_list("organisation_id", "about", "value", "from_on", "until_on", "basis")
    steps = Succession.objects.values_list("predecessor_id", "successor_id", "on", "basis", "source")
    members = Membership.objects.values_list("body_id", "practice_id", "from_on", "until_on")
    shown = [
        (
            [paid.lines for paid in payments_of(practice, ON)],
            [(row.on, row.registered, row.source_id) for row in lists_of(practice, ON)],
        )
        for practice in ("A81001", "A81002")
    ]
    return sorted(facts), sorted(steps), sorted(members), shown, nation_on(ON)


def after_loading(steward: Actor, order: Sequence[int]) -> tuple[object, ...]:
    """The fingerprint once the files were loaded in an order; the database is left as it was."""
    with transaction.atomic():
        for seconds, number in enumerate(order):
            load_one(steward, number, seconds)
        found = fingerprint()
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize(
    "order", list(itertools.islice(itertools.permutations(range(9)), 11, 362_880, 57_413))
)
@pytest.mark.django_db
def test_the_order_of_loading_never_matters_for_editions_either(
    steward: Actor, order: tuple[int, ...]
) -> None:
    assert after_loading(steward, order) == after_loading(steward, range(9))


@pytest.mark.django_db
def test_of_files_loaded_together_only_the_batch_counts_facts(steward: Actor) -> None:
    def batch(*numbers: int) -> Batch:
        files = [
            FileToImport(kind, data, Provenance(filename, day))
            for kind, data, filename, day in (FILES[number] for number in numbers)
        ]
        return import_files(files=files, by=steward, at=AT)

    together = batch(0, 1)
    reports = [outcome for outcome in together.outcomes if isinstance(outcome, ImportReport)]
    assert together.facts_added > 0
    assert [report.facts_added for report in reports] == [None, None]
    assert not any({"facts_added", "facts_ended"} & report.as_json().keys() for report in reports)
    alone = batch(1, 4)
    [before, new] = alone.outcomes
    assert isinstance(before, ImportReport)
    assert isinstance(new, ImportReport)
    assert before.unchanged == before.rows
    assert (new.facts_added, new.facts_ended) == (alone.facts_added, alone.facts_ended)
    assert new.as_json()["facts_added"] == alone.facts_added
    assert Source.objects.count() == len(entries(act="register.file_loaded")) == 3
    assert ListSize.objects.exists()
