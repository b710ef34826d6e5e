"""One tile for each commissioner of a day, by region."""

from __future__ import annotations

from dataclasses import dataclass

from remit.delegation.queries import NO_REGION as IN_NO_REGION
from remit.delegation.queries import Overview, PositionRow, RegionUptake, Uptake
from remit.kernel.names import readable_name
from remit.web.delegation.pages.counts import count_address
from remit.web.delegation.words import level_title
from remit.web.formats import number
from remit.web.tables import Cell

NO_REGION = "Not in a region"


@dataclass(frozen=True)
class Tile:
    """One commissioner: its code and level, which stand in its tile, and its name with the level in words."""

    level: int | None
    text: str
    name: str
    code: str


@dataclass(frozen=True)
class TileGroup:
    """The tiles of a region, the highest level first."""

    name: str
    said: tuple[Cell, ...]
    tiles: tuple[Tile, ...]


def tile_groups(found: Overview) -> tuple[TileGroup, ...]:
    """The tiles by region, those of the highest level first."""

    def group(region: RegionUptake) -> TileGroup:
        rows = sorted(
            (row for row in found.positions if row.region == region.code),
            key=lambda row: (-(row.level or 0), row.level is None, row.name),
        )
        name = readable_name(region.name) or region.code or NO_REGION
        return TileGroup(
            name,
            _said(region),
            tuple(map(_tile, rows)),
        )

    return tuple(group(region) for region in found.regions)


def _tile(row: PositionRow) -> Tile:
    return Tile(
        row.level,
        "?" if row.level is None else str(row.level or "–"),
        f"{readable_name(row.name)}: {level_title(row.level)}",
        row.code,
    )


def tiles_said(uptake: Uptake) -> tuple[Cell, ...]:
    """The tiles in numbers that open, for those who do not see them."""
    without = uptake.commissioners - uptake.level_1 - uptake.level_2 - uptake.level_3 - uptake.not_known
    told = [
        ("level-3", f"{number(uptake.level_3)} at Level 3"),
        ("level-2", f"{number(uptake.level_2)} at Level 2"),
        ("level-1", f"{number(uptake.level_1)} at Level 1"),
        ("level-0", f"{number(without)} without an arrangement"),
    ]
    if uptake.not_known:
        told.append(
            ("not-known", f"{number(uptake.not_known)} whose position is not known, with a question mark")
        )
    return tuple(Cell(words, href=count_address(name, uptake.on)) for name, words in told)


def _said(region: RegionUptake) -> tuple[Cell, ...]:
    uptake, where = region.uptake, region.code or IN_NO_REGION
    told = [("level-3", f"{number(uptake.level_3)} of {number(uptake.commissioners)} at Level 3")]
    if uptake.not_known:
        told.append(("not-known", f"{number(uptake.not_known)} not known"))
    return tuple(Cell(words, href=count_address(name, uptake.on, where)) for name, words in told)
