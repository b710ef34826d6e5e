"""The door of this engine: bytes or rows of a published file in, a `Reading` out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from remit.engines.layouts.decoding import rows_of
from remit.engines.layouts.gathering import Progress
from remit.engines.layouts.geography import CCGS_END
from remit.engines.layouts.payments import read_payments
from remit.engines.layouts.readings import Kind, Problem, Reading
from remit.kernel.period import NhsYear


def read(
    kind: Kind,
    data: bytes,
    *,
    filename: str,
    year: NhsYear | None = None,
    as_of: date | None = None,
    ccgs_end: date = CCGS_END,
    progress: Progress | None = None,
) -> Reading:
    rows, decoded = rows_of(kind, data)
    reading = read_rows(kind, rows, filename=filename, year=year, as_of=as_of, ccgs_end=ccgs_end, progress=progress)
    if not decoded.unreadable:
        return reading
    return reading


def read_rows(
    kind: Kind,
    rows: Iterable[Sequence[str]],
    *,
    filename: str,
    year: NhsYear | None = None,
    as_of: date | None = None,
    ccgs_end: date = CCGS_END,
    progress: Progress | None = None,
) -> Reading:
    held = list(rows)
    return read_payments(held, filename=filename, year=year, progress=progress)
