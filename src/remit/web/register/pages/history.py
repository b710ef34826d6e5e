"""The history of an organisation: every dated fact, with who says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from remit.kernel.period import ONE_DAY
from remit.register.queries import DatedFact, OrganisationPage
from remit.web.as_at import AsAt
from remit.web.register.links import page_of_relation
from remit.web.register.words import (
    ORDER,
    SourceLink,
    about_words,
    first_day,
    how_known,
    last_day,
    value_words,
)
from remit.web.tables import Cell, Column, Table

BOTH = "both"


def history_table(day: AsAt, found: OrganisationPage, sources: Sequence[SourceLink]) -> Table:
    """Every fact ever known, by what it is about, oldest first; sources by their numbers below."""
    numbers = {source.href.rstrip("/").rsplit("/", 1)[-1]: source.number for source in sources}
    return Table(
        id="history",
        caption="Everything that the sources say",
        columns=(
            Column("What"),
            Column("Value"),
            Column("First day"),
            Column("Last day"),
            Column("How we know"),
            Column("Sources"),
        ),
        rows=[_row(day, fact, numbers) for fact in joined((*found.kinds, *found.history))],
        stacked=True,
        empty="No source says anything dated.",
    )


def joined(facts: Iterable[DatedFact]) -> list[DatedFact]:
    """Facts in order, those that say the same of days that meet as one."""
    ordered = sorted(
        facts, key=lambda fact: (ORDER.get(fact.about, len(ORDER)), fact.about, fact.first or date.min)
    )
    found: list[DatedFact] = []
    for fact in ordered:
        if found and _continues(found[-1], fact):
            before = found[-1]
            found[-1] = replace(
                before,
                last=fact.last,
                basis=before.basis if before.basis == fact.basis else BOTH,
                sources=(*before.sources, *fact.sources),
            )
        else:
            found.append(fact)
    return found


def _continues(before: DatedFact, fact: DatedFact) -> bool:
    return (
        before.about == fact.about
        and value_words(before) == value_words(fact)
        and before.last is not None
        and before.last + ONE_DAY == fact.first
    )


def _row(day: AsAt, fact: DatedFact, numbers: dict[str, int]) -> tuple[Cell | str, ...]:
    leads = bool(fact.value_name)
    value = Cell(
        value_words(fact),
        href=page_of_relation(fact.about, fact.value, day) if leads else "",
        note=fact.value if leads else "",
    )
    known = sorted({numbers[key] for key in fact.sources if key in numbers})
    return (
        about_words(fact.about),
        value,
        first_day(fact),
        last_day(fact),
        how_known(fact),
        ", ".join(str(number) for number in known),
    )
