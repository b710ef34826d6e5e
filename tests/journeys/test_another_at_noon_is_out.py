"""A deadline is an instant: at 11:59:59 an application is in; at noon another is out, and is told what it can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.journeys.applying import BENEFITS, fills_in, submits
from tests.journeys.conftest import Visitor
from tests.journeys.nations import Nations
from tests.journeys.the_past import FIVE_TO_NOON, PastSite, london, site_at

pytestmark = pytest.mark.journey

ROUND = "2015-level-3"


@pytest.fixture(scope="module")
def site(nations: Nations) -> Iterator[PastSite]:
    """Friday 9 January 2015, five minutes before noon."""
    with site_at(FIVE_TO_NOON, nations, "noon") as here:
        yield here


@pytest.mark.seed("S0-08")
def test_noon_is_noon(site: PastSite, another_visitor: Callable[..., Visitor]) -> None:
    # given two officers of two groups, each with all answers filled in
    one, two = site.could_apply(ROUND, 3)[:2]
    in_time, late = another_visitor(), another_visitor(320)
    for officer, code in ((in_time, one), (late, two)):
        officer.signs_in(*site.officer_at(code))
    fills_in(in_time, ROUND, asked_in="2014")
    draft = fills_in(late, ROUND, asked_in="2014")

    # when one submits in the last second, then it is accepted, and the receipt prints the local time
    site.moves_to(london(2015, 1, 9, 11, 59, 59))
    submits(in_time)
    in_time.sees("Application submitted")
    assert in_time.reads("Received").startswith("11:59:59.000000am on Friday 9 January 2015")

    # when the other submits at noon, even saying that it was sent earlier
    site.moves_to(london(2015, 1, 9, 12))
    a_second_before = london(2015, 1, 9, 11, 59, 59).timestamp()
    late.context.set_extra_http_headers({"X-Request-Start": f"t={a_second_before:.6f}"})
    submits(late)

    # then it is refused, with by how much, the draft kept, and a way forward
    late.is_refused(409)
    late.sees("The deadline has passed")
    late.sees("This was received at 12:00:00.000000pm on Friday 9 January 2015.")
    late.sees("less than a thousandth of a second late")
    late.finds_the_page_sound_at_every_width()
    assert late.page.get_by_role("link", name="ask to be taken late").count() == 1
    late.follows(late.page.get_by_role("link", name="See the draft"))
    assert late.page.url == f"{site.url}{draft}"
    late.sees("Draft")
    late.sees(BENEFITS)
    late.finds_the_page_sound_at_every_width()

    # and they ask to be taken late, with reasons, which leaves the draft as it is
    late.goes_to(f"{draft}late/")
    late.sees("although the deadline has passed")
    late.finds_the_page_sound_at_every_width()
    late.page.get_by_label("What kept you from submitting in time?").fill("The lines were down.")
    late.follows(late.page.get_by_role("button", name="Ask the national team"))
    late.sees("The national team has been asked. Your draft is kept.")
    late.sees("Draft")

    # and half a minute later it is still late, by that much
    site.moves_to(london(2015, 1, 9, 12, 0, 30))
    late.goes_to(f"{draft}check/")
    submits(late)
    late.is_refused(409)
    late.sees("30 seconds late")

    # and nobody else may begin, nor does anybody see the draft; that it was tried is in the ledger
    told = site.rows(f"/api/v1/rounds/{ROUND}/applications.csv")
    assert one in {each["commissioner"] for each in told}
    assert two not in {each["commissioner"] for each in told}
    late.goes_to(f"/rounds/{ROUND}/")
    late.sees("Closed, decisions awaited")
    assert late.page.get_by_role("link", name="Apply", exact=True).count() == 0
    assert site.remit("ledger", "export", "-").count("application.refused_late") == 2
    assert site.remit("ledger", "export", "-").count("application.late_requested") == 1
