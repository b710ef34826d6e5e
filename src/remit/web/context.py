"""What the frame around every page needs: names, navigation, the person signed in, footer links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import reverse

from remit.engines.permissions import Permission, may
from remit.web.acting import Acting, acting_of
from remit.web.as_at import read_as_at

SERVICE = "Remit"
NAVIGATION = (
    ("Organisations", "home"),
    ("Search", "search"),
    ("Delegation", "delegation"),
    ("Figures", "figures"),
    ("Ledger", "ledger"),
    ("Tour", "tour"),
)
# Those whose pages know a day.
DATED = {"home", "search", "delegation", "figures"}
# Shown to those whose present role gives the permission.
FOR_ROLES = (
    ("To apply", "applications", Permission.APPLY),
    ("To fill in", "applications", Permission.COMPLETE_JOINTLY),
    ("To score", "assignments", Permission.ASSESS),
    ("To endorse", "endorsements", Permission.ENDORSE),
    ("To moderate", "endorsements", Permission.MODERATE_IN_REGION),
    ("To moderate", "endorsements", Permission.MODERATE),
    ("To assess", "endorsements", Permission.ASSIGN_ASSESSORS),
    ("To decide", "assessments", Permission.DECIDE_APPLICATIONS),
    ("To sign", "signatures", Permission.RUN_ROUNDS),
    ("Files", "imports", Permission.SEE_IMPORTS),
    ("People", "people", Permission.SEE_PEOPLE),
)
# The first part of an address that does not say its section itself.
SECTIONS = {
    "commissioners": "home",
    "practices": "home",
    "regions": "home",
    "organisations": "home",
    "sources": "home",
    "programmes": "delegation",
    "publications": "delegation",
    "rounds": "delegation",
    "announcements": "delegation",
    "agreements": "delegation",
}
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
    """A link of the frame; `current` is "page" on that page, "true" elsewhere in its section, or empty."""

    text: str
    href: str
    current: str = ""


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
    address: str


def _current(name: str, request: HttpRequest) -> str:
    """Whether a link leads to this page, or to the section this page is in."""
    match = request.resolver_match
    if match is None:
        return ""
    if match.url_name == name:
        return "page"
    first = request.path.split("/")[1]
    return "true" if SECTIONS.get(first, first) == name else ""


def _links(names: Iterable[tuple[str, str]], request: HttpRequest) -> tuple[Link, ...]:
    """Each with the day of the page, where one was asked for and the section knows a day."""
    day = read_as_at(request).query if request.GET and hasattr(request, "received_at") else ""
    return tuple(
        Link(
            text,
            f"{reverse(name)}?{day}" if day and name in DATED else reverse(name),
            _current(name, request),
        )
        for text, name in names
    )


def _navigation(request: HttpRequest, acting: Acting | None) -> tuple[tuple[str, str], ...]:
    """The public sections, and those that the present roles open."""
    if acting is None:
        return NAVIGATION
    actor = request.actor  # type: ignore[attr-defined]
    opened = [(text, name) for text, name, needs in FOR_ROLES if may(actor, needs, actor.acting_for).allowed]
    return (*NAVIGATION, *opened)


def _address(request: HttpRequest) -> str:
    """The whole address, for print; only the path where the host is not ours (that page says so)."""
    try:
        return request.build_absolute_uri()
    except DisallowedHost:
        return request.get_full_path()


def page_chrome(request: HttpRequest) -> dict[str, Any]:
    """`chrome`, for the layout. Also serves the error pages, where middleware may not have run."""
    acting = acting_of(request)
    return {
        "chrome": Chrome(
            service=SERVICE,
            organisation=settings.REMIT_ORGANISATION,
            is_demo=settings.REMIT_DEMO,
            navigation=_links(_navigation(request, acting), request),
            footer=_links(FOOTER, request),
            acting=acting,
            path=request.get_full_path(),
            address=_address(request),
        )
    }
