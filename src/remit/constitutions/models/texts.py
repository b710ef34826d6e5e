"""Texts that a body gave itself: every version whole, clause by clause, and what was done with it."""

from __future__ import annotations

from django.db import models
from ulid import ULID

from remit.register.models import Organisation

CONSTITUTION, STANDING_ORDERS = "constitution", "standing_orders"
DOCUMENTS = {CONSTITUTION: "Constitution", STANDING_ORDERS: "Standing orders"}


def new_id() -> str:
    """A ULID."""
    return str(ULID())


class Text(models.Model):
    """A version of a body's constitution or standing orders. It is written while a draft, and never changed after.

    `number`: 1, 2, 3 … among those in force; null until then. `in_force_on`: the first day on which it counts; it
    counts until the next version's. `agreed_on` is when members adopted it, `approved_on` when NHS England approved
    it, where it had to. `sha256` is over its clauses as they were when it was put forward.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="texts")
    document = models.CharField(max_length=20, default=CONSTITUTION)
    title = models.CharField(max_length=200)
    purpose = models.TextField(blank=True, help_text="what it changes, and why")
    based_on = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="drafts")
    state = models.CharField(max_length=20, default="draft")
    number = models.PositiveIntegerField(null=True)
    agreed_on = models.DateField(null=True)
    approved_on = models.DateField(null=True)
    in_force_on = models.DateField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["body", "document", "number", "drafted_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "document", "number"], name="constitutions_one_version_of_a_number"
            ),
            models.CheckConstraint(
                condition=models.Q(number__isnull=True, in_force_on__isnull=True)
                | models.Q(number__isnull=False, in_force_on__isnull=False),
                name="constitutions_in_force_has_number_and_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.document} {self.number or self.state}"


class Clause(models.Model):
    """A numbered clause. `rules` are those that it carries, as `remit.engines.constitution.read_rule` reads them."""

    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="clauses")
    number = models.CharField(max_length=20)
    order = models.CharField(max_length=60, help_text="its number, padded, so that 10 comes after 9")
    heading = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    rules = models.JSONField(default=list)

    class Meta:
        ordering = ["text", "order"]
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="constitutions_one_clause_of_a_number")
        ]

    def __str__(self) -> str:
        return self.number


class TextStep(models.Model):
    """Something that was done with a text: put forward, agreed by members, sent, approved. Append-only, and public.

    `origin` is `by_hand`, which needs a `source`, or the room where it happened, with its record as `origin_ref`.
    """

    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=40)
    state = models.CharField(max_length=20, help_text="the state afterwards")
    on = models.DateField()
    words = models.TextField(blank=True)
    origin = models.SlugField(max_length=30, default="by_hand")
    origin_ref = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField()
    done_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["text", "done_at", "pk"]

    def __str__(self) -> str:
        return f"{self.text_id}: {self.verb}"
