"""The forms about people. What is allowed is decided by the actions; these only read what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django import forms

from remit.accounts.queries import Held
from remit.engines.permissions import Role
from remit.kernel.names import readable_name
from remit.web.forms import OnceForm


class ActingForForm(forms.Form):
    """The organisation to act for."""

    organisation = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: object, held: Iterable[Held], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        places = {holding.organisation: readable_name(holding.organisation_name) for holding in held}
        self.fields["organisation"].choices = list(places.items())  # type: ignore[attr-defined]


class RoleForm(OnceForm):
    """A role to give."""

    role = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: object, roles: Sequence[Role], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["role"].choices = [(role.code, role.name) for role in roles]  # type: ignore[attr-defined]


class InviteForm(RoleForm):
    """Whom to invite, in which role."""

    name = forms.CharField(max_length=150)
    email = forms.EmailField(max_length=254)
    field_order = ("name", "email", "role", "once")


class AcceptForm(forms.Form):
    """The password of somebody who joins."""

    password = forms.CharField(max_length=200, strip=False, widget=forms.PasswordInput)
