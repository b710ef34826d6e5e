"""Names, addresses, postcodes and codes put in one clean form."""

from __future__ import annotations

import re
from collections.abc import Iterable

from remit.engines.layouts.figures import MISSING

_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
_ODS = re.compile(r"[A-Z0-9]{3,12}")
_PRACTICE = re.compile(r"[A-Z][0-9]{5}")
_PCN = re.compile(r"U[0-9]{5}")
_NO_PCN = frozenset({"UNKNOWN OR NO PCN", "U", "UNALLOCATED", "NO PCN"})


def squeeze(cell: str) -> str:
    """The text with single spaces inside and none around."""
    return " ".join(cell.split())


def known(cell: str) -> str:
    """The squeezed text, or "" where the cell says that it is not known (`-`, `n/a`, `n/a not a client`)."""
    text = squeeze(cell)
    small = text.lower()
    return "" if small in MISSING or small.startswith("n/a ") else text


def address_of(lines: Iterable[str]) -> str:
    """The lines of an address that say something, joined by commas."""
    return ", ".join(line for line in map(known, lines) if line)


def postcode(cell: str) -> tuple[str, bool]:
    """A postcode as Royal Mail writes it (`SW1V 1SN`), and whether the text has the shape of one."""
    text = known(cell).upper()
    tight = text.replace(" ", "")
    if _POSTCODE.fullmatch(tight):
        return f"{tight[:-3]} {tight[-3:]}", True
    return text, not text


def code(cell: str) -> str:
    """An organisation code without spaces around it, in capitals. May still not be one: see `is_ods`."""
    return cell.strip().upper()


def is_ods(text: str) -> bool:
    """Whether the text has the shape of an ODS code: 3 to 12 capitals and digits."""
    return _ODS.fullmatch(text) is not None


def is_practice(text: str) -> bool:
    """Whether the text has the shape of a GP practice code: a letter and five digits."""
    return _PRACTICE.fullmatch(text) is not None


def is_pcn(text: str) -> bool:
    """Whether the text has the shape of a primary care network's code: U and five digits."""
    return _PCN.fullmatch(text) is not None


def says_no_pcn(text: str) -> bool:
    """Whether the text is one of the ways of saying that a practice is in no known network."""
    return text.upper() in _NO_PCN or text.lower() in MISSING
