"""A commissioner's officer and NHS England's local office complete an application for Level 3 together, and sign it.

Each is in a browser of their own. A colleague has answered most of the twelve sections before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.journeys.applying import continues, submits
from tests.journeys.conftest import Visitor
from tests.journeys.nations import Nations
from tests.journeys.the_past import PastSite, london, site_before_any_round

pytestmark = pytest.mark.journey

ROUND = "2015-full"
LEFT = "bid conflicts_policy benefits"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"
BENEFIT = "Fewer trips to hospital for people in our villages."
UNFUNDED = "3 of 12 duties unfunded."


@pytest.fixture(scope="module")
def site(nations: Nations) -> Iterator[PastSite]:
    """A round of the full process, which closes at noon on Friday 9 January 2015."""
    with site_before_any_round(nations, "completing") as here:
        here.other_people("open_round", code=ROUND)
        yield here


def opens_the_section(visitor: Visitor, application: str, section: str, question: str) -> None:
    """From the list of sections to a question, whether it is answered or not."""
    visitor.goes_to(application)
    visitor.follows(visitor.page.get_by_role("link", name=section, exact=True))
    visitor.finds_the_page_sound_at_every_width()
    visitor.follows(visitor.page.locator("main dl a", has_text=question))


def saves(visitor: Visitor) -> None:
    """Keep a line or a statement."""
    visitor.follows(visitor.page.get_by_role("button", name="Save and continue"))


def answers_a_choice(officer: Visitor, application: str) -> None:
    """Alone or with others; nothing chosen is an error."""
    opens_the_section(officer, application, "What you apply for", "Do you apply alone")
    officer.finds_the_page_sound_at_every_width()
    continues(officer)
    officer.sees("There is a problem")
    officer.finds_the_page_sound_at_every_width()
    officer.page.get_by_label("Alone", exact=True).check()
    continues(officer)


def makes_a_statement(officer: Visitor, application: str) -> None:
    """With the document that shows it; a program that calls itself a PDF is refused."""
    opens_the_section(officer, application, "Conflicts of interest", "Does your policy follow")
    officer.finds_the_page_sound_at_every_width()
    for content in b"MZ\x90\x00 this is a program", PDF:
        officer.page.get_by_label("Yes", exact=True).check()
        officer.page.get_by_label("Explain your answer").fill("Adopted by the governing body in November.")
        officer.page.locator("input[type=file]").set_input_files(
            {"name": "policy.pdf", "mimeType": "application/pdf", "buffer": content}
        )
        saves(officer)
        if content != PDF:
            officer.sees("There is a problem")
            officer.finds_the_page_sound_at_every_width()
    officer.sees("policy.pdf")
    officer.finds_the_page_sound_at_every_width()


def claims_a_benefit(officer: Visitor, application: str) -> None:
    """With how it is measured, and when it is looked at again."""
    opens_the_section(officer, application, "Benefits for patients", "What will patients gain?")
    officer.finds_the_page_sound_at_every_width()
    officer.follows(officer.page.get_by_role("link", name="Add the first benefit"))
    officer.finds_the_page_sound_at_every_width()
    officer.page.get_by_label("Benefit", exact=True).fill(BENEFIT)
    officer.page.get_by_label("How it is measured").fill("Emergency admissions of over-75s")
    for label, value in (("Day", "1"), ("Month", "4"), ("Year", "2016")):
        officer.page.get_by_label(label, exact=True).fill(value)
    saves(officer)
    officer.sees(BENEFIT)
    officer.sees("0 of 1 benefits not measured.")
    officer.finds_the_page_sound_at_every_width()


def fills_a_duty_line_in(local: Visitor, application: str) -> None:
    """The last of the twelve duties, for which nothing comes."""
    opens_the_section(local, application, "Money", "Which money and people come with each duty?")
    local.sees("Not filled in yet")
    local.finds_the_page_sound_at_every_width()
    local.follows(local.page.locator("main dl a", has_text="Complaints and assurance of quality"))
    local.finds_the_page_sound_at_every_width()
    local.page.get_by_label("Money a year").fill("0")
    local.page.get_by_label("People", exact=True).fill("0")
    local.page.get_by_label("Money still missing").fill("5,000")
    saves(local)
    local.sees(UNFUNDED)
    local.finds_the_page_sound_at_every_width()


def signs(visitor: Visitor, application: str) -> None:
    """For one's own side."""
    visitor.goes_to(application)
    visitor.follows(visitor.page.get_by_role("link", name="Sign", exact=True))
    visitor.finds_the_page_sound_at_every_width()
    visitor.page.get_by_label("Your post").fill("Accountable Officer")
    visitor.follows(visitor.page.get_by_role("button", name="Sign the application"))
    visitor.sees("You have signed")
    visitor.finds_the_page_sound_at_every_width()


def cannot_submit_unsigned(officer: Visitor, application: str) -> None:
    """The page that shows every answer says whose signature is missing, and has no button."""
    officer.goes_to(application)
    officer.follows(officer.page.get_by_role("link", name="Check your answers and submit"))
    officer.sees("Not signed yet by")
    assert officer.page.get_by_role("button", name="Submit the application").count() == 0
    officer.finds_the_page_sound_at_every_width()


@pytest.mark.seed("S0-35")
def test_completed_signed_by_both_and_in_time(
    site: PastSite, another_visitor: Callable[..., Visitor]
) -> None:
    # given an application of which three answers and one duty are missing, and somebody on either side
    mine = site.could_apply(ROUND, 3)[0]
    site.moves_to(london(2015, 1, 9, 9))
    told = site.other_people(
        "begin", round_code=ROUND, commissioner=mine, leave=LEFT, leave_duty="complaints"
    )
    application = f"/applications/{told['application']}/"
    office = site.other_people("office", commissioner=mine)["office"]
    officer, local, anybody = another_visitor(320), another_visitor(), another_visitor()
    officer.signs_in(*site.officer_at(mine))
    local.signs_in(*site.somebody("local", "Cordelia Ashdale", "local_office_officer", office))

    # when each fills in what is theirs, one question a page
    officer.goes_to("/applications/")
    officer.follows(officer.page.locator("#applications tbody a").first)
    assert officer.page.url == f"{site.url}{application}"
    officer.finds_the_page_sound_at_every_width()
    answers_a_choice(officer, application)
    makes_a_statement(officer, application)
    claims_a_benefit(officer, application)
    local.goes_to(application)
    local.finds_the_page_sound_at_every_width()
    fills_a_duty_line_in(local, application)

    # then it cannot be submitted before both have signed
    signs(local, application)
    cannot_submit_unsigned(officer, application)
    signs(officer, application)

    # and with both signatures it is in, a minute before noon, with a receipt
    site.moves_to(london(2015, 1, 9, 11, 59))
    officer.goes_to(f"{application}check/")
    officer.sees(BENEFIT)
    officer.sees(UNFUNDED)
    officer.finds_the_page_sound_at_every_width()
    submits(officer)
    officer.sees("Application submitted")
    officer.sees("11:59:00.000000am on Friday 9 January 2015")
    officer.finds_the_page_sound_at_every_width()

    # and everybody reads what is public of it, with the duties that nobody pays for, in words
    anybody.goes_to(application)
    anybody.sees(UNFUNDED)
    anybody.sees(BENEFIT)
    assert "It follows the five-year plan." not in anybody.page.content()
    anybody.finds_the_page_sound_at_every_width()
    assert site.says("ledger", "verify")["ok"] is True
