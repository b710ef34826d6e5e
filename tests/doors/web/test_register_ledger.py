"""The ledger's public pages, and its export as the stand-alone verifier reads it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory

from remit.kernel.actor import Actor, RoleAt
from remit.ledger.actions import make_checkpoint
from remit.ledger.queries import checkpoint_note, head
from remit.web.streaming import CHUNK, streamed

ROOT = Path(__file__).resolve().parents[3]
Parse = Callable[[Any], Any]


def text_of(element: Any) -> str:
    """The words of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def export_of(client: Client) -> bytes:
    """The exported file."""
    response = client.get("/ledger/export.jsonl")
    assert response["Content-Type"] == "application/x-ndjson"
    return b"".join(response.streaming_content)


@pytest.mark.django_db
def test_an_empty_ledger_is_said_to_be_empty(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/ledger/"))
    assert "Nothing has been written yet." in text_of(document)
    assert "No checkpoint has been signed yet." in text_of(document)
    assert client.get("/ledger/0/").status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("small_nation")
def test_the_ledger_lists_its_entries_and_its_root(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/ledger/"))
    said = text_of(document.find(".//main"))
    assert head().root in said
    rows = document.findall(".//table[@id='entries']/tbody/tr")
    assert len(rows) == head().size
    assert rows[0].find(".//a").get("href") == f"/ledger/{head().size - 1}/"
    assert "register.file_loaded" in text_of(rows[0])


@pytest.mark.django_db
@pytest.mark.usefixtures("small_nation")
def test_older_entries_are_a_link_away(
    client: Client, page_of: Parse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("remit.web.ledger.views.PER_PAGE", 3)
    first = page_of(client.get("/ledger/"))
    [older] = [link for link in first.findall(".//nav[@aria-label='Entries']//a") if "Older" in text_of(link)]
    second = page_of(client.get(f"/ledger/{older.get('href')}"))
    rows = second.findall(".//table[@id='entries']/tbody/tr")
    assert rows[0].find(".//a").get("href") == f"/ledger/{head().size - 4}/"
    [newer] = [
        link for link in second.findall(".//nav[@aria-label='Entries']//a") if "Newer" in text_of(link)
    ]
    again = page_of(client.get(f"/ledger/{newer.get('href')}"))
    assert again.find(".//table[@id='entries']/tbody/tr//a").get("href") == f"/ledger/{head().size - 1}/"


@pytest.mark.django_db
@pytest.mark.usefixtures("small_nation")
@pytest.mark.parametrize("before", ["", "x", "-1", "0", "99999999999999999999", "3"])
def test_any_part_of_the_ledger_may_be_asked_for(client: Client, before: str) -> None:
    assert client.get("/ledger/", {"before": before}).status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("small_nation")
def test_an_entry_shows_its_bytes_and_the_proof_that_leads_to_the_root(
    client: Client, page_of: Parse
) -> None:
    document = page_of(client.get("/ledger/2/"))
    codes = ["".join(one.itertext()) for one in document.findall(".//pre[@class='remit-code']")]
    body, leaf, root = codes
    exported = [json.loads(line) for line in export_of(client).splitlines()]
    assert exported[3] == {"entry": body, "leaf": leaf}
    assert root == head().root
    path = [text_of(one) for one in document.findall(".//ol[@class='remit-hashes']//code")]
    assert _root_from(leaf, 2, head().size, path) == root


def _root_from(leaf: str, index: int, size: int, path: list[str]) -> str:
    """RFC 9162, 2.1.3.2, written out once more."""
    here, last, node = index, size - 1, bytes.fromhex(leaf)
    for step in map(bytes.fromhex, path):
        if here % 2 or here == last:
            node = sha256(b"\x01" + step + node).digest()
            while not here % 2 and here:
                here, last = here // 2, last // 2
        else:
            node = sha256(b"\x01" + node + step).digest()
        here, last = here // 2, last // 2
    assert last == 0
    return node.hex()


@pytest.mark.django_db
@pytest.mark.parametrize("index", ["999", "9223372036854775807", "99999999999999999999999"])
@pytest.mark.usefixtures("small_nation")
def test_an_entry_that_is_not_there(client: Client, index: str) -> None:
    assert client.get(f"/ledger/{index}/").status_code == 404


@pytest.mark.django_db
def test_the_latest_checkpoint_is_shown_whole(
    client: Client, page_of: Parse, small_nation: None, at: Any
) -> None:
    keeper = Actor("01JKEEPER", "X24", frozenset({RoleAt("ledger_keeper", "X24")}))
    checkpoint = make_checkpoint(by=keeper, at=at)
    document = page_of(client.get("/ledger/"))
    shown = document.find(".//pre[@aria-label='Latest signed checkpoint']")
    assert "".join(shown.itertext()) == checkpoint_note(checkpoint)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("small_nation")
def test_the_export_passes_the_stand_alone_verifier(client: Client, tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    file.write_bytes(export_of(client))
    verifier = ROOT / "verifier" / "remit_verifier.py"
    command = [sys.executable, str(verifier), "ledger", str(file), "--json"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_long_answer_is_sent_in_parts_under_both_kinds_of_server() -> None:
    lines = [f"{number}\n" for number in range(CHUNK * 2 + 1)]
    whole = "".join(lines).encode()
    plain = streamed(RequestFactory().get("/"), iter(lines), "text/plain")
    parts = list(plain.streaming_content)
    assert (len(parts), b"".join(parts)) == (3, whole)

    request = RequestFactory().get("/")
    request.scope = {}  # type: ignore[attr-defined]

    async def gathered() -> list[bytes]:
        return [part async for part in streamed(request, iter(lines), "text/plain").streaming_content]

    parts = asyncio.run(gathered())
    assert (len(parts), b"".join(parts)) == (3, whole)
