"""Forms about evidence: recording one kind, attaching, rescinding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from remit.delegation.rules import EvidenceKind
from remit.delegation.rules.mandates import ONE
from remit.engines.mandates.facts import MOST_LONG_WORDS
from remit.web.delegation.forms.dated import DatedForm, said


class EvidenceForm(DatedForm):
    """What evidence of one kind states. The commissioners are asked for unless there is one to speak for."""

    def __init__(self, *args: Any, kind: EvidenceKind, commissioner: str = "", **kwargs: Any) -> None:
        self.kind = kind
        self.DATES = ("held", *(each.code for each in kind.asked if each.kind == "day"))
        super().__init__(*args, **kwargs)
        order = []
        if not (commissioner and kind.concerns == ONE):
            self.fields["commissioners"] = forms.CharField(required=kind.concerns != "any", max_length=2000)
            self.fields["commissioners"].error_messages.update(said("Enter the code of a commissioner"))
            order.append("commissioners")
        self.commissioner = commissioner
        for each in kind.asked:
            if each.kind == "choice":
                offered = (
                    list(each.choices) if each.code in kind.must else [("", "Leave this out"), *each.choices]
                )
                self.fields[each.code] = forms.ChoiceField(
                    widget=forms.RadioSelect, choices=offered, required=each.code in kind.must
                )
                self.fields[each.code].error_messages.update(said("Select one of the answers"))
            elif each.kind != "day":
                self.fields[each.code] = forms.CharField(
                    required=each.code in kind.must, max_length=MOST_LONG_WORDS
                )
                self.fields[each.code].error_messages.update(said(f"Answer: {each.name}"))
        self.fields["source"] = forms.CharField(
            max_length=300, error_messages=said("Enter where this is written")
        )
        self.fields["file"] = forms.FileField(required=False)
        self.fields["source_href"] = forms.URLField(required=False, max_length=300, assume_scheme="https")
        self.order_fields([*order, *(f"held_{part}" for part in ("day", "month", "year"))])

    def clean(self) -> dict[str, Any]:
        """The day, the commissioners and the facts, as the action takes them."""
        super().clean()
        data = self.cleaned_data
        data["held_on"] = self.day_of("held", "The date", "Enter the day")
        typed = data.get("commissioners", "")
        data["codes"] = (
            typed.replace(",", " ").split() if "commissioners" in self.fields else [self.commissioner]
        )
        facts = {each.code: data.get(each.code, "") for each in self.kind.asked if each.kind != "day"}
        for each in self.kind.asked:
            if each.kind == "day":
                facts[each.code] = self.day_of(each.code, "The date") or ""
        data["facts"] = facts
        return data


class ChooseEvidenceForm(forms.Form):
    """One of several records."""

    evidence = forms.ChoiceField(widget=forms.RadioSelect, error_messages=said("Select one of the records"))

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].choices = list(offered)  # type: ignore[attr-defined]


class RescindForm(ChooseEvidenceForm):
    """Which vote was lost, and why the application is rescinded."""

    reasons = forms.CharField(max_length=2000, error_messages=said("Enter your reasons"))
