"""Forms of programmes: setting one up, planning its rounds, publishing its documents, opening what was planned."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.delegation.rules import contractor_groups, document_kinds, processes
from remit.web.delegation.forms.dated import said
from remit.web.delegation.forms.rounds import BAD_CODE, RoundForm

YES_NO = (("yes", "Yes"), ("no", "No"))


class ProgrammeForm(forms.Form):
    """The application process of a year."""

    title = forms.CharField(max_length=200, error_messages=said("Enter a title"))
    code = forms.SlugField(max_length=60, error_messages=said("Enter a code") | {"invalid": BAD_CODE})
    process = forms.ChoiceField(widget=forms.RadioSelect, error_messages=said("Select a process"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(each.code, each.name) for each in processes().values()]
        self.fields["process"].choices = named  # type: ignore[attr-defined]


class PlanForm(RoundForm):
    """A round to plan: it has the dates that a round to open has. Its programme says which process it follows."""

    process = None  # type: ignore[assignment]
    groups = None  # type: ignore[assignment]


class PublishForm(forms.Form):
    """A version of a document. Without words it is built from the data."""

    kind = forms.ChoiceField(widget=forms.RadioSelect, error_messages=said("Select which document it is"))
    title = forms.CharField(required=False, max_length=200)
    words = forms.CharField(required=False, max_length=50_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(each.code, each.name) for each in document_kinds().values()]
        self.fields["kind"].choices = named  # type: ignore[attr-defined]


class OpenForm(forms.Form):
    """What is still to be said of a planned round when it is set up."""

    groups = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        initial=["general_practice"],
        error_messages=said("Select the groups of contractors that it is about"),
    )
    is_sealed = forms.ChoiceField(
        widget=forms.RadioSelect, choices=YES_NO, error_messages=said("Say whether it is sealed")
    )
    is_strict = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=YES_NO,
        error_messages=said("Say whether the timetable can stop it"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].choices = list(contractor_groups().items())  # type: ignore[attr-defined]
