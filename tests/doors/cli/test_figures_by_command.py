"""`remit figures`: for people and for machines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from remit.figures.actions import FigureDraft, record_figure
from remit.kernel.moments import at_the_edge
from tests.doors.cli.conftest import Ran
from tests.factories import NOW, SYSTEM

pytestmark = pytest.mark.django_db

Remit = Callable[..., Ran]


def test_without_figures_it_says_how_to_get_some(remit: Remit) -> None:
    ran = remit("figures")
    assert ran.code == 0
    assert "remit figures --record-articles" in ran.stdout
    assert remit("figures", "--json").json == {"figures": [], "claims": {}, "q1": [], "q2": []}


def test_the_articles_are_recorded_once(remit: Remit) -> None:
    first = remit("figures", "--record-articles")
    assert "figures recorded." in first.stderr
    assert "34 of 34 statements about them hold:" in first.stdout
    again = remit("figures", "--record-articles", "--article", "S3")
    assert "were recorded before" in again.stderr
    assert "N20-level-3" in again.stdout
    assert "N21" not in again.stdout


def test_all_figures_for_machines(remit: Remit) -> None:
    remit("figures", "--record-articles")
    found = remit("figures", "--json").json
    assert set(found) == {"figures", "claims", "q1", "q2"}
    by_id = {figure["id"]: figure for figure in found["figures"]}
    asked = ("count", "base", "exact", "half_up", "floor", "published", "ok", "attainable")
    assert [by_id["N1"][name] for name in asked] == [9, 77, 11.69, 12, 11, 11, False, False]
    assert [by_id["N9"][name] for name in asked] == [12, None, None, None, None, None, None, None]
    assert by_id["N14-Q1-yes"]["counts_that_fit"] == [134, 138]
    assert by_id["N1"]["counts_that_fit"] is None
    assert len({frozenset(figure) for figure in found["figures"]}) == 1, "every figure has the same keys"
    only = remit("figures", "--article", "S4", "--json").json
    assert {figure["seed"] for figure in only["figures"]} == {"S4"}
    assert "64+87=151" in only["claims"]


def test_one_figure_opens_into_its_rows(remit: Remit) -> None:
    draft = FigureDraft(
        id="turnout",
        label="Practices that voted",
        definition="Practices that voted",
        source="The returning officer",
        numerator=1,
        numerator_what="practice that voted",
        numerator_rows=(("organisation/A81001", "The Mill Surgery"),),
        base=2,
        base_what="practices on the roll",
        on=NOW.date(),
    )
    record_figure(draft=draft, by=SYSTEM, at=NOW, once="1")
    words = remit("figures", "turnout").stdout
    for line in ("Practices that voted: 50%", "1 of 2 is exactly 50%.", "The Mill Surgery", "2026-11-21"):
        assert line in words
    found = remit("figures", "turnout", "--json").json
    assert found["numerator_rows"] == [["organisation/A81001", "The Mill Surgery"]]
    assert (found["base_rows"], found["half_up"], found["on"]) == ([], 50, "2026-11-21")
    [version] = found["versions"]
    assert (version["version"], len(version["sha256"])) == (1, 64)


def test_what_is_under_embargo_is_not_told(remit: Remit) -> None:
    draft = FigureDraft(
        id="later",
        label="Later",
        definition="What will be told",
        source="A release",
        numerator=1,
        numerator_what="thing",
        released_at=at_the_edge() + timedelta(hours=1),
    )
    record_figure(draft=draft, by=SYSTEM, at=NOW, once="1")
    assert remit("figures", "later").code == 4
    assert remit("figures", "--json").json["figures"] == []


def test_a_figure_that_is_not_there(remit: Remit) -> None:
    ran = remit("figures", "N99", "--json")
    assert (ran.code, ran.json["error"]) == (4, "not_found")
    assert "There is no figure N99." in ran.stderr


def test_an_article_that_is_none_is_said_to_be_none(remit: Remit) -> None:
    remit("figures", "--record-articles")
    ran = remit("figures", "--article", "S9", "--json")
    assert (ran.code, ran.json["error"]) == (4, "no_such_article")
    assert ran.json["message"] == "There is no article “S9”. There are: S0, S1, S2, S3, S4, ext."
    assert remit("figures", "--article", "s3", "--json").json["figures"]


SAID = (
    *("--label", "Groups for full delegation", "--definition", "Groups that want it", "--source", "A survey"),
    *("--counted", "groups", "--out-of", "groups that specified"),
)


def test_a_figure_is_recorded_and_shown_without_the_word_show(remit: Remit) -> None:
    asked = ("figures", "record", "full", *SAID, "--count", 25, "--base", 47, "--percent", "53%")
    ran = remit(*asked, "--words", "majority", "--on", "2014-07-17", "--json")
    assert (ran.code, ran.json["ok"], ran.json["version"]) == (0, True, 1)
    assert remit(*asked, "--words", "majority", "--on", "2014-07-17", "--json").json["version"] == 1
    assert remit("figures", "full").stdout == remit("figures", "show", "full").stdout != ""
    assert "full, version 2: 25 of 47 (53%)." in remit(*asked).stdout


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (("--base", 77, "--percent", "11%"), "not_attainable",
         "11% of 77: no whole count gives it; 8 of 77 is 10% and 9 of 77 is 12%."),
        (("--count", 25, "--base", 55, "--words", "majority"), "not_borne_out", "“Almost half” would be fair."),
        (("--words", "majority"), "incomplete", "a count, or a printed percentage"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_refused_at_entry(
    remit: Remit, asked: tuple[object, ...], code: str, said: str
) -> None:
    ran = remit("figures", "record", "full", *SAID, *asked, "--json")
    assert (ran.code, ran.json["error"]) == (3, code)
    assert said in ran.json["message"]


@pytest.mark.parametrize("percent", ["130", "x", "-1", "30,3"])
def test_a_percentage_is_one_of_a_whole(remit: Remit, percent: str) -> None:
    assert remit("figures", "record", "full", *SAID, f"--percent={percent}").code == 2
