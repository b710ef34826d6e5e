"""Arrangements: what puts powers in a commissioner's hands, and the record of their use."""

from __future__ import annotations

from django.db import models

from remit.delegation.models.applications import Application, new_id
from remit.delegation.models.rounds import only_general_practice
from remit.engines.powers import GENERAL_PRACTICE
from remit.register.models import Organisation


class Arrangement(models.Model):
    """A co-commissioning arrangement of one commissioner at one level, from its first to its last day.

    It rests on an application of its own, on an arrangement that it succeeds (`succeeds`: a merged commissioner,
    or a board that took over), or on what a source says (`source`, `source_href`). `signed_at` is empty where
    no signature is needed (Level 1) or the source does not say. `groups` are the contractor groups it covers from
    its first day; its `variations` change that.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    commissioner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="arrangements")
    level = models.PositiveSmallIntegerField()
    groups = models.JSONField(default=only_general_practice)
    effective_on = models.DateField()
    last_on = models.DateField(null=True, help_text="the last day in force; empty while it lasts")
    application = models.ForeignKey(
        Application, null=True, on_delete=models.PROTECT, related_name="arrangements"
    )
    succeeds = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="succeeded_by")
    source = models.CharField(max_length=300, blank=True)
    source_href = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=26)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=26, blank=True)

    class Meta:
        ordering = ["commissioner", "effective_on", "level"]
        indexes = [models.Index(fields=["effective_on"], name="delegation_arrangement_from")]
        constraints = [
            models.UniqueConstraint(
                fields=["commissioner", "level", "effective_on"], name="delegation_arrangement_once"
            ),
            models.CheckConstraint(
                condition=models.Q(last_on__isnull=True) | models.Q(last_on__gte=models.F("effective_on")),
                name="delegation_arrangement_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_at__isnull=True, signed_by="")
                | models.Q(signed_at__isnull=False) & ~models.Q(signed_by=""),
                name="delegation_signed_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(application__isnull=False)
                | models.Q(succeeds__isnull=False)
                | ~models.Q(source=""),
                name="delegation_arrangement_rests_on_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commissioner_id} at level {self.level} from {self.effective_on}"


class PowerUse(models.Model):
    """Something a commissioner did under a power, in a few words. The first of them is the power's first use."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    commissioner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="power_uses")
    power = models.CharField(max_length=40)
    group = models.CharField(max_length=40, default=GENERAL_PRACTICE)
    arrangement = models.ForeignKey(Arrangement, on_delete=models.PROTECT, related_name="uses")
    what = models.CharField(max_length=300)
    used_at = models.DateTimeField()
    used_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["used_at", "id"]

    def __str__(self) -> str:
        return f"{self.commissioner_id}: {self.power}"
