"""A commissioner's officer applies on a phone, one minute before noon, and is in; another does without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.journeys.applying import (
    BENEFITS,
    answers_how_members_were_asked,
    answers_the_benefits,
    answers_the_constitution,
    answers_when,
    begins,
    continues,
    fills_in,
    goes_on,
    submits,
)
from tests.journeys.conftest import Visitor
from tests.journeys.nations import Nations
from tests.journeys.the_past import FIVE_TO_NOON, PastSite, london, site_at

pytestmark = pytest.mark.journey

ROUND = "2015-level-3"
RECEIVED = "11:59:00.000000am on Friday 9 January 2015"


@pytest.fixture(scope="module")
def site(nations: Nations) -> Iterator[PastSite]:
    """Friday 9 January 2015, two minutes before noon."""
    with site_at(london(2015, 1, 9, 11, 58), nations, "before_noon", FIVE_TO_NOON) as here:
        yield here


def loses_the_session(officer: Visitor, email: str, password: str) -> None:
    """The cookies are gone: the same page asks to sign in, and then goes on where it was."""
    where = officer.page.url
    officer.context.clear_cookies()
    officer.goes_to(where.removeprefix(officer.site.url))
    officer.page.get_by_label("Email", exact=False).first.fill(email)
    officer.page.get_by_label("Password", exact=False).first.fill(password)
    officer.follows(officer.page.get_by_role("button", name="Sign in", exact=True))
    assert officer.page.url == where


def begins_and_answers(officer: Visitor, email: str, password: str) -> str:
    """One question a page, with two mistakes and a lost session on the way; every page is looked at."""
    application = begins(officer, ROUND)
    officer.sees("Question 1 of")
    officer.finds_the_page_sound_at_every_width()
    continues(officer)
    officer.sees("There is a problem")
    officer.finds_the_page_sound_at_every_width()
    answers_how_members_were_asked(officer)
    answers_when(officer, "2015")
    officer.sees("The date must be today or in the past")
    officer.finds_the_page_sound_at_every_width()
    answers_when(officer, "2014")
    officer.finds_the_page_sound_at_every_width()

    loses_the_session(officer, email, password)
    officer.goes_to(application)
    officer.sees("A ballot of member practices")
    officer.sees("1 December 2014")
    officer.finds_the_page_sound_at_every_width()
    goes_on(officer)

    answers_the_constitution(officer)
    officer.finds_the_page_sound_at_every_width()
    answers_the_benefits(officer)
    return application


def everybody_sees_who_applied(anybody: Visitor, mine: str, application: str) -> None:
    """On the round's page and the application's, which say no more than they should."""
    anybody.goes_to(f"/rounds/{ROUND}/")
    anybody.sees("Closed, decisions awaited")
    assert anybody.reads("Applications received") == "79"
    row = anybody.page.locator("#applications tr", has_text=mine).inner_text()
    assert "9 January 2015 at 11:59am" in row
    assert "A ballot of member practices" in row
    assert "Submitted" in row
    anybody.finds_the_page_sound_at_every_width()
    anybody.goes_to(application)
    assert BENEFITS not in anybody.page.content()
    anybody.finds_the_page_sound_at_every_width()


def test_in_with_a_minute_to_spare(site: PastSite, another_visitor: Callable[..., Visitor]) -> None:
    # given an officer of a group that has not applied, two minutes before the round closes
    mine, theirs = site.could_apply(ROUND, 3)[:2]
    officer, colleague, anybody = another_visitor(320), another_visitor(javascript=False), another_visitor()
    email, password = site.officer_at(mine)
    officer.signs_in(email, password)
    officer.goes_to(f"/rounds/{ROUND}/")
    officer.sees("Apply by midday on Friday 9 January 2015 (and that moment itself is late).")
    officer.sees("2 minutes left when this page was made, at 11:58am on 9 January 2015")
    officer.finds_the_page_sound_at_every_width()

    # when they answer, and check the answers, with the page open twice
    application = begins_and_answers(officer, email, password)
    for text in ("A ballot of member practices", "1 December 2014", "It has been amended", BENEFITS):
        officer.sees(text)
    officer.finds_the_page_sound_at_every_width()
    again = officer.context.new_page()
    again.goto(officer.page.url)

    # then a draft is nobody else's business
    anybody.goes_to(f"/rounds/{ROUND}/")
    assert anybody.reads("Applications received") == "77"
    anybody.goes_to(application, expect=404)
    anybody.is_refused(404)

    # when they submit at 11:59, then the receipt has the time by London's clocks
    site.moves_to(london(2015, 1, 9, 11, 59))
    submits(officer)
    officer.sees("Application submitted")
    officer.sees(RECEIVED)
    officer.finds_the_page_sound_at_every_width()
    receipt = officer.page.locator("main .remit-code").inner_text()

    # and submitting again, from the other page, gives the same receipt
    site.moves_to(london(2015, 1, 9, 11, 59, 40))
    with again.expect_navigation(wait_until="load"):
        again.get_by_role("button", name="Submit the application").click()
    assert again.url == officer.page.url
    assert again.locator("main .remit-code").inner_text() == receipt
    assert RECEIVED in again.inner_text("main")
    officer.goes_to(application)
    officer.sees("Submitted")
    officer.finds_the_page_sound_at_every_width()

    # and somebody else is in without JavaScript, at the last second
    colleague.signs_in(*site.officer_at(theirs))
    fills_in(colleague, ROUND, asked_in="2014")
    site.moves_to(london(2015, 1, 9, 11, 59, 59))
    submits(colleague)
    colleague.sees("11:59:59.000000am on Friday 9 January 2015")

    # and everybody sees who applied and how members were asked, not what only the assessor reads
    site.moves_to(london(2015, 1, 9, 12, 1))
    everybody_sees_who_applied(anybody, mine, application)
    told = site.rows(f"/api/v1/rounds/{ROUND}/applications.csv")
    assert {mine, theirs} <= {each["commissioner"] for each in told}
    assert BENEFITS not in str(told)
    assert site.says("ledger", "verify")["ok"] is True
