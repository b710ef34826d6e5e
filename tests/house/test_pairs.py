"""Who and when go together: every instant of an act has its actor, and the database holds to it."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from remit.ledger.models import InstantField

# "model field": why an instant has no actor beside it
NOT_AN_ACT = {
    "accounts.Person joined_at": "people join by themselves, or by whoever the ledger's entry names",
    "accounts.Invitation expires_at": "a deadline, not an act",
    "motions.Motion opens_at": "when its vote opens by itself, not an act",
    "motions.Motion closes_at": "when its vote closes by itself, not an act",
    "delegation.Round opens_at": "when it opens, not an act",
    "delegation.Round deadline_at": "a deadline, not an act",
    "delegation.LateDecision last_submission_at": "a deadline of its own, not an act",
    "delegation.PlannedRound opens_at": "when it is to open, not an act",
    "delegation.PlannedRound deadline_at": "a deadline, not an act",
    "delegation.Announcement released_at": "when its embargo ends by itself: who announced it is there",
    "meetings.Meeting meets_at": "when it is to be, not an act",
    "figures.FigureVersion released_at": "when its embargo ends by itself: who recorded it is there",
    "ledger.Head last_at": "when the ledger last grew; its entries say who",
}


def own_models() -> list[Any]:
    return [model for model in apps.get_models() if model.__module__.startswith("remit.")]


def instants() -> list[tuple[Any, Any]]:
    """Every field of ours that holds an instant."""
    return [
        (model, field)
        for model in own_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.DateTimeField | InstantField)
        if field.model is model and field.name not in {"last_login"}
    ]


def name_of(model: Any, field: Any) -> str:
    return f"{model._meta.label} {field.name}"


def spoken(part: Any) -> str:
    """For the names of tests."""
    return part.__name__ if isinstance(part, type) else str(part.name)


def acts() -> list[tuple[Any, Any]]:
    return [(model, field) for model, field in instants() if name_of(model, field) not in NOT_AN_ACT]


def actor_field(model: Any, field: Any) -> str:
    """`granted_at` goes with `granted_by`, `at` with `by`."""
    return "by" if field.name == "at" else field.name.removesuffix("_at") + "_by"


def test_instants_are_named_at_and_days_are_named_on() -> None:
    for model in own_models():
        for field in model._meta.concrete_fields:
            if field.model is not model or field.name == "last_login":
                continue
            if isinstance(field, models.DateTimeField | InstantField):
                assert field.name == "at" or field.name.endswith("_at"), name_of(model, field)
            elif isinstance(field, models.DateField):
                assert field.name in {"on", "as_of"} or field.name.endswith("_on"), name_of(model, field)


def test_there_are_acts_to_check() -> None:
    names = {name_of(model, field) for model, field in acts()}
    assert {"accounts.RoleHolding ended_at", "register.Source imported_at", "ledger.Entry at"} <= names
    assert set(NOT_AN_ACT) <= {name_of(model, field) for model, field in instants()}, "a stale exception"


@pytest.mark.parametrize(("model", "field"), acts(), ids=spoken)
def test_every_act_says_who(model: Any, field: Any) -> None:
    names = {one.name for one in model._meta.concrete_fields}
    assert actor_field(model, field) in names, f"{name_of(model, field)} has no {actor_field(model, field)}"


@pytest.mark.parametrize(("model", "field"), [pair for pair in acts() if pair[1].null], ids=spoken)
def test_an_act_that_may_not_have_happened_has_both_or_neither(model: Any, field: Any) -> None:
    """A CheckConstraint names both fields; tests of each room try to break it."""
    pair = {field.name, actor_field(model, field)}
    held = [
        names_in(constraint.condition)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    ]
    assert pair in held, f"{model._meta.label}: no CheckConstraint keeps {sorted(pair)} together"


@pytest.mark.parametrize(("model", "field"), [pair for pair in acts() if not pair[1].null], ids=spoken)
def test_an_act_that_made_the_row_cannot_be_without_its_actor(model: Any, field: Any) -> None:
    actor = model._meta.get_field(actor_field(model, field))
    assert not actor.null
    assert not actor.blank
    assert not actor.has_default()


def names_in(condition: Any) -> set[str]:
    """The fields that a condition speaks of."""
    found: set[str] = set()
    for child in condition.children:
        if isinstance(child, tuple):
            found.add(child[0].split("__")[0])
        else:
            found |= names_in(child)
    return found
