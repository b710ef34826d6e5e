"""Addresses of the register's pages, and of the same facts as data, with the day kept."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from urllib.parse import quote, urlencode

from django.urls import reverse

from remit.register.queries import SourceRow
from remit.register.rules import COMMISSIONER_KINDS
from remit.web.as_at import AsAt
from remit.web.pages import Crumb
from remit.web.register.words import SourceLink

API = "/api/v1/"
PLACE = "0CODE0"
PAGE_OF_RELATION = {
    "commissioner": "commissioner",
    "sub_icb_location": "commissioner",
    "icb": "commissioner",
    "region": "region",
}


def address(name: str, *args: str, day: AsAt | None = None, **query: str) -> str:
    """The address of a page; the day is in it where it was chosen."""
    given = {key: value for key, value in query.items() if value}
    if day is not None and not day.is_default:
        given["on"] = day.day.isoformat()
    path = reverse(name, args=args)
    return f"{path}?{urlencode(given)}" if given else path


def addresses(name: str, day: AsAt) -> Callable[[str], str]:
    """The addresses of the pages of many codes: resolved once, because a list has a hundred."""
    before, after = address(name, PLACE, day=day).split(PLACE)
    return lambda code: f"{before}{quote(code)}{after}"


def page_of_kinds(kinds: Collection[str]) -> str:
    """The name of the page for an organisation that was ever of some kinds."""
    if "practice" in kinds:
        return "practice"
    if any(kind in COMMISSIONER_KINDS for kind in kinds):
        return "commissioner"
    return "region" if "region" in kinds else "organisation"


def page_of_relation(about: str, code: str, day: AsAt) -> str:
    """Where a fact about another organisation leads."""
    return address(PAGE_OF_RELATION.get(about, "organisation"), code, day=day)


def crumbs(day: AsAt | None, *steps: tuple[str, str]) -> tuple[Crumb, ...]:
    """Home, then (text, page name) down to the page above this one."""
    home = Crumb("Home", address("home", day=day))
    return (home, *(Crumb(text, address(name, day=day)) for text, name in steps))


def twins(path: str, what: str, on: date | None = None, **query: str) -> tuple[tuple[str, str, str], ...]:
    """The same facts as CSV and JSON: (media type, title, address)."""
    given = {key: value for key, value in query.items() if value}
    if on is not None:
        given["on"] = on.isoformat()
    tail = f"?{urlencode(given)}" if given else ""
    return (
        ("text/csv", f"{what} as CSV", f"{API}{path}.csv{tail}"),
        ("application/json", f"{what} as JSON", f"{API}{path}{tail}"),
    )


def source_links(sources: Collection[SourceRow]) -> tuple[SourceLink, ...]:
    """Sources, numbered from 1 in the order given."""
    return tuple(
        SourceLink(
            number=number,
            title=source.title,
            publisher=source.publisher,
            as_of=source.as_of,
            retrieved_on=source.retrieved_on,
            href=reverse("source", args=[source.sha256]),
        )
        for number, source in enumerate(sources, 1)
    )
