"""What is kept of a document: what it is, and its content apart, so that a list never loads it."""

from __future__ import annotations

from django.db import models
from ulid import ULID


def new_id() -> str:
    """A ULID."""
    return str(ULID())


class Document(models.Model):
    """A file that somebody sent for an organisation, as it was. It is never changed; another takes its place.

    `owner` is the organisation's code; `is_public` says whether everybody may read it.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    is_public = models.BooleanField()
    owner = models.CharField(max_length=12)
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["kept_at", "id"]
        indexes = [models.Index(fields=["owner", "sha256"], name="documents_by_owner")]
        constraints = [models.CheckConstraint(condition=models.Q(size__gt=0), name="documents_not_empty")]

    def __str__(self) -> str:
        return self.name


class Content(models.Model):
    """The bytes of a document."""

    document = models.OneToOneField(Document, primary_key=True, on_delete=models.PROTECT)
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"content of {self.document_id}"
