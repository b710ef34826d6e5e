"""Checking a whole ledger, entry by entry, against itself and against signed statements about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from remit.engines.transparency.entry import NotAnEntry, read_body
from remit.engines.transparency.merkle import EMPTY_ROOT, HASH_BYTES, Completed, Peaks, leaf_hash
from remit.engines.transparency.notes import (
    Checkpoint,
    NotANote,
    VerifyingKey,
    read_checkpoint,
    read_note,
    signatures_by,
)
from remit.kernel.moments import rfc3339

TOLERANCE = timedelta(seconds=2)
MOST_FAULTS = 1000
UNKNOWN_LEAF = bytes(HASH_BYTES)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: a stable code, the entry where it is (or starts), and plain English."""

    code: str
    index: int | None
    message: str


@dataclass(frozen=True)
class Statement:
    """A signed checkpoint, where we have it from, and which witnesses signed it when (POSIX seconds)."""

    source: str
    checkpoint: Checkpoint
    cosigned: tuple[tuple[str, int], ...] = ()

    def not_before(self) -> datetime | None:
        """The earliest instant that an entry after this checkpoint may bear: when it was made. Where it does
        not say, when it was first cosigned."""
        return self.checkpoint.at or min(self._cosigned_at(), default=None)

    def not_after(self) -> datetime | None:
        """The latest instant that an entry under this checkpoint may bear: it existed when signed."""
        made = [self.checkpoint.at] if self.checkpoint.at else []
        return min([*made, *self._cosigned_at()], default=None)

    def _cosigned_at(self) -> list[datetime]:
        return [datetime.fromtimestamp(seconds, UTC) for _, seconds in self.cosigned]


def read_statement(
    text: str, source: str, *, origin: str, log: VerifyingKey | None, witnesses: Sequence[VerifyingKey]
) -> tuple[Statement | None, list[Fault]]:
    """A note as evidence, with what is wrong with it. No statement where nobody we trust has signed it."""
    try:
        note = read_note(text)
        checkpoint = read_checkpoint(note.text)
    except NotANote as error:
        return None, [Fault("checkpoint_unreadable", None, f"{source} cannot be read: {error}.")]
    if checkpoint.origin != origin:
        words = f"{source} is about another ledger, “{checkpoint.origin}”, not “{origin}”."
        return None, [Fault("other_ledger", None, words)]
    faults = []
    signed_by_log = False
    cosigned: dict[str, int] = {}
    for key, signature, holds in signatures_by(note, [*([log] if log else []), *witnesses]):
        if not holds:
            words = f"{source} bears a signature of {key.name} that does not hold."
            faults.append(Fault("signature_bad", None, words))
        elif key is log:
            signed_by_log = True
        else:
            cosigned[key.name] = min(signature.seconds, cosigned.get(key.name, signature.seconds))
    if not signed_by_log:
        faults.append(Fault("not_signed", None, f"{source} is not signed by this ledger's key."))
    if not signed_by_log and not cosigned:
        return None, faults
    return Statement(source, checkpoint, tuple(cosigned.items())), faults


class Audit:
    """Recomputes a ledger: give it every entry in order, then `conclude`.

    It knows nothing of databases or files; what those add (columns, stored hashes) their readers check, and
    report through `blame`.
    """

    def __init__(self, statements: Iterable[Statement] = ()) -> None:
        self.statements = sorted(statements, key=lambda statement: statement.checkpoint.size)
        self.peaks = Peaks()
        self.last_at = ""
        self.faults: list[Fault] = []
        self.unlisted = 0
        self._roots = {0: EMPTY_ROOT}
        self._wanted = {statement.checkpoint.size for statement in self.statements}
        self._floors = self._steps_up()
        self._ceilings = self._steps_down()
        self._floor = self._ceiling = ("", "")
        self._step()

    def blame(self, code: str, index: int | None, message: str) -> None:
        """Note a fault. Past a thousand they are only counted."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(code, index, message))
        else:
            self.unlisted += 1

    def add(self, text: str) -> tuple[dict[str, Any] | None, bytes, list[Completed]]:
        """Take the next entry's body: answers its fields (None where it is malformed), its leaf hash and the
        tiles it completes."""
        index = self.peaks.size
        body: dict[str, Any] | None = None
        try:
            body = read_body(text)
            self._check_place(index, body)
            self._check_time(index, body["at"])
        except NotAnEntry as error:
            self.blame("entry_malformed", index, f"Entry {index} {error}.")
        leaf = leaf_hash(text.encode(errors="surrogatepass"))
        return body, leaf, self._grow(leaf)

    def skip(self) -> list[Completed]:
        """Take note that the next entry is not there (the caller has said so), to keep the numbering."""
        return self._grow(UNKNOWN_LEAF)

    def conclude(self) -> None:
        """Hold the recomputed roots against every statement."""
        self._find_forks()
        self._find_truncation()
        self._find_rewriting()

    # -- each entry ----------------------------------------------------------------------------------------

    def _grow(self, leaf: bytes) -> list[Completed]:
        completed = self.peaks.grow(leaf)
        if self.peaks.size in self._wanted:
            self._roots[self.peaks.size] = self.peaks.root()
            self._step()
        return completed

    def _check_place(self, index: int, body: dict[str, Any]) -> None:
        if body["index"] != index:
            words = f"Entry {index} says that it is entry {body['index']}: entries have been moved."
            self.blame("entry_misplaced", index, words)

    def _check_time(self, index: int, at: str) -> None:
        if at < self.last_at:
            words = f"Entry {index} is dated {at}, earlier than an entry before it ({self.last_at})."
            self.blame("time_backwards", index, words)
        else:
            self.last_at = at
        floor, source = self._floor
        if at < floor:
            words = f"Entry {index} is dated {at}, but was added after {source}, which was already made then."
            self.blame("back_dated", index, words)
        ceiling, source = self._ceiling
        if ceiling and at > ceiling:
            words = f"Entry {index} is dated {at}, but {source}, made before that, already contains it."
            self.blame("dated_later", index, words)

    # -- the instants between which an entry may be dated ----------------------------------------------------

    def _steps_up(self) -> dict[int, tuple[str, str]]:
        """From each size on: no entry is dated before this."""
        steps, highest = {}, ("", "")
        for statement in self.statements:
            bound = statement.not_before()
            if bound:
                highest = max(highest, (rfc3339(bound - TOLERANCE), statement.source))
            steps[statement.checkpoint.size] = highest
        return steps

    def _steps_down(self) -> list[tuple[int, tuple[str, str]]]:
        """Below each size: no entry is dated after this; smallest size last."""
        steps: list[tuple[int, tuple[str, str]]] = []
        for statement in reversed(self.statements):
            bound = statement.not_after()
            if bound:
                here = (rfc3339(bound + TOLERANCE), statement.source)
                lowest = min(here, steps[-1][1]) if steps else here
                steps.append((statement.checkpoint.size, lowest))
        return steps

    def _step(self) -> None:
        size = self.peaks.size
        self._floor = self._floors.get(size, self._floor)
        while self._ceilings and self._ceilings[-1][0] <= size:
            self._ceilings.pop()
        self._ceiling = self._ceilings[-1][1] if self._ceilings else ("", "")

    # -- the whole -----------------------------------------------------------------------------------------

    def _find_forks(self) -> None:
        seen: dict[int, Statement] = {}
        for statement in self.statements:
            size = statement.checkpoint.size
            other = seen.setdefault(size, statement)
            if other.checkpoint.root != statement.checkpoint.root:
                words = (
                    f"{other.source} and {statement.source} are both signed for {size} entries but have "
                    "different roots: two histories have been shown to different people."
                )
                self.blame("forked", None, words)

    def _find_truncation(self) -> None:
        size = self.peaks.size
        for statement in self.statements:
            signed = statement.checkpoint.size
            if signed > size:
                words = (
                    f"{statement.source} was signed for {signed} entries, but there are only {size}: "
                    f"{span(size, signed)} removed."
                )
                self.blame("truncated", size, words)

    def _find_rewriting(self) -> None:
        sound = 0
        wrong: list[Statement] = []
        for statement in self.statements:
            root = self._roots.get(statement.checkpoint.size)
            if root == statement.checkpoint.root and not wrong:
                sound = statement.checkpoint.size
            elif root is not None and root != statement.checkpoint.root:
                wrong.append(statement)
        if wrong:
            first = wrong[0]
            later = f" So do {len(wrong) - 1} later ones." if len(wrong) > 1 else ""
            words = (
                f"{first.source} has another root than the entries now give. "
                f"Something in {span(sound, first.checkpoint.size)} is not as it was signed.{later}"
            )
            self.blame("history_changed", sound, words)


def span(first: int, end: int) -> str:
    """The entries from `first` up to, not including, `end`, in words."""
    return f"entry {first}" if end - first <= 1 else f"entries {first} to {end - 1}"
