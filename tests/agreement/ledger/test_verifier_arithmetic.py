"""The verifier's own Ed25519 and canonical JSON agree with the libraries that Remit uses."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.kernel.canonical import canonical_json

# RFC 8032, section 7.1, tests 1 to 3: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]
L = 2**252 + 27742317777372353535851937790883648493


def library_says(public: bytes, signature: bytes, message: bytes) -> bool:
    """What the cryptography library answers."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_the_vectors_of_the_rfc(public: str, message: str, signature: str, verifier: ModuleType) -> None:
    """They hold, and not with a bit changed."""
    key, text, proof = (bytes.fromhex(part) for part in (public, message, signature))
    assert verifier.ed25519_holds(key, proof, text)
    assert not verifier.ed25519_holds(key, proof, text + b"x")
    assert not verifier.ed25519_holds(key, proof[:-1], text)
    assert not verifier.ed25519_holds(key[:-1], proof, text)


@settings(max_examples=40, deadline=None)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=80), data=st.data())
def test_changed_signatures_are_judged_alike(
    seed: bytes, message: bytes, data: st.DataObject, verifier: ModuleType
) -> None:
    """Sound ones hold in both; one changed bit of key, signature or message fails in both."""
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = private.public_key().public_bytes_raw(), private.sign(message)
    assert verifier.ed25519_holds(public, signature, message)
    parts = [bytearray(public), bytearray(signature), bytearray(message or b"\0")]
    part = data.draw(st.sampled_from(parts))
    part[data.draw(st.integers(0, len(part) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    key, proof, text = (bytes(part) for part in parts)
    assert not library_says(key, proof, text)
    assert not verifier.ed25519_holds(key, proof, text)


def test_a_second_spelling_of_a_signature_is_refused(verifier: ModuleType) -> None:
    """S + L is the same number to careless implementations (malleability)."""
    key, text, proof = (bytes.fromhex(VECTORS[0][0]), b"", bytes.fromhex(VECTORS[0][2]))
    raised = (int.from_bytes(proof[32:], "little") + L).to_bytes(32, "little")
    assert not library_says(key, proof[:32] + raised, text)
    assert not verifier.ed25519_holds(key, proof[:32] + raised, text)


def test_points_that_are_none_are_refused(verifier: ModuleType) -> None:
    """Off the curve, beyond the field, or minus zero."""
    for data in (b"\2" + bytes(31), b"\xff" * 32, b"\1" + bytes(30) + b"\x80"):
        assert verifier.decode_point(data) is None


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(1 - 2**53, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)


@given(value=values)
def test_canonical_json_is_the_same(value: Any, verifier: ModuleType) -> None:
    """Every value that our bodies can hold, written alike and read back."""
    text = canonical_json(value).decode()
    assert verifier.write_canonical(value) == text
    assert verifier.read_canonical(text) == value


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":1}',
        '{"b":1,"a":1}',
        '{"a": 1}',
        '"\\u0061"',
        '"\\ud800"',
        '"\ud800"',
        '"\\u007f"',
        "1.0",
        "1e3",
        "-0",
        "NaN",
        "9007199254740992",
        "1" * 5000,
        "[" * 100_000,
        "",
        "{} ",
        '{"\U0001f600":1,"\ufb01":2,"a":0}',
    ],
)
def test_other_spellings_are_refused(text: str, verifier: ModuleType) -> None:
    """One value, one spelling."""
    with pytest.raises(verifier.Malformed):
        verifier.read_canonical(text)


def test_the_verifier_needs_nothing_but_python(program: Path) -> None:
    """Every import is of the standard library."""
    names = set()
    for node in ast.walk(ast.parse(program.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    assert names <= set(sys.stdlib_module_names) | {"__future__"}
