"""What was declared follows from its rows, and is what the ledger says: changes behind its back are named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from remit.constitutions import queries as constitutions
from remit.constitutions.models import Clause, Text, TextStep
from remit.motions import queries
from remit.motions.models import Declaration, RollEntry, Vote
from tests.constitution_factories import make_constitution
from tests.motion_factories import declare, make_members, make_motion, vote

pytestmark = pytest.mark.django_db


def declared() -> Declaration:
    codes = make_members()
    made = make_motion()
    vote(made, {codes[0]: "for", codes[1]: "for", codes[2]: "against"})
    return declare(made)


def test_what_nobody_changed_agrees() -> None:
    declared()
    assert list(queries.disagreements()) == []
    assert list(constitutions.disagreements()) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda: Vote.objects.filter(choice="against").update(choice="for"), "do not add up"),
        (lambda: RollEntry.objects.filter(vote__isnull=True).delete(), "do not add up"),
        (lambda: Clause.objects.filter(number="8.2").update(rules=[]), "not those of its recount file"),
        (
            lambda: Declaration.objects.update(result="not_carried"),
            "and is “carried”",
        ),
        (lambda: Declaration.objects.update(option="joint"), "Its option is “joint”, and the ledger says “”"),
        (lambda: Declaration.objects.update(sha256="0" * 64), "the ledger says"),
        (
            lambda: Declaration.objects.update(tally={"practices": {"weights_differ": False, "cells": []}}),
            "tally",
        ),
        (lambda: Declaration.objects.all().delete(), "is gone"),
    ],
)
def test_a_change_behind_the_ledger_is_named(change: Callable[[], object], words: str) -> None:
    made = declared()
    change()
    found = list(queries.disagreements())
    assert words in " ".join(each.message for each in found)
    assert {each.where for each in found} <= {f"motion/{made.motion_id}"}


def test_clauses_and_texts_are_held_to_what_was_adopted() -> None:
    made = make_constitution()
    Clause.objects.filter(text=made, number="8.2").update(words="Anything goes.")
    [found] = constitutions.disagreements()
    assert "not those that ledger entry" in found.message
    Clause.objects.all().delete()
    TextStep.objects.all().delete()
    Text.objects.all().delete()
    [gone] = constitutions.disagreements()
    assert "is gone" in gone.message
