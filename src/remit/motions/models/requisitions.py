"""Requisitions: members who together can require a meeting or a vote, whatever the chair says."""

from __future__ import annotations

from django.db import models

from remit.constitutions.models import Text
from remit.motions.models.motions import Motion, new_id
from remit.register.models import Organisation


class Requisition(models.Model):
    """What members require. `kind`: of the motion that they want. `text`: the version whose clause it rests on.

    Whether it is valid, when its meeting is due and whether that is overdue follow from signatures, roll and day.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="requisitions")
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    words = models.TextField()
    text = models.ForeignKey(Text, null=True, on_delete=models.PROTECT, related_name="requisitions")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=26)
    objection = models.TextField(blank=True, help_text="what the chair has against it: published beside it")
    objected_at = models.DateTimeField(null=True)
    objected_by = models.CharField(max_length=26, blank=True)
    motion = models.OneToOneField(Motion, null=True, on_delete=models.PROTECT, related_name="required_by")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=26, blank=True)

    class Meta:
        ordering = ["-opened_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(objected_at__isnull=True, objected_by="")
                | models.Q(objected_at__isnull=False) & ~models.Q(objected_by=""),
                name="motions_objected_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by="")
                | models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_by=""),
                name="motions_requisition_withdrawn_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Signature(models.Model):
    """A member practice signed."""

    requisition = models.ForeignKey(Requisition, on_delete=models.PROTECT, related_name="signatures")
    practice = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="signatures")
    signed_at = models.DateTimeField()
    signed_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["requisition", "signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["requisition", "practice"], name="motions_signed_once")
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}"
