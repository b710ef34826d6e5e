"""Changes of an arrangement's scope, and decisions that NHS England calls in."""

from __future__ import annotations

from django.db import models

from remit.delegation.models.applications import new_id
from remit.delegation.models.arrangements import Arrangement, PowerUse


class ScopeVariation(models.Model):
    """A change of an arrangement's scope from a day on: the same arrangement, with more or with less in it.

    Groups are codes of the rulebook. `reserved`, `made_joint` and `restored` hold powers over groups, written
    ``power/group``: back with NHS England, held only together with it, or as the level gives them. `instrument`
    says what makes the change.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    arrangement = models.ForeignKey(Arrangement, on_delete=models.PROTECT, related_name="variations")
    effective_on = models.DateField()
    groups_added = models.JSONField(default=list)
    groups_removed = models.JSONField(default=list)
    reserved = models.JSONField(default=list)
    made_joint = models.JSONField(default=list)
    restored = models.JSONField(default=list)
    reasons = models.TextField()
    instrument = models.CharField(max_length=300)
    source = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["effective_on", "made_at", "id"]
        indexes = [models.Index(fields=["effective_on"], name="delegation_variation_from")]

    def __str__(self) -> str:
        return f"{self.arrangement_id} from {self.effective_on}"


class CallIn(models.Model):
    """NHS England calls one decision in, with its reasons: it has no effect until it is released or taken over.

    `state` is that of remit.delegation.states; `outcome_reasons` say why it was released, or what NHS England
    decided in its place.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    use = models.OneToOneField(PowerUse, on_delete=models.PROTECT, related_name="call_in")
    state = models.CharField(max_length=20)
    reasons = models.TextField()
    called_in_at = models.DateTimeField()
    called_in_by = models.CharField(max_length=26)
    outcome_reasons = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=26, blank=True)

    class Meta:
        ordering = ["called_in_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="called_in", settled_at__isnull=True)
                | ~models.Q(state="called_in") & models.Q(settled_at__isnull=False),
                name="delegation_call_in_is_settled_or_not",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True, settled_by="")
                | models.Q(settled_at__isnull=False) & ~models.Q(settled_by=""),
                name="delegation_call_in_settled_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.use_id}: {self.state}"
