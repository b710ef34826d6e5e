"""The form of a power’s use."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.delegation.rules import contractor_groups, powers
from remit.engines.powers import GENERAL_PRACTICE
from remit.web.delegation.forms.dated import said
from remit.web.forms import OnceForm


class UseForm(OnceForm):
    """Something done under a power."""

    power = forms.ChoiceField(widget=forms.RadioSelect, error_messages=said("Select a power"))
    group = forms.ChoiceField(required=False, widget=forms.RadioSelect, initial=GENERAL_PRACTICE)
    what = forms.CharField(max_length=300, error_messages=said("Say what was done"))
    field_order = ("power", "group", "what", "once")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(power.code, power.name) for power in powers().values()]
        self.fields["power"].choices = named  # type: ignore[attr-defined]
        self.fields["group"].choices = list(contractor_groups().items())  # type: ignore[attr-defined]
