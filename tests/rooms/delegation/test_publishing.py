"""Outcomes other than approvals: their commissioner knows at once, the public once it may, and all are counted."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from remit.delegation import actions, queries
from remit.delegation.models import Application
from remit.kernel.decision import Refused
from tests.delegation_factories import (
    ASSESSOR,
    DEADLINE,
    PROGRAMME,
    WEEK,
    announce,
    approve,
    decide,
    make_commissioners,
    make_round,
    officer_of,
    sign,
    submit,
    withdraw,
)

pytestmark = pytest.mark.django_db

ROUND = "2015-level-3"
TOLD = DEADLINE.at + 2 * WEEK
LATER = TOLD + 8 * WEEK
MOMENT = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def _decided() -> None:
    """One approved, three others each with another outcome."""
    outcomes = {"00A": "approved", "00B": "declined", "00C": "deferred", "00D": "lower_level_offered"}
    make_commissioners(*outcomes)
    make_round()
    sent = {code: submit(ROUND, code) for code in outcomes}
    for code, outcome in outcomes.items():
        decide(sent[code], outcome, reasons=f"Why {code} was {outcome}.")


def id_of(commissioner: str) -> str:
    return Application.objects.get(commissioner=commissioner).pk


def public(at=LATER) -> dict[str, str]:
    return {row.commissioner: row.state for row in queries.applications_in(ROUND, at)}


def own(commissioner: str, at=TOLD) -> str:
    [row] = queries.applications_of(officer_of(commissioner), at)
    page = queries.application(row.id, at, officer_of(commissioner))
    assert page is not None
    assert page.row.state == row.state
    return row.state


def close(at=LATER) -> None:
    actions.close_round(code=ROUND, by=PROGRAMME, at=at)


def test_a_commissioner_that_was_not_approved_knows_at_once_and_why() -> None:
    assert own("00B", DEADLINE.at + WEEK) == "declined"
    assert [own(code) for code in ("00B", "00C", "00D")] == ["declined", "deferred", "lower_level_offered"]
    page = queries.application(id_of("00B"), TOLD, officer_of("00B"))
    assert page is not None
    assert [each.reasons for each in page.decisions] == ["Why 00B was declined."]
    assert own("00A") == "submitted", "an approval is told by its announcement"


def test_the_public_hears_that_it_was_not_approved_and_no_more_until_the_round_is_closed() -> None:
    assert set(public(TOLD).values()) == {"submitted"}
    announce(ROUND)
    untold = dict.fromkeys(("00B", "00C", "00D"), "not_announced")
    assert public() == {"00A": "approved", **untold}
    page = queries.application(id_of("00B"), LATER)
    assert page is not None
    assert (page.row.state, page.decisions) == ("not_announced", ())
    close()
    assert public(LATER - MOMENT) == {"00A": "approved", **untold}
    assert public() == {
        "00A": "approved",
        "00B": "declined",
        "00C": "deferred",
        "00D": "lower_level_offered",
    }
    row = queries.round_of(ROUND, LATER)
    assert row is not None
    assert (row.applied, row.decided) == (4, 4)


def test_a_commissioner_that_agrees_is_told_with_the_announcement() -> None:
    actions.agree_publication(application=id_of("00B"), by=officer_of("00B"), at=DEADLINE.at + WEEK + MOMENT)
    assert public(TOLD - MOMENT)["00B"] == "submitted"
    announce(ROUND)
    assert public(TOLD) == {
        "00A": "approved",
        "00B": "declined",
        "00C": "not_announced",
        "00D": "not_announced",
    }
    actions.agree_publication(application=id_of("00C"), by=officer_of("00C"), at=LATER)
    assert public(LATER - MOMENT)["00C"] == "not_announced"
    assert public()["00C"] == "deferred", "after the announcement it is told at once"


def test_an_embargo_holds_for_what_was_agreed_too() -> None:
    actions.agree_publication(application=id_of("00B"), by=officer_of("00B"), at=DEADLINE.at + WEEK + MOMENT)
    announce(ROUND, embargo_until=TOLD + WEEK)
    assert public(TOLD + WEEK - MOMENT)["00B"] == "submitted"
    assert public(TOLD + WEEK)["00B"] == "declined"


def test_a_withdrawal_that_follows_no_announcement_is_public_at_once() -> None:
    withdraw(id_of("00A"), at=TOLD)
    assert public(TOLD)["00A"] == "withdrawn"
    page = queries.application(id_of("00A"), LATER)
    assert page is not None
    assert [each.outcome for each in page.decisions] == ["withdrawn"], "the approval before it stays untold"


def test_closing_and_agreeing_again_change_nothing() -> None:
    first = actions.agree_publication(application=id_of("00B"), by=officer_of("00B"), at=TOLD)
    again = actions.agree_publication(application=id_of("00B"), by=officer_of("00B"), at=LATER)
    assert first.agreed_at == again.agreed_at == TOLD
    announce(ROUND)
    close()
    assert actions.close_round(code=ROUND, by=PROGRAMME, at=LATER + WEEK).closed_at == LATER
    assert queries.closed_at(ROUND, LATER - MOMENT) is None
    assert queries.closed_at(ROUND, LATER) == LATER


def test_what_cannot_be_closed() -> None:
    with pytest.raises(Refused) as refused:
        close()
    assert refused.value.code == "still_waiting", "an approval is not announced"
    announce(ROUND, embargo_until=LATER + WEEK)
    with pytest.raises(Refused) as refused:
        close()
    assert refused.value.code == "still_waiting", "its announcement is under embargo"
    for by in (ASSESSOR, officer_of("00A")):
        with pytest.raises(Refused) as refused:
            actions.close_round(code=ROUND, by=by, at=LATER + 2 * WEEK)
        assert refused.value.code == "not_permitted"
    with pytest.raises(Refused) as refused:
        actions.close_round(code="no-such", by=PROGRAMME, at=LATER)
    assert refused.value.code == "not_found"
    make_round("2016-level-3", deadline=type(DEADLINE)(LATER + WEEK), effective_on=(LATER + 2 * WEEK).date())
    with pytest.raises(Refused) as refused:
        actions.close_round(code="2016-level-3", by=PROGRAMME, at=LATER)
    assert refused.value.code == "not_over"


def test_what_waits_keeps_a_round_from_closing() -> None:
    announce(ROUND)
    make_commissioners("00E")
    make_round("2016-level-3", deadline=type(DEADLINE)(LATER), effective_on=(LATER + 9 * WEEK).date())
    waiting = submit("2016-level-3", "00E")
    with pytest.raises(Refused) as refused:
        actions.close_round(code="2016-level-3", by=PROGRAMME, at=LATER + WEEK)
    assert refused.value.code == "still_waiting"
    decide(waiting, "declined", at=LATER + WEEK)
    actions.close_round(code="2016-level-3", by=PROGRAMME, at=LATER + WEEK)


def test_only_its_own_commissioner_agrees_and_only_to_an_outcome_other_than_approval() -> None:
    for commissioner, by, code in (
        ("00B", officer_of("00C"), "not_permitted"),
        ("00B", PROGRAMME, "not_permitted"),
        ("00A", officer_of("00A"), "wrong_state"),
    ):
        with pytest.raises(Refused) as refused:
            actions.agree_publication(application=id_of(commissioner), by=by, at=TOLD)
        assert refused.value.code == code


def test_who_runs_rounds_sees_what_closing_would_publish() -> None:
    announce(ROUND)
    rows = queries.outcomes_to_publish(ROUND, PROGRAMME, LATER)
    assert [(row.commissioner, row.state) for row in rows] == [
        ("00B", "declined"),
        ("00C", "deferred"),
        ("00D", "lower_level_offered"),
    ]
    assert queries.outcomes_to_publish(ROUND, officer_of("00B"), LATER) == []
    close()
    assert queries.outcomes_to_publish(ROUND, PROGRAMME, LATER) == []


def test_an_approval_that_is_not_decided_last_stays_out() -> None:
    approve(id_of("00C"), at=TOLD)
    assert own("00C", TOLD) == "deferred", "its approval waits for the announcement"


@pytest.mark.seed("S3-08")
def test_applied_approved_signed_and_in_effect_are_counted_apart() -> None:
    def counts(at: datetime) -> dict[str, int]:
        return {
            each.code: each.count for each in queries.funnel_of(ROUND, queries.applications_in(ROUND, at), at)
        }

    assert counts(TOLD - MOMENT)["waiting"] == 4
    announce(ROUND)
    told = {"applied": 4, "waiting": 0, "approved": 1, "conditional": 0, "not-approved": 3, "withdrawn": 0}
    assert counts(TOLD) == {**told, "signed": 0, "effective": 0}
    sign(id_of("00A"), at=TOLD + WEEK)
    assert counts(TOLD + WEEK) == {**told, "signed": 1, "effective": 0}
    assert counts(LATER + 2 * WEEK) == {**told, "signed": 1, "effective": 1}
