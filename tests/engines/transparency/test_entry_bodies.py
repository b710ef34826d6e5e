"""Bodies of entries: one spelling, strictly read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.engines.transparency.entry import (
    MAX_BODY_BYTES,
    MAX_INTEGER,
    Draft,
    NotAnEntry,
    find_email,
    read_body,
    write_body,
)
from remit.kernel.canonical import canonical_json

AT = datetime(2015, 4, 1, 9, 30, tzinfo=UTC)
DRAFT = Draft("ballot.opened", "01HXYZ", "QCF", AT, "Constitution 8.2", "ballot:7", {"seats": 3})

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
whole = st.integers(-MAX_INTEGER, MAX_INTEGER)
values = st.recursive(
    st.none() | st.booleans() | whole | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


def test_a_body_is_exactly_this() -> None:
    """The bytes that are hashed, for all time."""
    assert write_body(5, DRAFT) == (
        b'{"act":"ballot.opened","acting_for":"QCF","at":"2015-04-01T09:30:00.000000Z","by":"01HXYZ",'
        b'"details":{"seats":3},"index":5,"once":null,"subject":"ballot:7","under":"Constitution 8.2","v":1}'
    )


@given(details=st.dictionaries(texts, values, max_size=4), index=st.integers(0, 2**40))
def test_what_is_written_is_read_back(details: dict[str, Any], index: int) -> None:
    """Any details that JSON holds exactly, in any script, beyond the basic plane too."""
    body = read_body(write_body(index, replace(DRAFT, details=details, once="k")).decode())
    assert body["details"] == details
    assert (body["index"], body["once"], body["v"]) == (index, "k", 1)


@given(st.data())
def test_any_changed_byte_is_refused_or_read_as_something_else(data: st.DataObject) -> None:
    """No two spellings mean the same."""
    original = write_body(7, replace(DRAFT, details={"note": "né 😀", "n": 12}))
    spot = data.draw(st.integers(0, len(original) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != original[spot]))
    changed = original[:spot] + bytes([byte]) + original[spot + 1 :]
    try:
        body = read_body(changed.decode())
    except ValueError:
        return
    assert body != read_body(original.decode())


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"act": ""}, "needs “act”"),
        ({"act": "Ballot opened"}, "not an act's name"),
        ({"by": ""}, "needs “by”"),
        ({"by": 5}, "needs “by”"),
        ({"by": None}, "needs “by”"),
        ({"once": ""}, "needs “once”"),
        ({"subject": "x" * 256}, "at most 255"),
        ({"under": "a\nb"}, "control character"),
        ({"details": {"rate": 1.5}}, "not a whole number"),
        ({"details": {"rates": [{"a": (2.0,)}]}}, "not a whole number"),
        ({"details": {"long": "x" * MAX_BODY_BYTES}}, "at most 65,536 bytes"),
        ({"at": datetime(948, 1, 1, tzinfo=UTC)}, "date in another form"),
        ({"at": datetime(2015, 4, 1)}, "needs a zone"),
        ({"details": {"n": 2**60}}, "2\\*\\*53|exceeds|domain|large"),
    ],
)
def test_what_cannot_be_an_entry(change: dict[str, Any], why: str) -> None:
    """Each refusal says what is wrong."""
    with pytest.raises(ValueError, match=why):
        write_body(0, replace(DRAFT, **change))


def body_with(**changes: Any) -> str:
    """A canonical body with some fields replaced."""
    return canonical_json(json.loads(write_body(0, DRAFT)) | changes).decode()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "keys"),
        ("{}", "keys"),
        ('{"a":1,"a":1}', "not canonical"),
        ('{"a": 1}', "not canonical"),
        ('{"a":-0}', "not canonical"),
        ('"\\ud800"', "not canonical"),
        ('{"a":1.0}', "not a whole number"),
        ('{"a":NaN}', "not a whole number"),
        ('{"a":12345678901234567890}', "too large"),
        ('{"a":9007199254740992}', "too large"),
        (body_with(extra=1), "keys"),
        (body_with(v=2), "version 1"),
        (body_with(v=True), "version 1"),
        (body_with(index="0"), "index"),
        (body_with(index=False), "index"),
        (body_with(by=None), "wrong type"),
        (body_with(details=[]), "wrong type"),
        (body_with(once=3), "wrong type"),
        (body_with(at="2015-04-01"), "another form"),
        (body_with(at=20150401), "no such date"),
        (body_with(at="2015-02-30T00:00:00.000000Z"), "no such date"),
    ],
)
def test_what_is_not_read_as_an_entry(text: str, why: str) -> None:
    """Strict reading: spelling, keys, types."""
    with pytest.raises(NotAnEntry, match=why):
        read_body(text)


def test_keys_beyond_the_basic_plane_are_in_utf16_order() -> None:
    """RFC 8785 sorts by UTF-16 code units, which is not the order of code points."""
    details = {"\U0001f600": 1, "\ufb01": 2}
    text = write_body(0, replace(DRAFT, details=details)).decode()
    assert text.index("\U0001f600") < text.index("\ufb01")
    assert read_body(text)["details"] == details


@pytest.mark.parametrize("text", ["write to jo.bloggs@nhs.example now", '{"a":"x@y.uk"}', "é@bücher.example"])
def test_an_address_is_noticed(text: str) -> None:
    """What looks like an e-mail address."""
    assert find_email(text)


@pytest.mark.parametrize("text", ["", "3 @ £2.50", "@", "a@b", "rate@1.5", "x" * 60_000 + "@"])
def test_other_at_signs_are_let_pass(text: str) -> None:
    """What does not; and a long text takes no long time."""
    assert find_email(text) is None
