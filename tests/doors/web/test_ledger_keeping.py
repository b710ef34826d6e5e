"""What the ledger's keeper and a witness do on the web, and how the ledger reads in plain words."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings as real_settings
from django.test import Client

from remit.engines.transparency.notes import WITNESS_KIND, SigningKey, VerifyingKey, read_vkey
from remit.engines.transparency.witness import Remembered, cosign, read_request
from remit.kernel.moments import at_the_edge
from remit.ledger.keys import key_path, log_key
from remit.ledger.models import Checkpoint, Cosignature, Entry, Witness
from remit.ledger.queries import head, verify
from remit.web.formats import nhs_moment
from remit.web.ledger.words import WORDS, words_of
from tests.factories import SYSTEM, make_person

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.django_db


def words(document: Any) -> str:
    return " ".join("".join(document.find(".//main").itertext()).split())


def once() -> str:
    return str(uuid.uuid4())


def witness(name: str = "lmc.example/witness") -> SigningKey:
    private = Ed25519PrivateKey.generate()
    return SigningKey(VerifyingKey(name, WITNESS_KIND, private.public_key().public_bytes_raw()), private.sign)


@pytest.fixture
def keeper(as_person: Callable[..., Client]) -> Client:
    """A client of the ledger's keeper."""
    return as_person(make_person(("ledger_keeper", "X24")))


@pytest.fixture
def outsider(as_person: Callable[..., Client]) -> Client:
    """A client of somebody who holds the role of a witness."""
    return as_person(make_person(("witness", "LMC1")))


@pytest.mark.usefixtures("small_nation")
def test_the_keeper_signs_a_checkpoint_and_everybody_sees_it(
    keeper: Client, client: Client, page_of: Any
) -> None:
    document = page_of(keeper.get("/ledger/"))
    assert "/ledger/sign/" in {link.get("href") for link in document.findall(".//main//a")}
    form = page_of(keeper.get("/ledger/sign/")).find(".//main//form")
    token = form.find(".//input[@name='once']").get("value")
    response = keeper.post("/ledger/sign/", {"once": token}, follow=True)
    assert f"You signed a checkpoint of {head().size} entries" in words(page_of(response))
    note = page_of(client.get("/ledger/")).find(".//pre[@aria-label='Latest signed checkpoint']")
    assert Checkpoint.objects.get().note == "".join(note.itertext())
    keeper.post("/ledger/sign/", {"once": token})
    assert Checkpoint.objects.count() == 1, "the same form sent twice signs once"
    assert verify().ok


@pytest.mark.usefixtures("small_nation")
def test_the_same_entries_are_signed_once_and_the_last_entry_keeps_its_time(
    keeper: Client, page_of: Any
) -> None:
    last = Entry.objects.order_by("-index")[0].at
    keeper.post("/ledger/sign/", {"once": once()})
    made = Checkpoint.objects.get()
    again = keeper.post("/ledger/sign/", {"once": once()}, follow=True)
    assert Checkpoint.objects.get() == made
    assert f"Nothing was written since the checkpoint of {made.size} entries" in words(page_of(again))
    assert head().last_at == last < made.made_at
    assert f"Last entry {nhs_moment(last)}" in words(page_of(again))
    Checkpoint.objects.update(made_at=made.made_at - timedelta(minutes=31))
    keeper.post("/ledger/sign/", {"once": once()})
    assert Checkpoint.objects.count() == 2, "a quiet ledger is signed afresh for its witnesses"


def test_a_key_that_cannot_be_used_is_said_without_saying_where_it_is(keeper: Client, page_of: Any) -> None:
    log_key()
    key_path().chmod(0o644)
    try:
        response = keeper.post("/ledger/sign/", {"once": once()})
        other = keeper.post("/ledger/name-witness/", {"once": once(), "vkey": witness().public.vkey})
        assert keeper.get("/ledger/cosign/").status_code == 200
    finally:
        key_path().chmod(0o600)
    for answer in (response, other):
        assert "remit ledger checkpoint" in words(page_of(answer))
        assert str(key_path()) not in answer.content.decode()
    assert not Checkpoint.objects.exists()


def test_the_keeper_names_a_witness_once(keeper: Client, page_of: Any) -> None:
    sent = {"vkey": witness().public.vkey, "once": once()}
    for _ in range(2):
        response = keeper.post("/ledger/name-witness/", sent, follow=True)
        assert "lmc.example/witness is now a witness" in words(page_of(response))
    assert Witness.objects.count() == 1
    assert Entry.objects.filter(act="ledger.witness_named").count() == 1
    again = keeper.post("/ledger/name-witness/", {**sent, "once": once()})
    assert "is a witness already" in words(page_of(again))
    wrong = page_of(keeper.post("/ledger/name-witness/", {"vkey": "nonsense", "once": once()}))
    assert "This is not a witness’s key" in words(wrong).replace("'", "’")
    assert wrong.find(".//input[@name='vkey']").get("value") == "nonsense"


@pytest.mark.usefixtures("small_nation")
def test_a_witness_cosigns_what_the_page_shows(keeper: Client, outsider: Client, page_of: Any) -> None:
    assert "No checkpoint has been signed yet" in words(page_of(outsider.get("/ledger/cosign/")))
    keeper.post("/ledger/sign/", {"once": once()})
    assert "No witness has been named yet" in words(page_of(outsider.get("/ledger/cosign/")))
    key = witness()
    keeper.post("/ledger/name-witness/", {"vkey": key.public.vkey, "once": once()})
    keeper.post("/ledger/sign/", {"once": once()})

    document = page_of(outsider.get("/ledger/cosign/"))
    asked = "".join(document.find(f".//pre[@aria-label='Request to {key.public.name}']").itertext())
    said = words(document)
    log = read_vkey(re.findall(r'--log "([^"]+)"', said)[0])
    line, _ = cosign(read_request(asked), log=log, key=key, remembered=Remembered(), at=at_the_edge())
    size = document.find(".//input[@name='size']").get("value")
    assert size == str(head().size)
    wrong = outsider.post("/ledger/cosign/", {"line": line.line, "size": "1", "once": once()})
    assert "not lmc.example/witness" in words(page_of(wrong))
    for _ in range(2):
        response = outsider.post(
            "/ledger/cosign/", {"line": line.line, "size": size, "once": once()}, follow=True
        )
        assert "Kept: the signature of lmc.example/witness" in words(page_of(response))
    assert Cosignature.objects.count() == 1
    assert f"Signed last at {size} entries." in words(page_of(outsider.get("/ledger/cosign/")))
    assert verify().cosignatures == 1


@pytest.mark.parametrize("size", ["", "-1", "many", "99999999999999999999"])
def test_a_number_of_entries_that_is_none(outsider: Client, size: str) -> None:
    response = outsider.post("/ledger/cosign/", {"line": "— x y", "size": size, "once": once()})
    assert response.status_code == 200
    assert not Cosignature.objects.exists()


def test_a_witness_does_not_sign_and_others_see_none_of_it(
    outsider: Client, client: Client, page_of: Any
) -> None:
    for path in ("/ledger/sign/", "/ledger/name-witness/"):
        for response in (outsider.get(path), outsider.post(path, {"once": once(), "vkey": "x"})):
            assert response.status_code == 403
            assert "Ledger keeper" in words(page_of(response))
    offered = {link.get("href") for link in page_of(outsider.get("/ledger/")).findall(".//main//a")}
    assert "/ledger/cosign/" in offered
    assert not {"/ledger/sign/", "/ledger/name-witness/"} & offered
    public = {link.get("href") for link in page_of(client.get("/ledger/")).findall(".//main//a")}
    assert not {"/ledger/cosign/", "/ledger/sign/", "/ledger/name-witness/"} & public


@pytest.mark.usefixtures("office")
def test_the_list_says_who_for_whom_and_under_which_rule(client: Client, page_of: Any) -> None:
    row = page_of(client.get("/ledger/")).find(".//table[@id='entries']/tbody/tr")
    said = " ".join("".join(row.itertext()).split())
    assert "Somebody was registered by the owner of this service person.registered" in said
    assert "Under Permission table" in said
    assert "By The owner of this service" in said
    title = page_of(client.get("/ledger/0/")).find(".//h1").text
    assert title == "Entry 0: Somebody was registered by the owner of this service"


def test_the_list_names_the_organisation_beside_the_pseudonym(
    client: Client, as_person: Any, office: Any, page_of: Any
) -> None:
    sent = {
        "name": "Dev Rao",
        "email": "dev@example.org",
        "role": "commissioner_officer",
        "once": once(),
    }
    as_person(office.admin).post("/people/invite/", sent)
    row = page_of(client.get("/ledger/")).find(".//table[@id='entries']/tbody/tr")
    said = " ".join("".join(row.itertext()).split())
    assert f"By {office.admin.pk} for NHS Vale CCG" in said


def test_an_act_without_words_is_shown_by_its_code() -> None:
    assert words_of("contract.torn_up") == "contract.torn_up"
    assert SYSTEM.person == "system"


def test_every_act_that_is_written_has_words() -> None:
    """A new act needs a line in remit/web/ledger/words.py, so that the public can read it."""
    written: set[str] = set()
    for room in ("accounts", "delegation", "figures", "ledger", "register"):
        for file in (ROOT / "src" / "remit" / room / "actions").rglob("*.py"):
            written |= set(re.findall(r'"([a-z_]+\.[a-z_]+)"', file.read_text()))
    assert len(written) > 10
    assert written - set(WORDS) == set()


def test_the_verifier_can_be_downloaded_where_the_page_says_to_run_it(
    client: Client, page_of: Any, settings: Any, tmp_path: Path
) -> None:
    link = "/ledger/remit_verifier.py"
    assert link in {a.get("href") for a in page_of(client.get("/ledger/")).findall(".//main//a")}
    response = client.get(link)
    assert response.content == (ROOT / "verifier" / "remit_verifier.py").read_bytes()
    assert response["Content-Disposition"] == 'attachment; filename="remit_verifier.py"'
    settings.VERIFIER = tmp_path / real_settings.VERIFIER.name
    assert client.get(link).status_code == 404
    assert link not in client.get("/ledger/").content.decode()
