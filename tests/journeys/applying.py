"""What an officer does in every story of a round: sign in, begin, answer one question a page."""

from __future__ import annotations

from collections.abc import Callable

from tests.journeys.conftest import Visitor

BENEFITS = "Fewer trips to hospital for people in our villages."


def continues(visitor: Visitor) -> None:
    """On to the next page."""
    visitor.follows(visitor.page.get_by_role("button", name="Continue", exact=True))


def begins(visitor: Visitor, round_code: str) -> str:
    """From the round's page to the first question. Answers the address of the application."""
    visitor.goes_to(f"/rounds/{round_code}/")
    visitor.follows(visitor.page.get_by_role("link", name="Apply", exact=True))
    visitor.follows(visitor.page.get_by_role("button", name="Start now"))
    address = visitor.page.url.removeprefix(visitor.site.url)
    goes_on(visitor)
    return address


def goes_on(visitor: Visitor) -> None:
    """From the page of a draft to its next question."""
    visitor.sees("Draft")
    visitor.follows(visitor.page.get_by_role("link", name="Continue", exact=True))


def answers_how_members_were_asked(visitor: Visitor) -> None:
    """The first question."""
    visitor.page.get_by_label("A ballot of member practices").check()
    continues(visitor)


def answers_when(visitor: Visitor, year: str) -> None:
    """The second question."""
    for label, value in (("Day", "1"), ("Month", "12"), ("Year", year)):
        visitor.page.get_by_label(label, exact=True).fill(value)
    continues(visitor)


def answers_the_constitution(visitor: Visitor) -> None:
    """The third question."""
    visitor.page.get_by_label("It has been amended").check()
    continues(visitor)


def answers_the_benefits(visitor: Visitor) -> None:
    """The last question."""
    visitor.page.get_by_label("What will patients gain?").fill(BENEFITS)
    continues(visitor)


def submits(visitor: Visitor) -> None:
    """Send it, from the page that shows every answer."""
    visitor.follows(visitor.page.get_by_role("button", name="Submit the application"))


def nothing() -> None:
    """For those who do not look at every page."""


def fills_in(visitor: Visitor, round_code: str, asked_in: str, looks: Callable[[], None] = nothing) -> str:
    """All of an application up to the check of its answers. Answers the address of the application."""
    address = begins(visitor, round_code)
    for answers in (
        answers_how_members_were_asked,
        lambda who: answers_when(who, asked_in),
        answers_the_constitution,
        answers_the_benefits,
    ):
        looks()
        answers(visitor)
    visitor.sees("Check your answers before you submit")
    return address
