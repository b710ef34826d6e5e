"""What the public could know on a day of agreements, mandates, conditions, applications and levels; and pages that have
no day say so."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from remit.delegation import actions
from remit.delegation.actions.deciding import Condition
from remit.delegation.models import Agreement, Application
from remit.engines.deadlines import before_day
from remit.figures.actions import record_articles
from tests.delegation_doors import Asking, asking, facts_of, links, main, rows_of, words
from tests.delegation_factories import (
    announce,
    approve,
    countersign,
    decide,
    give_back,
    issue,
    london,
    make_commissioners,
    make_round,
    officer_of,
    submit,
)
from tests.factories import NATIONAL_BODY, SYSTEM

pytestmark = pytest.mark.django_db
NOW = london(2016, 6, 1)
ROUND = "2015-level-3"


@pytest.fixture(autouse=True)
def _stage(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True
    make_commissioners("00C", "00D")
    make_round()


@pytest.fixture
def reader() -> Asking:
    """Anybody, in June 2016."""
    return asking(at=NOW)


def submitted(code: str = "00C") -> Application:
    return submit(ROUND, code, at=london(2014, 12, 20))


def told(code: str = "00C") -> Application:
    """Submitted on 20 December, decided on 16 February, announced on 18 February 2015."""
    made = submitted(code)
    approve(made, at=london(2015, 2, 16))
    announce(ROUND, "told", at=london(2015, 2, 18))
    return made


def agreement(made: Application, ends: datetime | None = None) -> Agreement:
    """Issued on 2 March, returned on 9 March, signed on 16 March 2015; notice on 1 September, if any."""
    [kept] = issue(made, at=london(2015, 3, 2))
    give_back(kept, at=london(2015, 3, 9))
    countersign(kept, at=london(2015, 3, 16))
    if ends:
        actions.give_notice(agreement=kept.pk, reasons="It merges.", by=officer_of("00C"), at=ends)
    return kept


def tag(page: Any) -> str:
    return words(page.find(".//main//strong"))


@pytest.mark.parametrize(
    ("on", "state"),
    [("2015-01-01", "Submitted"), ("2015-02-17", "Submitted"), ("2015-02-18", "Approved"), ("", "Approved")],
)
def test_an_application_says_what_was_public_on_the_day(reader: Asking, on: str, state: str) -> None:
    made = told()
    agreement(made)
    page = reader.page(f"/applications/{made.pk}/?on={on}")
    assert tag(page) == state
    assert ("Approved" in main(page)) == (state == "Approved")
    assert ("Agreement" in facts_of(page)) == (on == "")
    assert "As at which day?" in main(page)


def test_an_application_is_not_there_before_it_was_submitted(reader: Asking) -> None:
    made = told()
    assert reader.get(f"/applications/{made.pk}/?on=2014-12-19").status_code == 404


def test_of_a_past_day_nobody_is_asked_to_act_and_its_own_officer_sees_what_all_see() -> None:
    made = submitted()
    officer = asking("commissioner_officer", "00C", at=NOW)
    assert "Attach evidence" in main(officer.page(f"/applications/{made.pk}/"))
    assert "Attach evidence" not in main(officer.page(f"/applications/{made.pk}/?on=2015-01-01"))


def test_a_day_to_come_gives_no_embargo_on_an_application_away(reader: Asking) -> None:
    make_round("2017", deadline=before_day(date(2016, 5, 1)), effective_on=date(2017, 4, 1))
    made = submit("2017", "00D")
    approve(made, at=london(2016, 5, 2))
    announce("2017", "secret", at=london(2016, 5, 3), embargo_until=london(2016, 7, 1))
    assert "Approved" not in main(reader.page(f"/applications/{made.pk}/?on=2016-07-02"))


def test_an_application_takes_its_day_along(reader: Asking) -> None:
    made = told()
    found = links(reader.page(f"/applications/{made.pk}/?on=2015-02-20")).values()
    assert {"/commissioners/00C/?on=2015-02-20", f"/rounds/{ROUND}/?on=2015-02-20"} <= set(found)


@pytest.mark.parametrize(
    ("on", "state", "starts", "ends"),
    [
        ("2015-03-02", "Issued", "Not signed by both", "No end is set"),
        ("2015-03-09", "Returned", "Not signed by both", "No end is set"),
        ("2015-03-16", "Signed by both", "1 April 2015", "No end is set"),
        ("2015-04-01", "In effect", "1 April 2015", "No end is set"),
        ("2015-09-01", "Under notice", "1 April 2015", "1 April 2016"),
        ("2016-04-01", "Ended", "1 April 2015", "1 April 2016"),
    ],
)
def test_agreements_stand_as_they_did_on_the_day(
    reader: Asking, on: str, state: str, starts: str, ends: str
) -> None:
    kept = agreement(told(), london(2015, 9, 1))
    [row] = rows_of(reader.page(f"/agreements/?on={on}"), "agreements")
    assert (row[4], row[5]) == (starts, ends)
    assert state in row[3]
    one = reader.page(f"/agreements/{kept.pk}/?on={on}")
    assert state in tag(one)
    assert ("gave notice" in main(one)) == (on >= "2015-09-01")
    [row] = rows_of(reader.page(f"/commissioners/00C/agreements/?on={on}"), "agreements")
    assert state in row[1]
    assert f"/agreements/{kept.pk}/?on={on}" in links(reader.page(f"/agreements/?on={on}")).values()


def test_there_is_no_agreement_before_it_was_issued(reader: Asking) -> None:
    kept = agreement(told())
    assert "There is none." in main(reader.page("/agreements/?on=2015-03-01"))
    assert reader.get(f"/agreements/{kept.pk}/?on=2015-03-01").status_code == 404


def test_mandates_are_of_what_was_submitted_by_the_day(reader: Asking) -> None:
    submitted()
    assert "0 applications submitted" in main(reader.page("/mandates/?on=2014-12-19"))
    page = reader.page("/mandates/?on=2014-12-20")
    assert len(rows_of(page, "mandates")) == 1
    assert any(each.endswith("on=2014-12-20") for each in links(page).values() if "/applications/" in each)


def test_conditions_are_those_told_by_the_day(reader: Asking) -> None:
    condition = Condition("A plan", "Its board", date(2015, 9, 1))
    decide(submitted(), "conditional", at=london(2015, 2, 16), conditions=[condition])
    announce(ROUND, "told", at=london(2015, 2, 18))
    assert "Nobody has been approved on conditions" in main(reader.page("/conditions/?on=2015-02-17"))
    [row] = rows_of(reader.page("/conditions/?on=2015-02-18"), "conditions")
    assert "Not settled yet" in row[4]
    [row] = rows_of(reader.page("/conditions/?on=2015-09-02"), "conditions")
    assert "Overdue" in row[4]


def test_levels_are_there_from_the_day_on_which_they_began(reader: Asking) -> None:
    before = main(reader.page("/delegation/levels/?on=2014-01-01"))
    assert "there was no level" in before
    assert "What it needs" not in before
    assert "What it needs" in main(reader.page("/delegation/levels/?on=2015-04-01"))


@pytest.mark.parametrize("path", ["/tour/", "/mandates/standards/", "/delegation/responsibilities/"])
def test_a_page_without_a_day_says_so_when_one_is_given(reader: Asking, path: str) -> None:
    assert "This page has no “as at” day" in main(reader.page(f"{path}?on=2015-01-01"))
    assert "“as at” day" not in main(reader.page(path))


@pytest.mark.parametrize("path", ["/agreements/", "/mandates/", "/conditions/", "/delegation/levels/"])
def test_what_is_not_a_day_is_refused(reader: Asking, path: str) -> None:
    assert reader.get(f"{path}?on=2015-02-30").status_code == 400


def hrefs(page: Any) -> set[str]:
    return {each.get("href") for each in page.iter("a")}


def test_the_head_of_the_page_and_its_links_take_the_day_along(reader: Asking) -> None:
    agreement(told())
    found = hrefs(reader.page("/commissioners/00C/?on=2015-04-01"))
    assert "/commissioners/00C/agreements/?on=2015-04-01" in found
    assert {"/delegation/?on=2015-04-01", "/figures/?on=2015-04-01", "/search/?on=2015-04-01"} <= found
    assert "/tour/" in found
    overview = hrefs(reader.page("/delegation/?on=2015-04-01"))
    assert {f"/{each}/?on=2015-04-01" for each in ("agreements", "mandates", "conditions")} <= overview
    assert "/delegation/" in hrefs(reader.page("/commissioners/00C/"))


def test_figures_are_those_published_by_the_day(reader: Asking) -> None:
    told()
    record_articles(by=SYSTEM, at=london(2016, 5, 1))
    before = main(reader.page("/figures/?on=2015-01-15"))
    assert "Level 2 or 3, of all commissioners" not in before
    assert "Approved for Level 3" not in before
    after = reader.page("/figures/?on=2015-04-01")
    assert "Level 2 or 3, of all commissioners" in main(after)
    assert "Approved for Level 3" in main(after)
    assert "/figures/N21/?on=2015-04-01" in links(after).values()
    assert reader.get("/figures/N21/?on=2015-02-28").status_code == 404
    assert "151" in main(reader.page("/figures/N21/?on=2015-04-01"))
    assert reader.get("/figures/told-approved/?on=2015-02-17").status_code == 404
    assert "Approved for Level 3" in main(reader.page("/figures/told-approved/?on=2015-02-18"))


def test_a_figure_under_embargo_is_not_shown_for_a_day_to_come(reader: Asking) -> None:
    approve(submitted(), at=london(2015, 2, 16))
    announce(ROUND, "told", at=london(2016, 5, 20), embargo_until=london(2016, 7, 1))
    assert reader.get("/figures/told-approved/?on=2016-07-02").status_code == 404
    programme = asking("programme_officer", NATIONAL_BODY, at=NOW)
    assert programme.get("/figures/told-approved/").status_code == 200
    assert programme.get("/figures/told-approved/?on=2016-05-25").status_code == 404


def test_a_published_figure_leads_to_the_one_counted_here_whose_rows_have_names(reader: Asking) -> None:
    approve(submitted(), at=london(2015, 2, 16))
    announce(ROUND, "2015-03-05-level-2", at=london(2015, 3, 5))
    record_articles(by=SYSTEM, at=london(2016, 5, 1))
    [there] = [each for each in hrefs(reader.page("/figures/N21/")) if "all-approved" in str(each)]
    assert there == "/figures/2015-03-05-level-2-all-approved/#rows"
    opened = reader.page(there)
    assert "Its application" in main(opened)
    assert "application/" not in main(opened)


@pytest.mark.parametrize(
    ("register", "on", "count"),
    [
        ("rounds", "2014-10-01", 0),
        ("rounds", "2015-01-01", 1),
        ("announcements", "2015-02-17", 0),
        ("announcements", "2015-02-18", 1),
        ("figures", "2015-02-17", 0),
        ("figures", "2015-02-18", 4),
    ],
)
def test_the_same_days_by_the_api(reader: Asking, register: str, on: str, count: int) -> None:
    told()
    found = reader.get(f"/api/v1/{register}?on={on}").json()
    assert (found["total"], found["on"]) == (count, on)
    assert len(reader.get(f"/api/v1/{register}.csv?on={on}").getvalue().decode().splitlines()) == count + 1
    assert reader.get(f"/api/v1/{register}?on=1900-01-01").status_code == 422
