"""Pages of meetings: the list, one of them, and the acts of whoever calls them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from remit.kernel.names import readable_name
from remit.meetings.queries import MeetingPage as Found
from remit.meetings.queries import MeetingRow
from remit.web.formats import nhs_moment
from remit.web.pages import Fact, Page
from remit.web.register.links import crumbs, twins
from remit.web.tables import Cell, Column, Table

LIST = ("Meetings", "meetings")
COLOURS = {"called": "blue", "held": "green", "cancelled": "red"}


@dataclass(frozen=True, kw_only=True)
class MeetingsPage(Page):
    """Meetings to come and meetings that were."""

    upcoming: Table
    earlier: Table
    new_href: str


@dataclass(frozen=True, kw_only=True)
class MeetingPage(Page):
    """One meeting. `urgency` is why its notice was shorter than usual, for everybody to read."""

    facts: tuple[Fact, ...]
    urgency: str
    reasons: str
    there: Table | None
    acts: tuple[Fact, ...]


def meetings_page(
    upcoming: Sequence[MeetingRow], earlier: Sequence[MeetingRow], body: str, *, may_call: bool
) -> MeetingsPage:
    """Everybody's meetings."""
    return MeetingsPage(
        title=f"Meetings that {body} called" if body else "Meetings of bodies with members",
        section="Meetings",
        crumbs=crumbs(None, LIST) if body else crumbs(None),
        alternates=twins("meetings", "Meetings", body=body),
        upcoming=_table("upcoming", "To come, the next first", upcoming, "No meeting has been called."),
        earlier=_table("earlier", "Held or cancelled, the latest first", earlier, "There has been none."),
        new_href=reverse("meeting_new") if may_call else "",
    )


def _table(of: str, caption: str, rows: Sequence[MeetingRow], empty: str) -> Table:
    return Table(
        id=of,
        caption=caption,
        columns=(Column("Meeting"), Column("Body"), Column("When"), Column("State")),
        rows=[
            (
                Cell(row.title, href=reverse("meeting", args=[row.id]), note=row.kind_name),
                readable_name(row.body_name),
                nhs_moment(row.meets_at),
                Cell(row.state_name, colour=COLOURS[row.state], note="Urgent" if row.urgency else ""),
            )
            for row in rows
        ],
        stacked=True,
        empty=empty,
    )


def meeting_page(found: Found, *, may_call: bool) -> MeetingPage:
    """One meeting, for everybody; with what whoever calls it may do next."""
    row = found.row
    return MeetingPage(
        title=row.title,
        section="Meetings",
        crumbs=crumbs(None, LIST),
        alternates=twins("meetings", "Meetings", body=row.body),
        facts=_facts(found),
        urgency=row.urgency,
        reasons=row.reasons,
        there=_there(found),
        acts=_acts(row) if may_call else (),
    )


def _facts(found: Found) -> tuple[Fact, ...]:
    row = found.row
    rule = f"Clause {row.clause} of its constitution" if row.clause else "Its constitution states no notice"
    facts = [
        Fact("Body", readable_name(row.body_name), reverse("organisation", args=[row.body]), row.body),
        Fact("Kind", row.kind_name),
        Fact("When", nhs_moment(row.meets_at)),
        Fact("Where", row.place),
        Fact("State", row.state_name),
        Fact("Called", nhs_moment(row.called_at)),
        Fact("Notice", row.arithmetic, note=rule),
    ]
    if found.share:
        facts.append(Fact("Practices there", found.share.words))
    return tuple(facts)


def _there(found: Found) -> Table | None:
    if found.share is None:
        return None
    return Table(
        id="there",
        caption="Practices that were there",
        columns=(Column("Practice"), Column("Code")),
        rows=[(readable_name(each.name), each.practice) for each in found.there],
        stacked=True,
        empty="No practice was there.",
    )


def _acts(row: MeetingRow) -> tuple[Fact, ...]:
    acts = {
        "called": (("Record who was there", "meeting_attendance"), ("Cancel it", "meeting_cancel")),
        "held": (("Correct who was there", "meeting_attendance"),),
    }
    return tuple(Fact(words, "", reverse(name, args=[row.id])) for words, name in acts.get(row.state, ()))
