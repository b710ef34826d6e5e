"""What a piece of evidence states: each fact is read by its kind, and kept as what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from remit.engines.mandates.counts import Count
from remit.kernel.decision import Reason, Refused

CLAUSE = "Evidence of a mandate"
MOST_WORDS, MOST_LONG_WORDS, MOST_ROWS, MOST_WHOLE = 300, 4000, 500, 1_000_000


@dataclass(frozen=True)
class FactKind:
    """Something that evidence can state. `kind`: whole, words, long_words, choice, day, practices, people.
    `by_room`: stated by the room where it happened, never by hand."""

    code: str
    name: str
    hint: str
    kind: str
    choices: tuple[tuple[str, str], ...] = ()
    by_room: bool = False


class WrongFact(Refused):
    """A fact that cannot be what it says; `fact` is its code."""

    def __init__(self, fact: FactKind, message: str, code: str = "wrong_fact") -> None:
        self.fact = fact.code
        super().__init__(Reason(code, message, CLAUSE))


def fit_facts(
    kinds: tuple[FactKind, ...], must: tuple[str, ...], stated: Mapping[str, object]
) -> dict[str, Any]:
    """The facts as they are kept, in the order of their kinds; what is empty is left out.

    Raises `WrongFact` with ``wrong_fact``, ``missing_fact`` or ``no_such_fact``.
    """
    known = {each.code: each for each in kinds}
    for code in stated:
        if code not in known:
            raise WrongFact(FactKind(code, code, "", ""), f"There is no fact “{code}” here.", "no_such_fact")
    kept: dict[str, Any] = {}
    for each in kinds:
        value = stated.get(each.code)
        value = value.strip() if isinstance(value, str) else value
        if value not in (None, "", [], ()):
            kept[each.code] = READERS[each.kind](each, value)
        elif each.code in must:
            raise WrongFact(each, f"Answer: {each.name}", "missing_fact")
    return kept


def count_of(facts: Mapping[str, Any]) -> Count:
    """The count of a vote, as its facts state it."""
    names = ("in_favour", "against", "abstained", "not_voted", "unable", "electorate", "quorum")
    return Count(**{name: facts.get(name) for name in names})


def _whole(fact: FactKind, value: object) -> int:
    text = str(value).replace(",", "")
    if isinstance(value, bool) or not (text.isascii() and text.isdigit() and int(text) <= MOST_WHOLE):
        raise WrongFact(fact, "Enter a whole number, like 37.")
    return int(text)


def _words(most: int) -> Callable[[FactKind, object], str]:
    def read(fact: FactKind, value: object) -> str:
        text = str(value) if most > MOST_WORDS else " ".join(str(value).split())
        if len(text) > most:
            raise WrongFact(fact, f"Enter at most {most:,} characters.")
        return text

    return read


def _choice(fact: FactKind, value: object) -> str:
    if str(value) not in dict(fact.choices):
        raise WrongFact(fact, "Select one of the answers.")
    return str(value)


def _day(fact: FactKind, value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise WrongFact(fact, "Enter a real date.") from error


def _practices(fact: FactKind, value: object) -> list[str]:
    codes = str(value).replace(",", " ").split() if isinstance(value, str) else list(value)  # type: ignore[call-overload]
    found = sorted({str(code).upper() for code in codes})
    if len(found) > MOST_ROWS:
        raise WrongFact(fact, f"Enter at most {MOST_ROWS} codes.")
    return found


def _people(fact: FactKind, value: object) -> list[dict[str, str]]:
    """Lines “X24, director, name”, or rows with `organisation`, `role` and `name`."""
    rows = value.splitlines() if isinstance(value, str) else list(value)  # type: ignore[call-overload]
    found = [_person(fact, row) for row in rows if row and (not isinstance(row, str) or row.strip())]
    if len(found) > MOST_ROWS:
        raise WrongFact(fact, f"Enter at most {MOST_ROWS} people.")
    return found


def _person(fact: FactKind, row: object) -> dict[str, str]:
    if isinstance(row, Mapping):
        parts = [str(row.get(name, "")) for name in ("organisation", "role", "name")]
    else:
        parts = [*str(row).split(",", 2), "", ""]
    code, role, name = (" ".join(part.split()) for part in parts[:3])
    if not code or not role:
        raise WrongFact(fact, "Each line has the code of an organisation, a comma, and a role.")
    if max(len(code), len(role), len(name)) > 200:
        raise WrongFact(fact, "A line is too long.")
    return {"organisation": code.upper(), "role": role, "name": name}


READERS: Mapping[str, Callable[[FactKind, Any], Any]] = {
    "whole": _whole,
    "words": _words(MOST_WORDS),
    "long_words": _words(MOST_LONG_WORDS),
    "choice": _choice,
    "day": _day,
    "practices": _practices,
    "people": _people,
}
