"""One tile for each commissioner of a day, by region."""

from __future__ import annotations

from dataclasses import dataclass

from remit.delegation.queries import Overview, PositionRow, RegionUptake, Uptake
from remit.kernel.names import readable_name
from remit.web.delegation.words import level_title
from remit.web.formats import number

NO_REGION = "Not in a region"


@dataclass(frozen=True)
class Tile:
    """One commissioner: what stands in its tile, and its name."""

    level: int | None
    text: str
    name: str


@dataclass(frozen=True)
class TileGroup:
    """The tiles of a region, the highest level first."""

    name: str
    said: str
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
            _said(region.uptake),
            tuple(map(_tile, rows)),
        )

    return tuple(group(region) for region in found.regions)


def _tile(row: PositionRow) -> Tile:
    return Tile(
        row.level,
        "?" if row.level is None else str(row.level or "–"),
        f"{readable_name(row.name)}: {level_title(row.level)}",
    )


def tiles_said(uptake: Uptake) -> str:
    """The tiles in a sentence, for those who do not see them."""
    held = uptake.level_1 + uptake.level_2 + uptake.level_3
    without = uptake.commissioners - held - uptake.not_known
    said = (
        f"{number(uptake.level_3)} at Level 3, {number(uptake.level_2)} at Level 2, {number(uptake.level_1)} at "
        f"Level 1, {number(without)} without an arrangement"
    )
    if uptake.not_known:
        return f"{said}, {number(uptake.not_known)} whose position is not known: a question mark stands for them."
    return f"{said}."


def _said(uptake: Uptake) -> str:
    said = f"{number(uptake.level_3)} of {number(uptake.commissioners)} at Level 3"
    return f"{said}, {number(uptake.not_known)} not known" if uptake.not_known else said
