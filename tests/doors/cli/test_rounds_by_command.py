"""`remit round lint`: for whom a round's timetable is possible."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.delegation_factories import london, make_commissioners, make_programme, plan
from tests.doors.cli.conftest import Ran

pytestmark = pytest.mark.django_db

Remit = Callable[..., Ran]


def test_who_cannot_be_ready_is_named_and_the_exit_code_says_so(remit: Remit) -> None:
    make_commissioners("00A")
    plan(make_programme(), "2015-level-3", opens_at=london(2014, 11, 24))
    ran = remit("round", "lint", "2015-level-3")
    assert ran.code == 3
    assert "2014-11-07" in ran.stdout
    assert "00A" in ran.stdout
    assert "1 of 1 commissioners cannot be ready in time" in ran.stderr
    found = json.loads(remit("round", "lint", "2015-level-3", "--json").stdout)
    assert found["commissioners"][0]["short_by"] == 17
    assert not found["is_clean"]


def test_a_possible_round_and_one_that_is_not_there(remit: Remit) -> None:
    make_commissioners("00A")
    plan(make_programme(), "2015-level-3", opens_at=london(2014, 11, 7))
    ran = remit("round", "lint", "2015-level-3")
    assert (ran.code, "All 1 commissioners" in ran.stdout) == (0, True)
    assert remit("round", "lint", "none").code == 4
