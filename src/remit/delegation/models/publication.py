"""What makes outcomes public that no announcement holds: a round is closed, or a commissioner agrees."""

from __future__ import annotations

from django.db import models

from remit.delegation.models.applications import Application
from remit.delegation.models.rounds import Round


class RoundClosure(models.Model):
    """A round in which nothing waits any more: every outcome in it is public from then on."""

    round = models.OneToOneField(Round, primary_key=True, on_delete=models.PROTECT, related_name="closure")
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["closed_at", "round"]

    def __str__(self) -> str:
        return f"closed: {self.round_id}"


class PublicationAgreement(models.Model):
    """A commissioner agrees that an outcome other than an approval is published with the announcement."""

    application = models.OneToOneField(
        Application, primary_key=True, on_delete=models.PROTECT, related_name="publication_agreement"
    )
    agreed_at = models.DateTimeField()
    agreed_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["agreed_at", "application"]

    def __str__(self) -> str:
        return f"may be published: {self.application_id}"
