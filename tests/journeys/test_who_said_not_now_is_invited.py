"""An officer says “not now” to this year's round, with the reason; when next year's opens they are invited to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.journeys.conftest import Visitor
from tests.journeys.nations import Nations
from tests.journeys.the_past import PastSite, london, site_before_any_round

pytestmark = pytest.mark.journey

THIS_YEAR, NEXT_YEAR, NEXT_ROUND = "2015-16", "2016-17", "2016-full"
REASON = "Our members want to see the model terms of reference first."


@pytest.fixture(scope="module")
def site(nations: Nations) -> Iterator[PastSite]:
    """Thursday 6 November 2014: the programme of the year was published yesterday."""
    with site_before_any_round(nations, "not_now") as here:
        yield here


def says_not_now(officer: Visitor, reason: str) -> None:
    """Fill in what the organisation plans, and send it."""
    officer.page.get_by_label("Not now, later").check()
    officer.page.get_by_label("Why?").fill(reason)
    officer.follows(officer.page.get_by_role("button", name="Record it"))


def opens_the_round(programme: Visitor) -> None:
    """From the programme's page, once what the timetable linter says was read."""
    programme.signs_in("programme@demo.remit.example")
    programme.goes_to(f"/programmes/{NEXT_YEAR}/")
    programme.follows(programme.page.get_by_role("link", name="Delegated commissioning for all", exact=True))
    programme.finds_the_page_sound_at_every_width()
    programme.follows(programme.page.get_by_role("button", name="Open the round"))
    programme.sees("Say whether it is sealed")
    programme.finds_the_page_sound_at_every_width()
    for question in "Is it sealed?", "Can an impossible timetable stop it?":
        programme.page.get_by_role("group", name=question).get_by_label("No", exact=True).check()
    programme.follows(programme.page.get_by_role("button", name="Open the round"))
    programme.sees("Delegated commissioning for all is set up")
    programme.finds_the_page_sound_at_every_width(sampled=True)


@pytest.mark.seed("S0-19")
def test_not_now_and_invited(site: PastSite, another_visitor: Callable[..., Visitor]) -> None:
    # given an officer of a group that does not want to apply yet, and one of a group that said nothing
    there_next_year = {row["code"] for row in site.rows("/api/v1/positions.csv?on=2015-09-14")}
    today = [row["code"] for row in site.rows("/api/v1/positions.csv?on=2014-11-07")]
    mine, theirs = [code for code in today if code in there_next_year][:2]
    officer, other = another_visitor(320), another_visitor()
    accounts = site.officer_at(mine), site.officer_at(theirs)

    # when they say “not now, later”, which needs a reason
    site.moves_to(london(2014, 11, 7, 9))
    officer.signs_in(*accounts[0])
    officer.goes_to("/programmes/")
    officer.finds_the_page_sound_at_every_width()
    officer.goes_to(f"/programmes/{THIS_YEAR}/")
    officer.follows(officer.page.get_by_role("link", name="Say what your organisation plans"))
    officer.finds_the_page_sound_at_every_width()
    says_not_now(officer, "")
    officer.sees("Say why not now")
    officer.finds_the_page_sound_at_every_width()
    says_not_now(officer, REASON)
    officer.sees("What your organisation plans is recorded")
    officer.finds_the_page_sound_at_every_width()

    # then everybody can read that, and it is no refusal and no application
    anybody = another_visitor()
    anybody.goes_to(f"/programmes/{THIS_YEAR}/")
    row = anybody.page.locator("#statements tbody tr", has_text=mine).inner_text()
    assert "Not now, later" in row
    assert REASON in row
    anybody.finds_the_page_sound_at_every_width()

    # and when the round of the next year opens they are invited, with what they said then; nobody else is
    site.moves_to(london(2015, 9, 14, 9))
    site.other_people("plan_round", programme=NEXT_YEAR, code=NEXT_ROUND, last_day="2015-11-06")
    opens_the_round(another_visitor())
    for visitor, account in zip((officer, other), accounts, strict=True):
        visitor.signs_in(*account)
    officer.goes_to(f"/rounds/{NEXT_ROUND}/")
    officer.sees("You are invited to this round: on 7 November 2014 your organisation said “not now, later”.")
    officer.sees(REASON)
    officer.finds_the_page_sound_at_every_width()
    for visitor in other, anybody:
        visitor.goes_to(f"/rounds/{NEXT_ROUND}/")
        assert "You are invited" not in visitor.page.inner_text("main")

    # and they can apply
    officer.follows(officer.page.get_by_role("link", name="Apply", exact=True))
    officer.sees("Start now")
    officer.finds_the_page_sound_at_every_width()
    assert site.says("ledger", "verify")["ok"] is True
