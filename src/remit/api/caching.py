"""Weak caching: what is read changes only when the ledger grows, so the ledger's head tags everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils.http import parse_etags

from remit import __version__
from remit.kernel.canonical import sha256_hex
from remit.kernel.moments import london_day
from remit.ledger.queries import LedgerDamaged, head

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
View = Callable[..., HttpResponseBase]


def ledger_state() -> str:
    """The ledger's size and root; empty where it is too damaged to say, and then nothing is cached."""
    try:
        now = head()
    except LedgerDamaged:
        return ""
    return f"{now.size}.{now.root}"


def entity_tag(request: HttpRequest, state: str) -> str:
    """A weak tag: the same state, address, release and London day (the default of `on`) give the same."""
    today = london_day(request.received_at)  # type: ignore[attr-defined]
    whole = "\n".join((__version__, state, str(today), request.build_absolute_uri()))
    return f'W/"{sha256_hex(whole.encode())[:32]}"'


def open_data(state: Callable[[], str] = ledger_state) -> Callable[[View], View]:
    """What every public answer has: an ETag from `state`, its licence, and leave for any site to read it."""

    def decorate(view: View) -> View:
        def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
            now = state()
            tag = entity_tag(request, now) if now else ""
            # "*" is left alone: a tag is only ever held by somebody who was answered with 200.
            if tag and tag in parse_etags(request.headers.get("If-None-Match", "")):
                response: HttpResponseBase = HttpResponseNotModified()
            else:
                response = view(request, *args, **named)
            if tag and response.status_code in (200, 304):
                response["ETag"] = tag
                response["Cache-Control"] = "public, no-cache"
            links = [response["Link"]] if response.has_header("Link") else []
            response["Link"] = ", ".join([*links, f'<{LICENCE}>; rel="license"'])
            response["Access-Control-Allow-Origin"] = "*"
            return response

        return answer

    return decorate
