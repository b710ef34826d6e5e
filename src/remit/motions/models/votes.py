"""Votes: by name, each once; and shows of hands, counted by a teller."""

from __future__ import annotations

from django.db import models

from remit.documents.models import Document
from remit.motions.models.motions import Motion, new_id
from remit.motions.models.rolls import PRACTICES, RollEntry


class Vote(models.Model):
    """What one on the roll did. `choice`: for, against, an option's code, abstain or blank. `origin`: own, proxy or
    paper, which names its `teller`."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    entry = models.OneToOneField(RollEntry, on_delete=models.PROTECT, related_name="vote")
    choice = models.CharField(max_length=20)
    origin = models.CharField(max_length=10, default="own")
    teller = models.CharField(max_length=150, blank=True)
    cast_at = models.DateTimeField()
    cast_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["entry"]

    def __str__(self) -> str:
        return f"{self.entry_id}"


class HandsCounted(models.Model):
    """A show of hands of one electorate, as a teller counted it: so many of each choice."""

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="hands")
    electorate = models.CharField(max_length=10, default=PRACTICES)
    counts = models.JSONField(help_text="how many, by choice")
    teller = models.CharField(max_length=150)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="hands")
    counted_at = models.DateTimeField()
    counted_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["motion", "electorate"]
        verbose_name_plural = "hands counted"
        constraints = [
            models.UniqueConstraint(fields=["motion", "electorate"], name="motions_hands_counted_once")
        ]

    def __str__(self) -> str:
        return f"{self.motion_id} {self.electorate}"
