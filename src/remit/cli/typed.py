"""What people type: days and financial years, read strictly and refused kindly."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import typer

from remit.kernel.days import NotADay, iso_day
from remit.kernel.moments import at_the_edge, london_day
from remit.kernel.period import NhsYear

PERCENTAGE = re.compile(r"\d{1,3}(\.\d{1,6})?", re.ASCII)


def day(text: str) -> date:
    """A day as typed: 2015-04-01, or “today”. Raises a usage error for anything else."""
    if text.strip().lower() == "today":
        return london_day(at_the_edge())
    try:
        return iso_day(text.strip())
    except NotADay as error:
        raise typer.BadParameter(f"“{text}” cannot be asked for. {error}.") from error


def nhs_year(text: str) -> NhsYear:
    """A financial year as typed: 2014-15, or 2014/15. Raises a usage error for anything else."""
    start, _, end = text.strip().replace("/", "-").partition("-")
    if start.isascii() and start.isdigit() and len(start) == 4:
        year = NhsYear(int(start))
        if end in (str(year)[5:], str(year.start + 1)):
            return year
    raise typer.BadParameter(f"“{text}” is not a financial year. Write it like 2014-15.")


def percentage(text: str) -> Decimal:
    """A percentage as typed, with or without its sign: 30, 30.3%. Raises a usage error for anything else."""
    digits = text.strip().removesuffix("%").strip()
    if not PERCENTAGE.fullmatch(digits) or Decimal(digits) > 100:
        raise typer.BadParameter(f"“{text}” is not a percentage of a whole. Write it like 30% or 30.3%.")
    return Decimal(digits)
