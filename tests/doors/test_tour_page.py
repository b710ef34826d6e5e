"""/tour in the browser's terms, and `remit tour` in the terminal's."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import html5lib
import pytest
from django.test import Client
from rich.console import Console

from remit.cli.tour import tour_summary, tour_table
from remit.figures.actions import record_articles
from remit.tour.queries import SeedRow, State, Tour, tour
from remit.web.tour.pages import tour_page
from tests.factories import NOW, SYSTEM

SOME = [row.id for row in tour().only(article="S4", state=State.NOT_YET)]


def mixed() -> Tour:
    """The real tour with one demand working, one partly met, and the rest not yet."""
    first, second, *others = (
        replace(row, state=State.NOT_YET, url="", missing="", tests=()) for row in tour().rows
    )
    first = replace(first, state=State.WORKS, url="/page", tests=("tests/test_a.py::test_b",))
    second = replace(second, state=State.PARTLY, url="/page", missing="[bold] the rest")
    return replace(tour(), rows=(first, second, *others))


def shown_rows(html: str) -> list[str]:
    """The ids of the demands in the page, which has to be valid HTML."""
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    return [tr.get("id") for tr in page.find(".//table[@id='demands']").findall("./tbody/tr")]


def ids(lines: tuple[SeedRow, ...]) -> list[str]:
    return [row.id for row in lines]


def test_the_counts_stand_on_top_as_figures() -> None:
    cards = tour_page(mixed(), "", "").cards
    assert [card.text for card in cards] == ["1 of 142 works", "1 of 142 partly", "140 of 142 not yet"]
    assert [card.href for card in cards] == [
        "/tour/?state=works#demands",
        "/tour/?state=partly#demands",
        "/tour/?state=not+yet#demands",
    ]


def test_counts_by_article_lead_to_their_demands() -> None:
    first = tour_page(mixed(), "", "").by_article.rows[0]
    assert first[0].href == "/tour/?article=S0#demands"
    assert first[2:] == (1, 1, 41)


@pytest.mark.parametrize(
    ("article", "state", "caption", "count"),
    [
        ("", "", "All 142 demands", 142),
        ("S1", "", "21 of 142 demands: article S1", 21),
        ("", "works", "1 of 142 demands: state “works”", 1),
        ("S0", "not yet", "41 of 142 demands: article S0, state “not yet”", 41),
        ("S4", "works", "0 of 142 demands: article S4, state “works”", 0),
        ("S9", "broken", "All 142 demands", 142),
    ],
)
def test_demands_are_filtered_by_article_and_state(
    article: str, state: str, caption: str, count: int
) -> None:
    page = tour_page(mixed(), article, state)
    assert (page.caption, len(page.lines), page.is_filtered) == (caption, count, count < 142)


def test_the_filter_remembers_the_choice() -> None:
    page = tour_page(mixed(), "S1", "partly")
    assert [choice.value for choice in page.articles + page.states if choice.selected] == ["S1", "partly"]
    whole = tour_page(mixed(), "", "")
    assert [choice.value for choice in whole.articles + whole.states if choice.selected] == ["", ""]


@pytest.mark.django_db
def test_the_page_lists_every_demand_for_anyone(client: Client) -> None:
    response = client.get("/tour/")
    assert response.status_code == 200
    assert shown_rows(response.content.decode()) == ids(tour().rows)


@pytest.mark.django_db
def test_the_page_lists_only_what_the_address_asks_for(client: Client) -> None:
    html = client.get("/tour/", {"article": "S4", "state": "not yet"}).content.decode()
    assert shown_rows(html) == SOME
    assert '<option value="S4" selected>' in html
    assert '<option value="not yet" selected>' in html


@pytest.mark.django_db
def test_the_page_says_so_when_nothing_is_in_that_state(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("remit.web.tour.views.tour", mixed)
    html = client.get("/tour/", {"article": "S4", "state": "works"}).content.decode()
    assert shown_rows(html) == []
    assert "No demand is in this state." in html


@pytest.mark.django_db
def test_a_demand_shows_its_page_its_tests_and_what_is_missing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("remit.web.tour.views.tour", mixed)
    html = client.get("/tour/").content.decode()
    assert '<a href="/page">Page<span class="nhsuk-u-visually-hidden"> that shows S0-01</span></a>' in html
    assert "tests/test_a.py::test_b" in html
    assert "Missing: [bold] the rest" in html


@pytest.mark.django_db
def test_the_tour_is_read_only(client: Client) -> None:
    assert client.post("/tour/").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    "row", [row for row in tour().rows if row.url and not row.is_invented], ids=lambda row: row.id
)
def test_a_page_that_needs_no_invented_nation_answers_without_one(client: Client, row: SeedRow) -> None:
    """The others are opened on the demo: tests/rooms/demo/test_timeline.py."""
    record_articles(by=SYSTEM, at=NOW)
    assert client.get(row.url).status_code == 200


@pytest.mark.django_db
def test_without_the_invented_nation_the_tour_says_so_instead_of_linking_to_nothing(client: Client) -> None:
    html = client.get("/tour/", {"article": "S4", "state": "works"}).content.decode()
    assert 'href="/announcements/2015-03-05-level-2/"' not in html
    assert html.count("A page about the invented nation, which is not on this installation.") > 1
    assert 'href="/figures/N21/"' in html


@pytest.mark.django_db
def test_with_the_invented_nation_it_links(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("remit.web.tour.views.has_invented_nation", lambda at: True)
    html = client.get("/tour/", {"article": "S4", "state": "works"}).content.decode()
    assert 'href="/announcements/2015-03-05-level-2/"' in html
    assert "not on this installation" not in html


def test_the_terminal_shows_a_line_for_each_demand() -> None:
    screen = StringIO()
    Console(width=200, file=screen).print(tour_table(mixed().rows[:3]))
    lines = screen.getvalue().splitlines()
    assert [line[:5] for line in lines] == ["Id   ", "S0-01", "S0-02", "S0-03"]
    assert " works " in lines[1]
    assert lines[1].rstrip().endswith("/page")
    assert "Missing: [bold] the rest." in lines[2]
    assert tour_summary(mixed()) == "1 of 142 works, 1 partly, 140 not yet"
