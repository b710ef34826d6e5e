"""`remit demo`, `remit tour`, `remit migrate`, `remit manage`, and how progress is shown."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from remit.accounts.queries import DEMO_PASSWORD
from remit.cli.demo import demo_words
from remit.cli.output import step_bars
from remit.demo.actions import Demo
from remit.engines.permissions import ROLES
from remit.tour.queries import tour
from tests.doors.cli.conftest import Ran

Remit = Callable[..., Ran]


@pytest.mark.django_db
@pytest.mark.slow
def test_the_demo_from_a_folder_of_published_files(remit: Remit, payments_file: Path, home: Path) -> None:
    ran = remit("demo", "--data", payments_file.parent, "--json")
    assert ran.code == 0, ran.stderr
    assert ran.json["unchanged"] is False
    loaded = {file["file"]: file for file in ran.json["files"]}
    assert loaded[payments_file.name]["practices"] == 3
    assert ran.json["facts_added"] > 0
    assert all("facts_added" not in file for file in loaded.values()), "facts follow from all files together"
    held = {role["role"] for account in ran.json["accounts"] for role in account["roles"]}
    assert {"data_steward", "ledger_keeper", "journalist"} <= held <= ROLES.keys()
    again = remit("demo", "--data", payments_file.parent)
    assert "Nothing changed" in again.stdout
    assert DEMO_PASSWORD in again.stderr
    assert all(account["email"] in again.stderr for account in ran.json["accounts"])
    assert "only where Remit runs with REMIT_DEMO=1" in again.stderr
    assert "remit people add" in again.stderr
    quiet = remit("demo", "--data", payments_file.parent, "--no-accounts")
    assert DEMO_PASSWORD not in quiet.stderr + quiet.stdout


@pytest.mark.django_db
@pytest.mark.slow
def test_a_file_that_the_demo_cannot_use_is_named(remit: Remit, payments_file: Path, home: Path) -> None:
    payments_file.with_name("payments-2015-16.csv").write_text("Colour\nred\n", encoding="utf-8")
    ran = remit("demo", "--data", payments_file.parent)
    assert ran.code == 0, ran.stderr
    assert "payments-2015-16.csv: left out." in ran.stdout
    assert "payments-2014-15.csv: 3 rows" in ran.stdout


def test_a_folder_that_is_not_there(remit: Remit, tmp_path: Path) -> None:
    ran = remit("demo", "--data", tmp_path / "gone", "--json")
    assert (ran.code, ran.json["error"]) == (4, "folder_not_found")


def test_the_tour_for_machines(remit: Remit) -> None:
    rows = remit("tour", "--json").json
    assert [row["id"] for row in rows] == [row.id for row in tour().rows]
    assert all(row.keys() == {"id", "state", "url", "tests"} for row in rows)
    only = remit("tour", "--article", "s1", "--json").json
    assert only == [row for row in rows if row["id"].startswith("S1-")]


def test_the_tour_for_people(remit: Remit) -> None:
    words = remit("tour").stdout
    assert all(f"{row.id}  {row.state}" in words for row in tour().rows)
    assert all(f"{article.id}. {article.publisher}" in words for article in tour().articles)
    assert words.rstrip().endswith("not yet")
    assert "\x1b" not in words
    assert "S0-01" not in remit("tour", "--article", "S1").stdout


def test_an_article_that_is_none_is_a_usage_error(remit: Remit) -> None:
    ran = remit("tour", "--article", "S9", "--json")
    assert (ran.code, ran.json["error"]) == (2, "usage")
    assert "S0, S1, S2, S3, S4" in ran.stderr


@pytest.mark.django_db
def test_a_database_that_is_up_to_date(remit: Remit) -> None:
    assert remit("migrate").stdout == "Nothing to change.\n"


def test_django_has_its_own_commands(remit: Remit) -> None:
    ran = remit("manage", "diffsettings", "--all")
    assert ran.code == 0
    assert "SECRET_KEY" in ran.stdout


class Terminal(io.StringIO):
    """Standard error as a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_bar_for_each_step(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    with step_bars() as progress:
        progress("Reading", 1, 4)
        progress("Reading", 4, 4)
        progress("Dating facts", 2, 2)
    shown = terminal.getvalue()
    assert "Reading" in shown
    assert "4/4" in shown
    assert "2/2" in shown
    assert "\x1b[3" not in shown.replace("\x1b[?", "")


def test_a_file_gets_a_line_for_each_step(capsys: pytest.CaptureFixture[str]) -> None:
    with step_bars() as progress:
        progress("Reading", 1, 4)
        progress("Reading", 4, 4)
        progress("Dating facts", 2, 2)
    assert capsys.readouterr() == ("", "Reading …\nDating facts …\n")


def a_demo(*, rounds: int, is_replayed: bool) -> Demo:
    """A demo that was built just now."""
    return Demo(
        (), people=17, rounds=rounds, is_replayed=is_replayed, positions=0, facts_added=9, facts_ended=0
    )


def test_it_is_said_whether_the_programme_was_replayed_and_why_not() -> None:
    words = demo_words(a_demo(rounds=12, is_replayed=True), is_invented=True)
    assert words == "The delegation programme replayed: 12 rounds"
    by_hand = demo_words(a_demo(rounds=2, is_replayed=False), is_invented=True)
    assert by_hand.startswith("The delegation programme was not replayed: this ledger was begun before")
    early = demo_words(a_demo(rounds=0, is_replayed=True), is_invented=True)
    assert early == "The delegation programme was replayed up to now, which is before its first round."
    assert demo_words(a_demo(rounds=3, is_replayed=False), is_invented=False) == ""
