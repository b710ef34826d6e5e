"""Practices a page at a time, and what they can be chosen by."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from remit.register.models import Fact
from remit.register.queries.naming import names_on
from remit.register.queries.nation import (
    commissioner_codes_on,
    practice_codes_in,
    practice_codes_on,
    regions_of_commissioners,
)
from remit.register.queries.organisations import PracticeRow, practices_on

MANY = 2000


def practice_codes_listed(on: date, *, commissioner: str = "", contract_type: str = "") -> list[str]:
    """The codes of the practices on a day by name, those of one commissioner or contract type if given."""
    codes = practice_codes_in({commissioner}, on) if commissioner else practice_codes_on(on)
    if contract_type:
        rows = Fact.objects.filter(about="contract_type", value=contract_type).as_at(on)
        codes &= set(rows.values_list("organisation_id", flat=True))
    names = _names_of_many(codes, on)

    def by_name(code: str) -> tuple[str, str]:
        return names.get(code, code).upper(), code

    return sorted(codes, key=by_name)


def _names_of_many(codes: Collection[str], on: date) -> dict[str, str]:
    """As `names_on`, for so many that reading every name of the day is quicker than asking for each."""
    if len(codes) < MANY:
        return names_on(codes, on)
    every = Fact.objects.filter(about="name").as_at(on)
    names: dict[str, str] = dict(every.values_list("organisation_id", "value"))
    return names_on(set(codes) - names.keys(), on) | names


def practices_in_order(codes: Collection[str], on: date) -> list[PracticeRow]:
    """Practices on a day in the order of their codes given: a page of a list."""
    rows = {row.code: row for row in practices_on(on, codes)}
    return [rows[code] for code in codes if code in rows]


def contract_types_on(on: date) -> list[str]:
    """Every contract type that some practice had on a day."""
    rows = Fact.objects.filter(about="contract_type").as_at(on)
    return sorted(rows.order_by().values_list("value", flat=True).distinct())


def commissioner_names_on(on: date) -> list[tuple[str, str]]:
    """Code and name of every commissioner on a day, by name."""
    codes = commissioner_codes_on(on)
    names = names_on(codes, on)
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda row: (row[1].upper(), row[0]))


def region_of(code: str, on: date) -> tuple[str, str]:
    """Code and name of a commissioner's region on a day (a board's: of most locations), or two blanks."""
    region = _region_code_of(code, on)
    return region, names_on({region}, on).get(region, "")


def _region_code_of(code: str, on: date) -> str:
    stated = Fact.objects.filter(organisation_id=code, about="region").as_at(on)
    return stated.values_list("value", flat=True).first() or regions_of_commissioners(on).get(code, "")


def practices_of_network(pcn: str, on: date) -> list[PracticeRow]:
    """The practices of a primary care network on a day, by name."""
    rows = Fact.objects.filter(about="pcn", value=pcn).as_at(on)
    return practices_on(on, set(rows.values_list("organisation_id", flat=True)))


def offices_of(code: str, on: date) -> frozenset[str]:
    """The offices of NHS England that a commissioner belonged to on a day: its local office and its region."""
    stated = Fact.objects.filter(organisation_id=code, about="local_office").as_at(on)
    return frozenset({*stated.values_list("value", flat=True), _region_code_of(code, on)} - {""})


def commissioners_of_office(code: str, on: date) -> frozenset[str]:
    """The commissioners that belonged to an office of NHS England on a day: a local office's, or a region's."""
    stated = Fact.objects.filter(about__in=("local_office", "region"), value=code).as_at(on)
    derived = {found for found, region in regions_of_commissioners(on).items() if region == code}
    return frozenset(
        {*stated.values_list("organisation_id", flat=True), *derived} & commissioner_codes_on(on)
    )
