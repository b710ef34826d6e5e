"""The reference page names every layout and every payment line."""

from __future__ import annotations

from pathlib import Path

from remit.engines.layouts import LINES
from remit.engines.layouts.payment_lines import BEYOND_THE_TOTAL

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "reference" / "file-layouts.md").read_text("utf-8")
LAYOUTS = (
    *(
        "payments/2014-15",
        "practices/ods",
        "map/practice-commissioner",
        "commissioners/ods",
        "commissioners/icb",
    ),
    *("commissioners/geography-by-year", "map/ccg-stp-region", "map/ccg-to-icb", "lists/wide", "lists/long"),
    "organisations/remit",
)


def test_every_layout_is_on_the_page() -> None:
    assert [layout for layout in LAYOUTS if f"`{layout}`" not in PAGE] == []


def test_every_payment_line_is_on_the_page_as_the_code_has_it() -> None:
    rows = [
        f"| `{line.name}`{' †' * (line.name in BEYOND_THE_TOTAL)} | {line.kind} | {'; '.join(line.labels)} |"
        for line in LINES
    ]
    assert [row for row in rows if row not in PAGE] == []
    assert PAGE.partition("## Payment lines")[2].count("\n| `") == len(rows)
