"""Which columns of a payments file hold what: the payment columns, and the two that carry no label.

From 2022-23 the file prints the sub-ICB location under `CCG Code` and the primary care network in a pair of
columns whose labels are blank, `Code`, or even `CCG NAME`. What such a column holds is told by its values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from remit.engines.layouts import texts
from remit.engines.layouts.figures import NotAFigure, figure
from remit.engines.layouts.gathering import Gathering
from remit.engines.layouts.headers import Row, Table, find_table, is_unlabelled, squash, unknown
from remit.engines.layouts.meanings import PAYMENTS_WORDS, PRINTED
from remit.engines.layouts.payment_lines import LINE_BY_LABEL, SUBTOTALS, TOTAL, Line, new_line
from remit.engines.layouts.readings import Kind, PaymentColumn

NEEDED = {meaning: PRINTED[meaning] for meaning in ("practice_code", "commissioner_code")}
_COUNTS = ("numberof", "countof", "averagenumberof")
_MOSTLY = 0.9

VOCABULARY: dict[str, str] = {
    **{label: f"payment:{line.name}" for label, line in LINE_BY_LABEL.items()},
    **PAYMENTS_WORDS,
}


@dataclass(frozen=True)
class Understood:
    """A payments table whose columns are all understood."""

    table: Table
    columns: tuple[PaymentColumn, ...]
    positions: tuple[int, ...]


def understand(table: Table, gathering: Gathering) -> Understood:
    """Say what each column of a payments table is."""
    table = _find_network(table)
    lines: dict[int, Line] = {}
    meanings = list(table.meanings)
    for at in range(len(table.labels)):
        line = _line(table, at, gathering)
        if line is not None:
            lines[at] = line
    columns = _columns(table, lines, gathering)
    for column in columns:
        meanings[column.position - 1] = f"payment:{column.line}"
    return Understood(table.having(meanings), columns, tuple(lines))


def payments_table(rows: Sequence[Row]) -> Table:
    """The table of a payments file. Raises `UnknownLayout` when no column of it is a known payment line."""
    table = find_table(Kind.PAYMENTS, rows, VOCABULARY, NEEDED)
    if not any(meaning and meaning.startswith("payment:") for meaning in table.meanings):
        raise unknown(Kind.PAYMENTS, table.labels, [PRINTED["payments"]], meanings=table.meanings)
    return table


def _find_network(table: Table) -> Table:
    """The table with its primary care network columns found by their values, if no label says so."""
    meanings = list(table.meanings)
    if "pcn_code" not in meanings:
        free = [at for at in range(len(meanings)) if _may_be(table, at, "commissioner_code")]
        code_at = next((at for at in free if _looks(table, at, _is_network, texts.says_no_pcn)), None)
        if code_at is None:
            return table
        meanings[code_at] = "pcn_code"
    if "pcn_name" not in meanings:
        free = [at for at in range(len(meanings)) if _may_be(table, at, "commissioner_name")]
        named = (at for at in free if _looks(table, at, _names_network, texts.says_no_pcn))
        beside = (at for at in free if at == meanings.index("pcn_code") + 1 and table.meanings[at] is None)
        name_at = next(chain(named, beside), None)
        if name_at is not None:
            meanings[name_at] = "pcn_name"
    return table.having(meanings)


def _may_be(table: Table, at: int, mistaken_for: str) -> bool:
    """Whether a column's label leaves open what it holds: none, a bare word, or one also used wrongly."""
    return (
        table.meanings[at] == mistaken_for
        or is_unlabelled(table.labels[at])
        or squash(table.labels[at]) in ("code", "name")
    )


def _is_network(cell: str) -> bool:
    return texts.is_pcn(cell.upper())


def _names_network(cell: str) -> bool:
    name = cell.upper()
    return "PCN" in name or "NETWORK" in name


def _looks(table: Table, at: int, yes: Callable[[str], bool], neutral: Callable[[str], bool]) -> bool:
    """Whether nearly all of a column's values are of a kind, leaving out those that say nothing."""
    telling = [cell for cell in table.cells(at) if not neutral(cell)]
    return bool(telling) and sum(map(yes, telling)) >= _MOSTLY * len(telling)


def _line(table: Table, at: int, gathering: Gathering) -> Line | None:
    """The payment line that a column holds, or None when it holds something else."""
    meaning, label = table.meanings[at], table.labels[at]
    if meaning is not None:
        return (
            LINE_BY_LABEL.get(squash(label)) or _footnoted(label) if meaning.startswith("payment:") else None
        )
    holds_numbers = _looks(table, at, _is_figure, lambda cell: not texts.known(cell))
    empty = not any(texts.known(cell) for cell in table.cells(at))
    if empty and is_unlabelled(label):
        return None
    if not holds_numbers or is_unlabelled(label) or squash(label).startswith(_COUNTS):
        what = "is empty" if empty else "is not known"
        gathering.remark(
            None, label.strip() or f"column {at + 1}", "", f"This column {what}. It was not used."
        )
        return None
    gathering.remark(
        None, label.strip(), "", "This payment line is new to Remit. It was kept under its own name."
    )
    return new_line(label)


def _footnoted(label: str) -> Line:
    return LINE_BY_LABEL[squash(label).rstrip("0123456789")]


def _is_figure(cell: str) -> bool:
    try:
        return figure(cell) is not None
    except NotAFigure:
        return False


def _columns(table: Table, lines: dict[int, Line], gathering: Gathering) -> tuple[PaymentColumn, ...]:
    """The payment columns in the file's order. A line printed twice keeps both, the second as `name_2`."""
    names = {line.name for line in lines.values()}
    used: set[str] = set()
    columns: list[PaymentColumn] = []
    for at, line in lines.items():
        label = table.labels[at].strip()
        name = _free_name(line.name, used)
        if name != line.name:
            gathering.remark(None, label, "", f"Two columns hold the line “{line.name}”. Both were kept.")
        used.add(name)
        parts = SUBTOTALS.get(line.name, frozenset())
        columns.append(PaymentColumn(at + 1, label, name, TOTAL if parts & names else line.kind))
    return tuple(columns)


def _free_name(name: str, used: Iterable[str]) -> str:
    free, number = name, 2
    while free in used:
        free, number = f"{name}_{number}", number + 1
    return free
