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


LENGTHS = {"quote": 2000, "who": 200, "role": 200, "organisation": 300, "source": 300}
MOST_QUOTES = 4


class AnnounceForm(DatedForm):
    """An announcement of a batch, with the `shown` quotes. Its numbers are not here: they are counted."""

    DATES = ("embargo",)
    TIMES = ("embargo_time",)
    headline = forms.CharField(max_length=200, error_messages=said("Enter a headline"))
    event = forms.CharField(max_length=200, required=False)
    code = forms.SlugField(max_length=60, error_messages=said("Enter a code") | {"invalid": BAD_CODE})

    def __init__(self, *args: Any, shown: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = ("", *(str(number) for number in range(2, min(max(1, shown), MOST_QUOTES) + 1)))
        for place in self.places:
            for name, length in LENGTHS.items():
                self.fields[f"{name}{place}"] = forms.CharField(max_length=length, required=False)
        quoted = [f"{name}{place}" for place in self.places for name in LENGTHS]
        self.order_fields(["headline", "event", *quoted, "code"])

    def clean_code(self) -> str:
        """ "new" is the address of this form."""
        code: str = self.cleaned_data["code"]
        if code == "new":
            raise forms.ValidationError("Choose another code: “new” is taken")
        return code

    def clean(self) -> dict[str, Any]:
        """The embargo, if either of its parts is given; and who said a quote, if there is one."""
        super().clean()
        for place in self.places:
            self._require_speaker(place)
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

    def _require_speaker(self, place: str) -> None:
        """Who said a quote, and where; and what was said, where only that is given."""
        said_by = [name for name in QUOTED if self.cleaned_data.get(f"{name}{place}")]
        if self.cleaned_data.get(f"quote{place}"):
            for name, wanted in QUOTED.items():
                if name not in said_by:
                    self.add_error(f"{name}{place}", wanted)
        elif said_by and f"quote{place}" not in self.errors:
            self.add_error(f"quote{place}", "Enter what was said, or leave out who said it")
