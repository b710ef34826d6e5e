"""The application process of a year: what it plans, and what it publishes before a round opens."""

from __future__ import annotations

from django.db import models
from ulid import ULID

from remit.documents.models import Document
from remit.engines.deadlines import Deadline


def new_publication() -> str:
    """A ULID."""
    return str(ULID())


class Programme(models.Model):
    """The application process of a year: the rounds of its levels, each with its own deadline."""

    code = models.SlugField(max_length=60, primary_key=True)
    title = models.CharField(max_length=200)
    process = models.CharField(max_length=20, default="short")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["-made_at", "code"]

    def __str__(self) -> str:
        return self.title


class PlannedRound(models.Model):
    """The dates of a round as its programme plans them. It opens on these dates, or they are planned anew first."""

    code = models.SlugField(max_length=60, primary_key=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="planned")
    title = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField()
    opens_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    deadline_is_inclusive = models.BooleanField()
    decisions_due_on = models.DateField(null=True)
    effective_on = models.DateField()
    planned_at = models.DateTimeField()
    planned_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["deadline_at", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_at__lt=models.F("deadline_at")),
                name="delegation_planned_to_open_before_it_closes",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def deadline(self) -> Deadline:
        """The deadline as the engine knows it."""
        return Deadline(self.deadline_at, self.deadline_is_inclusive)


class Publication(models.Model):
    """One version of a document of a programme. A version never changes; a later one is added.

    `content` is what was built from the data (`is_generated`); else there are `words`, or a kept
    `document`.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_publication, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    content = models.JSONField(null=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="publications")
    is_generated = models.BooleanField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["programme", "kind", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "version"], name="delegation_publication_versions"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version} of {self.programme_id}"
