"""Forms of a draft and of its clauses."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms

from remit.constitutions.queries import DOCUMENTS
from remit.constitutions.rules import model_amendments
from remit.web.delegation.forms.dated import said


def _models() -> list[tuple[str, str]]:
    models = [(each.code, f"{each.name}: {each.purpose}") for each in model_amendments().values()]
    return [("", "None"), *models]


class DraftForm(forms.Form):
    """What is begun, and from what."""

    document = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=list(DOCUMENTS.items()),
        initial="constitution",
        error_messages=said("Select which document it is"),
    )
    title = forms.CharField(max_length=200, error_messages=said("Enter a title"))
    purpose = forms.CharField(required=False, max_length=20_000)
    model = forms.ChoiceField(required=False, widget=forms.RadioSelect, choices=_models, initial="")


class ClauseForm(forms.Form):
    """A clause. Its number is asked for while it is new; `taken` are the numbers of the others."""

    number = forms.CharField(max_length=20, error_messages=said("Enter the clause’s number, like 8.2"))
    heading = forms.CharField(required=False, max_length=200)
    words = forms.CharField(max_length=20_000, error_messages=said("Enter what the clause says"))

    def __init__(self, *args: Any, taken: Collection[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = taken
        if taken is None:
            del self.fields["number"]

    def clean_number(self) -> str:
        """A number that no other clause has."""
        number: str = self.cleaned_data["number"]
        if number in (self.taken or ()):
            raise forms.ValidationError(
                f"There is a clause {number} already. Open it to change what it says."
            )
        return number


class KindForm(forms.Form):
    """Which kind of rule is added."""

    kind = forms.ChoiceField(widget=forms.RadioSelect, error_messages=said("Select a kind of rule"))

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
