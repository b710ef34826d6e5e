"""Claims in words: "majority", "almost half", "more than 70%", held against the figure.

What each word means is a dated convention, kept in the rulebook and handed in as a `Vocabulary`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product

from remit.engines.figures.shares import MOST_PLACES, Rounding, percentage, rounded, shown
from remit.kernel.decision import Decision, Reason, refuse

CLAUSE = "Figure ledger: a claim in words is held against its figure and base"
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?) ?(?:%|per cent)")


@dataclass(frozen=True)
class Comparison:
    """A way of comparing, such as "almost": how many points from the amount the share may lie.

    `name` is what it means ("up to 5 points below"), `words` what people write. `lowest` and `highest` are
    percentage points from the amount, None without a limit; `with_lowest` and `with_highest` say whether the
    limit itself is allowed.
    """

    name: str
    words: tuple[str, ...]
    lowest: Fraction | None
    highest: Fraction | None
    with_lowest: bool = True
    with_highest: bool = True

    def allows(self, difference: Fraction) -> bool:
        """Whether a share that many points from the amount may be so described."""
        if self.lowest is not None and (
            difference < self.lowest or (difference == self.lowest and not self.with_lowest)
        ):
            return False
        if self.highest is None:
            return True
        return difference < self.highest or (difference == self.highest and self.with_highest)


@dataclass(frozen=True)
class Amount:
    """A word for an amount: "half" is 50 of a hundred."""

    words: tuple[str, ...]
    percent: Fraction


@dataclass(frozen=True)
class Vocabulary:
    """The words that claims are made of. `whole` holds (word, comparison, amount): "majority", "more than", "half"."""

    comparisons: tuple[Comparison, ...]
    amounts: tuple[Amount, ...]
    whole: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Claim:
    """What a claim in words asserts."""

    words: str
    comparison: Comparison
    amount: str
    percent: Fraction

    @property
    def meaning(self) -> str:
        """In plain words: "more than half (50%)"."""
        said = f"{self.comparison.name} {self.amount}".strip()
        figure = shown(self.percent, 0 if self.percent.denominator == 1 else 1)
        return said if self.amount == figure else f"{said} ({figure})"


class UnknownWords(ValueError):
    """Words that the vocabulary does not hold."""


def understand(words: str, vocabulary: Vocabulary) -> Claim:
    """What a claim such as "almost half" asserts. Raises `UnknownWords`."""
    text = " ".join(words.lower().split())
    for word, comparison, amount in vocabulary.whole:
        if text == word:
            text = f"{comparison} {amount}".strip()
    for comparison_ in vocabulary.comparisons:
        for start in sorted(comparison_.words, key=len, reverse=True):
            rest = text.removeprefix(f"{start} ") if start else text
            if start and rest == text:
                continue
            percent = _amount(rest, vocabulary)
            if percent is not None:
                return Claim(words, comparison_, rest, percent)
    raise UnknownWords(f"“{words}” is not in the table of words")


def _amount(text: str, vocabulary: Vocabulary) -> Fraction | None:
    for amount in vocabulary.amounts:
        if text in amount.words:
            return amount.percent
    found = _PERCENT.fullmatch(text)
    return Fraction(found[1]) if found else None


def borne_out(
    words: str,
    vocabulary: Vocabulary,
    *,
    count: int | None = None,
    base: int | None = None,
    percent: Decimal | None = None,
    base_what: str = "",
) -> Decision:
    """Whether a claim in words is true of `count` of `base`, or of a printed `percent` where no count is known.

    Either way the one reason shows the arithmetic and names the base: ``borne_out``, or the refusals
    ``not_borne_out``, ``unknown_words`` and ``nothing_to_check``.
    """
    try:
        claim = understand(words, vocabulary)
    except UnknownWords:
        return refuse(
            "unknown_words",
            f"“{words}” is not a claim that can be checked. Say it with a share, such as “more than 70%”.",
            CLAUSE,
        )
    if count is not None and base:
        share = percentage(count, base)
        of = f"{base:,} {base_what}".strip()
        told = f"{count:,} of {'the ' if base_what else ''}{of} is {_enough(share, claim)}"
    elif percent is not None:
        share = Fraction(percent)
        told = f"the figure is {percent}%"
    else:
        return refuse("nothing_to_check", f"“{words}” needs a count and its base, or a share.", CLAUSE)
    allowed = claim.comparison.allows(share - claim.percent)
    means = claim.meaning
    message = f"“{words}” means {means}: {told}." if means != words else f"“{words}”: {told}."
    return Decision(allowed, (Reason("borne_out" if allowed else "not_borne_out", message, CLAUSE),))


def _enough(share: Fraction, claim: Claim) -> str:
    """The share with as few decimals as show why the claim is true of it, or is not."""
    allowed = claim.comparison.allows(share - claim.percent)
    for places in range(MOST_PLACES):
        printed = Fraction(rounded(share, Rounding.HALF_UP, places))
        if claim.comparison.allows(printed - claim.percent) == allowed:
            return shown(share, places)
    return shown(share, MOST_PLACES)


def fair_words(share: Fraction, vocabulary: Vocabulary) -> str:
    """Words that a share does bear out, nearest first: "almost half" for 45, "more than half" for 58 of a hundred."""
    fitting = [
        (comparison.lowest is None or comparison.highest is None, abs(share - amount.percent), place)
        for place, (comparison, amount) in enumerate(_pairs(vocabulary))
        if comparison.allows(share - amount.percent)
    ]
    if not fitting:
        return ""
    comparison, amount = list(_pairs(vocabulary))[min(fitting)[2]]
    return f"{comparison.words[0]} {amount.words[0]}".strip()


def _pairs(vocabulary: Vocabulary) -> Iterator[tuple[Comparison, Amount]]:
    return product(vocabulary.comparisons, vocabulary.amounts)
