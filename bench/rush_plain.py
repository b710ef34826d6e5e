"""The plain way, for comparison only: settings in which a view reads the clock when it gets its turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from remit.config.settings import *  # noqa: F403
from remit.config.settings import MIDDLEWARE as OURS
from remit.kernel.moments import at_the_edge

MIDDLEWARE = [*OURS, "bench.rush_plain.ClockInTheView"]


class ClockInTheView:
    """Overwrites the receipt stamp with the time at which the view is called."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        request.received_at = at_the_edge()  # type: ignore[attr-defined]
