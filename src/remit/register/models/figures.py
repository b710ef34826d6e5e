"""Counted things that published files give for a practice: lists of patients, and payments."""

from __future__ import annotations

from django.db import models

from remit.register.models.sources import Organisation, Source


class ListSize(models.Model):
    """A practice's list on a day, as one source counts it.

    `registered` and `weighted` are exact as published (the publisher averages some years). `bands` is a list of
    ``[sex, from age, to age or null, patients]``, empty where the source has none.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="lists", db_index=False
    )
    on = models.DateField()
    quarter = models.CharField(max_length=20, blank=True, help_text="as printed; empty if not stated")
    registered = models.DecimalField(max_digits=18, decimal_places=9, null=True)
    weighted = models.DecimalField(max_digits=18, decimal_places=9, null=True)
    bands = models.JSONField(default=list)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="lists")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "source"], name="register_list_once_a_source")
        ]
        indexes = [models.Index(fields=["organisation", "on"], name="register_list_by_day")]

    def __str__(self) -> str:
        return f"{self.organisation_id} on {self.on}"


class PublishedPayments(models.Model):
    """Everything one yearly file says was paid to one practice.

    `amounts` follows the source's `payment_columns`: whole pence as integers, null where missing, text where the
    publisher printed more than two decimals.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="published_payments", db_index=False
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="payments")
    year = models.PositiveSmallIntegerField(help_text="the April in which the NHS year starts")
    commissioner = models.CharField(max_length=12, blank=True)
    total_pence = models.BigIntegerField(null=True, help_text="the file's own total before deductions")
    amounts = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "source"], name="register_payments_once_a_source")
        ]
        indexes = [
            models.Index(fields=["year", "commissioner"], name="register_payments_by_year"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year}"
