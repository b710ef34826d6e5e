"""What is changed in the register behind the ledger's back is found, and where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from remit.ledger.models import Entry
from remit.register.models import STILL, Fact, ListSize, PublishedPayments, Sighting
from remit.register.queries import disagreements
from tests.published_files import payment_row, payments_file


@pytest.fixture(autouse=True)
def _loaded(load) -> None:
    rows = [payment_row("A81001"), payment_row("A81002", "00D")]
    load("payments", payments_file(*rows), "nhs-payments-gp-2014-15.csv")


def test_an_untouched_register_agrees() -> None:
    told: list[str] = []
    assert list(disagreements(lambda step, done, of: told.append(step))) == []
    assert set(told) == {"Checking files", "Checking facts"}


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
    assert (
        "A81001: the name “ANOTHER NAME” from 2014-04-01 is there but does not follow from any file." in found
    )
    assert "A81001: the name “SURGERY A81001” from 2014-04-01 is missing." in found
    assert any(
        message.startswith("A81002: the postcode") and message.endswith("is missing.") for message in found
    )
    assert any(message.startswith("A81002: the phone") for message in found)


def test_a_file_that_the_ledger_does_not_know_is_found() -> None:
    Entry.objects.all().delete()
    assert any("not in the ledger" in one.message for one in disagreements())
