"""What the templates about people are given."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from remit.accounts.queries import Colleague, Held
from remit.engines.permissions import Role
from remit.kernel.decision import Reason
from remit.web.pages import Page
from remit.web.tables import Table


@dataclass(frozen=True)
class RoleRow:
    """A role, its reach in words, and its permissions in words."""

    name: str
    what: str
    reach: str
    permissions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PermissionsPage(Page):
    """The permission table, by role and by permission."""

    roles: tuple[RoleRow, ...]
    by_permission: Table


@dataclass(frozen=True, kw_only=True)
class YourAccountPage(Page):
    """Who you are here, and the roles you hold."""

    name: str
    email: str
    held: tuple[Held, ...]
    acting_for: str
    has_two_steps: bool


@dataclass(frozen=True, kw_only=True)
class FormPage(Page):
    """A page with one form."""

    form: forms.Form


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """A colleague, and whether they are you."""

    colleague: Colleague
    is_you: bool


@dataclass(frozen=True)
class Waiting:
    """An invitation not yet taken up; days in words."""

    id: str
    name: str
    email: str
    role_name: str
    invited_on: str
    expires_on: str


@dataclass(frozen=True, kw_only=True)
class PeoplePage(Page):
    """The people of an organisation, and those who left. The `may_` fields say which buttons are shown."""

    organisation: str
    people: tuple[PersonRow, ...]
    waiting: tuple[Waiting, ...] = ()
    former: tuple[Colleague, ...] = ()
    may_invite: bool = False
    may_grant: bool = False
    may_end: bool = False
    may_erase: bool = False


@dataclass(frozen=True, kw_only=True)
class ErasePage(FormPage):
    """Erasing a colleague's details; `why_not` are the reasons, if it cannot be done as things are."""

    colleague: Colleague
    organisation: str
    why_not: tuple[Reason, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WithdrawPage(FormPage):
    """Taking back an invitation."""

    name: str
    email: str
    role_name: str


@dataclass(frozen=True, kw_only=True)
class RoleFormPage(FormPage):
    """Inviting, or giving a role: `roles` explains each choice by its code."""

    organisation: str
    roles: dict[str, Role]
    colleague: Colleague | None = None


@dataclass(frozen=True, kw_only=True)
class EndRolePage(FormPage):
    """Ending one role of a colleague."""

    colleague: Colleague
    held: Held


@dataclass(frozen=True, kw_only=True)
class InvitedPage(Page):
    """The invitation's link, shown once. Empty fields: there is none to show.

    `is_sent`: the mail server took the email; otherwise `why_not_sent` says why there was none.
    """

    name: str = ""
    email: str = ""
    link: str = ""
    is_sent: bool = False
    why_not_sent: str = ""


@dataclass(frozen=True, kw_only=True)
class AcceptPage(FormPage):
    """Joining: who invites whom, as what. `has_account` says that the password is the one already in use."""

    name: str
    email: str
    role_name: str
    organisation: str
    invited_by: str
    expires_on: str
