"""Forms of rounds."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.delegation.rules import SHORT, contractor_groups, levels, processes
from remit.engines.deadlines import (
    Deadline,
    NotALocalTime,
    before_day,
    by_end_of_day,
    by_time,
)
from remit.web.as_at import FIELDS
from remit.web.delegation.forms.dated import DatedForm, said

HOW_DEADLINE = (
    ("by_time", "At a time on that day"),
    ("before_day", "Before that day: the day before is the last"),
    ("end_of_day", "By the end of that day"),
)


BAD_CODE = "The code can have letters, digits and hyphens"


class RoundForm(DatedForm):
    """A round to open."""

    DATES = ("opens", "deadline", "due", "effective")
    TIMES = ("opens_time", "deadline_time")
    title = forms.CharField(max_length=200, error_messages=said("Enter a title"))
    code = forms.SlugField(max_length=60, error_messages=said("Enter a code") | {"invalid": BAD_CODE})
    level = forms.TypedChoiceField(
        coerce=int, widget=forms.RadioSelect, error_messages=said("Select a level")
    )
    process = forms.ChoiceField(
        widget=forms.RadioSelect, initial=SHORT, error_messages=said("Select a process")
    )
    groups = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        initial=["general_practice"],
        error_messages=said("Select the groups of contractors that it is about"),
    )
    how = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=HOW_DEADLINE,
        error_messages=said("Select how the deadline is meant"),
    )
    is_inclusive = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(number, level.title) for number, level in sorted(levels().items(), reverse=True)]
        self.fields["level"].choices = named  # type: ignore[attr-defined]
        if "process" in self.fields:
            asked = [(each.code, each.name) for each in processes().values()]
            self.fields["process"].choices = asked  # type: ignore[attr-defined]
            self.fields["groups"].choices = list(contractor_groups().items())  # type: ignore[attr-defined]
        self.order_fields(
            (
                "title",
                "code",
                "level",
                "process",
                "groups",
                *(f"opens_{part}" for part in FIELDS),
                "opens_time",
                *(f"deadline_{part}" for part in FIELDS),
                "how",
                "deadline_time",
            )
        )

    def clean_code(self) -> str:
        """ "new" is the address of this form."""
        code: str = self.cleaned_data["code"]
        if code == "new":
            raise forms.ValidationError("Choose another code: “new” is taken")
        return code

    def clean(self) -> dict[str, Any]:
        """The opening, the deadline, and two days."""
        super().clean()
        data = self.cleaned_data
        data["opens_at"] = self.instant_of(
            "opens", "opens_time", "The opening day", "Enter the day on which the round opens"
        )
        data["deadline"] = self._deadline()
        data["decisions_due_on"] = self.day_of("due", "The day on which decisions are due")
        data["effective_on"] = self.day_of(
            "effective", "The day on which powers come on", "Enter the day on which powers come on"
        )
        return data

    def _deadline(self) -> Deadline | None:
        day = self.day_of("deadline", "The deadline", "Enter the day of the deadline")
        how = self.cleaned_data.get("how")
        if how == "by_time":
            at = self.time_of("deadline_time")
            if day is None or at is None:
                return None
            try:
                return by_time(day, at, is_inclusive=self.cleaned_data["is_inclusive"])
            except NotALocalTime as wrong:
                self.add_error("deadline_time", str(wrong))
                return None
        if day is None:
            return None
        return before_day(day) if how == "before_day" else by_end_of_day(day)
