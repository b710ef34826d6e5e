"""One document, as a download that no browser runs or guesses at."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from remit.documents.queries import DocumentFile
from remit.documents.queries import document as kept
from remit.kernel.decision import Refused
from remit.web.requests import Request

SANDBOX = "default-src 'none'; sandbox"


@require_safe
def document(request: Request, document: str) -> HttpResponse:
    """A document that the public, or who asks, may read; to others it is not there."""
    try:
        found = kept(document, request.actor, request.received_at)
    except Refused as refusal:
        raise Http404 from refusal
    return download(found)


def download(found: DocumentFile) -> HttpResponse:
    """A document on its way out: always saved as a file, in a sandbox, and kept by nobody between unless public."""
    row = found.row
    return attachment(found.content, row.media_type, row.name, is_public=row.is_public)


def attachment(content: bytes, media_type: str, name: str, *, is_public: bool) -> HttpResponse:
    """Bytes as a file to save, with the digest by which whoever saved it can check it."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response["Repr-Digest"] = f"sha-256=:{b64encode(sha256(content).digest()).decode()}:"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-cache" if is_public else "private, no-store"
    return response
