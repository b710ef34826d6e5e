"""“Before 1 November” ends with 31 October: its last second is in, midnight is out, by London's clocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.journeys.applying import fills_in, submits
from tests.journeys.conftest import Visitor
from tests.journeys.nations import Nations
from tests.journeys.the_past import PastSite, london, site_before_any_round

pytestmark = pytest.mark.journey

ROUND = "2018-short"
OPENED, LAST_MINUTES = london(2017, 9, 18, 9), london(2017, 10, 31, 23, 50)


@pytest.fixture(scope="module")
def site(nations: Nations) -> Iterator[PastSite]:
    """Tuesday 31 October 2017, shortly before midnight: the clocks went back two days ago."""
    with site_before_any_round(nations, "october", OPENED) as here:
        here.other_people("open_round_before", code=ROUND, day="2017-11-01")
        here.moves_to(LAST_MINUTES)
        yield here


@pytest.mark.seed("S1-03")
def test_the_last_second_of_october(site: PastSite, another_visitor: Callable[..., Visitor]) -> None:
    # given two officers with all answers filled in, and a round that asks for applications before 1 November
    one, two = site.could_apply(ROUND, 3)[:2]
    in_time, late = another_visitor(320), another_visitor()
    for officer, code in ((in_time, one), (late, two)):
        officer.signs_in(*site.officer_at(code))
    in_time.goes_to(f"/rounds/{ROUND}/")
    in_time.sees("Apply before 1 November 2017 (the last day is Tuesday 31 October 2017).")
    in_time.sees("10 minutes left when this page was made, at 11:50pm on 31 October 2017")
    in_time.finds_the_page_sound_at_every_width()
    fills_in(in_time, ROUND, asked_in="2016")
    fills_in(late, ROUND, asked_in="2016")

    # when one submits in the last second of October, then it is in
    site.moves_to(london(2017, 10, 31, 23, 59, 59))
    submits(in_time)
    assert in_time.reads("Received").startswith("11:59:59.000000pm on Tuesday 31 October 2017")
    in_time.finds_the_page_sound_at_every_width()

    # when the other submits as November begins, then it is out
    site.moves_to(london(2017, 11, 1, 0))
    submits(late)
    late.is_refused(409)
    late.sees("This was received at 12:00:00.000000am on Wednesday 1 November 2017.")
    late.sees("The deadline was before 1 November 2017")
    late.sees("Your draft is kept and unchanged.")
    late.finds_the_page_sound_at_every_width()
    told = {each["commissioner"] for each in site.rows(f"/api/v1/rounds/{ROUND}/applications.csv")}
    assert one in told
    assert two not in told
