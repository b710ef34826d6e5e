"""The national team decides the last applications and announces 64 and one conditional; then 87, under embargo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.error import HTTPError

import pytest

from tests.journeys.conftest import Visitor
from tests.journeys.nations import Nations
from tests.journeys.the_past import PastSite, london, site_at

pytestmark = pytest.mark.journey

ASSESSOR = "assessor@demo.remit.example"
PROGRAMME = "programme@demo.remit.example"
LEVEL_3, LEVEL_2 = "/announcements/2015-02-18-level-3/", "/announcements/2015-03-05-level-2/"
REGIONS = {"North of England": 24, "Midlands and East of England": 26, "London": 6, "South of England": 8}


@pytest.fixture(scope="module")
def site(nations: Nations) -> Iterator[PastSite]:
    """Monday 16 February 2015: 77 have applied for Level 3 and 90 for Level 2, and nothing is decided."""
    with site_at(london(2015, 2, 16, 8, 30), nations, "announcing") as here:
        yield here


def opens_the_decision(assessor: Visitor, application: str) -> None:
    """From the list of what waits to the form."""
    assessor.goes_to("/assessments/")
    assessor.follows(assessor.page.locator(f"main a[href$='/applications/{application}/decide/']"))


def decides(assessor: Visitor, outcome: str, reasons: str) -> None:
    """Fill in the decision and send it."""
    assessor.page.get_by_label(outcome, exact=True).check()
    assessor.page.get_by_label("Why?").fill(reasons)
    assessor.follows(assessor.page.get_by_role("button", name="Decide", exact=True))


def approves(assessor: Visitor, application: str) -> None:
    """Without conditions; without reasons it is refused."""
    opens_the_decision(assessor, application)
    assessor.finds_the_page_sound_at_every_width()
    decides(assessor, "Approved", "")
    assessor.sees("Enter your reasons")
    assessor.finds_the_page_sound()
    decides(assessor, "Approved", "Governance and finance are ready.")
    assessor.sees("is recorded")


def approves_on_conditions(assessor: Visitor, application: str) -> None:
    """With one; without any it is refused."""
    opens_the_decision(assessor, application)
    decides(assessor, "Approved on conditions", "Ready but for one thing.")
    assessor.sees("Say what the conditions are")
    assessor.finds_the_page_sound()
    assessor.page.get_by_label("What has to be done?").fill("Change how the committee is chaired")
    assessor.page.get_by_label("Who has to do it?").fill("The group’s chair")
    for label, value in (("Day", "31"), ("Month", "3"), ("Year", "2015")):
        assessor.page.get_by_label(label, exact=True).fill(value)
    assessor.follows(assessor.page.get_by_role("button", name="Decide", exact=True))
    assessor.sees("is recorded")


def announces(programme: Visitor, headline: str) -> None:
    """Send the announcement with a headline."""
    programme.page.get_by_label("Headline", exact=True).fill(headline)
    programme.follows(programme.page.get_by_role("button", name="Announce", exact=True))


def named(visitor: Visitor) -> list[str]:
    """The decisions of the named list, a row each."""
    return visitor.page.locator("#named-list tbody tr").all_inner_texts()


def downloaded(visitor: Visitor) -> list[dict[str, str]]:
    """The named list as CSV, from the link on the page."""
    link = visitor.page.locator("main a[href$='rows.csv']").first.get_attribute("href")
    assert link
    assert isinstance(visitor.site, PastSite)
    return visitor.site.rows(link.removeprefix(visitor.site.url))


def opens_the_figure(visitor: Visitor, label: str) -> None:
    """Unfold a number, then go on to its own page, with the rows."""
    figure = visitor.page.locator("details.remit-figure", has_text=label).first
    figure.locator("summary").click()
    visitor.finds_the_page_sound(sampled=True)
    visitor.follows(figure.get_by_role("link", name="Open this figure"))


@pytest.mark.seed("S3-04")
@pytest.mark.seed("S4-01")
@pytest.mark.seed("S4-02")
@pytest.mark.seed("S4-04")
def test_64_and_one_conditional_then_87(site: PastSite, another_visitor: Callable[..., Visitor]) -> None:
    everybody = another_visitor(320)
    decides_the_last_two(site, another_visitor(), everybody)
    announces_level_3(site, another_visitor(), everybody)
    announces_level_2(site, another_visitor(), everybody)


def decides_the_last_two(site: PastSite, assessor: Visitor, everybody: Visitor) -> None:
    # given that all but two of the 77 are decided
    site.moves_to(london(2015, 2, 16, 9))
    left = site.other_people("decide_level_3")
    assert left["decided"] == "75"

    # when the assessor decides those two
    site.moves_to(london(2015, 2, 17, 10))
    assessor.signs_in(ASSESSOR)
    approves(assessor, left["to_approve"])
    approves_on_conditions(assessor, left["to_approve_on_conditions"])

    # then nobody else knows before it is announced
    for application in left["to_approve"], left["to_approve_on_conditions"]:
        everybody.goes_to(f"/applications/{application}/")
        everybody.sees("Submitted")
        assert "ready" not in everybody.page.inner_text("main").lower()
    assert site.says("as-at", "2015-02-17")["approved_3"] == 0


def announces_level_3(site: PastSite, programme: Visitor, everybody: Visitor) -> None:
    # when the programme officer announces on 18 February
    site.moves_to(london(2015, 2, 18, 9))
    programme.signs_in(PROGRAMME)
    programme.goes_to("/announcements/")
    programme.follows(programme.page.get_by_role("link", name="64 approved, 1 on conditions"))
    programme.sees("65 commissioners to announce")
    programme.finds_the_page_sound_at_every_width()

    # then a headline with a number that the rows do not give is refused, and the right one is not
    announces(programme, "65 commissioners approved for Level 3")
    programme.sees("The headline says 65 beside “approved”, but the rows give Approved for Level 3: 64")
    programme.finds_the_page_sound_at_every_width(sampled=True)
    everybody.goes_to(LEVEL_3, expect=404)
    everybody.is_refused(404)
    announces(programme, "64 commissioners approved for Level 3")
    assert programme.page.url == f"{site.url}{LEVEL_3}"

    # and everybody sees 64, one on conditions, by region, and every name
    everybody.goes_to(LEVEL_3)
    everybody.sees("Announced on 18 February 2015, powers from 1 April 2015.")
    outcomes = [row.split("\n")[-1] for row in named(everybody)]
    assert len(outcomes) == 65
    assert sum(outcome.endswith("Approved") for outcome in outcomes) == 64
    assert sum(outcome.endswith("Approved on conditions") for outcome in outcomes) == 1
    for region, count in REGIONS.items():
        row = everybody.page.locator("#by-region tbody tr", has_text=region).inner_text()
        assert row.split()[-1] == str(count), row
    rows = downloaded(everybody)
    assert sorted(row["outcome"] for row in rows) == ["approved"] * 64 + ["conditional"]
    everybody.finds_the_page_sound_at_every_width()

    # and the number opens into the 64
    opens_the_figure(everybody, "Approved for Level 3")
    assert everybody.reads("Counted") == "64 commissioners"
    assert everybody.page.locator("#numerator tbody tr").count() == 64
    everybody.finds_the_page_sound_at_every_width(sampled=True)


def announces_level_2(site: PastSite, programme: Visitor, everybody: Visitor) -> None:
    # given that the 90 applications for Level 2 are decided, on 2 March
    site.moves_to(london(2015, 3, 2, 9))
    assert site.other_people("decide_level_2")["decided"] == "90"

    # when the programme officer announces 87 on 4 March, under embargo until 9:30am on 5 March
    site.moves_to(london(2015, 3, 4, 17))
    programme.signs_in(PROGRAMME)
    programme.goes_to("/announcements/new/")
    programme.follows(programme.page.get_by_role("link", name="Joint commissioning from April 2015"))
    programme.page.get_by_label("Where is it announced? (optional)").fill("Commissioning Live")
    programme.page.get_by_label("Code", exact=True).fill(LEVEL_2.split("/")[2])
    for label, value in (("Day", "5"), ("Month", "3"), ("Year", "2015")):
        programme.page.get_by_label(label, exact=True).fill(value)
    programme.page.get_by_label("At what time does the embargo end? (optional)").fill("9:30am")
    announces(programme, "87 commissioners approved for Level 2")
    programme.sees("Under embargo until 5 March 2015 at 9:30am")
    programme.finds_the_page_sound_at_every_width()

    # then until that instant nobody else knows
    for moment in (london(2015, 3, 4, 17, 1), london(2015, 3, 5, 9, 29, 59)):
        site.moves_to(moment)
        for path in (LEVEL_2, "/figures/2015-03-05-level-2-approved/"):
            everybody.goes_to(path, expect=404)
            everybody.is_refused(404)
        with pytest.raises(HTTPError, match="404"):
            site.rows(f"/api/v1{LEVEL_2}rows.csv")
        everybody.goes_to("/announcements/")
        assert "Level 2" not in everybody.page.inner_text("main")
    everybody.finds_the_page_sound_at_every_width()
    assert site.says("as-at", "2015-03-05")["approved_2"] == 0

    # and from that instant everybody does: 87 by name on the page and in the CSV, at an address that stays
    site.moves_to(london(2015, 3, 5, 9, 30))
    everybody.goes_to("/announcements/")
    everybody.follows(everybody.page.get_by_role("link", name="87 commissioners approved for Level 2"))
    assert everybody.page.url == f"{site.url}{LEVEL_2}"
    everybody.sees("Commissioning Live")
    everybody.sees("64 commissioners approved for Level 3")
    assert len(named(everybody)) == 87
    rows = downloaded(everybody)
    assert len(rows) == 87
    assert {row["outcome"] for row in rows} == {"approved"}
    everybody.finds_the_page_sound_at_every_width()

    # and 151 so far are 72% of 211; the article's 71% stands beside it, as published
    everybody.sees("151 of 211 (72%)")
    opens_the_figure(everybody, "Approved for Level 2 or 3 so far")
    assert everybody.reads("Counted") == "151 commissioners"
    assert everybody.reads("Out of").startswith("211 commissioners")
    assert everybody.reads("Worked out").startswith("72% (71.56%)")
    assert everybody.page.locator("#numerator tbody tr").count() == 151
    everybody.goes_to("/figures/N21/")
    assert everybody.reads("As published") == "151 (71%)"
    assert everybody.reads("Worked out").startswith("72% (71.56%)")
    everybody.finds_the_page_sound_at_every_width()
    assert site.says("ledger", "verify")["ok"] is True
