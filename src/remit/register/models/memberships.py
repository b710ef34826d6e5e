"""Bodies whose members are practices: kept apart from commissioners, which may have no members."""

from __future__ import annotations

from django.db import models

from remit.register.models.sources import Organisation


class MembershipBody(models.Model):
    """A body of member practices.

    A clinical commissioning group had one (NHS Act 2006, s. 14A: its members are the providers of primary
    medical services of its area); an integrated care board has none; a primary care network is one.
    """

    code = models.CharField(max_length=20, primary_key=True)
    form = models.CharField(max_length=20, help_text="ccg or pcn")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="membership_bodies")

    class Meta:
        verbose_name_plural = "membership bodies"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Membership(models.Model):
    """A practice was a member from `from_on` to `until_on`, both included."""

    body = models.ForeignKey(
        MembershipBody, on_delete=models.PROTECT, related_name="memberships", db_index=False
    )
    practice = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    from_on = models.DateField()
    until_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "practice", "from_on"], name="register_membership_once"),
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")),
                name="register_membership_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["body", "from_on", "until_on"], name="register_membership_by_day")]

    def __str__(self) -> str:
        return f"{self.practice_id} in {self.body_id}"
