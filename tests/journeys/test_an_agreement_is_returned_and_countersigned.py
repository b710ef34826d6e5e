"""An agreement is issued, signed by the commissioner and returned, signed by NHS England: powers come on on 1 April.

A neighbour at Level 1 asks for `performance_manage`, and is refused with the reason on every door.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.journeys.conftest import Visitor
from tests.journeys.nations import Nations
from tests.journeys.the_past import PastSite, london, site_before_any_round

pytestmark = pytest.mark.journey

ROUND = "2015-full"
POWER, POWER_NAME = "performance_manage", "Review how contractors perform under their contracts"
PROGRAMME = "programme@demo.remit.example"


@pytest.fixture(scope="module")
def site(nations: Nations) -> Iterator[PastSite]:
    """Wednesday 18 February 2015, after an autumn in which two applied: one for Level 3, one for Level 1."""
    with site_before_any_round(nations, "agreeing") as here:
        here.other_people("open_round", code=ROUND)
        yield here


def issues(programme: Visitor) -> None:
    """From the register of agreements to those that were approved."""
    programme.goes_to("/agreements/")
    programme.follows(programme.page.get_by_role("link", name="Issue agreements"))
    programme.finds_the_page_sound_at_every_width()
    programme.follows(programme.page.get_by_role("button", name="Issue", exact=True))
    programme.sees("Select at least one")
    programme.finds_the_page_sound()
    programme.page.locator("main input[type=checkbox]").check()
    programme.follows(programme.page.get_by_role("button", name="Issue", exact=True))
    programme.finds_the_page_sound()
    if not programme.page.locator("main input[type=checkbox]").is_checked():
        programme.page.locator("main input[type=checkbox]").check()
    programme.page.locator("main textarea[name=text]").fill("What is delegated, and on which terms.")
    programme.follows(programme.page.get_by_role("button", name="Issue", exact=True))
    programme.sees("1 agreement issued")
    programme.finds_the_page_sound_at_every_width()


def returns(officer: Visitor) -> str:
    """The officer signs and returns it. Answers the agreement's address."""
    officer.goes_to("/agreements/")
    officer.follows(officer.page.get_by_role("link", name="Sign and return"))
    officer.finds_the_page_sound_at_every_width()
    officer.follows(officer.page.get_by_role("button", name="Sign and return"))
    officer.sees("Enter the post of who signs")
    officer.finds_the_page_sound()
    officer.page.get_by_label("Your post").fill("Accountable officer")
    officer.follows(officer.page.get_by_role("button", name="Sign and return"))
    officer.sees("Signed and returned")
    assert officer.reads("Signed by NHS England") == "Not yet"
    officer.finds_the_page_sound_at_every_width()
    return officer.page.url.removeprefix(officer.site.url)


def countersigns(programme: Visitor) -> None:
    """NHS England signs what was returned."""
    programme.goes_to("/agreements/sign/")
    programme.finds_the_page_sound_at_every_width()
    programme.page.locator("main input[type=checkbox]").check()
    programme.page.get_by_label("Your post").fill("Regional director")
    programme.follows(programme.page.get_by_role("button", name="Sign", exact=True))
    programme.sees("1 agreement signed")


def checks(visitor: Visitor, commissioner: str, day: str) -> str:
    """Ask the page, the API and the command line, which say the same. Answers what the page says."""
    site = visitor.site
    assert isinstance(site, PastSite)
    asked = f"commissioner={commissioner}&power={POWER}&on={day}"
    visitor.goes_to(f"/delegation/powers/check/?{asked}")
    visitor.finds_the_page_sound_at_every_width()
    said = visitor.page.locator("#answer").inner_text()
    in_api = visitor.context.request.get(f"{site.url}/api/v1/powers/check?{asked}").json()
    in_words = site.says("power", "check", commissioner, POWER, day, expect=0 if in_api["holds"] else 3)
    for one in (in_api, in_words):
        assert one["holds"] is said.startswith("Yes")
        assert one["reason"] in said
    assert in_api["code"] == in_words["code"]
    return said


def uses(officer: Visitor, code: str) -> None:
    """Record something done under the power."""
    officer.goes_to(f"/commissioners/{code}/powers/use/")
    officer.page.get_by_label(POWER_NAME, exact=True).check()
    officer.page.get_by_label("What was done?").fill("A remedial notice.")
    officer.follows(officer.page.get_by_role("button", name="Record", exact=True))


def test_signed_by_both_and_refused_at_level_1(
    site: PastSite, another_visitor: Callable[..., Visitor]
) -> None:
    # given a commissioner approved for Level 3 of the full process, and a neighbour signed for Level 1
    mine, theirs = site.could_apply(ROUND, 3)[:2]
    site.moves_to(london(2015, 1, 8, 9))
    made = site.other_people("send", round_code=ROUND, commissioner=mine)
    site.other_people("bring_on_level_1", commissioner=theirs)
    site.moves_to(london(2015, 2, 18, 9))
    site.other_people("approve_and_announce", **made)
    programme, officer, neighbour = another_visitor(), another_visitor(320), another_visitor()
    account = site.officer_at(mine)

    # when the agreement is issued and the commissioner signs and returns it
    site.moves_to(london(2015, 3, 2, 9))
    programme.signs_in(PROGRAMME)
    issues(programme)
    site.moves_to(london(2015, 3, 10, 9))
    officer.signs_in(*account)
    agreement = returns(officer)

    # then it is not signed, until NHS England has signed too
    assert site.rows("/api/v1/agreements.csv")[0]["state"] == "returned"
    site.moves_to(london(2015, 3, 26, 9))
    programme.signs_in(PROGRAMME)
    countersigns(programme)
    neighbour.goes_to(agreement)
    assert neighbour.reads("Powers from") == "1 April 2015"
    neighbour.finds_the_page_sound_at_every_width()

    # and the power is refused on 31 March, saying from when, and works on 1 April
    assert "on 1 April 2015" in checks(neighbour, mine, "2015-03-31")
    site.moves_to(london(2015, 4, 1, 0, 0, 5))
    officer.signs_in(*account)
    uses(officer, mine)
    officer.sees("Recorded")
    assert checks(neighbour, mine, "2015-04-01").startswith("Yes")
    neighbour.goes_to(agreement)
    neighbour.sees("In effect")

    # and the neighbour at Level 1 is refused it, with the reason, on the page, in the API and by the command
    said = checks(neighbour, theirs, "2015-04-01")
    assert said.startswith("No")
    assert "Level 1" in said
    neighbour.signs_in(*site.officer_at(theirs))
    uses(neighbour, theirs)
    neighbour.sees("Level 1")
    neighbour.finds_the_page_sound_at_every_width()
    assert site.says("ledger", "verify")["ok"] is True
