"""What one commissioner holds on a day, over each contractor group; and the ledger of first use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from remit.delegation.queries import (
    CallInRow,
    FirstUseRow,
    MatrixRow,
    PowerRow,
    PowerTally,
    Use,
    VariationRow,
)
from remit.delegation.rules import OptOut, contractor_groups, powers
from remit.delegation.states import CALL_IN_WORDS
from remit.kernel.names import readable_name
from remit.web.as_at import AsAt
from remit.web.delegation.pages.powers import POWERS, Link, tally_table
from remit.web.delegation.pages.rounds import UNDER
from remit.web.formats import nhs_date, nhs_moment
from remit.web.pages import Crumb
from remit.web.register.links import address, crumbs, twins
from remit.web.register.pages.dated import DatedPage
from remit.web.tables import Cell, Column, Table

HOLDERS = {
    "commissioner": ("The commissioner", "green"),
    "both": ("Both together", "yellow"),
    "NHS England": ("NHS England", "grey"),
    "not_known": ("Not known", "white"),
}
"""Who holds a function: the words, and the colour of the tag."""


@dataclass(frozen=True, kw_only=True)
class DatedTablesPage(DatedPage):
    """A page as at a day, of a few tables."""

    lede: str
    said: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    tables: tuple[Table, ...] = ()


def matrix_page(
    day: AsAt,
    who: tuple[str, str],
    rows: Sequence[MatrixRow],
    changes: tuple[Sequence[OptOut], Sequence[VariationRow], Sequence[CallInRow]],
    uses: Sequence[Use],
    links: tuple[Link, ...],
) -> DatedTablesPage:
    """The powers of one commissioner, `who` as code and name. `changes` are the choices its delegation made on the
    day, every variation of its scope, and the decisions of it that were called in; `uses` what it did by the day."""
    code, name = who
    chosen, varied, called_in = changes
    groups = [
        group
        for group in contractor_groups()
        if any(cell.group == group for row in rows for cell in row.cells)
    ]
    return DatedTablesPage(
        title="Powers",
        section=readable_name(name),
        crumbs=(
            *crumbs(day, ("Commissioners", "commissioners")),
            Crumb(readable_name(name), address("commissioner", code, day=day)),
        ),
        alternates=(
            *twins(f"commissioners/{code}/powers", "Powers", day.day),
            *twins(f"commissioners/{code}/scope-variations", "Changes of scope"),
        ),
        as_at=day.day,
        chooser=day,
        lede=f"Who held each function for {readable_name(name)} on {nhs_date(day.day)}, and why.",
        said=tuple(f"{each.name}. Source: {each.reference}." for each in chosen),
        links=links,
        tables=(
            *(_group_table(group, rows, day) for group in groups),
            uses_table(uses, "What it did under its powers"),
            _variations(varied),
            _call_ins(called_in),
        ),
    )


def _group_table(group: str, rows: Sequence[MatrixRow], day: AsAt) -> Table:
    cells = [(row, cell) for row in rows for cell in row.cells if cell.group == group]
    return Table(
        id=f"powers-{group}",
        caption=f"{contractor_groups()[group]} on {nhs_date(day.day)}",
        columns=(Column("Function"), Column("Held by"), Column("Since"), Column("First used")),
        rows=[
            (
                Cell(cell.name, href=address("power", row.code)),
                _holder(cell),
                nhs_date(cell.since),
                nhs_moment(cell.first_used_at)
                or ("No use is recorded" if cell.how in ("held", "joint") else ""),
            )
            for row, cell in cells
        ],
        stacked=True,
    )


def _holder(cell: PowerRow) -> Cell:
    text, colour = HOLDERS[cell.holder]
    return Cell(text, colour=colour, note=cell.why_not)


def _variations(rows: Sequence[VariationRow]) -> Table:
    return Table(
        id="variations",
        caption="Changes of scope",
        columns=(Column("From"), Column("What changes"), Column("By"), Column("Why")),
        rows=[
            (
                nhs_date(row.effective_on),
                changes_in_words(row),
                Cell(row.instrument, note=row.source),
                row.reasons,
            )
            for row in rows
        ],
        stacked=True,
        empty="The scope of its arrangements has not been changed.",
    )


def scope_table(rows: Sequence[VariationRow], commissioner: str) -> Table:
    """What changed in the scope that an application of a commissioner was about; a successor's change says whose."""

    def by_whom(row: VariationRow) -> str:
        return "" if row.commissioner == commissioner else f"With its successor, {row.commissioner}"

    return Table(
        id="scope",
        caption="Contractors and powers added or removed since",
        columns=(Column("From"), Column("What changes"), Column("By")),
        rows=[
            (
                Cell(
                    nhs_date(row.effective_on),
                    href=address("commissioner_powers", row.commissioner, on=row.effective_on.isoformat()),
                    note=by_whom(row),
                ),
                changes_in_words(row),
                row.instrument,
            )
            for row in rows
        ],
        stacked=True,
        empty="Nothing has changed. Other contractors can join later, as a variation of its scope.",
    )


def changes_in_words(row: VariationRow) -> str:
    """What a variation changes: "Adds community pharmacy. Back with NHS England: Approve mergers (…)."."""
    parts = []
    for verb, codes in (("Adds", row.groups_added), ("Removes", row.groups_removed)):
        if codes:
            parts.append(f"{verb} {', '.join(contractor_groups()[code].lower() for code in codes)}.")
    for words, pairs in (
        ("Back with NHS England", row.reserved),
        ("Only together with NHS England", row.made_joint),
        ("As the level gives it again", row.restored),
    ):
        if pairs:
            named = ", ".join(
                f"{powers()[power].name_over(group)} ({contractor_groups()[group].lower()})"
                for power, group in pairs
            )
            parts.append(f"{words}: {named}.")
    return " ".join(parts)


def uses_table(rows: Sequence[Use], caption: str, names: Mapping[str, str] | None = None) -> Table:
    """What was done under powers, the latest first; each leads to its own page, where it can be called in. With
    `names`, of several commissioners."""
    return Table(
        id="done",
        caption=caption,
        columns=(
            *((Column("Commissioner"),) if names is not None else ()),
            Column("What was done"),
            Column("Power"),
            Column("When"),
            Column("Stands"),
        ),
        rows=[
            (
                *(
                    (readable_name(names.get(row.commissioner, row.commissioner)),)
                    if names is not None
                    else ()
                ),
                Cell(row.what, href=address("power_use", row.id)),
                Cell(powers()[row.power].name_over(row.group), note=contractor_groups()[row.group]),
                nhs_moment(row.used_at),
                CALL_IN_WORDS[row.standing],
            )
            for row in sorted(rows, key=lambda row: row.used_at, reverse=True)
        ],
        stacked=True,
        empty="No use is recorded.",
    )


def _call_ins(rows: Sequence[CallInRow]) -> Table:
    return Table(
        id="call-ins",
        caption="Decisions that NHS England called in",
        columns=(Column("Decision"), Column("Power"), Column("Called in"), Column("Now")),
        rows=[
            (
                Cell(row.what, href=address("power_use", row.use)),
                powers()[row.power].name,
                nhs_moment(row.called_in_at),
                CALL_IN_WORDS[row.state],
            )
            for row in rows
        ],
        stacked=True,
        empty="None has been called in.",
    )


def first_uses_page(
    day: AsAt,
    tallies: Sequence[PowerTally],
    chosen: tuple[str, str] | None,
    rows: Sequence[FirstUseRow],
    uses: Sequence[Use],
) -> DatedTablesPage:
    """The national ledger: how far each power is used; and of a `chosen` power and group, by whom."""
    names = {code: power.name for code, power in powers().items()}
    return DatedTablesPage(
        title="Which powers have been used",
        section="Delegation",
        crumbs=crumbs(day, UNDER, POWERS),
        alternates=twins("first-uses", "First uses", day.day, **({"power": chosen[0]} if chosen else {})),
        as_at=day.day,
        chooser=day,
        lede="Having a power is not using it. This says when each was granted, when it was first used, and which "
        "never were.",
        said=("A use counts once a commissioner has recorded it here.",),
        tables=(
            *((_whose(chosen, rows), _used(chosen, rows, uses)) if chosen else ()),
            tally_table(tallies, names),
        ),
    )


def _used(chosen: tuple[str, str], rows: Sequence[FirstUseRow], uses: Sequence[Use]) -> Table:
    whose = {row.commissioner: row.name for row in rows}
    done = [use for use in uses if (use.power, use.group) == chosen]
    return uses_table(done, "What was done under it", whose)


def _whose(chosen: tuple[str, str], rows: Sequence[FirstUseRow]) -> Table:
    power, group = chosen
    return Table(
        id="whose",
        caption=f"{powers()[power].name_over(group)}: {contractor_groups()[group].lower()}",
        columns=(
            Column("Commissioner"),
            Column("Granted"),
            Column("First used"),
            Column("Uses", numeric=True),
        ),
        rows=[
            (
                Cell(
                    readable_name(row.name),
                    href=address("commissioner", row.commissioner),
                    note=row.commissioner,
                ),
                Cell(nhs_date(row.granted_on), note="Jointly" if row.how == "joint" else ""),
                Cell(nhs_moment(row.first_used_at) or "Never used", note=row.first_what),
                row.uses,
            )
            for row in rows
        ],
        stacked=True,
        empty="Nobody had been granted it.",
    )
