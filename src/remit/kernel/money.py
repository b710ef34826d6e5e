"""Money as published: exact decimal pounds in, integer pence where exact."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

MISSING = frozenset({"", "-", "–", "n/a", "na", "null", "none", ".", "*"})


class NotANumber(ValueError):
    """The text is neither a number nor one of the published ways of writing "missing"."""


def published_number(text: str) -> Decimal | None:
    """A number as publishers write it, or None where it is missing.

    Accepts thousands separators, a pound sign, surrounding spaces, a trailing or leading minus and
    accountants' brackets; ``-``, blank and ``N/A`` are missing, not zero. Raises `NotANumber` otherwise.
    """
    cleaned = text.strip().replace("\N{NO-BREAK SPACE}", "").replace("−", "-")
    if cleaned.lower() in MISSING:
        return None
    if cleaned.startswith("(") and cleaned.endswith(")"):
        cleaned = f"-{cleaned[1:-1]}"
    cleaned = cleaned.replace(",", "").replace("£", "").replace(" ", "")
    if cleaned.endswith("-"):
        cleaned = f"-{cleaned[:-1]}"
    try:
        number = Decimal(cleaned)
    except InvalidOperation:
        raise NotANumber(f"“{text.strip()[:40]}” is not a number") from None
    if not number.is_finite():
        raise NotANumber(f"“{text.strip()[:40]}” is not a number")
    return number


def pence(pounds: Decimal) -> int:
    """Pounds to integer pence. Raises `ValueError` where there is a fraction of a penny: nothing is rounded."""
    exact = pounds * 100
    if exact != exact.to_integral_value():
        raise ValueError(f"£{pounds} is not a whole number of pence")
    return int(exact)
