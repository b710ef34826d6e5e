"""Before a vote and instead of one: notice, consultation, requisitions by members, and who may call what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from remit.engines.constitution.counting import per_cent, per_cent_of, plain
from remit.engines.constitution.roll import Roll
from remit.kernel.decision import ALLOWED, Decision, refuse


@dataclass(frozen=True)
class NoticeRule:
    """Days of notice of a meeting or a motion: clear calendar days between the day of the notice and the meeting.

    `urgent_days`: how few are enough where a reason for urgency is given; None where nothing is urgent.
    """

    clause: str
    days: int
    urgent_days: int | None = None


def enough_notice(rule: NoticeRule, given_on: date, meets_on: date, *, reason: str = "") -> Decision:
    """Whether a meeting was called in time. Clear days: neither the day of the notice nor the meeting counts."""
    clear = (meets_on - given_on).days - 1
    if clear >= rule.days:
        return ALLOWED
    if rule.urgent_days is None or clear < rule.urgent_days:
        earliest = given_on + timedelta(
            days=(rule.days if rule.urgent_days is None else rule.urgent_days) + 1
        )
        return refuse(
            "notice_too_short",
            f"The clause asks for {rule.days} clear days of notice, and this leaves {max(clear, 0)}. "
            f"Choose {earliest.day} {earliest:%B} {earliest.year} or later.",
            rule.clause,
        )
    if not reason.strip():
        return refuse(
            "no_reason_for_urgency",
            f"This leaves {clear} clear days, fewer than {rule.days}. Say why it is urgent.",
            rule.clause,
        )
    return ALLOWED


@dataclass(frozen=True)
class ConsultationRule:
    """The fewest calendar days for which members are consulted, from the opening to the close."""

    clause: str
    days: int


@dataclass(frozen=True)
class Adequacy:
    """How long a consultation lasts beside the rule. `words` are those of its badge, for all to see."""

    days: int
    minimum: int
    clause: str

    @property
    def is_adequate(self) -> bool:
        """Whether it lasts long enough."""
        return self.days >= self.minimum

    @property
    def words(self) -> str:
        """ "10 days: below minimum (28)"."""
        length = f"{self.days} day{'' if self.days == 1 else 's'}"
        return f"{length}: {'meets' if self.is_adequate else 'below'} minimum ({self.minimum})"


def adequacy(rule: ConsultationRule, opens_on: date, closes_on: date) -> Adequacy:
    """How long a consultation lasts. Both days count: from 1 to 10 October are ten."""
    return Adequacy((closes_on - opens_on).days + 1, rule.days, rule.clause)


@dataclass(frozen=True)
class RequisitionRule:
    """Members who may require a meeting or a ballot: which share of the roll, and within how many calendar days of
    the day on which enough have signed it must be held."""

    clause: str
    share: Fraction
    days: int


@dataclass(frozen=True)
class Requisition:
    """Signatures counted against the roll. `due_on`: the last day for the meeting; None until enough have signed."""

    signed: int
    members: int
    not_members: tuple[str, ...]
    is_valid: bool
    due_on: date | None
    clause: str
    words: str


def requisition(rule: RequisitionRule, roll: Roll, signed: Collection[str], on: date) -> Requisition:
    """Count those who signed by a day: members once each, others apart. `on`: the day of the last signature."""
    members = set(roll.by_code)
    mine, others = members & set(signed), tuple(sorted(set(signed) - members))
    part, base = Fraction(len(mine)), Fraction(len(members))
    is_valid = bool(mine) and part >= rule.share * base
    share = per_cent(part / base) if base else per_cent_of(part, base)
    words = (
        f"{plain(part)} of {plain(base)} members signed, which is {share}; "
        f"the clause asks for at least {per_cent(rule.share)}"
    )
    return Requisition(
        len(mine),
        len(members),
        others,
        is_valid,
        on + timedelta(days=rule.days) if is_valid else None,
        rule.clause,
        words,
    )
