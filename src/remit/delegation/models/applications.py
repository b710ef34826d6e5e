"""Applications and what was decided about them."""

from __future__ import annotations

from django.db import models
from ulid import ULID

from remit.delegation.models.rounds import Round
from remit.register.models import Organisation


def new_id() -> str:
    """A ULID."""
    return str(ULID())


class Application(models.Model):
    """A commissioner's application in a round: a draft until it is submitted.

    `answers` are by question code; `hands` are the people who began it, answered in it or signed it. `state` is
    that of remit.delegation.states, as of the last act. `receipt` is the SHA-256 over what was submitted, when
    and by whom.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="applications")
    commissioner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="applications")
    state = models.CharField(max_length=20)
    answers = models.JSONField(default=dict)
    hands = models.JSONField(default=list)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=26)
    submitted_at = models.DateTimeField(null=True, help_text="when its last byte reached the edge")
    submitted_by = models.CharField(max_length=26, blank=True)
    receipt = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["commissioner", "round"]
        constraints = [
            models.UniqueConstraint(fields=["round", "commissioner"], name="delegation_one_application_each"),
            models.CheckConstraint(
                condition=models.Q(submitted_at__isnull=True, submitted_by="")
                | models.Q(submitted_at__isnull=False) & ~models.Q(submitted_by=""),
                name="delegation_submitted_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_by="", receipt="")
                | ~models.Q(submitted_by="") & ~models.Q(receipt=""),
                name="delegation_submitted_with_a_receipt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commissioner_id} in {self.round_id}"


class LateRequest(models.Model):
    """A commissioner asks that a draft be taken after the deadline, and says why. Nothing is late without it. After a
    refusal it can ask again, with other reasons."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="late_requests")
    reasons = models.TextField()
    requested_at = models.DateTimeField()
    requested_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["requested_at", "pk"]

    def __str__(self) -> str:
        return f"late: {self.application_id}"


class Decision(models.Model):
    """One decision about an application, with reasons. Decisions are added, never changed: the last one holds.

    A withdrawal is kept here too: it ends what was decided. `conditions` are ``{"what", "owner", "due_on"}``.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=20)
    reasons = models.TextField()
    reason_codes = models.JSONField(default=list, help_text="of rulebook/criteria.yaml, decision_reasons")
    conditions = models.JSONField(default=list)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["decided_at", "id"]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.application_id}"
