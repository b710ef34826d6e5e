"""The verifier, written apart from the room, says the same about the same ledgers, sound and damaged."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.engines.transparency.notes import WITNESS_KIND, SigningKey, VerifyingKey, read_note, sign_note
from remit.kernel.actor import Actor, RoleAt
from remit.ledger import actions, queries
from remit.ledger.models import Entry

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 21, 9, tzinfo=UTC)
SOMEBODY = Actor("somebody", "QCF", frozenset({RoleAt("ledger_keeper", "QCF")}))


def witness_key(name: str, seed: int) -> SigningKey:
    """A witness's key from a seed."""
    private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    return SigningKey(VerifyingKey(name, WITNESS_KIND, private.public_key().public_bytes_raw()), private.sign)


WITNESSES = (witness_key("lmc.example/w", 5), witness_key("region.example/w", 6))


def write(count: int) -> None:
    """Entries, one a second."""
    with transaction.atomic():
        first = Entry.objects.count()
        for number in range(first, first + count):
            actions.record(
                act="note.made",
                by=SOMEBODY,
                at=START + timedelta(seconds=number),
                subject=f"note:{number}",
                under="Rule 1",
                details={"n": number, "text": "né 😀 \u2028"},
            )


def checkpoint(cosign: bool = True) -> str:
    """A checkpoint now, cosigned by both witnesses; its note as an outsider keeps it."""
    last = Entry.objects.order_by("index").last()
    at = last.at if last else START
    made = actions.make_checkpoint(by=SOMEBODY, at=at)
    for witness in WITNESSES if cosign else ():
        line = sign_note(read_note(made.note).text, witness, int(at.timestamp())).line
        actions.add_cosignature(size=made.size, line=line, by=SOMEBODY, at=at)
    return queries.checkpoint_note(made)


@pytest.fixture
def notes() -> list[str]:
    """A ledger of 40 entries with two cosigned checkpoints, at 20 and at 40."""
    for witness in WITNESSES:
        actions.name_witness(vkey=witness.public.vkey, by=SOMEBODY, at=START)
    write(18)
    first = checkpoint()
    write(20)
    return [first, checkpoint()]


@pytest.fixture
def export() -> Callable[[], str]:
    """The present ledger as its export."""

    def written() -> str:
        to = io.StringIO()
        queries.export(to)
        return to.getvalue()

    return written


@pytest.fixture
def check(verifier: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Run the verifier on bytes: exit code, and what it found."""

    def run(data: str | bytes, *options: str, kept: list[str] | None = None) -> tuple[int, dict[str, Any]]:
        path = tmp_path / "export.jsonl"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        for number, note in enumerate(kept or []):
            place = tmp_path / f"kept-{number}.txt"
            place.write_text(note)
            options = (*options, "--checkpoint", str(place))
        code = verifier.main(["ledger", str(path), "--json", *options])
        return code, json.loads(capsys.readouterr().out)

    return run


def codes(result: dict[str, Any]) -> set[str]:
    """The codes of the faults."""
    return {fault["code"] for fault in result["faults"]}


def test_a_sound_ledger(notes: list[str], export: Callable[[], str], check: Callable[..., Any]) -> None:
    """Both say so, with the same root, checkpoints and cosignatures."""
    keys = [option for witness in WITNESSES for option in ("--witness", witness.public.vkey)]
    code, result = check(export(), *keys, kept=notes)
    report = queries.verify(notes, [witness.public.vkey for witness in WITNESSES])
    assert code == 0
    assert report.ok
    assert result["notes"] == []
    assert (result["size"], result["root"]) == (report.size, report.root)
    assert (
        (result["checkpoints"], result["cosignatures"]) == (report.checkpoints, report.cosignatures) == (4, 8)
    )


def test_an_empty_ledger(export: Callable[[], str], check: Callable[..., Any]) -> None:
    """Nothing is wrong with nothing."""
    assert check(export())[0] == 0
    assert queries.verify().ok
    checkpoint(cosign=False)
    assert check(export())[0] == 0


DAMAGE = [
    ("UPDATE ledger_entry SET body = replace(body, 'Rule 1', 'Rule 2') WHERE \"index\" = 7", "entry_changed"),
    ("UPDATE ledger_entry SET body = 'nonsense' WHERE \"index\" = 7", "entry_malformed"),
    (
        'UPDATE ledger_entry SET body = replace(body, \'"n":7\', \'"n": 7\') WHERE "index" = 7',
        "entry_malformed",
    ),
    (
        'UPDATE ledger_entry SET body = replace(body, \'"v":1\', \'"v":2\') WHERE "index" = 7',
        "entry_malformed",
    ),
    ('DELETE FROM ledger_entry WHERE "index" = 7', "entry_missing"),
    ('DELETE FROM ledger_entry WHERE "index" = 0', "entry_missing"),
    ('DELETE FROM ledger_entry WHERE "index" > 30', "entry_missing"),
    (
        'UPDATE ledger_entry SET "index" = CASE "index" WHEN 7 THEN -8 ELSE -7 END WHERE "index" IN (7, 8)',
        "entry_missing",
    ),
    ("UPDATE ledger_cosignature SET line = replace(line, 'lmc', 'abc')", "signature_bad"),
    ("UPDATE ledger_checkpoint SET note = replace(note, 'time 2026', 'time 2025')", "signature_bad"),
    ("UPDATE ledger_checkpoint SET note = 'x'", "checkpoint_unreadable"),
]


@pytest.mark.parametrize(("damage", "code"), DAMAGE)
def test_damage_in_the_database(
    damage: str, code: str, notes: list[str], export: Callable[[], str], check: Callable[..., Any]
) -> None:
    """Both find it, and call it the same."""
    with connection.cursor() as cursor:
        cursor.execute(damage)
    exit_code, result = check(export())
    assert exit_code == 1
    assert code in codes(result)
    assert code in {fault.code for fault in queries.verify().faults}


@pytest.mark.slow
def test_any_changed_byte_of_an_export_is_found(
    notes: list[str], export: Callable[[], str], check: Callable[..., Any]
) -> None:
    """Whatever byte, whatever value: never exit code 0."""
    sound = export().encode()

    @settings(max_examples=300, deadline=None)
    @given(spot=st.integers(0, len(sound) - 1), flip=st.integers(1, 255))
    def each(spot: int, flip: int) -> None:
        changed = bytearray(sound)
        changed[spot] ^= flip
        assert check(bytes(changed))[0] in (1, 2)

    each()


@pytest.mark.slow
def test_moved_lines_are_found(
    notes: list[str], export: Callable[[], str], check: Callable[..., Any]
) -> None:
    """Deleted, doubled, swapped, or cut off: found, and at the right entry."""
    lines = [f"{line}\n" for line in export().split("\n")[:-1]]

    @settings(max_examples=60, deadline=None)
    @given(
        first=st.integers(1, len(lines) - 1),
        second=st.integers(1, len(lines) - 1),
        how=st.sampled_from(["delete", "double", "swap", "cut"]),
    )
    def each(first: int, second: int, how: str) -> None:
        changed = [*lines]
        if how == "delete":
            del changed[first]
        elif how == "double":
            changed.insert(first, changed[first])
        elif how == "cut":
            del changed[first:]
        elif first == second:
            return
        else:
            changed[first], changed[second] = changed[second], changed[first]
        code, result = check("".join(changed))
        assert code == 1
        if first <= 40 and how in ("delete", "double"):
            places = {fault["index"] for fault in result["faults"]}
            assert places & {first - 1, first}

    each()


def test_history_signed_afresh(
    notes: list[str], export: Callable[[], str], check: Callable[..., Any], fresh_home: Path
) -> None:
    """A whole new ledger under a new key passes by itself, and not against what was kept of the old one."""
    Entry.objects.all().delete()
    for table in (
        "ledger_cosignature",
        "ledger_checkpoint",
        "ledger_witness",
        "ledger_subtree",
        "ledger_head",
    ):
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    write(40)
    checkpoint(cosign=False)
    assert check(export())[0] == 0
    code, result = check(export(), kept=notes)
    assert code == 1
    assert "not_signed" in codes(result)
    trusted = WITNESSES[0].public.vkey
    code, result = check(export(), "--witness", trusted, kept=notes[1:])
    assert codes(result) >= {"forked", "history_changed", "not_signed"}
    report = queries.verify(notes[1:], [trusted])
    assert {fault.code for fault in report.faults} == codes(result)
    code, result = check(export(), "--witness", trusted)
    report = queries.verify([], [trusted])
    assert {fault.code for fault in report.faults} == codes(result) == {"not_cosigned"}


def test_truncation_fork_and_rewriting_with_the_right_key(
    notes: list[str], export: Callable[[], str], check: Callable[..., Any]
) -> None:
    """The ledger's owner rewrites everything and signs again: what others kept tells, in both alike."""
    for table in ("ledger_cosignature", "ledger_checkpoint", "ledger_entry", "ledger_subtree", "ledger_head"):
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    write(30)
    checkpoint(cosign=False)
    code, result = check(export(), kept=notes)
    report = queries.verify(notes)
    assert code == 1
    assert {fault.code for fault in report.faults} == codes(result) == {"truncated", "history_changed"}
    write(10)
    checkpoint(cosign=False)
    report = queries.verify(notes)
    assert codes(check(export(), kept=notes)[1]) == {fault.code for fault in report.faults}
    assert "forked" in {fault.code for fault in report.faults}


def test_backdating(notes: list[str], export: Callable[[], str], check: Callable[..., Any]) -> None:
    """A checkpoint of the last 20 entries made, and cosigned, before they say they were made; and after."""
    signed = read_note(notes[0])
    early = sign_note(signed.text, WITNESSES[0], int(START.timestamp()) + 3).line
    note = f"{signed.text}\n{signed.signatures[0].line}\n{early}\n"
    code, result = check(export(), kept=[note])
    report = queries.verify([note])
    assert {fault.code for fault in report.faults} == codes(result) == {"dated_later"}
    assert {fault.index for fault in report.faults} == {fault["index"] for fault in result["faults"]}
    late = read_note(notes[0]).text.replace("time 2026-11-21T09:00:19", "time 2026-11-21T09:00:25")
    key = actions.signing.log_key()
    note = f"{late}\n{sign_note(late, key).line}\n"
    code, result = check(export(), kept=[note])
    report = queries.verify([note])
    assert {fault.code for fault in report.faults} == codes(result) == {"back_dated"}
    assert sorted(fault.index or 0 for fault in report.faults) == sorted(f["index"] for f in result["faults"])
    assert code == 1


def test_limits_are_told(export: Callable[[], str], check: Callable[..., Any]) -> None:
    """What could not be seen is said."""
    write(3)
    code, result = check(export())
    assert code == 0
    assert [note.split(":")[0] for note in result["notes"]] == [
        "No checkpoint covers entries 0 to 2",
        "No checkpoint kept elsewhere was given",
    ]


def test_keys_given_by_hand(notes: list[str], export: Callable[[], str], check: Callable[..., Any]) -> None:
    """The ledger's key is the one that was given, or it is told; nonsense is refused."""
    header = json.loads(export().splitlines()[0])
    assert check(export(), "--log", header["log_vkey"])[0] == 0
    other = VerifyingKey(header["origin"], 1, bytes(32)).vkey
    assert "other_key" in codes(check(export(), "--log", other)[1])
    assert check(export(), "--log", "nonsense")[0] == 2
    assert check(export(), "--witness", header["log_vkey"])[0] == 2


@pytest.mark.parametrize(
    "data",
    [b"", b"hello\n", b"\xff\xfe", b"{}\n", b'{"format":"remit-ledger/2"}\n', b"[" * 100_000],
)
def test_what_is_no_export(data: bytes, check: Callable[..., Any]) -> None:
    """Exit code 2, and a sentence."""
    code, result = check(data)
    assert code == 2
    assert result["ok"] is False
    assert "first line" in result["unusable"]


def test_as_a_program(notes: list[str], export: Callable[[], str], program: Path, tmp_path: Path) -> None:
    """Python alone, without any package: exit codes and plain words."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-I", "-S", str(program), *arguments],
            capture_output=True,
            text=True,
            check=False,
        )

    path, kept = tmp_path / "export.jsonl", tmp_path / "kept.txt"
    path.write_text(export())
    kept.write_text(notes[0])
    done = run("ledger", str(path), "--checkpoint", str(kept))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Nothing is wrong: origin remit.example/ledger, size 40")
    assert "compare them with what each witness publishes" in done.stdout
    path.write_text(export().replace("note:12", "note:13"))
    done = run("ledger", str(path))
    assert done.returncode == 1
    assert "line 14: Entry 12 does not have the hash given with it: one was changed." in done.stdout
    done = run("ledger", str(tmp_path / "nowhere"))
    assert done.returncode == 2
    assert "No such file" in done.stdout
    done = run("ledger", str(path), "--checkpoint", str(tmp_path / "nowhere"))
    assert done.returncode == 2
    assert run().returncode == 2
    assert "--checkpoint" in run("ledger", "--help").stdout
