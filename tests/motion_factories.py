"""Bodies with member practices, and votes of theirs, for tests: through the room's own actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from remit.kernel.actor import Actor, RoleAt
from remit.motions import actions
from remit.motions.actions.declaring import Scrutiny
from remit.motions.actions.noticing import Notice, Wording
from remit.motions.models import Declaration, Motion
from remit.register.models import STILL, ListSize, Membership, MembershipBody, Organisation, Source
from tests.constitution_factories import CLAUSES, make_constitution, secretary_of
from tests.factories import NOW, OPENED, give_role, make_organisation, make_person

OPENS, CLOSES = NOW + timedelta(days=20), NOW + timedelta(days=30)
DURING, AFTER = OPENS + timedelta(days=1), CLOSES + timedelta(hours=1)
SECRETARY = secretary_of("00A")


def make_members(
    body: str = "00A", number: int = 5, *, kind: str = "ccg", prefix: str = "A8"
) -> tuple[str, ...]:
    """So many practices that are members of a body, which is made if it is not there."""
    if not Organisation.objects.filter(pk=body).exists():
        make_organisation(body, kind)
    members = MembershipBody.objects.create(code=f"{body}-M", form=kind, organisation_id=body)
    codes = tuple(f"{prefix}{each:04}" for each in range(1, number + 1))
    Organisation.objects.bulk_create(Organisation(code=code) for code in codes)
    for code in codes:
        make_organisation(code, "practice", commissioner=body)
    Membership.objects.bulk_create(
        Membership(body=members, practice_id=code, from_on=OPENED, until_on=STILL) for code in codes
    )
    return codes


def manager_of(practice: str) -> Actor:
    """Who votes for a practice."""
    return Actor(f"manager-{practice}", practice, frozenset({RoleAt("practice_manager", practice)}))


def make_gps(practice: str, number: int) -> tuple[Actor, ...]:
    """So many general practitioners of a practice, with accounts."""
    people = [make_person(name=f"Dr {practice} {each}") for each in range(number)]
    for person in people:
        give_role(person, "general_practitioner", practice)
    return tuple(
        Actor(person.pk, practice, frozenset({RoleAt("general_practitioner", practice)})) for person in people
    )


def make_motion(
    body: str = "00A",
    *,
    clauses: Mapping[str, tuple[str, Sequence[Mapping[str, Any]]]] | None = CLAUSES,
    notice: Mapping[str, Any] | None = None,
    at: datetime = NOW,
    **wording: Any,
) -> Motion:
    """A motion whose notice has been given; its body has members and these clauses, unless it has some already."""
    from remit.constitutions.models import Text

    if not MembershipBody.objects.filter(organisation_id=body).exists() and not (notice or {}).get("seats"):
        make_members(body)
    if clauses is not None and not Text.objects.filter(body=body).exists():
        make_constitution(body, clauses, at=at)
    said = {"title": "Apply for delegated powers", "words": "That we apply for Level 3.", **wording}
    by = secretary_of(body)
    made = actions.draft_motion(body=body, wording=Wording(**said), by=by, at=at)
    times = {"opens_at": OPENS, "closes_at": CLOSES, **(notice or {})}
    return actions.give_notice(motion=made.pk, notice=Notice(**times), by=by, at=at)


def vote(motion: Motion, choices: Mapping[str, str], at: datetime = DURING) -> None:
    """Practices vote, by code."""
    for practice, choice in choices.items():
        actions.cast_vote(motion=motion.pk, choice=choice, by=manager_of(practice), at=at)


def declare(motion: Motion, at: datetime = AFTER, **scrutiny: Any) -> Declaration:
    """The result, declared after the close."""
    said = {"scrutineer": "The lay chair", **scrutiny}
    return actions.declare_result(
        motion=motion.pk, scrutiny=Scrutiny(**said), by=secretary_of(motion.body_id), at=at
    )


def list_of(code: str, patients: int) -> None:
    """A practice's list of registered patients on 1 October 2026."""

    source = Source.objects.first() or Source.objects.create(
        kind="lists",
        title="Lists",
        publisher="NHS",
        sha256="0" * 64,
        retrieved_on=NOW.date(),
        as_of=NOW.date(),
        size=1,
        rows=1,
        practices=1,
        commissioners=1,
        columns=[],
        said_sha256="0" * 64,
        imported_at=NOW,
        imported_by="x",
    )
    ListSize.objects.create(
        organisation_id=code,
        on=NOW.date().replace(day=1, month=10),
        quarter="2026-Q3",
        registered=patients,
        source=source,
    )
