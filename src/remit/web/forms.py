"""Forms on NHS pages: what is wrong and how to put it right, the same words above and beside the field."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError

from remit.kernel.decision import Refused
from remit.web.pages import Problem

# What to enter, by field, for a field that was left empty.
WHAT_TO_ENTER = {
    "login": "Enter your email address",
    "email": "Enter an email address",
    "name": "Enter a name",
    "password": "Enter your password",
    "oldpassword": "Enter your current password",
    "password1": "Enter a new password",
    "password2": "Enter the new password again",
    "code": "Enter the code",
    "role": "Select a role",
    "organisation": "Select an organisation",
    "kind": "Select what the file holds",
    "file": "Select a file",
    "publisher": "Enter the name of the publisher",
    "licence": "Enter the licence",
}

DJANGOS_REQUIRED = str(forms.Field.default_error_messages["required"])
"""What a field says that was given no words of its own."""


DJANGOS_CHOICES = {
    str(field.default_error_messages["invalid_choice"])
    for field in (forms.ChoiceField, forms.MultipleChoiceField)
}
"""What a field says of a choice that it does not offer, if it was given no words of its own."""


def _words(field: forms.Field, name: str, error: ValidationError) -> str:
    if error.code == "invalid_choice" and str(error.message) in DJANGOS_CHOICES:
        return _words(field, name, ValidationError(field.error_messages["required"], code="required"))
    if error.code == "required":
        said = " ".join(error.messages)
        usual = "Select one of these" if isinstance(field, forms.ChoiceField) else "Fill in this field"
        return WHAT_TO_ENTER.get(name, usual) if said == DJANGOS_REQUIRED else said
    if error.code == "invalid" and name in {"login", "email"}:
        return "Enter an email address in the correct format, like name@example.com"
    return " ".join(error.messages)


def problems_of(form: forms.BaseForm | None) -> tuple[Problem, ...]:
    """All that is wrong in a form, in the order of its fields; what concerns it all leads to the first."""
    if form is None or not form.is_bound:
        return ()
    errors = form.errors.as_data()
    visible = [name for name, field in form.fields.items() if not field.widget.is_hidden]
    first = form[visible[0]].auto_id if visible else ""
    found = [
        Problem(_words(form.fields[name], name, errors[name][0]), _target(form, name))
        for name in visible
        if name in errors
    ]
    whole = errors.get("__all__", [])
    return (*(Problem(" ".join(error.messages), first) for error in whole), *found)


def _target(form: forms.BaseForm, name: str) -> str:
    """The id to go to: of the first radio for a group of radios."""
    field = form[name]
    is_group = isinstance(field.field.widget, forms.RadioSelect)
    return f"{field.auto_id}_0" if is_group else str(field.auto_id)


def message_for(problems: Iterable[Problem], *ids: str) -> str:
    """What to say beside the field with one of these ids; empty when nothing is wrong with it."""
    return next((problem.message for problem in problems if problem.field in ids), "")


def add_refusal(form: forms.BaseForm, refusal: Refused, field: str | None = None) -> None:
    """Show a refusal as an error of the form."""
    for reason in refusal.reasons:
        form.add_error(field, ValidationError(reason.message, code=reason.code))


def fresh_token() -> str:
    """The idempotency token of a form, made when the form is shown: sent twice, it counts once."""
    return str(uuid.uuid4())


class OnceForm(forms.Form):
    """A form that changes something. `once` is its idempotency token."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=fresh_token)

    @property
    def token(self) -> str:
        """The token as sent. Only after `is_valid`."""
        return str(self.cleaned_data["once"])
