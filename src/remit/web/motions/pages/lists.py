"""Motions as a list."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from remit.kernel.names import readable_name
from remit.motions.queries import ElectionDue, MotionRow
from remit.motions.states import MOTION_STATES, MOTION_WORDS
from remit.web.formats import nhs_date, nhs_moment
from remit.web.motions.words import COLOURS, RESULTS
from remit.web.pages import Page
from remit.web.paging import Paging
from remit.web.register.links import address, crumbs, twins
from remit.web.register.pages.dated import Choice, Filter
from remit.web.register.words import counted
from remit.web.tables import Cell, Column, Table

LIST = ("Motions", "motions")


@dataclass(frozen=True, kw_only=True)
class MotionsPage(Page):
    """What bodies ask their members."""

    filters: tuple[Filter, ...]
    count: str
    table: Table
    paging: Paging
    new_href: str
    requisitions_href: str


def motions_page(
    rows: Sequence[MotionRow],
    bodies: Mapping[str, str],
    chosen: tuple[str, str],
    paging: Paging,
    *,
    may_draft: bool,
) -> MotionsPage:
    """Some motions. `bodies` are those that have any; `chosen` are the body and the state that are asked for."""
    body, state = chosen
    return MotionsPage(
        title="Motions",
        section="Members",
        crumbs=crumbs(None),
        alternates=twins("motions", "Motions", body=body, state=state),
        filters=(
            Filter(name="body", label="Body", choices=_choices("All bodies", bodies, body)),
            Filter(name="state", label="State", choices=_choices("Any state", _states(may_draft), state)),
        ),
        count=counted(len(rows), "motion"),
        table=motions_table(
            "motions", "What members are asked, the latest first", rows[paging.start : paging.end]
        ),
        paging=paging,
        new_href=reverse("motion_new") if may_draft else "",
        requisitions_href=address("requisitions", body=body),
    )


def _states(may_draft: bool) -> dict[str, str]:
    return {each: MOTION_WORDS[each] for each in MOTION_STATES if may_draft or each != "draft"}


def _choices(everything: str, known: Mapping[str, str], chosen: str) -> tuple[Choice, ...]:
    rows = {"": everything, **known}
    return tuple(Choice(value=value, text=text, selected=value == chosen) for value, text in rows.items())


def motions_table(
    of: str, caption: str, rows: Collection[MotionRow], *, empty: str = "No motion has been put."
) -> Table:
    """Motions with their state, and what they came to once that is declared."""
    return Table(
        id=of,
        caption=caption,
        columns=(
            Column("Motion"),
            Column("Body"),
            Column("Votes open"),
            Column("Votes close"),
            Column("State"),
        ),
        rows=[
            (
                Cell(row.title, href=reverse("motion", args=[row.id]), note=row.kind_name),
                Cell(readable_name(row.body_name), note=row.body),
                nhs_moment(row.opens_at) or "No notice yet",
                nhs_moment(row.closes_at) or "No notice yet",
                Cell(row.state_name, colour=COLOURS[row.state], note=_came_to(row)),
            )
            for row in rows
        ],
        stacked=True,
        empty=empty,
    )


def _came_to(row: MotionRow) -> str:
    if not row.result:
        return "Urgent" if row.urgency else ""
    chosen = dict(row.options).get(row.option)
    return f"{RESULTS[row.result][0]}: {chosen}" if chosen else RESULTS[row.result][0]


def elections_table(rows: Collection[ElectionDue], today: date) -> Table:
    """Elections that have to be held, with the clause that says so."""
    return Table(
        id="elections",
        caption="Elections that its clauses require",
        columns=(Column("Why"), Column("Clause"), Column("Due by"), Column("State")),
        rows=[
            (
                Cell(each.why, note=nhs_date(each.arose_on)),
                f"Clause {each.clause}",
                nhs_date(each.due_on),
                _election_state(each, today),
            )
            for each in rows
        ],
        stacked=True,
    )


def _election_state(each: ElectionDue, today: date) -> Cell:
    if each.motion:
        return Cell("Notice is given", href=reverse("motion", args=[each.motion]))
    if each.is_overdue(today):
        return Cell("Overdue", colour="red", note=f"{counted((today - each.due_on).days, 'day')} overdue")
    return Cell("Due", colour="blue", note=f"{counted((each.due_on - today).days, 'day')} left")
