"""The export, and progress while it and the verification run."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest

from remit.engines.transparency.notes import NotANote, SigningKey
from remit.kernel.canonical import canonical_json
from remit.kernel.moments import at_the_edge
from remit.ledger import queries
from remit.ledger.models import Checkpoint, Entry
from remit.ledger.queries import exporting, rows, verification

pytestmark = pytest.mark.django_db


def lines_of_export(progress: Callable[[int, int], None] | None = None) -> list[str]:
    """What is written, line by line."""
    to = io.StringIO()
    queries.export(to, progress)
    assert to.getvalue().endswith("\n")
    return to.getvalue().splitlines()


def test_every_line_is_canonical(
    fill: Callable[[int], None], checkpoint_at: Callable[[float], Checkpoint]
) -> None:
    """A header, the entries, the checkpoints."""
    fill(5)
    made = checkpoint_at(4)
    lines = lines_of_export()
    for line in lines:
        assert canonical_json(json.loads(line)).decode() == line
    head, *entries, checkpoint = [json.loads(line) for line in lines]
    assert head["format"] == "remit-ledger/1"
    assert (head["size"], head["root"], head["checkpoints"]) == (5, queries.head().root, 1)
    assert head["log_vkey"].startswith(f"{head['origin']}+")
    assert [entry["entry"] for entry in entries] == list(
        Entry.objects.order_by("index").values_list("body", flat=True)
    )
    assert checkpoint == {"checkpoint": made.note}


def test_an_empty_ledger_without_a_key_can_be_exported(fresh_home: object) -> None:
    """Nothing signed yet."""
    (line,) = lines_of_export()
    assert json.loads(line)["log_vkey"] == ""
    assert not queries.head().size


def test_damaged_rows_are_left_out(fill: Callable[[int], None]) -> None:
    """The verifier then says which is missing."""
    fill(5)
    Entry.objects.filter(pk=2).delete()
    assert len(lines_of_export()) == 1 + 4


def test_progress_is_told(fill: Callable[[int], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Page by page, and at the end."""
    for module in (rows, exporting, verification):
        monkeypatch.setattr(module, "PAGE", 4)
    fill(10)
    told: list[tuple[int, int]] = []
    lines_of_export(lambda done, total: told.append((done, total)))
    assert told == [(4, 10), (8, 10), (10, 10)]
    told.clear()
    assert queries.verify(progress=lambda done, total: told.append((done, total))).ok
    assert told == [(4, 10), (8, 10), (10, 10)]


def test_a_malformed_key_to_trust_is_an_error(witnesses: tuple[SigningKey, SigningKey]) -> None:
    """The caller mistyped it; the ledger is not to blame."""
    with pytest.raises(NotANote):
        queries.verify(witnesses=[witnesses[0].public.vkey[:-1]])


def test_growth_while_verifying_is_no_fault(
    fill: Callable[[int], None], checkpoint_at: Callable[[float], Checkpoint], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Entries, tiles and a checkpoint that come after the head was read are left for the next time."""
    fill(250)
    plain = verification.read_rows

    def read_rows_while_others_write(size: int) -> object:
        yield from plain(size)
        fill(20)
        checkpoint_at(400)

    monkeypatch.setattr(verification, "read_rows", read_rows_while_others_write)
    report = queries.verify()
    assert report.faults == ()
    assert report.size == 250


def test_tiles_written_between_reading_tiles_and_head_are_no_fault(
    fill: Callable[[int], None], checkpoint_at: Callable[[float], Checkpoint], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are looked up one by one."""
    fill(250)
    plain = verification._stored_head
    calls: list[int] = []

    def head_after_others_wrote() -> tuple[int, bytes, str]:
        if not calls:
            fill(20)
            checkpoint_at(300)
        calls.append(1)
        return plain()

    monkeypatch.setattr(verification, "_stored_head", head_after_others_wrote)
    assert queries.verify().faults == ()
    assert at_the_edge().tzinfo is not None
