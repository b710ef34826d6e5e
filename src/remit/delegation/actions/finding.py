"""What the acts share: refusals, and an application locked for the length of the act."""

from __future__ import annotations

from remit.delegation.models import Application, Decision, LateDecision
from remit.engines.deadlines import Deadline
from remit.kernel.canonical import canonical_json
from remit.kernel.decision import Reason, Refused
from remit.ledger.actions import commit_to

PROCESS = "Round's process"
FORM_ADDRESS = "new"
"""A code that nothing can have: it is where the form stands."""


def refusal(code: str, message: str, clause: str = PROCESS) -> Refused:
    """A refusal for one reason."""
    return Refused(Reason(code, message, clause))


def locked(application: str) -> Application:
    """The application, locked until the transaction ends. Raises `Refused` with ``not_found``."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("round")
    try:
        return rows.get(pk=application)
    except Application.DoesNotExist:
        raise refusal("not_found", "There is no such application.") from None


def deadline_of(application: Application) -> Deadline:
    """By when it can be submitted: its round's deadline, or the later one that a late request was granted."""
    granted = LateDecision.objects.filter(request__application=application, is_accepted=True).first()
    if granted is None or granted.last_submission_at is None:
        return application.round.deadline
    return max(application.round.deadline, Deadline(granted.last_submission_at))


def require_unsealed(application: Application) -> None:
    """Refuse with ``sealed`` while nobody may read what was submitted in its round."""
    if application.round.is_closed_to_readers:
        raise refusal(
            "sealed", "This round is sealed. Its seal is opened after the deadline, and that is recorded."
        )


def sealed(decision: Decision) -> str:
    """A decision as the ledger holds it, which anybody can read before it is announced: a commitment to it."""
    said = {"outcome": decision.outcome, "reasons": decision.reasons, "conditions": decision.conditions}
    return commit_to(canonical_json(said).decode(), concerning=f"application/{decision.application_id}")


def subject(application: Application) -> str:
    """What the ledger calls it."""
    return f"application/{application.pk}"
