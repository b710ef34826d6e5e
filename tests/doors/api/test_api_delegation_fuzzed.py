"""What the delegation programme and its members made, asked for by its code: answered as the document says."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remit.engines.deadlines import by_time
from tests.consultation_factories import make_consultation
from tests.delegation_factories import make_agreement, make_programme, make_round
from tests.doors.api.test_api_fuzzed import CASES, CHECKS, EVERY, OPERATIONS, QUICK
from tests.motion_factories import make_motion

BELOW = [each for each in EVERY if each not in OPERATIONS]


@pytest.fixture
def codes(programme: None) -> dict[str, str]:
    """The code of one thing of each kind; the agreement's is its id."""
    next_year = by_time(date(2016, 1, 8), time(12))
    make_round("2016-level-3", deadline=next_year, effective_on=date(2016, 4, 1))
    agreement = make_agreement("2016-level-3", "07X").pk
    motion = make_motion("00A")
    return {
        "agreements": agreement,
        "announcements": "2015-level-3-told",
        "constitutions": "00A",
        "consultations": make_consultation("00A").pk,
        "motions": motion.pk,
        "programmes": make_programme("2015-16"),
        "rounds": "2015-level-3",
    }


def test_everything_below_one_of_them_is_asked_for_here() -> None:
    assert {each.path.removeprefix("/api/v1").split(".")[0] for each in BELOW} == {
        "/agreements/{agreement}/log",
        "/announcements/{code}",
        "/announcements/{code}/rows",
        "/constitutions/{code}",
        "/consultations/{consultation}/tallies",
        "/motions/{motion}",
        "/motions/{motion}/roll",
        "/programmes/{code}/documents",
        "/programmes/{code}/interests",
        "/programmes/{code}/statements",
        "/rounds/{code}",
        "/rounds/{code}/applications",
        "/rounds/{code}/decisions-due",
        "/rounds/{code}/duties",
        "/rounds/{code}/late-requests",
        "/rounds/{code}/stages",
        "/rounds/{code}/tallies",
        "/rounds/{code}/timetable",
    }


@pytest.mark.usefixtures("codes", "nation", "served")
@pytest.mark.parametrize("operation", BELOW, ids=[each.path for each in BELOW])
def test_what_is_there_is_answered_as_the_document_says(operation: Any, codes: dict[str, str]) -> None:
    (name,) = [each.name for each in operation.path_parameters]
    code = codes[operation.path.removeprefix("/api/v1/").split("/")[0]]
    case = operation.Case(path_parameters={name: code})
    response = case.call()
    assert response.status_code == 200, response.text
    case.validate_response(response, checks=CHECKS)


@pytest.mark.slow
@pytest.mark.usefixtures("programme", "nation", "served")
@pytest.mark.parametrize("path", ["/api/v1/powers/check", "/api/v1/positions"])
@settings(max_examples=CASES * 5, deadline=None, derandomize=QUICK, suppress_health_check=list(HealthCheck))
@given(sent=st.data())
def test_whatever_is_sent_is_understood_or_refused(path: str, sent: st.DataObject) -> None:
    """Days and instants near the edges of what there is, and texts that are none."""
    operation = next(each for each in EVERY if each.path == path)
    edges = ["2015-03-31T23:30:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2015-02-30"]
    on = sent.draw(
        st.sampled_from(edges) | st.dates().map(str) | st.datetimes().map(str) | st.text(max_size=30)
    )
    code = sent.draw(st.sampled_from(["01A", "A81001", "01a", "x"]))
    query = {"commissioner": code, "power": "approve_mergers"} if "powers" in path else {"region": code}
    operation.Case(query={**query, "on": on}).call_and_validate(checks=CHECKS)
