"""The components that every page is built from: valid, labelled, escaped, and fast."""

from __future__ import annotations

import re
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.core.cache import cache
from django.template import engines
from django.test import RequestFactory
from jinja2 import UndefinedError

from remit.web import charts
from remit.web.as_at import read_as_at
from remit.web.opened import OpenedFigure
from remit.web.pages import Crumb, Fact, Page, Problem
from remit.web.paging import Paging
from remit.web.tables import Cell, Column, Table

ROOT = Path(__file__).resolve().parents[3]


def drawn(source: str, **context: Any) -> Any:
    """The body of a fragment, parsed strictly."""
    html = engines["jinja2"].from_string(source).render(context)
    whole = f"<!DOCTYPE html><html lang='en'><head><title>t</title></head><body>{html}</body></html>"
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(whole).find("./body")


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


TABLE = Table(
    id="practices",
    caption="Practices",
    columns=(Column("Practice"), Column("Patients", numeric=True), Column("State")),
    rows=[
        (Cell("A & B <Surgery>", href="/p/1", hidden="in Leeds"), "1,234", Cell("Open", colour="green")),
        (Cell("C", note="since 2015"), 5, "–"),
    ],
)
USE_TABLE = '{% from "components/table.jinja" import table %}{{ table(t) }}'


def test_a_table_has_a_caption_scopes_and_numbers_on_the_right() -> None:
    body = drawn(USE_TABLE, t=TABLE)
    assert words(body.find(".//caption")) == "Practices"
    assert [head.get("scope") for head in body.findall(".//thead//th")] == ["col"] * 3
    assert [head.get("scope") for head in body.findall(".//tbody//th")] == ["row"] * 2
    numeric = [cell for cell in body.findall(".//*") if "--numeric" in (cell.get("class") or "")]
    assert [words(cell) for cell in numeric] == ["Patients", "1,234", "5"]
    assert words(body.find(".//tbody//a")) == "A & B <Surgery> in Leeds"
    assert words(body.find(".//strong[@class='nhsuk-tag nhsuk-tag--green']")) == "Open"


def test_a_wide_table_scrolls_in_a_place_the_keyboard_reaches_and_that_has_a_name() -> None:
    scroll = drawn(USE_TABLE, t=TABLE).find("./div")
    assert (scroll.get("role"), scroll.get("tabindex")) == ("region", "0")
    assert scroll.find(f".//*[@id='{scroll.get('aria-labelledby')}']").tag == "caption"


def test_a_stacked_table_repeats_its_headings_in_each_row_and_stays_a_table() -> None:
    from dataclasses import replace

    body = drawn(USE_TABLE, t=replace(TABLE, stacked=True))
    repeated = [words(head) for head in body.findall(".//tbody//span[@class='nhsuk-table__heading']")]
    assert repeated == ["Practice", "Patients", "State"] * 2
    assert body.find(".//table").get("role") == "table"
    assert len(body.findall(".//tbody//*[@role='cell']")) == 4
    assert not body.findall(".//*[@tabindex]")


def test_an_empty_table_says_so() -> None:
    empty = Table(id="e", caption="None", columns=(Column("A"),), rows=[], empty="No practice was found.")
    assert "No practice was found." in words(drawn(USE_TABLE, t=empty))


@pytest.mark.slow
def test_a_long_table_is_quick_to_draw() -> None:
    """E 15 ms a page: NHS macros would need 1.6 ms a row. The bound is loose because machines are shared."""
    rows = [(Cell(f"Practice {n}", href=f"/p/{n}"), n, Cell("Open", colour="green")) for n in range(100)]
    long = Table(id="l", caption="Long", columns=TABLE.columns, rows=rows)
    template = engines["jinja2"].from_string(USE_TABLE)
    template.render({"t": long})
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        template.render({"t": long})
        taken.append(time.perf_counter() - start)
    assert min(taken) < 0.03


def chosen(query: str) -> Any:
    request: Any = RequestFactory().get(f"/?{query}")
    request.received_at = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    return read_as_at(request)


USE_AS_AT = '{% from "components/as_at.jinja" import as_at_chooser %}{{ as_at_chooser(a) }}'


def test_the_date_chooser_is_labelled_and_keeps_other_parameters() -> None:
    body = drawn(USE_AS_AT, a=chosen("q=Leeds&on=2015-04-01"))
    assert words(body.find(".//legend")) == "As at which day?"
    fields = {field.get("name"): field.get("value") for field in body.findall(".//input")}
    assert fields == {"q": "Leeds", "day": "1", "month": "4", "year": "2015"}
    for field in body.findall(".//input[@type='text']"):
        assert body.find(f".//label[@for='{field.get('id')}']") is not None
    hint = body.find(".//fieldset").get("aria-describedby")
    assert body.find(f".//*[@id='{hint}']").text == "For example, 1 4 2015"


def test_a_wrong_day_is_said_beside_its_field() -> None:
    body = drawn(USE_AS_AT, a=chosen("day=31&month=13&year=2015"))
    wrong = [
        field.get("name") for field in body.findall(".//input") if "--error" in (field.get("class") or "")
    ]
    assert wrong == ["month"]
    assert "Month must be a number from 1 to 12" in words(body)
    for name in body.find(".//fieldset").get("aria-describedby").split():
        assert body.find(f".//*[@id='{name}']") is not None


def test_pages_are_numbered_and_the_present_one_is_said() -> None:
    use = '{% from "components/pagination.jinja" import pagination %}{{ pagination(p) }}'
    body = drawn(use, p=Paging(5, 1200, 60_000, others="q=a"))
    labels = [link.get("aria-label") for link in body.findall(".//li/a")]
    assert labels == ["Page 1", "Page 4", "Page 5", "Page 6", "Page 1,200"]
    assert [link.get("aria-label") for link in body.findall(".//a[@aria-current='page']")] == ["Page 5"]
    assert body.find(".//a[@rel='next']").get("href") == "?q=a&page=6"
    assert drawn(use, p=Paging(1, 1, 3)).find(".//nav") is None


def test_a_figure_opens_into_what_it_is_made_of() -> None:
    figure = OpenedFigure(
        label="Delegated",
        value="64.0%",
        numerator="135 commissioners",
        base="211 commissioners",
        on=date(2015, 4, 1),
        source="NHS England, 2015",
        rounding="To 1 decimal place, half up",
    )
    body = drawn('{% from "components/figure.jinja" import figure %}{{ figure(f) }}', f=figure)
    assert words(body.find(".//summary")) == "Delegated: 64.0%"
    facts = {words(one.find("./dt")): words(one.find("./dd")) for one in body.findall(".//dl/div")}
    assert facts == {
        "Counted": "135 commissioners",
        "Out of": "211 commissioners",
        "As at": "1 April 2015",
        "Source": "NHS England, 2015",
        "Rounding": "To 1 decimal place, half up",
    }


POINTS = [charts.Point("2013-04-01", 211), charts.Point("2020-04-01", 135), charts.Point("2021-04-01", 106)]


@pytest.fixture(scope="module")
def line() -> charts.Chart:
    return charts.line_chart(
        id="ccgs",
        title="Commissioners",
        summary="The number fell from 211 to 106.",
        points=POINTS,
        x="Day",
        y="Commissioners",
        is_date=True,
    )


@pytest.mark.slow
def test_a_chart_passes_the_content_policy_and_is_decoration(line: charts.Chart) -> None:
    body = drawn('{% from "components/chart.jinja" import chart %}{{ chart(c) }}', c=line)
    picture = next(element for element in body.iter() if str(element.tag).endswith("svg"))
    assert picture.get("aria-hidden") == "true"
    assert picture.get("width") is None
    for element in picture.iter():
        assert element.get("style") is None
        assert element.get("id") is None
        assert element.get("role") is None
        assert not str(element.tag).endswith(("style", "script", "image"))


@pytest.mark.slow
def test_a_chart_has_its_sentence_and_its_table(line: charts.Chart) -> None:
    body = drawn('{% from "components/chart.jinja" import chart %}{{ chart(c) }}', c=line)
    assert "The number fell from 211 to 106." in words(body.find(".//figcaption"))
    rows = [[words(cell) for cell in row] for row in body.findall(".//tbody/tr")]
    assert rows == [
        ["Day 1 April 2013", "Commissioners 211"],
        ["Day 1 April 2020", "Commissioners 135"],
        ["Day 1 April 2021", "Commissioners 106"],
    ]


@pytest.mark.slow
def test_a_picture_that_scrolls_can_be_reached_and_says_so(line: charts.Chart) -> None:
    body = drawn('{% from "components/chart.jinja" import chart %}{{ chart(c) }}', c=line)
    place = body.find(".//div[@class='remit-chart__picture']")
    assert (place.get("tabindex"), place.get("role")) == ("0", "region")
    assert place.get("aria-label") == "Picture: Commissioners"
    hint = body.find(f".//p[@id='{place.get('aria-describedby')}']")
    assert words(hint) == "Scroll sideways to see the whole picture. The table below has every number."
    styles = (ROOT / "src/remit/web/static/remit/remit.css").read_text()
    assert re.search(r"\.remit-chart__hint \{\s*display: none;", styles)
    assert re.search(r"max-width: 33em\) \{[^@]*\.remit-chart__hint \{\s*display: block;", styles)


@pytest.mark.slow
def test_a_chart_is_drawn_once(line: charts.Chart, monkeypatch: pytest.MonkeyPatch) -> None:
    drawings = []
    monkeypatch.setattr(charts, "_drawn", lambda spec: drawings.append(spec) or "<svg></svg>")
    cache.clear()
    for _ in range(2):
        charts.bar_chart(id="a", title="T", summary="s", points=[charts.Point("<b>x</b>", 1)], x="X", y="Y")
    assert len(drawings) == 1


@pytest.mark.slow
def test_a_name_in_a_chart_cannot_become_markup() -> None:
    hostile = "<script>alert(1)</script>"
    chart = charts.bar_chart(id="a", title="T", summary="s", points=[charts.Point(hostile, 1)], x="X", y="Y")
    assert "<script" not in chart.svg


def test_breadcrumbs_facts_and_problems() -> None:
    crumbs = drawn(
        '{% from "components/breadcrumb.jinja" import breadcrumb %}{{ breadcrumb(c) }}',
        c=(Crumb("Home", "/"), Crumb("Regions", "/regions/")),
    )
    assert [words(one) for one in crumbs.findall(".//li")] == ["Home", "Regions"]
    assert words(crumbs.find("./nav/a")) == "Back to Regions"
    facts = drawn(
        '{% from "components/summary_list.jinja" import summary_list %}{{ summary_list(f) }}',
        f=(Fact("Code", "15Z"), Fact("Region", "South", href="/r/1", note="carried")),
    )
    assert [words(one) for one in facts.findall(".//dd")] == ["15Z", "South carried"]
    summary = drawn(
        '{% from "components/errors.jinja" import error_summary %}{{ error_summary(p) }}',
        p=(Problem("Enter a name", "id_name"), Problem("Try again")),
    )
    assert [one.get("href") for one in summary.findall(".//a")] == ["#id_name"]
    assert words(summary.find(".//ul")) == "Enter a name Try again"


def test_a_misspelt_field_of_a_page_is_an_error_not_an_empty_space() -> None:
    template = engines["jinja2"].from_string("{{ page.titel }}")
    with pytest.raises(UndefinedError, match="Page has no field 'titel'"):
        template.render({"page": Page(title="x")})


def test_text_is_escaped() -> None:
    assert "&lt;script&gt;" in engines["jinja2"].from_string("{{ x }}").render({"x": "<script>"})
