"""One of the 64 withdraws after it was announced: the list stays as it was, and a correction is appended to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.journeys.conftest import Visitor
from tests.journeys.nations import Nations
from tests.journeys.the_past import ONCE_64_ARE_ANNOUNCED, PastSite, london, site_at

pytestmark = pytest.mark.journey

ANNOUNCEMENT = "/announcements/2015-02-18-level-3/"
ROWS = f"/api/v1{ANNOUNCEMENT}rows.csv"
REASONS = "Our members asked for another year."


@pytest.fixture(scope="module")
def site(nations: Nations) -> Iterator[PastSite]:
    """Friday 20 March 2015: 64 were announced a month ago, and nothing is signed yet."""
    with site_at(london(2015, 3, 20, 8, 30), nations, "withdrawing", ONCE_64_ARE_ANNOUNCED) as here:
        yield here


def withdraws(officer: Visitor, reasons: str) -> None:
    """Fill in why, and send it."""
    officer.page.get_by_label("Why is it withdrawn?").fill(reasons)
    officer.follows(officer.page.get_by_role("button", name="Withdraw the application"))


def without_what_came_since(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The list as it was announced."""
    since = {"since", "since_at"}
    return [{name: said for name, said in row.items() if name not in since} for row in rows]


def test_the_correction_is_appended(site: PastSite, another_visitor: Callable[..., Visitor]) -> None:
    # given an officer of one of the 64, and the announcement as anybody sees it
    officer, anybody = another_visitor(320), another_visitor()
    before = site.rows(ROWS)
    one = next(row for row in before if row["outcome"] == "approved")
    officer.signs_in(*site.officer_at(one["commissioner"]))
    anybody.goes_to(ANNOUNCEMENT)
    assert anybody.page.get_by_text("What has changed since").count() == 0
    sha256 = anybody.page.locator("main .remit-code").inner_text()

    # when they withdraw, which needs reasons
    officer.goes_to("/applications/")
    officer.finds_the_page_sound_at_every_width()
    officer.follows(officer.page.locator("#applications tbody a").first)
    officer.sees("Approved")
    application = officer.page.url.removeprefix(site.url)
    officer.follows(officer.page.get_by_role("link", name="Withdraw this application"))
    officer.sees("This cannot be undone")
    officer.finds_the_page_sound_at_every_width()
    withdraws(officer, "")
    officer.sees("Enter your reasons")
    officer.finds_the_page_sound()
    site.moves_to(london(2015, 3, 20, 9))
    withdraws(officer, REASONS)
    officer.sees("The application is withdrawn")
    officer.sees(REASONS)
    officer.finds_the_page_sound_at_every_width()

    # then the announcement says so, above a list that is what it was
    anybody.goes_to(ANNOUNCEMENT)
    anybody.sees("What has changed since")
    correction = anybody.page.locator("main ul li", has_text="has withdrawn since it was announced")
    assert correction.inner_text().startswith("20 March 2015: ")
    anybody.finds_the_page_sound_at_every_width()
    assert anybody.page.locator("main .remit-code").inner_text() == sha256
    assert anybody.page.locator("#named-list tbody tr").count() == 65
    anybody.sees("64 of 211 (30%)")
    after = site.rows(ROWS)
    assert without_what_came_since(after) == without_what_came_since(before), "the list stands"
    assert [row["since"] for row in after if row["since"]] == ["withdrawn"]
    anybody.goes_to("/announcements/")
    row = anybody.page.locator("#announcements tbody tr", has_text="64 commissioners approved")
    assert row.inner_text().split()[-1] == "1"

    # and counts of later days have 63, those of days before 64
    assert site.says("as-at", "2015-03-19")["approved_3"] == 64
    assert site.says("as-at", "2015-03-20")["approved_3"] == 63

    # and it cannot be done twice, nor signed: on 1 April 63 are live, without the one approved on conditions
    officer.goes_to(f"{application}withdraw/")
    assert officer.page.url == f"{site.url}{application}"
    site.moves_to(london(2015, 3, 26, 9))
    assert site.other_people("sign_level_3") == {"signed": "63"}
    site.moves_to(london(2015, 4, 1, 0))
    live = site.says("as-at", "2015-04-01")
    assert (live["level_3"], live["approved_3"]) == (63, 63)
    anybody.goes_to("/delegation/?on=2015-04-01")
    anybody.sees("63 of 209 commissioners in England had delegated powers")
    anybody.finds_the_page_sound_at_every_width()
    assert site.says("ledger", "verify")["ok"] is True
