"""What went wrong, as problem+json (RFC 9457): one translation for the whole door."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from pydantic import BaseModel, Field

from remit.api.faults import fault
from remit.kernel.decision import Reason, Refused
from remit.ledger.queries import LedgerDamaged

MEDIA_TYPE = "application/problem+json"
READS = ("GET", "HEAD")

# Reason codes that are not simply "you may not": everything else is 403. The web door has the same table.
STATUS = {
    "not_found": 404,
    "conflict": 409,
    "already_done": 409,
    "stale": 409,
    "expired": 409,
    "too_large": 413,
    "too_many": 429,
    "sign_in": 401,
    "no_such_size": 422,
}


class WrongField(BaseModel):
    """One thing wrong with what was sent."""

    place: str = Field(description="Where it was: query, path or body")
    field: str = Field(description="The name of the parameter or field")
    message: str = Field(description="What is wrong, in plain English")


class Problem(BaseModel):
    """An error, as RFC 9457 lays it out."""

    type: str = Field("about:blank", description="about:blank, as the status and `code` say it all")
    title: str = Field(description="The HTTP status in words")
    status: int = Field(description="The HTTP status")
    detail: str = Field(description="What happened and what to do, in plain English")
    instance: str = Field(description="The path that was asked for")
    code: str = Field(description="Stable and machine-readable, such as not_found")
    clause: str = Field("", description="The rule a refusal rests on; empty where there is none")
    errors: list[WrongField] = Field(default=[], description="Each wrong parameter or field")


def problem(
    request: HttpRequest,
    status: int,
    detail: str,
    *,
    code: str,
    clause: str = "",
    errors: Sequence[WrongField] = (),
) -> HttpResponse:
    """A problem+json response."""
    told = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        instance=request.path,
        code=code,
        clause=clause,
        errors=list(errors),
    )
    response = HttpResponse(json.dumps(told.model_dump()), status=status, content_type=MEDIA_TYPE)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def missing(what: str) -> Refused:
    """To raise for something that is not there: answers 404."""
    return Refused(Reason("not_found", what))


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    clause = next((reason.clause for reason in refusal.reasons if reason.clause), "")
    status = STATUS.get(refusal.code, 403)
    return problem(request, status, str(refusal), code=refusal.code, clause=clause)


def _invalid(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    errors = [
        WrongField(
            place=str(error["loc"][0]),
            field=".".join(str(part) for part in error["loc"][1:]),
            message=fault(error),
        )
        for error in wrong.errors
    ]
    detail = "; ".join(f"{error.field}: {error.message}" for error in errors)
    return problem(request, 422, detail, code="invalid", errors=errors)


def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(request, error.status_code, error.message, code="http_error")


def _damaged(request: HttpRequest, error: LedgerDamaged) -> HttpResponse:
    return problem(request, 500, f"The ledger is damaged: {error}", code="ledger_damaged")


def handle_problems(api: NinjaAPI) -> None:
    """Make an API answer every refusal and error this way."""
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(LedgerDamaged, _damaged)


def no_such_address(request: HttpRequest) -> HttpResponse:
    """404 for every address below /api/ that is none."""
    return problem(
        request,
        404,
        "There is no such address. /api/v1/openapi.json lists them all.",
        code="not_found",
    )


def well_mannered(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """HEAD wherever there is GET, and problem+json for a method that is not allowed."""

    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        asked = request.method or ""
        request.method = "GET" if asked == "HEAD" else asked
        response = view(request, *args, **named)
        request.method = asked
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        allowed = {method.strip() for method in response.get("Allow", "").split(",") if method.strip()}
        if "GET" in allowed:
            allowed |= set(READS)
        told = problem(
            request,
            405,
            f"This address answers {' and '.join(sorted(allowed))} only.",
            code="method_not_allowed",
        )
        told["Allow"] = ", ".join(sorted(allowed))
        return told

    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer
