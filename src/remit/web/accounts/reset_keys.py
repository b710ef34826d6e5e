"""The keys in the links of password resets. In a module of its own because allauth loads it while it loads itself."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from remit.accounts import queries


class ResetKeys(PasswordResetTokenGenerator):
    """Django's: a key works once, for three days, and not after the address or the password has changed.

    One that was made for an account that may not be used here opens nothing.
    """

    def check_token(self, user: Any, token: str | None) -> bool:
        """Whether the key is right, for somebody who may sign in."""
        if user is None or not queries.may_sign_in(user.get_username()).allowed:
            return False
        return super().check_token(user, token)
