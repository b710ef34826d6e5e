"""Organisation codes as the Organisation Data Service (ODS) issues them."""

from __future__ import annotations

import re

_ODS = re.compile(r"[A-Z0-9]{3,12}")
_PRACTICE = re.compile(r"[A-Z][0-9]{5}")


class NotAnOdsCode(ValueError):
    """The text cannot be an ODS code."""


def ods_code(text: str) -> str:
    """The code in its canonical form (upper case, no surrounding space).

    ODS codes are 3 to 12 letters and digits (ODS, "Organisation codes", identifier system
    https://fhir.nhs.uk/Id/ods-organization-code). Raises `NotAnOdsCode` otherwise.
    """
    code = text.strip().upper()
    if not _ODS.fullmatch(code):
        raise NotAnOdsCode(f"“{text.strip()[:40]}” is not an ODS code (3 to 12 letters and digits)")
    return code


def practice_code(text: str) -> str:
    """The code of a GP practice: a letter and five digits. Raises `NotAnOdsCode` otherwise."""
    code = text.strip().upper()
    if not _PRACTICE.fullmatch(code):
        raise NotAnOdsCode(f"“{text.strip()[:40]}” is not a practice code (a letter and five digits)")
    return code
