"""Laws: what a file says does not depend on how it was written down."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from remit.engines.layouts import Kind, Reading, read, read_rows
from remit.engines.layouts.figures import figure
from tests.engines.layouts.written_files import csv_text, payments_2014, payments_2022

LAW = settings(max_examples=60, deadline=None)  # reading a file takes longer on a busy machine
NAME = "pay-2022-23.csv"
Rows = list[list[str]]


def facts(reading: Reading) -> Reading:
    """The reading without where its columns stood, and its payments in the order of their lines."""
    order = sorted(range(len(reading.payment_columns)), key=lambda at: reading.payment_columns[at].line)
    return replace(
        reading,
        columns=(),
        payment_columns=tuple(replace(reading.payment_columns[at], position=0) for at in order),
        payments=tuple(
            replace(row, amounts=tuple(row.amounts[at] for at in order)) for row in reading.payments
        ),
    )


def utf8_by_chance(text: str) -> bool:
    """Whether text in Windows-1252 makes the bytes of another text in UTF-8: nobody could tell the two apart."""
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeDecodeError:
        return False


@st.composite
def written(draw: st.DrawFn) -> Rows:
    """A payments file of two practices with some cells of its own."""
    rows = draw(st.sampled_from([payments_2014, payments_2022]))()
    money = st.decimals(min_value=-(10**9), max_value=10**9, places=2).map(str)
    at = rows[0].index("Global Sum")
    text = st.text(st.characters(codec="cp1252", categories=["L", "N", "P", "Zs"]), max_size=20)
    for row in rows[1:]:
        row[at] = draw(st.one_of(money, st.sampled_from(["", "-", "N/A"])))
        row[rows[0].index("Practice Name")] = draw(text)
    return rows


@LAW
@given(written(), st.randoms(use_true_random=False))
def test_columns_may_stand_in_any_order(rows: Rows, chance: Random) -> None:
    order = list(range(len(rows[0])))
    chance.shuffle(order)
    moved = [[row[at] for at in order] for row in rows]
    assert facts(read_rows(Kind.PAYMENTS, moved, filename=NAME)) == facts(
        read_rows(Kind.PAYMENTS, rows, filename=NAME)
    )


@LAW
@given(written(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
def test_the_encoding_does_not_matter(rows: Rows, encoding: str) -> None:
    assume(encoding != "cp1252" or not utf8_by_chance(csv_text(rows)))
    plain = read(Kind.PAYMENTS, csv_text(rows).encode("utf-8-sig"), filename=NAME)
    assert read(Kind.PAYMENTS, csv_text(rows).encode(encoding), filename=NAME) == plain


@LAW
@given(written(), st.sampled_from(["\n", "\r", "\r\n"]), st.sampled_from([",", ";", "\t"]))
def test_line_ends_and_delimiters_do_not_matter(rows: Rows, end: str, delimiter: str) -> None:
    plain = read_rows(Kind.PAYMENTS, rows, filename=NAME)
    assert read(Kind.PAYMENTS, csv_text(rows, delimiter, end).encode("utf-8-sig"), filename=NAME) == plain


@LAW
@given(written(), st.integers(0, 25), st.integers(1, 3))
def test_blank_columns_and_rows_do_not_matter(rows: Rows, at: int, many: int) -> None:
    wider = [[*row[:at], *[" "] * many, *row[at:]] for row in rows]
    plain = facts(read_rows(Kind.PAYMENTS, rows, filename=NAME))
    assert facts(read_rows(Kind.PAYMENTS, [*wider, [], [""]], filename=NAME)) == plain


@LAW
@given(written())
def test_spaces_around_cells_do_not_matter(rows: Rows) -> None:
    spaced = [[f" {cell}  " for cell in row] for row in rows]
    assert facts(read_rows(Kind.PAYMENTS, spaced, filename=NAME)) == facts(
        read_rows(Kind.PAYMENTS, rows, filename=NAME)
    )


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=2))
@settings(max_examples=200, deadline=None)
def test_money_comes_back_exactly_however_it_is_printed(pounds: Decimal) -> None:
    minus, size = ("-" if pounds < 0 else ""), abs(pounds)
    for cell in (f"{pounds}", f"{pounds:,}", f"{minus}£{size:,}", f"£{minus}{size}", f" {pounds} "):
        assert figure(cell) == pounds
    assert figure(f"({size:,})") == -size


@LAW
@given(st.text(max_size=12))
def test_a_cell_is_a_number_missing_or_refused_never_a_guess(cell: str) -> None:
    try:
        value = figure(cell)
    except ValueError:
        return
    assert value is None or value.is_finite()
