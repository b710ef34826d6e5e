"""An organisation with an administrator and two colleagues, invented, and pages read strictly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import html5lib
import pytest
from django.core.cache import cache
from django.test import Client

from remit.accounts.actions import register_person
from remit.accounts.models import Person
from remit.kernel.actor import Actor, RoleAt
from remit.register.actions import ImportReport, Provenance, import_file
from remit.register.models import Fact, Organisation
from tests import published_files as published

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


# -- a small nation ------------------------------------------------------------------------------------------

STEWARD = Actor("01JSTEWARD", "X24", frozenset({RoleAt("data_steward", "X24")}))
Load = Callable[..., ImportReport]


@pytest.fixture
def load(db: None) -> Load:
    """Load bytes as a published file; each call a second later than the last."""
    seconds = count()

    def load_file(
        kind: str, data: bytes, filename: str, publisher: str = "NHS England", **options: Any
    ) -> ImportReport:
        return import_file(
            kind=kind,
            data=data,
            provenance=Provenance(filename, date(2026, 10, 20), publisher),
            by=STEWARD,
            at=JOINED + timedelta(seconds=next(seconds)),
            **options,
        )

    return load_file


@pytest.fixture
def small_nation(load: Load) -> None:
    """Two groups that merge on 1 April 2020 and come to a board in 2022, a hub, and two practices."""
    groups = [
        published.eccg_row("00C", "NHS OLD TOWN CCG", "20130401", "20200331"),
        published.eccg_row("00D", "NHS NEW TOWN CCG", "20130401", "20200331"),
        published.eccg_row("16C", "NHS BOTH TOWNS ICB - 16C", "20200401"),
        published.eccg_row("13Q", "NATIONAL HUB", "20130401", "", "RO218"),
    ]
    load("commissioners", published.csv_bytes(groups), "eccg-2025.csv")
    board = ("QHM", "NHS Towns Integrated Care Board")
    load("commissioners", published.boards_file(board), "icb-2024-12.csv")
    row = published.payment_row
    paid = published.payments_file(
        row("A81001", "00C", **{"Practice Name": "THE MILL SURGERY"}),
        row("A81002", "00D", **{"Practice Name": "DR AK SINHA & PARTNERS", "Contract Type": "PMS"}),
    )
    load("payments", paid, "nhs-payments-gp-2014-15.csv")
    earlier = [
        published.epraccur_row("A81001", "00C", "20130401", name="THE MILL SURGERY"),
        published.epraccur_row("A81002", "00D", "20130401", name="DR SINHA"),
    ]
    load("practices", published.csv_bytes(earlier), "epraccur-2018-06.csv")
    practices = [
        published.epraccur_row("A81001", "16C", "20200401", name="MILL LANE MEDICAL CENTRE"),
        published.epraccur_row("A81002", "16C", "20200401", name="DR SINHA"),
        published.epraccur_row("Y00001", "16C", "20200401", name="WALK IN CENTRE", setting="1"),
    ]
    load("practices", published.csv_bytes(practices), "epraccur-2021-11.csv")
    load("lists", published.lists_file(("A81001", "00C", 6010)), "gp-reg-patients-2015-01.csv")
    load("map", published.map_file(("16C", *board)), "ccg-to-icb.csv")
    bodies = published.organisations_file(
        ("LMCOLD", "lmc", "OLD TOWN LOCAL MEDICAL COMMITTEE", "1948-07-05", "", "", "", "", "")
    )
    load("organisations", bodies, "organisations-2013-04.csv", as_of=date(2013, 4, 1))


@pytest.fixture
def steward_client(db: None, as_person: Callable[[Person], Client]) -> Client:
    """Signed in as a data steward of the national body."""
    organisation("X24", "national_body", "NHS ENGLAND")
    return as_person(person("di@example.org", "Di Hale", ("data_steward", "X24")))
