"""What follows while an agreement lasts: annual reviews, and ratings of assurance."""

from __future__ import annotations

from django.db import models

from remit.delegation.models.agreements import Agreement
from remit.delegation.models.applications import new_id
from remit.documents.models import Document


class AnnualReview(models.Model):
    """One review of an agreement: what was found, and what follows. `term_last_on` is a new last day of its term."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="reviews")
    held_on = models.DateField()
    outcome = models.CharField(max_length=20)
    findings = models.TextField()
    term_last_on = models.DateField(null=True)
    reviewed_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["held_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "held_on"], name="delegation_one_review_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} on {self.held_on}: {self.outcome}"


class AssuranceRating(models.Model):
    """How an internal audit rated one area of what was delegated. Ratings are added; the last of an area holds."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="ratings")
    area = models.CharField(max_length=20)
    rating = models.CharField(max_length=20)
    rated_on = models.DateField()
    source = models.CharField(max_length=300)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["rated_on", "recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.area} {self.rating}"
