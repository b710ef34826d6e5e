"""A figure before anybody records it: whether some count gives its percentage, and whether its words go too far."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from remit.engines.figures import (
    Rounding,
    attainable,
    borne_out,
    counts_that_fit,
    fair_words,
    follows,
    percentage,
    spoken_finely,
)
from remit.figures.rules import vocabulary
from remit.kernel.decision import Decision, Reason


def tried(
    *,
    count: int | None,
    base: int | None,
    percent: Decimal | None,
    words: str,
    base_what: str = "",
    rule: Rounding = Rounding.HALF_UP,
    places: int | None = None,
) -> list[Decision]:
    """What is said of a figure, held against its count and base: the percentage, then the words. Each decision has
    one reason, with the arithmetic; a refusal also says what would be right."""
    found = []
    if percent is not None and base is not None:
        found.append(_percentage(percent, base, count, rule, places))
    if words:
        found.append(_words(words, count, base, percent, base_what))
    return found


def _percentage(
    percent: Decimal, base: int, count: int | None, rule: Rounding, places: int | None
) -> Decision:
    decision = attainable(percent, base, count=count, rule=rule, places=places)
    if decision.allowed and count is not None:
        decision = follows(percent, count, base, rule, places)
    if not decision.allowed:
        return decision
    if count is not None:
        said = f"{spoken_finely(count, base, places or 0)}, as printed."
    else:
        fitting = counts_that_fit(percent, base, rule, places)
        span = f"{fitting[0]:,} to {fitting[-1]:,}" if len(fitting) > 1 else f"only {fitting[0]:,}"
        said = f"{percent}% of {base:,}: {span} would give it."
    return Decision(True, (Reason("attainable", said),))


def _words(
    words: str, count: int | None, base: int | None, percent: Decimal | None, base_what: str
) -> Decision:
    decision = borne_out(words, vocabulary(), count=count, base=base, percent=percent, base_what=base_what)
    reason = decision.reasons[0]
    if reason.code != "not_borne_out":
        return decision
    share = percentage(count, base) if count is not None and base else percent
    assert share is not None  # noqa: S101 - words were held against it
    fair = fair_words(Fraction(share), vocabulary())
    told = f"{reason.message} “{fair.capitalize()}” would be fair." if fair else reason.message
    return Decision(False, (Reason(reason.code, told, reason.clause),))
