"""Forms of a change of scope, and of a call-in."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.delegation.actions import ScopeChange
from remit.delegation.rules import contractor_groups, powers
from remit.delegation.states import RELEASED, TAKEN_OVER
from remit.web.as_at import FIELDS
from remit.web.delegation.forms.dated import DatedForm, said

WHAT = (
    ("groups_added", "Contractor groups are added"),
    ("groups_removed", "Contractor groups are removed"),
    ("reserved", "Powers go back to NHS England"),
    ("made_joint", "Powers are held only together with NHS England"),
    ("restored", "Powers are again as the level gives them"),
)
OF_GROUPS = ("groups_added", "groups_removed")


class ScopeForm(DatedForm):
    """What changes, over which contractors, from which day, by what, and why."""

    DATES = ("effective",)
    what = forms.ChoiceField(
        choices=WHAT, widget=forms.RadioSelect, error_messages=said("Select what changes")
    )
    groups = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    powers = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    instrument = forms.CharField(max_length=300, error_messages=said("Say what makes the change"))
    source = forms.CharField(required=False, max_length=300)
    reasons = forms.CharField(max_length=2000, error_messages=said("Say why the scope is varied"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].choices = list(contractor_groups().items())  # type: ignore[attr-defined]
        named = [(each.code, each.name) for each in powers().values() if not each.is_reserved]
        self.fields["powers"].choices = named  # type: ignore[attr-defined]
        self.order_fields(
            (
                "what",
                "groups",
                "powers",
                *(f"effective_{part}" for part in FIELDS),
                "instrument",
                "source",
                "reasons",
            )
        )

    def clean(self) -> dict[str, Any]:
        """The day, and that something is named."""
        data = self.cleaned_data
        data["effective_on"] = self.day_of("effective", "The day", "Enter the day from which it changes")
        what = data.get("what")
        if what in OF_GROUPS and not data.get("groups"):
            self.add_error("groups", "Select at least one contractor group")
        if what and what not in OF_GROUPS and not data.get("powers"):
            self.add_error("powers", "Select at least one power")
        return data

    @property
    def change(self) -> ScopeChange:
        """What was chosen. Only after `is_valid`."""
        data = self.cleaned_data
        groups, named, what = tuple(data["groups"]), tuple(data["powers"]), data["what"]
        if what in OF_GROUPS:
            return ScopeChange(**{what: groups})
        return ScopeChange(**{what: named}, over=groups)


class CallInForm(forms.Form):
    """Why a decision is called in."""

    reasons = forms.CharField(max_length=2000, error_messages=said("Say why it is called in"))


class SettleForm(forms.Form):
    """How a call-in ends, and why."""

    outcome = forms.ChoiceField(
        choices=(
            (RELEASED, "Release it: the commissioner’s decision stands"),
            (TAKEN_OVER, "Take it over: NHS England decides instead"),
        ),
        widget=forms.RadioSelect,
        error_messages=said("Select how it ends"),
    )
    reasons = forms.CharField(max_length=2000, error_messages=said("Say why, or what NHS England decides"))
