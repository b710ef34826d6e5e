"""A commissioner and a practice with their people, all invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from remit.accounts.models import Person
from remit.kernel.actor import Actor
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from tests.factories import acting, make_organisation, make_person

BOARD, PRACTICE = "QXX", "A89999"


@dataclass(frozen=True)
class Place:
    """`admin` administers the board, `colleague` works there; `outsider` administers the practice."""

    admin: Person
    colleague: Person
    outsider: Person

    @property
    def by(self) -> Actor:
        """The board's administrator, acting."""
        return acting(self.admin, BOARD)

    @property
    def by_colleague(self) -> Actor:
        """The colleague, acting."""
        return acting(self.colleague, BOARD)

    @property
    def by_outsider(self) -> Actor:
        """The practice's administrator, acting."""
        return acting(self.outsider, PRACTICE)


@pytest.fixture
def place(db: None) -> Place:
    """NHS Vale ICB and Mill Lane Surgery, with three people."""
    make_organisation(BOARD, "icb", "NHS Vale Integrated Care Board")
    make_organisation(PRACTICE, "practice", "Mill Lane Surgery")
    return Place(
        admin=make_person(
            ("organisation_administrator", BOARD), name="Ada Marsh", email="ada@vale.example.org"
        ),
        colleague=make_person(
            ("commissioner_officer", BOARD), name="Benedict Okoro", email="ben@vale.example.org"
        ),
        outsider=make_person(
            ("organisation_administrator", PRACTICE), name="Catrin Lowe", email="cat@mill.example.org"
        ),
    )


@pytest.fixture
def refused(db: None) -> Callable[..., str]:
    """Try something that must be refused: answers the code, and checks that nothing was written."""

    def attempt(action: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
        before = Entry.objects.count()
        with pytest.raises(Refused) as refusal:
            action(*args, **kwargs)
        assert Entry.objects.count() == before, "a refusal left an entry"
        assert all(reason.message.endswith(".") for reason in refusal.value.reasons)
        return refusal.value.code

    return attempt
