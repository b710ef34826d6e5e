"""Forms of meetings: calling one, cancelling it, and who was there."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.meetings.queries import KINDS
from remit.web.delegation.forms.dated import DatedForm, said


class CallForm(DatedForm):
    """A meeting to call."""

    DATES = ("meets",)
    TIMES = ("time",)

    kind = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=list(KINDS.items()),
        error_messages=said("Select what kind of meeting it is"),
    )
    title = forms.CharField(max_length=200, error_messages=said("Enter a title"))
    place = forms.CharField(max_length=300, error_messages=said("Enter where it is"))
    urgency = forms.CharField(required=False, max_length=5000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["kind", "title", "place", "meets_day", "meets_month", "meets_year", "time"])

    def clean(self) -> dict[str, Any]:
        """The instant of the meeting, by London's clocks."""
        super().clean()
        self.cleaned_data["meets_at"] = self.instant_of(
            "meets", "time", "The date", "Enter the day of the meeting"
        )
        return self.cleaned_data


class CancelForm(forms.Form):
    """Why a meeting is cancelled."""

    reasons = forms.CharField(max_length=5000, error_messages=said("Enter the reasons"))


class AttendanceForm(forms.Form):
    """Who was there, one code a line or with commas."""

    practices = forms.CharField(
        max_length=100_000, error_messages=said("Enter the codes of the practices that were there")
    )

    @property
    def codes(self) -> list[str]:
        """The codes typed. Only after `is_valid`."""
        return str(self.cleaned_data["practices"]).replace(",", " ").replace(";", " ").split()
