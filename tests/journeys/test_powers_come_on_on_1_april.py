"""Announced on 18 February, signed on 26 March, and still refused on 31 March: on 1 April the power works."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.journeys.conftest import Visitor
from tests.journeys.nations import Nations
from tests.journeys.the_past import ONCE_64_ARE_ANNOUNCED, PastSite, london, site_at

pytestmark = pytest.mark.journey

ANNOUNCEMENT = "/announcements/2015-02-18-level-3/"
POWER, POWER_NAME = "approve_mergers", "Approve mergers of practices"
DONE = "Two practices of one town become one."
FROM_WHEN = "comes with Level 3, delegated commissioning, on 1 April 2015"


@pytest.fixture(scope="module")
def site(nations: Nations) -> Iterator[PastSite]:
    """Sunday 1 March 2015: 64 were announced, and nothing is signed."""
    with site_at(ONCE_64_ARE_ANNOUNCED, nations, "powers") as here:
        yield here


def records(officer: Visitor) -> None:
    """Record what was done under the power."""
    officer.page.get_by_label(POWER_NAME, exact=True).check()
    officer.page.get_by_label("What was done?").fill(DONE)
    officer.follows(officer.page.get_by_role("button", name="Record", exact=True))


def checks(visitor: Visitor, commissioner: str, day: str) -> str:
    """Ask the power check page; the command line has to say the same. Answers what the page says."""
    site = visitor.site
    assert isinstance(site, PastSite)
    visitor.goes_to(f"/delegation/powers/check/?commissioner={commissioner}&power={POWER}&on={day}")
    said = visitor.page.locator("#answer").inner_text()
    answer = site.says("power", "check", commissioner, POWER, day, expect=0 if said.startswith("Yes") else 3)
    assert answer["holds"] is said.startswith("Yes")
    assert answer["reason"] in said
    return said


@pytest.mark.seed("S3-07")
def test_refused_on_31_march_and_not_on_1_april(
    site: PastSite, another_visitor: Callable[..., Visitor]
) -> None:
    # given a commissioner whose approval was announced on 18 February, for 1 April
    row = next(row for row in site.rows(f"/api/v1{ANNOUNCEMENT}rows.csv") if row["outcome"] == "approved")
    code = row["commissioner"]
    officer, anybody, programme = another_visitor(320), another_visitor(), another_visitor()
    email, password = site.officer_at(code)
    anybody.goes_to(ANNOUNCEMENT)
    anybody.sees("Announced on 18 February 2015, powers from 1 April 2015.")

    # when its officer uses a power on 1 March, then it is refused
    officer.signs_in(email, password)
    officer.goes_to(f"/commissioners/{code}/powers/use/")
    officer.finds_the_page_sound_at_every_width()
    records(officer)
    officer.sees("It holds no arrangement that gives")
    officer.finds_the_page_sound_at_every_width()
    assert checks(anybody, code, "2015-03-01").startswith("No")

    # when the programme officer signs on 26 March
    site.moves_to(london(2015, 3, 26, 9))
    signs(programme, row["application"].rsplit("/", 1)[1])

    # then the power is refused until the last second of 31 March, and the refusal says from when
    site.moves_to(london(2015, 3, 31, 23, 50))
    officer.signs_in(email, password)
    officer.goes_to(f"/commissioners/{code}/powers/use/")
    site.moves_to(london(2015, 3, 31, 23, 59, 59))
    records(officer)
    officer.sees(FROM_WHEN)
    officer.finds_the_page_sound_at_every_width()
    said = checks(anybody, code, "2015-03-31")
    assert said.startswith("No")
    assert FROM_WHEN in said
    anybody.finds_the_page_sound_at_every_width()
    assert anybody.page.locator("#uses").count() == 0

    # and when 1 April begins it works
    site.moves_to(london(2015, 4, 1, 0, 0, 5))
    records(officer)
    officer.sees("Recorded")
    assert officer.page.url == f"{site.url}/commissioners/{code}/"
    officer.finds_the_page_sound_at_every_width()
    assert checks(anybody, code, "2015-04-01").startswith("Yes")
    anybody.finds_the_page_sound_at_every_width()
    officer.goes_to(f"/commissioners/{code}/powers/use/")
    officer.sees(DONE)

    # also by the clock of the world, which is an hour behind London's by then
    at = ("power", "check", code, POWER)
    assert site.says(*at, "2015-03-31T22:59:59Z", expect=3)["code"] == "power_not_held"
    assert site.says(*at, "2015-03-31T23:00:00Z")["how"] == "held"


def signs(programme: Visitor, application: str) -> None:
    """From the list of what is approved to the signature."""
    programme.signs_in("programme@demo.remit.example")
    programme.goes_to("/signatures/")
    programme.finds_the_page_sound_at_every_width()
    programme.follows(programme.page.locator(f"main a[href$='/signatures/{application}/']"))
    programme.finds_the_page_sound_at_every_width()
    programme.follows(programme.page.get_by_role("button", name="Sign", exact=True))
    programme.sees("come on on 1 April 2015")
    programme.finds_the_page_sound()
