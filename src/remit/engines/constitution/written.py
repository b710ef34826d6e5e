"""Rules as clauses carry them: a kind, its parameters, and the motions they are for; read whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias, TypeVar

from remit.engines.constitution.others import Binding
from remit.engines.constitution.procedures import ConsultationRule, NoticeRule, RequisitionRule
from remit.engines.constitution.rules import Band, Basis, Majority, Quorum, Tie, Unit, Weighing, Weights

SHARE = re.compile(
    r"(?P<part>\d{1,6})\s*/\s*(?P<whole>\d{1,6})|(?P<percent>\d{1,3}(?:\.\d{1,4})?)\s*%", re.ASCII
)
MOST_DAYS = 3660
OneOf = TypeVar("OneOf", bound=StrEnum)


class Electorate(StrEnum):
    """Who may vote."""

    PRACTICES = "practices"
    GPS = "gps"
    BOTH = "both"
    """Practices and their general practitioners side by side."""


@dataclass(frozen=True)
class ElectorateRule:
    """Who may vote; where both do, whose vote binds."""

    clause: str
    who: Electorate
    binding: Binding


@dataclass(frozen=True)
class AbstentionRule:
    """Whether an abstention counts as a vote cast."""

    clause: str
    are_cast: bool


@dataclass(frozen=True)
class TieRule:
    """What becomes of a tie."""

    clause: str
    tie: Tie


@dataclass(frozen=True)
class ProxyRule:
    """For how many others somebody may vote; 0: for nobody."""

    clause: str
    most: int


@dataclass(frozen=True)
class AmendmentRule:
    """How the constitution is amended, besides the vote: whether NHS England has to approve it."""

    clause: str
    needs_approval: bool


@dataclass(frozen=True)
class RemovalRule:
    """What follows when a vote of no confidence is carried: an election within so many calendar days."""

    clause: str
    days: int


@dataclass(frozen=True)
class ReelectionRule:
    """A change of governance after which the board has to be elected anew, within so many calendar days."""

    clause: str
    days: int


@dataclass(frozen=True)
class SoleRule:
    """Who may decide something alone, without a vote."""

    clause: str
    who: str
    what: str


Rule: TypeAlias = (
    ElectorateRule
    | Weights
    | Quorum
    | Majority
    | AbstentionRule
    | TieRule
    | NoticeRule
    | ConsultationRule
    | ProxyRule
    | RequisitionRule
    | AmendmentRule
    | RemovalRule
    | ReelectionRule
    | SoleRule
)


@dataclass(frozen=True)
class Written:
    """A rule as a clause carries it. `motions`: the kinds of motion that it is for; empty for all others."""

    kind: str
    clause: str
    rule: Rule
    motions: tuple[str, ...] = ()


class NotARule(ValueError):
    """What was written is no rule of that kind; the message says how to put it right."""


class Parameters:
    """The parameters of one rule: each is asked for once, and what nobody asked for is refused."""

    def __init__(self, raw: Mapping[str, object]) -> None:
        self._raw = dict(raw)

    def text(self, name: str, default: str | None = None) -> str:
        """Words."""
        found = self._raw.pop(name, default)
        if not isinstance(found, str) or (default is None and not found.strip()):
            raise NotARule(f"Say “{name}” in words.")
        return found.strip()

    def choice(self, name: str, of: type[OneOf], default: OneOf) -> OneOf:
        """One of a few words."""
        found = self._raw.pop(name, default.value)
        if found not in {each.value for each in of}:
            raise NotARule(f"“{name}” is one of: {', '.join(each.value for each in of)}.")
        return of(str(found))

    def share(self, name: str) -> Fraction:
        """A share as it is written: ``2/3`` or ``75%``; never a decimal fraction."""
        found = SHARE.fullmatch(str(self._raw.pop(name, "")).strip())
        if found is None or (found["whole"] and not int(found["whole"])):
            raise NotARule(f"Write “{name}” like 2/3 or 75%.")
        if found["percent"]:
            return Fraction(found["percent"]) / 100
        return Fraction(int(found["part"]), int(found["whole"]))

    def number(self, name: str, default: int | None = None, *, most: int = MOST_DAYS) -> int:
        """A whole number, not below nought."""
        found = self._raw.pop(name, default)
        if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= most:
            raise NotARule(f"“{name}” is a whole number from 0 to {most}.")
        return found

    def optional(self, name: str, *, most: int = MOST_DAYS) -> int | None:
        """A whole number, or nothing."""
        if self._raw.get(name) is None:
            self._raw.pop(name, None)
            return None
        return self.number(name, most=most)

    def yes(self, name: str, default: bool = False) -> bool:
        """Yes or no."""
        found = self._raw.pop(name, default)
        if not isinstance(found, bool):
            raise NotARule(f"“{name}” is yes or no.")
        return found

    def day(self, name: str) -> date | None:
        """A day as ``2015-04-01``, or nothing."""
        found = self._raw.pop(name, None)
        if found in (None, ""):
            return None
        try:
            return date.fromisoformat(str(found))
        except ValueError:
            raise NotARule(f"Write “{name}” like 2015-04-01.") from None

    def bands(self, name: str) -> tuple[Band, ...]:
        """Bands of list size, the smallest first, from nought up."""
        rows = self._raw.pop(name, ())
        try:
            bands = tuple(Band(int(row["least"]), int(row["votes"])) for row in rows)  # type: ignore[attr-defined]
        except (TypeError, KeyError, ValueError):
            raise NotARule("Each band has “least” (patients) and “votes”.") from None
        sizes = [band.least for band in bands]
        if sizes and (sizes[0] != 0 or sizes != sorted(set(sizes)) or any(band.votes < 0 for band in bands)):
            raise NotARule("Bands begin with 0 patients, and each begins higher than the one before.")
        return bands

    def finish(self) -> None:
        """Refuse what is left over."""
        if self._raw:
            raise NotARule(f"A rule of this kind has no “{min(self._raw)}”.")


def _electorate(clause: str, given: Parameters) -> ElectorateRule:
    who = given.choice("who", Electorate, Electorate.PRACTICES)
    own = Binding.BOTH if who is Electorate.BOTH else Binding(who.value)
    binding = given.choice("binding", Binding, own)
    if who is not Electorate.BOTH and binding is not own:
        raise NotARule(f"Only {who.value} vote, so only their vote can bind.")
    return ElectorateRule(clause, who, binding)


def _weights(clause: str, given: Parameters) -> Weights:
    weighing = given.choice("weighing", Weighing, Weighing.ONE_EACH)
    of, counted_on, bands = given.text("of", ""), given.day("counted_on"), given.bands("bands")
    if weighing is Weighing.ONE_EACH:
        if of or counted_on or bands:
            raise NotARule("Where each has one vote there is nothing to weigh by.")
        return Weights(clause)
    if of not in {"registered", "weighted"}:
        raise NotARule("Say whether “of” is registered or weighted patients.")
    if (weighing is Weighing.BANDED) != bool(bands):
        raise NotARule("Bands go with “banded”, and “banded” with bands.")
    return Weights(clause, weighing, of, counted_on, bands)


def _quorum(clause: str, given: Parameters) -> Quorum:
    count = given.optional("count", most=100_000)
    share = given.share("share") if count is None else None
    return Quorum(
        clause, share, count, given.choice("unit", Unit, Unit.VOTERS), given.yes("in_each_locality")
    )


def _majority(clause: str, given: Parameters) -> Majority:
    return Majority(
        clause,
        given.share("share"),
        given.yes("is_strict", True),
        given.choice("basis", Basis, Basis.CAST),
        given.choice("unit", Unit, Unit.WEIGHT),
        given.yes("in_each_locality"),
    )


def _notice(clause: str, given: Parameters) -> NoticeRule:
    days, urgent = given.number("days"), given.optional("urgent_days")
    if urgent is not None and urgent > days:
        raise NotARule("Urgent notice is no longer than the usual one.")
    return NoticeRule(clause, days, urgent)


def _requisition(clause: str, given: Parameters) -> RequisitionRule:
    share = given.share("share")
    if not 0 < share <= 1:
        raise NotARule("A requisition asks for a share of the members, up to all of them.")
    return RequisitionRule(clause, share, given.number("days"))


READERS: dict[str, Callable[[str, Parameters], Rule]] = {
    "electorate": _electorate,
    "weights": _weights,
    "quorum": _quorum,
    "majority": _majority,
    "abstentions": lambda clause, given: AbstentionRule(clause, given.yes("are_cast")),
    "tie": lambda clause, given: TieRule(clause, given.choice("tie", Tie, Tie.FALLS)),
    "notice": _notice,
    "consultation": lambda clause, given: ConsultationRule(clause, given.number("days")),
    "proxy": lambda clause, given: ProxyRule(clause, given.number("most", most=1000)),
    "requisition": _requisition,
    "amendment": lambda clause, given: AmendmentRule(clause, given.yes("needs_approval", True)),
    "removal": lambda clause, given: RemovalRule(clause, given.number("days")),
    "reelection": lambda clause, given: ReelectionRule(clause, given.number("days")),
    "sole": lambda clause, given: SoleRule(clause, given.text("who"), given.text("what")),
}
"""The kinds of rules, each with how it is read."""


def read_rule(clause: str, raw: Mapping[str, object]) -> Written:
    """A rule as it is kept (JSON): its kind, its parameters, and `motions`. Raises `NotARule` with what is wrong."""
    given = dict(raw)
    kind, motions = given.pop("kind", ""), given.pop("motions", ())
    reader = READERS.get(str(kind))
    if reader is None:
        raise NotARule(f"There is no kind of rule “{kind}”. There are: {', '.join(READERS)}.")
    if not isinstance(motions, list | tuple) or not all(isinstance(each, str) for each in motions):
        raise NotARule("“motions” lists kinds of motion.")
    parameters = Parameters(given)
    try:
        rule = reader(clause, parameters)
    except NotARule:
        raise
    except ValueError as wrong:
        raise NotARule(f"Not a rule: {wrong}.") from None
    parameters.finish()
    return Written(str(kind), clause, rule, tuple(sorted(set(motions))))


def read_rules(clause: str, raw: Sequence[Mapping[str, object]]) -> tuple[Written, ...]:
    """All rules of one clause."""
    return tuple(read_rule(clause, each) for each in raw)
