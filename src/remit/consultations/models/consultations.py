"""A consultation, what it asks, and what was done with it."""

from __future__ import annotations

from django.db import models
from ulid import ULID

from remit.documents.models import Document
from remit.meetings.models import Meeting
from remit.register.models import Organisation


def new_id() -> str:
    """A ULID."""
    return str(ULID())


class Consultation(models.Model):
    """What a body asks its members, or a commissioner its practices. Both days of `opens_on` and `closes_on` count.

    `motion`: the kind of motion that it prepares, whose rule of length counts. `minimum_days` and `clause`: that rule,
    as it was on the day of publication. `told`: how members were told of it, by code. `concerns`: the commissioners
    whose decision it is about.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="consultations")
    concerns = models.ManyToManyField(Organisation, related_name="consultations_about")
    motion = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    purpose = models.TextField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    told = models.JSONField(default=list)
    documents = models.ManyToManyField(Document, related_name="consultations")
    events = models.ManyToManyField(Meeting, related_name="consultations")
    state = models.CharField(max_length=20, default="draft")
    minimum_days = models.PositiveSmallIntegerField(null=True)
    clause = models.CharField(max_length=200, blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=26)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=26, blank=True)

    class Meta:
        ordering = ["-opens_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")),
                name="consultations_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True, published_by="")
                | (models.Q(published_at__isnull=False) & ~models.Q(published_by="")),
                name="consultations_published_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True, minimum_days__isnull=True)
                | models.Q(published_at__isnull=False, minimum_days__isnull=False),
                name="consultations_published_under_a_rule",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id}: {self.title}"


class Option(models.Model):
    """One of the courses that are asked about: doing nothing can be one."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="options")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["consultation", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "number"], name="consultations_one_option_of_a_number"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    """Something that was done with a consultation once it was public. Append-only, and public."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=40)
    closes_on = models.DateField()
    words = models.TextField(blank=True)
    done_at = models.DateTimeField()
    done_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["consultation", "done_at", "pk"]

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.verb}"
