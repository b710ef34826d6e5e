"""The body of a ledger entry: what it must hold, how it is written, how it is read back strictly.

A body is the RFC 8785 canonical JSON of one object with exactly the keys of `KEYS`. Numbers are whole,
because decimals have more than one spelling in other programs: money is pence, rates are text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from remit.kernel.canonical import canonical_json
from remit.kernel.moments import rfc3339

VERSION = 1
KEYS = frozenset({"v", "index", "at", "act", "by", "acting_for", "under", "subject", "once", "details"})
LONGEST = {"act": 80, "by": 64, "acting_for": 16, "under": 255, "subject": 255, "once": 255}
MAY_BE_EMPTY = frozenset({"acting_for", "under", "subject"})
MAX_BODY_BYTES = 64 * 1024
MAX_INTEGER = 2**53 - 1

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_ACT = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_EMAIL = re.compile(r"[^\s\"@<>:,;/]{1,64}@[^\s\"@<>:,;/]{1,190}\.[^\s\"@<>:,;/]{2}")
_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class NotAnEntry(ValueError):
    """The text is not a ledger entry's body; the message says why."""


@dataclass(frozen=True)
class Draft:
    """An entry before it has a place: who, for whom, what, when, under which rule, about what."""

    act: str
    by: str
    acting_for: str
    at: datetime
    under: str
    subject: str
    details: Mapping[str, Any]
    once: str | None = None


def write_body(index: int, draft: Draft) -> bytes:
    """The canonical body of a draft at its place in the ledger.

    Raises `NotAnEntry` for a field that is missing, too long or badly formed, `ValueError` for details that
    JSON cannot hold exactly, among them every number that is not whole.
    """
    _check_fields(draft)
    _check_numbers(draft.details)
    _check_instant(rfc3339(draft.at))
    body = canonical_json(
        {
            "v": VERSION,
            "index": index,
            "at": rfc3339(draft.at),
            "act": draft.act,
            "by": draft.by,
            "acting_for": draft.acting_for,
            "under": draft.under,
            "subject": draft.subject,
            "once": draft.once,
            "details": dict(draft.details),
        }
    )
    if len(body) > MAX_BODY_BYTES:
        raise NotAnEntry(
            f"an entry holds at most {MAX_BODY_BYTES:,} bytes, this one {len(body):,}: "
            "put long contents elsewhere and their SHA-256 in the ledger"
        )
    return body


def _check_fields(draft: Draft) -> None:
    for name, longest in LONGEST.items():
        value = getattr(draft, name)
        if value is None and name == "once":
            continue
        if not isinstance(value, str) or (not value and name not in MAY_BE_EMPTY):
            raise NotAnEntry(f"an entry needs “{name}” as text")
        if len(value) > longest:
            raise NotAnEntry(f"“{name}” holds at most {longest} characters, not {len(value)}")
        if _CONTROL.search(value):
            raise NotAnEntry(f"“{name}” holds a control character")
    if not _ACT.fullmatch(draft.act):
        raise NotAnEntry(f"“{draft.act}” is not an act's name: write it like register.practices_imported")


def _check_numbers(value: Any) -> None:
    if isinstance(value, float):
        raise NotAnEntry(f"{value} is not a whole number: write it as text, or in a smaller unit")
    if isinstance(value, Mapping):
        for part in value.values():
            _check_numbers(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _check_numbers(part)


def find_email(text: str) -> str | None:
    """The first thing in a text that looks like an e-mail address. A cheap guard, not a proof of absence."""
    found = _EMAIL.search(text)
    return found.group() if found else None


def read_body(text: str) -> dict[str, Any]:
    """The fields of a body, read strictly: only the spelling, keys and types that `write_body` makes.

    Raises `NotAnEntry`.
    """
    try:
        body = _DECODE(text)
        canonical = _canonical(body, text)
    except NotAnEntry:
        raise
    except (ValueError, RecursionError):
        raise NotAnEntry("is not JSON") from None
    if canonical != text:
        raise NotAnEntry("is not canonical JSON (RFC 8785)")
    if not isinstance(body, dict) or body.keys() != KEYS:
        raise NotAnEntry("does not have the keys of an entry")
    _check_types(body)
    return body


def _canonical(body: Any, text: str) -> str:
    """The canonical spelling. Python's own writer agrees with RFC 8785 but for the order of keys beyond
    U+FFFF (numbers are whole here), and is ten times as fast."""
    return canonical_json(body).decode() if _ASTRAL.search(text) else _ENCODE(body)


def _whole_number(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > MAX_INTEGER:
        raise NotAnEntry("holds a number too large to be exact")
    return int(digits)


def _no_fraction(digits: str) -> NoReturn:
    raise NotAnEntry(f"holds {digits[:20]}, which is not a whole number")


_DECODE = json.JSONDecoder(
    parse_int=_whole_number, parse_float=_no_fraction, parse_constant=_no_fraction
).decode


def _check_types(body: dict[str, Any]) -> None:
    if type(body["v"]) is not int or body["v"] != VERSION:
        raise NotAnEntry(f"is not of version {VERSION}")
    if type(body["index"]) is not int:
        raise NotAnEntry("has no whole number as index")
    texts = [body[name] for name in LONGEST if name != "once"]
    if body["once"] is not None:
        texts.append(body["once"])
    if not all(isinstance(text, str) for text in texts) or not isinstance(body["details"], dict):
        raise NotAnEntry("has a field of the wrong type")
    _check_instant(body["at"])


def _check_instant(text: Any) -> None:
    try:
        if not _INSTANT.fullmatch(text):
            raise NotAnEntry("has a date in another form than 2018-08-06T09:00:00.000000Z")
        datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise error if isinstance(error, NotAnEntry) else NotAnEntry("has no such date") from None
