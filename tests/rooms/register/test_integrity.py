"""What is changed in the register behind the ledger's back is found, and where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from remit.ledger.models import Entry
from remit.register.models import (
    STILL,
    Fact,
    ListSize,
    Membership,
    PublishedPayments,
    Sighting,
    Source,
    Succession,
)
from remit.register.queries import disagreements
from tests.published_files import csv_bytes, eccg_row, epraccur_row, map_file, payment_row, payments_file


@pytest.fixture(autouse=True)
def _loaded(load) -> None:
    rows = [payment_row("A81001"), payment_row("A81002", "00D")]
    load("payments", payments_file(*rows), "nhs-payments-gp-2014-15.csv")


def test_an_untouched_register_agrees() -> None:
    told: list[str] = []
    assert list(disagreements(lambda step, done, of: told.append(step))) == []
    assert set(told) == {"Checking files", "Checking facts", "Checking memberships"}


@pytest.mark.parametrize(
    "edit",
    [
        lambda: PublishedPayments.objects.filter(organisation_id="A81001").update(total_pence=1),
        lambda: ListSize.objects.filter(organisation_id="A81001").update(registered=1),
        lambda: ListSize.objects.filter(organisation_id="A81001").delete(),
    ],
    ids=["a payment", "a list", "a list deleted"],
)
def test_a_changed_word_of_a_file_is_found(edit: Callable[[], object]) -> None:
    edit()
    [one] = disagreements()
    assert one.where.startswith("source/")
    assert "was changed after it was loaded" in one.message


def test_a_changed_sighting_shows_in_its_file_and_in_its_facts() -> None:
    sighting = Sighting.objects.get(organisation_id="A81001")
    sighting.claims = [claim for claim in sighting.claims if claim[0] != "name"]
    Sighting.objects.filter(pk=sighting.pk).update(claims=sighting.claims)
    found = [one.message for one in disagreements()]
    assert "was changed after it was loaded" in found[0]
    assert any("A81001: the name" in message and "does not follow" in message for message in found)


def test_a_changed_or_missing_fact_is_named() -> None:
    Fact.objects.filter(organisation_id="A81001", about="name").update(value="ANOTHER NAME")
    Fact.objects.filter(organisation_id="A81002", about="postcode").delete()
    Fact.objects.create(
        organisation_id="A81002",
        about="phone",
        value="0",
        from_on=date(2020, 1, 1),
        until_on=STILL,
        basis="stated",
    )
    found = {one.message for one in disagreements()}
    tail = "from 2014-04-01 to 2015-03-31 (stated)"
    assert f"A81001: the name “ANOTHER NAME” {tail} is there but does not follow from any file." in found
    assert f"A81001: the name “SURGERY A81001” {tail} is missing." in found
    assert any(
        message.startswith("A81002: the postcode") and message.endswith("is missing.") for message in found
    )
    assert any(message.startswith("A81002: the phone") for message in found)


def test_a_file_that_the_ledger_does_not_know_is_found() -> None:
    Entry.objects.all().delete()
    assert any("not in the ledger" in one.message for one in disagreements())


def test_a_last_day_or_a_basis_that_was_changed_is_found() -> None:
    names = Fact.objects.filter(organisation_id="A81001", about="name")
    names.update(until_on=date(2015, 3, 30))
    assert [one.where for one in disagreements()] == ["A81001 name 2014-04-01"] * 2
    names.update(until_on=date(2015, 3, 31), basis="carried")
    assert sum("(carried) is there" in one.message for one in disagreements()) == 1


def test_a_file_that_is_gone_is_found() -> None:
    for model in (Membership, Fact, ListSize, PublishedPayments, Sighting, Source):
        model.objects.all().delete()
    [one] = disagreements()
    assert "is no longer in the register" in one.message


@pytest.mark.parametrize(
    ("column", "value", "what"),
    [
        ("practices", "3", "practices"),
        ("commissioners", "9", "commissioners"),
        ("title", "'Another title'", "title"),
        ("publisher", "'Somebody else'", "publisher"),
        ("licence", "'All rights reserved'", "licence"),
        ("retrieved_on", "'2020-01-01'", "retrieved on"),
        ("rows", "7", "rows"),
        ("size", "7", "bytes"),
        ("layout", "'payments/2013-14'", "layout"),
        ("year", "2013", "year"),
    ],
)
def test_where_a_file_came_from_cannot_be_changed_unnoticed(column: str, value: str, what: str) -> None:
    sql(f"UPDATE register_source SET {quoted(column)} = {value}")
    [one] = disagreements()
    assert one.where.startswith("source/")
    assert one.message.startswith(f"The {what} of “")
    assert "The ledger says “" in one.message


def test_a_changed_title_is_named_by_the_one_that_it_had() -> None:
    title = Source.objects.get().title
    Source.objects.update(title="Another title")
    [one] = disagreements()
    assert one.message == f"The title of “{title}” is “Another title”. The ledger says “{title}”."


@pytest.mark.parametrize("column", ["filename", "columns", "payment_columns"])
def test_what_its_columns_mean_cannot_be_changed_unnoticed(column: str) -> None:
    kept = Source.objects.get()
    changed = {
        "filename": "other.csv",
        "columns": kept.columns[1:],
        "payment_columns": kept.payment_columns[1:],
    }
    Source.objects.update(**{column: changed[column]})
    [one] = disagreements()
    assert "was changed after it was loaded" in one.message


class TestWhatFollows:
    """Memberships and successions, changed by SQL."""

    @pytest.fixture(autouse=True)
    def _merged(self, load) -> None:
        groups = [
            eccg_row("00C", "NHS OLD CCG", "20130401", "20150331"),
            eccg_row("13T", "NHS NEW ICB - 13T", "20150401", "", "RO319"),
        ]
        load("commissioners", csv_bytes(groups), "eccg-2025.csv")
        load("practices", csv_bytes([epraccur_row("A81001", "13T", "20150401")]), "epraccur-2018-06.csv")
        load("map", map_file(("13T", "QXX", "NHS A ICB")), "ccg-to-icb.csv")
        load("map", map_file(("13T", "QXX", "NHS B ICB")), "ccg-to-icb-again.csv")
        assert list(disagreements()) == []
        assert Succession.objects.filter(basis="published").count() == 2
        assert Membership.objects.filter(body__organisation_id="13T").exists()

    @pytest.mark.parametrize(
        ("statement", "said"),
        [
            ("DELETE FROM register_membership", "A81001: the membership (ccg) of 13T from 2015-04-01"),
            (
                "UPDATE register_membership SET from_on = '2014-12-25' WHERE from_on = '2015-04-01'",
                "from 2014-12-25",
            ),
            (
                "UPDATE register_membership SET until_on = '2021-12-25' WHERE from_on = '2015-04-01'",
                "to 2021-12-25 is there but",
            ),
            (
                "UPDATE register_membership SET practice_id = 'A81002' WHERE from_on = '2015-04-01'",
                "A81002: the membership (ccg) of 13T",
            ),
            (
                "UPDATE register_membershipbody SET organisation_id = '00C' WHERE organisation_id = '13T'",
                "The members of ccg-members-13T are said to be those of 00C (ccg).",
            ),
            (
                "DELETE FROM register_succession WHERE basis = 'derived'",
                "The step from 00C to 13T on 2015-04-01 (1 of 1 practices) is missing.",
            ),
            (
                "UPDATE register_succession SET practices = 5 WHERE basis = 'derived'",
                "(5 of 1 practices) is there but does not follow",
            ),
            (
                "UPDATE register_succession SET successor_id = 'QXX' WHERE basis = 'derived'",
                "The step from 00C to QXX on 2015-04-01 (1 of 1 practices) is there but does not follow",
            ),
            (
                "DELETE FROM register_succession WHERE basis = 'published'",
                "said was changed after it was loaded.",
            ),
            (
                "UPDATE register_succession SET successor_id = '00C' WHERE basis = 'published'",
                "said was changed after it was loaded.",
            ),
            (
                "UPDATE register_succession SET source = 'nobody'"
                " WHERE id = (SELECT min(id) FROM register_succession WHERE basis = 'published')",
                "The step from 13T to QXX on 2022-07-01 is there but does not follow",
            ),
        ],
    )
    def test_a_changed_or_missing_one_is_named(self, statement: str, said: str) -> None:
        sql(statement)
        assert any(said in one.message for one in disagreements()), [one.message for one in disagreements()]


def sql(statement: str) -> None:
    """Behind the ledger's back, and past every model."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount > 0


def quoted(name: str) -> str:
    """A column's name as the database wants it."""
    return connection.ops.quote_name(name)
