"""Which count a number or a claim in a sentence is about: by the words beside it, in its own clause.

“2 approved, 5 applied”: 2 is held against the approved, 5 against the applied. Words after a number go before those in
front of it; a number with none of them is about the first count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_STOP = re.compile(r"[,;:.!?](?=\s|$)|[()–—]| - ")
_HARD_STOP = re.compile(r"[,;.!?](?=\s|$)|[()–—]| - ")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*|\bone\b", re.IGNORECASE)
_APPLIED = re.compile(r"\b(?:applied|applicants|applications|bids)\b", re.IGNORECASE)
_WHOLE = re.compile(
    r"\b(?P<not>not )?(?:(?P<near>almost|nearly) )?"
    r"(?:(?P<all>all|every|everyone|everybody|each)|(?P<both>both)|(?P<none>none|neither|nobody|no one|no))\b"
    r"(?: of)?(?: the| those)?(?: (?P<number>\d+)\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Counted:
    """A number that was counted, and of how many: what a sentence may say. `words` are those that print uses for it;
    one that `qualifies` goes before the others ("approved so far" is so far). `is_applied`: the base of the others may
    be those."""

    label: str
    count: int
    base: int
    words: tuple[str, ...] = ()
    qualifies: bool = False
    is_applied: bool = False

    @property
    def told(self) -> str:
        """ "Approved for Level 3: 64"."""
        return f"{self.label}: {self.count:,}"


@dataclass(frozen=True)
class Meant:
    """What a number or claim is about: the counts, the word that says so (empty: none does), and whether those that
    applied are spoken of beside it."""

    counted: tuple[Counted, ...]
    word: str
    of_applied: bool

    @property
    def beside(self) -> str:
        """The word, as a sentence goes on: “ beside “approved””."""
        return f" beside “{self.word}”" if self.word else ""

    @property
    def told(self) -> str:
        """What would be right."""
        return "; ".join(each.told for each in self.counted)


def meant(text: str, start: int, end: int, counted: Sequence[Counted], *, is_share: bool = False) -> Meant:
    """What the number or claim from `start` to `end` is about. Where no count has words of its own, all may be. Of a
    share, those that applied are the base where something else is said of them."""
    if not any(each.words for each in counted):
        return Meant(tuple(counted), "", of_applied=False)
    after, before = _after(text, end), _before(text, start, _STOP if is_share else _HARD_STOP)
    found = _named(after, counted) or _named(before, counted)
    of_applied = bool(_APPLIED.search(f"{before} {after}"))
    if is_share:
        others = [(each, word) for each, word in found if not each.is_applied]
        of_applied, found = of_applied and bool(others), others or found
    if not found:
        return Meant(tuple(counted[:1]), "", of_applied)
    narrow = [(each, word) for each, word in found if each.qualifies] or found
    return Meant(tuple(each for each, _ in narrow), narrow[0][1], of_applied)


def says_whole(text: str, counted: Sequence[Counted]) -> bool:
    """Whether a text says something counted of all, both or none."""
    return any(_about(text, found, counted) for found in _WHOLE.finditer(text))


def clauses_of(text: str) -> list[str]:
    """A text in its clauses."""
    return _STOP.split(text)


def _after(text: str, end: int) -> str:
    """What follows in the clause, until another number."""
    stops = [each.start() for each in (_STOP.search(text, end), _NUMBER.search(text, end)) if each]
    return text[end : min(stops, default=len(text))]


def _before(text: str, start: int, stop: re.Pattern[str]) -> str:
    """What stands in front in the clause; nothing where that speaks of another number."""
    first = max((each.end() for each in stop.finditer(text, 0, start)), default=0)
    found = text[first:start]
    return "" if _NUMBER.search(found) else found


def _named(text: str, counted: Sequence[Counted]) -> list[tuple[Counted, str]]:
    """The counts that a text names, each with its first word for it."""
    found = []
    for each in counted:
        words = [word for word in each.words if re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)]
        if words:
            found.append((each, words[0]))
    return found


def whole_faults(text: str, counted: Sequence[Counted]) -> Iterator[tuple[str, int, int]]:
    """What a sentence says of all, both or none that was not counted so: as in `faults_in`, with its place."""
    applied = {each.count for each in counted if each.is_applied}
    for found in _WHOLE.finditer(text):
        about = _about(text, found, counted)
        for each in about.counted if about else ():
            bases = applied if about and about.of_applied else {each.base}
            if about and not all(_holds(found, each.count, base) for base in bases):
                told = "; ".join(f"{each.told} of {base:,}" for base in sorted(bases))
                yield f"says “{found[0].strip()}”{about.beside}, but the rows give {told}", *found.span()


def _about(text: str, found: re.Match[str], counted: Sequence[Counted]) -> Meant | None:
    """What “all”, “both” or “none” is said of; None where that is nothing counted. “No” speaks of what follows."""
    first = found.end() if found["none"] else found.start()
    text = text if first == found.start() else f"{' ' * first}{text[first:]}"
    about = meant(text, first, found.end(), counted, is_share=True)
    return about if about.word else None


def _holds(found: re.Match[str], count: int, base: int) -> bool:
    """Whether “all”, “both” or “none” is true of a count and its base."""
    if found["both"]:
        is_so = count == 2
    elif found["none"]:
        is_so = count == 0
    elif found["near"]:
        is_so = 95 * base <= 100 * count < 100 * base
    else:
        is_so = 0 < base == count and found["number"] in (None, str(base))
    return not is_so if found["not"] else is_so
