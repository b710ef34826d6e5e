"""The audit: whatever is done to a ledger is found, and where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.engines.transparency.audit import MOST_FAULTS, Audit, Fault, Statement, read_statement, span
from remit.engines.transparency.entry import Draft, write_body
from remit.engines.transparency.merkle import EMPTY_ROOT, leaf_hash, root_of
from remit.engines.transparency.notes import Checkpoint, Note, SigningKey, VerifyingKey, sign_note

START = datetime(2018, 8, 6, 9, tzinfo=UTC)
ORIGIN = "ledger.example/one"


def body(index: int, minutes: float | None = None, note: str = "") -> str:
    """An entry at its place, a minute after the one before."""
    at = START + timedelta(minutes=index if minutes is None else minutes)
    return write_body(index, Draft("note.made", "somebody", "", at, "", "", {"note": note})).decode()


BODIES = [body(index) for index in range(40)]


def root(bodies: Sequence[str]) -> bytes:
    """The root over these entries."""
    return root_of([leaf_hash(text.encode()) for text in bodies])


def statement(
    bodies: Sequence[str],
    source: str = "S",
    made: float | None = None,
    cosigned: Sequence[float] = (),
    dated: bool = True,
) -> Statement:
    """A checkpoint after these entries, made (and cosigned) so many minutes after the start."""
    at = START + timedelta(minutes=len(bodies) - 1 if made is None else made)
    times = tuple(("w", int((START + timedelta(minutes=minutes)).timestamp())) for minutes in cosigned)
    return Statement(source, Checkpoint(ORIGIN, len(bodies), root(bodies), at if dated else None), times)


def faults(bodies: Sequence[str | None], *statements: Statement) -> list[tuple[str, int | None]]:
    """Codes and places of what an audit finds; None stands for an entry that is not there."""
    audit = Audit(statements)
    for text in bodies:
        if text is None:
            audit.skip()
        else:
            audit.add(text)
    audit.conclude()
    return [(fault.code, fault.index) for fault in audit.faults]


EVIDENCE = (statement(BODIES[:10], "A"), statement(BODIES[:25], "B"), statement(BODIES, "C"))


def test_a_sound_ledger_has_no_faults() -> None:
    """With checkpoints, without, and empty."""
    assert faults(BODIES, *EVIDENCE) == []
    assert faults(BODIES) == []
    assert faults([], Statement("S", Checkpoint(ORIGIN, 0, EMPTY_ROOT, START))) == []


@given(place=st.integers(0, 39), note=st.text(min_size=1, max_size=3))
def test_an_edit_is_located_between_checkpoints(place: int, note: str) -> None:
    """Even a perfectly formed one."""
    bodies = [*BODIES]
    try:
        bodies[place] = body(place, note=note)
    except ValueError:
        return  # a text that cannot be written
    start = 0 if place < 10 else 10 if place < 25 else 25
    assert faults(bodies, *EVIDENCE) == [("history_changed", start)]


@given(st.lists(st.integers(0, 39), min_size=2, max_size=2, unique=True))
def test_a_swap_is_located(places: list[int]) -> None:
    """Both places say so."""
    first, second = sorted(places)
    bodies = [*BODIES]
    bodies[first], bodies[second] = bodies[second], bodies[first]
    found = faults(bodies, *EVIDENCE)
    assert ("entry_misplaced", first) in found
    assert ("entry_misplaced", second) in found


@given(place=st.integers(0, 38))
def test_a_deletion_is_located(place: int) -> None:
    """All that follow are in the wrong place, from there on."""
    found = faults(BODIES[:place] + BODIES[place + 1 :])
    assert found[0] == ("entry_misplaced", place)


def test_a_missing_entry_breaks_what_was_signed_after_it() -> None:
    """The caller says which is missing; the audit says which checkpoint no longer holds."""
    assert faults([*BODIES[:12], None, *BODIES[13:]], *EVIDENCE) == [("history_changed", 10)]


@given(length=st.integers(0, 39))
def test_truncation_is_found_against_a_checkpoint(length: int) -> None:
    """From the first entry that is gone."""
    found = faults(BODIES[:length], *EVIDENCE)
    assert found
    assert set(found) == {("truncated", length)}


@given(size=st.integers(1, 40))
def test_a_fork_is_found(size: int) -> None:
    """Two statements of one size; and the one that the entries do not bear out."""
    other = [*BODIES[: size - 1], body(size - 1, note="other")]
    found = faults(BODIES, statement(BODIES[:size], "A"), statement(other, "B"))
    assert ("forked", None) in found
    assert ("history_changed", size) in found


def test_backdating_is_found() -> None:
    """An entry that claims to be older than a checkpoint without it; two seconds are let pass."""
    late = 12 + 3 / 60
    evidence = statement(BODIES[:10], made=late)
    slow = [body(index, minutes=late - 1.9 / 60) for index in range(10, 20)]
    assert faults([*BODIES[:10], *slow], evidence) == []
    early = [body(index, minutes=late - 2.1 / 60) for index in range(10, 12)]
    assert faults([*BODIES[:10], *early], evidence) == [("back_dated", 10), ("back_dated", 11)]


def test_the_latest_checkpoint_counts() -> None:
    """Each entry is held against every checkpoint before it, not only against the last by size."""
    evidence = [statement(BODIES[:10], "A", made=30), statement(BODIES[:11], "B", made=29)]
    assert ("back_dated", 11) in faults(BODIES[:12], *evidence)


def test_undated_checkpoints_are_dated_by_their_first_cosignature() -> None:
    """Another log's checkpoint need not say when it was made."""
    evidence = statement(BODIES[:10], dated=False, cosigned=[20, 15])
    assert ("back_dated", 10) in faults(BODIES, evidence)
    assert ("back_dated", 14) in faults(BODIES, evidence)
    assert ("back_dated", 15) not in faults(BODIES, evidence)
    assert faults(BODIES, statement(BODIES[:10], dated=False)) == []


def test_an_entry_from_the_future_is_found() -> None:
    """It is in a checkpoint that was cosigned before the instant it claims."""
    evidence = statement(BODIES[:10], made=8.99, cosigned=[8])
    assert faults(BODIES, evidence) == [("dated_later", 9)]
    assert faults(BODIES, evidence, statement(BODIES[:20], "B", made=5))[-1] == ("dated_later", 19)


def test_time_runs_forwards() -> None:
    """An entry before its predecessor's instant, and only that one, is told."""
    assert faults([body(0), body(1), body(2, minutes=0.5), body(3, minutes=1)]) == [("time_backwards", 2)]


def test_a_malformed_entry_is_told_and_counted() -> None:
    """It keeps its place."""
    audit = Audit()
    assert audit.add("nonsense")[0] is None
    assert audit.add("\ud800")[0] is None
    assert audit.peaks.size == 2
    assert [fault.code for fault in audit.faults] == ["entry_malformed"] * 2
    assert audit.faults[0].message == "Entry 0 is not JSON."


def test_later_faults_are_only_counted() -> None:
    """A thousand are enough to read."""
    audit = Audit()
    for _ in range(MOST_FAULTS + 5):
        audit.add("x")
    assert (len(audit.faults), audit.unlisted) == (MOST_FAULTS, 5)


def test_later_checkpoints_are_counted() -> None:
    """One fault for a rewritten history, however many checkpoints it breaks."""
    audit = Audit(EVIDENCE)
    for text in [body(0, note="x"), *BODIES[1:]]:
        audit.add(text)
    audit.conclude()
    assert len(audit.faults) == 1
    assert audit.faults[0].message.endswith(
        "Something in entries 0 to 9 is not as it was signed. So do 2 later ones."
    )


def test_spans_in_words() -> None:
    """One entry or several."""
    assert (span(3, 4), span(3, 6)) == ("entry 3", "entries 3 to 5")


def signed(text: str, *keys: SigningKey, seconds: int = 1_533_546_000) -> str:
    """A note with these signatures."""
    return str(Note(text, tuple(sign_note(text, key, seconds) for key in keys)))


def codes(found: list[Fault]) -> list[str]:
    """Only the codes."""
    return [fault.code for fault in found]


class TestEvidence:
    """What counts as a statement."""

    text = Checkpoint(ORIGIN, 10, root(BODIES[:10]), START).text

    def read(
        self, note: str, log: VerifyingKey | None, witnesses: list[VerifyingKey]
    ) -> tuple[Statement | None, list[str]]:
        """The statement and the codes of what is wrong."""
        found, wrong = read_statement(note, "S", origin=ORIGIN, log=log, witnesses=witnesses)
        return found, codes(wrong)

    def test_signed_and_cosigned(
        self, log: SigningKey, witness: SigningKey, second_witness: SigningKey
    ) -> None:
        """By the log and two witnesses."""
        note = signed(self.text, log, witness, second_witness)
        found, wrong = self.read(note, log.public, [witness.public, second_witness.public])
        assert wrong == []
        assert found is not None
        assert [name for name, _ in found.cosigned] == ["lmc.example/witness", "region.example/witness"]

    def test_by_a_witness_only(self, log: SigningKey, witness: SigningKey) -> None:
        """It is evidence still, and it is told that the ledger's signature is not there."""
        note = signed(self.text, witness)
        assert self.read(note, log.public, [witness.public])[1] == ["not_signed"]
        assert self.read(note, log.public, [witness.public])[0] is not None
        assert self.read(note, None, [witness.public])[0] is not None

    def test_by_nobody_we_know(self, log: SigningKey, witness: SigningKey) -> None:
        """It is no evidence."""
        assert self.read(signed(self.text, log), None, [witness.public]) == (None, ["not_signed"])

    def test_with_a_signature_that_does_not_hold(self, log: SigningKey, witness: SigningKey) -> None:
        """Told, and passed over."""
        other = signed(self.text.replace("10", "11", 1), witness).splitlines()[-1]
        found, wrong = self.read(signed(self.text, log) + other + "\n", log.public, [witness.public])
        assert wrong == ["signature_bad"]
        assert found is not None
        assert found.cosigned == ()

    @pytest.mark.parametrize(
        ("note", "code"), [("x", "checkpoint_unreadable"), ("a\n\n— a eHh4eHh4\n", "checkpoint_unreadable")]
    )
    def test_not_a_checkpoint(self, note: str, code: str, log: SigningKey) -> None:
        """Text of another kind."""
        assert self.read(note, log.public, []) == (None, [code])

    def test_of_another_ledger(self, log: SigningKey) -> None:
        """Somebody else's checkpoint says nothing about ours."""
        text = Checkpoint("other", 10, root(BODIES[:10]), START).text
        assert self.read(signed(text, log), log.public, []) == (None, ["other_ledger"])
