"""The page of one practice: what was so on the day, its lists, its payments, its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.urls import reverse

from remit.kernel.names import readable_name
from remit.register.queries import DatedFact, OrganisationPage, PaymentsOfYear, SourceRow
from remit.web.as_at import AsAt
from remit.web.charts import Chart, Point, line_chart, two_sided_chart
from remit.web.formats import nhs_date, number, pence, pounds
from remit.web.pages import Fact
from remit.web.register.links import crumbs, page_of_relation, source_links, twins
from remit.web.register.pages.commissioners import also_called, open_facts, standing
from remit.web.register.pages.dated import DatedPage
from remit.web.register.pages.history import history_table
from remit.web.register.words import about_words, then_and_later, value_words
from remit.web.tables import Cell, Column, Table

SHOWN = (
    "commissioner",
    "sub_icb_location",
    "pcn",
    "contract_type",
    "dispensing",
    "rurality",
    "atypical",
    "status",
    "address",
    "phone",
)
FEMALE, MALE = "female", "male"


class ListSize(Protocol):
    """What the register gives for one count of a practice's list."""

    on: date
    quarter: str
    registered: Decimal | None
    weighted: Decimal | None
    bands: list[list[str | int | None]]
    source_id: str


@dataclass(frozen=True)
class YearOfPayments:
    """A year's file: every payment column as published, in the file's order."""

    year: str
    title: str
    href: str
    total: str
    table: Table


@dataclass(frozen=True, kw_only=True)
class PracticePage(DatedPage):
    """One practice."""

    code: str
    standing: str
    facts: tuple[Fact, ...]
    lists: Table | None
    list_chart: Chart | None
    pyramid: Chart | None
    payments: tuple[YearOfPayments, ...]
    history: Table


def practice_page(
    day: AsAt,
    found: OrganisationPage,
    *,
    lists: Sequence[ListSize],
    payments: Sequence[PaymentsOfYear],
    sources: list[SourceRow],
) -> PracticePage:
    """The page of one practice on a day."""
    name = readable_name(found.name)
    numbered = source_links(sources)
    return PracticePage(
        title=name,
        section=f"GP practice {found.code}",
        crumbs=crumbs(day, ("GP practices", "practices")),
        chooser=day,
        as_at=day.day,
        alternates=twins(f"organisations/{found.code}", name, day.day),
        sources=numbered,
        code=found.code,
        standing=standing(found, day),
        facts=_facts(day, found, lists),
        lists=_lists_table(lists),
        list_chart=_list_chart(lists),
        pyramid=_pyramid(lists),
        payments=tuple(_year(payment) for payment in payments),
        history=history_table(day, found, numbered),
    )


def _facts(day: AsAt, found: OrganisationPage, lists: Sequence[ListSize]) -> tuple[Fact, ...]:
    facts = [Fact("Code", found.code), *open_facts(found.kinds)]
    for about in SHOWN:
        fact = found.now.get(about)
        if fact is not None:
            facts.append(_fact(day, found, fact))
    counted = [row for row in lists if row.registered is not None]
    if counted:
        last = counted[-1]
        facts.append(
            Fact("Registered patients", number(last.registered, 0), note=f"Counted on {nhs_date(last.on)}")
        )
    facts += also_called(found)
    return tuple(facts)


def _fact(day: AsAt, found: OrganisationPage, fact: DatedFact) -> Fact:
    value, about = value_words(fact), about_words(fact.about)
    if fact.about == "address" and "postcode" in found.now:
        value = f"{value}, {found.now['postcode'].value}"
    if fact.value_name:
        return Fact(about, value, page_of_relation(fact.about, fact.value, day), note=fact.value)
    return Fact(about, value)


def _lists_table(lists: Sequence[ListSize]) -> Table | None:
    if not lists:
        return None
    return Table(
        id="lists",
        caption="Every count of the list",
        columns=(
            Column("Day"),
            Column("Quarter"),
            Column("Registered patients", numeric=True),
            Column("Weighted patients", numeric=True),
            Column("Source"),
        ),
        rows=[
            (
                nhs_date(row.on),
                row.quarter or "Not given",
                _exact(row.registered),
                _exact(row.weighted),
                Cell(
                    "Source",
                    href=reverse("source", args=[row.source_id]),
                    hidden=f"of the count of {nhs_date(row.on)}",
                ),
            )
            for row in lists
        ],
        stacked=True,
        size="s",
    )


def _exact(value: Decimal | None) -> str:
    """As published: no rounding, no noughts that say nothing."""
    if value is None:
        return "Not given"
    return number(int(value) if value == value.to_integral_value() else value.normalize())


def _list_chart(lists: Sequence[ListSize]) -> Chart | None:
    by_day = {row.on: row.registered for row in lists if row.registered is not None}
    if len(by_day) < 2:
        return None
    days = sorted(by_day)
    shown = [(number(by_day[day], 0), day) for day in days]
    return line_chart(
        id="list-size",
        title="Registered patients over time",
        summary=f"{then_and_later(shown[0], shown[-1])}.",
        points=[Point(day.isoformat(), float(by_day[day]), number(by_day[day], 0)) for day in days],
        x="Day",
        y="Registered patients",
        is_date=True,
    )


def _pyramid(lists: Sequence[ListSize]) -> Chart | None:
    """The latest count that has ages and both sexes."""
    latest = next((row for row in reversed(lists) if _bands(row)), None)
    if latest is None:
        return None
    bands = _bands(latest)
    female = sum(by_sex[FEMALE] for by_sex in bands.values())
    male = sum(by_sex[MALE] for by_sex in bands.values())
    return two_sided_chart(
        id="pyramid",
        title=f"Patients by age and sex on {nhs_date(latest.on)}",
        summary=f"{number(female)} female and {number(male)} male patients were registered.",
        rows=[(name, by_sex[FEMALE], by_sex[MALE]) for name, by_sex in reversed(bands.items())],
        x="Age",
        sides=("Female", "Male"),
    )


def _bands(row: ListSize) -> dict[str, dict[str, int]]:
    """Patients by age band, then by sex, youngest first; empty where the sexes are not given."""
    bands: dict[str, dict[str, int]] = {}
    for sex, first, last, patients in sorted(row.bands, key=lambda band: int(band[1] or 0)):
        if sex in (FEMALE, MALE):
            name = f"{first} to {last}" if last is not None else f"{first} and over"
            bands.setdefault(name, {FEMALE: 0, MALE: 0})[str(sex)] += int(patients or 0)
    return bands


def _year(payment: PaymentsOfYear) -> YearOfPayments:
    return YearOfPayments(
        year=str(payment.year),
        title=payment.title,
        href=reverse("source", args=[payment.source]),
        total=pence(payment.total_pence) or "Not given",
        table=Table(
            id=f"payments-{payment.year}-{payment.source[:6]}",
            caption=f"Payments in {payment.year}, as published",
            columns=(Column("Column"), Column("Amount", numeric=True)),
            rows=[(label, _amount(amount)) for _, label, _, amount in payment.lines],
            stacked=True,
            size="s",
        ),
    )


def _amount(amount: int | str | None) -> str:
    if amount is None:
        return "Not given"
    return pence(amount) if isinstance(amount, int) else pounds(Decimal(amount))
