"""Who was responsible for each function, era by era."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.delegation.queries import HeldRow, YearRow
from remit.delegation.rules import Function, Responsible
from remit.kernel.names import readable_name
from remit.web.delegation.pages.powers import POWERS, Link, TablesPage
from remit.web.delegation.pages.rounds import UNDER
from remit.web.formats import nhs_date
from remit.web.pages import Problem
from remit.web.register.links import address, crumbs, twins
from remit.web.register.pages.dated import Choice
from remit.web.tables import Cell, Column, Table

FUNCTIONS = ("Responsibilities", "functions")


@dataclass(frozen=True, kw_only=True)
class FunctionPage(TablesPage):
    """One function; `commissioners` to choose an area by, and its history there once one was chosen."""

    commissioners: tuple[Choice, ...]
    area: Table | None


def functions_page(functions: Sequence[Function]) -> TablesPage:
    """Every function, with who is responsible now and who was before."""
    return TablesPage(
        title="Who was responsible, era by era",
        section="Delegation",
        crumbs=crumbs(None, UNDER, POWERS),
        alternates=twins("functions", "Responsibilities"),
        lede="Responsibility for primary care passed from primary care trusts to NHS England, to clinical "
        "commissioning groups and to integrated care boards, not all at once and not everywhere.",
        tables=(
            Table(
                id="functions",
                caption="Functions of commissioning",
                columns=(Column("Function"), Column("From the first to the last")),
                rows=[
                    (Cell(each.name, href=address("function", each.code)), _chain(each)) for each in functions
                ],
                stacked=True,
            ),
        ),
    )


def _chain(function: Function) -> str:
    """ "Primary care trusts, NHS England’s area teams, …", each once, in order."""
    ordered = sorted(function.spells, key=lambda each: each.period.first)
    return ", then ".join(dict.fromkeys(each.who for each in ordered))


def function_page(
    function: Function,
    years: Sequence[YearRow],
    names: Sequence[tuple[str, str]],
    chosen: str,
    area: Sequence[HeldRow] | None,
    problems: tuple[Problem, ...] = (),
) -> FunctionPage:
    """One function: who was responsible when, on what that rests, and how many commissioners held it each year."""
    return FunctionPage(
        title=function.name,
        section="Who was responsible",
        crumbs=crumbs(None, UNDER, POWERS, FUNCTIONS),
        alternates=twins("functions", "Who was responsible", function=function.code),
        problems=problems,
        lede=function.about,
        links=(Link("The power under which it is held", address("power", function.power)),)
        if function.power
        else (),
        tables=(_spells(function.spells), *((_years(years),) if function.power else ())),
        commissioners=tuple(
            Choice(code, f"{readable_name(name)} ({code})", code == chosen) for code, name in names
        )
        if function.power
        else (),
        area=_area(area) if area is not None else None,
    )


def _spells(rows: Sequence[Responsible]) -> Table:
    return Table(
        id="responsible",
        caption="Who was responsible",
        columns=(Column("Who"), Column("From"), Column("Until"), Column("Which of them"), Column("Source")),
        rows=[
            (
                row.who,
                nhs_date(row.period.first),
                nhs_date(row.period.last) or "Still",
                row.how_in_words,
                Cell(row.reference, note="Not firmly known" if row.is_weak else ""),
            )
            for row in rows
        ],
        stacked=True,
    )


def _years(rows: Sequence[YearRow]) -> Table:
    return Table(
        id="years",
        caption="Commissioners that held it, as recorded here",
        columns=(
            Column("On"),
            Column("Held alone", numeric=True),
            Column("Held jointly", numeric=True),
            Column("Not known", numeric=True),
            Column("Of commissioners", numeric=True),
        ),
        rows=[(nhs_date(row.on), row.held, row.joint, row.not_known, row.commissioners) for row in rows],
        stacked=True,
        empty="No commissioner could hold it by this day.",
    )


def _area(rows: Sequence[HeldRow]) -> Table:
    return Table(
        id="area",
        caption="In this commissioner’s area",
        columns=(Column("Who"), Column("From"), Column("Until"), Column("How")),
        rows=[
            (
                Cell(readable_name(row.name), href=address("commissioner", row.code), note=row.code),
                nhs_date(row.first),
                nhs_date(row.last) or "Still",
                "Jointly with NHS England" if row.how == "joint" else "Alone",
            )
            for row in rows
        ],
        stacked=True,
        empty="Nothing is recorded here of it, nor of a predecessor that the register knows.",
    )
