"""Results: declared once; the arithmetic is worked out from the tally and the clauses whenever it is shown."""

from __future__ import annotations

from django.db import models

from remit.motions.models.motions import Motion


class Declaration(models.Model):
    """What a vote came to. `result`: carried, not_carried, tied or inquorate; `option` where there were options.

    `tally` is the votes added up, from which the pages count; `concordance` how many practices voted otherwise than
    their practitioners. Both are worked out again from the rows by verification. `sha256` is over the recount file:
    roll, votes and rules. `evidence`: the record that a mandate rests on.
    """

    motion = models.OneToOneField(Motion, on_delete=models.PROTECT, related_name="declaration")
    result = models.CharField(max_length=20)
    option = models.CharField(max_length=20, blank=True)
    casting_vote = models.CharField(max_length=20, blank=True)
    scrutineer = models.CharField(max_length=150)
    report = models.TextField(blank=True)
    tally = models.JSONField(default=dict)
    concordance = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    evidence = models.CharField(max_length=26, blank=True)
    declared_at = models.DateTimeField()
    declared_by = models.CharField(max_length=26)

    class Meta:
        ordering = ["-declared_at"]

    def __str__(self) -> str:
        return f"{self.motion_id}: {self.result}"
