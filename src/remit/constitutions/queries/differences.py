"""What differs between two versions, clause by clause and word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from remit.constitutions.queries.texts import ClauseRow, TextPage

SAME, ADDED, STRUCK = "same", "added", "struck"


@dataclass(frozen=True)
class Piece:
    """Some words: the same in both, added, or struck."""

    how: str
    words: str


@dataclass(frozen=True)
class ClauseChange:
    """One clause in two versions. `how`: same, changed, added or struck; rules as words before and after."""

    number: str
    heading: str
    how: str
    pieces: tuple[Piece, ...]
    rules_before: tuple[str, ...]
    rules_after: tuple[str, ...]


def difference(
    before: TextPage | None, after: TextPage, *, only_changes: bool = False
) -> tuple[ClauseChange, ...]:
    """Every clause of either version, in order; without an earlier version all are added."""
    old = {each.number: each for each in before.clauses} if before else {}
    new = {each.number: each for each in after.clauses}
    numbers = sorted({*old, *new}, key=_order)
    changes = [_change(number, old.get(number), new.get(number)) for number in numbers]
    return tuple(each for each in changes if not only_changes or each.how != SAME)


def _order(number: str) -> str:
    return re.sub(r"\d+", lambda found: found[0].zfill(4), number)


def _change(number: str, old: ClauseRow | None, new: ClauseRow | None) -> ClauseChange:
    before, after = _rules(old), _rules(new)
    if old is None or new is None:
        how, only = (STRUCK, old) if new is None else (ADDED, new)
        whole = tuple(Piece(how, each.words) for each in (only,) if each)
        return ClauseChange(number, only.heading if only else "", how, whole, before, after)
    pieces = _pieces(old.words, new.words)
    is_same = before == after and old.heading == new.heading and all(each.how == SAME for each in pieces)
    return ClauseChange(number, new.heading, SAME if is_same else "changed", pieces, before, after)


def _rules(clause: ClauseRow | None) -> tuple[str, ...]:
    if clause is None:
        return ()
    return tuple(
        f"{each.words} ({', '.join(each.motions)})" if each.motions else each.words for each in clause.rules
    )


def _pieces(old: str, new: str) -> tuple[Piece, ...]:
    one, other = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    found: list[Piece] = []
    for tag, from_one, to_one, from_other, to_other in SequenceMatcher(None, one, other, False).get_opcodes():
        if tag == "equal":
            found.append(Piece(SAME, "".join(one[from_one:to_one])))
            continue
        if to_one > from_one:
            found.append(Piece(STRUCK, "".join(one[from_one:to_one])))
        if to_other > from_other:
            found.append(Piece(ADDED, "".join(other[from_other:to_other])))
    return tuple(found)
