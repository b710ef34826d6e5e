"""Typed checks of what an article says: each recomputes its claim and tells the arithmetic in words.

A claim is one or more checks, kept in the rulebook with the numbers it rests on and the numbers it asserts; what
comes out is worked out here each time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from remit.engines.figures.sets import partition, reconstructions, round_set
from remit.engines.figures.shares import (
    Rounding,
    bases_that_fit,
    counts_that_fit,
    follows,
    percentage,
    rounded,
    shown,
    spoken_finely,
)
from remit.engines.figures.words import Vocabulary, borne_out

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """Whether a check holds, and its arithmetic in a sentence."""

    holds: bool
    arithmetic: str


class NoSuchCheck(ValueError):
    """A kind of check that is not in the table, or one asked for with the wrong arguments."""


def _terms(numbers: Sequence[int]) -> str:
    return " + ".join(f"{each:,}" for each in numbers)


def _listed(percents: Sequence[Decimal]) -> str:
    return "/".join(str(each) for each in percents)


def total(*, terms: Sequence[int], makes: int) -> Outcome:
    """Whether numbers add up to what is said."""
    return Outcome(sum(terms) == makes, f"{_terms(terms)} = {sum(terms):,}.")


def left(*, of: int, less: int, leaves: int) -> Outcome:
    """Whether a difference is what is said."""
    return Outcome(of - less == leaves, f"{of:,} − {less:,} = {of - less:,}.")


def parts(*, counts: Sequence[int], base: int) -> Outcome:
    """Whether counts share out a base with nothing over."""
    made = f"{_terms(counts)} = {sum(counts):,}"
    holds = partition(counts, base).allowed
    return Outcome(holds, f"{made}." if holds else f"{made}, not {base:,}.")


def share(
    *, count: int, base: int, percent: Decimal, rule: Rounding = Rounding.HALF_UP, exactly: bool = False
) -> Outcome:
    """Whether a count of a base is printed as a percentage by a rule, or is exactly that."""
    exact = percentage(count, base)
    holds = exact == percent if exactly else follows(percent, count, base, rule).allowed
    if rule is Rounding.TRUNCATED:
        cut, finer = rounded(exact, rule), shown(exact, 2)
        return Outcome(holds, f"{count:,} of {base:,}, cut off, is {cut}% ({finer}).")
    return Outcome(holds, f"{spoken_finely(count, base)}.")


def set_total(
    *, counts: Sequence[int], base: int, makes: Decimal, rule: Rounding = Rounding.HALF_UP
) -> Outcome:
    """Whether the shares of a set, rounded by a rule, add up to what is said."""
    made = round_set(counts, base, rule)
    sums = " + ".join(str(each) for each in made.percents)
    return Outcome(made.total == makes, f"{sums} = {made.total}.")


def set_rounds_to(
    *, counts: Sequence[int], base: int, percents: Sequence[Decimal], rule: Rounding, so: bool = True
) -> Outcome:
    """Whether a set is printed just so by a rule; with `so` false, whether it is not."""
    made = round_set(counts, base, rule)
    gives = made.percents == tuple(percents)
    told = f"{rule.replace('_', ' ').capitalize()} gives {_listed(made.percents)}"
    return Outcome(gives == so, f"{told}." if gives else f"{told}, not {_listed(percents)}.")


def reachable(*, percent: Decimal, base: int, so: bool = True) -> Outcome:
    """Whether some whole count of a base is printed as a percentage; with `so` false, whether none is."""
    fitting = counts_that_fit(percent, base)
    return Outcome(bool(fitting) == so, f"{percent}% of {base:,}: {_span(fitting)}.")


def _span(fitting: Sequence[int]) -> str:
    if not fitting:
        return "no whole count gives it"
    return f"only {fitting[0]:,}" if len(fitting) == 1 else f"{fitting[0]:,} to {fitting[-1]:,}"


def bases(*, count: int, percent: Decimal, among: Sequence[int], fit: Sequence[int]) -> Outcome:
    """Whether, of the bases from the first to the last of `among`, just those of `fit` print the percentage."""
    found = bases_that_fit(count, percent, range(among[0], among[-1] + 1))
    told = f"on a base of {', '.join(map(str, found))}" if found else "on none"
    return Outcome(
        list(found) == list(fit),
        f"Of the bases {among[0]} to {among[-1]}, {count} is {percent}% {told}.",
    )


def said(
    *,
    words: str,
    vocabulary: Vocabulary,
    count: int | None = None,
    base: int | None = None,
    percent: Decimal | None = None,
    base_what: str = "",
    so: bool = True,
) -> Outcome:
    """Whether a claim in words is borne out; with `so` false, whether it is not."""
    decision = borne_out(words, vocabulary, count=count, base=base, percent=percent, base_what=base_what)
    return Outcome(decision.allowed == so, decision.reasons[0].message)


def said_on_every_base(*, words: str, vocabulary: Vocabulary, count: int, bases: Sequence[int]) -> Outcome:
    """Whether a claim in words is borne out on every base from the first to the last of `bases`."""
    every = range(bases[0], bases[-1] + 1)
    holds = all(borne_out(words, vocabulary, count=count, base=base).allowed for base in every)
    ends = " and ".join(f"{shown(percentage(count, base), 1)} of {base}" for base in (every[0], every[-1]))
    return Outcome(holds, f"{count} is {ends}.")


def fillings(
    *,
    base: int,
    known: Sequence[int],
    percents: Sequence[Decimal | None],
    ways: int,
    only: Sequence[int] = (),
) -> Outcome:
    """Whether the counts that were not printed can be filled in that many ways, or in that one way only."""
    found = list(reconstructions(base, known, percents))
    holds = len(found) == ways and (not only or found == [tuple(only)])
    if len(found) == 1:
        return Outcome(holds, f"Only {', '.join(map(str, found[0]))} fit, of {base:,}.")
    firsts = [each[0] for each in found]
    told = f", the first from {min(firsts)} to {max(firsts)}" if found else ""
    return Outcome(holds, f"{len(found)} ways fit{told}, of {base:,}.")


def pages(*, items: int, per_page: int, sizes: Sequence[int]) -> Outcome:
    """Whether a list falls into pages of these sizes."""
    found = [min(per_page, items - start) for start in range(0, items, per_page)]
    told = " and ".join(map(str, found))
    return Outcome(found == list(sizes), f"{items} at {per_page} a page: {told}.")


def weekday(*, days: Sequence[date], is_a: str) -> Outcome:
    """Whether days fell on a day of the week."""
    names = [DAYS[day.weekday()] for day in days]
    told = ", ".join(f"{_day(day)} was a {name}" for day, name in zip(days, names, strict=True))
    return Outcome(set(names) == {is_a}, f"{told}.")


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


CHECKS: dict[str, Callable[..., Outcome]] = {
    "total": total,
    "left": left,
    "parts": parts,
    "share": share,
    "set_total": set_total,
    "set_rounds_to": set_rounds_to,
    "reachable": reachable,
    "bases": bases,
    "said": said,
    "said_on_every_base": said_on_every_base,
    "fillings": fillings,
    "pages": pages,
    "weekday": weekday,
}
NEEDS_WORDS = frozenset({"said", "said_on_every_base"})


def check(kind: str, arguments: Mapping[str, Any], vocabulary: Vocabulary) -> Outcome:
    """Run one check by its kind. Raises `NoSuchCheck` for another kind, or arguments that it does not take."""
    program = CHECKS.get(kind)
    if program is None:
        raise NoSuchCheck(f"there is no check “{kind}”")
    given = {**arguments, "vocabulary": vocabulary} if kind in NEEDS_WORDS else dict(arguments)
    if "rule" in given:
        given["rule"] = Rounding(given["rule"])
    try:
        return program(**given)
    except TypeError as error:
        raise NoSuchCheck(f"“{kind}” cannot be checked so: {error}") from error
