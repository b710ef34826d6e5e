"""How allauth behaves here: nobody signs up by themselves; second-step secrets are sealed in the database."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.encoding import force_str

from remit.accounts import queries
from remit.kernel.decision import Refused
from remit.web.accounts.mail import why_no_mail
from remit.web.errors import refused


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Closed to sign-up. What has just been done is said in our own words, not in allauth's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an administrator invites."""
        return False

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **how: Any) -> HttpResponse | None:
        """Nobody is let in whose account may not be used here: a page says why."""
        allowed = queries.may_sign_in(_email(user))
        if not allowed.allowed:
            clear_login(request)
            return refused(request, Refused(*allowed.reasons))
        answer: HttpResponse | None = super().pre_login(request, user, **how)
        return answer

    def send_password_reset_mail(self, user: AbstractBaseUser, email: str, context: dict[str, Any]) -> None:
        """None for an account that may not be used here, nor where email goes nowhere: a link printed or stored
        would be a key left lying about. The page that follows is the same for all."""
        if queries.may_sign_in(_email(user)).allowed and not why_no_mail():
            super().send_password_reset_mail(user, email, context)

    def format_email_subject(self, subject: str) -> str:
        """The service's name and what it is about, without allauth's "[example.com]"."""
        return f"Remit: {subject}"

    def get_from_email(self) -> str:
        """The service's own address."""
        return settings.DEFAULT_FROM_EMAIL

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's account, where the change is confirmed."""
        return reverse("your_account")

    def add_message(
        self, request: HttpRequest, level: int, message_template: str, *args: Any, **kwargs: Any
    ) -> None:
        """Signing in and out speak for themselves: the header changes. The rest is said."""
        if message_template not in {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}:
            super().add_message(request, level, message_template, *args, **kwargs)


def _email(user: AbstractBaseUser) -> str:
    return str(user.get_username())


def _sealing_key(secret: str) -> Fernet:
    """A key of its own for this purpose, made from the service's secret key."""
    digest = hashlib.sha256(b"remit second step\0" + secret.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


class SealedMFAAdapter(DefaultMFAAdapter):
    """Secrets of the second step are encrypted in the database, so a copy of it does not let anyone sign in.

    The key comes from the service's secret key; after that has been changed, the old one opens what it sealed
    as long as it is among ``SECRET_KEY_FALLBACKS``.
    """

    def _keys(self) -> MultiFernet:
        return MultiFernet(
            [_sealing_key(force_str(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
        )

    def encrypt(self, text: str) -> str:
        """Sealed with the present key."""
        return self._keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Opened with whichever key sealed it."""
        return self._keys().decrypt(encrypted_text.encode()).decode()
