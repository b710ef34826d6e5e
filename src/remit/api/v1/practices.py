"""GP practices: the register, one of them, its list of patients and what it was paid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from remit.api.identifiers import identifier
from remit.api.paging import Rows
from remit.api.parameters import CODE, ON, Code, Day, Text, day_of
from remit.api.problems import Problem
from remit.api.registers import publish
from remit.api.v1 import schemas
from remit.api.v1.rows import organisation_fields, organisation_page
from remit.api.values import Exact, Id, pounds_of, trimmed
from remit.register import queries

router = Router(tags=["Practices"])
COMMISSIONER = Query(None, description="Only those of the commissioner with this code")
CONTRACT_TYPE = Query(None, max_length=40, description="Only those with this contract type, such as GMS")
YEAR = Query(None, ge=2002, le=2100, description="Only the NHS year that starts in this April")
SOURCE = Field(description="SHA-256 of the source: /sources/{sha256}")


class PracticeRow(BaseModel):
    """A practice on a day."""

    id: Id
    code: str = Field(description="ODS code")
    name: str
    commissioner: str = schemas.COMMISSIONER
    sub_icb_location: str = schemas.SUB_ICB_LOCATION
    contract_type: str = Field(description="GMS, PMS or APMS as published; empty where no source gives it")
    postcode: str
    registered: Exact | None = Field(description="Registered patients by the latest count up to the day")
    weighted: Exact | None = Field(description="Weighted patients by the latest count that gives them")
    counted_on: date | None = Field(description="The day of that count")


class ListRow(BaseModel):
    """A practice's list of patients on a day, as one source counts it."""

    id: Id
    code: str = Field(description="ODS code of the practice")
    counted_on: date
    quarter: str = Field(description="As printed; empty where it is not")
    registered: Exact | None = Field(description="Exact as published: some years are averages")
    weighted: Exact | None
    source: str = SOURCE


class BandRow(BaseModel):
    """Patients of one sex in one age band."""

    id: Id
    code: str = Field(description="ODS code of the practice")
    counted_on: date
    sex: str = Field(description="female, male or all")
    age_from: int
    age_to: int | None = Field(description="Included; null for the open band at the top")
    patients: int
    source: str = SOURCE


class PaymentRow(BaseModel):
    """One line of what a practice was paid in an NHS year."""

    id: Id
    code: str = Field(description="ODS code of the practice")
    year: str = Field(description="The NHS year, such as 2014-15")
    commissioner: str = Field(description="ODS code, as the file gives it; empty where it does not")
    line: str = Field(description="The same name in every year for one meaning")
    label: str = Field(description="As printed in that year")
    kind: str = Field(description="payment, total, deduction or average")
    pence: int | None = Field(description="Whole pence; null where missing, or printed with parts of a penny")
    pounds: Exact | None = Field(description="Exactly as published; null where missing")
    source: str = SOURCE


def practice_row(request: HttpRequest) -> Callable[[queries.PracticeRow], PracticeRow]:
    """A function from the register's row to the API's."""
    uri = identifier(request, "organisations")

    def make(row: queries.PracticeRow) -> PracticeRow:
        return PracticeRow(
            id=uri(row.code),
            code=row.code,
            name=row.name,
            commissioner=row.commissioner,
            sub_icb_location=row.sub_icb_location,
            contract_type=row.contract_type,
            postcode=row.postcode,
            registered=trimmed(row.registered),
            weighted=trimmed(row.list.weighted) if row.list else None,
            counted_on=row.list.counted_on if row.list else None,
        )

    return make


@publish(router, "/practices", PracticeRow, name="practices", title="Practices")
def practices(
    request: HttpRequest,
    on: Day = ON,
    commissioner: Code = COMMISSIONER,
    contract_type: Text = CONTRACT_TYPE,
) -> Rows[PracticeRow]:
    """The GP practices on a day, by name, each with its commissioner, contract type and latest list size."""
    day, make = day_of(request, on), practice_row(request)
    codes = queries.practice_codes_listed(
        day, commissioner=commissioner or "", contract_type=contract_type or ""
    )

    def part(start: int, end: int) -> list[PracticeRow]:
        return [make(row) for row in queries.practices_in_order(codes[start:end], day)]

    return Rows(len(codes), part)


@router.get(
    "/practices/{code}",
    response={200: schemas.Practice, 404: Problem, 422: Problem},
    summary="One practice",
    operation_id="practice",
    url_name="practice",
)
def practice(request: HttpRequest, code: Code = CODE, on: Day = ON) -> schemas.Practice:
    """A practice as it stood on a day: what was so, its history, and which source says so."""
    page = organisation_page(code, day_of(request, on), ["practice"])
    count = queries.lists_on([code], page.on).get(code)
    return schemas.Practice(
        **organisation_fields(request, page),
        commissioner=_value(page, "commissioner"),
        sub_icb_location=_value(page, "sub_icb_location"),
        registered=trimmed(count.registered) if count else None,
        weighted=trimmed(count.weighted) if count else None,
        counted_on=count.counted_on if count else None,
    )


def _value(page: queries.OrganisationPage, about: str) -> str:
    fact = page.now.get(about)
    return fact.value if fact else ""


@publish(router, "/practices/{code}/lists", ListRow, name="practice-lists", title="List sizes of a practice")
def lists(request: HttpRequest, code: Code = CODE, on: Day = ON) -> Rows[ListRow]:
    """Every count of a practice's list of patients up to a day, oldest first."""
    page = organisation_page(code, day_of(request, on))
    uri = identifier(request, "sources")
    return Rows.of(
        queries.lists_of(code, page.on),
        lambda row: ListRow(
            id=uri(f"{row.source_id}/organisations/{code}#list"),
            code=code,
            counted_on=row.on,
            quarter=row.quarter,
            registered=trimmed(row.registered),
            weighted=trimmed(row.weighted),
            source=row.source_id,
        ),
    )


@publish(router, "/practices/{code}/bands", BandRow, name="practice-bands", title="Patients by sex and age")
def bands(request: HttpRequest, code: Code = CODE, on: Day = ON) -> Rows[BandRow]:
    """Every count of a practice's patients by sex and age band up to a day, oldest first."""
    page = organisation_page(code, day_of(request, on))
    uri = identifier(request, "sources")
    found = [
        BandRow(
            id=uri(f"{row.source_id}/organisations/{code}#{sex}-from-{age_from}"),
            code=code,
            counted_on=row.on,
            sex=sex,
            age_from=age_from,
            age_to=age_to,
            patients=patients,
            source=row.source_id,
        )
        for row in queries.lists_of(code, page.on)
        for sex, age_from, age_to, patients in row.bands
    ]
    return Rows.of(found, lambda row: row)


@publish(
    router, "/practices/{code}/payments", PaymentRow, name="practice-payments", title="Payments to a practice"
)
def payments(request: HttpRequest, code: Code = CODE, on: Day = ON, year: int = YEAR) -> Rows[PaymentRow]:
    """What NHS Payments to General Practice says a practice was paid: every column of every year that starts
    before a day, latest year first. Missing is null, never nought. Of two editions of a year, the one that was
    fetched later counts."""
    page = organisation_page(code, day_of(request, on))
    found = [row for row in queries.payments_of(code, page.on) if year in (None, row.year.start)]
    return Rows.of([line for row in found for line in _lines(request, code, row)], lambda line: line)


def _lines(request: HttpRequest, code: str, row: queries.PaymentsOfYear) -> Iterator[PaymentRow]:
    uri = identifier(request, "sources")
    for line, label, kind, amount in row.lines:
        pence = amount if isinstance(amount, int) else None
        yield PaymentRow(
            id=uri(f"{row.source}/organisations/{code}#{line}"),
            code=code,
            year=str(row.year),
            commissioner=row.commissioner,
            line=line,
            label=label,
            kind=kind,
            pence=pence,
            pounds=Decimal(amount) if isinstance(amount, str) else pounds_of(pence),
            source=row.source,
        )
