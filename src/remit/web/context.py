"""What the frame around every page needs: names, navigation, the person signed in, footer links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from remit.web.acting import Acting, acting_of

SERVICE = "Remit"
NAVIGATION = (("Organisations", "home"), ("Search", "search"), ("Ledger", "ledger"), ("Tour", "tour"))
FOOTER = (
    ("Accessibility statement", "accessibility"),
    ("Cookies", "cookies"),
    ("Privacy", "privacy"),
    ("Terms", "terms"),
    ("Roles and permissions", "permissions"),
    ("Contact us", "contact"),
)


@dataclass(frozen=True)
class Link:
    """A link of the frame; `current` marks the section one is in."""

    text: str
    href: str
    current: bool = False


@dataclass(frozen=True)
class Chrome:
    """The frame of one page."""

    service: str
    organisation: str
    is_demo: bool
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    acting: Acting | None
    path: str


def _links(entries: tuple[tuple[str, str], ...], current: str) -> tuple[Link, ...]:
    found = []
    for text, name in entries:
        try:
            found.append(Link(text, reverse(name), name == current))
        except NoReverseMatch:
            continue
    return tuple(found)


def page_chrome(request: HttpRequest) -> dict[str, Any]:
    """`chrome`, for the layout. Also serves the error pages, where middleware may not have run."""
    match = request.resolver_match
    current = (match.url_name or "") if match else ""
    return {
        "chrome": Chrome(
            service=SERVICE,
            organisation=settings.REMIT_ORGANISATION,
            is_demo=settings.REMIT_DEMO,
            navigation=_links(NAVIGATION, current),
            footer=_links(FOOTER, current),
            acting=acting_of(request),
            path=request.get_full_path(),
        )
    }
