"""Decisions and announcements are held to what the ledger committed to: changes behind its back are named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from remit.delegation.models import Announced, Announcement, Decision
from remit.delegation.queries import disagreements
from tests.delegation_factories import (
    announce,
    approve,
    decide,
    make_commissioners,
    make_round,
    submit,
    withdraw,
)

pytestmark = pytest.mark.django_db
ROUND = "2015-level-3"


@pytest.fixture(autouse=True)
def announced() -> None:
    """Approved, approved on conditions, declined; announced; and one withdrawn afterwards."""
    make_commissioners("00A", "00B", "00C", "00D")
    make_round()
    made = {code: submit(ROUND, code) for code in ("00A", "00B", "00C", "00D")}
    approve(made["00A"])
    decide(made["00B"], "conditional")
    decide(made["00C"], "declined", reasons="Members were not asked.")
    approve(made["00D"])
    announce(ROUND)
    withdraw(made["00D"])


def test_what_nobody_changed_agrees() -> None:
    assert list(disagreements()) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda: Decision.objects.filter(outcome="declined").update(outcome="approved"),
            "A decision “approved” is not what the ledger committed to",
        ),
        (
            lambda: Decision.objects.filter(outcome="declined").update(reasons="Because."),
            "The decision “declined” of the ledger is not there",
        ),
        (
            lambda: Decision.objects.filter(outcome="withdrawn").update(reasons="Why."),
            "The decision “withdrawn”",
        ),
        (
            lambda: Announced.objects.filter(outcome="conditional").update(outcome="approved"),
            "Its list is not the one that was frozen",
        ),
        (
            lambda: Announced.objects.filter(commissioner="00A").update(commissioner="00C"),
            "not the one that was frozen",
        ),
        (lambda: Announcement.objects.update(sha256="0" * 64), "and the ledger says"),
        (
            lambda: Announcement.objects.update(headline="Everybody approved"),
            "Its headline is “Everybody approved”",
        ),
    ],
)
def test_a_change_behind_the_ledger_is_named(change: Callable[[], object], words: str) -> None:
    change()
    assert words in " ".join(each.message for each in disagreements())
