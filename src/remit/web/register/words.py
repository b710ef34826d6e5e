"""The words that the register's pages use for what its tables hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from remit.kernel.names import readable_name
from remit.register.queries import DatedFact, ListsTotal, SourceRow, kind_words
from remit.web.formats import nhs_date, number
from remit.web.pages import Fact

ABOUT: Mapping[str, str] = {
    "kind": "Kind",
    "name": "Name",
    "commissioner": "Commissioner",
    "sub_icb_location": "Sub-ICB location",
    "pcn": "Primary care network",
    "icb": "Integrated care board",
    "stp": "Sustainability and transformation partnership",
    "region": "NHS England region",
    "local_office": "Local office or area team",
    "parent": "Part of",
    "contract_type": "Contract type",
    "dispensing": "Dispenses medicines",
    "practice_type": "Practice type",
    "rurality": "Rural or urban",
    "atypical": "Atypical population",
    "status": "Status",
    "address": "Address",
    "postcode": "Postcode",
    "phone": "Telephone",
    "country": "Country",
    "successor": "Successor",
    "ons_code": "Code of the Office for National Statistics",
}
"""What a fact is about, in the order in which pages list them."""
ORDER = {about: place for place, about in enumerate(ABOUT)}
NAMES = frozenset({"name", "address", "practice_type", "status", "dispensing", "rurality"})
CONTRACTS: Mapping[str, str] = {
    "GMS": "General Medical Services (GMS)",
    "PMS": "Personal Medical Services (PMS)",
    "APMS": "Alternative Provider Medical Services (APMS)",
}
BASES: Mapping[str, str] = {
    "stated": "A source states these days",
    "carried": "Carried from other days of which a source speaks",
    "both": "Stated for some of these days, carried for others",
}
SOURCE_KINDS: Mapping[str, str] = {
    "payments": "Payments to general practice",
    "practices": "Practices (ODS epraccur)",
    "commissioners": "Commissioners (ODS eccg)",
    "lists": "Registered patients by age and sex",
    "map": "Map from one kind of body to another",
    "organisations": "Organisations (Remit’s own layout)",
}


@dataclass(frozen=True)
class SourceLink:
    """A source at the foot of a page: its number there, and what to say of it."""

    number: int
    title: str
    publisher: str
    as_of: date
    retrieved_on: date
    href: str


def about_words(about: str) -> str:
    """What a fact is about."""
    return ABOUT.get(about) or about.replace("_", " ").capitalize()


def capital(text: str) -> str:
    """With a capital at its start, the rest as it is."""
    return text[:1].upper() + text[1:]


def value_words(fact: DatedFact) -> str:
    """The value of a fact to read: names of other organisations, words for kinds, readable capitals."""
    if fact.value_name:
        return readable_name(fact.value_name)
    if fact.about == "kind":
        return capital(kind_words(fact.value))
    if fact.about == "contract_type":
        return CONTRACTS.get(fact.value, fact.value)
    if fact.about in NAMES:
        return capital(readable_name(fact.value))
    return fact.value


def source_kind(source: SourceRow) -> str:
    """The kind of a file in words."""
    return SOURCE_KINDS.get(source.kind, source.kind)


def counted(count: int, one: str, many: str = "") -> str:
    """ "1 practice", "7,900 practices"."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def then_and_later(first: tuple[str, date], last: tuple[str, date]) -> str:
    """ "211 on 1 April 2013, 42 on 1 April 2023": what a chart says, in words."""
    return f"{first[0]} on {nhs_date(first[1])}, {last[0]} on {nhs_date(last[1])}"


def counted_between(oldest: date | None, newest: date | None) -> str:
    """How old some counts are: "counted on 1 July 2014", "counted between 1 July 2014 and 1 January 2015"."""
    if oldest is None or newest is None:
        return "no source counts it up to the day"
    if oldest == newest:
        return f"counted on {nhs_date(oldest)}"
    return f"counted between {nhs_date(oldest)} and {nhs_date(newest)}"


def patients_fact(lists: ListsTotal, practices: int, on: date) -> Fact:
    """Registered patients of some practices: how many have a count, and how old the counts are."""
    if lists.counted == 0:
        return Fact("Registered patients", "Not known", note=f"No source counts a list up to {nhs_date(on)}")
    return Fact(
        "Registered patients",
        number(lists.registered, 0),
        note=f"Each practice by its latest count up to {nhs_date(on)}: {number(lists.counted)} of "
        f"{counted(practices, 'practice')}, {counted_between(lists.oldest, lists.newest)}",
    )


def first_day(fact: DatedFact) -> str:
    """Its first day."""
    return nhs_date(fact.first) or "Not known"


def last_day(fact: DatedFact) -> str:
    """Its last day."""
    return nhs_date(fact.last) or "Still so"


def how_known(fact: DatedFact) -> str:
    """Stated, or carried."""
    return BASES.get(fact.basis, fact.basis)
