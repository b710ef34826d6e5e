"""Forms of a round's clocks: late requests answered, decisions extended."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.web.delegation.forms.dated import DatedForm, said


class LateDecisionForm(DatedForm):
    """The answer to a late request."""

    DATES = ("until",)
    TIMES = ("until_time",)
    answer = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=(("accept", "Accept it: it may still be submitted"), ("refuse", "Refuse it")),
        error_messages=said("Select accept or refuse"),
    )
    reasons = forms.CharField(max_length=2000, error_messages=said("Enter your reasons"))

    def clean(self) -> dict[str, Any]:
        """Until when it may be submitted, if it is accepted."""
        super().clean()
        self.cleaned_data["until"] = None
        if self.cleaned_data.get("answer") == "accept":
            self.cleaned_data["until"] = self.instant_of(
                "until", "until_time", "The day", "Enter until when it may be submitted"
            )
        return self.cleaned_data


class ExtendForm(DatedForm):
    """Decisions that will take longer."""

    DATES = ("until",)
    application = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages=said("Select which decisions will take longer")
    )
    reasons = forms.CharField(max_length=2000, error_messages=said("Enter the reasons"))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["application"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The new day."""
        super().clean()
        self.cleaned_data["until_on"] = self.day_of("until", "The day", "Enter the new day")
        return self.cleaned_data
