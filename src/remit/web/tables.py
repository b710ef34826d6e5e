"""Tables as data: what templates/components/table.jinja draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A heading; `numeric` columns are aligned right."""

    text: str
    numeric: bool = False


@dataclass(frozen=True)
class Cell:
    """Text, perhaps a link or a coloured tag; `hidden` is said but not shown, `note` is a second line."""

    text: str
    href: str = ""
    colour: str = ""
    hidden: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with its caption. `id` is unique on the page. The first cell of a row names the row.

    `stacked` shows rows as cards on small screens; otherwise the table scrolls in its container.
    `size` is the caption's: s, m or l. `empty` is shown instead when there are no rows.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell | str | int]]
    row_header: bool = True
    stacked: bool = False
    size: str = "m"
    empty: str = "There is nothing to show."
