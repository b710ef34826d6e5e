"""A witness signs only what continues what it signed before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.engines.transparency.merkle import Tiles, consistency_path, leaf_hash, root_of
from remit.engines.transparency.notes import (
    Checkpoint,
    NotANote,
    Note,
    SigningKey,
    read_note,
    sign_note,
    signature_holds,
)
from remit.engines.transparency.witness import Remembered, Request, cosign, read_request
from remit.kernel.decision import Refused

AT = datetime(2018, 8, 6, 9, tzinfo=UTC)
LEAVES = [leaf_hash(bytes([number])) for number in range(60)]
OTHER = [leaf_hash(bytes([number + 100])) for number in range(60)]


def request(
    log: SigningKey,
    old: int,
    new: int,
    leaves: list[bytes] = LEAVES,
    at: datetime | None = AT,
    origin: str = "ledger.example/one",
) -> Request:
    """What a log with these leaves asks."""
    text = Checkpoint(origin, new, root_of(leaves[:new]), at).text
    path = consistency_path(min(old, new), new, Tiles(lambda _, __: leaves))
    return Request(old, tuple(path), str(Note(text, (sign_note(text, log),))))


def remembered(size: int, leaves: list[bytes] = LEAVES) -> Remembered:
    """What a witness that signed at a size remembers."""
    return Remembered(size, root_of(leaves[:size]))


@given(old=st.integers(0, 60), new=st.integers(0, 60))
def test_growth_is_signed_and_remembered(old: int, new: int, log: SigningKey, witness: SigningKey) -> None:
    """From any size to any later one, through the request's text."""
    old, new = sorted((old, new))
    asked = read_request(str(request(log, old, new)))
    signature, after = cosign(
        asked, log=log.public, key=witness, remembered=remembered(old), at=AT + timedelta(seconds=90.7)
    )
    assert after == remembered(new)
    assert signature.seconds == int(AT.timestamp()) + 90
    assert signature_holds(read_note(asked.note).text, signature, witness.public)


def test_a_first_checkpoint_is_signed_on_trust(log: SigningKey, witness: SigningKey) -> None:
    """A witness that has seen nothing starts from the empty ledger."""
    _, after = cosign(request(log, 0, 40), log=log.public, key=witness, remembered=Remembered(), at=AT)
    assert after.size == 40


def refusal(
    asked: Request, log: SigningKey, witness: SigningKey, before: Remembered, at: datetime = AT
) -> str:
    """The code of the refusal."""
    with pytest.raises(Refused) as refused:
        cosign(asked, log=log.public, key=witness, remembered=before, at=at)
    return refused.value.code


def test_what_a_witness_refuses(log: SigningKey, second_witness: SigningKey, witness: SigningKey) -> None:
    """Rewritten, cut, stale, undated, somebody else's, or with a proof from elsewhere."""
    assert refusal(request(log, 20, 40, OTHER), log, witness, remembered(20)) == "forked"
    assert refusal(request(log, 40, 40, OTHER), log, witness, remembered(40)) == "forked"
    assert refusal(request(log, 40, 30), log, witness, remembered(40)) == "shrunk"
    assert refusal(request(log, 10, 40), log, witness, remembered(20)) == "old_size"
    assert refusal(request(log, 20, 40, at=None), log, witness, remembered(20)) == "not_fresh"
    asked = request(log, 20, 40)
    assert refusal(asked, log, witness, remembered(20), AT + timedelta(minutes=61)) == "not_fresh"
    assert refusal(asked, log, witness, remembered(20), AT - timedelta(seconds=2)) == "not_fresh"
    assert refusal(request(second_witness, 20, 40), log, witness, remembered(20)) == "not_signed"
    elsewhere = request(log, 20, 40, origin="ledger.example/two")
    assert refusal(elsewhere, log, witness, remembered(20)) == "not_signed"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "old 5",
        "new 5\n\nnote",
        "old x\n\nnote",
        "old -5\n\nnote",
        "old ٥\n\nnote",
        "old 12345678901234567890\n\nnote",
        "old 5\neHh4\n\nnote",
        "old 5\nnot base64\n\nnote",
        "old 5\n" + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n" * 64 + "\nnote",
    ],
)
def test_what_is_not_a_request(text: str) -> None:
    """“old”, a number, at most 63 hashes, an empty line, a note."""
    with pytest.raises(NotANote):
        read_request(text)
