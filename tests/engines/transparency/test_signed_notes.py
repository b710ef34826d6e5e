"""Signed notes, checkpoints, cosignatures."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.engines.transparency.merkle import EMPTY_ROOT
from remit.engines.transparency.notes import (
    Checkpoint,
    NotANote,
    Note,
    Signature,
    SigningKey,
    VerifyingKey,
    is_key_name,
    read_checkpoint,
    read_note,
    read_signature,
    read_vkey,
    sign_note,
    signature_holds,
    signatures_by,
)

AT = datetime(2018, 8, 6, 9, tzinfo=UTC)
ROOT = b64encode(EMPTY_ROOT).decode()

# The example of the first implementation, Go's golang.org/x/mod/sumdb/note.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBw"
    "JnAM=\n"
)


def test_a_note_made_by_another_implementation_holds() -> None:
    """Go's own example, key and note."""
    key, note = read_vkey(GO_KEY), read_note(GO_NOTE)
    assert key.vkey == GO_KEY
    assert str(note) == GO_NOTE
    assert [holds for _, _, holds in signatures_by(note, [key])] == [True]
    assert not signature_holds(note.text + "x", note.signatures[0], key)


def test_a_checkpoint_has_the_form_of_the_standard(log: SigningKey) -> None:
    """Origin, size, root, and our line with the time."""
    text = Checkpoint("ledger.example/one", 0, EMPTY_ROOT, AT).text
    assert text == f"ledger.example/one\n0\n{ROOT}\ntime 2018-08-06T09:00:00.000000Z\n"
    note = Note(text, (sign_note(text, log),))
    assert read_checkpoint(read_note(str(note)).text) == Checkpoint("ledger.example/one", 0, EMPTY_ROOT, AT)
    assert read_checkpoint(f"o\n7\n{ROOT}\nother line\n") == Checkpoint("o", 7, EMPTY_ROOT)
    assert Checkpoint("o", 7, EMPTY_ROOT).text == f"o\n7\n{ROOT}\n"


def test_a_cosignature_is_dated(witness: SigningKey) -> None:
    """Eight bytes of time, then the signature over “cosignature/v1”, the time and the text."""
    text = Checkpoint("ledger.example/one", 0, EMPTY_ROOT, AT).text
    signature = sign_note(text, witness, 1_533_546_000)
    assert signature.seconds == 1_533_546_000
    assert signature_holds(text, signature, witness.public)
    again = read_signature(signature.line)
    assert again == signature
    later = Signature(again.name, again.key_id, (1_533_546_001).to_bytes(8, "big") + again.signature[8:])
    assert not signature_holds(text, later, witness.public)
    plain = witness.sign(f"cosignature/v1\ntime 1533546000\n{text}".encode())
    assert signature.signature[8:] == plain


def test_a_time_past_all_years_does_not_hold(witness: SigningKey) -> None:
    """C2SP lets verifiers refuse times in the future; these could not even be written."""
    signature = sign_note("a\n", witness, 2**62)
    assert not signature_holds("a\n", signature, witness.public)


def test_signatures_of_others_are_passed_over(log: SigningKey, witness: SigningKey) -> None:
    """Only those that name a key we know count, and they must be that key's."""
    text = "hello\n"
    note = Note(text, (sign_note(text, log), sign_note(text, witness, 5)))
    assert [key for key, _, _ in signatures_by(note, [log.public])] == [log.public]
    assert not signature_holds(text, note.signatures[1], log.public)
    short = Signature(log.public.name, log.public.key_id, b"x" * 63)
    assert not signature_holds(text, short, log.public)


@given(data=st.data())
def test_any_changed_byte_of_a_note_is_seen(data: st.DataObject, log: SigningKey) -> None:
    """Either it is no note any more, or the signature does not hold, or it names somebody else."""
    text = Checkpoint("ledger.example/one", 5, EMPTY_ROOT, AT).text
    original = str(Note(text, (sign_note(text, log),))).encode()
    spot = data.draw(st.integers(0, len(original) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != original[spot]))
    changed = original[:spot] + bytes([byte]) + original[spot + 1 :]
    try:
        note = read_note(changed.decode())
    except ValueError:
        return
    assert not any(holds for _, _, holds in signatures_by(note, [log.public]))


@given(data=st.data())
def test_any_changed_byte_of_a_key_is_seen(data: st.DataObject, witness: SigningKey) -> None:
    """A key's text checks itself."""
    original = witness.public.vkey.encode()
    spot = data.draw(st.integers(0, len(original) - 1))
    byte = data.draw(st.integers(0, 127).filter(lambda value: value != original[spot]))
    changed = (original[:spot] + bytes([byte]) + original[spot + 1 :]).decode()
    with pytest.raises(NotANote):
        read_vkey(changed)


@pytest.mark.parametrize(
    "text",
    [
        "no signatures\n",
        "\n\n— a eHh4eHh4\n",
        "text\n\n— a eHh4eHh4",
        "te\tt\n\n— a eHh4eHh4\n",
        "text\n\n- a eHh4eHh4\n",
        "text\n\n— a  eHh4eHh4\n",
        "text\n\n— a eHh4eHh4 more\n",
        "text\n\n— a+b eHh4eHh4\n",
        "text\n\n— a eHh4\n",
        "text\n\n— a eHh4eHh\n",
        "text\n\n— a eHh4eHg5x===\n",
        "text\n\n— a eHh4eHh5eR==\n",
        "text\n\n" + "— a eHh4eHh4\n" * 65,
    ],
)
def test_what_is_not_a_note(text: str) -> None:
    """Each part has its form, base64 its one spelling, and the signatures their limit."""
    with pytest.raises(NotANote):
        read_note(text)


@pytest.mark.parametrize(
    "text",
    [
        f"o\n1\n{ROOT}",
        "o\n1\n",
        f"o\n\n{ROOT}\n",
        f"o\n01\n{ROOT}\n",
        f"o\n-1\n{ROOT}\n",
        f"o\n١\n{ROOT}\n",
        "o\n1\neHh4\n",
        f"o\n1\n{ROOT}\ntime yesterday\n",
        f"o\n1\n{ROOT}\ntime 2018-02-30T09:00:00.000000Z\n",
        f"o\n1\n{ROOT}\ntime 9999-01-01T09:00:00.000000Z\n",
        f"o\n1\n{ROOT}\ntime 2018-08-06T09:00:00.000000Z\ntime 2018-08-06T09:00:00.000000Z\n",
    ],
)
def test_what_is_not_a_checkpoint(text: str) -> None:
    """Three lines, a number, a root, at most one time that a clock could show."""
    with pytest.raises(NotANote):
        read_checkpoint(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+00000000+",
        "name+00000000+eHh4",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        VerifyingKey("name", 2, bytes(32)).vkey,
    ],
)
def test_what_is_not_a_key(text: str) -> None:
    """Name, id and key must fit each other, and the kind be one of ours."""
    with pytest.raises(NotANote):
        read_vkey(text)


def test_names_of_keys() -> None:
    """C2SP: not empty, no spaces of any script, no plus."""
    assert is_key_name("remit.example/ledger")
    assert not any(is_key_name(name) for name in ("", "a b", "a\u2003b", "a+b", "a\n", "a\x00"))
