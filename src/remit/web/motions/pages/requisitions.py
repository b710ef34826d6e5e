"""Requisitions: the list, and one with its signatures and the clock of its meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from remit.kernel.names import readable_name
from remit.motions.queries import RequisitionRow
from remit.web.formats import nhs_date, nhs_moment, number
from remit.web.motions.pages.motion import Way
from remit.web.pages import Crumb, Fact, Page
from remit.web.paging import Paging
from remit.web.register.links import address, crumbs, twins
from remit.web.register.words import counted
from remit.web.tables import Cell, Column, Table

LIST = ("Requisitions", "requisitions")


@dataclass(frozen=True, kw_only=True)
class RequisitionsPage(Page):
    """What members require of their bodies."""

    count: str
    table: Table
    paging: Paging
    new_href: str


@dataclass(frozen=True, kw_only=True)
class RequisitionPage(Page):
    """One requisition. `warning` says in words that its meeting is overdue."""

    tag: Cell
    words: str
    warning: str
    objection: str
    objected: str
    facts: tuple[Fact, ...]
    ways: tuple[Way, ...]
    signatures: Table


def trail_to(row: RequisitionRow) -> tuple[Crumb, ...]:
    """Home, the list, the requisition."""
    return (*crumbs(None, LIST), Crumb(row.title, address("requisition", row.id)))


def requisitions_page(
    rows: Sequence[RequisitionRow], body: str, paging: Paging, *, may_open: bool
) -> RequisitionsPage:
    """Some requisitions."""
    return RequisitionsPage(
        title=f"What members of {body} require" if body else "What members require",
        section="Members",
        crumbs=crumbs(None, LIST) if body else crumbs(None),
        alternates=twins("requisitions", "Requisitions", body=body),
        count=counted(len(rows), "requisition"),
        table=Table(
            id="requisitions",
            caption="Requisitions, the latest first",
            columns=(Column("What is required"), Column("Body"), Column("Signed"), Column("State")),
            rows=[
                (
                    Cell(row.title, href=reverse("requisition", args=[row.id]), note=row.kind_name),
                    Cell(readable_name(row.body_name), note=row.body),
                    row.counted.words,
                    _tag(row),
                )
                for row in rows[paging.start : paging.end]
            ],
            stacked=True,
            empty="Members have required nothing.",
        ),
        paging=paging,
        new_href=reverse("requisition_new") if may_open else "",
    )


def requisition_page(row: RequisitionRow, ways: tuple[Way, ...]) -> RequisitionPage:
    """One requisition."""
    return RequisitionPage(
        title=row.title,
        section=f"Requisition to {readable_name(row.body_name)}",
        crumbs=crumbs(None, LIST),
        alternates=twins("requisitions", "Requisitions", body=row.body),
        tag=_tag(row),
        words=row.words,
        warning=_warning(row),
        objection=row.objection,
        objected=nhs_moment(row.objected_at),
        facts=_facts(row),
        ways=ways,
        signatures=Table(
            id="signatures",
            caption="Members that signed",
            columns=(Column("Practice"), Column("Code")),
            rows=[(readable_name(name), code) for code, name in row.signed_by],
        ),
    )


def _tag(row: RequisitionRow) -> Cell:
    if row.is_withdrawn:
        return Cell("Withdrawn", colour="grey")
    if row.is_answered:
        return Cell("Its vote is called", colour="green")
    if row.is_overdue:
        return Cell("Overdue", colour="red", note=_left(row))
    if row.counted.is_valid:
        return Cell("Valid", colour="purple", note=_left(row))
    return Cell("Open for signatures", colour="blue")


def _left(row: RequisitionRow) -> str:
    left = row.days_left or 0
    days = counted(abs(left), "day")
    return f"{days} overdue" if left < 0 else f"{days} left"


def _warning(row: RequisitionRow) -> str:
    if not row.is_overdue or row.is_withdrawn:
        return ""
    days = counted(abs(row.days_left or 0), "day")
    return (
        f"The meeting was due by {nhs_date(row.counted.due_on)}, {days} ago, by clause {row.counted.clause}. "
        "No notice of it has been given."
    )


def _facts(row: RequisitionRow) -> tuple[Fact, ...]:
    found = row.counted
    facts = [
        Fact("Body", readable_name(row.body_name), address("organisation", row.body), row.body),
        Fact("For", row.kind_name),
        Fact("Opened", nhs_moment(row.opened_at)),
        Fact("Signatures", found.words, note=f"Clause {found.clause}"),
        Fact("Valid", "Yes, enough have signed" if found.is_valid else "Not yet: too few have signed"),
    ]
    if found.not_members:
        facts.append(Fact("Signed and no longer members", ", ".join(found.not_members)))
    if found.due_on:
        facts.append(Fact("Meeting due by", nhs_date(found.due_on), note=_clock(row)))
    if row.motion:
        facts.append(Fact("Motion", "What became of it", address("motion", row.motion)))
    return tuple(facts)


def _clock(row: RequisitionRow) -> str:
    if row.is_answered or row.days_left is None:
        return "Notice of its vote has been given"
    left = row.days_left
    return f"{number(-left)} days overdue" if left < 0 else f"{counted(left, 'day')} left"
