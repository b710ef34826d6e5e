"""An organisation that is neither practice nor commissioner nor region: its facts and their history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.kernel.names import readable_name
from remit.register.queries import OrganisationPage, PracticeRow, SourceRow, kind_words
from remit.web.as_at import AsAt
from remit.web.formats import nhs_date
from remit.web.pages import Fact
from remit.web.register.links import crumbs, page_of_relation, source_links, twins
from remit.web.register.pages.commissioners import constitution_facts, open_facts, standing
from remit.web.register.pages.dated import DatedPage
from remit.web.register.pages.history import history_table
from remit.web.register.pages.practices import practices_table
from remit.web.register.words import ORDER, about_words, capital, counted, value_words
from remit.web.tables import Table

APART = frozenset({"kind", "name"})


@dataclass(frozen=True, kw_only=True)
class OtherPage(DatedPage):
    """One organisation; `practices` are a network's members, None for what has none."""

    code: str
    standing: str
    facts: tuple[Fact, ...]
    practices: Table | None
    history: Table
    motions: tuple[Table, ...]


def organisation_page(
    day: AsAt,
    found: OrganisationPage,
    practices: Sequence[PracticeRow] | None,
    sources: list[SourceRow],
    motions: tuple[Table, ...],
) -> OtherPage:
    """The page of one organisation on a day."""
    name = readable_name(found.name)
    numbered = source_links(sources)
    kind = found.kind or next((fact.value for fact in found.kinds), "organisation")
    return OtherPage(
        title=name,
        section=f"{capital(kind_words(kind))} {found.code}",
        crumbs=crumbs(day),
        chooser=day,
        as_at=day.day,
        alternates=twins(f"organisations/{found.code}", name, day.day),
        sources=numbered,
        code=found.code,
        standing=standing(found, day),
        facts=_facts(day, found),
        practices=None
        if practices is None
        else practices_table(
            day, practices, f"{counted(len(practices), 'member practice')} on {nhs_date(day.day)}"
        ),
        history=history_table(day, found, numbered),
        motions=motions,
    )


def _facts(day: AsAt, found: OrganisationPage) -> tuple[Fact, ...]:
    rows = sorted(
        (fact for about, fact in found.now.items() if about not in APART),
        key=lambda fact: (ORDER.get(fact.about, len(ORDER)), fact.about),
    )
    return (
        Fact("Code", found.code),
        *open_facts(found.kinds),
        *(
            Fact(
                about_words(fact.about),
                value_words(fact),
                page_of_relation(fact.about, fact.value, day) if fact.value_name else "",
            )
            for fact in rows
        ),
        *constitution_facts(day, found),
    )
