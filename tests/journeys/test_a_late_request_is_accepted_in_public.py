"""Noon has passed: an officer asks to be taken late, that is accepted in public with reasons, and they submit."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.journeys.applying import submits
from tests.journeys.conftest import Visitor
from tests.journeys.nations import Nations
from tests.journeys.the_past import PastSite, london, site_before_any_round

pytestmark = pytest.mark.journey

ROUND = "2015-full"
ASKED = "The line to our offices was cut by builders at 10am."
ANSWERED = "The engineer’s report shows that the line was cut."


@pytest.fixture(scope="module")
def site(nations: Nations) -> Iterator[PastSite]:
    """An open round of the full process, which closes at noon on Friday 9 January 2015."""
    with site_before_any_round(nations, "late") as here:
        here.other_people("open_round", code=ROUND)
        yield here


def answers(programme: Visitor, until: str) -> None:
    """Accept a request until a time on 12 January, with reasons."""
    programme.page.get_by_label("Accept it: it may still be submitted").check()
    for label, value in (("Day", "12"), ("Month", "1"), ("Year", "2015")):
        programme.page.get_by_label(label, exact=True).fill(value)
    programme.page.get_by_label("Until what time?").fill(until)
    programme.page.get_by_label("Why?").fill(ANSWERED)
    programme.follows(programme.page.get_by_role("button", name="Answer", exact=True))


def in_the_log(visitor: Visitor, commissioner: str) -> str:
    """What the public log says of a commissioner."""
    visitor.goes_to(f"/rounds/{ROUND}/late/")
    visitor.finds_the_page_sound_at_every_width()
    return visitor.page.locator("#late tbody tr", has_text=commissioner).inner_text()


def test_asked_accepted_and_submitted(site: PastSite, another_visitor: Callable[..., Visitor]) -> None:
    # given an application that is whole and signed by both, and an officer for whom noon has passed
    mine = site.could_apply(ROUND, 3)[0]
    site.moves_to(london(2015, 1, 9, 9))
    made = site.other_people("begin", round_code=ROUND, commissioner=mine)
    site.other_people("sign_application", **made)
    officer, anybody, programme = another_visitor(320), another_visitor(), another_visitor()
    account = site.officer_at(mine)
    officer.signs_in(*account)
    officer.goes_to(f"/applications/{made['application']}/check/")
    officer.finds_the_page_sound_at_every_width()
    site.moves_to(london(2015, 1, 9, 12))
    submits(officer)
    officer.sees("The deadline has passed")
    officer.is_refused(409)
    officer.finds_the_page_sound_at_every_width()

    # when they ask to be taken late
    officer.follows(officer.page.get_by_role("link", name="ask to be taken late"))
    officer.finds_the_page_sound_at_every_width()
    officer.page.get_by_label("What kept you from submitting in time?").fill(ASKED)
    officer.follows(officer.page.get_by_role("button", name="Ask the national team"))
    officer.finds_the_page_sound_at_every_width()

    # then everybody reads that they asked, not why
    assert "Waits for an answer" in in_the_log(anybody, mine)
    assert ASKED not in anybody.page.content()

    # and the programme officer accepts it, until a time to come
    site.moves_to(london(2015, 1, 9, 15))
    programme.signs_in("programme@demo.remit.example")
    programme.goes_to(f"/rounds/{ROUND}/late/")
    programme.follows(programme.page.get_by_role("link", name="Waits for an answer"))
    programme.sees(ASKED)
    programme.finds_the_page_sound_at_every_width()
    answers(programme, "half past")
    programme.sees("There is a problem")
    programme.finds_the_page_sound_at_every_width()
    answers(programme, "5pm")
    programme.sees("Your answer is public")
    said = in_the_log(anybody, mine)
    assert "Accepted" in said
    assert ANSWERED in said
    assert "May submit until" in said

    # and they submit before it
    site.moves_to(london(2015, 1, 12, 16, 59, 59))
    officer.signs_in(*account)
    officer.goes_to(f"/applications/{made['application']}/check/")
    officer.finds_the_page_sound_at_every_width()
    submits(officer)
    officer.sees("Application submitted")
    officer.sees("4:59:59.000000pm on Monday 12 January 2015")
    officer.finds_the_page_sound_at_every_width()
    assert "12 January 2015" in in_the_log(anybody, mine).split(ANSWERED)[1]
    (row,) = site.rows(f"/api/v1/rounds/{ROUND}/late-requests.csv")
    assert row["commissioner"] == mine
    assert ASKED not in str(row)
    assert site.says("ledger", "verify")["ok"] is True
