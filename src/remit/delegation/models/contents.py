"""What an application says beyond plain answers: statements, duties, people, benefits, risks, and the powers wanted."""

from __future__ import annotations

from django.db import models

from remit.delegation.models.applications import Application, new_id
from remit.documents.models import Document


class Line(models.Model):
    """A line of a table of an application. `version` counts its changes, so that two at once are noticed."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="%(class)s_lines")
    version = models.PositiveSmallIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=26)

    class Meta:
        abstract = True
        ordering = ["id"]


class Statement(Line):
    """An item of the checklist: answered, explained, and shown by a document."""

    item = models.CharField(max_length=40)
    answer = models.CharField(max_length=20)
    words = models.TextField(blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Line.Meta):
        constraints = [
            models.UniqueConstraint(fields=["application", "item"], name="delegation_statement_once")
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.answer}"


class DutyLine(Line):
    """A duty with the money (in pence a year) and the people that come with it, and the money still missing."""

    duty = models.CharField(max_length=40)
    pence = models.PositiveBigIntegerField()
    wte = models.DecimalField(max_digits=7, decimal_places=2)
    source = models.CharField(max_length=300, blank=True)
    gap_pence = models.PositiveBigIntegerField()

    class Meta(Line.Meta):
        constraints = [models.UniqueConstraint(fields=["application", "duty"], name="delegation_duty_once")]

    def __str__(self) -> str:
        return self.duty


class CapacityLine(Line):
    """People for a function, in whole-time equivalents: those there are now, and those needed."""

    what = models.CharField(max_length=200)
    wte_now = models.DecimalField(max_digits=7, decimal_places=2)
    wte_needed = models.DecimalField(max_digits=7, decimal_places=2)
    plan = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.what


class Benefit(Line):
    """A gain for patients: with an indicator and the day on which it is looked at again, or not measured."""

    what = models.CharField(max_length=500)
    indicator = models.CharField(max_length=300, blank=True)
    review_on = models.DateField(null=True)

    class Meta(Line.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(indicator="", review_on__isnull=True)
                | ~models.Q(indicator="") & models.Q(review_on__isnull=False),
                name="delegation_benefit_measured_or_not",
            )
        ]

    def __str__(self) -> str:
        return self.what


class RiskOrReward(Line):
    """What could go wrong or well, and what is done about it."""

    kind = models.CharField(max_length=10)
    what = models.CharField(max_length=500)
    response = models.CharField(max_length=500)

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"


class PowerWanted(Line):
    """A power that the commissioner intends to use, and what for."""

    power = models.CharField(max_length=40)
    use = models.CharField(max_length=500)

    class Meta(Line.Meta):
        constraints = [
            models.UniqueConstraint(fields=["application", "power"], name="delegation_power_wanted_once")
        ]

    def __str__(self) -> str:
        return self.power
