"""Motions: what a body asks its members, under which version of its rules."""

from __future__ import annotations

from django.db import models
from ulid import ULID

from remit.constitutions.models import Text
from remit.consultations.models import Consultation
from remit.meetings.models import Meeting
from remit.register.models import Organisation


def new_id() -> str:
    """A ULID."""
    return str(ULID())


class Motion(models.Model):
    """What members are asked. From its notice on its words, roll and rules stand.

    `text`: the version of the constitution in force at notice, whose clauses decide; null where the body has none.
    `way`: recorded (by name), hands (a show of hands) or paper. `concerns`: the commissioners it is about;
    `powers`: those it speaks of, by code. `amends`: the amendment that it puts; `meeting`: where it
    is voted on, if it is at one; `consultation`: what members said before it; `level`: the powers that it is to
    give a mandate for. `replaces`: an earlier wording, on which no vote counts any more.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="motions")
    kind = models.CharField(max_length=30)
    way = models.CharField(max_length=20, default="recorded")
    title = models.CharField(max_length=200)
    words = models.TextField()
    state = models.CharField(max_length=20, default="draft")
    text = models.ForeignKey(Text, null=True, on_delete=models.PROTECT, related_name="motions")
    amends = models.ForeignKey(Text, null=True, on_delete=models.PROTECT, related_name="put_as")
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="motions")
    consultation = models.ForeignKey(
        Consultation, null=True, on_delete=models.PROTECT, related_name="motions"
    )
    level = models.PositiveSmallIntegerField(null=True)
    powers = models.JSONField(default=list)
    concerns = models.ManyToManyField(Organisation, related_name="motions_about")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=26)
    noticed_at = models.DateTimeField(null=True)
    noticed_by = models.CharField(max_length=26, blank=True)
    urgency = models.TextField(blank=True, help_text="why its notice was shorter than usual")
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="declared, withdrawn or replaced")
    ended_by = models.CharField(max_length=26, blank=True)
    reasons = models.TextField(blank=True, help_text="why it was withdrawn or replaced")

    class Meta:
        ordering = ["-noticed_at", "-drafted_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(noticed_at__isnull=True, noticed_by="")
                | models.Q(noticed_at__isnull=False) & ~models.Q(noticed_by=""),
                name="motions_noticed_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by="")
                | models.Q(ended_at__isnull=False) & ~models.Q(ended_by=""),
                name="motions_ended_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Option(models.Model):
    """Something that members can choose; a motion without options is voted for or against."""

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="options")
    code = models.SlugField(max_length=20)
    name = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["motion", "order"]
        constraints = [
            models.UniqueConstraint(fields=["motion", "code"], name="motions_one_option_of_a_code")
        ]

    def __str__(self) -> str:
        return self.name
