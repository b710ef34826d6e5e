"""Constitutions as anybody reads them: the list, a body's own, one version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from remit.constitutions.queries import AmendmentStatus, ClauseRow, TextPage, TextRow
from remit.constitutions.rules import BODIES
from remit.engines.constitution import Clash, SoleRule, Written
from remit.kernel.names import readable_name
from remit.web.as_at import AsAt
from remit.web.constitutions.words import (
    amendment_cell,
    state_tag,
    step_source,
    text_link,
    version_words,
)
from remit.web.formats import nhs_date, nhs_moment, number
from remit.web.pages import Crumb, Fact, Page
from remit.web.paging import Paging
from remit.web.register.links import address, addresses, crumbs, twins
from remit.web.register.pages.dated import DatedPage, ListPage
from remit.web.register.words import counted
from remit.web.tables import Cell, Column, Table

SECTION = "Constitutions"
UP = (SECTION, "constitutions")


@dataclass(frozen=True)
class Way:
    """Something that somebody may do from here."""

    text: str
    href: str


@dataclass(frozen=True)
class ClausePart:
    """A clause on a page. `rules`: each in words, with the kinds of motion it is for. `ways`: to change it."""

    number: str
    heading: str
    words: str
    rules: tuple[tuple[str, str], ...]
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True)
class DocumentPart:
    """A document in force on the day."""

    name: str
    said: str
    href: str
    clauses: tuple[ClausePart, ...]


@dataclass(frozen=True, kw_only=True)
class BodyPage(DatedPage):
    """The texts of one body on a day."""

    lede: str
    facts: tuple[Fact, ...]
    clashes: tuple[str, ...]
    documents: tuple[DocumentPart, ...]
    sole: Table | None
    versions: Table
    ways: tuple[Way, ...]


@dataclass(frozen=True, kw_only=True)
class VersionPage(Page):
    """One version: what it says, and what was done with it."""

    tag: Cell
    purpose: str
    facts: tuple[Fact, ...]
    contradictions: tuple[str, ...]
    clauses: tuple[ClausePart, ...]
    steps: Table
    ways: tuple[Way, ...]
    changes_href: str
    sha256: str


def constitutions_page(
    day: AsAt,
    rows: Sequence[TextRow],
    kinds: Mapping[str, str],
    statuses: Mapping[str, AmendmentStatus],
    paging: Paging,
) -> ListPage:
    """Every body with a constitution in force on the day, and how far an amendment of it is."""
    active = sum(each.is_active for each in statuses.values())
    return ListPage(
        title=SECTION,
        section="Members",
        crumbs=crumbs(day),
        chooser=day,
        as_at=day.day,
        alternates=twins("constitutions", SECTION, day.day),
        lede=f"On {nhs_date(day.day)}, {number(active)} of {counted(len(rows), 'body', 'bodies')} that had a "
        f"constitution {'was' if active == 1 else 'were'} amending it.",
        count=counted(len(rows), "body", "bodies"),
        table=_bodies_table(day, rows[paging.start : paging.end], kinds, statuses),
        paging=paging,
    )


def _bodies_table(
    day: AsAt,
    rows: Sequence[TextRow],
    kinds: Mapping[str, str],
    statuses: Mapping[str, AmendmentStatus],
) -> Table:
    page_of = addresses("constitution", day)
    return Table(
        id="constitutions",
        caption=f"Bodies with a constitution in force on {nhs_date(day.day)}",
        columns=(
            Column("Body"),
            Column("Kind"),
            Column("Version"),
            Column("In force since"),
            Column("Amendment"),
        ),
        rows=[
            (
                Cell(readable_name(row.body_name), href=page_of(row.body), note=row.body),
                BODIES.get(kinds.get(row.body, ""), "Closed"),
                number(row.number or 0),
                nhs_date(row.in_force_on),
                amendment_cell(statuses.get(row.body)),
            )
            for row in rows
        ],
        stacked=True,
        empty="No body had a constitution in force on this day, as far as is recorded.",
    )


def clause_parts(clauses: Sequence[ClauseRow]) -> tuple[ClausePart, ...]:
    """Clauses as a page shows them."""
    return tuple(
        ClausePart(
            each.number,
            each.heading,
            each.words,
            tuple((rule.words, ", ".join(rule.motions)) for rule in each.rules),
        )
        for each in clauses
    )


def body_page(
    day: AsAt,
    who: tuple[str, str],
    held: Sequence[TextPage],
    clashes: Sequence[Clash],
    status: AmendmentStatus,
    versions: Sequence[TextRow],
    ways: tuple[Way, ...],
    *,
    is_open: bool,
) -> BodyPage:
    """The page of a body's texts. `held` are those in force on the day; `who` is its code and name."""
    code, name = who
    written = [rule for each in held for rule in each.written]
    amendment = Fact("Amendment", status.state, note=f"On {nhs_date(status.on)}" if status.on else "")
    if status.text:
        amendment = Fact("Amendment", status.state, address("text", status.text), amendment.note)
    return BodyPage(
        title=readable_name(name),
        section=SECTION,
        crumbs=crumbs(day, UP),
        chooser=day,
        as_at=day.day,
        alternates=twins(f"constitutions/{code}", "Clauses", day.day),
        lede=_standing(day, held, is_open=is_open),
        facts=(
            Fact("Body", readable_name(name), address("organisation", code, day=day), note=code),
            amendment,
        ),
        clashes=tuple(each.words for each in clashes),
        documents=tuple(_document(each) for each in held),
        sole=_sole_table(written) if written else None,
        versions=_versions_table(versions),
        ways=ways,
    )


def _standing(day: AsAt, held: Sequence[TextPage], *, is_open: bool) -> str:
    on = nhs_date(day.day)
    if not is_open:
        return f"On {on} this was no body with members, so nothing of it was in force. What it had is below."
    if not held:
        return f"No constitution of it is recorded as in force on {on}."
    said = [f"{each.row.document_name.lower()}, version {each.row.number}" for each in held]
    return f"In force on {on}: {' and '.join(said)}."


def _document(page: TextPage) -> DocumentPart:
    row = page.row
    said = f"{row.title}. Version {row.number}, in force since {nhs_date(row.in_force_on)}."
    return DocumentPart(row.document_name, said, address("text", row.id), clause_parts(page.clauses))


def _sole_table(written: Sequence[Written]) -> Table:
    return Table(
        id="sole",
        caption="Who may decide alone",
        columns=(Column("Who"), Column("What"), Column("Clause")),
        rows=[
            (each.rule.who, each.rule.what, each.clause)
            for each in written
            if isinstance(each.rule, SoleRule)
        ],
        stacked=True,
        empty="No clause lets anybody decide alone.",
    )


def _versions_table(rows: Sequence[TextRow]) -> Table:
    return Table(
        id="versions",
        caption="Every version, in force or not",
        columns=(
            Column("Text"),
            Column("Document"),
            Column("Version"),
            Column("State"),
            Column("Agreed"),
            Column("Approved"),
            Column("In force from"),
        ),
        rows=[
            (
                text_link(row),
                row.document_name,
                version_words(row),
                state_tag(row),
                nhs_date(row.agreed_on) or "No day",
                nhs_date(row.approved_on) or "No day",
                nhs_date(row.in_force_on) or "No day",
            )
            for row in rows
        ],
        stacked=True,
        empty="No text of this body is recorded.",
    )


def trail_to(row: TextRow) -> tuple[Crumb, ...]:
    """Home, the list, the body."""
    return (*crumbs(None, UP), Crumb(readable_name(row.body_name), address("constitution", row.body)))


def version_page(
    found: TextPage,
    base: TextRow | None,
    clauses: tuple[ClausePart, ...],
    ways: tuple[Way, ...],
) -> VersionPage:
    """One version. `base` is the one it is based on; `clauses` have ways to write them, where one may."""
    row = found.row
    return VersionPage(
        title=row.title,
        section=f"{row.document_name} of {readable_name(row.body_name)}",
        crumbs=trail_to(row),
        tag=state_tag(row),
        purpose=row.purpose,
        facts=_version_facts(row, base),
        contradictions=found.contradictions,
        clauses=clauses,
        steps=_steps_table(found),
        ways=ways,
        changes_href=address("text_changes", row.id) if base else "",
        sha256=row.sha256,
    )


def _version_facts(row: TextRow, base: TextRow | None) -> tuple[Fact, ...]:
    facts = [
        Fact("Body", readable_name(row.body_name), address("constitution", row.body), note=row.body),
        Fact("Document", row.document_name, note=version_words(row)),
        Fact("Begun", nhs_moment(row.drafted_at)),
    ]
    if base is not None:
        facts.append(Fact("Based on", base.title, address("text", base.id), note=version_words(base)))
    for key, day in (
        ("Agreed by the members", row.agreed_on),
        ("Approved by NHS England", row.approved_on),
        ("In force from", row.in_force_on),
    ):
        if day:
            facts.append(Fact(key, nhs_date(day)))
    return tuple(facts)


def _steps_table(found: TextPage) -> Table:
    return Table(
        id="steps",
        caption="What was done with it",
        columns=(
            Column("Step"),
            Column("Day"),
            Column("Recorded"),
            Column("Words"),
            Column("Where it is written"),
        ),
        rows=[
            (
                step.state,
                nhs_date(step.on),
                nhs_moment(step.done_at),
                step.words or "None",
                step_source(step) or "Here",
            )
            for step in found.steps
        ],
        stacked=True,
        empty="Nothing yet: it is a draft, and its body’s own until it is put to the members.",
    )
