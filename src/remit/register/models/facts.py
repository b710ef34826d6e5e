"""Dated facts: what was so, about which organisation, on which days."""

from __future__ import annotations

from datetime import date

from django.db import models

from remit.kernel.period import Period
from remit.register.models.sources import Organisation

UNKNOWN_START = date(1, 1, 1)
STILL = date(9999, 12, 31)


class FactQuerySet(models.QuerySet["Fact"]):
    """Facts by day."""

    def as_at(self, on: date) -> FactQuerySet:
        """Those in force on a day: from their first to their last day, both included."""
        return self.filter(from_on__lte=on, until_on__gte=on)

    def about(self, *abouts: str) -> FactQuerySet:
        """Those of some kinds."""
        return self.filter(about__in=abouts) if len(abouts) != 1 else self.filter(about=abouts[0])


class Fact(models.Model):
    """`organisation` had `value` for `about` from `from_on` to `until_on`, both included.

    Derived by the timelines engine from every sighting, and derived again whenever a source is loaded; facts of
    one organisation about one thing never overlap. `basis` is ``stated`` where a source states the days and
    ``carried`` where a snapshot is carried to days it does not know.

    There is no default order, here as in the other long tables: a sort of thousands of rows is asked for by name.
    Nor has a foreign key an index of its own where the index of a constraint begins with it.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="facts", db_index=False
    )
    about = models.CharField(max_length=20)
    value = models.CharField(max_length=400)
    from_on = models.DateField()
    until_on = models.DateField()
    basis = models.CharField(max_length=8)

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "about", "from_on"], name="register_fact_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")),
                name="register_fact_ends_after_it_starts",
            ),
        ]
        indexes = [
            # Holds all that a question about the whole nation asks for, so the table itself is not read.
            models.Index(
                fields=["about", "value", "from_on", "until_on", "organisation"],
                name="register_fact_by_value",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.about} {self.value}"

    @property
    def period(self) -> Period:
        """Its days, an end that is not known as None."""
        return Period(self.from_on, None if self.until_on == STILL else self.until_on)

    @property
    def start_is_known(self) -> bool:
        """Whether any source says when it began."""
        return self.from_on != UNKNOWN_START


class Succession(models.Model):
    """One organisation followed another on a day.

    `basis` is ``published`` where a source says so (a row for each source) and ``derived`` where it follows from
    where practices went: then `practices` of the `of` that could be followed went to the successor.
    """

    predecessor = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="successions", db_index=False
    )
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="inheritances")
    on = models.DateField()
    basis = models.CharField(max_length=9)
    practices = models.PositiveIntegerField(null=True)
    of = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the source, if published")

    class Meta:
        ordering = ["on", "predecessor", "successor"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "on", "basis", "source"], name="register_succession_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="register_succession_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"
