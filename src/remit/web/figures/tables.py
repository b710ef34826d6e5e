"""Tables of figures that more than one page shows."""

from __future__ import annotations

from remit.figures.queries import FigureSet
from remit.web.figures.links import figure_href
from remit.web.formats import number
from remit.web.tables import Cell, Column, Table

RULES = ("Rounded each", "Rounded as a set")


def set_table(found: FigureSet) -> Table:
    """A set: each part's count, its printed percentage and its share rounded in both ways, and the sums."""
    by_rule = found.by_rule
    columns = [Column("Part"), Column("Count", numeric=True), Column("As published", numeric=True)]
    columns += [Column(rule, numeric=True) for rule in RULES[: len(by_rule)]]
    rows: list[tuple[Cell | str, ...]] = []
    for place, member in enumerate(found.members):
        percent = member.published_percent
        rows.append(
            (
                Cell(member.label, href=figure_href(member.figure), note=member.definition),
                number(found.counts[place]) if found.counts else number(member.numerator) or "Not printed",
                "Not printed" if percent is None else f"{percent}%",
                *(f"{made.percents[place]}%" for made in by_rule),
            )
        )
    printed = f"{sum(found.printed)}%" if found.printed else ""
    rows.append(("All", number(found.base), printed or "–", *(f"{made.total}%" for made in by_rule)))
    return Table(
        id=f"set-{found.id}",
        caption=found.title or f"Parts of {number(found.base)} {found.base_what}",
        columns=tuple(columns),
        rows=rows,
        stacked=True,
        size="s",
    )
