"""The catalogue of powers, one power with its guidance, and the register of guidance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.delegation.queries import PowerTally
from remit.delegation.rules import Guidance, OptOut, contractor_groups, groups, levels
from remit.engines.powers import Power, Provision
from remit.web.delegation.pages.levels import held_tag
from remit.web.delegation.pages.rounds import UNDER
from remit.web.formats import nhs_date
from remit.web.pages import Page
from remit.web.register.links import address, crumbs, twins
from remit.web.tables import Cell, Column, Table

POWERS = ("Powers", "powers")


@dataclass(frozen=True)
class Link:
    """A way on from a page."""

    text: str
    href: str


@dataclass(frozen=True, kw_only=True)
class TablesPage(Page):
    """A page of a few tables: what it is about, what there is to say, and where to go on."""

    lede: str
    said: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    tables: tuple[Table, ...] = ()


def powers_page(powers: Sequence[Power]) -> TablesPage:
    """The catalogue: each power, over which contractors, and the document it rests on."""
    rows = [
        (
            Cell(power.name, href=address("power", power.code), note=_reserved(power)),
            ", ".join(contractor_groups()[group] for group in power.groups),
            _least(power),
            nhs_date(power.since),
        )
        for power in powers
    ]
    return TablesPage(
        title="Powers",
        section="Delegation",
        crumbs=crumbs(None, UNDER),
        alternates=(*twins("powers", "Powers"), *twins("powers/matrix", "The matrix of powers")),
        lede="Each power that a commissioner of primary care can hold, over which contractors, and who keeps it.",
        links=(
            Link("Check whether a commissioner had a power on a day", address("power_check")),
            Link("What each level of co-commissioning gives", address("levels")),
            Link("The guidance that powers rest on", address("guidance")),
            Link("Which powers have been used", address("first_uses")),
            Link("Who was responsible, era by era", address("functions")),
        ),
        tables=(
            Table(
                id="powers",
                caption="The catalogue",
                columns=(
                    Column("Power"),
                    Column("Over"),
                    Column("Lowest level"),
                    Column("In the catalogue since"),
                ),
                rows=rows,
                stacked=True,
            ),
            _groups_table(),
        ),
    )


def _reserved(power: Power) -> str:
    return "Reserved to NHS England at every level" if power.is_reserved else ""


def _least(power: Power) -> str:
    found = [least for group in power.groups if (least := power.least_level(group)) is not None]
    return f"Level {min(found)}" if found else "None"


def _groups_table() -> Table:
    return Table(
        id="groups",
        caption="Contractor groups",
        columns=(
            Column("Contractors"),
            Column("First day for anybody"),
            Column("Everywhere from"),
            Column("What is known"),
        ),
        rows=[
            (contractor_groups()[each.code], nhs_date(each.since), nhs_date(each.everywhere_from), each.note)
            for each in groups().values()
        ],
        stacked=True,
    )


def power_page(
    power: Power, guidance: dict[str, Guidance], choices: Sequence[OptOut], used: Sequence[PowerTally]
) -> TablesPage:
    """One power: its matrix, the clauses it rests on, the choices that leave it out, and how far it is used."""
    left_out = [each for each in choices if power.code in each.reserves]
    return TablesPage(
        title=power.name,
        section="Powers",
        crumbs=crumbs(None, UNDER, POWERS),
        alternates=twins("powers/matrix", "The matrix of powers", power=power.code),
        lede=power.about,
        said=(
            *((_reserved(power) + ".",) if power.is_reserved else ()),
            *(f"A delegation can leave it out: {each.name}. Source: {each.reference}." for each in left_out),
            *((f"It was called {', '.join(power.formerly)} before.",) if power.formerly else ()),
        ),
        links=(Link("Check whether a commissioner had it on a day", address("power_check")),),
        tables=(
            _matrix(power.provisions),
            _sources(power.provisions, guidance),
            *((tally_table(used),) if used else ()),
        ),
    )


def _days(line: Provision) -> str:
    first, last = nhs_date(line.period.first), nhs_date(line.period.last)
    return f"{first} to {last}" if last else f"Since {first}"


def _over(line: Provision) -> str:
    return ", ".join(contractor_groups()[group] for group in line.groups)


def _matrix(lines: Sequence[Provision]) -> Table:
    return Table(
        id="matrix",
        caption="How it is held at each level",
        columns=(Column("Over"), Column("When"), *(Column(f"Level {level}") for level in levels())),
        rows=[
            (_over(line), _days(line), *(held_tag(line.at_level(level)) for level in levels()))
            for line in lines
        ],
        stacked=True,
    )


def _sources(lines: Sequence[Provision], guidance: dict[str, Guidance]) -> Table:
    def row(line: Provision) -> tuple[Cell | str, ...]:
        document = guidance[line.guidance]
        note = "" if document.is_at_hand else "As other documents cite it: its own words were not at hand"
        return (
            Cell(document.title, href=document.href, note=document.issuer),
            document.published_in_words,
            Cell(line.clause, note=note),
            _over(line),
        )

    return Table(
        id="sources",
        caption="Where it is written",
        columns=(Column("Document"), Column("Date"), Column("Clause"), Column("Over")),
        rows=[row(line) for line in lines],
        stacked=True,
    )


def tally_table(rows: Sequence[PowerTally], names: dict[str, str] | None = None) -> Table:
    """How many commissioners were granted a power, and used it. With `names`, of several powers."""
    return Table(
        id="uses",
        caption="How far it is used" if names is None else "How far each power is used",
        columns=(
            *((Column("Power"),) if names is not None else ()),
            Column("Over"),
            Column("Granted to", numeric=True),
            Column("Used by", numeric=True),
            Column("Never used by", numeric=True),
            Column("Decisions called in", numeric=True),
        ),
        rows=[
            (
                *_named(row, names),
                contractor_groups()[row.group],
                row.granted,
                row.used,
                row.never_used,
                row.called_in,
            )
            for row in rows
        ],
        stacked=True,
        empty="Nobody has been granted a power by this day.",
    )


def _named(row: PowerTally, names: dict[str, str] | None) -> tuple[Cell, ...]:
    if names is None:
        return ()
    return (Cell(names[row.power], href=address("first_uses", power=row.power, group=row.group)),)


def guidance_page(documents: Sequence[Guidance], powers: Sequence[Power]) -> TablesPage:
    """The register of guidance, with the powers that rest on each document."""
    resting = {
        each.code: [
            power.name for power in powers if any(line.guidance == each.code for line in power.provisions)
        ]
        for each in documents
    }
    return TablesPage(
        title="Guidance that powers rest on",
        section="Powers",
        crumbs=crumbs(None, UNDER, POWERS),
        alternates=twins("guidance", "Guidance"),
        lede="Each document with who issued it, when, and which version is meant.",
        tables=(
            Table(
                id="guidance",
                caption="Documents, the oldest first",
                columns=(
                    Column("Document"),
                    Column("Issued by"),
                    Column("Date"),
                    Column("Version"),
                    Column("Powers"),
                ),
                rows=[
                    (
                        Cell(each.title, href=each.href),
                        each.issuer,
                        each.published_in_words,
                        each.version,
                        ", ".join(resting[each.code]) or "None in the catalogue",
                    )
                    for each in documents
                ],
                stacked=True,
            ),
        ),
    )
