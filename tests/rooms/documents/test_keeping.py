"""Keeping documents: by whom, once, for whom to read, and what the ledger says of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from remit.documents import actions
from remit.documents.models import Content, Document
from remit.documents.queries import document, documents_of
from remit.kernel.actor import ANYONE, Actor, RoleAt
from remit.kernel.canonical import sha256_hex
from remit.kernel.decision import Refused
from remit.ledger.actions import NotInTransaction
from remit.ledger.models import Entry
from tests.delegation_factories import ASSESSOR, officer_of
from tests.factories import NOW, make_organisation
from tests.upload_corpus import SOUND, UNSOUND

pytestmark = pytest.mark.django_db
OFFICER = officer_of("00A")


def keep(name: str = "letter.pdf", *, is_public: bool = False, by: Actor = OFFICER, **said: Any) -> Document:
    content = said.pop("content", None)
    return actions.keep_document(
        name=name,
        content=SOUND["letter.pdf"] if content is None else content,
        owner=said.pop("owner", "00A"),
        is_public=is_public,
        by=by,
        at=NOW,
    )


def test_a_document_is_kept_whole_with_what_it_is() -> None:
    make_organisation("00A", "ccg")
    made = keep("  letter.pdf ")
    found = document(made.pk, OFFICER, NOW)
    assert found.content == SOUND["letter.pdf"]
    row = documents_of([made.pk])[made.pk]
    assert (row.name, row.media_type, row.size) == ("letter.pdf", "application/pdf", len(found.content))
    assert row.sha256 == sha256_hex(found.content)


def test_the_same_file_again_is_the_same_document() -> None:
    made = keep()
    assert keep() == made
    assert keep("other.pdf") != made
    assert keep(is_public=True) != made
    assert Entry.objects.filter(act="document.kept").count() == 3


@pytest.mark.parametrize("case", ["empty", "svg", "virus", "pdf with a script", "macros", "up a folder"])
def test_what_is_refused_leaves_no_trace_but_the_entry_of_that(case: str) -> None:
    name, content, code = UNSOUND[case]
    with pytest.raises(Refused) as refused:
        keep(name, content=content)
    assert refused.value.code == code
    assert not Document.objects.exists()
    assert not Content.objects.exists()
    assert list(Entry.objects.values_list("act", flat=True)) == ["act.refused"]


def test_no_file_is_said_so() -> None:
    with pytest.raises(Refused, match="Select a file"):
        keep("")


@pytest.mark.parametrize(
    "by", [ANYONE, officer_of("00B"), Actor("p", "00A", frozenset({RoleAt("witness", "00A")}))]
)
def test_only_those_of_the_owner_keep_a_document_for_it(by: Actor) -> None:
    with pytest.raises(Refused):
        keep(by=by)


@pytest.mark.parametrize("by", [ANYONE, officer_of("00B"), ASSESSOR])
def test_what_is_not_public_is_not_there_for_others(by: Actor) -> None:
    made = keep()
    with pytest.raises(Refused) as refused:
        document(made.pk, by, NOW)
    assert refused.value.code == "not_found"
    assert document(made.pk, by, NOW, is_entitled=True).row.id == made.pk
    assert document(keep(is_public=True).pk, by, NOW)


def test_a_role_elsewhere_does_not_open_it() -> None:
    made = keep()
    pretender = Actor("p", "00A", frozenset({RoleAt("commissioner_officer", "00B")}))
    with pytest.raises(Refused):
        document(made.pk, pretender, NOW)


def test_the_ledger_says_what_a_public_document_is_and_only_commits_to_another() -> None:
    hidden, shown = keep("secret plan.pdf"), keep("plan.pdf", is_public=True)
    said = {entry.subject: entry.details for entry in Entry.objects.filter(act="document.kept")}
    assert said[f"document/{shown.pk}"]["sha256"] == shown.sha256
    assert set(said[f"document/{hidden.pk}"]) == {"owner", "is_public", "document"}
    assert hidden.sha256 not in str(said[f"document/{hidden.pk}"])


def test_documents_are_released_as_part_of_another_act() -> None:
    made = keep()
    with transaction.atomic():
        actions.release_documents(documents=[made.pk], by=OFFICER, at=NOW)
    assert document(made.pk, ANYONE, NOW).row.is_public


@pytest.mark.django_db(transaction=True)
def test_releasing_alone_is_refused() -> None:
    with pytest.raises(NotInTransaction):
        actions.release_documents(documents=[], by=OFFICER, at=NOW)
