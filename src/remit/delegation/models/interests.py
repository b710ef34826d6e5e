"""What commissioners say before they apply: expressions of interest, intentions, and “not now”."""

from __future__ import annotations

from django.db import models
from ulid import ULID

from remit.delegation.models.applications import Application
from remit.delegation.models.programmes import Programme
from remit.delegation.models.rounds import Round
from remit.register.models import Organisation


def new_saying() -> str:
    """A ULID."""
    return str(ULID())


class ExpressionOfInterest(models.Model):
    """A commissioner says, before a round, at which level it would like to commission. It can become an application.

    `would_manage_performance`: whether it is willing to manage the performance of practices under their contracts.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_saying, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="interests")
    commissioner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="interests")
    level = models.PositiveSmallIntegerField()
    would_manage_performance = models.BooleanField()
    words = models.TextField(blank=True)
    expressed_at = models.DateTimeField()
    expressed_by = models.CharField(max_length=26)
    application = models.OneToOneField(
        Application, null=True, on_delete=models.PROTECT, related_name="interest"
    )

    class Meta:
        ordering = ["programme", "commissioner"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "commissioner"], name="delegation_one_interest_each")
        ]

    def __str__(self) -> str:
        return f"interest: {self.commissioner_id}"


class PositionStatement(models.Model):
    """What a commissioner says of its plans for a programme. They are added, never changed: the last one holds.

    `answer`: intends (to apply at `level`), undecided, or not_now (with `reasons`, and to be invited next time).
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_saying, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="statements")
    commissioner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="statements")
    answer = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField(null=True)
    reasons = models.TextField(blank=True)
    stated_at = models.DateTimeField()
    stated_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["stated_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="intends", level__isnull=False)
                | ~models.Q(answer="intends") & models.Q(level__isnull=True),
                name="delegation_an_intention_has_a_level",
            ),
            models.CheckConstraint(
                condition=~models.Q(answer="not_now") | ~models.Q(reasons=""),
                name="delegation_not_now_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commissioner_id}: {self.answer}"


class Invitation(models.Model):
    """That a commissioner which had said “not now” was invited when the next round was opened."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="invitations")
    commissioner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="round_invitations")
    statement = models.ForeignKey(PositionStatement, on_delete=models.PROTECT, related_name="invitations")
    invited_at = models.DateTimeField()
    invited_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["round", "commissioner"]
        constraints = [
            models.UniqueConstraint(fields=["round", "commissioner"], name="delegation_invited_once")
        ]

    def __str__(self) -> str:
        return f"{self.commissioner_id} to {self.round_id}"
