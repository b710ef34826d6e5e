"""Forms of voters and of tellers, and of members who require something."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.web.delegation.forms.dated import said
from remit.web.motions.forms.writing import Choices, kinds
from remit.web.motions.words import CHOICES

SPOKEN = [("abstain", CHOICES["abstain"]), ("blank", CHOICES["blank"])]
SELECT_CHOICE = said("Select how to vote")


def choices_of(options: tuple[tuple[str, str], ...]) -> Choices:
    """What can be chosen: the options, or for and against; and to abstain or to give a blank."""
    return [*(options or (("for", "For"), ("against", "Against"))), *SPOKEN]


class VoteForm(forms.Form):
    """A vote. `places` are those that one votes for, asked only where there are several."""

    place = forms.ChoiceField(widget=forms.RadioSelect, error_messages=said("Select for whom you are voting"))
    choice = forms.ChoiceField(widget=forms.RadioSelect, error_messages=SELECT_CHOICE)
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Choices, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]
        self.fields["place"].choices = places  # type: ignore[attr-defined]
        if len(places) < 2:
            del self.fields["place"]


class PaperForm(forms.Form):
    """A vote on paper."""

    electorate = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[("practices", "A member"), ("gps", "A general practitioner")],
        initial="practices",
        error_messages=said("Select who voted"),
    )
    voter = forms.CharField(max_length=40, error_messages=said("Enter who voted, as it is on the roll"))
    choice = forms.ChoiceField(widget=forms.RadioSelect, error_messages=said("Select what the paper says"))
    teller = forms.CharField(max_length=150, error_messages=said("Enter who counted"))

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]


def _hands() -> forms.IntegerField:
    return forms.IntegerField(
        min_value=0,
        max_value=100_000,
        initial=0,
        error_messages={
            "required": "Enter a number, 0 where there were none",
            "invalid": "Enter a whole number",
            "min_value": "Enter a number that is not below 0",
            "max_value": "Enter a smaller number",
        },
    )


class HandsForm(forms.Form):
    """A show of hands."""

    electorate = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[("practices", "Members"), ("gps", "General practitioners")],
        initial="practices",
        error_messages=said("Select whose hands were counted"),
    )
    in_favour = _hands()
    against = _hands()
    abstain = _hands()
    blank = _hands()
    teller = forms.CharField(max_length=150, error_messages=said("Enter who counted"))

    @property
    def counts(self) -> dict[str, int]:
        """How many of each. Only after `is_valid`."""
        data = self.cleaned_data
        return {
            "for": data["in_favour"],
            "against": data["against"],
            "abstain": data["abstain"],
            "blank": data["blank"],
        }


class ContestForm(forms.Form):
    """Who is on the roll and should not be, or the other way round."""

    voter = forms.CharField(max_length=12, error_messages=said("Enter the code of a practice"))
    reasons = forms.CharField(max_length=20_000, error_messages=said("Enter why the roll is wrong"))


class ProxyForm(forms.Form):
    """Who votes instead."""

    holder = forms.CharField(max_length=12, error_messages=said("Enter the code of the practice"))


class RequisitionForm(forms.Form):
    """What members require, of a body that their practice belongs to."""

    body = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages=said("Select the body of which you require it")
    )
    kind = forms.ChoiceField(
        widget=forms.RadioSelect, choices=kinds, error_messages=said("Select what kind of motion you require")
    )
    title = forms.CharField(max_length=200, error_messages=said("Enter a title"))
    words = forms.CharField(max_length=20_000, error_messages=said("Enter what you require, and why"))

    def __init__(self, *args: Any, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]


class ObjectionForm(forms.Form):
    """What the chair has against a requisition."""

    objection = forms.CharField(max_length=20_000, error_messages=said("Enter what there is against it"))
