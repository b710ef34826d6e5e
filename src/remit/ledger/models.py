"""What the ledger keeps: entries, the hashes that make proofs fast, signed checkpoints, and openings.

Rows of `Entry` are only ever added. `Opening` is the one table that may be erased: it holds the personal data
whose salted commitments stand in the ledger.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

from remit.kernel.moments import rfc3339

if TYPE_CHECKING:
    _Instant = models.Field[datetime, datetime]
else:
    _Instant = models.Field  # Django's fields take type parameters only in its stubs


class InstantField(_Instant):
    """An instant kept as its RFC 3339 text, the very text of the entry's body.

    Databases keep times in their own ways (SQLite as loose text), so a change of one byte could mean the same
    instant and go unseen. This text has one spelling, and its order is the order of time.
    """

    empty_strings_allowed = False

    def __init__(self, **options: Any) -> None:
        options["max_length"] = 27
        super().__init__(**options)

    def get_internal_type(self) -> str:
        """Kept as text."""
        return "CharField"

    def from_db_value(self, value: str | None, *_: object) -> datetime | None:
        """Text to instant. Raises `ValueError` where the stored text has been damaged."""
        return None if value is None else datetime.fromisoformat(value)

    def to_python(self, value: Any) -> Any:
        """What the field holds on a model: an instant."""
        return datetime.fromisoformat(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        """Instant to text."""
        return rfc3339(value) if isinstance(value, datetime) else value


class Entry(models.Model):
    """One act: who, acting for which organisation, what, when, under which rule, about what."""

    index = models.BigIntegerField(primary_key=True)
    at = InstantField()
    act = models.CharField(max_length=80)
    by = models.CharField(max_length=64)
    acting_for = models.CharField(max_length=16, blank=True)
    under = models.CharField(max_length=255, blank=True)
    subject = models.CharField(max_length=255, blank=True)
    once = models.CharField(max_length=255, null=True, unique=True)  # noqa: DJ001 - NULLs may repeat, "" may not
    body = models.TextField()
    leaf_hash = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "index"], name="ledger_entry_subject"),
            models.Index(fields=["act", "index"], name="ledger_entry_act"),
        ]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.index} {self.act}"

    @property
    def details(self) -> dict[str, Any]:
        """The particulars of the act, from the body."""
        details: dict[str, Any] = json.loads(self.body)["details"]
        return details


class Head(models.Model):
    """The one row that says where the ledger ends; whoever holds its lock may append.

    `peaks` are the hashes of the tree's perfect subtrees, so that a leaf is added without reading others.
    `last_at` is when the last entry or checkpoint was made: nothing earlier may follow.
    """

    size = models.BigIntegerField(default=0)
    peaks = models.BinaryField(default=b"")
    last_at = InstantField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="ledger_one_head")]


class Subtree(models.Model):
    """The hash over a whole tile: 256 leaves at level 1, 256 of those at level 2, and so on."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "index"], name="ledger_subtree_place"),
        ]


class Checkpoint(models.Model):
    """The head of the ledger at a moment, signed: a C2SP signed note."""

    size = models.BigIntegerField(db_index=True)
    note = models.TextField()
    made_at = InstantField()
    made_by = models.CharField(max_length=64)


class Witness(models.Model):
    """Somebody outside who remembers the checkpoints shown to them and signs those that fit."""

    name = models.CharField(max_length=255, unique=True)
    vkey = models.CharField(max_length=400, unique=True)
    named_at = InstantField()
    named_by = models.CharField(max_length=64)


class Cosignature(models.Model):
    """A witness's dated signature on a checkpoint: one line of a C2SP signed note."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="cosignatures")
    witness = models.ForeignKey(Witness, on_delete=models.PROTECT, related_name="cosignatures")
    line = models.TextField()
    added_at = InstantField()
    added_by = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "witness"], name="ledger_one_cosignature_each"),
        ]


class Opening(models.Model):
    """What a commitment in the ledger stands for. Once erased, the commitment that is left says nothing."""

    commitment = models.CharField(max_length=71, unique=True)
    salt = models.BinaryField(max_length=32)
    value = models.TextField()
    concerning = models.CharField(max_length=255, db_index=True)
