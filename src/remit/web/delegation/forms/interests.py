"""Forms of what a commissioner says before it applies, and of its own rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from remit.delegation.rules import levels, timetable_steps
from remit.web.as_at import FIELDS
from remit.web.delegation.forms.dated import DatedForm, said

YES_NO = (("yes", "Yes"), ("no", "No"))
MOST_MEETINGS = 6


class InterestForm(forms.Form):
    """An expression of interest."""

    level = forms.TypedChoiceField(
        coerce=int, widget=forms.RadioSelect, error_messages=said("Select a level")
    )
    manage = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=YES_NO,
        error_messages=said("Say whether it would manage the performance of practices"),
    )
    words = forms.CharField(required=False, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(number, level.title) for number, level in sorted(levels().items(), reverse=True)]
        self.fields["level"].choices = named  # type: ignore[attr-defined]


class PositionForm(forms.Form):
    """What a commissioner plans: a level, undecided, or not now with the reason."""

    answer = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages=said("Select what your organisation plans")
    )
    reasons = forms.CharField(required=False, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [
            (str(number), f"It intends to apply for {level.title}")
            for number, level in sorted(levels().items(), reverse=True)
        ]
        others = [("undecided", "It is undecided"), ("not_now", "Not now, later")]
        self.fields["answer"].choices = [*named, *others]  # type: ignore[attr-defined]


class RulesForm(DatedForm):
    """The own rules of a commissioner of a kind, in calendar days; what is left empty keeps its default."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        self.DATES = ("from", *(f"meets{number}" for number in range(1, MOST_MEETINGS + 1)))
        super().__init__(*args, **kwargs)
        wrong = {"invalid": "Enter a whole number of days"}
        self.steps = timetable_steps(kind)
        for code in self.steps:
            self.fields[code] = forms.IntegerField(required=False, error_messages=wrong)
        self.fields["every"] = forms.IntegerField(required=False, error_messages=wrong)
        self.fields["source"] = forms.CharField(max_length=300, error_messages=said("Say where this stands"))
        self.order_fields(["source", *(f"from_{part}" for part in FIELDS), *self.steps, "every"])

    def clean(self) -> dict[str, Any]:
        """The days by step that were filled in, and the meetings."""
        super().clean()
        data = self.cleaned_data
        data["from_on"] = self.day_of("from", "The day", "Enter the day from which this holds")
        data["days"] = {code: data[code] for code in self.steps if data.get(code) is not None}
        met = [self.day_of(f"meets{number}", "The meeting") for number in range(1, MOST_MEETINGS + 1)]
        data["meets_on"] = [day for day in met if isinstance(day, date)]
        return data
