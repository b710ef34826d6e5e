"""What is said of a file beside its bytes: days that can be, in step with its name, and put right when wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from remit.kernel.actor import Actor
from remit.kernel.decision import Refused
from remit.kernel.period import NhsYear
from remit.ledger.queries import entries
from remit.register.actions import Provenance, import_file
from remit.register.models import Fact, ListSize, PublishedPayments, Sighting, Source
from remit.register.queries import disagreements, nation_on
from remit.register.queries.directory import state_of_register
from tests.published_files import lists_file, payment_row, payments_file

FILE = payments_file(payment_row("A81001"), payment_row("A81002"))
LISTS = lists_file(("A81001", "00F", 6000))


def years_named(code: str) -> set[date]:
    return set(
        Fact.objects.filter(organisation_id=code, about="contract_type").values_list("from_on", flat=True)
    )


def test_a_wrong_year_can_be_put_right_and_both_are_in_the_ledger(load) -> None:
    load("payments", FILE, "payments.csv", year=NhsYear(2015))
    state = state_of_register()
    report = load("payments", FILE, "payments.csv", year=NhsYear(2014))
    assert (report.unchanged, report.rows) == (0, 2)
    assert [remark.message for remark in report.remarks] == [
        "This file was loaded before as of 2015-16. That no longer counts."
    ]
    [source] = Source.objects.all()
    assert (source.year, source.as_of) == (2014, date(2014, 4, 1))
    assert set(PublishedPayments.objects.values_list("year", flat=True)) == {2014}
    assert {sighting.source_id for sighting in Sighting.objects.all()} == {source.pk}
    assert nation_on(date(2014, 6, 1)).practices == 2
    assert nation_on(date(2015, 6, 1)).practices == 0
    assert state_of_register() != state, "what is kept in the cache is of the old year"
    entry = entries(act="register.file_redeclared")[0]
    assert entry.details["superseded"] == {"year": 2015, "as_of": "2015-04-01"}
    assert (entry.details["year"], entry.subject) == (2014, f"source/{source.pk}")
    assert list(disagreements()) == []
    assert load("payments", FILE, "payments.csv", year=NhsYear(2014)).unchanged == 2
    assert load("payments", FILE, "payments.csv").unchanged == 2
    assert len(entries()) == 2


def test_a_wrong_day_of_a_list_can_be_put_right_too(load) -> None:
    load("lists", LISTS, "lists.csv", as_of=date(2016, 1, 1))
    load("lists", LISTS, "lists.csv", as_of=date(2015, 1, 1))
    assert [str(row.on) for row in ListSize.objects.all()] == ["2015-01-01"]
    assert load("lists", LISTS, "lists.csv", as_of=date(2015, 1, 1)).unchanged == 1
    assert list(disagreements()) == []


def test_what_was_declared_anew_is_still_watched(load) -> None:
    load("payments", FILE, "payments.csv", year=NhsYear(2015))
    load("payments", FILE, "payments.csv", year=NhsYear(2014))
    Source.objects.update(year=2015)
    assert any("The year of" in found.message for found in disagreements())


@pytest.mark.parametrize(
    ("kind", "data", "filename", "options", "said"),
    [
        (
            "payments",
            FILE,
            "nhs-payments-gp-2014-15.csv",
            {"year": NhsYear(2015)},
            "The file's name says 2014-15, and you say 2015-16.",
        ),
        (
            "lists",
            LISTS,
            "gp-reg-patients-2015-01.csv",
            {"as_of": date(2016, 1, 1)},
            "The file's name says January 2015, and you say 1 January 2016.",
        ),
        (
            "lists",
            LISTS,
            "lists.csv",
            {"as_of": date(2099, 1, 1)},
            "1 January 2099, the day it describes, is still",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    load, kind: str, data: bytes, filename: str, options: dict[str, object], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        load(kind, data, filename, **options)
    assert not Source.objects.exists()


def test_what_agrees_with_the_name_is_taken(load) -> None:
    assert load("payments", FILE, "nhs-payments-gp-2014-15.csv", year=NhsYear(2014)).rows == 2
    assert load("lists", LISTS, "gp-reg-patients-2015-01.csv", as_of=date(2015, 1, 15)).rows == 1


def test_a_file_was_not_fetched_on_a_day_to_come(db: None, steward: Actor) -> None:
    with pytest.raises(Refused, match="1 January 2099, the day it was fetched, is still to come"):
        import_file(
            kind="payments",
            data=FILE,
            provenance=Provenance("nhs-payments-gp-2014-15.csv", date(2099, 1, 1)),
            by=steward,
            at=datetime(2026, 11, 21, 12, tzinfo=UTC),
        )
