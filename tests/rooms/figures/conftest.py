"""A programme officer, and a figure in one line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from remit.figures.actions import FigureDraft
from remit.kernel.actor import Actor, RoleAt
from remit.kernel.decision import Refused

Make = Callable[..., FigureDraft]


@pytest.fixture
def officer() -> Actor:
    """Somebody who may record figures."""
    return Actor("01JOFFICER", "X24", frozenset({RoleAt("programme_officer", "X24")}))


@pytest.fixture
def draft() -> Make:
    """64 of 211, with what is changed."""

    def make(**changes: Any) -> FigureDraft:
        said = {
            "id": "approved",
            "label": "Approved for Level 3",
            "definition": "Commissioners approved for delegated commissioning",
            "source": "Decisions recorded in Remit",
            "numerator": 64,
            "numerator_what": "commissioners approved",
            "base": 211,
            "base_what": "commissioners on the day",
            "on": date(2015, 2, 18),
        }
        return FigureDraft(**(said | changes))

    return make


@pytest.fixture
def refused() -> Callable[[Callable[[], object]], tuple[str, str]]:
    """The code and the message of a refusal."""

    def told(act: Callable[[], object]) -> tuple[str, str]:
        with pytest.raises(Refused) as refusal:
            act()
        return refusal.value.code, str(refusal.value)

    return told
