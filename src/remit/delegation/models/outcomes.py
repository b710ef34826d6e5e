"""What follows a decision: the letter that tells it, conditions met or not, a lower level taken up, a challenge."""

from __future__ import annotations

from django.db import models

from remit.delegation.models.applications import Application, Decision, new_id


class OutcomeLetter(models.Model):
    """A decision told to its commissioner. `challenge_by_on` is the last day on which it can be challenged."""

    decision = models.OneToOneField(
        Decision, primary_key=True, on_delete=models.PROTECT, related_name="letter"
    )
    challenge_by_on = models.DateField()
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["sent_at", "decision"]

    def __str__(self) -> str:
        return f"letter: {self.decision_id}"


class ConditionOutcome(models.Model):
    """Whether one condition of an approval was met, and what shows it. Added, never changed: the last one holds.

    `number` counts the conditions of the decision from 1.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="condition_outcomes")
    number = models.PositiveSmallIntegerField()
    is_met = models.BooleanField()
    evidence = models.TextField()
    settled_at = models.DateTimeField()
    settled_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["decision", "number", "settled_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(evidence=""), name="delegation_condition_outcome_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.number}: {'met' if self.is_met else 'not met'}"


class LowerLevelOffer(models.Model):
    """The level that a decision offers in place of the one applied for, and the application that came of it."""

    decision = models.OneToOneField(
        Decision, primary_key=True, on_delete=models.PROTECT, related_name="offer"
    )
    level = models.PositiveSmallIntegerField()
    application = models.OneToOneField(
        Application, null=True, on_delete=models.PROTECT, related_name="taken_from"
    )
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=26, blank=True)

    class Meta:
        ordering = ["decision"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, accepted_by="")
                | models.Q(accepted_at__isnull=False) & ~models.Q(accepted_by=""),
                name="delegation_offer_accepted_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, application__isnull=True)
                | models.Q(accepted_at__isnull=False, application__isnull=False),
                name="delegation_offer_accepted_as_an_application",
            ),
        ]

    def __str__(self) -> str:
        return f"level {self.level}: {self.decision_id}"


class Challenge(models.Model):
    """A commissioner challenges a decision: one challenge of each decision, with grounds."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="challenge")
    state = models.CharField(max_length=12)
    grounds = models.TextField()
    answer = models.TextField(blank=True)
    lodged_at = models.DateTimeField()
    lodged_by = models.CharField(max_length=26)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=26, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=26, blank=True)

    class Meta:
        ordering = ["lodged_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(acknowledged_at__isnull=True, acknowledged_by="")
                | models.Q(acknowledged_at__isnull=False) & ~models.Q(acknowledged_by=""),
                name="delegation_challenge_acknowledged_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, answered_by="")
                | models.Q(answered_at__isnull=False) & ~models.Q(answered_by=""),
                name="delegation_challenge_answered_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state}: {self.decision_id}"
