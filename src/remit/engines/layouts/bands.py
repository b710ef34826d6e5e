"""Sexes and age bands, as labels of columns (`MALE_0-4`, `Female_95+`) or as cells (`0_4`, `95+`, `ALL`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from remit.engines.layouts.readings import Band

_SEXES = {
    "male": "male",
    "males": "male",
    "m": "male",
    "female": "female",
    "females": "female",
    "f": "female",
    "all": "all",
    "persons": "all",
    "person": "all",
    "both": "all",
    "total": "all",
}
_AGE = r"([0-9]{1,3})(?:[ _-]*(?:to|-|_|–)[ _-]*([0-9]{1,3})|[ _-]*(\+|plus|and over))?"
_LABEL = re.compile(rf"([a-z]+)[ _-]*{_AGE}")
_CELL = re.compile(_AGE)
ALL_AGES = frozenset({"all", "all ages", "total"})


@dataclass(frozen=True, order=True)
class Ages:
    """Ages from `start` to `end`, both included; `end` is None at the open top."""

    start: int
    end: int | None


def sex_of(cell: str) -> str | None:
    """ "female", "male" or "all"; None for anything else."""
    return _SEXES.get(cell.strip().lower())


def ages_of(cell: str) -> Ages | None:
    """The ages in a cell: `5` is one year of age, `0_4` five, `95+` the open top. None for anything else."""
    match = _CELL.fullmatch(cell.strip().lower())
    return None if match is None else _ages(match[1], match[2], match[3])


def band_label(label: str) -> tuple[str, Ages] | None:
    """The sex and ages that a column's label names; None when it names none."""
    match = _LABEL.fullmatch(label.strip().lower())
    if match is None or match[1] not in _SEXES:
        return None
    ages = _ages(match[2], match[3], match[4])
    return None if ages is None else (_SEXES[match[1]], ages)


def _ages(start: str, end: str | None, open_top: str | None) -> Ages | None:
    first = int(start)
    if open_top is not None:
        return Ages(first, None)
    last = first if end is None else int(end)
    return Ages(first, last) if first <= last <= 150 else None


def bands_of(counts: Mapping[tuple[str, Ages], int]) -> tuple[Band, ...]:
    """The bands, females first, youngest first."""
    ordered = sorted(counts.items(), key=lambda item: (item[0][0], item[0][1].start))
    return tuple(Band(sex, ages.start, ages.end, patients) for (sex, ages), patients in ordered)
