"""Evidence: one record, those of a commissioner, all of them; and recording, attaching, rescinding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.urls import reverse

from remit.delegation.queries import ApplicationPage as Found
from remit.delegation.queries import ArrangementRow, Attendance, EvidenceRow
from remit.delegation.rules import EvidenceKind, evidence_kinds, ladder, powers
from remit.engines.mandates import FactKind
from remit.kernel.names import readable_name
from remit.web.delegation.pages.mandates import UNDER, count_words, result_cell
from remit.web.delegation.words import level_title
from remit.web.formats import nhs_date, nhs_moment, number
from remit.web.pages import Crumb, Fact, Page, Problem
from remit.web.register.links import crumbs, twins
from remit.web.register.pages.dated import Choice
from remit.web.register.words import capital
from remit.web.tables import Cell, Column, Table

BY_HAND = "by_hand"
REGISTER = ("Evidence", "evidence_register")


@dataclass(frozen=True, kw_only=True)
class EvidencePage(Page):
    """One record. `notice` says that it was corrected, or corrects another."""

    facts: tuple[Fact, ...]
    stated: tuple[Fact, ...]
    notice: Crumb | None


@dataclass(frozen=True, kw_only=True)
class EvidenceListPage(Page):
    """Records in a table; `history` are a commissioner's arrangements, None for the whole register."""

    lede: str
    kinds: tuple[Choice, ...]
    statements: Table
    table: Table
    history: Table | None
    record_href: str
    motions: Table | None = None


@dataclass(frozen=True, kw_only=True)
class WhichPage(Page):
    """Which kind of evidence to record."""

    kinds: tuple[Fact, ...]


@dataclass(frozen=True, kw_only=True)
class RecordPage(Page):
    """The form of one kind. `fields` are its facts, in order."""

    form: forms.Form
    what: str
    fields: tuple[FactKind, ...]
    asks_commissioners: bool
    commissioner: str


@dataclass(frozen=True, kw_only=True)
class AttachPage(Page):
    """Evidence that an application rests on, and what could be attached."""

    attached: Table
    form: forms.Form
    offered: int
    record_href: str
    back_href: str


@dataclass(frozen=True, kw_only=True)
class RescindPage(Page):
    """Rescinding after a lost vote. `votes`: how many lost votes there are to name."""

    form: forms.Form
    commissioner: str
    votes: int
    record_href: str
    back_href: str


def evidence_page(row: EvidenceRow, attendance: Attendance | None) -> EvidencePage:
    """One record, for everybody."""
    return EvidencePage(
        title=f"{row.kind_name}, {nhs_date(row.held_on)}",
        section="Evidence",
        crumbs=crumbs(None, UNDER, REGISTER),
        alternates=twins("evidence", "Evidence"),
        facts=_facts(row, attendance),
        stated=tuple(_stated(row)),
        notice=_notice(row),
    )


def _notice(row: EvidenceRow) -> Crumb | None:
    if row.corrected_by:
        return Crumb(
            "This record has been corrected by another", reverse("evidence", args=[row.corrected_by])
        )
    if row.corrects:
        return Crumb("This record corrects an earlier one", reverse("evidence", args=[row.corrects]))
    return None


def _facts(row: EvidenceRow, attendance: Attendance | None) -> tuple[Fact, ...]:
    found = [Fact("When", nhs_date(row.held_on))]
    found += [
        Fact("Commissioner", readable_name(name), reverse("commissioner_evidence", args=[code]), code)
        for code, name in row.commissioners
    ]
    if row.body_name:
        found.append(Fact("Said by", readable_name(row.body_name), note=row.facts["body"]))
    if row.rung:
        found.append(Fact("Stands as", ladder()[row.rung].name, reverse("mandate_standards")))
    if row.result:
        found.append(Fact("Result", result_cell(row.result).text, note=count_words(row)))
    if attendance:
        found.append(Fact("Practices there", _attendance(attendance)))
    origin = "Recorded by hand" if row.origin == BY_HAND else f"Made in Remit: {row.origin}"
    found.append(Fact("Where it is written", row.source or "In Remit", row.source_href, origin))
    if row.document:
        note = "" if row.document.is_public else "Not public"
        found.append(Fact("Document", row.document.name, reverse("document", args=[row.document.id]), note))
    found.append(Fact("Recorded", nhs_moment(row.recorded_at)))
    return tuple(found)


def _attendance(attendance: Attendance) -> str:
    present, members = attendance.present, attendance.members
    if not members:
        return number(present)
    return f"{number(present)} of {number(members)} members ({100 * present / members:.0f}%)"


def _stated(row: EvidenceRow) -> list[Fact]:
    kind = evidence_kinds()[row.kind]
    return [
        Fact(each.name.rstrip("?"), fact_words(each, row.facts[each.code]))
        for each in kind.facts
        if each.code in row.facts and each.code != kind.by
    ]


def fact_words(fact: FactKind, value: object) -> str:
    """A fact as people read it."""
    if fact.kind == "choice":
        return dict(fact.choices).get(str(value), str(value))
    if fact.kind == "whole":
        return number(int(str(value)))
    if fact.kind == "practices" and isinstance(value, list):
        return ", ".join(value)
    if fact.kind == "people" and isinstance(value, list):
        return "; ".join(", ".join(part for part in row.values() if part) for row in value)
    return str(value)


def register_page(
    rows: Sequence[EvidenceRow], statements: Sequence[EvidenceRow], kind: str, *, may_record: bool
) -> EvidenceListPage:
    """Everything recorded, of one kind or of all; with what representative bodies say in general."""
    kinds = (("", "Every kind"), *((each.code, each.name) for each in evidence_kinds().values()))
    return EvidenceListPage(
        title="Evidence of what members, committees and representatives said",
        section="Delegation",
        crumbs=crumbs(None, UNDER),
        alternates=twins("evidence", "Evidence", kind=kind),
        lede="Recorded once, public, and never changed: a mistake is put right by another record.",
        kinds=tuple(Choice(code, name, code == kind) for code, name in kinds),
        statements=_statements(statements, "What representative bodies say in general"),
        table=_table(rows),
        history=None,
        record_href=reverse("evidence_new") if may_record else "",
    )


def commissioner_page(
    code: str,
    name: str,
    rows: Sequence[EvidenceRow],
    statements: Sequence[EvidenceRow],
    arrangements: Sequence[ArrangementRow],
    motions: Table | None,
    *,
    may_record: bool,
) -> EvidenceListPage:
    """Everything recorded about a commissioner, beside what it held when."""
    own = [row for row in statements if row.commissioners]
    return EvidenceListPage(
        title=f"{readable_name(name)}: what members and representatives said",
        section=f"Commissioner {code}",
        crumbs=(
            *crumbs(None, ("Commissioners", "commissioners")),
            Crumb(readable_name(name), reverse("commissioner", args=[code])),
        ),
        alternates=twins("evidence", "Evidence", commissioner=code),
        lede="Votes, meetings, committees and statements about this commissioner, beside the levels it held.",
        kinds=(),
        statements=_statements(own, "What local medical committees and other bodies said of it"),
        table=_table([row for row in rows if not evidence_kinds()[row.kind].by]),
        history=_history(arrangements),
        motions=motions,
        record_href=f"{reverse('evidence_new')}?commissioner={code}" if may_record else "",
    )


def _table(rows: Sequence[EvidenceRow]) -> Table:
    return Table(
        id="records",
        caption="Records, the latest first",
        columns=(Column("What"), Column("When"), Column("About"), Column("Result")),
        rows=[
            (
                Cell(
                    row.kind_name,
                    href=reverse("evidence", args=[row.id]),
                    note="Corrected by another record" if row.corrected_by else "",
                ),
                nhs_date(row.held_on),
                ", ".join(readable_name(name) for _, name in row.commissioners) or "In general",
                _result(row),
            )
            for row in rows
        ],
        stacked=True,
        empty="Nothing has been recorded.",
    )


def _result(row: EvidenceRow) -> Cell | str:
    if not row.result:
        route = row.facts.get("route", "")
        choices = dict(next((each.choices for each in _facts_of(row) if each.code == "route"), ()))
        return choices.get(route, "")
    cell = result_cell(row.result)
    return Cell(cell.text, colour=cell.colour, note=count_words(row))


def _facts_of(row: EvidenceRow) -> tuple[FactKind, ...]:
    return evidence_kinds()[row.kind].facts


def _statements(rows: Sequence[EvidenceRow], caption: str) -> Table:
    return Table(
        id="statements",
        caption=caption,
        columns=(Column("Body"), Column("When"), Column("Position"), Column("In a few words")),
        rows=[
            (
                Cell(
                    readable_name(row.body_name),
                    href=reverse("evidence", args=[row.id]),
                    note=row.facts["body"],
                ),
                nhs_date(row.held_on),
                _stance(row),
                row.facts["words"][:200],
            )
            for row in rows
        ],
        stacked=True,
        empty="No statement is recorded.",
    )


def _stance(row: EvidenceRow) -> Cell:
    text = next(dict(each.choices)[row.facts["stance"]] for each in _facts_of(row) if each.code == "stance")
    colour = {"objects": "red", "supports": "green"}.get(row.facts["stance"], "grey")
    about = powers()[row.facts["power"]].name if row.facts.get("power") in powers() else ""
    informal = "Informally" if row.facts.get("form") == "informal" else ""
    return Cell(text, colour=colour, note=about or informal)


def _history(rows: Sequence[ArrangementRow]) -> Table:
    return Table(
        id="history",
        caption="The levels it held",
        columns=(Column("Level"), Column("From"), Column("Until")),
        rows=[
            (
                capital(level_title(row.level)),
                nhs_date(row.effective_on),
                nhs_date(row.last_on) or "No end is known",
            )
            for row in rows
        ],
        stacked=True,
        empty="No arrangement of its own is recorded.",
    )


def which_page(query: str) -> WhichPage:
    """The kinds, each with what it is; `query` is carried on."""
    tail = f"?{query}" if query else ""
    return WhichPage(
        title="What do you want to record?",
        section="Evidence",
        crumbs=crumbs(None, UNDER, REGISTER),
        kinds=tuple(
            Fact(each.name, each.what, f"{reverse('evidence_record', args=[each.code])}{tail}")
            for each in evidence_kinds().values()
        ),
    )


def record_page(
    kind: EvidenceKind, form: forms.Form, problems: tuple[Problem, ...], commissioner: str
) -> RecordPage:
    """The form of one kind."""
    return RecordPage(
        title=f"Record: {kind.name.lower() if kind.code != 'lmc_statement' else kind.name}",
        section="Evidence",
        crumbs=crumbs(None, UNDER, REGISTER, ("What to record", "evidence_new")),
        problems=problems,
        form=form,
        what=kind.what,
        fields=kind.facts,
        asks_commissioners="commissioners" in form.fields,
        commissioner=commissioner,
    )


def attach_page(
    found: Found, attached: Sequence[EvidenceRow], form: forms.Form, problems: tuple[Problem, ...]
) -> AttachPage:
    """What an application rests on, and what else there is."""
    query = f"?commissioner={found.row.commissioner}&application={found.row.id}"
    return AttachPage(
        title="Evidence that members support the application",
        section="Applications",
        crumbs=crumbs(None, UNDER, ("Your applications", "applications")),
        problems=problems,
        attached=_table(attached),
        form=form,
        offered=len(form.fields["evidence"].choices),  # type: ignore[attr-defined]
        record_href=f"{reverse('evidence_new')}{query}",
        back_href=reverse("application", args=[found.row.id]),
    )


def rescind_page(found: Found, form: forms.Form, problems: tuple[Problem, ...]) -> RescindPage:
    """Before an application is rescinded."""
    return RescindPage(
        title="Rescind the application after a vote of members",
        section="Applications",
        crumbs=crumbs(None, UNDER, ("Your applications", "applications")),
        problems=problems,
        form=form,
        commissioner=readable_name(found.row.name),
        votes=len(form.fields["evidence"].choices),  # type: ignore[attr-defined]
        record_href=f"{reverse('evidence_new')}?commissioner={found.row.commissioner}",
        back_href=reverse("application", args=[found.row.id]),
    )
