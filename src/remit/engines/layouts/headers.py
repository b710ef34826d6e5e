"""Finds the header of a table and what each of its columns means, wherever the columns stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from remit.engines.layouts.decoding import LOOK_AT_ROWS
from remit.engines.layouts.readings import ColumnReading, Kind, UnknownLayout

Row = Sequence[str]

LEAST_KNOWN = 2
"""A header has at least this many labels that we know."""

_NOT_PLAIN = re.compile(r"[^a-z0-9]")
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_UNNAMED = re.compile(r"unnamed[0-9]*|x[0-9]*|column[0-9]+|field[0-9]+")


def squash(label: str) -> str:
    """A label reduced to what it says: small letters and digits only.

    `Doctors.Retainer.Scheme.Payments`, `DoctorsRetainerSchemePayments_£` and `Doctors Retainer Scheme
    Payments ` all become the same text.
    """
    return _NOT_PLAIN.sub("", label.lower().replace("&", "and"))


def slug(label: str) -> str:
    """A label as a name: small words joined by underscores (`winter Access Fund` → `winter_access_fund`)."""
    return "_".join(word.lower() for word in _WORDS.findall(label.replace("&", " and ")))


def is_unlabelled(label: str) -> bool:
    """Whether a column has no label of its own (blank, or `Unnamed: 4` as a tool wrote for blank)."""
    plain = squash(label)
    return not plain or _UNNAMED.fullmatch(plain) is not None


@dataclass(frozen=True)
class Table:
    """A header and the data beneath it. `data` pairs each row with its number in the file, from 1.

    Every row is at least as long as the header: short ones are filled up, and `cut` has the cells that
    those had which end before the last labelled column.
    """

    labels: tuple[str, ...]
    meanings: tuple[str | None, ...]
    data: tuple[tuple[int, Row], ...]
    cut: Mapping[int, int] = field(default_factory=dict)

    def position(self, meaning: str) -> int | None:
        """Where the first column of this meaning stands, from 0."""
        return self.meanings.index(meaning) if meaning in self.meanings else None

    def cells(self, position: int) -> Iterator[str]:
        """The cells of one column, squeezed of outer spaces."""
        return (row[position].strip() for _, row in self.data)

    def readings(self) -> tuple[ColumnReading, ...]:
        """What each column was recognised as. A blank column is not mentioned."""
        return tuple(
            ColumnReading(label.strip(), meaning, at + 1)
            for at, (label, meaning) in enumerate(zip(self.labels, self.meanings, strict=True))
            if label.strip() or meaning
        )

    def having(self, meanings: Sequence[str | None]) -> Table:
        """The same table with its columns understood otherwise."""
        return replace(self, meanings=tuple(meanings))


def meanings_of(labels: Iterable[str], words: Mapping[str, str]) -> tuple[str | None, ...]:
    """What each label means in a vocabulary (squashed label → meaning).

    A footnote digit at the end (`Other Payments1`) does not hide a known label.
    """
    found: list[str | None] = []
    for label in labels:
        plain = squash(label)
        found.append(words.get(plain) or words.get(plain.rstrip("0123456789")) if plain else None)
    return tuple(found)


def find_table(
    kind: Kind,
    rows: Sequence[Row],
    words: Mapping[str, str],
    needed: Mapping[str, str],
    usual: Sequence[str] = (),
) -> Table:
    """The table in the rows: the header is the row near the top with most known labels.

    `needed` are the meanings that every layout of this kind has, with the label to name them by; `usual`
    are labels to ask for when nothing was recognised. Raises `UnknownLayout` when a needed meaning is
    missing, or no row near the top has at least two known labels.
    """
    best, header_at = 0, -1
    for at, row in enumerate(rows[:LOOK_AT_ROWS]):
        score = sum(meaning is not None for meaning in set(meanings_of(row, words)))
        if score > best:
            best, header_at = score, at
    if header_at < 0:
        found: Row = next((row for row in rows if any(cell.strip() for cell in row)), ())
        raise unknown(kind, found, [*needed.values()] or usual)
    table = table_under(rows, header_at, words)
    missing = [label for meaning, label in needed.items() if meaning not in table.meanings]
    if missing or best < LEAST_KNOWN:
        printed = set(map(squash, table.labels))
        missing = missing or [label for label in usual if squash(label) not in printed]
        raise unknown(kind, table.labels, missing, meanings=table.meanings)
    return table


def table_under(rows: Sequence[Row], header_at: int, words: Mapping[str, str]) -> Table:
    """The table whose header is the given row."""
    labels = tuple(rows[header_at])
    data = data_rows(rows, header_at + 1, len(labels))
    least = max((at for at, label in enumerate(labels, 1) if label.strip()), default=0)
    cut = {number: len(rows[number - 1]) for number, _ in data if len(rows[number - 1]) < least}
    return Table(labels, meanings_of(labels, words), data, cut)


def data_rows(rows: Sequence[Row], start: int, width: int) -> tuple[tuple[int, Row], ...]:
    """The rows from `start` that say anything, with their numbers, short ones filled up to `width`."""
    data: list[tuple[int, Row]] = []
    for number, row in enumerate(rows[start:], start + 1):
        if any(row) and any(cell.strip() for cell in row):
            data.append((number, row if len(row) >= width else [*row, *[""] * (width - len(row))]))
    return tuple(data)


def with_rows(kind: Kind, table: Table) -> Table:
    """The same table. Raises `UnknownLayout` when nothing stands beneath its header."""
    if table.data:
        return table
    raise UnknownLayout(
        kind,
        tuple(label.strip() for label in table.labels if label.strip()),
        (),
        "The file has a header but no rows. Download or export it again, with its rows, and import that.",
    )


def unknown(
    kind: Kind,
    found: Sequence[str],
    missing: Sequence[str],
    hint: str = "",
    *,
    meanings: Sequence[str | None] = (),
) -> UnknownLayout:
    """The error for a file that is not a known layout of this kind.

    It suggests, for each missing label, the one that looks most like it among those without a meaning.
    """
    seen = tuple(label.strip() for label in found if label.strip())
    spare = [label for label, meaning in zip(found, meanings, strict=False) if meaning is None]
    parts = [f"This is not a layout of the kind “{kind}” that Remit knows."]
    if missing:
        parts.append(f"Missing: {', '.join(missing)}.")
    parts.append(f"Found: {', '.join(_short(label) for label in seen)}." if seen else "No header was found.")
    parts.extend(_near(missing, spare))
    if hint:
        parts.append(hint)
    return UnknownLayout(kind, seen, tuple(missing), " ".join(parts))


def _near(missing: Sequence[str], spare: Sequence[str]) -> Iterator[str]:
    by_plain = {squash(label): label.strip() for label in spare if squash(label)}
    for wanted in missing:
        for plain in get_close_matches(squash(wanted), by_plain, n=1, cutoff=0.7):
            yield f"Is “{_short(by_plain[plain])}” meant to be “{wanted}”? Rename it if so."


def _short(label: str) -> str:
    return label if len(label) <= 60 else f"{label[:57]}…"
