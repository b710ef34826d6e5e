"""Whoever has an interest in a commissioner reads no more of its application than everybody can."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from remit.delegation import actions, queries
from remit.delegation.models import Application
from remit.kernel.actor import ANYONE, Actor, RoleAt
from remit.kernel.decision import Refused
from tests.delegation_doors import asking, document, links, main
from tests.delegation_factories import ASSESSOR, DEADLINE, decide, make_round, submit
from tests.delegation_filling import FULL_ROUND, make_full_round, submit_full
from tests.factories import NATIONAL_BODY, make_organisation

pytestmark = pytest.mark.django_db

AT = DEADLINE.at + timedelta(days=7)
OTHER = Actor("test-other", NATIONAL_BODY, frozenset({RoleAt("national_assessor", NATIONAL_BODY)}))


@pytest.fixture
def made(settings: Any) -> Application:
    settings.REMIT_TRUST_REQUEST_START = True
    make_organisation(NATIONAL_BODY, "national_body", "NHS England")
    make_full_round(FULL_ROUND, "00A", "00B")
    return submit_full("00A")


def declare(by: Actor, organisation: str = "00A") -> None:
    actions.declare_interest(
        organisation=organisation, kind="financial", what="A share", began_on=AT.date(), by=by, at=AT
    )


def refused(act: Any, **said: Any) -> str:
    with pytest.raises(Refused) as caught:
        act(**said)
    return caught.value.code


def test_answers_for_assessors_are_not_read_by_one_with_an_interest(made: Application) -> None:
    before = queries.application(made.pk, AT, ASSESSOR)
    assert before is not None
    assert before.answers["strategy"] == "It follows the five-year plan."
    declare(ASSESSOR)
    kept_out, public = (queries.application(made.pk, AT, each) for each in (ASSESSOR, ANYONE))
    assert kept_out == public
    assert kept_out is not None
    assert "strategy" not in kept_out.answers
    assert queries.applications_to_decide(ASSESSOR, AT) == []
    assert [row.id for row in queries.applications_to_decide(OTHER, AT)] == [made.pk]


def test_an_outcome_that_is_not_public_is_not_read_by_one_with_an_interest(made: Application) -> None:
    make_round("short")
    short = submit("short", made.commissioner_id)
    decide(short, "approved", at=AT, by=OTHER)
    assert queries.outcome_of(short.pk, AT, ASSESSOR) is not None
    declare(ASSESSOR)
    assert queries.outcome_of(short.pk, AT, ASSESSOR) is None
    kept_out = queries.application(short.pk, AT, ASSESSOR)
    assert kept_out is not None
    assert kept_out.decisions == ()


def test_changes_are_neither_asked_for_nor_closed_nor_read_by_one_with_an_interest(made: Application) -> None:
    said = {"application": made.pk, "question": "strategy", "words": "Which plan?", "at": AT}
    asked = actions.request_change(**said, by=OTHER)
    assert len(queries.changes_of(made.pk, ASSESSOR, AT)) == 1
    declare(ASSESSOR)
    assert refused(actions.request_change, **said, by=ASSESSOR) == "conflicted"
    assert refused(actions.close_change, change=asked.pk, by=ASSESSOR, at=AT) == "conflicted"
    assert queries.changes_of(made.pk, ASSESSOR, AT) == []


def test_the_pages_refuse_one_with_an_interest_and_say_why(made: Application) -> None:
    who = asking("national_assessor", NATIONAL_BODY, at=AT)
    page = f"/applications/{made.pk}/"
    assert f"{page}decide/" in links(who.page(page)).values()
    person = who.client.session["_auth_user_id"]
    declare(Actor(person, NATIONAL_BODY, frozenset({RoleAt("national_assessor", NATIONAL_BODY)})))
    shown = who.page(page)
    assert "You have declared an interest" in main(shown)
    assert not {f"{page}decide/", f"{page}changes/"} & set(links(shown).values())
    for part in ("decide/", "changes/", "changes/new/"):
        told = main(document(who.get(page + part), 403))
        assert "You have a declared interest in 00A" in told
