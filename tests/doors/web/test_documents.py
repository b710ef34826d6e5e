"""Documents leave as downloads: who may have them, and under which headers."""

from __future__ import annotations

import pytest

from remit.documents.actions import keep_document
from remit.documents.models import Document
from tests.delegation_doors import asking
from tests.delegation_factories import london, make_commissioners, officer_of
from tests.upload_corpus import SOUND

pytestmark = pytest.mark.django_db
NOW = london(2015, 1, 5)


@pytest.fixture(autouse=True)
def _trusted(settings: object) -> None:
    settings.REMIT_TRUST_REQUEST_START = True  # type: ignore[attr-defined]
    make_commissioners("00A", "00B")


def kept(*, is_public: bool) -> Document:
    return keep_document(
        name="Café minutes.pdf",
        content=SOUND["letter.pdf"],
        owner="00A",
        is_public=is_public,
        by=officer_of("00A"),
        at=NOW,
    )


def test_a_public_document_is_a_download_in_a_sandbox() -> None:
    response = asking(at=NOW).get(f"/documents/{kept(is_public=True).pk}/")
    assert response.content == SOUND["letter.pdf"]
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''Caf%C3%A9%20minutes.pdf"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ((), 404),
        (("commissioner_officer", "00B"), 404),
        (("national_assessor", "X24"), 404),
        (("commissioner_officer", "00A"), 200),
    ],
)
def test_what_is_not_public_is_there_for_its_owner_only(role: tuple[str, ...], status: int) -> None:
    response = asking(*role, at=NOW).get(f"/documents/{kept(is_public=False).pk}/")
    assert response.status_code == status
    if status == 200:
        assert response["Cache-Control"] == "private, no-store"


def test_what_is_not_there_is_not_found() -> None:
    assert asking(at=NOW).get("/documents/nothing/").status_code == 404
