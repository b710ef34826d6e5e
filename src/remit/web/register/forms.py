"""The form by which a data steward loads a published file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from remit.kernel.period import NhsYear
from remit.web.as_at import FIELDS, WrongDate, typed_date
from remit.web.formats import nhs_date
from remit.web.forms import OnceForm
from remit.web.register.words import SOURCE_KINDS

MOST_MEGABYTES = 50
NOT_TEXT = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\x1f\x8b")
"""How spreadsheets, documents, pictures and archives begin."""
_YEAR = re.compile(r"(20[0-9]{2})(?:\s*[-/–]\s*(?:20)?([0-9]{2}))?")


@dataclass(frozen=True)
class Chosen:
    """What the form says, ready for the action."""

    kind: str
    data: bytes
    filename: str
    title: str
    publisher: str
    licence: str
    retrieved_on: date
    year: NhsYear | None
    as_of: date | None
    leave_out_refused: bool


class ImportForm(OnceForm):
    """A file and where it came from."""

    kind = forms.ChoiceField(widget=forms.RadioSelect, choices=list(SOURCE_KINDS.items()))
    file = forms.FileField(
        max_length=255,
        error_messages={
            "empty": "The selected file is empty",
            "invalid": "The selected file could not be uploaded – try again",
            "missing": "The selected file could not be uploaded – try again",
            "max_length": "The name of the selected file must be 255 characters or fewer",
        },
    )
    publisher = forms.CharField(max_length=200, initial="NHS England")
    licence = forms.CharField(max_length=200, initial="Open Government Licence v3.0")
    retrieved_day = forms.CharField(required=False, max_length=20)
    retrieved_month = forms.CharField(required=False, max_length=20)
    retrieved_year = forms.CharField(required=False, max_length=20)
    title = forms.CharField(max_length=300, required=False)
    year = forms.CharField(required=False, max_length=20)
    as_of_day = forms.CharField(required=False, max_length=20)
    as_of_month = forms.CharField(required=False, max_length=20)
    as_of_year = forms.CharField(required=False, max_length=20)
    leave_out_refused = forms.BooleanField(required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_file(self) -> UploadedFile:
        """A CSV of a bearable size, by its name and first bytes. What it holds is the importer's matter."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_MEGABYTES * 1024 * 1024:
            raise forms.ValidationError(f"The selected file must be smaller than {MOST_MEGABYTES}MB")
        start = file.read(8)
        file.seek(0)
        if not str(file.name).lower().endswith(".csv") or start.startswith(NOT_TEXT):
            raise forms.ValidationError("The selected file must be a CSV")
        return file

    def clean_year(self) -> NhsYear | None:
        """ "2014-15", "2014/15" or "2014" as the NHS year that starts in April 2014."""
        text = self.cleaned_data["year"].strip()
        if not text:
            return None
        found = _YEAR.fullmatch(text)
        if found is None or (found[2] and int(found[2]) != (int(found[1]) + 1) % 100):
            raise forms.ValidationError("Enter the year in the correct format, like 2014-15")
        return NhsYear(int(found[1]))

    def clean(self) -> dict[str, Any]:
        """The two dates, each of three fields."""
        super().clean()
        data = self.cleaned_data
        data["retrieved_on"] = self._date("retrieved", "The day the file was retrieved", needed=True)
        data["as_of"] = self._date("as_of", "The day the file describes", needed=False)
        return data

    def _date(self, prefix: str, what: str, *, needed: bool) -> date | None:
        typed = [self.cleaned_data.get(f"{prefix}_{name}", "").strip() for name in FIELDS]
        if not any(typed):
            if needed:
                self.add_error(f"{prefix}_day", "Enter the day the file was retrieved")
            return None
        try:
            day = typed_date(*typed)
        except WrongDate as wrong:
            self.add_error(f"{prefix}_{wrong.field}", str(wrong).replace("Date must", f"{what} must"))
            return None
        if needed and day > self.today:
            self.add_error(f"{prefix}_day", f"{what} must be today or in the past, not {nhs_date(day)}")
        return day

    @property
    def chosen(self) -> Chosen:
        """Only after `is_valid`."""
        data = self.cleaned_data
        return Chosen(
            kind=data["kind"],
            data=data["file"].read(),
            filename=data["file"].name,
            title=data["title"].strip(),
            publisher=data["publisher"].strip(),
            licence=data["licence"].strip(),
            retrieved_on=data["retrieved_on"],
            year=data["year"],
            as_of=data["as_of"],
            leave_out_refused=data["leave_out_refused"],
        )
