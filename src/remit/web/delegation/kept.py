"""What somebody typed when their session had ended: kept until they sign in again, and shown where they typed it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse

from remit.web.requests import Request

KEY = "typed"
MOST = 20_000
"""Characters that are kept; more than any page of a form takes."""
WORDS = "You were signed out before this page was saved. What you typed is here again: continue to save it."


def sign_in_keeping(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """As `login_required`, but what was sent is not lost: `typed_over` shows it once somebody has signed in."""

    @wraps(view)
    def wrapped(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        sent = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
        if sent and sum(len(text) for values in sent.values() for text in values) <= MOST:
            request.session[KEY] = {"path": request.path, "sent": sent}
        return redirect_to_login(request.get_full_path())

    return wrapped


def typed_over(request: Request, kept: Mapping[str, Any]) -> dict[str, Any]:
    """What a form shows: what is kept, and over it what was typed here before the session ended, if anything was."""
    typed = request.session.get(KEY)
    if request.method == "POST" or not typed or typed["path"] != request.path:
        return dict(kept)
    del request.session[KEY]
    messages.warning(request, WORDS)
    sent = typed["sent"]
    return {
        **kept,
        **{
            name: text if isinstance(kept.get(name), list) else text[-1]
            for name, text in sent.items()
            if text
        },
    }
