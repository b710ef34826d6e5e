"""Forms of who announces."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.web.as_at import FIELDS
from remit.web.delegation.forms.dated import DatedForm, said
from remit.web.delegation.forms.rounds import BAD_CODE

QUOTED = {
    "who": "Enter who said it",
    "role": "Enter their role at the time",
    "organisation": "Enter their organisation",
    "source": "Enter where the quote is from",
}
"""What has to be known of a quote."""


class AnnounceForm(DatedForm):
    """An announcement of a batch. Its numbers are not here: they are counted."""

    DATES = ("embargo",)
    TIMES = ("embargo_time",)
    headline = forms.CharField(max_length=200, error_messages=said("Enter a headline"))
    event = forms.CharField(max_length=200, required=False)
    quote = forms.CharField(max_length=2000, required=False)
    who = forms.CharField(max_length=200, required=False)
    role = forms.CharField(max_length=200, required=False)
    organisation = forms.CharField(max_length=300, required=False)
    source = forms.CharField(max_length=300, required=False)
    code = forms.SlugField(max_length=60, error_messages=said("Enter a code") | {"invalid": BAD_CODE})

    def clean_code(self) -> str:
        """ "new" is the address of this form."""
        code: str = self.cleaned_data["code"]
        if code == "new":
            raise forms.ValidationError("Choose another code: “new” is taken")
        return code

    def clean(self) -> dict[str, Any]:
        """The embargo, if either of its parts is given; and who said a quote, if there is one."""
        super().clean()
        if self.cleaned_data.get("quote"):
            for name, wanted in QUOTED.items():
                if not self.cleaned_data.get(name):
                    self.add_error(name, wanted)
        names = ("embargo_time", *(f"embargo_{part}" for part in FIELDS))
        is_given = any(self.cleaned_data.get(name, "").strip() for name in names)
        self.cleaned_data["embargo_until"] = (
            self.instant_of(
                "embargo", "embargo_time", "The embargo’s day", "Enter the day on which the embargo ends"
            )
            if is_given
            else None
        )
        return self.cleaned_data
