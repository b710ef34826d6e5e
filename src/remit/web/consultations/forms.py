"""Forms of consultations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from remit.constitutions.rules import motion_kinds
from remit.consultations.queries import STANCES
from remit.consultations.rules import channels, silence_reasons, told_ways
from remit.web.delegation.forms.dated import DatedForm, said

LINES = 10_000


def _radios(choices: Sequence[tuple[Any, str]], words: str) -> forms.ChoiceField:
    return forms.ChoiceField(widget=forms.RadioSelect, choices=choices, error_messages=said(words))


class DraftForm(DatedForm):
    """A consultation to write."""

    DATES = ("opens", "closes")

    title = forms.CharField(max_length=200, error_messages=said("Enter a title"))
    purpose = forms.CharField(max_length=LINES, error_messages=said("Enter what it is for"))
    options = forms.CharField(max_length=LINES, error_messages=said("Enter two options or more"))
    told = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    motion = _radios([], "Select what it prepares")
    concerns = forms.CharField(required=False, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told"].choices = list(told_ways().items())  # type: ignore[attr-defined]
        kinds = [(each.code, each.name) for each in motion_kinds().values()]
        self.fields["motion"].choices = kinds  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The days and the lists, as the action takes them."""
        super().clean()
        data = self.cleaned_data
        data["opens_on"] = self.day_of("opens", "The first day", "Enter the first day")
        data["closes_on"] = self.day_of("closes", "The last day", "Enter the last day")
        data["options"] = str(data.get("options", "")).splitlines()
        data["concerns"] = str(data.get("concerns", "")).upper().replace(",", " ").split()
        return data


class ConfirmForm(forms.Form):
    """Nothing but the button."""


class ExtendForm(DatedForm):
    """More time for members."""

    DATES = ("closes",)
    reasons = forms.CharField(max_length=2000, error_messages=said("Enter the reasons"))

    def clean(self) -> dict[str, Any]:
        """The new last day."""
        super().clean()
        self.cleaned_data["closes_on"] = self.day_of("closes", "The last day", "Enter the last day")
        return self.cleaned_data


class AttachForm(forms.Form):
    """A meeting at which it is talked over."""

    meeting = _radios([], "Select a meeting")

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = list(offered)  # type: ignore[attr-defined]


class RepresentForm(DatedForm):
    """Something said outside the formal process."""

    DATES = ("received",)
    who = forms.CharField(max_length=200, error_messages=said("Enter whose words they are"))
    organisation = forms.CharField(required=False, max_length=12)
    channel = _radios([], "Select how it came")
    words = forms.CharField(max_length=LINES, error_messages=said("Enter what was said"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = list(channels().items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The day on which it came."""
        super().clean()
        self.cleaned_data["received_on"] = self.day_of("received", "The day", "Enter the day")
        return self.cleaned_data


class SilenceForm(forms.Form):
    """Why a practice does not respond."""

    reason = _radios([], "Select a reason")
    words = forms.CharField(required=False, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = list(silence_reasons().items())  # type: ignore[attr-defined]


class ThemeForm(forms.Form):
    """A theme to name."""

    said = forms.CharField(max_length=300, error_messages=said("Enter what members said"))


class DidForm(forms.Form):
    """What is done about it."""

    did = forms.CharField(max_length=LINES, error_messages=said("Enter what is done about it"))


class CodeForm(forms.Form):
    """To which themes a response belongs."""

    themes = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, error_messages=said("Select at least one theme")
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].choices = list(offered)  # type: ignore[attr-defined]


SPLIT = (("for", "in favour"), ("against", "against"), ("abstain", "abstaining"))


class RespondForm(forms.Form):
    """What a practice or a doctor says of each option; a practice may say how its partners stand."""

    def __init__(
        self, *args: Any, options: Sequence[tuple[int, str]], is_practice: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.options, self.is_practice = options, is_practice
        for number, name in options:
            self.fields[f"stance_{number}"] = _radios(list(STANCES.items()), f"Say what you think of: {name}")
            for code, _ in SPLIT if is_practice else ():
                self.fields[f"{code}_{number}"] = forms.IntegerField(
                    required=False,
                    min_value=0,
                    max_value=200,
                    error_messages={"invalid": "Enter a whole number of partners"},
                )
        self.fields["words"] = forms.CharField(required=False, max_length=LINES)

    @property
    def stances(self) -> dict[int, str]:
        """What was said of each option. Only after `is_valid`."""
        return {number: self.cleaned_data[f"stance_{number}"] for number, _ in self.options}

    @property
    def splits(self) -> dict[int, tuple[int, ...]]:
        """How the partners stand, for the options where anything was entered. Only after `is_valid`."""
        found = {}
        for number, _ in self.options if self.is_practice else ():
            counts = [self.cleaned_data.get(f"{code}_{number}") for code, _ in SPLIT]
            if any(each is not None for each in counts):
                found[number] = tuple(each or 0 for each in counts)
        return found
