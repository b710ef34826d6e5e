"""What the ledger's templates are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django import forms
from django.urls import reverse, reverse_lazy

from remit.ledger.queries import InclusionProof, LedgerHead
from remit.web.formats import nhs_moment, number
from remit.web.ledger.words import words_of
from remit.web.pages import Crumb, Fact, Page
from remit.web.tables import Cell, Column, Table

ANYWHERE = "Not for an organisation"
OWNER = {"SYSTEM": "The owner of this service", "system": "The owner of this service"}
NO_RULE = "No rule named"
TO_THE_LEDGER = (Crumb("Home", reverse_lazy("home")), Crumb("The ledger", reverse_lazy("ledger")))


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
    """The head, the latest signed checkpoint (a note; empty if none), and some entries, newest first.

    `may_sign` and `may_cosign` say what the person who looks can do; `has_verifier`, that the stand-alone program
    can be downloaded here.
    """

    facts: tuple[Fact, ...]
    note: str
    entries: Table
    older: str
    newer: str
    may_sign: bool
    may_cosign: bool
    has_verifier: bool


@dataclass(frozen=True, kw_only=True)
class EntryPage(Page):
    """One entry: its body as hashed, its leaf hash, and the proof that it is in the ledger."""

    facts: tuple[Fact, ...]
    body: str
    leaf: str
    size: str
    root: str
    path: tuple[str, ...]
    has_verifier: bool


@dataclass(frozen=True, kw_only=True)
class KeepingPage(Page):
    """Signing a checkpoint (of `size` entries), or naming a witness."""

    form: forms.Form
    size: str = ""


@dataclass(frozen=True)
class Asked:
    """What one witness is asked to sign: the text of the request, which starts where they signed last."""

    witness: str
    signed: str
    request: str


@dataclass(frozen=True, kw_only=True)
class CosignPage(Page):
    """What there is to cosign: the requests on the checkpoint made at `made_at` (empty: there is none yet)."""

    form: forms.Form
    made_at: str
    log_key: str
    asked: tuple[Asked, ...]


def ledger_page(
    head: LedgerHead,
    note: str,
    entries: Sequence[Entry],
    names: dict[str, str],
    *,
    before: int | None,
    per_page: int,
    may_sign: bool,
    may_cosign: bool,
    has_verifier: bool,
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
        may_sign=may_sign,
        may_cosign=may_cosign,
        has_verifier=has_verifier,
    )


def _entries_table(entries: Sequence[Entry], names: dict[str, str]) -> Table:
    return Table(
        id="entries",
        caption="Entries, newest first",
        columns=(
            Column("Entry"),
            Column("When"),
            Column("What was done"),
            Column("By"),
            Column("Under"),
            Column("About"),
        ),
        rows=[
            (
                Cell(f"Entry {number(entry.index)}", href=reverse("ledger_entry", args=[entry.index])),
                nhs_moment(entry.at),
                _done(entry),
                _by(entry, names),
                entry.under or NO_RULE,
                _short(entry.subject),
            )
            for entry in entries
        ],
        stacked=True,
        empty="Nothing has been written yet.",
    )


def _done(entry: Entry) -> Cell:
    """What was done, in words with the code under them where there are words."""
    said = words_of(entry.act)
    return Cell(said, note="" if said == entry.act else entry.act)


def _by(entry: Entry, names: dict[str, str]) -> Cell:
    """Who: a pseudonym, or the owner; and for which organisation."""
    who, place = OWNER.get(entry.by, entry.by), OWNER.get(entry.acting_for, entry.acting_for)
    if who == place:
        return Cell(who)
    return Cell(who, note=f"for {names.get(place, place)}" if place else ANYWHERE)


def _short(subject: str) -> str:
    """A subject with the beginning of a long hash only: the entry's own page has it whole."""
    kind, _, key = subject.partition("/")
    return f"{kind}/{key[:12]}…" if len(key) > 40 else subject


def entry_page(entry: Entry, proof: InclusionProof, acting_for: str, *, has_verifier: bool) -> EntryPage:
    """One entry with its proof."""
    pseudonym = "A pseudonym: the ledger holds no names."
    return EntryPage(
        title=f"Entry {number(entry.index)}: {words_of(entry.act)}",
        section="Ledger",
        crumbs=TO_THE_LEDGER,
        facts=(
            Fact("When", nhs_moment(entry.at)),
            Fact("What was done", _done(entry).text, note=_done(entry).note),
            Fact("By", OWNER.get(entry.by, entry.by), note=entry.by if entry.by in OWNER else pseudonym),
            Fact("Acting for", acting_for or OWNER.get(entry.acting_for, ANYWHERE), note=entry.acting_for),
            Fact("Under", entry.under or NO_RULE),
            Fact("About", entry.subject),
        ),
        body=entry.body,
        leaf=proof.leaf.hex(),
        size=number(proof.size),
        root=proof.root.hex(),
        path=tuple(step.hex() for step in proof.path),
        has_verifier=has_verifier,
    )
