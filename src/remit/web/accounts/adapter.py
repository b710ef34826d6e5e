"""How allauth behaves here: nobody signs up by themselves; accounts come from invitations."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Closed to sign-up. What has just been done is said in our own words, not in allauth's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an administrator invites."""
        return False

    def format_email_subject(self, subject: str) -> str:
        """The service's name and what it is about, without allauth's "[example.com]"."""
        return f"Remit: {subject}"

    def get_from_email(self) -> str:
        """The service's own address."""
        return settings.DEFAULT_FROM_EMAIL

    def add_message(self, request: HttpRequest, level: int, message_template: str, *args: Any, **kwargs: Any) -> None:
        """Signing in and out speak for themselves: the header changes. The rest is said."""
        if message_template not in {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}:
            super().add_message(request, level, message_template, *args, **kwargs)
