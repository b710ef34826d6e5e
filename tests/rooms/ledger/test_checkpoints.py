"""Checkpoints and the witnesses who cosign them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.db import transaction

from remit.engines.transparency.notes import (
    LOG_KIND,
    Note,
    SigningKey,
    VerifyingKey,
    read_checkpoint,
    read_note,
    sign_note,
    signature_holds,
)
from remit.engines.transparency.witness import Remembered, cosign, read_request
from remit.kernel.actor import Actor, RoleAt
from remit.kernel.decision import Refused
from remit.ledger import actions, queries
from remit.ledger.keys import KeyUnsafe, key_path, log_key, make_key_file, published_log_key, read_key_file
from remit.ledger.models import Checkpoint, Cosignature, Entry

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def named(witnesses: tuple[SigningKey, SigningKey], somebody: Actor) -> tuple[SigningKey, SigningKey]:
    """Both witnesses, named at the start."""
    for witness in witnesses:
        actions.name_witness(vkey=f" {witness.public.vkey}\n", by=somebody, at=START)
    return witnesses


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    """The code of a refusal."""
    return refused.value.code


def test_a_checkpoint_signs_the_head(
    fill: Callable[[int], None], checkpoint_at: Callable[[float], Checkpoint]
) -> None:
    """Without becoming an entry itself."""
    fill(10)
    made = checkpoint_at(9)
    note = read_note(made.note)
    key = published_log_key()
    assert key is not None
    assert signature_holds(note.text, note.signatures[0], key)
    signed = read_checkpoint(note.text)
    assert (signed.origin, signed.size, signed.at) == (key.name, 10, START + timedelta(seconds=9))
    assert signed.root.hex() == queries.head().root
    assert Entry.objects.count() == 10
    assert list(queries.checkpoints()) == [made]
    assert queries.checkpoint_note(made) == made.note


def test_nothing_is_dated_before_a_checkpoint_afterwards(
    write: Callable[..., Entry], checkpoint_at: Callable[[float], Checkpoint]
) -> None:
    """The next entry is at least as late, so that an honest ledger is never taken for a back-dated one."""
    write(0)
    checkpoint_at(650)
    assert write(60).at == START + timedelta(seconds=650)
    with pytest.raises(Refused) as refused:
        checkpoint_at(40)
    assert code_of(refused) == "ledger_clock"
    assert queries.verify().ok


def test_an_empty_ledger_can_be_signed(checkpoint_at: Callable[[float], Checkpoint]) -> None:
    """Before the first entry."""
    assert checkpoint_at(0).size == 0
    assert queries.verify().ok


def test_two_witnesses_cosign(
    fill: Callable[[int], None],
    checkpoint_at: Callable[[float], Checkpoint],
    named: tuple[SigningKey, SigningKey],
    somebody: Actor,
) -> None:
    """Each from a request, each seeing that the ledger grew; both lines are handed out and verified."""
    fill(5)
    first = checkpoint_at(60)
    for witness in named:
        remembered = Remembered()
        for made, old, second in ((first, 0, 61),):
            asked = read_request(queries.witness_request(made, old))
            at = START + timedelta(seconds=second)
            line, remembered = cosign(asked, log=log_key().public, key=witness, remembered=remembered, at=at)
            actions.add_cosignature(size=made.size, line=line.line + "\n", by=somebody, at=at)
        assert remembered.size == first.size
    note = read_note(queries.checkpoint_note(first))
    assert [signature.name for signature in note.signatures[1:]] == [witness.public.name for witness in named]
    assert queries.witness_keys() == [witness.public.vkey for witness in named]
    report = queries.verify()
    assert report.ok
    assert (report.checkpoints, report.cosignatures) == (1, 2)


def test_a_witness_sees_a_request_that_continues_its_last(
    fill: Callable[[int], None],
    checkpoint_at: Callable[[float], Checkpoint],
    named: tuple[SigningKey, SigningKey],
) -> None:
    """From 7 entries to 300, through the stored hashes."""
    fill(5)
    first = checkpoint_at(20)
    at = START + timedelta(seconds=20)
    _, remembered = cosign(
        read_request(queries.witness_request(first, 0)),
        log=log_key().public,
        key=named[0],
        remembered=Remembered(),
        at=at,
    )
    fill(293)
    second = checkpoint_at(400)
    asked = read_request(queries.witness_request(second, first.size))
    _, after = cosign(asked, log=log_key().public, key=named[0], remembered=remembered, at=second.made_at)
    assert (remembered.size, after.size) == (7, 300)


def test_naming_a_witness_is_an_act(named: tuple[SigningKey, SigningKey]) -> None:
    """In the ledger, with the key."""
    entry = Entry.objects.get(pk=0)
    assert (entry.act, entry.subject) == ("ledger.witness_named", "lmc.example/witness")
    assert entry.details == {"vkey": named[0].public.vkey}


def test_who_cannot_be_a_witness(named: tuple[SigningKey, SigningKey], somebody: Actor) -> None:
    """No key, a log's key, our own key, or one already named."""
    public = named[0].public
    own = VerifyingKey("me.example/w", 4, log_key().public.public)
    for vkey, code in (
        ("nonsense", "not_a_key"),
        (VerifyingKey(public.name, LOG_KIND, public.public).vkey, "not_a_key"),
        (own.vkey, "own_key"),
        (public.vkey, "already_named"),
    ):
        with pytest.raises(Refused) as refused:
            actions.name_witness(vkey=vkey, by=somebody, at=START)
        assert code_of(refused) == code
    assert Entry.objects.count() == 2


@pytest.mark.parametrize("role", [None, "witness", "organisation_administrator"])
def test_who_may_not_sign_or_name_a_witness(
    role: str | None, witnesses: tuple[SigningKey, SigningKey], named: object
) -> None:
    """Only the ledger's keeper; a witness may pass on a signature, others not even that."""
    held = frozenset({RoleAt(role, "QCF")}) if role else frozenset[RoleAt]()
    other = Actor("01HYYYYYYYYYYYYYYYYYYYYYYY", "QCF", held)
    outside = VerifyingKey("third.example/w", 4, bytes(32))
    acts: list[Callable[[], object]] = [
        lambda: actions.make_checkpoint(by=other, at=START),
        lambda: actions.name_witness(vkey=outside.vkey, by=other, at=START),
    ]
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert code_of(refused) == "not_permitted"
    with pytest.raises(Refused) as refused:
        actions.add_cosignature(size=2, line="hello", by=other, at=START)
    assert code_of(refused) == ("not_a_signature" if role == "witness" else "not_permitted")
    assert not Checkpoint.objects.exists()
    assert Entry.objects.count() == 2


def test_a_button_pressed_twice_signs_once(
    fill: Callable[[int], None], somebody: Actor, checkpoint_at: Callable[[float], Checkpoint]
) -> None:
    """Unless something was written in between, or enough time has passed."""

    def press(second: float) -> Checkpoint:
        at = START + timedelta(seconds=second)
        return actions.make_checkpoint(by=somebody, at=at, unless_since=timedelta(minutes=1))

    fill(3)
    first = press(10)
    assert press(11) == first
    assert press(70) != first, "a quiet ledger is signed afresh"
    last = checkpoint_at(71)
    with transaction.atomic():
        actions.record(
            act="note.made",
            by=somebody,
            at=START + timedelta(seconds=72),
            subject="n",
            under="",
            details={},
        )
    assert press(73).size == last.size + 1


def test_a_witness_named_by_the_same_request_twice_is_named_once(
    witnesses: tuple[SigningKey, SigningKey], somebody: Actor
) -> None:
    """And another request with the same key is told that it was done."""
    vkey = witnesses[0].public.vkey
    first = actions.name_witness(vkey=vkey, by=somebody, at=START, once="form-1")
    assert actions.name_witness(vkey=vkey, by=somebody, at=START, once="form-1") == first
    with pytest.raises(Refused) as refused:
        actions.name_witness(vkey=vkey, by=somebody, at=START, once="form-2")
    assert code_of(refused) == "already_named"
    assert Entry.objects.count() == 1


def test_where_each_witness_stands(
    named: tuple[SigningKey, SigningKey], somebody: Actor, checkpoint_at: Callable[[float], Checkpoint]
) -> None:
    """How many entries each signed last: where the next proof for them starts."""
    made = checkpoint_at(0)
    line = sign_note(read_note(made.note).text, named[1], int(START.timestamp()) + 1).line
    actions.add_cosignature(size=made.size, line=line, by=somebody, at=START + timedelta(seconds=1))
    assert [(one.name, one.signed) for one in queries.witnesses()] == [
        (named[0].public.name, 0),
        (named[1].public.name, 2),
    ]


class TestCosignatures:
    """What is kept as a cosignature."""

    def line(self, made: Checkpoint, key: SigningKey, second: float) -> str:
        """A witness's line on a checkpoint."""
        at = int((START + timedelta(seconds=second)).timestamp())
        return sign_note(read_note(made.note).text, key, at).line

    def test_the_same_twice_is_kept_once(
        self,
        named: tuple[SigningKey, SigningKey],
        checkpoint_at: Callable[[float], Checkpoint],
        somebody: Actor,
    ) -> None:
        """The earlier one stays."""
        made = checkpoint_at(0)
        at = START + timedelta(seconds=9)
        first = actions.add_cosignature(size=2, line=self.line(made, named[0], 1), by=somebody, at=at)
        again = actions.add_cosignature(size=2, line=self.line(made, named[0], 5), by=somebody, at=at)
        assert first == again
        assert Cosignature.objects.count() == 1

    def test_of_two_checkpoints_of_one_size_it_finds_its_own(
        self,
        named: tuple[SigningKey, SigningKey],
        checkpoint_at: Callable[[float], Checkpoint],
        somebody: Actor,
    ) -> None:
        """A quiet ledger is signed again and again."""
        early, late = checkpoint_at(0), checkpoint_at(100)
        at = START + timedelta(seconds=101)
        kept = actions.add_cosignature(size=2, line=self.line(early, named[0], 1), by=somebody, at=at)
        assert kept.checkpoint == early
        kept = actions.add_cosignature(size=2, line=self.line(late, named[0], 101), by=somebody, at=at)
        assert kept.checkpoint == late
        assert queries.verify().ok

    def test_what_is_refused(
        self,
        named: tuple[SigningKey, SigningKey],
        checkpoint_at: Callable[[float], Checkpoint],
        somebody: Actor,
    ) -> None:
        """Not a line, a stranger's, another key's, another size's, or of an impossible time."""
        made = checkpoint_at(0)
        good = self.line(made, named[0], 1)
        stranger = SigningKey(VerifyingKey("x.example", 4, named[0].public.public), named[0].sign)
        other_key = SigningKey(VerifyingKey(named[1].public.name, 4, named[0].public.public), named[0].sign)
        for size, line, second, code in (
            (2, "hello", 2, "not_a_signature"),
            (2, self.line(made, stranger, 1), 2, "unknown_witness"),
            (2, self.line(made, other_key, 1), 2, "unknown_witness"),
            (3, good, 2, "signature_bad"),
            (2, self.line(made, named[0], -3), 2, "signature_bad"),
            (2, self.line(made, named[0], 60), 2, "signature_bad"),
        ):
            at = START + timedelta(seconds=second)
            with pytest.raises(Refused) as refused:
                actions.add_cosignature(size=size, line=line, by=somebody, at=at)
            assert code_of(refused) == code
        assert not Cosignature.objects.exists()


class TestTheKey:
    """The ledger's signing key."""

    def test_is_made_at_first_use_for_its_owner_only(self, fresh_home: Path) -> None:
        """And stays the same."""
        assert published_log_key() is None
        public = log_key().public
        assert key_path().stat().st_mode & 0o777 == 0o600
        assert log_key().public == public == published_log_key()
        assert [path.name for path in (fresh_home / "keys").iterdir()] == ["ledger.ed25519"]

    def test_making_it_twice_keeps_the_first(self, fresh_home: Path) -> None:
        """Two processes may start at once."""
        public = log_key().public
        make_key_file(key_path())
        assert log_key().public == public

    def test_is_refused_where_others_can_read_it(self, fresh_home: Path) -> None:
        """As ssh does."""
        log_key()
        key_path().chmod(0o640)
        with pytest.raises(KeyUnsafe, match="chmod 600"):
            log_key()

    def test_is_refused_where_it_is_none(self, fresh_home: Path) -> None:
        """Damaged, or of another kind."""
        log_key()
        key_path().write_text("nonsense")
        with pytest.raises(KeyUnsafe, match="PEM"):
            log_key()
        other = generate_private_key(SECP256R1()).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        key_path().write_bytes(other)
        with pytest.raises(KeyUnsafe, match="another kind"):
            log_key()

    def test_needs_a_name_that_notes_allow(self, fresh_home: Path) -> None:
        """No spaces, no plus."""
        log_key()
        with pytest.raises(ValueError, match="cannot name a key"):
            read_key_file(key_path(), "two words", LOG_KIND)


def test_a_signed_note_can_be_read_by_its_text(checkpoint_at: Callable[[float], Checkpoint]) -> None:
    """What is stored is the whole note."""
    made = checkpoint_at(0)
    assert isinstance(read_note(made.note), Note)
    assert str(read_note(made.note)) == made.note
