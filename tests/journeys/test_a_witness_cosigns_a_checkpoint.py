"""The ledger's keeper names a witness and signs a checkpoint, which the witness cosigns. An invitation is withdrawn."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from remit.engines.transparency.notes import WITNESS_KIND, SigningKey, VerifyingKey, read_vkey
from remit.engines.transparency.witness import Remembered, cosign, read_request
from remit.kernel.moments import at_the_edge
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey


def test_from_a_named_witness_to_a_cosigned_checkpoint(
    visitor: Visitor, another_visitor: Callable[[], Visitor]
) -> None:
    private = Ed25519PrivateKey.generate()
    public = VerifyingKey(
        f"lmc{visitor.width}.example/witness", WITNESS_KIND, private.public_key().public_bytes_raw()
    )
    key = SigningKey(public, private.sign)

    # the keeper names a witness and signs a checkpoint
    visitor.signs_in("keeper@demo.remit.example")
    visitor.goes_to("/ledger/")
    visitor.follows(visitor.page.get_by_role("link", name="Name a witness"))
    visitor.page.get_by_label("Public key of the witness").fill(public.vkey)
    visitor.follows(visitor.page.get_by_role("button", name="Name the witness"))
    visitor.sees(f"{public.name} is now a witness")
    visitor.finds_the_page_sound()
    visitor.follows(visitor.page.get_by_role("link", name="Sign a checkpoint now"))
    visitor.follows(visitor.page.get_by_role("button", name="Sign the checkpoint"))
    visitor.sees("You signed a checkpoint of")

    # the witness takes the request from the page, signs it elsewhere, and brings the line back
    witness = another_visitor()
    witness.signs_in("witness@demo.remit.example")
    witness.goes_to("/ledger/")
    witness.follows(witness.page.get_by_role("link", name="Cosign a checkpoint as a witness"))
    witness.finds_the_page_sound_at_every_width()
    asked = witness.page.get_by_role("region", name=f"Request to {public.name}").inner_text()
    command = witness.page.get_by_role("region", name="Command that signs").inner_text()
    log = read_vkey(command.split('--log "')[1].split('"')[0])
    line, _ = cosign(read_request(asked), log=log, key=key, remembered=Remembered(), at=at_the_edge())
    witness.page.get_by_label("Signature line").fill(line.line)
    witness.follows(witness.page.get_by_role("button", name="Keep the signature"))
    witness.sees(f"Kept: the signature of {public.name}")
    witness.sees(line.line)


def test_an_invitation_is_withdrawn(visitor: Visitor) -> None:
    name, email = f"Odile Farrant {visitor.width}", f"odile.{visitor.width}@example.org"
    visitor.signs_in("administrator@demo.remit.example")
    visitor.goes_to("/people/invite/")
    visitor.page.get_by_label("Name", exact=True).fill(name)
    visitor.page.get_by_label("Email address", exact=True).fill(email)
    visitor.page.get_by_label("Commissioner's officer").check()
    visitor.follows(visitor.page.locator("main form button").first)
    visitor.goes_to("/people/")
    visitor.finds_the_page_sound()
    visitor.follows(visitor.page.get_by_role("link", name=f"Withdraw the invitation to {name}"))
    visitor.finds_the_page_sound()
    visitor.follows(visitor.page.get_by_role("button", name="Withdraw the invitation"))
    visitor.sees("The invitation has been withdrawn")
    assert email not in visitor.page.inner_text("main")
