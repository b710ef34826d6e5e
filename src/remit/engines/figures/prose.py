"""Numbers and claims in a sentence, in digits or in words, held against what was counted.

Dates, years and the numbers of levels and of rooms count nothing and are left aside. “May” is a month only beside a
year, or after a word such as “on”: “99 May follow” is a count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from remit.engines.figures.beside import Counted, meant, whole_faults
from remit.engines.figures.words import UnknownWords, Vocabulary, borne_out, understand

_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_DAY = r"(?:[12]?\d|3[01])(?:st|nd|rd|th)?"
_NOT_A_COUNT = re.compile(
    rf"\bLevels? \d(?:(?:,| and| or| to) \d)*\b"
    rf"|\b(?:Hall|Room|Suite|Floor|Day|Stand) \d{{1,3}}\b"
    rf"|\b(?:{_DAY} )?(?:{_MONTH}) (?:19|20)\d\d\b"
    rf"|\b(?:on|from|by|until|before|after|since|to|of|at) {_DAY} (?:{_MONTH})\b"
    rf"|\b{_DAY} (?!May\b|March\b)(?:{_MONTH})\b"
    r"|\b(?:19|20)\d\d[/-]\d\d\b"
    r"|(?<![\d,.])(?:19|20)\d\d(?![\d,.]*\d| [a-z])"
)
_UNITS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: at for at, word in enumerate((*_UNITS, *_TEENS))} | {
    word: 20 + 10 * at for at, word in enumerate(_TENS)
}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000}
_WORD = "|".join([*_VALUES, *_SCALES])
_IN_WORDS = re.compile(rf"\b(?:a )?(?:{_WORD})(?:(?:[ -]|,? and )(?:{_WORD}))*\b(?!-)", re.IGNORECASE)
_NUMBER = r"(?<![\w.])\d[\d,]*(?:\.\d+)?"
_DIGITS = re.compile(rf"{_NUMBER}(?! ?%| per cent)")
_EVERY_NUMBER = re.compile(_NUMBER)
"""Where shares were held against the rows already, and only those are left that no count can give."""
_ROUNDLY = re.compile(r"\b(dozen|hundred|thousand)s\b", re.IGNORECASE)
_ONE = re.compile(r"(?<!\bno )(?<!\bat )\bone\b", re.IGNORECASE)
_SHARE = re.compile(r"(\d+) of (?:(?:the|all|England’s|England's) )?(\d+)\b")
_PERCENT = re.compile(r"\d[\d.]* ?(?:%|per cent)")


def faults_in(text: str, counted: Sequence[Counted], vocabulary: Vocabulary) -> list[str]:
    """What a sentence says that was not counted, each as what follows its subject ("says 66, but …"); none
    where all is borne out. A number is held against the count that the words beside it name."""
    left = _NOT_A_COUNT.sub(" ", text)
    faults = []
    for said, start, end in list(_claims(left, vocabulary)):
        about = meant(left, start, end, counted, is_share=True)
        if not any(_bears_out(said, each, about.of_applied, counted, vocabulary) for each in about.counted):
            faults.append(f"says “{said}”{about.beside}, but the rows give {about.told}")
        left = f"{left[:start]}{' ' * (end - start)}{left[end:]}"
    vague = list(_vague(left, counted))
    left = _spelled(left)
    for fault, start, end in list(whole_faults(left, counted)):
        faults.append(fault)
        left = f"{left[:start]}{' ' * (end - start)}{left[end:]}"
    return [*faults, *vague, *_wrong_shares(left, counted), *_wrong_numbers(_SHARE.sub(" ", left), counted)]


def _bears_out(
    said: str, one: Counted, of_applied: bool, counted: Sequence[Counted], vocabulary: Vocabulary
) -> bool:
    """Whether a claim is true of a count: of its base, or of those that applied where it speaks of them."""
    applied = [each.count for each in counted if each.is_applied and each is not one]
    base = applied[0] if of_applied and applied else one.base
    return bool(base) and borne_out(said, vocabulary, count=one.count, base=base).allowed


def _vague(text: str, counted: Sequence[Counted]) -> Iterator[str]:
    """Round words such as “thousands” that no count reaches: two thousand is the fewest."""
    for found in _ROUNDLY.finditer(text):
        about = meant(text, *found.span(), counted)
        least = 2 * _SCALES[found[1].lower()]
        if not any(each.count >= least for each in about.counted):
            yield f"says {found[0]}{about.beside}, which is {least:,} or more, but the rows give {about.told}"


def _wrong_shares(text: str, counted: Sequence[Counted]) -> Iterator[str]:
    """Shares such as “2 of 9” that were not counted."""
    for share in _SHARE.finditer(text):
        about, count, base = meant(text, *share.span(), counted, is_share=True), int(share[1]), int(share[2])
        applied = {each.count for each in counted if each.is_applied} if about.of_applied else set[int]()
        fits = [each.count == count and base in {each.base, *applied} for each in about.counted]
        if not (all(fits) if about.word else any(fits)):
            shares = "; ".join(f"{each.told} of {each.base:,}" for each in about.counted)
            yield f"says {share[0]}{about.beside}, but the rows give {shares}"


def _wrong_numbers(text: str, counted: Sequence[Counted]) -> Iterator[str]:
    for found in _EVERY_NUMBER.finditer(text):
        number = found[0].strip(",")
        plain = number.replace(",", "")
        about = meant(text, *found.span(), counted)
        fits = "." not in plain and [each.count == int(plain) for each in about.counted]
        is_right = fits and (all(fits) if about.word else any(fits))
        if not is_right:
            yield f"says {number}{about.beside}, but the rows give {about.told}"
    for found in _ONE.finditer(text):
        about = meant(text, *found.span(), counted)
        if about.word and not all(each.count == 1 for each in about.counted):
            yield f"says {found[0]}{about.beside}, but the rows give {about.told}"


def _claims(text: str, vocabulary: Vocabulary) -> Iterator[tuple[str, int, int]]:
    """Every claim of a share in a text, the longest first where they overlap: its words and where they stand."""
    amounts = [word for amount in vocabulary.amounts for word in amount.words]
    whole = [word for word, _, _ in vocabulary.whole]
    names = "|".join(re.escape(word) for word in sorted({*amounts, *whole}, key=len, reverse=True))
    for found in re.finditer(rf"{_PERCENT.pattern}|\b(?:{names})\b", text, re.IGNORECASE):
        before = text[: found.start()].split()[-3:]
        for length in range(len(before), -1, -1):
            said = " ".join([*before[len(before) - length :], found[0]])
            start = found.start() if not length else _start(text, found.start(), length)
            if _is_claim(said, vocabulary):
                yield said, start, found.end()
                break


def _start(text: str, end: int, words: int) -> int:
    """Where the last so many words before a place begin."""
    return list(re.finditer(r"\S+", text[:end]))[-words].start()


def _is_claim(said: str, vocabulary: Vocabulary) -> bool:
    try:
        understand(said, vocabulary)
    except UnknownWords:
        return False
    return True


def _spelled(text: str) -> str:
    """The text with its numbers in words written in digits; “one” alone stays: it seldom counts."""
    return _IN_WORDS.sub(
        lambda found: found[0] if found[0].lower() == "one" else str(value_of(found[0])), text
    )


def value_of(words: str) -> int:
    """The number that words say: "sixty-six" is 66, "a hundred and fifty-one" 151."""
    total = part = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _VALUES:
            part += _VALUES[word]
        elif word in _SCALES:
            part = max(part, 1) * _SCALES[word]
            if word == "thousand":
                total, part = total + part, 0
    return total + part


def has_number(text: str) -> bool:
    """Whether a text counts something, in digits or in words."""
    left = _NOT_A_COUNT.sub(" ", text)
    return bool(_DIGITS.search(_spelled(left)) or _ONE.search(left))


def phrases_in(text: str, phrases: Sequence[str]) -> list[str]:
    """Those of some phrases that a text uses, in whole words."""
    return [each for each in phrases if re.search(rf"\b{re.escape(each)}\b", text, re.IGNORECASE)]
