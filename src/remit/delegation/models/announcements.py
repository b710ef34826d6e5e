"""Announcements: frozen lists of decisions, and the corrections that are appended to them."""

from __future__ import annotations

from django.db import models

from remit.delegation.models.applications import Decision
from remit.delegation.models.rounds import Round


class Announcement(models.Model):
    """A batch of decisions made public at an instant. Its counts are those of its `Announced` rows.

    `headline` is words by people; numbers in it have been checked against the rows. `released_at` is when it
    became public: when it was announced, or when its embargo ended. `sha256` is over the frozen list.
    """

    code = models.SlugField(max_length=80, primary_key=True)
    headline = models.CharField(max_length=200)
    event = models.CharField(max_length=200, blank=True, help_text="where it was announced, if somewhere")
    rounds = models.ManyToManyField(Round, through="CoveredRound", related_name="announcements")
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    is_embargoed = models.BooleanField()
    announced_at = models.DateTimeField()
    announced_by = models.CharField(max_length=26)
    released_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["released_at", "code"]

    def __str__(self) -> str:
        return self.headline


class CoveredRound(models.Model):
    """A round whose decisions an announcement holds; several are of one programme. Its list goes by their `place`."""

    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="covered")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="covered_by")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["announcement", "place"]
        constraints = [
            models.UniqueConstraint(fields=["announcement", "round"], name="delegation_covered_round_once"),
            models.UniqueConstraint(fields=["announcement", "place"], name="delegation_covered_round_place"),
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id} {self.place}: {self.round_id}"


class Quote(models.Model):
    """What somebody said of an announcement, with the role they had when it was made: frozen with it.

    `person` is who said it where they are known here, and `role` then comes from the roles they held; else both were
    typed, and `source` says from where. `flags` are what the words go beyond.
    """

    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="quotes")
    place = models.PositiveSmallIntegerField()
    words = models.TextField()
    who = models.CharField(max_length=200)
    role = models.CharField(max_length=200)
    organisation = models.CharField(max_length=300)
    person = models.CharField(max_length=26, blank=True)
    source = models.CharField(max_length=300, blank=True)
    flags = models.JSONField(default=list)

    class Meta:
        ordering = ["announcement", "place"]
        constraints = [
            models.UniqueConstraint(fields=["announcement", "place"], name="delegation_quote_place"),
            models.CheckConstraint(
                condition=~models.Q(person="") | ~models.Q(source=""),
                name="delegation_quote_rests_on_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who}, {self.role}"


class Announced(models.Model):
    """One decision in an announcement, as it stood then. `name` and `region` are those of that day."""

    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="rows")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="announced")
    commissioner = models.CharField(max_length=12)
    name = models.CharField(max_length=300)
    region = models.CharField(max_length=12, blank=True)
    region_name = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=20)

    class Meta:
        ordering = ["announcement", "name", "commissioner"]

    def __str__(self) -> str:
        return f"{self.name}: {self.outcome}"


class Correction(models.Model):
    """What has changed since an announcement. The announcement itself stays as it was."""

    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="corrections")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="correction")
    words = models.CharField(max_length=500)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.words
