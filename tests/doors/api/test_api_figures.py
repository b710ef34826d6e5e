"""Figures by the API: opened, with every version and the rows behind them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.test import Client

from remit.figures.actions import keep_figure, record_articles
from remit.kernel.moments import at_the_edge
from tests.doors.api.conftest import AT, FIGURE, STEWARD
from tests.factories import SYSTEM

V1 = "/api/v1/figures"


def test_a_figure_is_opened_with_its_versions(api: Client) -> None:
    with transaction.atomic():
        both = replace(FIGURE, numerator=2, numerator_rows=None, published="", published_percent=None)
        keep_figure(draft=both, by=STEWARD, at=AT + timedelta(minutes=1))
    found = api.get(f"{V1}/turnout").json()
    assert (found["id"], found["version"], found["percent"]) == (
        "http://testserver/id/figures/turnout",
        2,
        "100",
    )
    assert (found["agrees"], found["claim_holds"], found["fewest"]) == (None, None, None)
    assert [(each["version"], each["numerator"], each["is_superseded"]) for each in found["versions"]] == [
        (2, 2, False),
        (1, 1, True),
    ]


def test_what_was_printed_stands_beside_what_comes_out(api: Client) -> None:
    record_articles(by=SYSTEM, at=AT + timedelta(minutes=1))
    found = api.get(f"{V1}/N21").json()
    asked = ("numerator", "base", "published", "published_percent", "percent", "percent_truncated")
    assert [found[name] for name in asked] == [151, 211, "151 (71%)", "71", "72", "71"]
    assert (found["agrees"], found["fewest"], found["most"]) == (False, 149, 150)
    assert found["verdict"].startswith("Printed 71%, but 151 of 211 is 72% (71.56%).")
    majority = api.get(f"{V1}/N7").json()
    assert (majority["claim"], majority["claim_holds"]) == ("majority", False)
    page = api.get(f"{V1}?article=S4").json()
    assert {row["article"] for row in page["items"]} == {"S4"}
    assert page["total"] == 4


def test_rows_come_numerator_first_and_page_across_the_sides(api: Client) -> None:
    whole = api.get(f"{V1}/turnout/rows").json()
    assert [(row["side"], row["place"], row["ref"]) for row in whole["items"]] == [
        ("numerator", 1, "organisation/A81001"),
        ("base", 1, "organisation/A81001"),
        ("base", 2, "organisation/A81002"),
    ]
    parts = [api.get(f"{V1}/turnout/rows?limit=1&offset={at}").json()["items"] for at in range(3)]
    assert [row for part in parts for row in part] == whole["items"]


def test_a_figure_that_is_not_there(api: Client) -> None:
    assert api.get(f"{V1}/nothing").status_code == 404
    assert api.get(f"{V1}/nothing/rows").status_code == 404
    assert api.get(f"{V1}/not%20a%20figure").status_code == 422


def test_what_is_under_embargo_is_not_told(api: Client) -> None:
    with transaction.atomic():
        later = replace(FIGURE, id="later", released_at=at_the_edge() + timedelta(hours=1))
        keep_figure(draft=later, by=STEWARD, at=AT)
    assert api.get(f"{V1}/later").status_code == 404
    assert api.get(f"{V1}/later/rows").status_code == 404
    assert [row["figure"] for row in api.get(V1).json()["items"]] == ["turnout"]
    assert "ETag" not in api.get(V1).headers


def test_an_identifier_leads_to_the_page_or_to_the_data(api: Client) -> None:
    assert api.get("/id/figures/turnout")["Location"] == "/figures/turnout/"
    data = api.get("/id/figures/turnout", headers={"Accept": "application/json"})
    assert data["Location"] == "/api/v1/figures/turnout"
