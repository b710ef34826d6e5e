"""Forms with days and times of day."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms

from remit.engines.deadlines import (
    NotALocalTime,
    london_instant,
)
from remit.web.as_at import FIELDS, WrongDate, typed_date
from remit.web.delegation.times import WrongTime, typed_time


def said(words: str) -> dict[str, str]:
    """What an empty field says."""
    return {"required": words}


class DatedForm(forms.Form):
    """A form with days of three fields each, `prefix`_day, _month and _year, and times of day."""

    DATES: tuple[str, ...] = ()
    TIMES: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for prefix in self.DATES:
            for part in FIELDS:
                self.fields[f"{prefix}_{part}"] = forms.CharField(required=False, max_length=20)
        for name in self.TIMES:
            self.fields[name] = forms.CharField(required=False, max_length=20)

    def day_of(self, prefix: str, what: str, empty: str = "") -> date | None:
        """The day typed; None where it is wrong, which the form then says, or empty. `empty` is said of that."""
        typed = [self.cleaned_data.get(f"{prefix}_{part}", "").strip() for part in FIELDS]
        if not any(typed):
            if empty:
                self.add_error(f"{prefix}_day", empty)
            return None
        try:
            return typed_date(*typed)
        except WrongDate as wrong:
            self.add_error(f"{prefix}_{wrong.field}", str(wrong).replace("Date must", f"{what} must"))
            return None

    def time_of(self, name: str) -> time | None:
        """The time typed; None where it is wrong, which the form then says."""
        try:
            return typed_time(self.cleaned_data.get(name, ""))
        except WrongTime as wrong:
            self.add_error(name, str(wrong))
            return None

    def instant_of(self, prefix: str, name: str, what: str, empty: str) -> datetime | None:
        """The London day and time typed, as an instant; None where either is wrong, which the form then says."""
        day, at = self.day_of(prefix, what, empty), self.time_of(name)
        if day is None or at is None:
            return None
        try:
            return london_instant(day, at)
        except NotALocalTime as wrong:
            self.add_error(name, str(wrong))
            return None
