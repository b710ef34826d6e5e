"""Requisitions as anybody reads them: counted against the roll of the day, with the clock of their meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from remit.constitutions.queries import rules_of_text
from remit.constitutions.rules import motion_kinds
from remit.engines.constitution import Requisition as Counted
from remit.engines.constitution import RequisitionRule, Roll, Voter, requisition
from remit.kernel.moments import london_day
from remit.motions.models import Requisition, Signature
from remit.register.queries import members_of_body, names_on


@dataclass(frozen=True)
class RequisitionRow:
    """A requisition on a day. `days_left` until its meeting is due, below nought when overdue; None until it is
    valid, and once its vote has been noticed."""

    id: str
    body: str
    body_name: str
    kind: str
    kind_name: str
    title: str
    words: str
    opened_at: datetime
    counted: Counted
    signed_by: tuple[tuple[str, str], ...]
    objection: str
    objected_at: datetime | None
    motion: str
    is_answered: bool
    is_withdrawn: bool
    days_left: int | None

    @property
    def is_overdue(self) -> bool:
        """Whether its meeting should have been held by now."""
        return self.days_left is not None and self.days_left < 0


def requisitions(at: datetime, *, body: str = "") -> tuple[RequisitionRow, ...]:
    """Every requisition opened by an instant, of one body or of all, the latest first."""
    rows = Requisition.objects.filter(opened_at__lte=at).select_related("motion")
    rows = rows.filter(body=body) if body else rows
    return tuple(_row(each, at) for each in rows)


def requisition_at(requisition: str, at: datetime) -> RequisitionRow | None:
    """One of them."""
    found = Requisition.objects.filter(pk=requisition, opened_at__lte=at).select_related("motion").first()
    return _row(found, at) if found else None


def requisition_of(motion: str, at: datetime) -> RequisitionRow | None:
    """The one by which members required a motion."""
    found = Requisition.objects.filter(motion=motion, opened_at__lte=at).select_related("motion").first()
    return _row(found, at) if found else None


def standing_of(held: Requisition, at: datetime | None = None) -> Counted:
    """Signatures counted against the members of the body, by the clause in force when it was opened.

    The members are those of the day on which the last one that counts signed; the meeting is due so many days after
    the day on which enough had.
    """
    rows = Signature.objects.filter(requisition=held)
    rows = rows.filter(signed_at__lte=at) if at else rows
    signed = [(practice, london_day(when)) for practice, when in rows.values_list("practice_id", "signed_at")]
    rule = rules_of_text(held.text_id, held.kind).requisition
    if rule is None or not signed:
        raise ValueError("a requisition rests on a clause, and is signed by whoever opens it")
    return _counted(held.body_id, rule, signed)


def _counted(body: str, rule: RequisitionRule, signed: list[tuple[str, date]]) -> Counted:
    for number in range(1, len(signed) + 1):
        on = signed[number - 1][1]
        members = Roll(tuple(Voter(code) for code in members_of_body(body, on)))
        found = requisition(rule, members, [practice for practice, _ in signed[:number]], on)
        if found.is_valid:
            everybody = requisition(rule, members, [practice for practice, _ in signed], on)
            return Counted(
                everybody.signed,
                everybody.members,
                everybody.not_members,
                True,
                found.due_on,
                rule.clause,
                everybody.words,
            )
    return found


def _row(held: Requisition, at: datetime) -> RequisitionRow:
    counted = standing_of(held, at)
    today = london_day(at)
    signed = list(
        Signature.objects.filter(requisition=held, signed_at__lte=at).values_list("practice_id", flat=True)
    )
    names = names_on({held.body_id, *signed}, today)
    noticed = held.motion.noticed_at if held.motion else None
    is_answered = noticed is not None and noticed <= at
    objected = held.objected_at if held.objected_at and held.objected_at <= at else None
    left = (counted.due_on - today).days if counted.due_on and not is_answered else None
    return RequisitionRow(
        held.pk,
        held.body_id,
        names.get(held.body_id, held.body_id),
        held.kind,
        motion_kinds()[held.kind].name,
        held.title,
        held.words,
        held.opened_at,
        counted,
        tuple((code, names.get(code, code)) for code in signed),
        held.objection if objected else "",
        objected,
        held.motion_id if is_answered and held.motion_id else "",
        is_answered,
        held.withdrawn_at is not None and held.withdrawn_at <= at,
        left,
    )
