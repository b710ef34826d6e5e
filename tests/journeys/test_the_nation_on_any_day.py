"""A member of the public looks up who commissioned a practice on a day, with and without JavaScript."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey

PAGES = [
    "/",
    "/?on=2013-04-01",
    "/commissioners/",
    "/commissioners/?on=2015-04-01&page=2",
    "/practices/?on=2018-04-01",
    "/regions/",
    "/search/",
    "/search/?q=surgery",
    "/search/?q=zzzz",
    "/sources/",
    "/ledger/",
    "/ledger/1/",
]


def chooses(visitor: Visitor, day: str, month: str, year: str) -> None:
    """Fill in the day and show it."""
    for label, value in (("Day", day), ("Month", month), ("Year", year)):
        visitor.page.get_by_label(label, exact=True).fill(value)
    visitor.follows(visitor.page.get_by_role("button", name="Show", exact=True).first)


@pytest.mark.parametrize("path", PAGES)
def test_every_public_page_of_the_register_is_sound(visitor: Visitor, path: str) -> None:
    visitor.goes_to(path)
    visitor.finds_the_page_sound()


def follows_the_story(visitor: Visitor) -> None:
    """From the home page to a practice, on a day in 2017."""
    visitor.goes_to("/")
    chooses(visitor, "25", "October", "2017")
    visitor.sees("There were 207 clinical commissioning groups")
    visitor.follows(visitor.page.get_by_role("link", name="All commissioners on this day"))
    visitor.sees("207 clinical commissioning groups")
    visitor.follows(visitor.page.locator("#commissioners tbody a").first)
    visitor.sees("On 25 October 2017 this was a clinical commissioning group.")
    visitor.follows(visitor.page.locator("#practices tbody a").first)
    visitor.sees("On 25 October 2017 this was a GP practice.")
    assert "on=2017-10-25" in visitor.page.url


def test_a_day_is_chosen_once_and_kept(visitor: Visitor) -> None:
    follows_the_story(visitor)
    visitor.finds_the_page_sound()
    visitor.page.locator("details summary").last.click()
    visitor.finds_the_page_sound()


def test_the_same_without_javascript(visitor_without_javascript: Visitor) -> None:
    follows_the_story(visitor_without_javascript)


def test_a_search_leads_to_a_practice_by_its_code(visitor: Visitor) -> None:
    visitor.goes_to("/practices/?on=2018-04-01")
    code = visitor.page.locator("#practices tbody tr td").first.inner_text().split()[-1]
    visitor.goes_to("/")
    visitor.page.get_by_label("Find an organisation").fill(code)
    visitor.follows(visitor.page.get_by_role("button", name="Search", exact=True))
    visitor.follows(visitor.page.locator("#results tbody a").first)
    visitor.sees(code)
    visitor.finds_the_page_sound()


def test_an_unknown_code_is_told_kindly(visitor: Visitor) -> None:
    visitor.goes_to("/organisations/ZZZ/", expect=404)
    visitor.sees("Page not found")
    # Chromium writes every 404 of a page itself to the console; that is the only thing it may write.
    assert [one for one in visitor.wrong if "404" not in one] == []
    visitor.wrong.clear()
    visitor.finds_the_page_sound()


def test_a_day_that_is_none_is_told_so_and_can_be_put_right(visitor: Visitor) -> None:
    visitor.goes_to("/?day=31&month=2&year=2015", expect=400)
    visitor.is_refused(400)
    visitor.sees("Date must be a real date")
    visitor.finds_the_page_sound()
    chooses(visitor, "1", "4", "2015")
    visitor.sees("1 April 2015")
