"""Small steps around every view: text that can be kept, who acts, and what a refusal looks like."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from remit.accounts import queries
from remit.kernel.actor import Actor
from remit.kernel.decision import Reason, Refused
from remit.kernel.moments import london_day
from remit.web.acting import SESSION_KEY
from remit.web.edge import received_at
from remit.web.errors import bad_request, refused

Respond = Callable[[HttpRequest], HttpResponse]
NO_ROLE = Reason(
    "no_role",
    "You hold no role today, so you cannot do this. Ask the administrator of your organisation.",
    "Permission table",
)


def actor_of(request: HttpRequest) -> Actor:
    """The kernel's actor for the person signed in, with the roles held today; `ANYONE` if nobody is."""
    person = str(request.user.pk) if request.user.is_authenticated else None
    acting_for = request.session.get(SESSION_KEY, "") if person else ""
    return queries.actor_for(person, acting_for, london_day(request.received_at))  # type: ignore[attr-defined]


class KeepableTextMiddleware:
    """Answers 400 to an address with a NUL character, which no text in a database can hold. The API says so in
    its own way."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        ours = not request.path_info.startswith(("/api/", "/id/"))
        if ours and ("\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", "")):
            return bad_request(request)
        return self.get_response(request)


class ActingForMiddleware:
    """Sets `request.received_at` (UTC, stamped at the edge) and `request.actor`.

    A session of an account that may not be used here (the demo's, where this is none) ends at once.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.received_at = received_at(request)  # type: ignore[attr-defined]
        user = request.user
        if user.is_authenticated and not queries.may_sign_in(user.get_username()).allowed:
            logout(request)
        request.actor = actor_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)


class RefusedMiddleware:
    """Translates the kernel's `Refused` into a page; forms that can show it beside a field catch it first."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for `Refused`, or the sign-in page where only that is missing; the rest is Django's."""
        if not isinstance(exception, Refused):
            return None
        if exception.code != "sign_in":
            return refused(request, exception)
        if request.user.is_authenticated:
            return refused(request, Refused(NO_ROLE))
        if request.method in ("GET", "HEAD"):
            return redirect_to_login(request.get_full_path())
        return refused(request, exception)
