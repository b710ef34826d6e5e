"""Forms of the full form: a line of a table, a statement with its document, and a change asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from remit.delegation.actions.fitting import fitting
from remit.delegation.queries.contents import pounds
from remit.delegation.rules import Question
from remit.kernel.decision import Refused
from remit.web.as_at import FIELDS
from remit.web.delegation.forms.dated import DatedForm, said


class LineForm(DatedForm):
    """One line: a field for each column. `takes_file`: a document can be added, or another in its place."""

    def __init__(
        self, *args: Any, columns: tuple[Question, ...], today: date, takes_file: bool = False, **kwargs: Any
    ) -> None:
        self.DATES = tuple(each.code for each in columns if each.kind == "day")
        super().__init__(*args, **kwargs)
        self.columns, self.today = columns, today
        for each in columns:
            if each.kind == "choice":
                self.fields[each.code] = forms.ChoiceField(
                    widget=forms.RadioSelect,
                    choices=list(each.choices),
                    error_messages=said(f"Select an answer: {each.question}"),
                )
            elif each.kind != "day":
                self.fields[each.code] = forms.CharField(
                    required=not each.is_optional,
                    max_length=each.most or 40,
                    error_messages=said(f"Fill this in: {each.question}"),
                )
        if takes_file:
            self.fields["file"] = forms.FileField(required=False)
        self.fields["seen"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.order_fields([name for each in columns for name in names_of(each)])

    def clean(self) -> dict[str, Any]:
        """Each column as it is kept, or what does not fit about it."""
        super().clean()
        for each in self.columns:
            if each.kind == "day":
                day = self.day_of(each.code, "The date")
                self.cleaned_data[each.code] = day.isoformat() if day else ""
                continue
            if each.code not in self.cleaned_data:
                continue
            try:
                fitting(each, self.cleaned_data[each.code], self.today)
            except Refused as refused:
                self.add_error(each.code, refused.reasons[0].message)
        return self.cleaned_data

    @property
    def values(self) -> dict[str, str]:
        """The line as typed, by column. Only after `is_valid`."""
        return {each.code: self.cleaned_data[each.code] for each in self.columns}

    @staticmethod
    def kept(columns: tuple[Question, ...], values: Mapping[str, str], version: int) -> dict[str, str]:
        """What the form shows of a line that is there."""
        shown = {"seen": str(version)}
        for each in columns:
            text = values.get(each.code, "")
            if each.kind == "day" and text:
                day = date.fromisoformat(text)
                shown |= {f"{each.code}_{part}": str(getattr(day, part)) for part in FIELDS}
            elif each.kind == "money" and text:
                shown[each.code] = pounds(int(text)).removeprefix("£")
            else:
                shown[each.code] = text
        return shown


def names_of(column: Question) -> list[str]:
    """The names of a column's fields."""
    return [f"{column.code}_{part}" for part in FIELDS] if column.kind == "day" else [column.code]


class ChangeForm(forms.Form):
    """What has to be changed, or what was."""

    words = forms.CharField(
        max_length=2000, error_messages=said("Say what has to be changed, or what you changed")
    )


class AskForm(ChangeForm):
    """Which answer has to be changed, and why."""

    question = forms.ChoiceField(error_messages=said("Select a question"))
    field_order = ("question", "words")

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Select a question"), *((each.code, each.question) for each in questions)]
        self.fields["question"].choices = choices  # type: ignore[attr-defined]


class SignatureForm(forms.Form):
    """The post in which somebody signs."""

    post = forms.CharField(
        max_length=200, error_messages=said("Enter your post, such as Accountable Officer")
    )
