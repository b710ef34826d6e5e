"""What came back: responses of practices and of general practitioners, reasons for silence, representations."""

from __future__ import annotations

from django.db import models

from remit.consultations.models.consultations import Consultation
from remit.register.models import Organisation

FOR_PRACTICE, AS_GP = "practice", "gp"
SUPPORTS, OPPOSES, NEITHER = "supports", "opposes", "neither"
STANCES = {SUPPORTS: "Supports", OPPOSES: "Opposes", NEITHER: "Neither"}


class Response(models.Model):
    """One position of a practice, or of one general practitioner in their own right: as it stands now.

    `tier` is practice or gp. `person` is the pseudonymous id of a general practitioner; empty for a practice, which has
    one position whoever gave it.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="responses")
    tier = models.CharField(max_length=10)
    practice = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="responses")
    person = models.CharField(max_length=26, blank=True)
    words = models.TextField(blank=True)
    has_split = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["consultation", "tier", "practice", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "tier", "practice", "person"], name="consultations_one_response_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.tier} {self.practice_id} to {self.consultation_id}"


class Answer(models.Model):
    """What a response says of one option; and how the partners of a practice stand on it, where it says so."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="answers")
    option = models.PositiveSmallIntegerField()
    stance = models.CharField(max_length=10)
    in_favour = models.PositiveSmallIntegerField(null=True)
    against = models.PositiveSmallIntegerField(null=True)
    abstained = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["response", "option"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "option"], name="consultations_one_answer_to_an_option"
            ),
            models.CheckConstraint(
                condition=models.Q(in_favour__isnull=True, against__isnull=True, abstained__isnull=True)
                | models.Q(in_favour__isnull=False, against__isnull=False, abstained__isnull=False),
                name="consultations_split_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.option} {self.stance}"


class ResponseVersion(models.Model):
    """What a response said at a time, whole. Append-only."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    said = models.JSONField()
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["response", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "number"], name="consultations_one_version_of_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.response_id} ({self.number})"


class Silence(models.Model):
    """Why a member did not respond, by code. It counts only while there is no response."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="silences")
    practice = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="silences")
    reason = models.CharField(max_length=30)
    words = models.TextField(blank=True)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["consultation", "practice"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "practice"], name="consultations_one_reason_each")
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.reason}"


class Representation(models.Model):
    """What somebody said outside the formal process: kept, public, and counted apart from responses."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="representations")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="representations"
    )
    who = models.CharField(max_length=200)
    channel = models.CharField(max_length=20)
    words = models.TextField()
    received_on = models.DateField()
    logged_at = models.DateTimeField()
    logged_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["consultation", "received_on", "pk"]

    def __str__(self) -> str:
        return f"{self.who}: {self.words[:40]}"
