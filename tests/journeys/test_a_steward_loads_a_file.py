"""The data steward loads a published file by hand: wrong at first, then right, then the same again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.conftest import Visitor
from tests.published_files import csv_bytes, organisations_file

pytestmark = pytest.mark.journey

STEWARD = "steward@demo.remit.example"


def fills_in(visitor: Visitor, file: Path) -> None:
    """The form, but for the day the file was retrieved."""
    page = visitor.page
    page.get_by_label("Organisations (Remit’s own layout)").check()
    page.set_input_files("input[type=file]", str(file))
    page.get_by_label("Day", exact=True).first.fill("20")
    page.get_by_label("Month", exact=True).first.fill("11")


def sends(visitor: Visitor) -> None:
    """Send the form."""
    visitor.follows(visitor.page.get_by_role("button", name="Load the file"))


def test_a_steward_puts_a_file_right_and_loads_it(visitor: Visitor, tmp_path: Path) -> None:
    body = (f"LMCJ{visitor.width}", "lmc", "JOURNEY LMC", "2013-04-01", "", "", "", "", "")
    right, wrong = tmp_path / "bodies-2013-04-01.csv", tmp_path / "fruit.csv"
    right.write_bytes(organisations_file(body))
    wrong.write_bytes(csv_bytes([("Fruit",), ("apple",)]))

    visitor.signs_in(STEWARD)
    visitor.goes_to("/imports/new/")
    visitor.finds_the_page_sound()
    sends(visitor)
    visitor.sees("There is a problem")
    visitor.sees("Select a file")
    visitor.finds_the_page_sound()

    fills_in(visitor, wrong)
    visitor.page.get_by_label("Year", exact=True).first.fill("2026")
    sends(visitor)
    visitor.sees("Columns that are missing")
    visitor.finds_the_page_sound()

    fills_in(visitor, right)
    sends(visitor)
    visitor.sees("The file was loaded")
    visitor.finds_the_page_sound()
    visitor.follows(
        visitor.page.get_by_role("link", name="What its columns were taken to mean, and every remark")
    )
    visitor.finds_the_page_sound()

    visitor.goes_to("/imports/new/")
    fills_in(visitor, right)
    visitor.page.get_by_label("Year", exact=True).first.fill("2026")
    sends(visitor)
    visitor.sees("Nothing changed")

    visitor.goes_to("/imports/")
    visitor.sees("The columns are not those of a file of this kind")
    visitor.finds_the_page_sound()
    visitor.goes_to(f"/organisations/LMCJ{visitor.width}/")
    visitor.sees("Journey LMC")
