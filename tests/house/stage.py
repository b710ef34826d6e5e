"""The stage of the routes' matrix: a small nation, one person for each role, something at each address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from remit.accounts.actions import invite_person
from remit.accounts.models import Person, RoleHolding
from remit.engines.permissions import ROLES
from remit.kernel.moments import at_the_edge
from remit.ledger.actions import make_checkpoint
from remit.register.actions import Provenance, import_file
from tests.factories import NATIONAL_BODY, SYSTEM, acting, make_fact, make_organisation, make_person

BOARD, CCG, PRACTICE, REGION, LMC, PUBLISHER = "QXX", "00C", "A89999", "Y63", "LMCVALE", "GAZETTE"
PLACES = {
    "data_steward": NATIONAL_BODY,
    "ledger_keeper": NATIONAL_BODY,
    "national_assessor": NATIONAL_BODY,
    "organisation_administrator": BOARD,
    "commissioner_officer": BOARD,
    "practice_manager": PRACTICE,
    "lmc_officer": LMC,
    "journalist": PUBLISHER,
    "witness": LMC,
}
# Everybody who knocks at every door. The last administers an organisation that is not the one asked about.
VISITOR, ROLELESS, ELSEWHERE = "visitor", "roleless", "administrator_elsewhere"
PERSONAS = (VISITOR, ROLELESS, *ROLES, ELSEWHERE)
RESET_KEY = "^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
BODIES = b"code,kind,name\r\nLMCVALE,lmc,VALE LOCAL MEDICAL COMMITTEE\r\n"


def addresses() -> dict[str, str]:
    """Every pattern that the resolver knows, as it is written, with its name."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            here = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, here)
            else:
                yield here, pattern.name or ""

    return dict(walk(get_resolver().url_patterns, ""))


@dataclass
class Stage:
    """The clients of everybody, and a real path for each address.

    `samples` say what stands for a parameter: by its name, or by what stands before it and its name.
    `paths` are whole paths, for addresses that need more.
    """

    clients: dict[str, Client]
    samples: dict[str, str]
    paths: dict[str, str]

    def path(self, address: str) -> str:
        """A real path for a pattern."""
        if address in self.paths:
            return self.paths[address]
        done = ""
        for part in f"/{address}".split("/")[1:]:
            found = PARAMETER.match(part)
            if found:
                sample = self.samples.get(f"{done}/{found[1]}") or self.samples[found[1]]
                part = sample + part[found.end() :]
            done = f"{done}/{part}"
        return done

    def knock(self, persona: str, method: str, address: str) -> tuple[int | str, list[str]]:
        """What somebody gets, and the writes to the database that it took. Everything is undone after."""
        client = self.clients[persona]
        cookies = client.cookies.output(header="", sep=";")
        cache.clear()
        written: list[str] = []

        def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if sql.split(None, 1)[0].upper() in {"INSERT", "UPDATE", "DELETE", "REPLACE"}:
                written.append(sql)
            return execute(sql, params, many, context)

        with transaction.atomic(), connection.execute_wrapper(watch):
            response = client.generic(method, self.path(address))
            if response.streaming:
                b"".join(response)  # what is read late must not write either; closes itself
            answer = spoken(response)
            transaction.set_rollback(True)
        client.cookies = SimpleCookie(cookies)
        return answer, written


def spoken(response: Any) -> int | str:
    """A status; “sign-in” where one is sent to sign in first."""
    to = response.headers.get("Location", "")
    if response.status_code == 302 and to.startswith(
        (reverse("account_login"), reverse("account_reauthenticate"))
    ):
        return "sign-in" if to.startswith(reverse("account_login")) else "password"
    status: int = response.status_code
    return status


def set_the_stage() -> Stage:
    """Make everything, and sign everybody in."""
    now = at_the_edge()
    make_organisation(NATIONAL_BODY, "national_body", "NHS England")
    make_organisation(REGION, "region", "North East", parent=NATIONAL_BODY)
    make_organisation(BOARD, "icb", "NHS Vale Integrated Care Board", region=REGION)
    make_organisation(CCG, "ccg", "NHS Vale CCG", region=REGION)
    make_fact(CCG, "icb", BOARD)
    make_organisation(PRACTICE, "practice", "Mill Lane Surgery", commissioner=CCG, contract_type="GMS")
    make_organisation(LMC, "lmc", "Vale Local Medical Committee")
    make_organisation(PUBLISHER, "publisher", "The Vale Gazette")
    people = {role: make_person((role, PLACES[role])) for role in ROLES}
    people[ELSEWHERE] = make_person(("organisation_administrator", PRACTICE))
    people[ROLELESS] = make_person()
    loaded = import_file(
        kind="organisations",
        data=BODIES,
        provenance=Provenance(filename="bodies-2026-11-01.csv", retrieved_on=now.date()),
        by=SYSTEM,
        at=now,
        as_of=now.date(),
    )
    invited = invite_person(
        email="dora@example.org",
        name="Dora Finch",
        role="commissioner_officer",
        organisation=BOARD,
        by=acting(people["organisation_administrator"]),
        at=now + timedelta(seconds=1),
        once="stage",
    )
    make_checkpoint(by=SYSTEM, at=now + timedelta(seconds=2))
    colleague = people["commissioner_officer"]
    return Stage(
        clients={persona: signed_in(people.get(persona)) for persona in PERSONAS},
        samples={
            "person": colleague.pk,
            "holding": RoleHolding.objects.get(person=colleague).pk,
            "token": invited.token,
            "sha256": loaded.source,
            "index": "0",
            "seed_id": "S1-02",
            "code": BOARD,
            "/practices/code": PRACTICE,
            "/regions/code": REGION,
            "/organisations/code": LMC,
            "/api/v1/practices/code": PRACTICE,
            f"/id/sources/{loaded.source}/organisations/code": LMC,
        },
        paths={
            "api/v1/search": "/api/v1/search?q=vale",
            "api/v1/ledger/consistency": "/api/v1/ledger/consistency?old=1&new=2",
            "api/v1/successions": f"/api/v1/successions?code={CCG}",
            "api/v1/successions.csv": f"/api/v1/successions.csv?code={CCG}",
            "api/v1/successions.csv-metadata.json": f"/api/v1/successions.csv-metadata.json?code={CCG}",
            RESET_KEY: "/accounts/password/reset/key/1-x/",
        },
    )


def signed_in(person: Person | None) -> Client:
    """A client of somebody signed in, or of a visitor."""
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
