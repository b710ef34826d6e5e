"""The day that a page shows, before anything is looked up."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.web.as_at import AsAt, read_as_at
from remit.web.register.pages.dated import wrong_day_page

P = ParamSpec("P")


def on_a_day(view: Callable[Concatenate[HttpRequest, AsAt, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view its day. A wrong day gets a page that says so, with status 400: never today's facts."""

    @require_safe
    @wraps(view)
    def dated(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        day = read_as_at(request)
        if day.problem:
            page = wrong_day_page(day)
            return render(request, "register/wrong_day.jinja", {"page": page}, status=400)
        return view(request, day, *args, **kwargs)

    return dated
