"""Writes the invented nation into a folder, as files in the layouts in which the real one is published."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from remit.demo.invention import bodies, lists, maps, ods, payments
from remit.demo.invention.editions import EDITIONS, Edition
from remit.demo.invention.geography import Nation, invent_geography
from remit.demo.invention.networks import Network, invent_networks
from remit.demo.invention.practices import Practice, invent_practices
from remit.kernel.period import NhsYear

Progress = Callable[[str, int, int], None]
FEWEST_PRACTICES = 250  # one at least for each commissioner
MOST_PRACTICES = 9_000  # there are names for about 2,000 towns
_LISTS_ON = (date(2015, 1, 1), date(2018, 1, 1))
_PRACTICES_ON = (date(2014, 6, 1), date(2018, 6, 1), date(2024, 6, 1))
_NETWORKS_ON = date(2022, 1, 1)


@dataclass(frozen=True)
class InventedFile:
    """A file that was written: of which kind (as `remit import` names it), and what it says it is about.

    `as_of` is the day that it describes, `year` the NHS year for a file of a year; one of them is None.
    """

    path: Path
    kind: str
    as_of: date | None
    year: NhsYear | None
    title: str


@dataclass(frozen=True)
class _Draft:
    """A file still to be written."""

    path: str
    kind: str
    about: date | NhsYear
    title: str
    rows: Callable[[], Sequence[Sequence[str | int]]]
    quoted: bool = False
    byte_order_mark: bool = False


def invent(
    folder: Path, *, seed: int = 2015, practices: int = 7900, progress: Progress | None = None
) -> list[InventedFile]:
    """Write the whole nation into `folder` and return its files in the order in which to load them.

    `practices` is how many are open on 1 April 2013 (250 to 9,000, or `ValueError`); the number of
    commissioners is always the same. The same seed and number give the same bytes. `progress` hears what is
    being written, and how many of how many files are done.
    """
    if not FEWEST_PRACTICES <= practices <= MOST_PRACTICES:
        raise ValueError(f"a nation has {FEWEST_PRACTICES} to {MOST_PRACTICES} practices, not {practices}")
    drafts = _drafts(seed, practices)
    written = []
    for number, draft in enumerate(drafts):
        if progress is not None:
            progress(draft.title, number, len(drafts))
        written.append(_write(folder, draft))
    if progress is not None:
        progress("The invented nation is written", len(drafts), len(drafts))
    return written


def _drafts(seed: int, count: int) -> list[_Draft]:
    """Every file of the nation, in loading order: bodies and commissioners first, then their practices."""
    nation = invent_geography(seed, count)
    everyone = invent_practices(seed, nation, count)
    networks = invent_networks(seed, everyone)
    return [
        _Draft(
            "register/organisations-2026-04-invented.csv",
            "organisations",
            date(2026, 4, 1),
            "Organisations of every kind",
            lambda: bodies.organisation_rows(seed, nation, everyone, networks),
        ),
        _Draft(
            "ods/eccg-2025-invented.csv",
            "commissioners",
            date(2025, 1, 1),
            "Commissioners with open and close dates",
            lambda: ods.commissioner_rows(seed, nation),
            quoted=True,
        ),
        _Draft(
            "ods/icb-2022-07-invented.csv",
            "commissioners",
            date(2022, 7, 1),
            "Integrated care boards",
            ods.board_rows,
        ),
        _Draft(
            "geography/ccg-geography-1213-1920-invented.csv",
            "commissioners",
            date(2020, 4, 1),
            "Commissioners by year, with region, local office and partnership",
            lambda: maps.geography_rows(nation),
        ),
        _Draft(
            "geography/ccg-to-icb-2022-07-invented.csv",
            "map",
            date(2022, 7, 1),
            "Commissioning groups and the boards they came to",
            lambda: maps.board_map_rows(nation),
            byte_order_mark=True,
        ),
        _Draft(
            "geography/ccg-to-icb-2026-04-invented.csv",
            "map",
            date(2026, 4, 1),
            "Locations and their boards once some boards had merged",
            lambda: maps.merged_board_map_rows(nation),
        ),
        *(_practices(seed, nation, everyone, day) for day in _PRACTICES_ON),
        *(_payments(seed, edition, everyone, networks) for edition in EDITIONS),
        *(_lists(seed, day, everyone) for day in _LISTS_ON),
        _Draft(
            "geography/practice-pcn-ccg-2022-01-invented.csv",
            "map",
            _NETWORKS_ON,
            "Practices and their primary care networks",
            lambda: maps.network_rows(everyone, networks, _NETWORKS_ON),
        ),
    ]


def _practices(seed: int, nation: Nation, everyone: list[Practice], day: date) -> _Draft:
    return _Draft(
        f"ods/epraccur-{day:%Y-%m}-invented.csv",
        "practices",
        day,
        f"Practices, {day:%B %Y}",
        lambda: ods.practice_rows(seed, nation, everyone, day),
        quoted=True,
    )


def _payments(seed: int, edition: Edition, everyone: list[Practice], networks: list[Network]) -> _Draft:
    return _Draft(
        f"payments/nhs-payments-gp-{edition.year}-invented.csv",
        "payments",
        edition.year,
        f"NHS payments to general practice, {edition.year}",
        lambda: [payments.header(edition), *payments.rows(seed, edition, everyone, networks)],
        byte_order_mark=edition.byte_order_mark,
    )


def _lists(seed: int, day: date, everyone: list[Practice]) -> _Draft:
    return _Draft(
        f"lists/gp-reg-patients-{day:%Y-%m}-invented.csv",
        "lists",
        day,
        f"Registered patients, {day:%B %Y}",
        lambda: [lists.header(day), *lists.rows(seed, day, everyone)],
    )


def _write(folder: Path, draft: _Draft) -> InventedFile:
    """Write one file: UTF-8, lines end as the publications' do (CR LF where a spreadsheet made them)."""
    path = folder / draft.path
    path.parent.mkdir(parents=True, exist_ok=True)
    encoding = "utf-8-sig" if draft.byte_order_mark else "utf-8"
    ending = "\r\n" if draft.kind == "payments" or draft.quoted else "\n"
    with path.open("w", encoding=encoding, newline="") as stream:
        quote_all: Literal[0, 1] = 1 if draft.quoted else 0  # csv.QUOTE_ALL or csv.QUOTE_MINIMAL
        csv.writer(stream, quoting=quote_all, lineterminator=ending).writerows(draft.rows())
    year = draft.about if isinstance(draft.about, NhsYear) else None
    as_of = draft.about if isinstance(draft.about, date) else None
    return InventedFile(path, draft.kind, as_of, year, f"{draft.title} (invented nation)")
