"""Consultations for everybody: the list, one of them, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from remit.consultations.queries import ConsultationPage as Found
from remit.consultations.queries import ConsultationRow, OptionTally, Tallies, Tally
from remit.consultations.rules import silence_reasons, smallest_group
from remit.kernel.names import readable_name
from remit.web.formats import nhs_date, nhs_moment, number
from remit.web.pages import Crumb, Fact, Page
from remit.web.register.links import crumbs, twins
from remit.web.tables import Cell, Column, Table

LIST = ("Consultations", "consultations")
FEED = "application/atom+xml"


@dataclass(frozen=True, kw_only=True)
class ConsultationsPage(Page):
    """Every consultation; drafts for those of the body only."""

    table: Table
    drafts: Table | None
    new_href: str
    feed_href: str


@dataclass(frozen=True, kw_only=True)
class ConsultationPage(Page):
    """One consultation. `results` is empty until it has closed; `acts` are what whoever looks may do."""

    badge: Cell | None
    purpose: str
    facts: tuple[Fact, ...]
    options: tuple[str, ...]
    checklist: Table
    documents: tuple[Crumb, ...]
    events: tuple[Crumb, ...]
    results: tuple[Table, ...]
    shares: str
    themes: Table | None
    own_themes: tuple[str, ...]
    representations: Table
    steps: Table
    acts: tuple[Crumb, ...]


def consultations_page(
    rows: Sequence[ConsultationRow], drafts: Sequence[ConsultationRow], body: str, *, may_run: bool
) -> ConsultationsPage:
    """The list."""
    return ConsultationsPage(
        title=f"Consultations by {body}" if body else "Consultations of members",
        section="Consultations",
        crumbs=crumbs(None, LIST) if body else crumbs(None),
        alternates=twins("consultations", "Consultations", body=body),
        table=_table("consultations", "Consultations, the one that opens last first", rows),
        drafts=_table("drafts", "Your drafts", drafts) if drafts else None,
        new_href=reverse("consultation_new") if may_run else "",
        feed_href=reverse("consultations_feed"),
    )


def _table(of: str, caption: str, rows: Sequence[ConsultationRow]) -> Table:
    return Table(
        id=of,
        caption=caption,
        columns=(
            Column("Consultation"),
            Column("Asked by"),
            Column("Days"),
            Column("Stage"),
            Column("Length"),
        ),
        rows=[
            (
                Cell(row.title, href=reverse("consultation", args=[row.id])),
                readable_name(row.body_name),
                f"{nhs_date(row.opens_on)} to {nhs_date(row.closes_on)}",
                row.stage_name,
                badge_cell(row) or "",
            )
            for row in rows
        ],
        stacked=True,
        empty="There is none.",
    )


def badge_cell(row: ConsultationRow) -> Cell | None:
    """The badge of its length; none for a draft."""
    return Cell(row.badge, colour="green" if row.is_adequate else "red") if row.badge else None


def consultation_page(
    found: Found, came: Tallies | None, own_themes: Sequence[int], acts: Sequence[tuple[str, str]]
) -> ConsultationPage:
    """One consultation."""
    row = found.row
    said = {each.number: each.said for each in found.themes}
    return ConsultationPage(
        title=row.title,
        section="Consultations",
        crumbs=crumbs(None, LIST),
        alternates=twins(f"consultations/{row.id}/tallies", "What came of it") if row.published_at else (),
        badge=badge_cell(row),
        purpose=row.purpose,
        facts=_facts(found),
        options=tuple(name for _, name in found.options),
        checklist=_checklist(found),
        documents=tuple(Crumb(each.name, reverse("document", args=[each.id])) for each in found.documents),
        events=tuple(
            Crumb(f"{each.title}, {nhs_moment(each.meets_at)}", reverse("meeting", args=[each.id]))
            for each in found.events
        ),
        results=_results(came) if came else (),
        shares=_shares(came) if came else "",
        themes=_themes(found) if found.themes else None,
        own_themes=tuple(said[each] for each in own_themes if each in said),
        representations=_representations(found),
        steps=_steps(found),
        acts=tuple(Crumb(text, reverse(name, args=[row.id])) for text, name in acts),
    )


def _facts(found: Found) -> tuple[Fact, ...]:
    row = found.row
    facts = [
        Fact("Asked by", readable_name(row.body_name), reverse("organisation", args=[row.body]), row.body),
        Fact("About what is decided by", ", ".join(found.concerns)),
        Fact("Open", f"{nhs_date(row.opens_on)} to {nhs_date(row.closes_on)}", note="Both days count"),
        Fact("Stage", row.stage_name),
    ]
    if row.badge:
        facts.append(Fact("Rule of length", row.clause))
    return tuple(facts)


def _checklist(found: Found) -> Table:
    return Table(
        id="checklist",
        caption="What a proper consultation has",
        columns=(Column("What"), Column("Here"), Column("How")),
        rows=[
            (each.name, Cell(*_met(each.is_met)), each.words or "Known once it is published")
            for each in found.checklist
        ],
        stacked=True,
    )


def _met(is_met: bool) -> tuple[str, str, str]:
    return ("Yes", "", "green") if is_met else ("Not yet", "", "red")


def _counted(tally: Tally) -> tuple[str, str, str]:
    if tally.is_hidden:
        return (f"Fewer than {smallest_group()} answered", "", "")
    return (number(tally.supports), number(tally.opposes), number(tally.neither))


def _results(came: Tallies) -> tuple[Table, ...]:
    columns = (Column("Who"), Column("Support"), Column("Oppose"), Column("Neither"))
    return tuple(
        Table(
            id=f"option-{each.number}",
            caption=each.name,
            columns=columns,
            rows=[
                ("Practices", *_counted(each.practices)),
                ("General practitioners", *_counted(each.gps)),
                ("Practices that differ from most of their doctors", concordance(each), "", ""),
            ],
            stacked=True,
            size="s",
        )
        for each in came.options
    )


def concordance(each: OptionTally) -> str:
    """ "5 of 6", in words where the number is too small to be shown."""
    if not each.compared:
        return "No practice says how its doctors stand"
    few = f"fewer than {smallest_group()}" if each.discordant is None else number(each.discordant)
    return f"{few} of {number(each.compared)}".capitalize()


def _shares(came: Tallies) -> str:
    responded = f"{number(came.responded)} practice{'' if came.responded == 1 else 's'} responded"
    if came.members is None:
        return f"{responded}. The register does not say how many are asked."
    given = ", ".join(
        f"{number(count)}: {silence_reasons()[code].lower()}" for code, count in came.reasons.items()
    )
    why = f" {number(sum(came.reasons.values()))} said why not ({given})." if given else ""
    return f"{responded}, of {number(came.members)} members.{why} {number(came.silent)} said nothing."


def _themes(found: Found) -> Table:
    return Table(
        id="themes",
        caption="You said, we did",
        columns=(Column("You said"), Column("Responses", numeric=True), Column("We did")),
        rows=[
            (Cell(each.said), each.responses, each.did or Cell("Not answered yet", colour="red"))
            for each in found.themes
        ],
        stacked=True,
    )


def _representations(found: Found) -> Table:
    return Table(
        id="representations",
        caption="Said outside the formal process",
        columns=(Column("Who"), Column("When"), Column("How"), Column("What")),
        rows=[
            (each.who, nhs_date(each.received_on), each.channel, each.words) for each in found.representations
        ],
        stacked=True,
        empty="Nothing was. Such words are kept here, and never counted as responses.",
    )


def _steps(found: Found) -> Table:
    return Table(
        id="steps",
        caption="What was done with it",
        columns=(Column("What"), Column("When"), Column("Closes"), Column("Why")),
        rows=[
            (each.verb.capitalize(), nhs_moment(each.done_at), nhs_date(each.closes_on), each.words)
            for each in found.steps
        ],
        stacked=True,
        empty="It is a draft.",
    )
