"""Direct SQL against the ledger: whatever is done to it, verification finds it and says where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from remit.engines.transparency.entry import Draft, write_body
from remit.engines.transparency.merkle import Peaks, leaf_hash
from remit.engines.transparency.notes import SigningKey, read_note, sign_note
from remit.kernel.actor import Actor
from remit.ledger import actions, queries
from remit.ledger.models import Checkpoint, Entry, Head, Subtree

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 21, 9, tzinfo=UTC)
SIZE = 300
TEXTS = ("at", "act", "by", "acting_for", "under", "subject", "once")


def sql(statement: str, *values: Any) -> None:
    """As somebody with the database's password would."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def found(*earlier: str) -> set[tuple[str, int | None]]:
    """Codes and places of all faults."""
    return {(fault.code, fault.index) for fault in queries.verify(earlier).faults}


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def made_before() -> list[list[models.Model]]:
    """The rows of the ledger below, once they have been made."""
    return []


@pytest.fixture
def notes(
    fill: Callable[[int], None],
    checkpoint_at: Callable[[float], Checkpoint],
    made_before: list[list[models.Model]],
) -> list[str]:
    """300 entries with checkpoints at 100, 270 and 300; their notes, as an outsider keeps them."""
    for rows in made_before:
        type(rows[0])._default_manager.bulk_create(rows)
    if not made_before:
        for count in (100, 170, 30):
            fill(count)
            checkpoint_at(Entry.objects.count() - 1)
        made_before.extend(list(kind._default_manager.all()) for kind in (Entry, Subtree, Head, Checkpoint))
    return list(Checkpoint.objects.order_by("size").values_list("note", flat=True))


def other_than(text: str, spot: int, letter: str) -> str:
    """A text with one character changed (or added, to an empty one)."""
    if not text:
        return letter
    spot %= len(text)
    return text[:spot] + (letter if text[spot] != letter else "z") + text[spot + 1 :]


@pytest.mark.slow
def test_any_changed_character_of_any_column_is_found(notes: list[str]) -> None:
    """In the entry where it is."""

    @hypothesis_settings(max_examples=30, deadline=None)
    @given(
        index=st.integers(0, SIZE - 1),
        column=st.sampled_from([*TEXTS, "body"]),
        spot=st.integers(0, 400),
        letter=st.sampled_from("0aZ \u00e9"),
    )
    def each(index: int, column: str, spot: int, letter: str) -> None:
        with undone():
            old = (
                Entry.objects.extra(select={"raw": f'"{column}"'}).values_list("raw", flat=True).get(pk=index)
            )
            try:
                sql(
                    f'UPDATE ledger_entry SET "{column}" = %s WHERE "index" = %s',
                    other_than(old, spot, letter),
                    index,
                )
            except IntegrityError:
                return  # a `once` that is taken: the database itself refuses the change
            faults = found()
            assert faults
            assert {place for _, place in faults if place is not None} >= {index}

    each()


@pytest.mark.slow
def test_any_changed_byte_of_any_stored_hash_is_found(notes: list[str]) -> None:
    """Leaf hashes at their entry, whole tiles' hashes at their first entry."""

    @hypothesis_settings(max_examples=12, deadline=None)
    @given(index=st.integers(0, SIZE - 1), spot=st.integers(0, 31), flip=st.integers(1, 255))
    def each(index: int, spot: int, flip: int) -> None:
        with undone():
            old = bytearray(Entry.objects.get(pk=index).leaf_hash)
            old[spot] ^= flip
            sql('UPDATE ledger_entry SET leaf_hash = %s WHERE "index" = %s', bytes(old), index)
            assert found() == {("entry_changed", index)}
        with undone():
            old = bytearray(Subtree.objects.get().hash)
            old[spot] ^= flip
            sql("UPDATE ledger_subtree SET hash = %s", bytes(old))
            assert found() == {("tile_differs", 0)}
        with undone():
            old = bytearray(Head.objects.get().peaks)
            old[spot] ^= flip
            sql("UPDATE ledger_head SET peaks = %s", bytes(old))
            assert found() == {("head_differs", 256)}

    each()


@pytest.mark.parametrize("index", [0, 99, 100, 255, 256, 299])
def test_a_deleted_entry_is_found(notes: list[str], index: int) -> None:
    """Where it was."""
    sql('DELETE FROM ledger_entry WHERE "index" = %s', index)
    assert ("entry_missing", index) in found()


def test_a_deleted_tail_is_one_fault(notes: list[str]) -> None:
    """From where it starts; and the checkpoints know."""
    sql('DELETE FROM ledger_entry WHERE "index" >= 280')
    assert found() == {("entry_missing", 280), ("truncated", 280)}
    sql('DELETE FROM ledger_entry WHERE "index" >= 200')
    assert found() == {("entry_missing", 200), ("truncated", 200)}


def test_renumbering_after_a_deletion_is_found(notes: list[str]) -> None:
    """Closing the gap gives every entry after it a place that its body does not bear out."""
    sql('DELETE FROM ledger_entry WHERE "index" = 290')
    for index in range(291, 300):
        sql('UPDATE ledger_entry SET "index" = %s WHERE "index" = %s', index - 1, index)
    assert found() >= {("entry_misplaced", index) for index in range(290, 299)} | {("entry_missing", 299)}


@pytest.mark.parametrize(("first", "second"), [(3, 4), (0, 299), (100, 260)])
def test_swapped_entries_are_found(notes: list[str], first: int, second: int) -> None:
    """In both places."""
    sql('UPDATE ledger_entry SET "index" = 1000 WHERE "index" = %s', first)
    sql('UPDATE ledger_entry SET "index" = %s WHERE "index" = %s', first, second)
    sql('UPDATE ledger_entry SET "index" = %s WHERE "index" = 1000', second)
    assert found() >= {("entry_misplaced", first), ("entry_misplaced", second)}


def test_an_added_row_is_found(notes: list[str]) -> None:
    """Beyond the end, or before the beginning."""
    for index in (300, -1):
        body = write_body(0, Draft("note.made", "x", "", START, "", "", {}))
        Entry.objects.create(
            index=index, at=START, act="note.made", by="x", body=body, leaf_hash=leaf_hash(body)
        )
    Subtree.objects.create(level=1, index=1, hash=bytes(32))
    Subtree.objects.create(level=2, index=0, hash=bytes(32))
    assert found() == {("entry_unexpected", 300), ("entry_unexpected", -1), ("tile_unexpected", None)}


def forge(index: int, **change: Any) -> None:
    """Rewrite an entry perfectly: body, columns and leaf hash agree."""
    entry = Entry.objects.get(pk=index)
    parts = {
        "act": entry.act,
        "by": entry.by,
        "acting_for": entry.acting_for,
        "at": entry.at,
        "under": entry.under,
        "subject": entry.subject,
        "details": entry.details,
        "once": entry.once,
        **change,
    }
    body = write_body(index, Draft(**parts))
    columns = {name: value for name, value in change.items() if name != "details"}
    Entry.objects.filter(pk=index).update(body=body.decode(), leaf_hash=leaf_hash(body), **columns)


def rebuild() -> None:
    """Recompute every stored hash, as a forger with all of our code would."""
    peaks = Peaks()
    Subtree.objects.all().delete()
    for leaf in Entry.objects.order_by("index").values_list("leaf_hash", flat=True):
        for done in peaks.grow(bytes(leaf)):
            Subtree.objects.create(level=done.level, index=done.index, hash=done.hash)
    last = Entry.objects.order_by("index").last()
    assert last is not None
    Head.objects.update(size=peaks.size, peaks=peaks.packed(), last_at=last.at)


@pytest.mark.parametrize(("index", "place"), [(7, ("tile_differs", 0)), (280, ("head_differs", 256))])
def test_a_perfect_forgery_of_one_row_is_found(notes: list[str], index: int, place: tuple[str, int]) -> None:
    """Even without any signature: by the hash over the whole tile, or by the head."""
    Checkpoint.objects.all().delete()
    forge(index, by="somebody-else")
    assert found() == {place, ("head_differs", 256)}


@pytest.mark.parametrize(("index", "start"), [(7, 0), (150, 100), (280, 270)])
def test_a_perfect_forgery_of_everything_is_found(notes: list[str], index: int, start: int) -> None:
    """By the checkpoints, between which two it lies."""
    forge(index, details={"n": 0})
    rebuild()
    assert found() == {("history_changed", start)}


def test_history_signed_afresh_is_found_by_what_others_kept(
    notes: list[str], checkpoint_at: Callable[[float], Checkpoint]
) -> None:
    """The forger has the key and replaces the checkpoints: inside all is well, outside it shows."""
    forge(150, details={"n": 0})
    Checkpoint.objects.all().delete()
    rebuild()
    checkpoint_at(299)
    assert found() == set()
    assert found(notes[0]) == set()
    assert found(notes[1]) == {("history_changed", 0)}
    assert found(notes[2]) >= {("forked", None)}


def test_truncation_is_found_by_what_others_kept(notes: list[str]) -> None:
    """The forger cuts the tail and all that knew of it."""
    Entry.objects.filter(index__gte=250).delete()
    Checkpoint.objects.filter(size__gt=250).delete()
    rebuild()
    assert found() == set()
    assert found(notes[0]) == set()
    assert found(notes[1]) == {("truncated", 250)}


def test_backdating_is_found(notes: list[str]) -> None:
    """An entry added after a checkpoint that claims to be older than it."""
    for index in range(100, 300):
        forge(index, at=START + timedelta(seconds=99 + (index - 100) / 1000))
    rebuild()
    faults = {code for code, _ in found(notes[0])}
    assert faults == {"history_changed", "back_dated"}  # by the ledger's own later checkpoints
    Checkpoint.objects.filter(size__gt=100).delete()
    assert found(notes[0]) == set()  # within two seconds of the checkpoint
    for index in range(100, 300):
        forge(index, at=START + timedelta(seconds=96.9 + (index - 100) / 1000))
    for index in range(97, 100):
        forge(index, at=START + timedelta(seconds=96.9))
    rebuild()
    assert ("back_dated", 100) in found(notes[0])


def test_a_witness_fixes_the_time(
    notes: list[str], witnesses: tuple[SigningKey, SigningKey], somebody: Actor
) -> None:
    """What a witness signed at nine cannot contain an act of half past nine."""
    witness = witnesses[0]
    signed = read_note(notes[0])
    line = sign_note(signed.text, witness, int(START.timestamp()) + 40)
    note = notes[0] + line.line + "\n"
    report = queries.verify([note], [witness.public.vkey])
    assert {fault.code for fault in report.faults} == {"dated_later"}
    assert report.faults[0].index == 43
    assert report.cosignatures == 1


class TestSignedStatements:
    """Damage to the signed part of the database."""

    @pytest.fixture
    def cosigned(self, notes: list[str], witnesses: tuple[SigningKey, SigningKey], somebody: Actor) -> None:
        """A named witness has signed the last checkpoint of the ledger."""
        actions.name_witness(vkey=witnesses[0].public.vkey, by=somebody, at=START + timedelta(seconds=300))
        at = START + timedelta(seconds=400)
        made = actions.make_checkpoint(by=somebody, at=at)
        line = sign_note(read_note(made.note).text, witnesses[0], int(at.timestamp())).line
        actions.add_cosignature(size=made.size, line=line, by=somebody, at=at)
        assert queries.verify().ok

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ("UPDATE ledger_checkpoint SET size = size + 1 WHERE size = 100", "checkpoint_columns"),
            (
                "UPDATE ledger_checkpoint SET made_at = '2026-11-21T09:01:39.000001Z' WHERE size = 100",
                "checkpoint_columns",
            ),
            ("UPDATE ledger_checkpoint SET made_at = 'noon' WHERE size = 100", "checkpoint_columns"),
            ("UPDATE ledger_checkpoint SET note = replace(note, '100', '101')", "not_signed"),
            ("UPDATE ledger_checkpoint SET note = replace(note, 'time', 'tame')", "signature_bad"),
            ("UPDATE ledger_checkpoint SET note = 'x'", "checkpoint_unreadable"),
            ("UPDATE ledger_checkpoint SET note = replace(note, 'remit', 'other')", "other_ledger"),
            ("UPDATE ledger_cosignature SET line = 'x'", "checkpoint_unreadable"),
            ("UPDATE ledger_cosignature SET line = replace(line, 'lmc', 'abc')", "signature_bad"),
            ("UPDATE ledger_witness SET vkey = replace(vkey, 'lmc', 'abc')", "witness_damaged"),
            ("UPDATE ledger_head SET last_at = '2026-11-21T09:06:40.000001Z'", "head_differs"),
            ("UPDATE ledger_head SET last_at = '2026-11-21T08:00:00.000000Z'", "head_differs"),
            ("UPDATE ledger_head SET size = 5", "entry_unexpected"),
            ("UPDATE ledger_head SET size = 1000000000000", "entry_missing"),
            ("DELETE FROM ledger_head", "entry_unexpected"),
            ("DELETE FROM ledger_subtree", "tile_differs"),
        ],
    )
    def test_is_found(self, cosigned: None, change: str, code: str) -> None:
        """Each with its own code."""
        sql(change)
        assert code in {fault.code for fault in queries.verify().faults}

    def test_a_ledger_without_its_key_says_so(self, cosigned: None, fresh_home: Any) -> None:
        """Moved to another server without the key: nothing can be said for its checkpoints."""
        assert {fault.code for fault in queries.verify().faults} == {"not_signed"}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ("UPDATE ledger_entry SET body = CAST(x'ff' AS TEXT) WHERE \"index\" = 7", ("entry_missing", 7)),
        ("UPDATE ledger_entry SET body = x'00' WHERE \"index\" = 7", ("entry_malformed", 7)),
        ("UPDATE ledger_entry SET leaf_hash = 'text' WHERE \"index\" = 7", ("entry_changed", 7)),
        ("UPDATE ledger_entry SET at = 'noon' WHERE \"index\" = 7", ("column_differs", 7)),
        ('UPDATE ledger_entry SET "index" = \'seven\' WHERE "index" = 7', ("entry_missing", 7)),
        ('UPDATE ledger_entry SET "index" = 7.5 WHERE "index" = 7', ("entry_missing", 7)),
        ("UPDATE ledger_head SET size = 'many'", ("entry_unexpected", 0)),
        ("UPDATE ledger_head SET peaks = 'many'", ("head_differs", 256)),
    ],
)
def test_values_of_another_type_are_found(notes: list[str], change: str, place: tuple[str, int]) -> None:
    """SQLite lets anything into any column; PostgreSQL refuses it, or makes it fit, and then it is found."""
    try:
        with transaction.atomic():
            sql(change)
    except DatabaseError:
        assert connection.vendor == "postgresql"
        return
    assert place in found() or (connection.vendor == "postgresql" and found())
