"""Keeping what somebody sends."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from remit.documents.models import Content, Document, new_id
from remit.engines.permissions import Permission, may
from remit.engines.uploads import check_upload, clean_name, media_type_of
from remit.kernel.actor import Actor
from remit.kernel.canonical import canonical_json, sha256_hex
from remit.kernel.decision import Reason, Refused, require
from remit.ledger.actions import NotInTransaction, commit_to, record
from remit.ledger.actions.refusing import noting_refusals

UNDER = "Files that are taken"


@noting_refusals(kind="document")
@transaction.atomic
def keep_document(
    *, name: str, content: bytes, owner: str, is_public: bool, by: Actor, at: datetime
) -> Document:
    """Keep a file for an organisation. The same file again, under the same name, is the same document.

    Of a document that is not public the ledger holds a commitment only.
    Raises `Refused`: ``not_permitted``, ``no_file``, and what `remit.engines.uploads.check_upload` refuses: a
    file that is empty, too large, of another type than its name says, or that could do something when opened.
    """
    require(may(by, Permission.KEEP_DOCUMENTS, owner))
    name = clean_name(name)
    if not name:
        raise Refused(Reason("no_file", "Select a file", UNDER))
    require(check_upload(name, content))
    sha256 = sha256_hex(content)
    earlier = Document.objects.filter(owner=owner, sha256=sha256, name=name, is_public=is_public).first()
    if earlier is not None:
        return earlier
    made = Document.objects.create(
        id=new_id(),
        name=name,
        media_type=media_type_of(name),
        size=len(content),
        sha256=sha256,
        is_public=is_public,
        owner=owner,
        kept_at=at,
        kept_by=by.person,
    )
    Content.objects.create(document=made, data=content)
    record(
        act="document.kept",
        by=by,
        at=at,
        subject=f"document/{made.pk}",
        under=UNDER,
        details={"owner": owner, "is_public": is_public, **_said(made)},
    )
    return made


def release_documents(*, documents: Collection[str], by: Actor, at: datetime) -> None:
    """Make documents public as part of another act, in its transaction; that act's entry names them.

    Whoever calls this has decided that they may be. A document that is public stays so. Raises `NotInTransaction`.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction("call this inside transaction.atomic, together with the act it is part of")
    Document.objects.filter(pk__in=documents, kept_at__lte=at).update(is_public=True)


def _said(made: Document) -> dict[str, str | int]:
    """What it is, in the open if it is public; else a commitment to it."""
    said: dict[str, str | int] = {"name": made.name, "size": made.size, "sha256": made.sha256}
    if made.is_public:
        return said
    return {"document": commit_to(canonical_json(said).decode(), concerning=f"document/{made.pk}")}
