"""Evidence: what members, committees and representative bodies did or said, recorded once and never changed."""

from __future__ import annotations

from django.db import models

from remit.delegation.models.applications import Application, new_id
from remit.documents.models import Document
from remit.register.models import Organisation

BY_HAND = "by_hand"


class Evidence(models.Model):
    """A ballot, a vote, a letter, a meeting, an amendment, a joint committee, or a statement.

    `facts` are those of its kind (remit.delegation.rules.evidence_kinds). `origin` is `by_hand`, or the room that
    made it, and `origin_ref` its record there. `sha256` is over what was recorded, so that the same is kept once.
    A mistake is put right by another record that `corrects` it.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    kind = models.CharField(max_length=30)
    commissioners = models.ManyToManyField(Organisation, related_name="evidence")
    held_on = models.DateField()
    facts = models.JSONField(default=dict)
    origin = models.SlugField(max_length=30, default=BY_HAND)
    origin_ref = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=300, blank=True)
    source_href = models.CharField(max_length=300, blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="evidence")
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    sha256 = models.CharField(max_length=64, unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["held_on", "recorded_at", "id"]
        indexes = [models.Index(fields=["kind", "held_on"], name="delegation_evidence_kind")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.held_on}"


class AttachedEvidence(models.Model):
    """Evidence that an application rests on."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="attached")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="attached_to")
    attached_at = models.DateTimeField()
    attached_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["attached_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "evidence"], name="delegation_evidence_attached_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} to {self.application_id}"
