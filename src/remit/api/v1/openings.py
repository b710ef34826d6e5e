"""What the ledger committed to before it was public, opened once it is."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from remit.api.identifiers import identifier
from remit.api.paging import Rows
from remit.api.registers import publish
from remit.api.v1.rounds import SLUG, now_of
from remit.api.values import Id, Instant
from remit.delegation import queries

router = Router(tags=["The ledger"])


class OpeningRow(BaseModel):
    """What a commitment in the ledger stands for. SHA-256 over the bytes of `salt`, then those of `value` in UTF-8,
    gives it."""

    id: Id
    entry: int = Field(description="The place of the ledger entry that holds the commitment")
    at: Instant = Field(description="The instant of that entry: what it commits to is from then")
    act: str = Field(description="decisions.announced, application.decided, .withdrawn or .rescinded")
    subject: str = Field(
        description="What the entry is about, such as announcement/2015-02-18-level-3; of one made under an embargo an "
        "id that says nothing, whose code is in the value"
    )
    field: str = Field(description="The name of the commitment among the entry's details")
    commitment: str = Field(description="As it stands in the entry: sha256: and 64 hexadecimal digits")
    salt: str = Field(description="32 random bytes, in hexadecimal; secret until the opening is public")
    value: str = Field(description="What was committed to: canonical JSON (RFC 8785)")


ANNOUNCEMENT = Query(
    "", pattern=f"^$|{SLUG}", description="Only of the announcement with this code, and of what it lists"
)
APPLICATION = Query("", pattern=f"^$|{SLUG}", description="Only of the application with this id")


@publish(
    router,
    "/ledger/openings",
    OpeningRow,
    name="ledger-openings",
    title="Openings of the ledger's commitments",
)
def openings(
    request: HttpRequest, announcement: str = ANNOUNCEMENT, application: str = APPLICATION
) -> Rows[OpeningRow]:
    """Decisions and announcements are in the ledger from the moment they are made, as commitments that say nothing.
    Once the public may know them each is opened here, the latest first, so that anybody can check that what was
    published is what was decided. `remit_verifier.py ledger EXPORT --openings FILE` takes the JSON as it is."""
    uri = identifier(request, "ledger")
    found = queries.openings(now_of(request), announcement=announcement, application=application)
    return Rows.of(found, lambda row: OpeningRow(id=uri(f"{row.entry}#{row.field}"), **asdict(row)))
