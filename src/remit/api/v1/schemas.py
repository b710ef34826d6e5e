"""What single records look like; the rows of registers stand beside the functions that load them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, Field

from remit.api.values import Exact, Id, Instant
from remit.register.queries import KIND_WORDS

Kind = StrEnum("Kind", {kind.upper(): kind for kind in KIND_WORDS if kind != "closed"})  # type: ignore[misc]
Kind.__doc__ = "What an organisation can be."

FIRST = Field(description="The first day; null where no source says")
LAST = Field(description="The last day, included; null while it is still so")
BASIS = Field(description="stated: a source states these days; carried: from other days of which one speaks")
ABOUT = Field(description="name, kind, commissioner, sub_icb_location, region, contract_type …")
COMMISSIONER = Field(
    description="ODS code: the clinical commissioning group or, from July 2022, the integrated care board; "
    "empty where no source gives it"
)
SUB_ICB_LOCATION = Field(
    description="ODS code of the board's location that the practice is in; empty before July 2022"
)


class DatedFact(BaseModel):
    """Something that was so about an organisation from `first` to `last`, both included, and who says so."""

    about: str = ABOUT
    value: str = Field(description="Text, or the code of another organisation")
    value_name: str = Field(description="What that other organisation was called on the day; else empty")
    first: date | None = FIRST
    last: date | None = LAST
    basis: str = BASIS
    sources: list[str] = Field(description="SHA-256 of every source that says so: /sources/{sha256}")


class SourceOfFacts(BaseModel):
    """A published file that a fact rests on."""

    id: Id
    sha256: str
    title: str
    publisher: str
    licence: str
    as_of: date = Field(description="The day the file describes")
    retrieved_on: date


class Succession(BaseModel):
    """One organisation followed another."""

    id: Id
    predecessor: str = Field(description="ODS code")
    predecessor_name: str
    successor: str = Field(description="ODS code")
    successor_name: str
    on: date = Field(description="The first day of the successor's work")
    basis: str = Field(description="published by a source, or derived from where practices went")
    practices: int | None = Field(description="If derived: how many practices went to this successor")
    of: int | None = Field(description="If derived: of how many that could be followed")


class Organisation(BaseModel):
    """One organisation as it stood on a day, with its whole history."""

    id: Id
    code: str = Field(description="ODS code")
    on: date
    name: str
    kind: str | None = Field(description="null: not open on the day, or nothing is known of it")
    is_open: bool
    now: dict[str, DatedFact] = Field(description="What was so on the day, by what it is about")
    kinds: list[DatedFact] = Field(description="What it was, and when")
    history: list[DatedFact] = Field(description="Everything else that was ever so")
    predecessors: list[Succession]
    successors: list[Succession]
    sources: list[SourceOfFacts] = Field(description="The files that the facts rest on")


class Commissioner(Organisation):
    """A commissioner of primary care on a day."""

    practices: int = Field(description="Practices on the day, those of a board through its locations")
    members: int | None = Field(description="Member practices; null for a body that has no members")


class Practice(Organisation):
    """A GP practice on a day."""

    commissioner: str = COMMISSIONER
    sub_icb_location: str = SUB_ICB_LOCATION
    registered: Exact | None = Field(description="Registered patients by the latest count up to the day")
    weighted: Exact | None = Field(description="Weighted patients by the latest count that gives them")
    counted_on: date | None = Field(description="The day of that count")


class Region(BaseModel):
    """A region on a day: how many commissioners and practices it had."""

    id: Id
    code: str = Field(description="ODS code")
    name: str
    commissioners: int
    practices: int


class Era(BaseModel):
    """Which kind of body commissioned primary care."""

    kind: str
    name: str
    plural: str
    first: date
    last: date | None
    reference: str = Field(description="The law it rests on")


class PublishedTotal(BaseModel):
    """A published total, beside how many of it the sources held name."""

    level: int
    what: str = Field(description="approved or in_effect")
    announced_on: date
    count: int
    named: int
    source: str
    href: str


class Nation(BaseModel):
    """The nation on a day: every number counts dated rows."""

    on: date
    era: Era | None
    commissioners: int = Field(description="Never hubs, nor sub-ICB locations")
    practices: int
    pcns: int = Field(description="Primary care networks")
    registered: Exact = Field(description="Registered patients, by the latest counts up to the day")
    lists_counted: int = Field(description="How many practices had a count")
    regions: list[Region]
    without_region: int = Field(description="Commissioners whose region no source gives")
    level_1: int = Field(description="With greater involvement in effect on the day")
    level_2: int = Field(description="With joint commissioning in effect on the day")
    level_3: int = Field(description="With delegated commissioning in effect on the day")
    not_known: int = Field(description="Whose position no source gives: the levels count the others")
    approved_1: int = Field(description="Whose approval for Level 1 was public by then, and stood")
    approved_2: int = Field(description="The same for Level 2")
    approved_3: int = Field(description="The same for Level 3")
    conditional_2: int = Field(description="Approved for Level 2 on conditions still to be met")
    conditional_3: int = Field(description="Approved for Level 3 on conditions still to be met")
    signed_2: int = Field(description="Signed at Level 2 by then, in effect or not")
    signed_3: int = Field(description="Signed at Level 3 by then, in effect or not")
    published: list[PublishedTotal] = Field(
        description="Totals published by the day without a list that can be read freely: the counts above are of those "
        "that the sources held name. Empty for an invented nation"
    )


class SourceColumn(BaseModel):
    """A column of a published file."""

    label: str = Field(description="As printed")
    meaning: str | None = Field(description="What we read in it; null where we keep it unread")
    position: int = Field(description="Counted from 1")


class Remark(BaseModel):
    """A row that was kept although something in it is odd."""

    row: int | None
    column: str
    value: str
    message: str


class Source(BaseModel):
    """A published file that was loaded."""

    id: Id
    sha256: str
    kind: str
    layout: str
    title: str
    publisher: str
    licence: str
    filename: str
    retrieved_on: date = Field(description="The day it was fetched or handed over")
    as_of: date = Field(description="The day it describes; for a year file its 1 April")
    rows: int
    practices: int = Field(description="Distinct practice codes in it")
    commissioners: int = Field(description="Distinct codes in its commissioner column")
    size: int = Field(description="Bytes")
    imported_at: Instant


class SourceInFull(Source):
    """A published file with its columns, and the remarks made when it was loaded."""

    columns: list[SourceColumn]
    remarks: list[Remark]


class Hit(BaseModel):
    """An organisation that was found."""

    id: Id
    code: str = Field(description="ODS code")
    name: str
    kind: str | None = Field(description="null: not open on the day")
    matched: str = Field(description="The other name or the postcode that matched; else empty")


class Hits(BaseModel):
    """What a search found, best first."""

    on: date
    q: str
    items: list[Hit]
