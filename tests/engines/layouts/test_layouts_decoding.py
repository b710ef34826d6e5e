"""Bytes become rows, whatever the encoding, line ends and delimiter."""

from __future__ import annotations

import pytest

from remit.engines.layouts import Kind, UnknownLayout
from remit.engines.layouts.decoding import decode, rows_of, sniff_delimiter
from tests.engines.layouts.written_files import csv_text

TEXT = 'Practice Code,Name\r\nA81001,"Café, £5"\r\n'
ROWS = [["Practice Code", "Name"], ["A81001", "Café, £5"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_gives_the_same_rows(encoding: str) -> None:
    rows, decoded = rows_of(Kind.PAYMENTS, TEXT.encode(encoding))
    assert rows == ROWS
    assert decoded.unreadable == 0


def test_big_endian_utf_16_is_read() -> None:
    assert rows_of(Kind.MAP, b"\xfe\xff" + TEXT.encode("utf-16-be"))[0] == ROWS


def test_characters_that_cannot_be_read_are_counted() -> None:
    decoded = decode(b"Caf\xe9 \x81 \x9d")
    assert (decoded.text, decoded.encoding, decoded.unreadable) == ("Café � �", "cp1252", 2)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_line_end_gives_the_same_rows(end: str) -> None:
    assert rows_of(Kind.PAYMENTS, TEXT.replace("\r\n", end).encode())[0] == ROWS


def test_line_ends_may_be_mixed_and_quoted_newlines_stay() -> None:
    rows, _ = rows_of(Kind.LISTS, b'a,b\rc,"d\r\ne"\nf,g\r\n')
    assert rows == [["a", "b"], ["c", "d\r\ne"], ["f", "g"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = csv_text([["Code", "Name, and more", "x"], ["1", "2", "3"]], delimiter)
    assert sniff_delimiter(text) == delimiter


def test_one_column_is_taken_as_commas() -> None:
    assert sniff_delimiter("Code\r\nA81001\r\n") == ","


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b"PK\x03\x04", "workbook"),
        (b"\xd0\xcf\x11\xe0", "old Excel"),
        (b"%PDF", "PDF"),
        (b"\x1f\x8b", "compressed"),
    ],
)
def test_other_kinds_of_file_are_refused_by_name(start: bytes, what: str) -> None:
    with pytest.raises(UnknownLayout, match=what):
        rows_of(Kind.PAYMENTS, start + b"rest")


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n \n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnknownLayout, match="empty") as caught:
        rows_of(Kind.PAYMENTS, data)
    assert caught.value.kind is Kind.PAYMENTS


def test_a_cell_without_end_is_refused() -> None:
    with pytest.raises(UnknownLayout, match="every quote is closed"):
        rows_of(Kind.PAYMENTS, b'a,b\r\n"' + b"x" * 200_000)


def test_a_quote_that_swallows_rows_is_located() -> None:
    rows = "\r\n".join(["a,b,c,d", "1,2,3,4", '5,"6,7,8', *["1,2,3,4"] * 5])
    with pytest.raises(UnknownLayout, match="Row 3 opens a quote"):
        rows_of(Kind.PAYMENTS, rows.encode())
