"""What the rules turn away changes nothing, and leaves one entry that says which act and why, and nobody's words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from remit.delegation import actions
from remit.delegation.models import Application
from remit.documents.actions import keep_document
from remit.kernel.actor import ANYONE
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from remit.web.ledger.words import WORDS
from tests.assessment_factories import FIRST, assign_pair, scores
from tests.delegation_factories import (
    ASSESSOR,
    DEADLINE,
    PROGRAMME,
    WEEK,
    decide,
    draft,
    make_commissioners,
    make_round,
    officer_of,
    submit,
)

pytestmark = pytest.mark.django_db

ROUND = "2015-level-3"
AT = DEADLINE.at + WEEK


@pytest.fixture
def made() -> Application:
    make_commissioners("00A", "00B")
    make_round()
    return submit(ROUND, "00A")


def noted(act: Callable[..., Any], **given: Any) -> Entry:
    """The one entry that a refused call leaves."""
    before = Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        act(**given)
    (entry,) = Entry.objects.order_by("index")[before:]
    assert entry.act == "act.refused"
    assert act.__name__ in entry.body
    assert (f'"{refusal.value.code}"' in entry.body) != ("sha256:" in entry.body)
    return entry


def test_an_unfinished_or_foreign_submission_leaves_its_entry(made: Application) -> None:
    other = draft(ROUND, "00B", answers={})
    for by in (officer_of("00B"), officer_of("00A")):
        entry = noted(
            actions.submit_application, application=other.pk, by=by, at=DEADLINE.at - timedelta(minutes=1)
        )
        assert entry.subject == f"application/{other.pk}"


def test_a_conflicted_or_unjustified_score_leaves_its_entry_without_its_words(made: Application) -> None:
    assign_pair(made.pk, at=AT)
    given = {"application": made.pk, "by": FIRST, "at": AT}
    noted(actions.hand_in_scores, **given)
    entry = noted(actions.score_criteria, scores={"finance": (9, "A secret reason")}, **given)
    assert "secret" not in entry.body
    assert made.pk not in entry.body, "the other assessor could count"
    actions.declare_interest(
        organisation="00A", kind="financial", what="A share", began_on=AT.date(), by=FIRST, at=AT
    )
    noted(actions.score_criteria, scores=scores(3), **given)
    noted(actions.assign_assessor, application=made.pk, person=FIRST.person, by=PROGRAMME, at=AT)


def test_a_decision_that_is_refused_leaves_its_entry_which_tells_no_earlier_outcome(
    made: Application,
) -> None:
    decide(made, "declined", at=AT)
    given = {"application": made.pk, "outcome": "approved", "reasons": "Secret.", "at": AT}
    assert "wrong_state" not in noted(actions.decide_application, by=ASSESSOR, **given).body
    noted(actions.decide_application, by=ASSESSOR, seen="", **given)


def test_an_announcement_that_is_refused_leaves_its_entry_without_its_words(made: Application) -> None:
    decide(made, "approved", at=AT)
    said = {"code": "soon", "rounds": [ROUND], "headline": "99 boards approved", "by": PROGRAMME, "at": AT}
    entry = noted(actions.announce_decisions, **said)
    assert "99" not in entry.body
    assert "soon" not in entry.body


def test_a_file_that_is_refused_leaves_its_entry_and_a_visitor_none() -> None:
    given = {"name": "a.pdf", "content": b"", "owner": "00A", "is_public": False, "at": AT}
    make_commissioners("00A")
    noted(keep_document, by=officer_of("00A"), **given)
    before = Entry.objects.count()
    with pytest.raises(Refused):
        keep_document(by=ANYONE, **given)
    assert Entry.objects.count() == before


def test_the_act_has_its_words() -> None:
    assert WORDS["act.refused"]
