"""Assessments: views along the chain, the scores of two assessors, and what was made of them."""

from __future__ import annotations

from django.db import models

from remit.delegation.models.applications import Application, new_id


class Assessment(models.Model):
    """How the assessment of one application stands. Made by the first act about it."""

    application = models.OneToOneField(
        Application, primary_key=True, on_delete=models.PROTECT, related_name="assessment"
    )
    state = models.CharField(max_length=24)

    class Meta:
        ordering = ["application"]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.state}"


class StageView(models.Model):
    """What somebody at a stage of the chain thought of an application. They are added, never changed.

    `stage` is where it stood, `went_to` where it went; `view` is supports, concerns, opposes or sent_back.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="views")
    stage = models.CharField(max_length=24)
    went_to = models.CharField(max_length=24)
    view = models.CharField(max_length=12)
    reasons = models.TextField()
    organisation = models.CharField(max_length=12, help_text="for which body it was said")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.assessment_id}: {self.view} at {self.stage}"


class Assignment(models.Model):
    """An assessor of an application, in one of two places. `finished_at`: the scores are in and stay as they are."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="assignments")
    person = models.CharField(max_length=26)
    place = models.PositiveSmallIntegerField(help_text="1 or 2")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=26)
    finished_at = models.DateTimeField(null=True)
    finished_by = models.CharField(max_length=26, blank=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=26, blank=True)
    released_because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["assessment", "place", "made_at"]
        indexes = [models.Index(fields=["person"], name="delegation_assignment_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "place"],
                condition=models.Q(released_at__isnull=True),
                name="delegation_one_assessor_in_a_place",
            ),
            models.CheckConstraint(
                condition=models.Q(place__gte=1, place__lte=2), name="delegation_two_assessors"
            ),
            models.CheckConstraint(
                condition=models.Q(finished_at__isnull=True, finished_by="")
                | models.Q(finished_at__isnull=False) & ~models.Q(finished_by=""),
                name="delegation_finished_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(released_at__isnull=True, released_by="")
                | models.Q(released_at__isnull=False) & ~models.Q(released_by=""),
                name="delegation_released_when_and_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} of {self.assessment_id}"


class Score(models.Model):
    """An assessor's score for one criterion, with why. Nobody else reads it until both have finished."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="scores")
    criterion = models.CharField(max_length=40)
    score = models.PositiveSmallIntegerField()
    justification = models.TextField()
    scored_at = models.DateTimeField()
    scored_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["assignment", "criterion"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "criterion"], name="delegation_one_score_each"),
            models.CheckConstraint(condition=~models.Q(justification=""), name="delegation_score_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.score}"


class ModeratedScore(models.Model):
    """What the moderator made of two scores for one criterion, with why."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="moderated")
    criterion = models.CharField(max_length=40)
    score = models.PositiveSmallIntegerField()
    reasons = models.TextField()
    moderated_at = models.DateTimeField()
    moderated_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["assessment", "criterion"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"], name="delegation_one_moderated_score_each"
            ),
            models.CheckConstraint(condition=~models.Q(reasons=""), name="delegation_moderation_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.score}"


class Flag(models.Model):
    """Something about an application that somebody has to look into. What happened to it are its steps."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="flags")
    what = models.CharField(max_length=500)
    criterion = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=12)
    allocated_to = models.CharField(max_length=26, blank=True)
    raised_at = models.DateTimeField()
    raised_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["raised_at", "id"]

    def __str__(self) -> str:
        return self.what


class FlagStep(models.Model):
    """What was done about a flag. Steps are added, never changed."""

    flag = models.ForeignKey(Flag, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=12)
    allocated_to = models.CharField(max_length=26, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.flag_id}: {self.state}"


class DeclaredInterest(models.Model):
    """An interest that somebody who assesses declares, in an organisation, by its code. It is kept from the day
    it began; `ended_on` is its last day. It is not published: it keeps its holder from what it concerns."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    person = models.CharField(max_length=26)
    organisation = models.CharField(max_length=12)
    kind = models.CharField(max_length=30)
    what = models.CharField(max_length=500)
    began_on = models.DateField()
    ended_on = models.DateField(null=True)
    declared_at = models.DateTimeField()
    declared_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["person", "declared_at", "id"]
        indexes = [models.Index(fields=["person"], name="delegation_interest_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("began_on")),
                name="delegation_interest_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.organisation}"
