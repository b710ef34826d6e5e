"""Published names for people to read: files print many in capitals, and the data doors keep them so."""

from __future__ import annotations

import re

_KEPT = """NHS CCG CCGS ICB ICBS ICS PCT PCTS PCN PCNS STP LMC GP GPS UK HQ HMP HMYOI APMS GMS PMS OOH WIC UTC
    UCC MIU A&E MSK CIC LLP PLC BMA II III IV VI VII VIII IX XI"""
_SMALL = "and at by de for from in le nr of on or over per the to under upon with next near incl including"
KEPT = frozenset(_KEPT.split())
"""Words that stay in capitals."""
SMALL = frozenset(_SMALL.split())
"""Words that stay small, unless they begin a name."""
TITLES = frozenset({"DR", "DRS", "MR", "MRS", "MS", "PROF"})
_WORD = re.compile(r"[^\s,;/()]+")
_PART = re.compile(r"[0-9]*[A-Z]+(?:['’`][A-Z]+)*")


def readable_name(name: str) -> str:
    """ "NHS OLDHAM CCG" as "NHS Oldham CCG"; a name that has any small letter is left as published.

    Initials stay capital: words with dots, single letters, and words of two letters after a doctor's title.
    """
    if name != name.upper() or not any(letter.isalpha() for letter in name):
        return name
    words = [match.group() for match in _WORD.finditer(name)]
    place = iter(range(len(words)))
    return _WORD.sub(lambda match: _word(words, next(place)), name)


def _word(words: list[str], place: int) -> str:
    word = words[place]
    if _stays(words, place):
        return word
    if place and word.lower() in SMALL:
        return word.lower()
    parts = word.split("-")
    return "-".join(
        part.lower()
        if at and part.lower() in SMALL
        else _PART.sub(lambda found: _capitalised(found[0]), part)
        if part not in KEPT
        else part
        for at, part in enumerate(parts)
    )


def _stays(words: list[str], place: int) -> bool:
    word = words[place].strip(".")
    if word in KEPT or len(word) == 1 or "." in word:
        return True
    if any(letter.isdigit() for letter in word):
        return not re.fullmatch(r"[0-9]+(ST|ND|RD|TH)", word)
    return (
        len(word) == 2
        and 0 < place < len(words) - 1
        and words[place - 1].strip(".") in TITLES
        and word not in {"AL", "DE", "EL", "LE"}
    )


def _capitalised(part: str) -> str:
    if re.match(r"[A-Z]['’`]", part):  # O'BRIEN
        return part[:2] + part[2:].capitalize()
    if part.startswith("MC") and len(part) > 4:
        return f"Mc{part[2:].capitalize()}"
    return part.capitalize()
