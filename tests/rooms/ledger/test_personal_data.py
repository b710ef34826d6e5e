"""Commitments and their erasure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from remit.engines.transparency.commitments import commitment
from remit.kernel.actor import Actor
from remit.ledger import actions, queries
from remit.ledger.models import Opening

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 21, 9, tzinfo=UTC)


def commit(value: str, concerning: str) -> str:
    """In a transaction of its own."""
    with transaction.atomic():
        return actions.commit_to(value, concerning=concerning)


def test_a_commitment_can_be_opened() -> None:
    """By whoever is given salt and value; the same value twice looks different."""
    first, second = commit("Jo Bloggs", "person-1"), commit("Jo Bloggs", "person-1")
    assert first != second
    opening = queries.opening_of(first)
    assert opening is not None
    assert (opening.value, opening.concerning) == ("Jo Bloggs", "person-1")
    assert commitment(bytes(opening.salt), opening.value) == first


def test_erasure_leaves_a_sound_ledger_that_says_nothing(somebody: Actor) -> None:
    """Only that person's openings go; the entry counts them; the ledger verifies as before."""
    mine, more, other = commit("a", "person-1"), commit("b", "person-1"), commit("c", "person-2")
    with transaction.atomic():
        actions.record(
            act="note.made",
            by=somebody,
            at=START,
            subject="x",
            under="",
            details={"name": mine, "more": more, "other": other},
        )
    entry = actions.erase_openings(concerning="person-1", by=somebody, at=START)
    assert (entry.act, entry.subject, entry.details) == ("ledger.openings_erased", "person-1", {"erased": 2})
    assert queries.opening_of(mine) is None
    assert queries.opening_of(other) is not None
    assert queries.verify().ok


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"value": "Mo Bloggs"}, "opening_changed"),
        ({"salt": bytes(32)}, "opening_changed"),
        ({"salt": b"short"}, "opening_changed"),
        ({"commitment": "sha256:" + "0" * 64}, "opening_changed"),
    ],
)
def test_an_opening_that_was_edited_is_found(somebody: Actor, change: dict[str, Any], code: str) -> None:
    """Else a name could be put into somebody's mouth: the ledger holds only the commitment."""
    with transaction.atomic():
        made = actions.commit_to("Jo Bloggs", concerning="person-1")
        actions.record(act="note.made", by=somebody, at=START, subject="x", under="", details={"name": made})
    assert queries.verify().ok
    Opening.objects.update(**change)
    report = queries.verify()
    assert code in {fault.code for fault in report.faults}
    assert "Bloggs" not in str(report.faults)


def test_what_is_kept_without_an_entry_is_found(somebody: Actor) -> None:
    """Personal data that no act committed to, which no erasure would find."""
    made = commit("Jo Bloggs", "person-1")
    (fault,) = queries.verify().faults
    assert (fault.code, made in fault.message) == ("opening_unexpected", True)
