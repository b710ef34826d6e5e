"""Who signed an application, and whether it still stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from remit.delegation.models import Application, Signature
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import Decision
from remit.register.queries import names_on, offices_of

COMMISSIONER, LOCAL_OFFICE = "commissioner", "local_office"
SIDES = (COMMISSIONER, LOCAL_OFFICE)
SIDE_WORDS = {COMMISSIONER: "the commissioner", LOCAL_OFFICE: "NHS England's local office"}


@dataclass(frozen=True)
class SignatureRow:
    """A signature: for which side and body, by whom in which post (empty for those from before that was kept), when,
    and what voided it (the question that was changed), if anything."""

    side: str
    organisation: str
    name: str
    sha256: str
    signed_at: datetime
    signatory: str
    post: str
    voided_at: datetime | None
    voided_because: str


def may_complete(by: Actor, commissioner: str, on: date) -> Decision:
    """Whether somebody fills in and signs for NHS England's local office of a commissioner."""
    allowed = may(by, Permission.COMPLETE_JOINTLY)
    if allowed.allowed and by.acting_for not in offices_of(commissioner, on):
        return may(by, Permission.COMPLETE_JOINTLY, commissioner)
    return allowed


def signatures_of(application: str, at: datetime | None = None) -> list[SignatureRow]:
    """Every signature under an application, in order, those that are void too; or as it was at an instant."""
    every = Signature.objects.filter(application=application)
    rows = list(every if at is None else every.filter(signed_at__lte=at))
    names = names_on(
        {row.organisation for row in rows}, max((row.signed_at.date() for row in rows), default=date.max)
    )
    return [
        SignatureRow(
            row.side,
            row.organisation,
            names.get(row.organisation, row.organisation),
            row.sha256,
            row.signed_at,
            row.name,
            row.post,
            row.voided_at if _is_void(row, at) else None,
            row.voided_because if _is_void(row, at) else "",
        )
        for row in rows
    ]


def _is_void(row: Signature, at: datetime | None) -> bool:
    """Whether a signature was void by an instant, or is now."""
    return row.voided_at is not None and (at is None or row.voided_at <= at)


def sides_missing(found: Application, sha256: str) -> list[str]:
    """The sides that have not signed what the application says now."""
    signed = Signature.objects.filter(application=found, voided_at__isnull=True, sha256=sha256)
    there = set(signed.values_list("side", flat=True))
    return [side for side in SIDES if side not in there]


def authors_of(application: str) -> frozenset[str]:
    """The people (pseudonymous ids) who began an application, answered in it, signed or submitted it."""
    rows = Application.objects.filter(pk=application).order_by()
    return frozenset(
        {
            person
            for hands, begun_by, submitted_by in rows.values_list("hands", "begun_by", "submitted_by")
            for person in (*hands, begun_by, submitted_by)
        }
        - {""}
    )
