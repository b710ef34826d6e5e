"""The stage of the routes' matrix: a small nation, one person for each role, something at each address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from http.cookies import SimpleCookie
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from remit.accounts.actions import invite_person
from remit.accounts.models import Person, RoleHolding
from remit.delegation.actions import request_late_acceptance, use_power
from remit.delegation.models import Agreement, Publication
from remit.documents.actions import keep_document
from remit.engines.deadlines import Deadline, before_day
from remit.engines.permissions import ROLES
from remit.figures.actions import FigureDraft, record_figure
from remit.kernel.moments import at_the_edge
from remit.ledger.actions import make_checkpoint
from remit.register.actions import ImportReport, Provenance, import_file
from tests.delegation_factories import (
    announce,
    approve,
    draft,
    issue,
    london,
    make_programme,
    make_round,
    officer_of,
    plan,
    publish_all,
    record_vote,
    sign,
    submit,
)
from tests.factories import NATIONAL_BODY, SYSTEM, acting, make_fact, make_organisation, make_person
from tests.house.stage_of_assessment import pages_of_assessment
from tests.house.stage_of_constitutions import pages_of_constitutions
from tests.house.stage_of_consultations import a_closed_consultation
from tests.house.stage_of_filling import pages_of_a_full_form
from tests.house.stage_of_motions import pages_of_motions
from tests.meeting_factories import call

BOARD, CCG, PRACTICE, REGION, LMC, PUBLISHER = "QXX", "00C", "A89999", "Y63", "LMCVALE", "GAZETTE"
PLACES = {
    "data_steward": NATIONAL_BODY,
    "ledger_keeper": NATIONAL_BODY,
    "national_assessor": NATIONAL_BODY,
    "national_moderator": NATIONAL_BODY,
    "regional_moderator": REGION,
    "programme_officer": NATIONAL_BODY,
    "organisation_administrator": BOARD,
    "commissioner_officer": BOARD,
    "local_office_officer": REGION,
    "practice_manager": PRACTICE,
    "general_practitioner": PRACTICE,
    "lmc_officer": LMC,
    "members_secretary": CCG,
    "journalist": PUBLISHER,
    "witness": LMC,
}
# Everybody who knocks at every door. The last administers an organisation that is not the one asked about.
VISITOR, ROLELESS, ELSEWHERE = "visitor", "roleless", "administrator_elsewhere"
PERSONAS = (VISITOR, ROLELESS, *ROLES, ELSEWHERE)
PROGRAMME_CODE = "2016-17"
ROUND, ANNOUNCEMENT = "2015-level-3", "2015-01-23-level-3"
RESET_KEY = "^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
BODIES = b"code,kind,name\r\nLMCVALE,lmc,VALE LOCAL MEDICAL COMMITTEE\r\n"

FIGURE = FigureDraft(
    id="practices-that-answered",
    label="Practices that answered",
    definition="Practices of the board that answered the survey",
    source="The board's own survey",
    numerator=1,
    numerator_what="practice that answered",
    numerator_rows=((f"organisation/{PRACTICE}", "Mill Lane Surgery"),),
)


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
        if method != "GET":
            cache.clear()  # how often one may write is counted there; charts drawn once may stay
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


def an_invitation(people: dict[str, Any], now: datetime) -> Any:
    """Somebody is invited to the board."""
    return invite_person(
        email="dora@example.org",
        name="Dora Finch",
        role="commissioner_officer",
        organisation=BOARD,
        by=acting(people["organisation_administrator"]),
        at=now + timedelta(seconds=1),
        once="stage",
    )


def set_the_stage() -> Stage:
    """Make everything, and sign everybody in."""
    now = at_the_edge()
    make_places()
    of_the_round = a_round_of_2015()
    of_a_programme = a_programme_with_a_late_request()
    people = everybody()
    loaded = a_file_of_bodies(now)
    pages = pages_of_rounds(now, of_the_round["/id/applications/ulid"])
    pages |= pages_of_assessment(now, BOARD, people["national_assessor"].pk)
    pages |= pages_of_a_full_form(now, BOARD, REGION, ROUND)
    pages |= pages_of_constitutions(now, CCG)
    of_motions = pages_of_motions(now, CCG, PRACTICE, LMC)
    invited = an_invitation(people, now)
    record_figure(draft=FIGURE, by=SYSTEM, at=now + timedelta(seconds=1), once="stage")
    make_checkpoint(by=SYSTEM, at=now + timedelta(seconds=2))
    colleague = people["commissioner_officer"]
    return Stage(
        clients={persona: signed_in(people.get(persona)) for persona in PERSONAS},
        samples={
            "person": colleague.pk,
            "holding": RoleHolding.objects.get(person=colleague).pk,
            "token": invited.token,
            "invitation": invited.invitation.pk,
            "sha256": loaded.source,
            "index": "0",
            "figure": FIGURE.id,
            "number": "1",
            "seed_id": "S1-02",
            "code": BOARD,
            "/practices/code": PRACTICE,
            "/regions/code": REGION,
            "meeting": (meeting := call(CCG, at=now + timedelta(seconds=2)).pk),
            "/id/meetings/ulid": meeting,
            **a_closed_consultation(CCG, PRACTICE, now),
            **{"/organisations/code": LMC, "/api/v1/practices/code": PRACTICE},
            f"/id/sources/{loaded.source}/organisations/code": LMC,
            **of_the_round,
            **of_motions,
            **{f"{before}/programmes/code": PROGRAMME_CODE for before in ("", "/api/v1", "/id")},
            "/id/publications/ulid": of_a_programme["publications/<str:publication>/"].split("/")[2],
            "publication": of_a_programme["publications/<str:publication>/"].split("/")[2],
        },
        paths={
            "commissioners/<str:code>/scope/": f"/commissioners/{CCG}/scope/",
            "rounds/<str:code>/of/<str:commissioner>/": f"/rounds/{ROUND}/of/{CCG}/",
            "api/v1/search": "/api/v1/search?q=vale",
            "api/v1/powers/check": f"/api/v1/powers/check?commissioner={CCG}&power=approve_mergers",
            "api/v1/ledger/consistency": "/api/v1/ledger/consistency?old=1&new=2",
            "api/v1/successions": f"/api/v1/successions?code={CCG}",
            "api/v1/successions.csv": f"/api/v1/successions.csv?code={CCG}",
            "api/v1/successions.csv-metadata.json": f"/api/v1/successions.csv-metadata.json?code={CCG}",
            RESET_KEY: "/accounts/password/reset/key/1-x/",
            **of_a_programme,
            **pages,
            "motions/<str:motion>/recount.json": f"/motions/{of_motions['declared']}/recount.json",
        },
    )


def everybody() -> dict[str, Person]:
    """Somebody in each role, an administrator elsewhere, and somebody with no role."""
    people = {role: make_person((role, PLACES[role])) for role in ROLES}
    people[ELSEWHERE] = make_person(("organisation_administrator", PRACTICE))
    people[ROLELESS] = make_person()
    return people


def make_places() -> None:
    """A national body, a region, a board, its group and practice, a committee and a newspaper."""
    make_organisation(NATIONAL_BODY, "national_body", "NHS England")
    make_organisation(REGION, "region", "North East", parent=NATIONAL_BODY)
    make_organisation(BOARD, "icb", "NHS Vale Integrated Care Board", region=REGION)
    make_organisation(CCG, "ccg", "NHS Vale CCG", region=REGION)
    make_fact(CCG, "icb", BOARD)
    make_organisation(PRACTICE, "practice", "Mill Lane Surgery", commissioner=CCG, contract_type="GMS")
    make_organisation(LMC, "lmc", "Vale Local Medical Committee")
    make_organisation(PUBLISHER, "publisher", "The Vale Gazette")


def a_round_of_2015() -> dict[str, str]:
    """A round with one application, approved, announced and signed. Answers the samples that it gives."""
    make_round(ROUND)
    application = submit(ROUND, CCG)
    approve(application)
    announce(ROUND, ANNOUNCEMENT)
    arrangement = sign(application)
    used = use_power(
        commissioner=CCG,
        power="approve_mergers",
        what="A merger",
        by=officer_of(CCG),
        at=london(2015, 8, 12),
        once="stage",
    )
    vote = record_vote(CCG)
    return {
        "level": "3",
        "name": "level-3",
        "count": "level-3",
        "stage": "approved",
        "region": REGION,
        "on": "2015-04-01",
        "/api/v1/rounds/code": ROUND,
        "/id/rounds/code": ROUND,
        "/api/v1/announcements/code": ANNOUNCEMENT,
        "/id/announcements/code": ANNOUNCEMENT,
        "/id/powers/code": "approve_mergers",
        "/id/guidance/code": "next-steps-2014",
        "/id/functions/code": "practice_contracts",
        "power": "approve_mergers",
        "function": "practice_contracts",
        "use": used.pk,
        "agreement": Agreement.objects.get(application=application).pk,
        "/id/agreements/ulid": Agreement.objects.get(application=application).pk,
        "/id/applications/ulid": application.pk,
        "/id/evidence/ulid": vote.pk,
        "evidence": vote.pk,
        "kind": "ballot",
        "/id/arrangements/code": CCG,
        f"/id/arrangements/{CCG}/ulid": arrangement.pk,
    }


def a_programme_with_a_late_request() -> dict[str, str]:
    """A programme with a round that is planned, and a sealed one that closed and that a board wants to be let into
    late. Answers the pages that need them."""
    make_programme(PROGRAMME_CODE, at=london(2015, 9, 1))
    later = {"deadline": before_day(date(2015, 11, 7)), "effective_on": date(2016, 4, 1)}
    plan(PROGRAMME_CODE, "planned", at=london(2015, 9, 1), **later)
    publish_all(PROGRAMME_CODE, at=london(2015, 9, 1))
    make_round("sealed", is_sealed=True, decisions_due_on=date(2016, 1, 31), **later)
    late = draft("sealed", BOARD)
    request_late_acceptance(
        application=late.pk, reasons="The lines were down.", by=officer_of(BOARD), at=london(2015, 11, 8)
    )
    published = Publication.objects.filter(programme=PROGRAMME_CODE).first()
    assert published is not None
    return {
        "publications/<str:publication>/": f"/publications/{published.pk}/",
        "rounds/<str:code>/open/": "/rounds/planned/open/",
        "rounds/<str:code>/timetable/": "/rounds/planned/timetable/",
        "rounds/<str:code>/timetable/<str:commissioner>/": f"/rounds/planned/timetable/{BOARD}/",
        "rounds/<str:code>/late/": "/rounds/sealed/late/",
        "rounds/<str:code>/extend/": "/rounds/sealed/extend/",
        "rounds/<str:code>/unseal/": "/rounds/sealed/unseal/",
        "applications/<str:application>/late/decide/": f"/applications/{late.pk}/late/decide/",
    }


def pages_of_rounds(now: datetime, signed: str) -> dict[str, str]:
    """Rounds that are open now: of a board's applications one is a draft, one waits, one is approved. Answers the
    pages for which these have to be there; `signed` is an application that is public."""
    made = {}
    for level, code in enumerate(("open-draft", "open-waiting", "open-approved"), 1):
        deadline = Deadline(now + timedelta(days=2))
        make_round(code, level=level, deadline=deadline, effective_on=now.date() + timedelta(days=9), at=now)
        made[code] = (draft if code == "open-draft" else submit)(code, BOARD, at=now).pk
    approve(made["open-approved"], at=now)
    announce("open-approved", at=now)
    make_round("open-agreed", deadline=deadline, effective_on=now.date() + timedelta(days=9), at=now)
    agreed = submit("open-agreed", BOARD, at=now)
    approve(agreed, at=now)
    (agreement,) = issue(agreed, at=now)
    kept = keep_document(
        name="terms.txt", content=b"Terms.", owner=BOARD, is_public=True, by=officer_of(BOARD), at=now
    )
    one = "applications/<str:application>/"
    return {
        one: f"/applications/{signed}/",
        f"{one}answer/<str:question>/": f"/applications/{made['open-draft']}/answer/benefits/",
        f"{one}check/": f"/applications/{made['open-draft']}/check/",
        f"{one}receipt/": f"/applications/{made['open-waiting']}/receipt/",
        f"{one}late/": f"/applications/{made['open-waiting']}/late/",
        f"{one}withdraw/": f"/applications/{made['open-waiting']}/withdraw/",
        f"{one}publish/": f"/applications/{made['open-waiting']}/publish/",
        f"{one}evidence/": f"/applications/{made['open-waiting']}/evidence/",
        f"{one}rescind/": f"/applications/{made['open-waiting']}/rescind/",
        f"{one}decide/": f"/applications/{made['open-waiting']}/decide/",
        "documents/<str:document>/": f"/documents/{kept.pk}/",
        "agreements/<str:agreement>/return/": f"/agreements/{agreement.pk}/return/",
        "agreements/<str:agreement>/notice/": f"/agreements/{agreement.pk}/notice/",
        "signatures/<str:application>/": f"/signatures/{made['open-approved']}/",
        "rounds/<str:code>/": f"/rounds/{ROUND}/",
        "rounds/<str:code>/counts/<str:stage>/": f"/rounds/{ROUND}/counts/approved/",
        "announcements/<str:code>/regions/<str:region>/": f"/announcements/{ANNOUNCEMENT}/regions/{REGION}/",
        "announcements/<str:code>/rounds/<str:round_code>/<str:outcome>/": (
            f"/announcements/{ANNOUNCEMENT}/rounds/{ROUND}/approved/"
        ),
        "rounds/<str:code>/close/": f"/rounds/{ROUND}/close/",
        "rounds/<str:code>/apply/": "/rounds/open-draft/apply/",
        "announcements/<str:code>/": f"/announcements/{ANNOUNCEMENT}/",
    }


def a_file_of_bodies(now: datetime) -> ImportReport:
    """A published file, loaded."""
    return import_file(
        kind="organisations",
        data=BODIES,
        provenance=Provenance(filename="bodies-2026-11-01.csv", retrieved_on=now.date()),
        by=SYSTEM,
        at=now,
        as_of=now.date(),
    )


def signed_in(person: Person | None) -> Client:
    """A client of somebody signed in, or of a visitor."""
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
