"""Pages for what went wrong, in plain words, with what to do next."""

from __future__ import annotations

from contextlib import suppress
from copy import copy
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from remit.kernel.decision import Reason, Refused
from remit.web.pages import Page

# Reason codes that are not simply "you may not": everything else is 403.
STATUS = {
    "not_found": 404,
    "conflict": 409,
    "already_done": 409,
    "stale": 409,
    "expired": 409,
    "too_large": 413,
    "too_many": 429,
}
NO_METHOD = "NONE"
TITLES = {
    400: "We could not understand that request",
    403: "You cannot do this",
    404: "Page not found",
    405: "Nothing can be sent to this page",
    409: "This could not be done",
    413: "The file is too large",
    429: "Too many attempts",
    500: "Sorry, there is a problem with the service",
}


@dataclass(frozen=True, kw_only=True)
class ErrorPage(Page):
    """What happened and what to do: `status` is the HTTP status, `reasons` those of a refusal."""

    status: int
    reasons: tuple[Reason, ...] = ()


def _answer(request: HttpRequest, status: int, reasons: tuple[Reason, ...] = ()) -> HttpResponse:
    page = ErrorPage(title=TITLES[status], section="Error", status=status, reasons=reasons)
    return render(request, "errors/error.jinja", {"page": page}, status=status)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal as 403, 404, 409, 413 or 429, by its first reason's code, with every reason and clause."""
    status = STATUS.get(refusal.code, 403)
    return _answer(request, status, () if status == 404 else refusal.reasons)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 when Django says the upload is too large."""
    too_large = type(exception).__name__ in {"RequestDataTooBig", "TooManyFilesSent"}
    return _answer(request, 413 if too_large else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 for Django's own PermissionDenied."""
    return _answer(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Nothing of the fault is shown; it is in the log."""
    return _answer(request, 500)


def _methods_of(request: HttpRequest) -> tuple[str, ...]:
    """The methods that a page takes, asked with one that none does; empty where it does not say."""
    if request.resolver_match is None:
        return ()
    view, given, named = request.resolver_match
    asked = copy(request)
    asked.method = NO_METHOD
    with suppress(Http404, Refused):
        return tuple(m.strip() for m in view(asked, *given, **named).get("Allow", "").split(",") if m.strip())
    return ()


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """405 where the page takes no such method. Else 403: the form was too old, or cookies are off, or another
    site sent it. Nothing was changed."""
    allowed = _methods_of(request)
    if allowed and request.method not in allowed:
        response = _answer(request, 405)
        response["Allow"] = ", ".join(allowed)
        return response
    message = (
        "This form is too old or your browser did not send our cookie, so nothing was changed. "
        "Go back, reload the page and try again. If it happens again, check that cookies are allowed."
    )
    return _answer(request, 403, (Reason("csrf", message),))
