"""The sign-in page: allauth's, with the demonstration's accounts listed where this is a demonstration."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings

from remit.accounts import queries
from remit.kernel.moments import london_day


class SignIn(LoginView):
    """Everything is allauth's: rate limits, second step, safe redirect. Only the demo's table is added."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """`demo_accounts` and `demo_password`, in demo mode only."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if settings.REMIT_DEMO:
            context["demo_accounts"] = queries.demo_accounts(london_day(self.request.received_at))
            context["demo_password"] = queries.DEMO_PASSWORD
        return context
