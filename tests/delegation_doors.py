"""The delegation pages, asked at instants of a test's choosing by somebody in a role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import html5lib
from django.test import Client

from tests.factories import make_person

JOINED = datetime(2014, 6, 1, 12, 0, tzinfo=UTC)


def stamp(at: datetime) -> dict[str, str]:
    """The header by which a trusted proxy says when the last byte came."""
    return {"X-Request-Start": f"t={at.timestamp():.6f}"}


@dataclass
class Asking:
    """Somebody, or a visitor, asking at an instant that can be moved on."""

    client: Client
    at: datetime

    def get(self, path: str, *, at: datetime | None = None) -> Any:
        """A page."""
        return self.client.get(path, headers=stamp(at or self.at))

    def post(self, path: str, *, at: datetime | None = None, **sent: Any) -> Any:
        """A form sent; its last byte arrives at the instant."""
        return self.client.post(path, sent, headers=stamp(at or self.at))

    def page(self, path: str, *, at: datetime | None = None) -> Any:
        """The document of a page, read strictly."""
        return document(self.get(path, at=at))


def asking(*role: str, at: datetime) -> Asking:
    """Somebody with a role at an organisation; without them, a visitor."""
    client = Client()
    if role:
        person = make_person((role[0], role[1]), at=JOINED)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return Asking(client, at)


def document(response: Any, status: int = 200) -> Any:
    """A response read by a parser that refuses what a browser would guess at."""
    assert response.status_code == status, response.status_code
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(response.content.decode())


def words(element: Any) -> str:
    """The words of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def main(found: Any) -> str:
    """The words of a page's own part."""
    return words(found.find(".//main"))


def links(found: Any) -> dict[str, str]:
    """Where the links of a page's own part lead, by their words."""
    return {words(each): each.get("href") for each in found.findall(".//main//a")}


def rows_of(found: Any, table: str) -> list[list[str]]:
    """The body of a table as text, without the headings repeated for small screens."""
    rows = found.findall(f".//table[@id='{table}']/tbody/tr")
    return [[" ".join(_shown(cell).split()) for cell in row] for row in rows]


def facts_of(found: Any) -> dict[str, str]:
    """The summary list."""
    rows = found.findall(".//dl[@class='nhsuk-summary-list']/div")
    return {words(row.find("dt")): words(row.find("dd")) for row in rows}


def errors(found: Any) -> list[tuple[str, str]]:
    """What the error summary says, with the field that each leads to. The same words are beside the field."""
    listed = [
        (words(each), each.get("href", "").removeprefix("#"))
        for each in found.findall(".//ul[@class='nhsuk-list nhsuk-error-summary__list']/li/a")
    ]
    beside = {
        words(each).removeprefix("Error: ") for each in found.findall(".//span[@class='nhsuk-error-message']")
    }
    ids = {each.get("id") for each in found.iter() if each.get("id")}
    for message, field in listed:
        assert field in ids, f"{message} leads nowhere: {field}"
        assert message in beside, f"{message} is not beside its field"
    return listed


def _shown(cell: Any) -> str:
    own = cell.text or ""
    parts = [
        "" if child.get("class") == "nhsuk-table__heading" else "".join(child.itertext()) for child in cell
    ]
    return own + "".join(part + (child.tail or "") for part, child in zip(parts, cell, strict=True))
