"""The ledger: its head and checkpoint, its entries, and proofs that anybody can check without us."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from remit.api.caching import ledger_state, open_data
from remit.api.identifiers import identifier
from remit.api.paging import Rows
from remit.api.parameters import LARGEST
from remit.api.problems import Problem, missing
from remit.api.registers import publish
from remit.api.values import Id, Instant
from remit.kernel.decision import Reason, Refused
from remit.ledger import queries

router = Router(tags=["The ledger"])


class Head(BaseModel):
    """Where the ledger ends."""

    size: int = Field(description="How many entries there are")
    root: str = Field(description="The RFC 9162 Merkle root over all of them, in hexadecimal")
    last_at: Instant | None = Field(description="The instant of the last entry")


class EntryRow(BaseModel):
    """One act."""

    id: Id
    index: int = Field(description="Its place, counted from 0")
    at: Instant
    act: str = Field(description="What happened, such as register.source_loaded")
    by: str = Field(description="Who, as a pseudonym: the ledger holds no personal data")
    acting_for: str = Field(description="ODS code of the organisation acted for; empty if none")
    under: str = Field(description="The rule or power it rests on")
    subject: str = Field(description="What it is about")
    body: str = Field(description="The entry itself: canonical JSON (RFC 8785)")
    leaf_hash: str = Field(description="SHA-256 over a zero byte and the body, in hexadecimal")


class EntryWithProof(EntryRow):
    """An act, with the proof that it is in the ledger."""

    size: int = Field(description="The size of the ledger that the proof is for")
    root: str = Field(description="Its Merkle root, in hexadecimal")
    inclusion: list[str] = Field(description="The path from the leaf to the root (RFC 9162, 2.1.3)")


class Consistency(BaseModel):
    """The proof that nothing before `old` changed."""

    old: int
    new: int
    old_root: str = Field(description="Hexadecimal")
    new_root: str = Field(description="Hexadecimal")
    path: list[str] = Field(description="The proof (RFC 9162, 2.1.4), hexadecimal")


def signed_state() -> str:
    """The ledger's state with its latest checkpoint: signing one adds no entry, yet changes what is shown."""
    latest = next(iter(queries.checkpoints(limit=1)), None)
    state = ledger_state()
    note = queries.checkpoint_note(latest) if latest else ""
    return state and f"{state}.{queries.head().last_at}.{note}"


tagged = open_data(signed_state)


def _entry(request: HttpRequest, entry: Any) -> dict[str, Any]:
    fields = {name: getattr(entry, name) for name in EntryRow.model_fields if name not in ("id", "leaf_hash")}
    return fields | {
        "id": identifier(request, "ledger")(str(entry.index)),
        "leaf_hash": bytes(entry.leaf_hash).hex(),
    }


@router.get(
    "/ledger", response=Head, summary="The head of the ledger", operation_id="ledger", url_name="ledger"
)
def ledger(request: HttpRequest) -> Head:
    """How many entries there are, and the root over them."""
    now = queries.head()
    return Head(size=now.size, root=now.root, last_at=now.last_at or None)


@router.get(
    "/ledger/checkpoint",
    response={200: None, 404: Problem},
    summary="The latest checkpoint",
    operation_id="ledger_checkpoint",
    url_name="ledger-checkpoint",
    openapi_extra={"responses": {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}},
)
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The latest checkpoint with its witnesses' signatures: a C2SP signed note."""
    latest = next(iter(queries.checkpoints(limit=1)), None)
    if latest is None:
        raise missing("No checkpoint has been signed yet.")
    return HttpResponse(queries.checkpoint_note(latest), content_type="text/plain; charset=utf-8")


BEFORE = Query(None, ge=0, le=LARGEST, description="Only entries with an index below this one")


@publish(router, "/ledger/entries", EntryRow, name="ledger-entries", title="Entries of the ledger")
def entries(request: HttpRequest, before: int = BEFORE) -> Rows[EntryRow]:
    """Every act, newest first. To read on while others write, keep `before` at the index you began with."""
    size = queries.head().size
    size = size if before is None else min(before, size)

    def part(start: int, end: int) -> list[EntryRow]:
        if start >= end:
            return []
        found = queries.entries(before=size - start, limit=end - start)
        return [EntryRow(**_entry(request, entry)) for entry in found]

    return Rows(size, part)


INDEX = Path(..., ge=0, le=LARGEST, description="The entry's place, counted from 0")


@router.get(
    "/ledger/entries/{index}",
    response={200: EntryWithProof, 404: Problem, 422: Problem},
    summary="One entry with its proof",
    operation_id="ledger_entry",
    url_name="ledger-entry",
)
def entry(request: HttpRequest, index: int = INDEX) -> EntryWithProof:
    """An entry's body and leaf hash, and the proof that it is in the ledger as it is now."""
    found = next(iter(queries.entries(before=index + 1, limit=1)), None)
    if found is None or found.index != index:
        raise missing(f"The ledger has no entry {index}.")
    proof = queries.prove_inclusion(index)
    path = [each.hex() for each in proof.path]
    return EntryWithProof(**_entry(request, found), size=proof.size, root=proof.root.hex(), inclusion=path)


OLD = Query(..., ge=0, le=LARGEST, description="The size of an earlier ledger")
NEW = Query(..., ge=0, le=LARGEST, description="The size of a later one, at most the present")


@router.get(
    "/ledger/consistency",
    response={200: Consistency, 422: Problem},
    summary="Proof between two sizes",
    operation_id="ledger_consistency",
    url_name="ledger-consistency",
)
def consistency(request: HttpRequest, old: int = OLD, new: int = NEW) -> Consistency:
    """The proof that the ledger of `new` entries starts with exactly the `old` ones."""
    try:
        proof = queries.prove_consistency(old, new)
    except ValueError as error:
        raise Refused(Reason("no_such_size", f"There is no such proof: {error}.")) from None
    return Consistency(
        old=proof.old,
        new=proof.new,
        old_root=proof.old_root.hex(),
        new_root=proof.new_root.hex(),
        path=[each.hex() for each in proof.path],
    )
