"""One organisation, or a list of them, as they stood on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from remit.engines.timelines import Basis, Claim, Span, who_says
from remit.register.models import STILL, UNKNOWN_START, Fact, Membership
from remit.register.queries.claims import claims_about
from remit.register.queries.lists import ListOnDay, lists_on
from remit.register.queries.naming import CLOSED, exists, in_chunks, kinds_on, names_on
from remit.register.queries.nation import (
    commissioner_codes_on,
    practice_codes_in,
    practice_codes_on,
    practices_by_commissioner,
    regions_of_commissioners,
    relations_on,
)
from remit.register.rules import COMMISSIONER_KINDS

RELATIONS = ("commissioner", "pcn", "icb", "stp", "region", "local_office", "successor")


@dataclass(frozen=True)
class DatedFact:
    """A fact in force from `first` (None: nobody says) to `last` (None: still), and who says so."""

    about: str
    value: str
    value_name: str
    first: date | None
    last: date | None
    basis: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class OrganisationPage:
    """Everything dated about one organisation: what held on the day, and its history."""

    code: str
    on: date
    name: str
    kind: str | None
    kinds: tuple[DatedFact, ...]
    now: dict[str, DatedFact]
    history: tuple[DatedFact, ...]

    @property
    def was_open(self) -> bool:
        """Whether it was open on the day."""
        return self.kind is not None


@dataclass(frozen=True)
class CommissionerRow:
    """A commissioner on a day."""

    code: str
    name: str
    kind: str
    region: str
    region_name: str
    practices: int


@dataclass(frozen=True)
class PracticeRow:
    """A practice on a day."""

    code: str
    name: str
    commissioner: str
    contract_type: str
    postcode: str
    list: ListOnDay | None

    @property
    def registered(self) -> Decimal | None:
        """Registered patients by the latest count."""
        return self.list.registered if self.list else None


def organisation_at(code: str, on: date) -> OrganisationPage | None:
    """One organisation on a day, with its whole history; None for a code the register never heard of."""
    facts = list(Fact.objects.filter(organisation_id=code).order_by("about", "from_on"))
    if not facts and not exists(code):
        return None
    names = names_on({code} | {fact.value for fact in facts if fact.about in RELATIONS}, on)
    claims = claims_about([code])
    dated = [_dated(fact, names, claims.get((code, fact.about), [])) for fact in facts]
    now = {
        fact.about: row for fact, row in zip(facts, dated, strict=True) if fact.from_on <= on <= fact.until_on
    }
    kind = now.get("kind")
    return OrganisationPage(
        code=code,
        on=on,
        name=names.get(code, code),
        kind=kind.value if kind is not None and kind.value != CLOSED else None,
        kinds=tuple(row for row in dated if row.about == "kind" and row.value != CLOSED),
        now=now,
        history=tuple(row for row in dated if row.about != "kind"),
    )


def _dated(fact: Fact, names: dict[str, str], claims: list[Claim]) -> DatedFact:
    first = None if fact.from_on == UNKNOWN_START else fact.from_on
    last = None if fact.until_on == STILL else fact.until_on
    return DatedFact(
        about=fact.about,
        value=fact.value,
        value_name=names.get(fact.value, "") if fact.about in RELATIONS else "",
        first=first,
        last=last,
        basis=fact.basis,
        sources=who_says(claims, Span(fact.value, first, last, Basis(fact.basis))),
    )


def commissioners_on(on: date, *, region: str = "") -> list[CommissionerRow]:
    """The commissioners on a day by name, those of one region only if it is given."""
    codes = commissioner_codes_on(on)
    regions = regions_of_commissioners(on)
    if region:
        codes = {code for code in codes if regions.get(code) == region}
    names = names_on(codes | set(regions.values()), on)
    kinds = kinds_on(codes, on)
    practices = _counts_with_boards(on)
    rows = [
        CommissionerRow(
            code=code,
            name=names.get(code, code),
            kind=kinds[code],
            region=regions.get(code, ""),
            region_name=names.get(regions.get(code, ""), ""),
            practices=practices[code],
        )
        for code in codes
    ]
    return sorted(rows, key=lambda row: (row.name.upper(), row.code))


def _counts_with_boards(on: date) -> Counter[str]:
    """How many practices each commissioner had on a day, a board through its locations."""
    counts = practices_by_commissioner(on)
    for location, board in relations_on("icb", on, set(counts)).items():
        counts[board] += counts[location]
    return counts


def practices_of(commissioner: str, on: date) -> list[PracticeRow]:
    """The practices of a commissioner on a day, of a board through its locations, by name."""
    return _practice_rows(practice_codes_in({commissioner}, on), on)


def practices_on(on: date, codes: Collection[str] | None = None) -> list[PracticeRow]:
    """Practices on a day by name: all, or those of some codes that were open."""
    return _practice_rows(practice_codes_on(on) if codes is None else set(codes), on)


def _practice_rows(codes: set[str], on: date) -> list[PracticeRow]:
    facts: dict[tuple[str, str], str] = {}
    for chunk in in_chunks(codes):
        rows = Fact.objects.filter(organisation_id__in=chunk).as_at(on)
        rows = rows.about("kind", "name", "commissioner", "contract_type", "postcode")
        facts.update(
            {
                (code, about): value
                for code, about, value in rows.values_list("organisation_id", "about", "value")
            }
        )
    codes = {code for code in codes if facts.get((code, "kind")) == "practice"}
    names = names_on({code for code in codes if (code, "name") not in facts}, on)
    lists = lists_on(codes, on)
    practices = [
        PracticeRow(
            code=code,
            name=facts.get((code, "name")) or names.get(code, code),
            commissioner=facts.get((code, "commissioner"), ""),
            contract_type=facts.get((code, "contract_type"), ""),
            postcode=facts.get((code, "postcode"), ""),
            list=lists.get(code),
        )
        for code in codes
    ]
    return sorted(practices, key=lambda row: (row.name.upper(), row.code))


def organisations_on(on: date, kind: str) -> list[tuple[str, str]]:
    """Code and name of every organisation of a kind on a day, by name."""
    rows = Fact.objects.filter(about="kind", value=kind).as_at(on)
    codes = set(rows.values_list("organisation_id", flat=True))
    names = names_on(codes, on)
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda row: (row[1].upper(), row[0]))


def memberships_of(commissioner: str, on: date) -> int | None:
    """How many member practices a commissioner had on a day; None if it is not a body with members."""
    kind = kinds_on({commissioner}, on).get(commissioner)
    if kind not in COMMISSIONER_KINDS or kind != "ccg":
        return None
    return Membership.objects.filter(
        body__organisation_id=commissioner, from_on__lte=on, until_on__gte=on
    ).count()
