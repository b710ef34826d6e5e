"""The roll: who may vote on a motion and for how much, frozen at its notice; proxies, and what was contested."""

from __future__ import annotations

from django.db import models

from remit.motions.models.motions import Motion
from remit.register.models import Organisation

PRACTICES, GPS = "practices", "gps"


class RollEntry(models.Model):
    """One voter. `voter`: a practice's code, a person's pseudonym, or a seat; `practice` where a person belongs."""

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="roll", db_index=False)
    electorate = models.CharField(max_length=10, default=PRACTICES)
    voter = models.CharField(max_length=40)
    practice = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="roll_entries"
    )
    weight = models.DecimalField(max_digits=18, decimal_places=9, default=1)
    locality = models.CharField(max_length=80, blank=True)
    counted_on = models.DateField(null=True, help_text="the day of the list that its weight was counted on")

    class Meta:
        ordering = ["motion", "electorate", "practice", "voter"]
        verbose_name_plural = "roll entries"
        constraints = [
            models.UniqueConstraint(
                fields=["motion", "electorate", "voter"], name="motions_on_the_roll_once"
            ),
            models.CheckConstraint(condition=models.Q(weight__gte=0), name="motions_weight_not_below_nought"),
        ]

    def __str__(self) -> str:
        return self.voter


class RollChallenge(models.Model):
    """Somebody contests the roll before voting opens: who is on it and should not be, or the other way round."""

    id = models.BigAutoField(primary_key=True)
    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="challenges")
    voter = models.CharField(max_length=40)
    reasons = models.TextField()
    challenged_at = models.DateTimeField()
    challenged_by = models.CharField(max_length=26)
    challenged_for = models.CharField(max_length=20, help_text="the organisation that contests it")
    is_upheld = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=26, blank=True)

    class Meta:
        ordering = ["motion", "challenged_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True, settled_by="")
                | models.Q(settled_at__isnull=False) & ~models.Q(settled_by=""),
                name="motions_settled_when_and_by_whom",
            )
        ]

    def __str__(self) -> str:
        return f"{self.motion_id}: {self.voter}"


class Proxy(models.Model):
    """A practice lets another one vote for it, on one motion."""

    entry = models.OneToOneField(RollEntry, on_delete=models.PROTECT, related_name="proxy")
    holder = models.ForeignKey(RollEntry, on_delete=models.PROTECT, related_name="proxies")
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["entry"]
        verbose_name_plural = "proxies"

    def __str__(self) -> str:
        return f"{self.holder_id} for {self.entry_id}"
