"""Agreements of NHS England with a commissioner, and the notice that ends one."""

from __future__ import annotations

from django.db import models

from remit.delegation.models.applications import Application, new_id
from remit.delegation.models.arrangements import Arrangement
from remit.documents.models import Document
from remit.register.models import Organisation


class Agreement(models.Model):
    """The agreement that an approved application leads to: issued, returned signed, signed by NHS England.

    `state` is what was done last (`remit.delegation.states`): that it is in effect, ended or lapsed follows from
    the day. `arrangement` is what it brings on, or what it adds `groups` to. `term_last_on` is the last day of its
    term; empty where it lasts until somebody ends it. `returned_as` and `signed_as` are the posts of who signed.
    It rests on an application of its commissioner, or was taken over with an arrangement by a successor: then
    `novates` is the agreement that goes on in it.
    """

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    application = models.OneToOneField(
        Application, null=True, on_delete=models.PROTECT, related_name="agreement"
    )
    novates = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="novated_by")
    commissioner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements")
    level = models.PositiveSmallIntegerField()
    groups = models.JSONField()
    state = models.CharField(max_length=20)
    term_last_on = models.DateField(null=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    terms_of_reference = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    arrangement = models.ForeignKey(
        Arrangement, null=True, on_delete=models.PROTECT, related_name="agreements"
    )
    effective_on = models.DateField(null=True)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=40)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.CharField(max_length=40, blank=True)
    returned_as = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=40, blank=True)
    signed_as = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["issued_at", "commissioner", "id"]
        indexes = [models.Index(fields=["state"], name="delegation_agreement_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(returned_at__isnull=True, returned_by="")
                | models.Q(returned_at__isnull=False) & ~models.Q(returned_by=""),
                name="delegation_agreement_returned",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_at__isnull=True, signed_by="")
                | models.Q(signed_at__isnull=False) & ~models.Q(signed_by=""),
                name="delegation_agreement_signed",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_at__isnull=True, signed_by="", arrangement__isnull=True)
                | models.Q(signed_at__isnull=False, returned_at__isnull=False, arrangement__isnull=False),
                name="delegation_agreement_signed_by_both",
            ),
            models.CheckConstraint(
                condition=models.Q(arrangement__isnull=True, effective_on__isnull=True)
                | models.Q(arrangement__isnull=False, effective_on__isnull=False),
                name="delegation_agreement_from_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(application__isnull=False, novates__isnull=True)
                | models.Q(application__isnull=True, novates__isnull=False, arrangement__isnull=False),
                name="delegation_agreement_applied_for_or_novated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commissioner_id} at level {self.level}: {self.state}"


class Notice(models.Model):
    """Notice that ends an agreement: by the commissioner (withdrawal) or by NHS England (revocation).

    `ends_on` is the first day without it. Where the commissioner gave notice, NHS England may still revoke for an
    earlier day: then both are kept, and the earlier day counts.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="notices")
    is_revocation = models.BooleanField()
    ends_on = models.DateField()
    reasons = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=40)

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "is_revocation"], name="delegation_notice_once_by_each_side"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} ends on {self.ends_on}"
