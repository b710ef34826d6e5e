"""A nation small enough to know by heart, for the API's tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client

from remit.figures.actions import FigureDraft, keep_figure
from remit.kernel.actor import Actor
from remit.ledger.actions import make_checkpoint, record
from remit.register.models import (
    STILL,
    Fact,
    ListSize,
    Organisation,
    PublishedPayments,
    Sighting,
    Source,
    Succession,
)
from tests.delegation_factories import ANSWERS, announce, approve, decide, make_round, sign, submit
from tests.factories import SYSTEM

STEWARD = Actor(person="system")
AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SOURCE = "a" * 64
MERGED_ON = date(2018, 4, 1)

# code, kind, name, first, last, other facts
NATION: list[tuple[str, str, str, date, date, dict[str, str]]] = [
    ("Y54", "region", "North of England", date(2013, 4, 1), STILL, {}),
    ("Y56", "region", "London", date(2013, 4, 1), STILL, {}),
    ("01A", "ccg", "NHS Ashdale CCG", date(2013, 4, 1), date(2018, 3, 31), {"region": "Y54"}),
    ("01B", "ccg", "NHS Birchwood CCG", date(2013, 4, 1), date(2022, 6, 30), {"region": "Y54"}),
    ("07X", "ccg", '=cmd|"/c calc"!A1', date(2013, 4, 1), date(2022, 6, 30), {"region": "Y56"}),
    ("13Q", "commissioning_hub", "National Hub 1", date(2013, 4, 1), STILL, {}),
    ("A81001", "practice", "The Dales Surgery", date(1974, 4, 1), STILL, {"contract_type": "GMS"}),
    ("A81002", "practice", "Quay, “Old” Practice", date(1974, 4, 1), STILL, {"contract_type": "PMS"}),
    ("A81003", "practice", "-Minus Lane Surgery", date(2014, 1, 1), date(2015, 12, 31), {}),
    ("F84001", "practice", "@ the Green", date(1974, 4, 1), STILL, {"postcode": "E1 1AA"}),
]
BELONGING = [
    ("A81001", "01A", date(2013, 4, 1), date(2018, 3, 31)),
    ("A81001", "01B", MERGED_ON, STILL),
    ("A81002", "01A", date(2013, 4, 1), date(2018, 3, 31)),
    ("A81002", "01B", MERGED_ON, STILL),
    ("A81003", "01B", date(2014, 1, 1), date(2015, 12, 31)),
    ("F84001", "07X", date(2013, 4, 1), STILL),
]
LINES = [
    ["global_sum", "Global Sum", "payment"],
    ["premises", "Premises Payments", "payment"],
    ["deductions", "Deductions", "deduction"],
    ["average", "Average per patient", "average"],
]

FIGURE = FigureDraft(
    id="turnout",
    label="Practices that voted",
    definition="Practices of NHS Ashdale CCG that voted",
    source="The returning officer",
    numerator=1,
    numerator_what="practice that voted",
    numerator_rows=(("organisation/A81001", "The Dales Surgery"),),
    base=2,
    base_what="practices on the roll",
    base_rows=(("organisation/A81001", "The Dales Surgery"), ("organisation/A81002", "=Quay Practice")),
    on=date(2015, 1, 6),
    published="50%",
    published_percent=Decimal(50),
)

# The registers of the delegation programme, with the addresses that `programme` gives them.
PROGRAMME = [
    "/levels",
    "/powers",
    "/powers/matrix",
    "/powers/matrix?power=performance_manage&group=dental",
    "/guidance",
    "/functions",
    "/functions?function=practice_contracts",
    "/first-uses?on=2015-04-01",
    "/commissioners/01A/powers?on=2015-04-01",
    "/rounds",
    "/rounds/2015-level-3/applications",
    "/positions?on=2015-04-01",
    "/counts/approved-3?on=2015-04-01",
    "/positions?on=2015-04-01&level=3",
    "/commissioners/01A/arrangements",
    "/uptake",
    "/uptake/regions?on=2015-04-01",
    "/announcements",
    "/announcements/2015-level-3-told/rows",
    "/conditions",
    "/ledger/openings",
    "/ledger/openings?announcement=2015-level-3-told",
]


def _fact(code: str, about: str, value: str, first: date, last: date) -> Fact:
    return Fact(
        organisation_id=code,
        about=about,
        value=value,
        from_on=first,
        until_on=last,
        basis="stated",
    )


def _source() -> Source:
    return Source.objects.create(
        sha256=SOURCE,
        kind="payments",
        layout="payments 2014-15",
        title="Payments, 2014-15",
        publisher="A publisher",
        licence="Open Government Licence v3.0",
        filename="payments.csv",
        retrieved_on=date(2026, 11, 1),
        as_of=date(2014, 4, 1),
        year=2014,
        size=1234,
        rows=4,
        practices=4,
        commissioners=3,
        columns=[["Practice Code", "practice", 1], ["Surprise", None, 2]],
        payment_columns=LINES,
        remarks=[[3, "Postcode", "??", "This is no postcode"]],
        said_sha256="b" * 64,
        imported_at=AT,
        imported_by="system",
    )


def _sightings(source: Source, facts: list[Fact]) -> list[Sighting]:
    """The source says all of it."""
    claims: dict[str, list[list[str | bool]]] = {}
    for fact in facts:
        days = [fact.from_on.isoformat(), fact.until_on.isoformat()]
        claims.setdefault(fact.organisation_id, []).append([fact.about, fact.value, *days, True])
    return [
        Sighting(source=source, organisation_id=code, row=row, claims=said)
        for row, (code, said) in enumerate(claims.items(), 2)
    ]


@pytest.fixture
def places(db: None) -> None:
    """Three commissioners, two regions, a hub, four practices, one source."""
    source = _source()
    Organisation.objects.bulk_create(Organisation(code=row[0]) for row in NATION)
    facts = []
    for code, kind, name, first, last, others in NATION:
        facts += [_fact(code, "kind", kind, first, last), _fact(code, "name", name, first, last)]
        facts += [_fact(code, about, value, first, last) for about, value in others.items()]
    facts += [_fact(code, "commissioner", value, first, last) for code, value, first, last in BELONGING]
    Fact.objects.bulk_create(facts)
    Sighting.objects.bulk_create(_sightings(source, facts))
    Succession.objects.create(
        predecessor_id="01A", successor_id="01B", on=MERGED_ON, basis="derived", practices=2, of=2
    )
    for code, registered, weighted in (("A81001", "8123", "8500.25"), ("A81002", "100.5", None)):
        ListSize.objects.create(
            organisation_id=code,
            on=date(2014, 4, 1),
            quarter="Q1",
            registered=Decimal(registered),
            weighted=None if weighted is None else Decimal(weighted),
            bands=[["female", 0, 4, 12], ["female", 95, None, 3]],
            source=source,
        )
    PublishedPayments.objects.create(
        organisation_id="A81001",
        source=source,
        year=2014,
        commissioner="01A",
        total_pence=None,
        amounts=[12345678, None, -250, "141.8734"],
    )


@pytest.fixture
def programme(places: None) -> None:
    """Two rounds of 2015: 01A approved for Level 3, 01B on conditions, 07X for Level 2; all told, both signed.

    To be asked for before `nation`: its acts come before the entries there.
    """
    make_round("2015-level-3", decisions_due_on=date(2015, 2, 18))
    make_round("2015-level-2", level=2)
    delegated, waiting = submit("2015-level-3", "01A"), submit("2015-level-3", "01B")
    joint = submit("2015-level-2", "07X", answers={**ANSWERS, "evidence": "none", "asked_on": ""})
    approve(delegated)
    decide(waiting, "conditional")
    approve(joint)
    announce("2015-level-3")
    announce("2015-level-2")
    sign(delegated)
    sign(joint)


@pytest.fixture
def nation(places: None) -> None:
    """The places, one figure, three entries, one checkpoint."""
    with transaction.atomic():
        keep_figure(draft=FIGURE, by=STEWARD, at=AT)
        for number in range(3):
            record(
                act="register.source_loaded",
                by=STEWARD,
                at=AT,
                subject=f"source:{number}",
                under="Register",
                details={"rows": number},
            )
    make_checkpoint(by=SYSTEM, at=AT)


@pytest.fixture
def api(nation: None, client: Client) -> Client:
    """A client, signed in as nobody, with the small nation."""
    return client


@pytest.fixture
def served(nation: None) -> Iterator[None]:
    """The small nation, and requests that leave the test's own connection open, as Django's client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
