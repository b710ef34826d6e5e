"""Published files, and what each of their rows says about an organisation."""

from __future__ import annotations

from django.db import models


class Source(models.Model):
    """A published file that was loaded. The same bytes are loaded once."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=20)
    layout = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200)
    licence = models.CharField(max_length=200)
    filename = models.CharField(max_length=255)
    retrieved_on = models.DateField(help_text="the day the file was fetched or handed over")
    as_of = models.DateField(help_text="the day the file describes; for a year file its 1 April")
    year = models.PositiveSmallIntegerField(null=True, help_text="the April in which its NHS year starts")
    size = models.PositiveBigIntegerField(help_text="bytes")
    rows = models.PositiveIntegerField()
    practices = models.PositiveIntegerField(help_text="distinct practice codes in it")
    commissioners = models.PositiveIntegerField(help_text="distinct codes in its commissioner column")
    columns = models.JSONField(help_text="[label, meaning or null, position] for every column")
    payment_columns = models.JSONField(default=list, help_text="[line, label, kind] for every payment column")
    remarks = models.JSONField(
        default=list, help_text="rows kept although odd: [row, column, value, message]"
    )
    said_sha256 = models.CharField(max_length=64, help_text="SHA-256 over everything its rows say")
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["as_of", "sha256"]

    def __str__(self) -> str:
        return self.title


class Organisation(models.Model):
    """Anything with a code. What it was called, was, and belonged to on a day are dated facts."""

    code = models.CharField(max_length=12, primary_key=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Sighting(models.Model):
    """What one source says about one organisation, word for word: the raw material of facts.

    `claims` is a list of ``[about, value, first or null, last or null, firm]``.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="sightings", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sightings")
    row = models.PositiveIntegerField()
    claims = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "organisation"], name="register_sighting_once_a_source")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.source_id[:8]}"
