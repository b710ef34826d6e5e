"""Forms of the steps of a text."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.web.delegation.forms.dated import DatedForm, said

WHERE = "Enter where this is written"


class NothingForm(forms.Form):
    """A step that asks nothing more."""


class RecordForm(DatedForm):
    """A text that was adopted already: its days, and where that is written."""

    DATES = ("agreed", "approved", "in_force")
    source = forms.CharField(max_length=300, error_messages=said(WHERE))

    def clean(self) -> dict[str, Any]:
        """The days."""
        data = self.cleaned_data
        data["agreed_on"] = self.day_of("agreed", "The day", "Enter the day on which members agreed")
        data["approved_on"] = self.day_of("approved", "The day")
        data["in_force_on"] = self.day_of("in_force", "The day", "Enter the first day on which it counted")
        return data


class MembersForm(DatedForm):
    """What members made of it."""

    DATES = ("decided",)
    answer = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[("yes", "They agreed to it"), ("no", "They did not agree to it")],
        error_messages=said("Select what the members decided"),
    )
    source = forms.CharField(max_length=300, error_messages=said(WHERE))

    def clean(self) -> dict[str, Any]:
        """The day."""
        self.cleaned_data["on"] = self.day_of("decided", "The day", "Enter the day on which they decided")
        return self.cleaned_data


class AdoptForm(DatedForm):
    """From which day it counts."""

    DATES = ("in_force",)

    def clean(self) -> dict[str, Any]:
        """The day."""
        data = self.cleaned_data
        data["in_force_on"] = self.day_of("in_force", "The day", "Enter the first day on which it counts")
        return data


class ApproveForm(AdoptForm):
    """From which day it counts, and perhaps a word with it."""

    words = forms.CharField(required=False, max_length=2000)


class ReasonsForm(forms.Form):
    """Why."""

    reasons = forms.CharField(max_length=5000, error_messages=said("Enter the reasons"))
