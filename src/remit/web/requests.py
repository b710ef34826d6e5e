"""The request as our views get it: Django's, with what the middleware added."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from remit.kernel.actor import Actor


class Request(HttpRequest):
    """For type hints only: `received_at` (UTC, stamped at the edge) and `actor` come from our middleware."""

    received_at: datetime
    actor: Actor
    user: Any
