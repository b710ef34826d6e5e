"""Writing down what a file says, word for word."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.backends.utils import format_number

from remit.engines.layouts import Claim, Kind, ListCount, Reading
from remit.engines.layouts import Sighting as ReadSighting
from remit.kernel.actor import Actor
from remit.kernel.money import pence
from remit.register.actions.bulk import insert_rows, type_of_row
from remit.register.actions.reports import Provenance
from remit.register.models import ListSize, Organisation, PublishedPayments, Sighting, Source, Succession
from remit.register.queries.integrity import said_digest
from remit.register.rules import era_of, networks_began

BATCH = 2000
TOTAL_LINE = "total"
LIST_COLUMNS = ("organisation_id", "on", "quarter", "registered", "weighted", "bands", "source_id")
PAYMENTS_COLUMNS = ("organisation_id", "source_id", "year", "commissioner", "total_pence", "amounts")
DIGITS = (18, 9)  # of registered and weighted patients, in all and after the point

CARRIED_FORWARD = frozenset({"contract_type", "dispensing", "pcn", "rurality", "practice_type"})

type_of_claim = list[Any]


def write_source(
    reading: Reading, *, digest: str, size: int, provenance: Provenance, by: Actor, at: datetime
) -> Source:
    """The source, its sightings, list sizes, payments and published successions."""
    sightings = merged_sightings(reading.sightings, names_commissioners=reading.kind is Kind.PAYMENTS)
    _name_organisations(reading, sightings)
    source = Source.objects.create(
        sha256=digest,
        kind=str(reading.kind),
        layout=reading.layout,
        title=provenance.title or reading.title,
        publisher=provenance.publisher,
        licence=provenance.licence,
        filename=provenance.filename,
        retrieved_on=provenance.retrieved_on,
        as_of=reading.as_of,
        year=reading.year.start if reading.year else None,
        size=size,
        rows=reading.rows,
        practices=len(reading.practices),
        commissioners=len(reading.commissioners),
        columns=[[column.label, column.meaning, column.position] for column in reading.columns],
        payment_columns=[[column.line, column.label, column.kind] for column in reading.payment_columns],
        remarks=[[remark.row, remark.column, remark.value, remark.message] for remark in reading.remarks],
        said_sha256="",
        imported_at=at,
        imported_by=by.person,
    )
    insert_rows(
        Sighting,
        ("source_id", "organisation_id", "row", "claims"),
        (
            (digest, code, row, json.dumps(claims, ensure_ascii=False))
            for code, (row, claims) in sightings.items()
        ),
    )
    insert_rows(ListSize, LIST_COLUMNS, (_list_size(count, digest) for count in reading.lists))
    insert_rows(PublishedPayments, PAYMENTS_COLUMNS, _payments(reading, digest))
    Succession.objects.bulk_create(
        (
            Succession(
                predecessor_id=row.predecessor,
                successor_id=row.successor,
                on=row.on or reading.as_of,
                basis="published",
                source=digest,
            )
            for row in reading.successions
            if row.predecessor != row.successor
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    source.said_sha256 = said_digest(source)
    Source.objects.filter(pk=digest).update(said_sha256=source.said_sha256)
    return source


def forget_source(source: Source) -> None:
    """Take away everything that a source was taken to say; the ledger keeps that it was."""
    for rows in (source.sightings.all(), source.lists.all(), source.payments.all()):
        rows.delete()
    Succession.objects.filter(basis="published", source=source.pk).delete()
    source.delete()


def merged_sightings(
    sightings: Iterable[ReadSighting], *, names_commissioners: bool
) -> dict[str, tuple[int, list[type_of_claim]]]:
    """One sighting an organisation: its first row, and every claim of all its rows, each once.

    `names_commissioners` is whether a code in the file's commissioner column is a commissioner. In the payments
    file it is; the practice file also has codes of health boards elsewhere and of practices without one there.
    """
    rows: dict[str, int] = {}
    claims: defaultdict[str, dict[tuple[Any, ...], None]] = defaultdict(dict)
    for sighting in sightings:
        rows.setdefault(sighting.code, sighting.row)
        elsewhere = any(claim.about == "country" and claim.value != "England" for claim in sighting.claims)
        for claim in sighting.claims:
            for kept in _kept(claim, elsewhere, names_commissioners):
                claims[sighting.code][kept] = None
    return {code: (row, [list(claim) for claim in claims[code]]) for code, row in rows.items()}


def _kept(claim: Claim, elsewhere: bool, names_commissioners: bool) -> Iterator[tuple[Any, ...]]:
    """A claim as kept: none for one that says nothing after all, two for one that is also carried forward.

    A “commissioner” of no stated kind was a clinical commissioning group, in that era only. A practice in
    another country is not one of the nation's. A network named in a year is taken to be one since networks
    began. What a year's file says of a practice's contract or network is carried until another file says more.
    """
    first, last, value = claim.first, claim.last, claim.value
    if claim.about == "kind" and value == "commissioner":
        era = era_of("ccg")
        value = era.kind
        first = max(first, era.first) if first else era.first
        last = min(last, era.last) if last and era.last else era.last
        if not names_commissioners or (last is not None and last < first):
            return
    elif claim.about == "kind" and value == "practice" and elsewhere:
        value = "practice_elsewhere"
    elif claim.about == "kind" and value == "pcn" and not claim.firm:
        first, last = networks_began(), None
    yield _as_kept(claim.about, value, first, last, claim.firm)
    if claim.about in CARRIED_FORWARD and claim.firm and last is not None:
        yield _as_kept(claim.about, value, first, None, False)


def _as_kept(about: str, value: str, first: date | None, last: date | None, firm: bool) -> tuple[Any, ...]:
    return (about, value, first.isoformat() if first else None, last.isoformat() if last else None, firm)


def _name_organisations(reading: Reading, sightings: Iterable[str]) -> None:
    """Make a place in the register for every code that is sighted or succeeded."""
    codes = set(sightings)
    codes.update(count.practice for count in reading.lists)
    codes.update(row.practice for row in reading.payments)
    for row in reading.successions:
        codes.update((row.predecessor, row.successor))
    new = codes.difference(Organisation.objects.values_list("code", flat=True).iterator())
    Organisation.objects.bulk_create(
        (Organisation(code=code) for code in sorted(new)), batch_size=BATCH, ignore_conflicts=True
    )


def _list_size(count: ListCount, digest: str) -> type_of_row:
    return (
        count.practice,
        count.on.isoformat(),
        count.quarter,
        format_number(count.registered, *DIGITS),
        format_number(count.weighted, *DIGITS),
        json.dumps([[band.sex, band.age_from, band.age_to, band.patients] for band in count.bands]),
        digest,
    )


def _payments(reading: Reading, digest: str) -> Iterator[type_of_row]:
    lines = [column.line for column in reading.payment_columns]
    total_at = lines.index(TOTAL_LINE) if TOTAL_LINE in lines else None
    year = reading.year.start if reading.year else reading.as_of.year
    for row in reading.payments:
        amounts = [_amount(amount) for amount in row.amounts]
        total = amounts[total_at] if total_at is not None else None
        yield (
            row.practice,
            digest,
            year,
            row.commissioner,
            total if isinstance(total, int) else None,
            json.dumps(amounts),
        )


def _amount(pounds: Decimal | None) -> int | str | None:
    """Whole pence where exact; the printed text where the publisher gave fractions of a penny."""
    if pounds is None:
        return None
    try:
        return pence(pounds)
    except ValueError:
        return str(pounds)
