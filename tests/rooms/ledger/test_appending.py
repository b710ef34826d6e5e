"""Appending entries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from remit.engines.transparency.merkle import leaf_hash, root_of
from remit.kernel.actor import Actor
from remit.kernel.decision import Refused
from remit.ledger import actions, queries
from remit.ledger.models import Entry, Head, Subtree

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 21, 9, tzinfo=UTC)


def test_an_entry_holds_what_was_done(write: Callable[..., Entry]) -> None:
    """Body, columns and details say the same."""
    entry = write(1.5, once="k")
    kept = Entry.objects.get(pk=0)
    assert kept.body == (
        '{"act":"note.made","acting_for":"QCF","at":"2026-11-21T09:00:01.500000Z","by":"01HZZZZZZZZZZZZZZZZZZZZZZZ",'
        '"details":{"n":1},"index":0,"once":"k","subject":"note:1","under":"Rule 1","v":1}'
    )
    assert bytes(kept.leaf_hash) == leaf_hash(kept.body.encode())
    assert (kept.at, kept.act, kept.acting_for, kept.once) == (entry.at, "note.made", "QCF", "k")
    assert kept.details == {"n": 1}
    assert kept.at == START + timedelta(seconds=1.5)
    assert str(kept) == "0 note.made"


def test_places_are_gapless_and_the_root_is_over_all(fill: Callable[[int], None]) -> None:
    """Past a whole tile and part of the next."""
    fill(300)
    assert list(Entry.objects.order_by("index").values_list("index", flat=True)) == list(range(300))
    leaves = [bytes(leaf) for leaf in Entry.objects.order_by("index").values_list("leaf_hash", flat=True)]
    assert queries.head().size == 300
    assert queries.head().root == root_of(leaves).hex()
    tile = Subtree.objects.get()
    assert (tile.level, tile.index, bytes(tile.hash)) == (1, 0, root_of(leaves[:256]))


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_nothing_is_written(somebody: Actor) -> None:
    """An entry without its act, or an act without its entry, cannot be."""
    with pytest.raises(actions.NotInTransaction):
        actions.record(act="a", by=somebody, at=START, subject="", under="", details={})
    with pytest.raises(actions.NotInTransaction):
        actions.commit_to("x", concerning="y")
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_entry_goes_with_its_transaction(write: Callable[..., Entry]) -> None:
    """Rolled back, it leaves no gap."""
    write(0)

    def act_that_fails() -> None:
        with transaction.atomic():
            write(1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act_that_fails()
    assert write(2).index == 1
    assert queries.verify().ok


def test_the_same_key_twice_is_refused(write: Callable[..., Entry]) -> None:
    """The first entry can be looked up instead."""
    first = write(0, once="form-7")
    with pytest.raises(Refused) as refused:
        write(1, once="form-7")
    assert refused.value.code == "already_done"
    assert queries.entry_once("form-7") == first
    assert queries.entry_once("form-8") is None
    assert Head.objects.get().size == 1


def test_a_clock_a_little_behind_is_forgiven(write: Callable[..., Entry]) -> None:
    """An act that waited its turn is dated when it got it: never before the one before it."""
    write(660)
    assert write(61).at == START + timedelta(seconds=660)
    with pytest.raises(Refused) as refused:
        write(59)
    assert refused.value.code == "ledger_clock"
    assert "Check this server's clock" in str(refused.value)
    assert Entry.objects.count() == 2


@pytest.mark.parametrize(
    "parts",
    [
        {"details": {"to": "jo@nhs.example"}},
        {"details": {"jo@nhs.example": 1}},
        {"subject": "jo@nhs.example"},
        {"once": "jo@nhs.example"},
        {"under": "as jo@nhs.example said"},
    ],
)
def test_an_address_is_refused(write: Callable[..., Entry], parts: dict[str, object]) -> None:
    """Wherever it stands."""
    with pytest.raises(Refused) as refused:
        write(0, **parts)
    assert refused.value.code == "personal_data"
    assert not Entry.objects.exists()


def test_a_malformed_entry_is_refused(write: Callable[..., Entry]) -> None:
    """The caller's mistake is an error, not a refusal."""
    with pytest.raises(ValueError, match="whole number"):
        write(0, details={"rate": 1.5})
    with pytest.raises(ValueError, match="not an act's name"):
        write(0, act="Did a thing")


def test_a_lost_head_does_not_restart_the_ledger(write: Callable[..., Entry]) -> None:
    """Better an error than a second entry 0."""
    write(0)
    Head.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        write(1)


def test_reading_newest_first(fill: Callable[[int], None]) -> None:
    """By page and by subject."""
    fill(20)
    assert [entry.index for entry in queries.entries(limit=3)] == [19, 18, 17]
    assert [entry.index for entry in queries.entries(before=17, limit=2)] == [16, 15]
    assert [entry.index for entry in queries.entries(subject="note:3")] == [17, 10, 3]
    assert list(queries.entries(subject="nothing")) == []
    assert [entry.index for entry in queries.entries(act="note.made", limit=1)] == [19]
    assert list(queries.entries(act="nothing")) == []
    for limit in (0, 501):
        with pytest.raises(ValueError, match="1 to 500"):
            queries.entries(limit=limit)


def test_instants_can_be_searched(fill: Callable[[int], None]) -> None:
    """The text's order is the order of time."""
    fill(5)
    assert Entry.objects.filter(at__gte=START + timedelta(seconds=3)).count() == 2
    entry = Entry.objects.get(pk=3)
    entry.clean_fields()
    assert entry.at == START + timedelta(seconds=3)
    assert Entry._meta.get_field("at").to_python("2026-11-21T09:00:00.000000Z") == START


def test_an_empty_ledger() -> None:
    """It has a head, a root and nothing wrong."""
    assert queries.head() == queries.LedgerHead(
        0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", None
    )
    assert queries.verify().ok
    assert list(queries.entries()) == []
