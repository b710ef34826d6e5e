"""Whether email leaves this copy of Remit: what pages promise must be true."""

from __future__ import annotations

from django.conf import settings

KEPT_HERE = frozenset(
    f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "dummy", "filebased")
)
"""Back ends that print, drop or store an email instead of sending it."""


def why_no_mail() -> str:
    """Why no email goes out, in words; empty where it does."""
    if settings.REMIT_DEMO:
        return "The demonstration sends none."
    return "This copy of Remit is not set up to send any." if settings.EMAIL_BACKEND in KEPT_HERE else ""
