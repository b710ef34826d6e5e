"""What only a close look finds: macros by type, locked parts, pictures and streams that break off."""

from __future__ import annotations

import struct

import pytest

from remit.engines.uploads import check_upload
from tests.upload_corpus import docx, jpeg, pdf, png, types, zipped


def locked(content: bytes) -> bytes:
    """An archive whose first part says that it needs a password."""
    made = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(mark) + offset
        (flags,) = struct.unpack_from("<H", made, at)
        struct.pack_into("<H", made, at, flags | 1)
    return bytes(made)


def packed(way: bytes, stream: bytes) -> bytes:
    """A PDF whose objects are packed in a way of its own."""
    return pdf().replace(
        b"trailer",
        b"3 0 obj\n<</Type/ObjStm" + way + b">>\nstream\n" + stream + b"\nendstream\nendobj\ntrailer",
    )


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", docx(**{"[Content_Types].xml": types("macroEnabled")}), "active_content"),
        ("a.docx", locked(docx()), "password_protected"),
        ("a.png", png()[:-12], "not_what_it_says"),
        ("a.pdf", packed(b"/Filter/LZWDecode", b"x"), "not_what_it_says"),
        ("a.pdf", packed(b"/Filter/FlateDecode", b"no such thing"), "not_what_it_says"),
        ("a.pdf", packed(b"", b"<</JavaScript 1>>"), "active_content"),
        ("a.jpg", jpeg()[:2] + b"\xff\xe0\x00\x04ab", "not_what_it_says"),
        ("a.jpg", jpeg()[:2] + b"abcd" * 3 + b"\xff\xd9", "not_what_it_says"),
        (
            "a.ods",
            zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
            "not_what_it_says",
        ),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x04ab" + b"no more markers here\xff\xd9", "not_what_it_says"),
        ("a.ods", b"PK of something else", "not_what_it_says"),
        ("a.docx", b"PK of something else", "not_what_it_says"),
        ("a.csv", b"a," + b"x" * 200_000 + b"\n", "not_what_it_says"),
    ],
)
def test_it_is_refused_for_its_reason(name: str, content: bytes, code: str) -> None:
    assert [reason.code for reason in check_upload(name, content).reasons] == [code]


def test_an_object_between_two_streams_is_read() -> None:
    """The end of one stream is not the beginning of another."""
    between = packed(b"", b"<</Kids 1>>").replace(b"3 0 obj", b"9 0 obj\n<</S/JavaScript>>\nendobj\n3 0 obj")
    assert [reason.code for reason in check_upload("a.pdf", between).reasons] == ["active_content"]


def test_pictures_within_and_the_word_stream_in_one_change_nothing() -> None:
    picture = b"8 0 obj\n<</Subtype/Image>>\nstream\nup\nstream\ndown\nendstream\nendobj\n3 0 obj"
    within = packed(b"", b"<</Kids 1>>").replace(b"3 0 obj", picture)
    assert check_upload("a.pdf", within).allowed


def test_objects_that_are_not_packed_are_read() -> None:
    assert check_upload("a.pdf", packed(b"", b"<</Kids 1>>")).allowed
