"""Our own layout for organisations that no published file lists: committees, area teams, publishers, …"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from remit.engines.layouts.gathering import Columns, Gathering, Progress, RowRefused
from remit.engines.layouts.headers import Row, find_table, with_rows
from remit.engines.layouts.meanings import OWN_WORDS
from remit.engines.layouts.ods import ods_postcode, outside, snapshot_day
from remit.engines.layouts.readings import Claim, Kind, Reading, SuccessionRow
from remit.kernel.period import ONE_DAY

COMMISSIONER_KINDS = frozenset({"commissioner", "ccg", "icb", "sub_icb_location"})

SUCCESSOR = "successor"
_WORD = re.compile(r"[a-z][a-z0-9_]*")


def read_organisations(
    rows: list[Row], *, filename: str, as_of: date | None, progress: Progress | None
) -> Reading:
    """Everything that an organisations file says. Its dates are firm: they are its author's statement.

    An organisation may have several rows, for other dates or another parent.
    """
    table = find_table(Kind.ORGANISATIONS, rows, OWN_WORDS, {word: word for word in ("code", "kind", "name")})
    table = replace(
        with_rows(Kind.ORGANISATIONS, table), cut={}
    )  # written by hand: whoever leaves out the last commas means blank
    columns, gathering = Columns(table), Gathering()
    on = snapshot_day(Kind.ORGANISATIONS, filename, as_of, table, columns, gathering)
    successions: list[SuccessionRow] = []

    def take(number: int, row: Row) -> None:
        followed = _take(gathering, columns, number, row)
        if followed is not None:
            successions.append(followed)

    gathering.take_each(table, columns.width, take, progress)
    return gathering.reading(
        table,
        kind=Kind.ORGANISATIONS,
        layout="organisations/remit",
        title=f"Organisations without a published file, {on.day} {on:%B %Y}",
        as_of=on,
        successions=successions,
    )


def _take(gathering: Gathering, columns: Columns, number: int, row: Row) -> SuccessionRow | None:
    """What a row says. The relation “successor” is no claim but a step, on the day after the organisation closed;
    a body with two heirs has a row for each."""
    code = columns.code(row, "code")
    if not code:
        raise RowRefused(columns.label("code"), "", "There is no code. Give one, or delete the row.")
    kind = _word(columns, row, "kind")
    if not kind:
        raise RowRefused(columns.label("kind"), "", "There is no kind. Give one, such as lmc or area_team.")
    opened, closed = columns.open_and_close(row)
    relation, parent = _word(columns, row, "parent_relation"), columns.code(row, "parent_code")
    if bool(relation) != bool(parent):
        raise RowRefused(
            columns.label("parent_code" if relation else "parent_relation"),
            parent or relation,
            "Give parent_relation and parent_code together, or neither.",
        )
    if relation == SUCCESSOR and closed is None:
        raise RowRefused(
            columns.label("close_date"), "", "Give the last day of an organisation that has a successor."
        )
    gathering.once(
        (code, opened, relation, parent),
        number,
        columns.label("code"),
        code,
        "Row {row} says the same of this code. Delete one of the two rows.",
    )
    days = (opened, closed)
    said = (
        ("name", columns.text(row, "name")),
        (relation, parent if relation != SUCCESSOR else ""),
        ("address", columns.text(row, "address")),
        ("postcode", ods_postcode(gathering, columns, number, row)),
    )
    if kind == "practice":
        gathering.practices.add(code)
    if kind in COMMISSIONER_KINDS:
        gathering.commissioners.add(code)
    kinds = outside(opened, closed, [Claim("kind", kind, *days, True)])
    gathering.see(
        code, number, (*kinds, *(Claim(about, value, *days, True) for about, value in said if value))
    )
    if relation == SUCCESSOR and closed is not None:
        return SuccessionRow(code, parent, closed + ONE_DAY, number)
    return None


def _word(columns: Columns, row: Row, meaning: str) -> str:
    """A kind or relation. Refuses the row unless it is one small word (underscores allowed)."""
    text = columns.text(row, meaning)
    if text and not _WORD.fullmatch(text):
        raise RowRefused(
            columns.label(meaning), text, "Write this as one word in small letters, such as area_team."
        )
    return text
