"""Every write of every room: how it is called, that it leaves exactly one entry, that it is all or nothing.

A new action fails here until `EXAMPLES` says how to call it.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.apps import apps
from django.db import models, transaction

from remit.accounts import actions as accounts
from remit.accounts.models import RoleHolding
from remit.engines.transparency.notes import WITNESS_KIND, SigningKey, VerifyingKey, sign_note
from remit.figures import actions as figures
from remit.ledger import actions as ledger
from remit.ledger.actions import recording
from remit.ledger.models import Entry
from remit.register import actions as register
from tests.factories import (
    NATIONAL_BODY,
    NOW,
    PASSWORD,
    SYSTEM,
    acting,
    give_role,
    make_organisation,
    make_person,
)

ROOMS = (
    "accounts",
    "constitutions",
    "consultations",
    "delegation",
    "demo",
    "documents",
    "figures",
    "ledger",
    "motions",
    "meetings",
    "register",
)
LATER = NOW + timedelta(minutes=1)

# Actions that are called otherwise than `verb_noun(*, …, by, at)`, and why.
CALLED_OTHERWISE = {
    "accounts.accept_invitation": "no `by`: who joins is whom the act makes",
    "ledger.commit_to": "part of another act, in its transaction",
    "demo.build_demo": "many acts: `at` is asked for the instant of each",
    "demo.cast": "many acts: `at` is asked for the instant of each",
}
# Actions that leave no entry of their own, and why.
NO_ENTRY = {
    "documents.release_documents": "part of another act, whose entry names them",
    "figures.keep_figure": "part of another act, whose entry holds its hash",
    "ledger.commit_to": "part of another act, whose entry holds the commitment",
    "ledger.make_checkpoint": "a statement about the ledger, not an act in it",
    "ledger.add_cosignature": "a statement about the ledger, not an act in it",
}
# Actions made of other actions: each of those leaves its own entry. tests/rooms/demo counts them.
MANY_ACTS = {"demo.build_demo", "demo.cast"}

Act = Callable[[], Any]
EXAMPLES: dict[str, Callable[[], Act]] = {
    name: stage
    for path in sorted(Path(__file__).parent.glob("acts_of_*.py"))
    for name, stage in importlib.import_module(f"tests.house.{path.stem}").STAGES.items()
}


def example(name: str) -> Callable[[Callable[[], Act]], Callable[[], Act]]:
    """What it takes to call an action once: sets the stage, and answers the call."""

    def keep(stage: Callable[[], Act]) -> Callable[[], Act]:
        EXAMPLES[name] = stage
        return stage

    return keep


def public_actions() -> dict[str, FunctionType]:
    """Every action that a room offers."""
    found = {}
    for room in ROOMS:
        module = importlib.import_module(f"remit.{room}.actions")
        names = getattr(module, "__all__", None) or [
            name for name in vars(module) if not name.startswith("_")
        ]
        for name in names:
            thing = getattr(module, name)
            if inspect.isfunction(thing) and thing.__module__.startswith(f"remit.{room}.actions"):
                found[f"{room}.{name}"] = thing
    return found


ACTIONS = public_actions()


# -- one example of each -------------------------------------------------------------------------------------


def board() -> tuple[Any, Any]:
    """A board's administrator, acting, and a colleague."""
    make_organisation("QXX", "icb")
    admin = make_person(("organisation_administrator", "QXX"))
    return acting(admin), make_person(("commissioner_officer", "QXX"))


def invited(by: Any) -> Any:
    return accounts.invite_person(
        email="dora@example.org",
        name="Dora Finch",
        role="commissioner_officer",
        organisation="QXX",
        by=by,
        at=NOW,
        once="stage",
    )


@example("accounts.invite_person")
def _() -> Act:
    by, _colleague = board()
    return lambda: invited(by)


@example("accounts.accept_invitation")
def _() -> Act:
    token = invited(board()[0]).token
    return lambda: accounts.accept_invitation(token=token, password=PASSWORD, at=LATER)


@example("accounts.withdraw_invitation")
def _() -> Act:
    by, _colleague = board()
    made = invited(by).invitation.pk
    return lambda: accounts.withdraw_invitation(invitation=made, by=by, at=LATER)


@example("accounts.register_person")
def _() -> Act:
    make_organisation("QXX", "icb")
    return lambda: accounts.register_person(
        email="dora@example.org",
        name="Dora Finch",
        password=PASSWORD,
        roles=[("witness", "QXX"), ("commissioner_officer", "QXX")],
        by=SYSTEM,
        at=NOW,
    )


@example("accounts.grant_role")
def _() -> Act:
    by, colleague = board()
    return lambda: accounts.grant_role(
        person=colleague.pk, role="witness", organisation="QXX", by=by, at=NOW, once="1"
    )


@example("accounts.end_role")
def _() -> Act:
    by, colleague = board()
    held = RoleHolding.objects.get(person=colleague)
    return lambda: accounts.end_role(holding=held.pk, by=by, at=NOW, once="1")


@example("accounts.erase_person")
def _() -> Act:
    by, colleague = board()
    give_role(colleague, "witness", "QXX")
    return lambda: accounts.erase_person(person=colleague.pk, by=by, at=NOW)


BODIES = b"code,kind,name\r\nLMCVALE,lmc,VALE LOCAL MEDICAL COMMITTEE\r\n"


def steward() -> tuple[Any, Any]:
    """A data steward, acting, and where a file came from."""
    make_organisation(NATIONAL_BODY, "national_body")
    by = acting(make_person(("data_steward", NATIONAL_BODY)))
    return by, register.Provenance(filename="bodies-2026-11-01.csv", retrieved_on=NOW.date())


@example("register.import_file")
def _() -> Act:
    by, where = steward()
    return lambda: register.import_file(kind="organisations", data=BODIES, provenance=where, by=by, at=NOW)


@example("register.import_files")
def _() -> Act:
    """Each file is an act of its own; here there is one."""
    by, where = steward()
    files = [register.FileToImport(kind="organisations", data=BODIES, provenance=where)]
    return lambda: register.import_files(files=files, by=by, at=NOW)


FIGURE = figures.FigureDraft(
    id="answers",
    label="Answers",
    definition="Practices that answered",
    source="A survey",
    numerator=3,
    numerator_what="practices that answered",
    base=4,
    base_what="practices that were asked",
)


@example("figures.keep_figure")
def _() -> Act:
    def act() -> Any:
        with transaction.atomic():
            return figures.keep_figure(draft=FIGURE, by=SYSTEM, at=NOW)

    return act


@example("figures.record_figure")
def _() -> Act:
    return lambda: figures.record_figure(draft=FIGURE, by=SYSTEM, at=NOW, once="1")


@example("figures.record_articles")
def _() -> Act:
    return lambda: figures.record_articles(by=SYSTEM, at=NOW)


@example("ledger.record")
def _() -> Act:
    def act() -> Any:
        with transaction.atomic():
            return ledger.record(
                act="note.made", by=SYSTEM, at=NOW, subject="note/1", under="Rule 1", details={}, once=None
            )

    return act


def commit() -> str:
    with transaction.atomic():
        return ledger.commit_to("Dora Finch", concerning="person/1")


@example("ledger.commit_to")
def _() -> Act:
    return commit


@example("ledger.erase_openings")
def _() -> Act:
    commit()
    return lambda: ledger.erase_openings(concerning="person/1", by=SYSTEM, at=NOW)


@example("ledger.make_checkpoint")
def _() -> Act:
    return lambda: ledger.make_checkpoint(by=SYSTEM, at=NOW)


def outside_witness() -> SigningKey:
    private = Ed25519PrivateKey.from_private_bytes(b"7" * 32)
    public = VerifyingKey("gazette.example", WITNESS_KIND, private.public_key().public_bytes_raw())
    return SigningKey(public, private.sign)


@example("ledger.name_witness")
def _() -> Act:
    return lambda: ledger.name_witness(vkey=outside_witness().public.vkey, by=SYSTEM, at=NOW)


@example("ledger.add_cosignature")
def _() -> Act:
    key = outside_witness()
    ledger.name_witness(vkey=key.public.vkey, by=SYSTEM, at=NOW)
    made = ledger.make_checkpoint(by=SYSTEM, at=NOW)
    text = made.note.split("\n\n")[0] + "\n"
    line = sign_note(text, key, int(NOW.timestamp())).line
    return lambda: ledger.add_cosignature(size=made.size, line=line, by=SYSTEM, at=LATER)


# -- what must hold of all -----------------------------------------------------------------------------------


def test_every_action_has_an_example_and_every_example_an_action() -> None:
    missing = sorted(set(ACTIONS) - set(EXAMPLES) - MANY_ACTS)
    assert not missing, f"add an @example to {__file__} for: {missing}"
    assert set(EXAMPLES) <= set(ACTIONS), "an example of an action that is no more"
    for exceptions in (CALLED_OTHERWISE, NO_ENTRY, MANY_ACTS):
        assert set(exceptions) <= set(ACTIONS), "an exception for an action that is no more"


@pytest.mark.parametrize("name", sorted(set(ACTIONS) - set(CALLED_OTHERWISE)))
def test_actions_take_named_arguments_with_by_and_at(name: str) -> None:
    parameters = inspect.signature(ACTIONS[name]).parameters
    assert all(one.kind is inspect.Parameter.KEYWORD_ONLY for one in parameters.values())
    assert parameters["by"].annotation == "Actor"
    assert parameters["at"].annotation == "datetime"
    assert parameters["by"].default is parameters["at"].default is inspect.Parameter.empty


@pytest.mark.parametrize("name", sorted(CALLED_OTHERWISE))
def test_exceptions_are_exceptions(name: str) -> None:
    parameters = inspect.signature(ACTIONS[name]).parameters
    fits = [parameters[part].annotation for part in ("by", "at") if part in parameters] == [
        "Actor",
        "datetime",
    ]
    assert not fits, f"{name} is called like any other: take it off the list"


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_actions_are_verbs_and_say_what_they_do(name: str) -> None:
    assert inspect.getdoc(ACTIONS[name])
    assert not name.split(".")[1].removesuffix("_meeting").endswith(("ed", "ing"))


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_act_is_one_entry_by_whom_and_when(name: str) -> None:
    act = EXAMPLES[name]()
    before = Entry.objects.count()
    act()
    added = Entry.objects.order_by("index")[before:]
    assert len(added) == (0 if name in NO_ENTRY else 1)
    for entry in added:
        assert entry.by
        assert entry.under, "an act rests on a rule"
        assert entry.at in {NOW, LATER}


def everything_kept() -> dict[str, list[str]]:
    """Every row of every table, as text."""
    return {
        model._meta.label: sorted(repr(row) for row in rows_of(model))
        for model in apps.get_models()
        if not model._meta.proxy
    }


def rows_of(model: type[models.Model]) -> Any:
    return model._default_manager.values_list()


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(EXAMPLES) - set(NO_ENTRY)))
def test_an_act_whose_entry_cannot_be_written_changes_nothing(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = EXAMPLES[name]()
    before = everything_kept()

    def fail(*_: Any) -> Any:
        raise RuntimeError("no more room")

    monkeypatch.setattr(recording, "_append", fail)
    with pytest.raises(RuntimeError, match="no more room"):
        act()
    after = everything_kept()
    assert after == before
