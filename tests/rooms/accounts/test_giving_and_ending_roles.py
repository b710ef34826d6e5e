"""Giving roles to colleagues and ending them: never one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from remit.accounts.actions import end_role, grant_role
from remit.accounts.models import Person, RoleHolding
from remit.accounts.queries import actor_for
from remit.kernel.actor import ANYONE, RoleAt
from remit.ledger.models import Entry
from tests.factories import NOW, give_role

BOARD, PRACTICE = "QXX", "A89999"
LATER = NOW + timedelta(hours=1)
Refusal = Callable[..., str]


def grant(place: Any, **changes: Any) -> RoleHolding:
    asked = {
        "person": place.colleague.pk,
        "role": "witness",
        "organisation": BOARD,
        "by": place.by,
        "at": NOW,
        "once": "form-1",
    }
    return grant_role(**(asked | changes))


def end(place: Any, holding: RoleHolding | str, **changes: Any) -> RoleHolding:
    key = holding if isinstance(holding, str) else holding.pk
    return end_role(**({"holding": key, "by": place.by, "at": LATER, "once": "form-2"} | changes))


def test_a_role_is_given_from_an_instant_by_somebody_in_one_entry(place: Any) -> None:
    held = grant(place)
    assert (held.role, held.granted_at, held.granted_by, held.ended_at, held.ended_by) == (
        "witness",
        NOW,
        place.admin.pk,
        None,
        "",
    )
    entry = Entry.objects.get()
    assert (entry.act, entry.subject) == ("role.granted", f"holding/{held.pk}")
    assert entry.details == {"person": place.colleague.pk, "role": "witness", "organisation": BOARD}
    assert RoleAt("witness", BOARD) in actor_for(place.colleague.pk, BOARD, NOW.date()).roles


def test_the_same_form_sent_twice_gives_the_role_once(place: Any) -> None:
    assert grant(place) == grant(place)
    assert Entry.objects.count() == 1


def test_a_role_held_already_is_not_given_again(place: Any, refused: Refusal) -> None:
    grant(place)
    assert refused(grant, place, once="form-9") == "already_done"


def test_an_ended_role_can_be_given_again(place: Any) -> None:
    first = grant(place)
    end(place, first)
    second = grant(place, once="form-3", at=LATER)
    assert second.pk != first.pk
    assert second.ended_at is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"role": "practice_manager"}, "wrong_kind"),
        ({"role": "emperor"}, "no_such_role"),
        ({"person": "nobody"}, "not_found"),
        ({"organisation": PRACTICE}, "not_permitted"),
        ({"by": ANYONE}, "sign_in"),
    ],
)
def test_giving_a_role_is_refused(place: Any, refused: Refusal, changes: dict[str, Any], code: str) -> None:
    assert refused(grant, place, **changes) == code


def test_nobody_gives_themselves_a_role(place: Any, refused: Refusal) -> None:
    assert refused(grant, place, person=place.admin.pk) == "own_role"


def test_only_administrators_give_roles(place: Any, refused: Refusal) -> None:
    assert refused(grant, place, by=place.by_colleague, person=place.admin.pk) == "not_permitted"


def test_somebody_of_another_organisation_is_not_found(place: Any, refused: Refusal) -> None:
    assert refused(grant, place, person=place.outsider.pk) == "not_found"


def test_somebody_made_inactive_is_not_found(place: Any, refused: Refusal) -> None:
    Person.objects.filter(pk=place.colleague.pk).update(is_active=False)
    assert refused(grant, place) == "not_found"


def test_a_role_ends_at_an_instant_by_somebody_in_one_entry(place: Any) -> None:
    held = RoleHolding.objects.get(person=place.colleague)
    ended = end(place, held)
    held.refresh_from_db()
    assert ended == held
    assert (held.ended_at, held.ended_by) == (LATER, place.admin.pk)
    entry = Entry.objects.get()
    assert (entry.act, entry.subject) == ("role.ended", f"holding/{held.pk}")
    assert actor_for(place.colleague.pk, BOARD, NOW.date()).roles == frozenset()


def test_ending_a_role_twice_ends_it_once(place: Any) -> None:
    held = RoleHolding.objects.get(person=place.colleague)
    end(place, held)
    again = end(place, held, at=LATER + timedelta(days=1), once="form-9")
    assert again.ended_at == LATER
    assert Entry.objects.count() == 1


def test_nobody_ends_their_own_role(place: Any, refused: Refusal) -> None:
    assert refused(end, place, RoleHolding.objects.get(person=place.admin)) == "own_role"


def test_a_role_of_another_organisation_is_not_found_even_where_one_works_there_too(
    place: Any, refused: Refusal
) -> None:
    theirs = RoleHolding.objects.get(person=place.outsider)
    assert refused(end, place, theirs) == "not_found"
    assert refused(end, place, "nothing") == "not_found"
    give_role(place.admin, "organisation_administrator", PRACTICE)
    assert refused(end, place, theirs) == "not_found"  # still acting for the board


def test_only_administrators_end_roles(place: Any, refused: Refusal) -> None:
    held = RoleHolding.objects.get(person=place.admin)
    assert refused(end, place, held, by=place.by_colleague) == "not_permitted"
