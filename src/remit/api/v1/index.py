"""Where to start."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router
from pydantic import BaseModel, Field

from remit.api.caching import LICENCE
from remit.api.values import Uri

router = Router(tags=["Start"])


class Index(BaseModel):
    """What this is, and where its description lies."""

    title: str
    openapi: Uri = Field(description="The OpenAPI 3.1 document: every address, parameter and answer")
    licence: Uri


@router.get("/", response=Index, summary="Where to start", operation_id="index", url_name="index")
def index(request: HttpRequest) -> Index:
    """The address of the OpenAPI document, and the licence of everything here."""
    openapi = request.build_absolute_uri(reverse("api-v1:openapi-json"))
    return Index(title="Remit, version 1 of the API", openapi=openapi, licence=LICENCE)
