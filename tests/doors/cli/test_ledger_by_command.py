"""`remit ledger …`: checking, exporting, proving, and a witness's round trip."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from remit.accounts.models import Person
from remit.kernel.canonical import sha256_hex
from tests.doors.cli.conftest import Ran

pytestmark = pytest.mark.django_db

Remit = Callable[..., Ran]
WITNESS = ("--name", "gazette.example")


@pytest.fixture(autouse=True)
def loaded(remit: Remit, payments_file: Path, home: Path) -> None:
    assert remit("import", "payments", payments_file).code == 0


def damage() -> None:
    """Change one word of an entry behind the ledger's back."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET body = REPLACE(body, 'file_loaded', 'file_lauded')")


def test_a_sound_ledger(remit: Remit) -> None:
    ran = remit("ledger", "verify", "--json")
    assert ran.code == 0
    assert (ran.json["ok"], ran.json["size"], ran.json["faults"]) == (True, 1, [])
    assert "Nothing is wrong." in remit("ledger", "verify").stdout


def test_damage_is_found_located_and_in_the_exit_code(remit: Remit) -> None:
    damage()
    ran = remit("ledger", "verify", "--json")
    assert (ran.code, ran.json["ok"]) == (1, False)
    assert ran.json["faults"][0]["index"] == 0
    words = remit("ledger", "verify")
    assert words.code == 1
    assert "Entry 0" in words.stdout


def test_an_earlier_checkpoint_shows_what_was_cut_off(remit: Remit, tmp_path: Path) -> None:
    held = tmp_path / "held.txt"
    held.write_text(remit("ledger", "checkpoint").stdout, encoding="utf-8")
    assert remit("ledger", "verify", "--checkpoint", held).code == 0
    with connection.cursor() as cursor:
        for name in ("cosignature", "checkpoint", "entry", "head"):
            cursor.execute(f"DELETE FROM ledger_{name}")
    assert remit("ledger", "verify").code == 0
    assert remit("ledger", "verify", "--checkpoint", held).code == 1


def test_a_checkpoint_that_is_none_is_said_to_be_wrong(remit: Remit, tmp_path: Path) -> None:
    held = tmp_path / "held.txt"
    held.write_text("a shopping list\n", encoding="utf-8")
    assert remit("ledger", "verify", "--checkpoint", held).code == 1
    assert remit("ledger", "verify", "--checkpoint", tmp_path / "gone.txt").code == 4
    held.write_bytes(b"\xff\xfe\x00")
    assert remit("ledger", "verify", "--checkpoint", held, "--json").json["error"] == "not_text"


def test_a_key_to_trust_that_is_none_is_refused(remit: Remit) -> None:
    ran = remit("ledger", "verify", "--trust", "nobody", "--json")
    assert (ran.code, ran.json["error"]) == (3, "not_a_note")


def test_the_ledger_in_a_file(remit: Remit, tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    ran = remit("ledger", "export", file, "--json")
    assert ran.json == {"file": str(file), "entries": 1}
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert lines[0]["size"] == 1
    assert remit("ledger", "export", "-").stdout == file.read_text(encoding="utf-8")
    assert "1 entries" in remit("ledger", "export", file).stdout


def test_the_ledger_cannot_be_written_where_there_is_no_folder(remit: Remit, tmp_path: Path) -> None:
    ran = remit("ledger", "export", tmp_path / "gone" / "ledger.jsonl", "--json")
    assert (ran.code, ran.json["error"]) == (4, "file_unwritable")
    assert remit("ledger", "export", "-", "--json").code == 2


def test_a_proof_of_an_entry(remit: Remit, payments_file: Path) -> None:
    remit("import", "payments", payments_file.parent / "gone.csv")
    ran = remit("ledger", "prove", 0, "--json")
    assert ran.code == 0
    assert ran.json | {"leaf": "", "root": ""} == {"index": 0, "size": 1, "leaf": "", "root": "", "path": []}
    assert ran.json["leaf"] == ran.json["root"]
    assert f"root {ran.json['root']}" in remit("ledger", "prove", 0).stdout


def test_a_proof_leads_from_the_leaf_to_the_root(remit: Remit, payments_file: Path) -> None:
    other = payments_file.with_name("odd-2014-15.csv")
    other.write_text("Colour\nred\n", encoding="utf-8")
    remit("import", "payments", other)
    proof = remit("ledger", "prove", 0, "--json").json
    above = b"\x01" + bytes.fromhex(proof["leaf"]) + bytes.fromhex(proof["path"][0])
    assert (proof["size"], sha256_hex(above)) == (2, proof["root"])
    assert remit("ledger", "prove", 0, "--size", 1, "--json").json["path"] == []


@pytest.mark.parametrize("words", [("7",), ("0", "--size", "9")])
def test_there_is_no_such_entry(remit: Remit, words: tuple[str, ...]) -> None:
    ran = remit("ledger", "prove", *words, "--json")
    assert (ran.code, ran.json["error"]) == (4, "no_such_entry")


# -- witnesses -----------------------------------------------------------------------------------------------


def test_a_witness_signs_and_the_signature_is_kept(remit: Remit, tmp_path: Path) -> None:
    key = ("--key", tmp_path / "gazette.pem")
    public = remit("ledger", "witness-key", *key, *WITNESS).stdout.strip()
    assert remit("ledger", "name-witness", public, "--json").json["witness"] == "gazette.example"
    log_key = remit("ledger", "checkpoint", "--json").json["log_key"]
    asked = tmp_path / "request.txt"
    asked.write_text(remit("ledger", "request").stdout, encoding="utf-8")
    memory = ("--memory", tmp_path / "memory.json")
    signed = remit("ledger", "cosign", asked, *key, *WITNESS, "--log", log_key, *memory, "--json")
    assert signed.code == 0, signed.stderr
    assert json.loads(memory[1].read_text())["size"] == signed.json["size"] == 2
    kept = remit("ledger", "add-cosignature", "-", "--size", 2, stdin=signed.json["line"])
    assert kept.code == 0, kept.stderr
    assert remit("ledger", "verify", "--json").json["cosignatures"] == 1
    again = remit("ledger", "cosign", asked, *key, *WITNESS, "--log", log_key, *memory, "--json")
    assert (again.code, again.json["error"]) == (3, "old_size")


def test_a_witness_refuses_what_it_cannot_read(remit: Remit, tmp_path: Path) -> None:
    key = ("--key", tmp_path / "gazette.pem")
    log_key = remit("ledger", "checkpoint", "--json").json["log_key"]
    memory = tmp_path / "memory.json"
    words = ("ledger", "cosign", "-", *key, *WITNESS, "--log", log_key, "--memory", memory, "--json")
    assert remit(*words, stdin="hello").json["error"] == "not_a_note"
    memory.write_text("{}", encoding="utf-8")
    asked = remit("ledger", "request").stdout
    damaged = remit(*words, stdin=asked)
    assert (damaged.code, damaged.json["error"]) == (1, "memory_damaged")


def test_a_key_that_others_can_read_is_not_used(remit: Remit, tmp_path: Path) -> None:
    key = tmp_path / "gazette.pem"
    remit("ledger", "witness-key", "--key", key, *WITNESS)
    key.chmod(0o644)
    ran = remit("ledger", "witness-key", "--key", key, *WITNESS, "--json")
    assert (ran.code, ran.json["error"]) == (1, "key_unsafe")
    assert remit("ledger", "witness-key", "--key", key, "--name", "two words").code == 2


def test_our_own_key_that_others_can_read_is_not_used(remit: Remit, home: Path) -> None:
    remit("ledger", "checkpoint")
    (home / "keys" / "ledger.ed25519").chmod(0o644)
    ran = remit("ledger", "checkpoint", "--json")
    assert (ran.code, ran.json["error"]) == (1, "key_unsafe")


def test_a_request_needs_a_checkpoint(remit: Remit) -> None:
    assert remit("ledger", "request", "--json").json["error"] == "no_checkpoint"
    remit("ledger", "checkpoint")
    assert remit("ledger", "request", "--old", 5, "--json").json["error"] == "no_such_size"


def test_a_key_that_is_none_names_no_witness(remit: Remit) -> None:
    ran = remit("ledger", "name-witness", "nobody", "--json")
    assert (ran.code, ran.json["error"]) == (3, "not_a_key")
    assert ran.json["reasons"][0]["code"] == "not_a_key"


def test_verify_checks_the_register_as_well(remit: Remit) -> None:
    sound = remit("verify", "--json")
    assert (sound.code, sound.json["ok"], sound.json["register"]) == (0, True, [])
    assert "The register agrees." in remit("verify").stdout


def test_verify_names_what_was_changed_in_the_register(remit: Remit) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE register_publishedpayments SET total_pence = 1")
    ran = remit("verify", "--json")
    assert (ran.code, ran.json["ok"], ran.json["ledger"]["ok"]) == (1, False, True)
    assert "was changed after it was loaded" in ran.json["register"][0]["message"]
    assert "was changed after it was loaded" in remit("verify").stdout


def test_verify_compares_people_and_roles_with_the_ledger(remit: Remit) -> None:
    sound = remit("verify", "--json")
    assert (sound.code, sound.json["people"]) == (0, [])
    assert "People and roles agree." in remit("verify").stdout
    made = Person.objects.create_user("thief@elsewhere.example", None, name="Thief")
    ran = remit("verify", "--json")
    assert (ran.code, ran.json["ok"], ran.json["ledger"]["ok"], ran.json["register"]) == (1, False, True, [])
    assert ran.json["people"][0]["where"] == f"person/{made.pk}"
    words = remit("verify").stdout
    assert "Of people and roles 1 things do not agree:" in words
    assert "no entry of the ledger made them" in words
