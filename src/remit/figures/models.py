"""Figures: every published number by its own id, with every version it has had and the rows that make it."""

from __future__ import annotations

import re

from django.db import models

FIGURE_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
LONGEST_ID = 80


class Figure(models.Model):
    """A published number. Its id is its only identity: two figures with one value stay two figures."""

    id = models.CharField(primary_key=True, max_length=LONGEST_ID)
    article = models.CharField(
        max_length=8, blank=True, help_text="S0 to S4, ext for other publishers, or empty"
    )
    ledger_number = models.CharField(
        max_length=8, blank=True, help_text="its entry in the number ledger: N21"
    )
    order = models.PositiveSmallIntegerField(default=0, help_text="its place among the article's figures")

    class Meta:
        ordering = ["article", "order", "id"]

    def __str__(self) -> str:
        return self.id


class FigureVersion(models.Model):
    """What a figure said from an instant on. A later version supersedes it; it stays at its address."""

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField(help_text="1, 2, 3 …")
    label = models.CharField(max_length=200)
    definition = models.TextField()
    numerator = models.PositiveBigIntegerField(
        null=True, help_text="null where only a percentage was printed"
    )
    numerator_what = models.CharField(max_length=300, blank=True)
    base = models.PositiveBigIntegerField(null=True, help_text="null for a count, and where none was stated")
    base_what = models.CharField(max_length=300, blank=True)
    on = models.DateField(null=True, help_text="the day it is about")
    source = models.CharField(max_length=300)
    source_href = models.CharField(max_length=500, blank=True)
    rounding = models.CharField(max_length=20)
    places = models.PositiveSmallIntegerField(default=0, help_text="decimals of the percentage")
    published = models.CharField(max_length=100, blank=True, help_text="as printed: 71%")
    published_percent = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    claim = models.CharField(max_length=100, blank=True, help_text="the claim in words made of it")
    note = models.TextField(blank=True)
    part_of = models.ForeignKey(
        Figure,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="a figure that contains it",
    )
    figure_set = models.CharField(
        max_length=80, blank=True, help_text="the set whose parts add up to the base"
    )
    as_published = models.BooleanField(
        default=False, help_text="somebody else printed it; kept even if wrong"
    )
    has_numerator_rows = models.BooleanField(default=False)
    has_base_rows = models.BooleanField(default=False)
    released_at = models.DateTimeField(null=True, help_text="when its embargo ends; null: public at once")
    sha256 = models.CharField(max_length=64, help_text="SHA-256 of everything it says, in canonical JSON")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["figure", "number"]
        constraints = [
            models.UniqueConstraint(fields=["figure", "number"], name="figures_version_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="figures_version_from_one"),
            models.CheckConstraint(
                condition=models.Q(base__isnull=True)
                | models.Q(base__gt=0)
                & (models.Q(numerator__isnull=True) | models.Q(numerator__lte=models.F("base"))),
                name="figures_no_more_than_the_base",
            ),
            models.CheckConstraint(
                condition=models.Q(numerator__isnull=False)
                | models.Q(published_percent__isnull=False)
                | models.Q(as_published=True) & ~models.Q(claim=""),
                name="figures_say_a_number",
            ),
            models.CheckConstraint(
                condition=~models.Q(source="") & ~models.Q(definition=""), name="figures_are_explained"
            ),
        ]
        indexes = [models.Index(fields=["figure_set"], name="figures_by_set")]

    def __str__(self) -> str:
        return f"{self.figure_id} version {self.number}"


class FigureRow(models.Model):
    """One of the things that were counted: what a figure opens into."""

    version = models.ForeignKey(FigureVersion, on_delete=models.PROTECT, related_name="rows", db_index=False)
    side = models.CharField(max_length=9, help_text="numerator or base")
    place = models.PositiveIntegerField(help_text="1, 2, 3 …")
    ref = models.CharField(
        max_length=120, blank=True, help_text="what it is: organisation/05L, application/…"
    )
    words = models.CharField(max_length=300)

    class Meta:
        ordering = ["version", "side", "place"]
        constraints = [
            models.UniqueConstraint(fields=["version", "side", "place"], name="figures_row_in_one_place"),
            models.UniqueConstraint(
                fields=["version", "side", "ref"],
                condition=~models.Q(ref=""),
                name="figures_row_counted_once",
            ),
            models.CheckConstraint(
                condition=models.Q(side__in=["numerator", "base"]), name="figures_row_has_a_side"
            ),
        ]

    def __str__(self) -> str:
        return self.words
