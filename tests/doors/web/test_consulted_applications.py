"""What the page of an application says of consultations, to the assessor and to everybody."""

from __future__ import annotations

from typing import Any

import pytest

from remit.register.models import Membership, MembershipBody
from tests.consultation_factories import make_consultation
from tests.delegation_doors import asking, main, rows_of
from tests.delegation_factories import ANSWERS, london, make_round, submit
from tests.factories import NATIONAL_BODY, make_organisation

pytestmark = pytest.mark.django_db
ROUND = "2015-level-3"
AT = london(2015, 1, 20)
BEFORE = london(2014, 12, 1)


@pytest.fixture(autouse=True)
def _a_round(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True
    make_organisation(NATIONAL_BODY, "national_body", "NHS ENGLAND")
    make_organisation("00A", "ccg", "NHS VALE CCG")
    make_organisation("A00001", "practice", commissioner="00A")
    MembershipBody.objects.create(code="00A-members", form="ccg", organisation_id="00A")
    Membership.objects.create(
        body_id="00A-members", practice_id="A00001", from_on="2013-04-01", until_on="2020-03-31"
    )


@pytest.mark.seed("S2-24")
@pytest.mark.seed("S2-37")
def test_the_assessor_sees_the_badge_and_that_the_checklist_is_incomplete() -> None:
    made = make_consultation(days=10, at=BEFORE)
    make_round(ROUND)
    application = submit(ROUND, "00A").pk
    for who in (("national_assessor", NATIONAL_BODY), ()):
        page = asking(*who, at=AT).page(f"/applications/{application}/")
        row = rows_of(page, "consulted")[0]
        assert row[0].startswith(made.title)
        assert row[1] == "10 days: below minimum (28)"
        assert row[2].startswith("Checklist incomplete Not met: Members could talk it over; Members had long")
        assert "Decided without a step for members" not in main(page)


@pytest.mark.seed("S2-25")
def test_a_decision_without_a_step_for_members_is_labelled() -> None:
    make_round(ROUND)
    bare = submit(ROUND, "00A", answers={**ANSWERS, "evidence": "none", "asked_on": ""}).pk
    assert "Decided without a step for members" in main(asking(at=AT).page(f"/applications/{bare}/"))


def test_a_ballot_is_a_step_for_members() -> None:
    make_round(ROUND)
    asked = submit(ROUND, "00A", answers={**ANSWERS, "evidence": "ballot"}).pk
    assert "Decided without a step for members" not in main(asking(at=AT).page(f"/applications/{asked}/"))
