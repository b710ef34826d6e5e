"""What it takes to call each act of the documents room once, now: for test_actions.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from remit.documents import actions
from tests.delegation_factories import officer_of
from tests.factories import NOW, make_organisation

Act = Callable[[], Any]


def keep_document() -> Act:
    make_organisation("00A", "ccg")
    return lambda: actions.keep_document(
        name="letter.txt",
        content=b"We agree.",
        owner="00A",
        is_public=False,
        by=officer_of("00A"),
        at=NOW,
    )


def release_documents() -> Act:
    kept = keep_document()()

    def act() -> None:
        with transaction.atomic():
            actions.release_documents(documents=[kept.pk], by=officer_of("00A"), at=NOW)

    return act


STAGES: dict[str, Callable[[], Act]] = {
    "documents.keep_document": keep_document,
    "documents.release_documents": release_documents,
}
