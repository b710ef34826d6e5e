"""ODS commissioners (`eccg`): clinical commissioning groups, what became of them, and commissioning hubs.

The current `eccg` overwrites: a code that was a clinical commissioning group (CCG) until 30 June 2022 and
is a sub-ICB location since carries today's name and place only. So its dates are firm, its names are not,
and a name that says ICB is claimed for the days of the ICB only.
"""

from __future__ import annotations

from datetime import date

from remit.engines.layouts import texts
from remit.engines.layouts.gathering import Columns, Gathering, Progress
from remit.engines.layouts.geography import carried_relation, clipped
from remit.engines.layouts.headers import Row, Table, unknown, with_rows
from remit.engines.layouts.ods import (
    carried,
    ods_address,
    ods_code,
    ods_postcode,
    outside,
    snapshot_day,
)
from remit.engines.layouts.readings import Claim, Kind, Reading
from remit.kernel.period import ONE_DAY

HUB, REPORTING_ENTITY = "RO218", "RO327"
"""ODS roles: commissioning hub; sub-ICB reporting entity. `RO319` is a sub-ICB location."""


def read_commissioners(
    table: Table, *, filename: str, as_of: date | None, ccgs_end: date, progress: Progress | None
) -> Reading:
    """Everything that an `eccg` file says. Each row is one commissioner, hub or sub-ICB location."""
    _check_commissioners(with_rows(Kind.COMMISSIONERS, table))
    gathering, columns = Gathering(), Columns(table)
    on = snapshot_day(Kind.COMMISSIONERS, filename, as_of, table, columns, gathering)
    gathering.take_each(
        table,
        columns.width,
        lambda number, row: _take(gathering, columns, number, row, on, ccgs_end),
        progress,
    )
    return gathering.reading(
        table,
        kind=Kind.COMMISSIONERS,
        layout="commissioners/ods",
        title=f"ODS commissioners (eccg), {on.day} {on:%B %Y}",
        as_of=on,
    )


def _check_commissioners(table: Table) -> None:
    """Raise `UnknownLayout` when the file holds practices: an `epraccur` file has the same columns."""
    codes = [texts.code(cell) for cell in table.cells(table.meanings.index("code"))]
    if sum(map(texts.is_practice, codes)) * 2 > len(codes):
        raise unknown(
            Kind.COMMISSIONERS,
            table.labels,
            (),
            "Its codes are practices'. If this is epraccur, import it as “practices”.",
        )


def _take(gathering: Gathering, columns: Columns, number: int, row: Row, on: date, ccgs_end: date) -> None:
    code = ods_code(gathering, columns, number, row)
    opened, closed = columns.open_and_close(row)
    name = columns.text(row, "name")
    kind = commissioner_kind(columns.text(row, "sub_type"), name)
    gathering.commissioners.add(code)
    gathering.see(
        code,
        number,
        (
            *_kinds(kind, opened, closed, on, ccgs_end),
            _name(name, opened, closed, ccgs_end),
            carried("address", ods_address(columns, row)),
            carried("postcode", ods_postcode(gathering, columns, number, row)),
            *_places(columns, row, on, opened, closed),
        ),
    )


def commissioner_kind(roles: str, name: str) -> str:
    """What an `eccg` row is, from its roles (`RO319|RO326`) or old sub-type (`C`, `H`), else from its name.

    Rows without a role are CCGs: ODS gives none to those that closed before roles came.
    """
    held = {role.strip().upper() for role in roles.replace("|", " ").replace(",", " ").split()}
    if HUB in held or "H" in held or "COMMISSIONING HUB" in name.upper():
        return "commissioning_hub"
    if REPORTING_ENTITY in held or "SUB-ICB REPORTING ENTITY" in name.upper():
        return "sub_icb_reporting_entity"
    return "ccg"


def _kinds(kind: str, opened: date | None, closed: date | None, on: date, ccgs_end: date) -> list[Claim]:
    """The kind on each of its days, firmly: closed, then CCG, then sub-ICB location, then closed again.

    A file made before the CCGs ended cannot know what came after them.
    """
    inside = []
    eras: list[tuple[str, date | None, date | None]] = [(kind, None, None)]
    if kind == "ccg":
        eras = [("ccg", None, ccgs_end)]
        if on > ccgs_end:
            eras.append(("sub_icb_location", ccgs_end + ONE_DAY, None))
    for what, first, last in eras:
        days = clipped(opened, closed, (first, last))
        if days is not None:
            inside.append(Claim("kind", what, *days, opened is not None))
    return outside(opened, closed, inside)


def _name(name: str, opened: date | None, closed: date | None, ccgs_end: date) -> Claim | None:
    if not name:
        return None
    from_icbs = (ccgs_end + ONE_DAY, None) if "ICB" in name.upper() else (None, None)
    days = clipped(opened, closed, from_icbs)
    return None if days is None else Claim("name", name, *days, False)


def _places(
    columns: Columns, row: Row, on: date, opened: date | None, closed: date | None
) -> list[Claim | None]:
    """Region and partnership or board: as the file's day has them, on days when their codes are known to exist."""
    cells = (columns.text(row, meaning).upper() for meaning in ("region_code", "geography_code"))
    return [carried_relation(cell, on, opened, closed) for cell in cells if cell]
