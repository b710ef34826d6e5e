"""You said, we did: themes, the responses coded to them, and the answer to each."""

from __future__ import annotations

from django.db import models

from remit.consultations.models.consultations import Consultation
from remit.consultations.models.responses import Response


class Theme(models.Model):
    """Something that several said. `said` is it in a sentence; `did` is what the body does about it."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="themes")
    number = models.PositiveSmallIntegerField()
    said = models.CharField(max_length=300)
    did = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=26, blank=True)

    class Meta:
        ordering = ["consultation", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "number"], name="consultations_one_theme_of_a_number"
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, answered_by="")
                | (models.Q(answered_at__isnull=False) & ~models.Q(answered_by="")),
                name="consultations_answered_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.said


class Coding(models.Model):
    """A response belongs to a theme."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="codings")
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="codings")

    class Meta:
        ordering = ["theme", "response"]
        constraints = [models.UniqueConstraint(fields=["theme", "response"], name="consultations_coded_once")]

    def __str__(self) -> str:
        return f"{self.response_id} in {self.theme_id}"
