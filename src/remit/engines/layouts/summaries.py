"""Sums for England that stand under the practices: they are no practice, and are left out with a remark."""

from __future__ import annotations

from dataclasses import replace

from remit.engines.layouts import texts
from remit.engines.layouts.gathering import Columns, Gathering
from remit.engines.layouts.headers import Row, Table

_WORDS = frozenset(
    {"total", "totals", "grand total", "overall total", "sum", "england", "england total", "total england"}
    | {"national", "national total", "all practices", "all england"}
)
"""What such a row says in place of a code or name, in lower case."""


def without_summaries(table: Table, gathering: Gathering, code_meaning: str = "practice_code") -> Table:
    """The table without the rows at its very end that are sums, each told in a remark.

    Such a row says so where the practice's code stands (`Total`, `England`), or has no code there, no
    commissioner and no name of a practice. Higher up, a row without a code may be a practice that lost it:
    it stays, and is refused. So does a last row that breaks off without saying that it is a sum.
    """
    columns = Columns(table)
    end = len(table.data)
    while end > 1:
        number, row = table.data[end - 1]
        if not _is_summary(columns, row, code_meaning, number in table.cut):
            break
        end -= 1
    for number, row in table.data[end:]:
        gathering.remark(
            number,
            columns.label(code_meaning),
            row[columns.at[code_meaning]].strip(),
            "This row at the end names no practice: it looks like a total. It was left out.",
        )
    return replace(table, data=table.data[:end])


def _is_summary(columns: Columns, row: Row, code_meaning: str, broken_off: bool) -> bool:
    if _says_sum(row[columns.at[code_meaning]]):
        return True
    around = (code_meaning, "commissioner_code", "name", "practice_name")
    named = [columns.text(row, meaning) for meaning in around]
    if any(cell and not _says_sum(cell) for cell in named):
        return False
    return not broken_off or any(map(_says_sum, row))


def _says_sum(cell: str) -> bool:
    return texts.squeeze(cell).lower().rstrip(":") in _WORDS
