"""The public log of late requests, and what else a round's page says of its clocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from remit.delegation.queries import (
    ClockRow,
    ExtensionRow,
    InvitationRow,
    LateLogRow,
    PublicationRow,
    RoundRow,
)
from remit.delegation.rules import contractor_groups, processes
from remit.kernel.names import readable_name
from remit.web.delegation.pages.programmes import documents_table
from remit.web.formats import nhs_date, nhs_moment
from remit.web.pages import Crumb, Fact, Page
from remit.web.register.links import address, crumbs, twins
from remit.web.register.words import counted
from remit.web.tables import Cell, Column, Table

UNDER = ("Delegation", "delegation")


@dataclass(frozen=True, kw_only=True)
class LateLogPage(Page):
    """Who asked to be taken late, and what was answered."""

    table: Table


@dataclass(frozen=True)
class RoundClocks:
    """What a round's page says beyond its applications. `invited` is for the reader's own organisation;
    `since`: what its programme published after the deadline; `late_words` says of an application that its decision
    is overdue or extended."""

    facts: tuple[Fact, ...]
    ways: tuple[Crumb, ...]
    invited: str
    documents: Table | None
    since: Table | None
    extensions: tuple[str, ...]
    late_words: Mapping[str, str]


def crumbs_to_round(row: RoundRow) -> tuple[Crumb, ...]:
    """The steps to a round's page, for the pages below it."""
    return (*crumbs(None, UNDER, ("Rounds", "rounds")), Crumb(row.title, address("round", row.code)))


def late_log_page(row: RoundRow, log: Sequence[LateLogRow], *, may_decide: bool) -> LateLogPage:
    """The public log."""

    def answered(each: LateLogRow) -> Cell:
        if each.is_accepted is None:
            href = reverse("late_decide", args=[each.application]) if may_decide else ""
            return Cell("Waits for an answer", href=href)
        until = f"May submit until {nhs_moment(each.may_submit_until)}" if each.may_submit_until else ""
        return Cell("Accepted" if each.is_accepted else "Refused", note=until)

    return LateLogPage(
        title=f"Late requests: {row.title}",
        section="Rounds",
        crumbs=crumbs_to_round(row),
        alternates=twins(f"rounds/{row.code}/late-requests", "Late requests"),
        table=Table(
            id="late",
            caption="Who asked to be taken late, in the order of asking",
            columns=(
                Column("Commissioner"),
                Column("Asked"),
                Column("Answer"),
                Column("Reasons for the answer"),
                Column("Submitted"),
            ),
            rows=[
                (
                    Cell(readable_name(each.name), note=each.commissioner),
                    nhs_moment(each.requested_at),
                    answered(each),
                    each.reasons or "None yet",
                    nhs_moment(each.submitted_at) if each.submitted_at else "No",
                )
                for each in log
            ],
            stacked=True,
            empty="Nobody has asked to be taken late.",
        ),
    )


def round_clocks(
    row: RoundRow,
    documents: Sequence[PublicationRow],
    programme_title: str,
    extensions: Sequence[ExtensionRow],
    clock: Sequence[ClockRow],
    invitations: Sequence[InvitationRow],
    *,
    may_run: bool,
) -> RoundClocks:
    """What the page of a round says of its process, documents and clocks."""
    judged_by = _latest([each for each in documents if not row.deadline.has_passed(each.published_at)])
    since = [each for each in documents if row.deadline.has_passed(each.published_at)]
    return RoundClocks(
        facts=_facts(row, programme_title),
        ways=_ways(row, may_run=may_run),
        invited=next((_invited(each) for each in invitations if each.round == row.code), ""),
        documents=documents_table(judged_by) if row.programme else None,
        since=_published_since(since) if since else None,
        extensions=tuple(_extension(each) for each in extensions),
        late_words={each.application: said for each in clock if (said := _late_words(each))},
    )


def _latest(documents: Sequence[PublicationRow]) -> list[PublicationRow]:
    """The last version of each kind, as it was in force then."""
    last = {each.kind: each for each in sorted(documents, key=lambda each: each.version)}
    return [replace(each, is_latest=True) for each in documents if last[each.kind] is each]


def _published_since(documents: Sequence[PublicationRow]) -> Table:
    table = documents_table(documents)
    return replace(
        table,
        id="documents-since",
        caption="Published since the deadline: this round was not judged by them",
        columns=tuple(each for each in table.columns if each.text != "State"),
        rows=[(*row[:3], row[4]) for row in table.rows],
    )


def _facts(row: RoundRow, programme_title: str) -> tuple[Fact, ...]:
    groups = ", ".join(contractor_groups()[code] for code in row.groups)
    href = reverse("programme", args=[row.programme]) if row.programme else ""
    sealed = "Sealed: nobody reads an application before its seal is opened"
    if row.unsealed_at:
        sealed = f"Its seal was opened at {nhs_moment(row.unsealed_at)}"
    return (
        *([Fact("Programme", programme_title, href=href)] if href else []),
        Fact("Process", processes()[row.process].name),
        Fact("Contractors", groups),
        *([Fact("Seal", sealed)] if row.is_sealed else []),
        *([Fact("Decisions extended to", nhs_date(row.extended_to))] if row.extended_to else []),
    )


def _ways(row: RoundRow, *, may_run: bool) -> tuple[Crumb, ...]:
    ways = [
        ("Who can keep its timetable", "round_timetable"),
        ("Late requests and their answers", "late_log"),
    ]
    if may_run and row.decisions_due_on and row.state == "closed":
        ways.append(("Publish that decisions take longer", "extend_decisions"))
    if may_run and row.is_closed_to_readers and row.state != "open":
        ways.append(("Open the seal", "open_seal"))
    return tuple(Crumb(text, reverse(name, args=[row.code])) for text, name in ways)


def _invited(row: InvitationRow) -> str:
    return (
        f"You are invited to this round: on {nhs_date(row.stated_at.date())} your organisation said “not now, later”. "
        f"Its reason then: {row.reasons}"
    )


def _extension(row: ExtensionRow) -> str:
    what = f"The decision on {row.commissioner}" if row.commissioner else "All decisions"
    return (
        f"{what}: by {nhs_date(row.until_on)}. {row.reasons} (published {nhs_date(row.published_at.date())})"
    )


def _late_words(row: ClockRow) -> str:
    if row.is_told or row.due_on is None:
        return ""
    if row.days_over:
        return f"Overdue by {counted(row.days_over, 'day')}"
    return f"Extended to {nhs_date(row.due_on)}" if row.is_extended else ""
