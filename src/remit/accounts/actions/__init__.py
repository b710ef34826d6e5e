"""Every write about people. Names and e-mail addresses go into the ledger as salted commitments only."""

from remit.accounts.actions.erasing import erase_person, withdraw_invitation
from remit.accounts.actions.joining import (
    INVITATION_LASTS,
    Invited,
    accept_invitation,
    invite_person,
    register_person,
)
from remit.accounts.actions.roles import end_role, grant_role

__all__ = [
    "INVITATION_LASTS",
    "Invited",
    "accept_invitation",
    "end_role",
    "erase_person",
    "grant_role",
    "invite_person",
    "register_person",
    "withdraw_invitation",
]
