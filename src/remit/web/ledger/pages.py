"""What the ledger's templates are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.urls import reverse

from remit.ledger.queries import InclusionProof, LedgerHead
from remit.web.formats import nhs_moment, number
from remit.web.pages import Crumb, Fact, Page
from remit.web.tables import Cell, Column, Table

ANYWHERE = "Not for an organisation"
OWNER = {"SYSTEM": "The owner of this service"}


class Entry(Protocol):
    """What the ledger gives for an entry."""

    index: int
    at: datetime
    act: str
    by: str
    acting_for: str
    under: str
    subject: str
    body: str


@dataclass(frozen=True, kw_only=True)
class LedgerPage(Page):
    """The head, the latest signed checkpoint (a note; empty if none), and some entries, newest first."""

    facts: tuple[Fact, ...]
    note: str
    entries: Table
    older: str
    newer: str


@dataclass(frozen=True, kw_only=True)
class EntryPage(Page):
    """One entry: its body as hashed, its leaf hash, and the proof that it is in the ledger."""

    facts: tuple[Fact, ...]
    body: str
    leaf: str
    size: str
    root: str
    path: tuple[str, ...]


def ledger_page(
    head: LedgerHead,
    note: str,
    entries: Sequence[Entry],
    names: dict[str, str],
    *,
    before: int | None,
    per_page: int,
) -> LedgerPage:
    """The ledger, or an older part of it: entries below index `before`."""
    last = entries[-1].index if entries else 0
    newest = before is None or before >= head.size
    return LedgerPage(
        title="The ledger",
        section="Ledger",
        crumbs=(Crumb("Home", reverse("home")),),
        facts=(
            Fact("Entries", number(head.size)),
            Fact(
                "Root", head.root, note="One number that stands for every entry and their order (RFC 9162)."
            ),
            Fact("Last entry", nhs_moment(head.last_at) or "None yet"),
        ),
        note=note,
        entries=_entries_table(entries, names),
        older=f"?before={last}" if last > 0 else "",
        newer="" if newest or before is None else f"?before={min(before + per_page, head.size)}",
    )


def _entries_table(entries: Sequence[Entry], names: dict[str, str]) -> Table:
    return Table(
        id="entries",
        caption="Entries, newest first",
        columns=(
            Column("Entry"),
            Column("When"),
            Column("What was done"),
            Column("Acting for"),
            Column("About"),
        ),
        rows=[
            (
                Cell(f"Entry {number(entry.index)}", href=reverse("ledger_entry", args=[entry.index])),
                nhs_moment(entry.at),
                entry.act,
                names.get(entry.acting_for, OWNER.get(entry.acting_for, entry.acting_for)) or ANYWHERE,
                _short(entry.subject),
            )
            for entry in entries
        ],
        stacked=True,
        empty="Nothing has been written yet.",
    )


def _short(subject: str) -> str:
    """A subject with the beginning of a long hash only: the entry's own page has it whole."""
    kind, _, key = subject.partition("/")
    return f"{kind}/{key[:12]}…" if len(key) > 40 else subject


def entry_page(entry: Entry, proof: InclusionProof, acting_for: str) -> EntryPage:
    """One entry with its proof."""
    return EntryPage(
        title=f"Entry {number(entry.index)}: {entry.act}",
        section="Ledger",
        crumbs=(Crumb("Home", reverse("home")), Crumb("The ledger", reverse("ledger"))),
        facts=(
            Fact("When", nhs_moment(entry.at)),
            Fact("What was done", entry.act),
            Fact("By", entry.by, note="A pseudonym: the ledger holds no names."),
            Fact("Acting for", acting_for or OWNER.get(entry.acting_for, ANYWHERE), note=entry.acting_for),
            Fact("Under", entry.under or "No rule named"),
            Fact("About", entry.subject),
        ),
        body=entry.body,
        leaf=proof.leaf.hex(),
        size=number(proof.size),
        root=proof.root.hex(),
        path=tuple(step.hex() for step in proof.path),
    )
