"""Forms of figures: one that tries what is said of a figure, one that records it."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.engines.figures import MOST_PLACES, ROUNDING_WORDS, Rounding
from remit.web.delegation.forms.dated import DatedForm, said
from remit.web.forms import OnceForm

MOST = 10**15
A_COUNT = {
    "invalid": "Write a whole number, like 64",
    "min_value": "Write a whole number, 0 or more",
    "max_value": "Write a smaller number",
}
A_BASE = A_COUNT | {"min_value": "Write a whole number, 1 or more"}
A_PERCENTAGE = {
    "invalid": "Write the percentage as a number, like 30 or 30.3",
    "min_value": "A share is 0%% or more",
    "max_value": "A share is 100%% or less",
    "max_digits": f"Write at most {MOST_PLACES} decimals",
    "max_decimal_places": f"Write at most {MOST_PLACES} decimals",
    "max_whole_digits": "A share is 100%% or less",
}


class PercentField(forms.DecimalField):
    """A percentage, with or without its sign."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            min_value=0,
            max_value=100,
            max_digits=9,
            decimal_places=MOST_PLACES,
            widget=forms.TextInput,
            error_messages=A_PERCENTAGE,
        )

    def to_python(self, value: Any) -> Any:
        """Without the sign."""
        return super().to_python(value.strip().removesuffix("%").strip() if isinstance(value, str) else value)


def whole_number(least: int) -> forms.IntegerField:
    """A count, or a base."""
    return forms.IntegerField(
        required=False,
        min_value=least,
        max_value=MOST,
        widget=forms.TextInput,
        error_messages=A_BASE if least else A_COUNT,
    )


class CheckForm(forms.Form):
    """What is said of a figure."""

    count = whole_number(0)
    base = whole_number(1)
    percent = PercentField()
    claim = forms.CharField(required=False, max_length=100)

    def clean(self) -> dict[str, Any]:
        """A base, and something to hold against it."""
        super().clean()
        data = self.cleaned_data
        if data.get("base") is None and "base" not in self.errors:
            self.add_error("base", "Enter the base: out of how many?")
        if data.get("base") and (data.get("count") or 0) > data["base"]:
            self.add_error("count", "A count cannot be more than its base")
        has_words, has_percent = bool(data.get("claim")), data.get("percent") is not None
        if not self.errors and not (has_words or has_percent):
            self.add_error("percent", "Enter a percentage, or words in the next field")
        if not self.errors and has_words and not has_percent and data.get("count") is None:
            self.add_error("count", "Enter the count: words are held against it")
        return data


class FigureForm(OnceForm, DatedForm):
    """A figure to record, whole. What must be true of it, the action decides."""

    DATES = ("on",)
    label = forms.CharField(max_length=200, error_messages=said("Enter what the figure is"))
    id = forms.CharField(max_length=80, error_messages=said("Enter a short name for its address"))
    definition = forms.CharField(max_length=2000, error_messages=said("Enter what is counted, and how"))
    count = whole_number(0)
    count_what = forms.CharField(required=False, max_length=300)
    base = whole_number(1)
    base_what = forms.CharField(required=False, max_length=300)
    percent = PercentField()
    rounding = forms.ChoiceField(
        choices=[(rule.value, ROUNDING_WORDS[rule]) for rule in Rounding],
        initial=Rounding.HALF_UP.value,
        widget=forms.RadioSelect,
        error_messages=said("Select how it was rounded"),
    )
    claim = forms.CharField(required=False, max_length=100)
    source = forms.CharField(max_length=300, error_messages=said("Enter who says so"))
    source_href = forms.URLField(
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Enter a full web address, like https://www.example.org/report"},
    )
    note = forms.CharField(required=False, max_length=2000)
    as_published = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Each number with what it counts; its day."""
        super().clean()
        data = self.cleaned_data
        for name, words in (("count", "Enter what was counted"), ("base", "Enter what the base counts")):
            if data.get(name) is not None and not data.get(f"{name}_what", "").strip():
                self.add_error(f"{name}_what", words)
        if (
            data.get("count") is None
            and data.get("percent") is None
            and not self.errors.keys() & {"count", "percent"}
        ):
            self.add_error("count", "Enter the count, or a percentage below")
        data["on"] = self.day_of("on", "The day")
        return data
