"""The clocks of a round: who may still come late, and until when decisions may take."""

from __future__ import annotations

from django.db import models
from ulid import ULID

from remit.delegation.models.applications import Application, LateRequest
from remit.delegation.models.rounds import Round
from remit.register.models import Organisation


def new_extension() -> str:
    """A ULID."""
    return str(ULID())


class LateDecision(models.Model):
    """What the national team answered a late request. Who was accepted may submit until an instant."""

    request = models.OneToOneField(LateRequest, on_delete=models.PROTECT, related_name="decision")
    is_accepted = models.BooleanField()
    reasons = models.TextField()
    last_submission_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_accepted=True, last_submission_at__isnull=False)
                | models.Q(is_accepted=False, last_submission_at__isnull=True),
                name="delegation_accepted_until_when",
            )
        ]

    def __str__(self) -> str:
        return f"late: {'accepted' if self.is_accepted else 'refused'}"


class DecisionExtension(models.Model):
    """Decisions of a round, or one of them, will come later than was said: until when, and why. Always public."""

    id = models.CharField(primary_key=True, max_length=26, default=new_extension, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="extensions")
    application = models.ForeignKey(
        Application, null=True, on_delete=models.PROTECT, related_name="extensions"
    )
    until_on = models.DateField()
    reasons = models.TextField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["published_at", "id"]

    def __str__(self) -> str:
        return f"{self.round_id}: until {self.until_on}"


class CommissionerTimetable(models.Model):
    """What a commissioner's own rules take, from a day on. What is empty is not known: the default is used then."""

    commissioner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="timetables")
    from_on = models.DateField()
    days = models.JSONField(default=dict, help_text="calendar days by step")
    meets_on = models.JSONField(default=list, help_text="days on which its committee meets")
    meets_every = models.PositiveSmallIntegerField(null=True, help_text="days between two meetings")
    source = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["commissioner", "from_on", "recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.commissioner_id} from {self.from_on}"
