"""Reads the files of an invented nation as a stranger would who was handed the folder."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from functools import cache

from remit.demo.invention import InventedFile

Row = dict[str, str]
HUB = "RO218"


class NationOnPaper:
    """The files of one invented nation, each found by how its name starts."""

    def __init__(self, files: Iterable[InventedFile]) -> None:
        self.files = list(files)
        self.table = cache(self._table)
        self.commissioners_on = cache(self._commissioners_on)

    def _table(self, start: str) -> list[list[str]]:
        (file,) = (file for file in self.files if file.path.name.startswith(start))
        with file.path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.reader(stream))

    def rows(self, start: str) -> list[Row]:
        """The rows of a file by its header."""
        header, *rows = self.table(start)
        return [dict(zip(header, row, strict=True)) for row in rows]

    def commissioners(self) -> list[list[str]]:
        """Every clinical commissioning group that ever was: hubs are none."""
        return [row for row in self.table("eccg") if row[13] != HUB]

    def _commissioners_on(self, day: date) -> set[str]:
        return {row[0] for row in self.commissioners() if open_on(day, compact(row[10]), compact(row[11]))}

    def gp_practices(self, start: str) -> list[list[str]]:
        """The rows of an ODS file whose prescribing setting is that of a GP practice."""
        return [row for row in self.table(start) if row[25] == "4"]

    def of_kind(self, kind: str) -> list[Row]:
        """The organisations of a kind, each once, whatever the number of their relations."""
        return list({row["code"]: row for row in self.rows("organisations") if row["kind"] == kind}.values())

    def count_of_kind(self, kind: str, day: date) -> int:
        """How many of a kind there were on a day."""
        return sum(open_on(day, iso(row["opened_on"]), iso(row["closed_on"])) for row in self.of_kind(kind))


def compact(text: str) -> date | None:
    """The day of 20130401."""
    return date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}") if text else None


def iso(text: str) -> date | None:
    """The day of 2013-04-01."""
    return date.fromisoformat(text) if text else None


def open_on(day: date, opened: date | None, closed: date | None) -> bool:
    """Whether a day is within two others, both included."""
    return (opened is None or opened <= day) and (closed is None or day <= closed)
