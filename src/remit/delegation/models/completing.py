"""How an application is completed by two sides: their signatures, and the changes that an assessor asks for."""

from __future__ import annotations

from django.db import models

from remit.delegation.models.applications import Application, new_id


class Signature(models.Model):
    """One side's signature under what an application said then (`sha256`). A later change of it voids it."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=20, help_text="commissioner or local_office")
    organisation = models.CharField(max_length=12)
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signed_by = models.CharField(max_length=26)
    name = models.CharField(max_length=200, blank=True, help_text="who signed, as they were called then")
    post = models.CharField(max_length=200, blank=True, help_text="the post in which they signed")
    voided_at = models.DateTimeField(null=True)
    voided_by = models.CharField(max_length=26, blank=True)
    voided_because = models.CharField(max_length=40, blank=True, help_text="the question that was changed")

    class Meta:
        ordering = ["signed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "side"],
                condition=models.Q(voided_at__isnull=True),
                name="delegation_one_valid_signature_a_side",
            ),
            models.CheckConstraint(
                condition=models.Q(voided_at__isnull=True, voided_by="")
                | models.Q(voided_at__isnull=False) & ~models.Q(voided_by=""),
                name="delegation_voided_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side}: {self.application_id}"


class ChangeRequest(models.Model):
    """An assessor asks for one answer to be changed: asked, answered by either side, closed by an assessor.

    While it is asked, that question alone can be changed. `before` and `after` are what it said.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="change_requests")
    question = models.CharField(max_length=40)
    words = models.TextField()
    before = models.JSONField()
    after = models.JSONField(null=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=26)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=26, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=26, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "question"],
                condition=models.Q(closed_at__isnull=True),
                name="delegation_one_open_request_a_question",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, answered_by="")
                | models.Q(answered_at__isnull=False) & ~models.Q(answered_by=""),
                name="delegation_answered_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_by="")
                | models.Q(closed_at__isnull=False) & ~models.Q(closed_by=""),
                name="delegation_closed_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} of {self.application_id}"

    @property
    def state(self) -> str:
        """Asked, answered or closed: remit.delegation.states.changes."""
        return "closed" if self.closed_at else "answered" if self.answered_at else "asked"
