"""Forms of assessors."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms

from remit.delegation.actions.deciding import Condition
from remit.delegation.rules import decision_reasons
from remit.delegation.states import OUTCOMES, STATE_WORDS
from remit.web.as_at import FIELDS
from remit.web.delegation.forms.dated import DatedForm, said

MOST_CONDITIONS = 12


class DecideForm(DatedForm):
    """A decision, one of `outcomes` (all, if none are given); of the `shown` conditions, those filled in count.

    `lower` are the levels that can be offered instead, as (number, title).
    """

    outcome = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[(outcome, STATE_WORDS[outcome]) for outcome in OUTCOMES],
        error_messages=said("Select a decision"),
    )
    reasons = forms.CharField(max_length=4000, error_messages=said("Enter your reasons"))

    reason_codes = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(code, each.name) for code, each in decision_reasons().items()],
    )
    offered_level = forms.TypedChoiceField(
        required=False, widget=forms.RadioSelect, coerce=int, empty_value=None
    )
    seen = forms.CharField(required=False, max_length=26, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        shown: int = 1,
        outcomes: Collection[str] = (),
        lower: Collection[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        self.shown = min(max(1, shown), MOST_CONDITIONS)
        self.DATES = tuple(f"due{number}" for number in range(1, self.shown + 1))
        super().__init__(*args, **kwargs)
        if outcomes:
            offered = [(each, STATE_WORDS[each]) for each in OUTCOMES if each in outcomes]
            self.fields["outcome"].choices = offered  # type: ignore[attr-defined]
        self.fields["offered_level"].choices = list(lower)  # type: ignore[attr-defined]
        order = ["outcome", "offered_level", "reason_codes", "reasons"]
        for number in range(1, self.shown + 1):
            self.fields[f"what{number}"] = forms.CharField(required=False, max_length=500)
            self.fields[f"owner{number}"] = forms.CharField(required=False, max_length=200)
            order += [f"what{number}", f"owner{number}", *(f"due{number}_{part}" for part in FIELDS)]
        self.order_fields(order)

    def clean(self) -> dict[str, Any]:
        """The conditions that were filled in."""
        super().clean()
        found = [self._condition(number) for number in range(1, self.shown + 1)]
        self.cleaned_data["conditions"] = [each for each in found if each is not None]
        return self.cleaned_data

    def _condition(self, number: int) -> Condition | None:
        what, owner = (self.cleaned_data.get(f"{name}{number}", "") for name in ("what", "owner"))
        typed = [self.cleaned_data.get(f"due{number}_{part}", "") for part in FIELDS]
        if not (what or owner or any(typed)):
            return None
        if not what:
            self.add_error(f"what{number}", "Enter what has to be done")
        if not owner:
            self.add_error(f"owner{number}", "Enter who has to do it")
        due_on = self.day_of(f"due{number}", "The day", "Enter the day by which it has to be done")
        return Condition(what, owner, due_on) if what and owner and due_on else None
