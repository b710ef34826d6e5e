"""Sets of figures that divide one base: what they add up to, how they were rounded, what was not printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice

from remit.engines.figures import (
    ROUNDING_WORDS,
    RoundedSet,
    Rounding,
    methods_that_give,
    partition,
    reconstructions,
    round_set,
)
from remit.figures.queries.reading import KeptVersion, figures_of_set
from remit.figures.rules import set_titles

MOST_WAYS = 1000


@dataclass(frozen=True)
class FigureSet:
    """Figures that divide one base.

    `ways` are the ways to fill in the counts that were not printed, in the order of `missing`; at most 1,000.
    `counts` are those of the members in order, printed or the only ones that fit; empty where nobody can know
    them. `by_rule` are their shares rounded in each way, empty where the counts do not make the base.
    """

    id: str
    title: str
    base: int
    base_what: str
    members: tuple[KeptVersion, ...]
    counts: tuple[int, ...]
    by_rule: tuple[RoundedSet, ...]
    missing: tuple[str, ...]
    ways: tuple[tuple[int, ...], ...]

    @property
    def printed(self) -> tuple[Decimal, ...] | None:
        """The printed percentages, if every one of them is known."""
        found = [member.published_percent for member in self.members]
        return tuple(each for each in found if each is not None) if None not in found else None

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know of the set, in sentences."""
        return tuple(note for note in (_filled(self), _divides(self), _sums(self), _method(self)) if note)


def sets_among(versions: Iterable[KeptVersion]) -> list[FigureSet]:
    """The sets among some figures, in the order of their first parts."""
    members: dict[str, list[KeptVersion]] = {}
    for version in versions:
        if version.figure_set:
            members.setdefault(version.figure_set, []).append(version)
    return [made for id, found in members.items() if (made := _made(id, found)) is not None]  # noqa: A001


def figure_set(id: str, *, at: datetime | None, then: datetime | None = None) -> FigureSet | None:  # noqa: A002
    """One set; None where no figures share it, or they do not share a base."""
    return _made(id, figures_of_set(id, at=at, then=then))


def _made(id: str, members: Sequence[KeptVersion]) -> FigureSet | None:  # noqa: A002
    bases = {member.base for member in members}
    if len(bases) != 1 or None in bases:
        return None
    base = members[0].base
    assert base is not None  # noqa: S101 - just seen
    known = [member.numerator for member in members if member.numerator is not None]
    missing = [member for member in members if member.numerator is None]
    percents = [member.published_percent for member in missing]
    ways = tuple(islice(reconstructions(base, known, percents), MOST_WAYS)) if missing else ()
    filled = iter(ways[0] if len(ways) == 1 else ())
    counts = (
        tuple(next(filled) if member.numerator is None else member.numerator for member in members)
        if not missing or len(ways) == 1
        else ()
    )
    rules = (Rounding.HALF_UP, Rounding.LARGEST_REMAINDER) if partition(counts, base).allowed else ()
    return FigureSet(
        id=id,
        title=set_titles().get(id, ""),
        base=base,
        base_what=members[0].base_what,
        members=tuple(members),
        counts=counts,
        by_rule=tuple(round_set(counts, base, rule, members[0].places) for rule in rules),
        missing=tuple(member.figure for member in missing),
        ways=ways,
    )


def _divides(found: FigureSet) -> str:
    if not found.counts:
        return ""
    decision = partition(found.counts, found.base)
    if not decision.allowed:
        return f"The counts do not make the base: {decision.reasons[0].message}"
    terms = " + ".join(f"{count:,}" for count in found.counts)
    return f"{terms} = {found.base:,}, so nobody is left out or counted twice."


def _sums(found: FigureSet) -> str:
    said = []
    if found.printed:
        said.append(f"The printed percentages add up to {sum(found.printed)}.")
    for made in found.by_rule:
        listed = ", ".join(str(each) for each in made.percents)
        if made.rule is Rounding.HALF_UP:
            said.append(f"Each rounded by itself they are {listed}. {made.note}".strip())
        elif made.percents != found.by_rule[0].percents:
            said.append(
                f"Rounded as a set, by largest remainder, they are {listed} and add up to {made.total}."
            )
    return " ".join(said)


def _method(found: FigureSet) -> str:
    if not found.printed or not found.by_rule:
        return ""
    methods = methods_that_give(found.printed, found.counts, found.base, found.members[0].places)
    if not methods:
        return "No single way of rounding gives the percentages as printed."
    return f"The printed percentages were made so: {ROUNDING_WORDS[methods[0]].lower()}."


def _filled(found: FigureSet) -> str:
    if not found.missing:
        return ""
    names = {member.figure: member.label for member in found.members}
    listed = "; ".join(names[each] for each in found.missing)
    if not found.ways:
        return f"No counts fit what was printed for: {listed}."
    if len(found.ways) == 1:
        pairs = zip(found.missing, found.ways[0], strict=True)
        only = "; ".join(f"{names[figure]} {count:,}" for figure, count in pairs)
        return f"Counts were not printed. Only these fit: {only}."
    more = "or more " if len(found.ways) == MOST_WAYS else ""
    return f"Counts were not printed for: {listed}. {len(found.ways):,} {more}ways of filling them in fit."
