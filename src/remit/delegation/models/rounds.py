"""Rounds: a level, a deadline, and the day its powers come on."""

from __future__ import annotations

from django.db import models

from remit.delegation.models.programmes import Programme
from remit.engines.deadlines import Deadline


def only_general_practice() -> list[str]:
    """The groups of contractors that a round is about unless it says otherwise."""
    return ["general_practice"]


class FrozenForm(models.Model):
    """A form as it stood when a round opened: its own text, kept by its hash, whatever the rulebook says later."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.JSONField()

    class Meta:
        ordering = ["sha256"]

    def __str__(self) -> str:
        return self.sha256


class Round(models.Model):
    """A dated round of applications for one level.

    The deadline is an instant, with whether that instant itself is still in time. `process` is a code of
    rulebook/processes.yaml, `groups` are the contractor groups it is about, `form` is frozen when it opens.
    """

    code = models.SlugField(max_length=60, primary_key=True)
    title = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField()
    process = models.CharField(max_length=20, default="short")
    groups = models.JSONField(default=only_general_practice)
    is_sealed = models.BooleanField(default=False, help_text="no assessor reads it before the deadline")
    form = models.ForeignKey(FrozenForm, null=True, on_delete=models.PROTECT, related_name="rounds")
    programme = models.ForeignKey(Programme, null=True, on_delete=models.PROTECT, related_name="rounds")
    is_strict = models.BooleanField(default=False, help_text="an impossible timetable stops it from opening")
    unsealed_at = models.DateTimeField(null=True)
    unsealed_by = models.CharField(max_length=26, blank=True)
    opens_at = models.DateTimeField(help_text="from when one can apply")
    deadline_at = models.DateTimeField()
    deadline_is_inclusive = models.BooleanField()
    decisions_due_on = models.DateField(null=True, help_text="when decisions are expected, if that is known")
    effective_on = models.DateField(help_text="the day on which powers come on")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["deadline_at", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_at__lt=models.F("deadline_at")),
                name="delegation_round_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=3), name="delegation_round_level"
            ),
            models.CheckConstraint(
                condition=models.Q(unsealed_at__isnull=True) | models.Q(is_sealed=True),
                name="delegation_unsealed_was_sealed",
            ),
            models.CheckConstraint(
                condition=models.Q(unsealed_at__isnull=True, unsealed_by="")
                | models.Q(unsealed_at__isnull=False) & ~models.Q(unsealed_by=""),
                name="delegation_unsealed_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed_to_readers(self) -> bool:
        """Whether it is sealed and nobody has opened the seal."""
        return self.is_sealed and self.unsealed_at is None

    @property
    def deadline(self) -> Deadline:
        """The deadline as the engine knows it."""
        return Deadline(self.deadline_at, self.deadline_is_inclusive)
