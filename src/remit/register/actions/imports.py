"""Loading a published file: all of it or nothing, once, with where it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from remit.engines.layouts import Kind, Problem, Reading, UnknownLayout, read
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.canonical import sha256_hex
from remit.kernel.decision import Reason, require
from remit.kernel.moments import london_day
from remit.kernel.period import NhsYear
from remit.ledger.actions import record
from remit.register.actions.declaring import require_sensible
from remit.register.actions.deriving import derive_everything_about
from remit.register.actions.reports import Batch, FileRefused, FileToImport, ImportReport, Provenance
from remit.register.actions.writing import forget_source, write_source
from remit.register.models import Source
from remit.register.queries.editions import loaded_before
from remit.register.queries.integrity import LOADED, REDECLARED, recorded_of

type_of_progress = Callable[[str, int, int], None]

UNDER = "Register: published files are loaded whole, once, with their provenance"


def import_file(
    *,
    kind: str,
    data: bytes,
    provenance: Provenance,
    by: Actor,
    at: datetime,
    year: NhsYear | None = None,
    as_of: date | None = None,
    leave_out_refused: bool = False,
    progress: type_of_progress | None = None,
) -> ImportReport:
    """Load one published file into the register.

    The same bytes again change nothing, and the report says so; declared to be of another year or day than before,
    they are loaded anew, and what they were taken to say before is gone. A file with a row that cannot be used is
    refused whole, unless `leave_out_refused`; a refusal is itself written into the ledger. `year` and `as_of`
    say what the file name does not. `progress` is called with a step's name, how far, and of how much.
    Raises `FileRefused`.
    """
    require(may(by, Permission.IMPORT_FILES))
    require_sensible(kind, provenance, year, as_of, today=london_day(at))
    file = FileToImport(kind, data, provenance, year, as_of, leave_out_refused)
    try:
        [outcome] = import_files(files=[file], by=by, at=at, progress=progress).outcomes
    except IntegrityError:  # the same bytes were being loaded at the same moment, and are loaded now
        [outcome] = import_files(files=[file], by=by, at=at, progress=progress).outcomes
    if isinstance(outcome, FileRefused):
        raise outcome
    return outcome


def import_files(
    *,
    files: Iterable[FileToImport],
    by: Actor,
    at: datetime,
    progress: type_of_progress | None = None,
) -> Batch:
    """Load several files in one transaction, and derive the dated facts once, at the end.

    Gives for each file its report or why it was refused; a refused file does not keep the others out. Each file
    loaded or refused is one ledger entry.
    """
    require(may(by, Permission.IMPORT_FILES))
    outcomes: list[ImportReport | FileRefused] = []
    sources: list[Source] = []
    with transaction.atomic():
        for file in files:
            outcomes.append(_import(file, sources, by=by, at=at, progress=progress))
        derived = derive_everything_about(sources, progress=progress)
    alone = len(sources) == 1
    counts = (derived.added, derived.removed) if alone else (None, None)
    reports = (
        replace(outcome, facts_added=counts[0], facts_ended=counts[1])
        if isinstance(outcome, ImportReport) and not outcome.unchanged
        else outcome
        for outcome in outcomes
    )
    return Batch(tuple(reports), derived.added, derived.removed)


def _import(
    file: FileToImport, sources: list[Source], *, by: Actor, at: datetime, progress: type_of_progress | None
) -> ImportReport | FileRefused:
    """Write down what one file says; what follows from it is derived later."""
    digest = sha256_hex(file.data)
    known = Source.objects.filter(pk=digest).first()
    if known is not None and known.kind != file.kind:
        return _of_another_kind(known, file.kind)
    if known is not None and not _is_redeclared(known, file):
        return _unchanged(known)
    try:
        reading = _read(file, progress)
        if reading.refused and not file.leave_out_refused:
            raise _refused_rows(reading)
    except FileRefused as refusal:
        _record_refusal(refusal, kind=file.kind, digest=digest, by=by, at=at)
        return refusal
    if known is not None and (reading.as_of, reading.year) == (
        known.as_of,
        known.year and NhsYear(known.year),
    ):
        return _unchanged(known)
    before = recorded_of(known) if known is not None else None
    if known is not None:
        reading = replace(reading, remarks=(_superseded(known), *reading.remarks))
        forget_source(known)
    reading = replace(reading, remarks=(*_other_editions(reading, digest, file.provenance), *reading.remarks))
    source = write_source(
        reading, digest=digest, size=len(file.data), provenance=file.provenance, by=by, at=at
    )
    sources.append(source)
    _record_loading(reading, source, before, by=by, at=at)
    return ImportReport(
        source=digest,
        kind=str(reading.kind),
        layout=reading.layout,
        title=source.title,
        rows=reading.rows,
        practices=len(reading.practices),
        commissioners=len(reading.commissioners),
        refused=len(reading.refused),
        unchanged=0,
        organisations=source.sightings.count(),
        remarks=reading.remarks,
        left_out=reading.refused,
        columns=tuple((column.label, column.meaning, column.position) for column in reading.columns),
    )


def _other_editions(reading: Reading, digest: str, provenance: Provenance) -> Iterator[Problem]:
    """A remark for each edition of the same year's or month's file that was loaded before."""
    if reading.kind not in (Kind.PAYMENTS, Kind.LISTS):
        return
    year = reading.year.start if reading.year else None
    for other in loaded_before(str(reading.kind), year, reading.as_of):
        what = f"{reading.kind.capitalize()} for {reading.year or f'{reading.as_of:%B %Y}'}"
        fetched = (other.retrieved_on, provenance.retrieved_on)
        first = f"{what} were loaded before from “{other.filename}”, fetched on {fetched[0].day} {fetched[0]:%B %Y}."
        which = (
            "this" if (other.retrieved_on, other.sha256) < (provenance.retrieved_on, digest) else "the other"
        )
        why = (
            "the one fetched later"
            if fetched[0] != fetched[1]
            else "of two fetched on one day the one later by hash"
        )
        yield Problem(None, "", other.filename, f"{first} Where they differ, {why} counts: {which}.")


def _is_redeclared(known: Source, file: FileToImport) -> bool:
    """Whether the file is now said to be of another year or day than it was loaded as."""
    if known.year is not None:
        return file.year is not None and file.year.start != known.year
    return file.as_of is not None and file.as_of != known.as_of


def _superseded(known: Source) -> Problem:
    was = NhsYear(known.year) if known.year is not None else f"{known.as_of.day} {known.as_of:%B %Y}"
    return Problem(None, "", str(was), f"This file was loaded before as of {was}. That no longer counts.")


def _record_loading(
    reading: Reading, source: Source, before: dict[str, Any] | None, *, by: Actor, at: datetime
) -> None:
    """One entry; `before` is what the ledger keeps of an earlier declaration that this one supersedes."""
    superseded = {} if before is None else {"superseded": {name: before[name] for name in ("year", "as_of")}}
    record(
        act=LOADED if before is None else REDECLARED,
        by=by,
        at=at,
        subject=f"source/{source.sha256}",
        under=UNDER,
        details={
            **recorded_of(source),
            "sha256": source.sha256,
            "left_out": len(reading.refused),
            "said_sha256": source.said_sha256,
            **superseded,
        },
        once=f"{LOADED}/{source.sha256}" if before is None else None,
    )


def _read(file: FileToImport, progress: type_of_progress | None) -> Reading:
    def reading_progress(done: int, total: int) -> None:
        if progress is not None:
            progress(f"Reading {file.provenance.filename}", done, total)

    try:
        return read(
            Kind(file.kind),
            file.data,
            filename=file.provenance.filename,
            year=file.year,
            as_of=file.as_of,
            progress=reading_progress,
        )
    except UnknownLayout as unknown:
        reason = Reason("unknown_layout", unknown.message, UNDER)
        raise FileRefused((reason,), found=unknown.found, missing=unknown.missing) from unknown


def _refused_rows(reading: Reading) -> FileRefused:
    count = len(reading.refused)
    first = reading.refused[0]
    where = f"Row {first.row}" if first.row is not None else "The file"
    message = (
        f"{count:,} of {reading.rows:,} rows cannot be used, so nothing was loaded. {where}, column "
        f"“{first.column}”: {first.message} Put the rows right, or load the file without them."
    )
    return FileRefused(
        (Reason("rows_refused", message, UNDER),),
        rows=reading.rows,
        problems=reading.refused,
        practices=len(reading.practices),
        commissioners=len(reading.commissioners),
    )


def _record_refusal(refusal: FileRefused, *, kind: str, digest: str, by: Actor, at: datetime) -> None:
    record(
        act="register.file_refused",
        by=by,
        at=at,
        subject=f"file/{digest}",
        under=UNDER,
        details={
            "kind": kind,
            "sha256": digest,
            "reason": refusal.code,
            "rows_refused": len(refusal.problems),
            "columns_missing": list(refusal.missing),
        },
    )


def _of_another_kind(source: Source, kind: str) -> FileRefused:
    message = (
        f"This file was loaded as {source.kind} (“{source.title}”). It is not a {kind} file, so nothing was "
        f"changed. Nothing more needs to be done with it."
    )
    return FileRefused((Reason("another_kind", message, UNDER),), rows=source.rows)


def _unchanged(source: Source) -> ImportReport:
    return ImportReport(
        source=source.sha256,
        kind=source.kind,
        layout=source.layout,
        title=source.title,
        rows=source.rows,
        practices=source.practices,
        commissioners=source.commissioners,
        refused=0,
        unchanged=source.rows,
        columns=tuple((label, meaning, position) for label, meaning, position in source.columns),
    )
