"""An organisation with an administrator and two colleagues, invented, and pages read strictly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import html5lib
import pytest
from django.core.cache import cache
from django.test import Client

from remit.accounts.actions import register_person
from remit.accounts.models import Person
from remit.kernel.actor import Actor
from remit.register.models import Fact, Organisation

PASSWORD = "three quiet green otters"
SYSTEM = Actor(person="system")
JOINED = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


def organisation(code: str, kind: str, name: str) -> str:
    """An organisation that has been open since 2013."""
    made = Organisation.objects.create(code=code)
    for about, value in (("kind", kind), ("name", name)):
        Fact.objects.create(
            organisation=made,
            about=about,
            value=value,
            from_on=date(2013, 4, 1),
            until_on=date(9999, 12, 31),
            basis="stated",
        )
    return code


@dataclass(frozen=True)
class Office:
    """The people of the tests. `admin` also works for the practice, so has a choice of organisations."""

    admin: Person
    colleague: Person
    outsider: Person
    place: str = "15Z"
    other: str = "P81001"


def person(email: str, name: str, *roles: tuple[str, str]) -> Person:
    """Somebody with roles and the password of the tests."""
    return register_person(email=email, name=name, password=PASSWORD, roles=list(roles), by=SYSTEM, at=JOINED)


@pytest.fixture
def office(db: None) -> Office:
    """Vale CCG and Mill Lane Surgery, and three people."""
    organisation("15Z", "ccg", "NHS Vale CCG")
    organisation("P81001", "practice", "Mill Lane Surgery")
    return Office(
        admin=person(
            "ada@example.org",
            "Ada Marsh",
            ("organisation_administrator", "15Z"),
            ("commissioner_officer", "15Z"),
            ("practice_manager", "P81001"),
        ),
        colleague=person("ben@example.org", "Ben Okoro", ("commissioner_officer", "15Z")),
        outsider=person("cat@example.org", "Cat Lowe", ("practice_manager", "P81001")),
    )


@pytest.fixture(autouse=True)
def _no_memory() -> None:
    """Rate limits are kept in the cache; each test starts without any."""
    cache.clear()


@pytest.fixture
def as_person() -> Callable[[Person], Client]:
    """A client that is signed in as somebody."""

    def sign_in(somebody: Person) -> Client:
        client = Client()
        client.force_login(somebody, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def page_of() -> Callable[[Any], Any]:
    """The document of a response, read by a parser that refuses what a browser would guess at."""

    def parse(response: Any) -> Any:
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        return parser.parse(response.content.decode())

    return parse
