"""The pages about the service: accessibility, cookies, privacy, terms, contact; and files for robots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from remit.web.pages import Crumb, Page


@dataclass(frozen=True)
class Cookie:
    """A cookie we set: its name, why, and when it goes."""

    name: str
    purpose: str
    expires: str


COOKIES = (
    Cookie(
        settings.SESSION_COOKIE_NAME,
        "Keeps you signed in, and remembers the organisation you act for",
        f"When you close your browser, and after {settings.SESSION_COOKIE_AGE // 3600} hours at the latest",
    ),
    Cookie(
        settings.CSRF_COOKIE_NAME,
        "Makes sure that a form sent to us is one that this service showed you",
        "After 1 year",
    ),
)


@dataclass(frozen=True, kw_only=True)
class AboutPage(Page):
    """A page of text; `cookies` is for the cookies page, `email` for those that say whom to write to."""

    cookies: tuple[Cookie, ...] = COOKIES
    email: str = settings.REMIT_CONTACT_EMAIL


def about(name: str, title: str) -> Callable[[HttpRequest], HttpResponse]:
    """A view for the text in templates/about/<name>.jinja."""

    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        page = AboutPage(title=title, section="About", crumbs=(Crumb("Home", reverse("home")),))
        return render(request, f"about/{name}.jinja", {"page": page})

    return view


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Public registers may be indexed; sign-in and people's pages need not be."""
    return HttpResponse(
        "User-agent: *\nDisallow: /accounts/\nDisallow: /people/\n", content_type="text/plain"
    )


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116. It expires in 90 days from now, so a service that is switched off stops promising."""
    expires = request.received_at + timedelta(days=90)  # type: ignore[attr-defined]
    lines = (
        f"Contact: mailto:{settings.REMIT_CONTACT_EMAIL}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {request.build_absolute_uri()}",
        f"Policy: {request.build_absolute_uri(reverse('contact'))}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
