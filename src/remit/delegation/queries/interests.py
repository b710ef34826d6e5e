"""What commissioners said before they applied, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from remit.delegation.models import (
    Application,
    ExpressionOfInterest,
    Invitation,
    PlannedRound,
    PositionStatement,
    Programme,
    Round,
)
from remit.delegation.queries.scope import groups_of, holders_on
from remit.delegation.rules import levels
from remit.delegation.states.intentions import APPLIED, INTENDS, LAPSED, NOT_NOW, UNDECIDED
from remit.engines.figures import Rounding, percentage, rounded
from remit.kernel.moments import london_day
from remit.register.queries import kinds_on, names_on, succession_steps
from remit.register.rules import COMMISSIONER_KINDS


@dataclass(frozen=True)
class InterestRow:
    """An expression of interest, and the application that it became, once that was submitted. `is_converted`: one was
    begun from it."""

    id: str
    programme: str
    commissioner: str
    name: str
    level: int
    would_manage_performance: bool
    words: str
    expressed_at: datetime
    application: str
    round: str
    is_converted: bool


@dataclass(frozen=True)
class InterestTally:
    """Counts, each among those of the one before: all who expressed interest, who want full delegation, and who of
    these would manage performance."""

    interests: int
    full: int
    full_and_performance: int

    @property
    def full_share(self) -> str:
        """Of all who expressed interest, as a whole percentage; empty for none."""
        return _share(self.full, self.interests)

    @property
    def performance_share(self) -> str:
        """The same of those who would manage performance too: never more than the share that it is part of."""
        return _share(self.full_and_performance, self.interests)


@dataclass(frozen=True)
class StatementRow:
    """What a commissioner last said of its plans. `now`: intends, undecided, not_now, applied or lapsed.

    `closes`: until when the intention can become an application, in words.
    """

    commissioner: str
    name: str
    answer: str
    level: int | None
    reasons: str
    stated_at: datetime
    now: str
    application: str
    closes: str


@dataclass(frozen=True)
class AnswerCount:
    """How many gave an answer: a level that they intend to apply for, undecided, or not now."""

    answer: str
    level: int | None
    count: int


@dataclass(frozen=True)
class InvitationRow:
    """That a commissioner which said “not now” is invited to a round."""

    round: str
    title: str
    commissioner: str
    name: str
    said_by: str
    reasons: str
    stated_at: datetime
    invited_at: datetime


def _share(count: int, of: int) -> str:
    return f"{rounded(percentage(count, of), Rounding.HALF_UP)}%" if of else ""


def interests_in(programme: str, at: datetime) -> list[InterestRow]:
    """Who expressed interest in a programme, by name."""
    rows = ExpressionOfInterest.objects.filter(programme=programme, expressed_at__lte=at)
    return _interests(list(rows.select_related("application")), at)


def interest_of(programme: str, commissioner: str, at: datetime) -> InterestRow | None:
    """A commissioner's expression of interest in a programme."""
    rows = ExpressionOfInterest.objects.filter(programme=programme, commissioner=commissioner)
    found = _interests(list(rows.select_related("application")), at)
    return found[0] if found else None


def _interests(rows: list[ExpressionOfInterest], at: datetime) -> list[InterestRow]:
    names = _names_then({row.commissioner_id for row in rows}, [row.expressed_at for row in rows], at)
    listed = [
        InterestRow(
            row.pk,
            row.programme_id,
            row.commissioner_id,
            names.get(row.commissioner_id, row.commissioner_id),
            row.level,
            row.would_manage_performance,
            row.words,
            row.expressed_at,
            own.pk if (own := _submitted(row.application, at)) else "",
            own.round_id if own else "",
            row.application_id is not None,
        )
        for row in rows
    ]
    return sorted(listed, key=lambda row: (row.name, row.commissioner))


def _names_then(codes: Collection[str], moments: Collection[datetime], at: datetime) -> dict[str, str]:
    """What commissioners were called when the last of them spoke: a code may have another name today."""
    return names_on(codes, london_day(max(moments, default=at)))


def _submitted(found: Application | None, at: datetime) -> Application | None:
    """An application that the public may know of: a draft is nobody else's business."""
    return found if found and found.submitted_at and found.submitted_at <= at else None


def interest_tally(rows: list[InterestRow]) -> InterestTally:
    """The counts of some expressions of interest."""
    highest = max(levels())
    full = [row for row in rows if row.level == highest]
    return InterestTally(len(rows), len(full), sum(row.would_manage_performance for row in full))


def statements_in(programme: str, at: datetime) -> list[StatementRow]:
    """What each commissioner last said of its plans by an instant, and what became of it, by name."""
    rows = PositionStatement.objects.filter(programme=programme, stated_at__lte=at).order_by(
        "stated_at", "pk"
    )
    last = {row.commissioner_id: row for row in rows}
    names = _names_then(last, [row.stated_at for row in last.values()], at)
    planned = {
        row.level: row for row in PlannedRound.objects.filter(programme=programme).order_by("deadline_at")
    }
    applied = {
        (row.commissioner_id, row.round.level): row.pk
        for row in Application.objects.filter(
            round__programme=programme, submitted_at__lte=at
        ).select_related("round")
    }
    listed = []
    for code, row in last.items():
        own = applied.get((code, row.level or 0), "")
        ends = planned.get(row.level or 0)
        now = row.answer
        if row.answer == INTENDS and own:
            now = APPLIED
        elif row.answer == INTENDS and ends is not None and ends.deadline.has_passed(at):
            now = LAPSED
        listed.append(
            StatementRow(
                code,
                names.get(code, code),
                row.answer,
                row.level,
                row.reasons,
                row.stated_at,
                now,
                own,
                ends.deadline.words if ends else "",
            )
        )
    return sorted(listed, key=lambda row: (row.name, row.commissioner))


def statement_tally(rows: list[StatementRow]) -> list[AnswerCount]:
    """How many gave each answer: every level, undecided, and “not now” where anybody said so. They sum to all."""
    counts = Counter((row.answer, row.level) for row in rows)
    listed = [
        AnswerCount(INTENDS, level, counts[(INTENDS, level)]) for level in sorted(levels(), reverse=True)
    ]
    listed.append(AnswerCount(UNDECIDED, None, counts[(UNDECIDED, None)]))
    if counts[(NOT_NOW, None)]:
        listed.append(AnswerCount(NOT_NOW, None, counts[(NOT_NOW, None)]))
    return listed


def invitations_in(round_code: str, at: datetime) -> list[InvitationRow]:
    """Who was invited to a round, by name. Invitations are out once the round is open."""
    return _invitations(at, round=round_code)


def invitations_of(commissioner: str, at: datetime) -> list[InvitationRow]:
    """The rounds that a commissioner is invited to and can still apply in."""
    return _invitations(at, commissioner=commissioner, round__deadline_at__gt=at)


def invitations_after(programme: str, at: datetime) -> list[InvitationRow]:
    """Who said “not now” in a programme and was invited to a later round, by name."""
    return _invitations(at, statement__programme=programme)


def _invitations(at: datetime, **which: object) -> list[InvitationRow]:
    rows = Invitation.objects.filter(invited_at__lte=at, round__opens_at__lte=at, **which)
    found = list(rows.select_related("round", "statement"))
    names = _names_then({row.commissioner_id for row in found}, [row.invited_at for row in found], at)
    listed = [
        InvitationRow(
            row.round_id,
            row.round.title,
            row.commissioner_id,
            names.get(row.commissioner_id, row.commissioner_id),
            row.statement.commissioner_id,
            row.statement.reasons,
            row.statement.stated_at,
            row.invited_at,
        )
        for row in found
    ]
    return sorted(listed, key=lambda row: (row.name, row.commissioner, row.round))


def to_invite(opened: Round, at: datetime) -> dict[str, str]:
    """Whom a round invites, with the statement that asks for it: whoever last said “not now” before it opens, was
    not invited by another programme since, and lacks the level over one of its contractor groups. Successors stand
    in for them."""
    opens_at = max(opened.opens_at, opened.made_at)
    last: dict[str, PositionStatement] = {}
    for row in PositionStatement.objects.filter(stated_at__lte=at).order_by("stated_at", "pk"):
        last[row.commissioner_id] = row
    waiting = [row for row in last.values() if row.answer == NOT_NOW and row.stated_at <= opens_at]
    if not waiting:
        return {}
    on = london_day(at)
    before = Invitation.objects.filter(statement__in=waiting)
    if opened.programme_id:
        before = before.exclude(round__programme=opened.programme_id)
    invited = set(before.values_list("statement", flat=True))
    heirs = _standing_in({row.commissioner_id for row in waiting}, on)
    have = holders_on(opened.level, groups_of(opened), on)
    there = set(Invitation.objects.filter(round=opened).values_list("commissioner", flat=True))
    return {
        heir: row.pk
        for row in waiting
        if row.pk not in invited
        for heir in heirs[row.commissioner_id]
        if heir not in have | there
    }


def _standing_in(codes: set[str], on: date) -> dict[str, set[str]]:
    """Who stands in for each on a day: itself while it is a commissioner, else whoever followed it and is one."""
    steps = succession_steps()
    found = {}
    for code in codes:
        seen, line = {code}, [code]
        while line:
            onward = {after for after, since in steps.get(line.pop(), ()) if since <= on} - seen
            seen |= onward
            line += sorted(onward)
        found[code] = seen
    kinds = kinds_on(set().union(*found.values()), on)
    return {
        code: {code}
        if kinds.get(code) in COMMISSIONER_KINDS
        else {c for c in seen if kinds.get(c) in COMMISSIONER_KINDS}
        for code, seen in found.items()
    }


def programme_of_round(code: str) -> str:
    """The programme of a round that is planned or set up; empty if it has none."""
    found = Programme.objects.filter(planned=code).first() or Programme.objects.filter(rounds=code).first()
    return found.pk if found else ""
