"""Forms about agreements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from remit.delegation.rules import assurance_areas, assurance_ratings, levels, review_outcomes
from remit.web.delegation.forms.dated import DatedForm, said


class ChooseForm(DatedForm):
    """Which of many; what is done with them is the same for all."""

    chosen = forms.MultipleChoiceField(error_messages=said("Select at least one"))

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]


class IssueForm(ChooseForm):
    """Agreements to issue, perhaps for a term, with their text: typed, or a file."""

    DATES = ("term",)
    text = forms.CharField(required=False, max_length=50_000)
    file = forms.FileField(required=False, allow_empty_file=True, max_length=None)

    def clean(self) -> dict[str, Any]:
        """The last day of the term, if one was typed."""
        super().clean()
        self.cleaned_data["term"] = self.day_of("term", "The last day")
        if self.cleaned_data.get("text") and self.cleaned_data.get("file"):
            self.add_error("text", "Either write the text or send a file, not both")
        return self.cleaned_data


class SignForm(ChooseForm):
    """Agreements to sign for NHS England."""

    signed_as = forms.CharField(max_length=200, error_messages=said("Enter the post of who signs"))


class TakeOverForm(ChooseForm):
    """Arrangements that successors take over."""


class PositionForm(DatedForm):
    """A position that a source states."""

    DATES = ("first", "last")
    commissioner = forms.CharField(max_length=20, error_messages=said("Enter the commissioner’s code"))
    level = forms.ChoiceField(widget=forms.RadioSelect, error_messages=said("Select the level"))
    source = forms.CharField(max_length=300, error_messages=said("Name the source that states it"))
    source_href = forms.URLField(
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": "Enter an address that begins with https://, or leave it empty"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(str(number), each.title) for number, each in levels().items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The days."""
        super().clean()
        self.cleaned_data["first"] = self.day_of("first", "The first day", "Enter the first day")
        self.cleaned_data["last"] = self.day_of("last", "The last day")
        return self.cleaned_data


class ReturnForm(forms.Form):
    """The commissioner's signature, with the terms of reference where the level has a joint committee."""

    signed_as = forms.CharField(max_length=200, error_messages=said("Enter the post of who signs"))
    file = forms.FileField(required=False, allow_empty_file=True, max_length=None)

    def __init__(self, *args: Any, needs_file: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_file:
            del self.fields["file"]


class NoticeForm(forms.Form):
    """Why the commissioner leaves."""

    reasons = forms.CharField(max_length=2000, error_messages=said("Enter your reasons"))


class RevokeForm(DatedForm):
    """Why NHS England ends an agreement, and from when."""

    DATES = ("ends_on",)
    reasons = forms.CharField(max_length=2000, error_messages=said("Enter your reasons"))
    field_order = ("reasons", "ends_on_day", "ends_on_month", "ends_on_year")

    def clean(self) -> dict[str, Any]:
        """The first day without the agreement."""
        super().clean()
        words = "Enter the first day without the agreement"
        self.cleaned_data["ends_on"] = self.day_of("ends_on", "The day", words)
        return self.cleaned_data


class ReviewForm(DatedForm):
    """What a review found, and what follows."""

    DATES = ("held_on", "extends_to")
    outcome = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages=said("Select what follows from the review")
    )
    findings = forms.CharField(max_length=4000, error_messages=said("Enter what the review found"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = list(review_outcomes().items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The days."""
        super().clean()
        self.cleaned_data["held_on"] = self.day_of("held_on", "The day", "Enter the day on which it was held")
        self.cleaned_data["extends_to"] = self.day_of("extends_to", "The last day")
        return self.cleaned_data


class RateForm(DatedForm):
    """How an audit rated an area."""

    DATES = ("rated_on",)
    area = forms.ChoiceField(widget=forms.RadioSelect, error_messages=said("Select the area that was rated"))
    rating = forms.ChoiceField(widget=forms.RadioSelect, error_messages=said("Select the rating"))
    source = forms.CharField(max_length=300, error_messages=said("Name the report that says so"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = list(assurance_areas().items())  # type: ignore[attr-defined]
        self.fields["rating"].choices = list(assurance_ratings().items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The day."""
        super().clean()
        self.cleaned_data["rated_on"] = self.day_of("rated_on", "The day", "Enter the day of the report")
        return self.cleaned_data


class WordsForm(DatedForm):
    """A day, and perhaps words in print with a count, held against it."""

    DATES = ("day",)
    words = forms.CharField(required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """The day, and the first number among the words."""
        super().clean()
        self.cleaned_data["on"] = self.day_of("day", "The day", "Enter the day of which it is said")
        words = self.cleaned_data.get("words", "")
        number = next(
            (each for each in words.replace(",", "").split() if each.isascii() and each.isdigit()), ""
        )
        if words and (not number or len(number) > 6):
            self.add_error("words", "Enter words with a number in figures, such as 151 had signed up")
        self.cleaned_data["count"] = int(number) if number and len(number) <= 6 else 0
        return self.cleaned_data
