"""A meeting that a body called, and the practices that were there."""

from __future__ import annotations

from django.db import models
from ulid import ULID

from remit.register.models import Organisation

URGENT = "urgent"
KINDS = {
    "ordinary": "Ordinary meeting",
    "extraordinary": "Extraordinary meeting",
    "annual": "Annual meeting",
    URGENT: "Urgent meeting",
    "open": "Open meeting",
    "locality": "Meeting of a locality",
}


def new_id() -> str:
    """A ULID."""
    return str(ULID())


class Meeting(models.Model):
    """A meeting. Notice is given by calling it; `clause` and `arithmetic` are those of the rule of that day.

    `clause` is empty where the body's constitution states no days of notice. `urgency` is the reason for less notice
    than usual, which is public.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=300)
    meets_at = models.DateTimeField()
    urgency = models.TextField(blank=True)
    clause = models.CharField(max_length=200, blank=True)
    arithmetic = models.CharField(max_length=300)
    state = models.CharField(max_length=20, default="called")
    reasons = models.TextField(blank=True, help_text="why it was cancelled")
    called_at = models.DateTimeField()
    called_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["meets_at", "id"]
        indexes = [models.Index(fields=["body", "meets_at"], name="meetings_of_body")]

    def __str__(self) -> str:
        return f"{self.body_id} {self.meets_at:%Y-%m-%d} {self.title}"


class Attendance(models.Model):
    """A practice was at a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    practice = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="attendances")

    class Meta:
        ordering = ["meeting", "practice"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "practice"], name="meetings_attendance_once")
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} at {self.meeting_id}"
