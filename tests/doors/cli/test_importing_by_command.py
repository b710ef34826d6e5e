"""`remit import`: what it says, in words and to machines, and with which exit code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from remit.ledger.queries import entries
from remit.register.queries import exists, sources
from tests.doors.cli.conftest import HEADER, ROWS, Ran, write, write_workbook

pytestmark = pytest.mark.django_db

Remit = Callable[..., Ran]


def test_a_file_is_loaded_and_counted(remit: Remit, payments_file: Path) -> None:
    ran = remit("import", "payments", payments_file, "--json")
    assert ran.code == 0
    counts = {name: ran.json[name] for name in ("rows", "practices", "commissioners", "refused", "unchanged")}
    assert counts == {"rows": 3, "practices": 3, "commissioners": 2, "refused": 0, "unchanged": 0}
    assert "Reading" in ran.stderr
    assert exists("Y99001")


def test_the_same_file_again_changes_nothing_and_says_so(remit: Remit, payments_file: Path) -> None:
    remit("import", "payments", payments_file)
    before = entries().count()
    again = remit("import", "payments", payments_file, "--json")
    assert (again.code, again.json["unchanged"], again.json["rows"]) == (0, 3, 3)
    assert again.json["facts_added"] == 0
    assert entries().count() == before
    assert "Nothing changed" in remit("import", "payments", payments_file).stdout


def test_the_report_reads_well(remit: Remit, payments_file: Path) -> None:
    ran = remit("import", "payments", payments_file)
    assert "Loaded “NHS Payments to General Practice, England, 2014-15”." in ran.stdout
    assert "3 rows, 3 practices, 2 commissioners" in ran.stdout


def test_where_it_came_from_is_kept(remit: Remit, payments_file: Path) -> None:
    options = {
        "--publisher": "Fells Gazette",
        "--licence": "CC0",
        "--retrieved": "2016-02-29",
        "--title": "Fells",
    }
    words = [word for pair in options.items() for word in pair]
    assert remit("import", "payments", payments_file, *words).code == 0
    kept = sources()[0]
    assert (kept.publisher, kept.licence, str(kept.retrieved_on), kept.title) == tuple(options.values())


def test_an_unknown_layout_is_refused_with_the_columns_found_and_missing(
    remit: Remit, tmp_path: Path
) -> None:
    file = write(tmp_path / "payments-2014-15.csv", "CCG Code,CCG Name,Colour", "99A,Fellside,red")
    ran = remit("import", "payments", file, "--json")
    assert ran.code == 3
    assert (ran.json["error"], ran.json["rows"]) == ("unknown_layout", 0)
    assert "Colour" in ran.json["columns_found"]
    assert "Practice Code" in ran.json["columns_missing"]
    assert "Colour" in ran.stderr
    assert "Practice Code" in ran.stderr
    assert not exists("99A")


BAD_ROW = "Q44,North Fells,99A,Fellside,not a code,Odd Surgery,ZZ1 1ZZ,GMS,5000,5100,300000,400000"


def test_a_row_that_cannot_be_used_refuses_the_file(remit: Remit, tmp_path: Path) -> None:
    file = write(tmp_path / "payments-2014-15.csv", HEADER, *ROWS, BAD_ROW)
    ran = remit("import", "payments", file, "--json")
    assert ran.code == 3
    assert (ran.json["error"], ran.json["refused"]) == ("rows_refused", 1)
    assert ran.json["problems"][0]["row"] == 5
    assert "Row 5" in ran.stderr
    assert not exists("Y99001")


def test_the_rest_is_loaded_when_asked(remit: Remit, tmp_path: Path) -> None:
    file = write(tmp_path / "payments-2014-15.csv", HEADER, *ROWS, BAD_ROW)
    ran = remit("import", "payments", file, "--leave-out-refused")
    assert ran.code == 0
    assert "1 rows left out" in ran.stdout
    assert "Row 5" in ran.stdout
    assert exists("Y99001")


def test_many_problems_are_not_all_printed(remit: Remit, tmp_path: Path) -> None:
    file = write(tmp_path / "payments-2014-15.csv", HEADER, *ROWS, *[BAD_ROW] * 25)
    refused = remit("import", "payments", file)
    assert "Row 24" in refused.stderr
    assert "Row 25" not in refused.stderr
    assert "5 more" in refused.stderr
    loaded = remit("import", "payments", file, "--leave-out-refused")
    assert "Only the first 20" in loaded.stdout


def test_the_year_can_be_given(remit: Remit, tmp_path: Path) -> None:
    file = write(tmp_path / "payments.csv", HEADER, *ROWS)
    assert remit("import", "payments", file).code == 3
    ran = remit("import", "payments", file, "--year", "2014/15", "--json")
    assert ran.json["layout"] == "payments/2014-15"


@pytest.mark.parametrize("year", ["2014", "2014-16", "14-15", "next"])
def test_what_is_no_year_is_a_usage_error(remit: Remit, payments_file: Path, year: str) -> None:
    ran = remit("import", "payments", payments_file, "--year", year, "--json")
    assert ran.code == 2
    assert "Write it like 2014-15" in ran.json["message"]
    assert "Write it like 2014-15" in ran.stderr


def test_a_kind_nobody_knows_is_a_usage_error(remit: Remit, payments_file: Path) -> None:
    assert remit("import", "recipes", payments_file).code == 2


def test_a_file_that_is_not_there(remit: Remit, tmp_path: Path) -> None:
    ran = remit("import", "payments", tmp_path / "gone.csv", "--json")
    assert (ran.code, ran.json["error"]) == (4, "file_not_found")
    assert "gone.csv" in ran.stderr


def test_a_folder_is_not_a_file(remit: Remit, tmp_path: Path) -> None:
    ran = remit("import", "payments", tmp_path, "--json")
    assert (ran.code, ran.json["error"]) == (4, "file_unreadable")
    assert "directory" in ran.json["message"].lower()


# -- workbooks -----------------------------------------------------------------------------------------------


def cells(*lines: str) -> list[list[str]]:
    return [line.split(",") for line in lines]


def test_a_workbook_is_read_from_its_first_sheet(remit: Remit, tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "payments-2014-15.xlsx", {"Data": cells(HEADER, *ROWS)})
    ran = remit("import", "payments", book, "--json")
    assert (ran.code, ran.json["practices"]) == (0, 3)
    assert exists("Y99003")


def test_another_sheet_can_be_named(remit: Remit, tmp_path: Path) -> None:
    sheets = {"Notes": cells("Read me,please"), "Data": cells(HEADER, *ROWS)}
    book = write_workbook(tmp_path / "payments-2014-15.xlsx", sheets)
    refused = remit("import", "payments", book)
    assert refused.code == 3
    assert "Choose with --sheet: Notes, Data" in refused.stderr
    assert remit("import", "payments", book, "--sheet", "Data").code == 0
    missing = remit("import", "payments", book, "--sheet", "Figures", "--json")
    assert (missing.code, missing.json["error"]) == (4, "no_such_sheet")


def test_a_damaged_workbook_is_refused(remit: Remit, tmp_path: Path) -> None:
    book = tmp_path / "payments-2014-15.xlsx"
    book.write_bytes(b"PK\x03\x04 and then nothing")
    ran = remit("import", "payments", book, "--json")
    assert (ran.code, ran.json["error"]) == (3, "unreadable_workbook")


# -- the database --------------------------------------------------------------------------------------------


def test_a_database_of_an_older_version_is_not_written_to(
    remit: Remit, payments_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("remit.cli.database._migrations_missing", lambda: 2)
    monkeypatch.setattr("django.db.connection.vendor", "postgresql")
    ran = remit("import", "payments", payments_file, "--json")
    assert (ran.code, ran.json["error"]) == (1, "not_migrated")
    assert "remit migrate" in ran.stderr
    assert not exists("Y99001")


def test_a_database_out_of_reach_is_said_plainly(remit: Remit, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def unreachable() -> Any:
        raise OperationalError("no route to host")

    monkeypatch.setattr("remit.cli.database._migrations_missing", unreachable)
    ran = remit("as-at", "2015-01-01", "--json")
    assert (ran.code, ran.json["error"]) == (1, "database")
    assert "no route to host" in ran.stderr


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("payments", "no-such-file.csv"), 4, "file_not_found"),
        (("gossip", "no-such-file.csv"), 2, "usage"),
        (("payments",), 2, "usage"),
        (("payments", "no-such-file.csv", "--year", "2014-16"), 2, "usage"),
    ],
)
def test_a_file_that_was_not_read_is_counted_as_nothing(
    remit: Remit, words: tuple[str, ...], code: int, error: str
) -> None:
    ran = remit("import", *words, "--json")
    assert (ran.code, ran.json["error"]) == (code, error)
    counts = {name: ran.json[name] for name in ("rows", "practices", "commissioners", "refused", "unchanged")}
    assert set(counts.values()) == {0}
    assert ran.stderr
