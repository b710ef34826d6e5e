"""Rounds that are closed, and the outcomes that closing one makes public."""

from __future__ import annotations

from datetime import datetime

from remit.delegation.models import Application, PublicationAgreement, RoundClosure
from remit.delegation.queries.applications import ApplicationRow, listed
from remit.delegation.queries.publicity import UNAPPROVED, public_decisions
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor


def closed_at(round_code: str, at: datetime) -> datetime | None:
    """When a round was closed; None while it is not."""
    found = RoundClosure.objects.filter(round=round_code, closed_at__lte=at).first()
    return found.closed_at if found else None


def has_agreed(application: str) -> bool:
    """Whether the commissioner agreed that its outcome is published with the announcement."""
    return PublicationAgreement.objects.filter(application=application).exists()


def outcomes_to_publish(round_code: str, by: Actor, at: datetime) -> list[ApplicationRow]:
    """For the programme: the outcomes in a round that closing it would make public, by name; nothing for others."""
    if not may(by, Permission.RUN_ROUNDS).allowed:
        return []
    public = public_decisions(at).filter(application__round=round_code, outcome__in=UNAPPROVED)
    rows = list(
        Application.objects.filter(round=round_code, state__in=UNAPPROVED)
        .exclude(pk__in=public.values("application"))
        .select_related("round")
    )
    return listed(rows, {row.pk: row.state for row in rows}, at)
