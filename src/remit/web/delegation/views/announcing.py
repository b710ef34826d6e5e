"""Announcements: the list, one, and making one of what has been decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from remit.delegation import actions, queries
from remit.engines.permissions import Permission, may
from remit.figures.queries import figures
from remit.kernel.actor import ANYONE
from remit.kernel.decision import Refused, require
from remit.web.as_at import AsAt
from remit.web.delegation.forms import AnnounceForm
from remit.web.delegation.pages.announcing import announcement_page, announcements_page, so_far
from remit.web.delegation.pages.batches import announce_page, choose_round_page, suggested
from remit.web.forms import add_refusal, problems_of
from remit.web.pages import Problem
from remit.web.register.views.days import on_a_day
from remit.web.requests import Request

FIELD_OF = {
    "no_headline": "headline",
    "wrong_number": "headline",
    "no_quote": "quote",
    "no_speaker": "who",
    "no_source": "source",
    "not_a_code": "code",
    "wrong_embargo": "embargo_day",
}
"""Beside which field a refusal is shown."""


@on_a_day
def announcements(request: HttpRequest, day: AsAt) -> HttpResponse:
    """What had been announced on a day; under embargo only for the programme."""
    actor = ANYONE if day.is_past else request.actor  # type: ignore[attr-defined]
    found = queries.announcements(day.moment, actor)
    page = announcements_page(day, found, queries.rounds_to_announce(actor))
    return render(request, "delegation/announcements.jinja", {"page": page})


@on_a_day
def announcement(request: HttpRequest, day: AsAt, code: str) -> HttpResponse:
    """One announcement, its list and its figures, with what had become of it on a day."""
    at, actor = day.moment, ANYONE if day.is_past else request.actor  # type: ignore[attr-defined]
    found = queries.announcement(code, at, actor)
    if found is None:
        raise Http404
    stages = {
        each.code: queries.funnel_of(each.code, queries.applications_in(each.code, at), at)
        for each in found.row.rounds
    }
    ids = {*found.figures, *([so_far(found.previous[0])] if found.previous else [])}
    page = announcement_page(found, figures(at=None, ids=ids), at, stages)
    return render(request, "delegation/announcement.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: Request) -> HttpResponse:
    """Announce what was approved in a round, or in several of one programme; without a round, choose one."""
    actor, at = request.actor, request.received_at
    require(may(actor, Permission.ANNOUNCE))
    every = queries.rounds_to_announce(actor)
    waiting = [row for row in every if row.code in request.GET.getlist("round")]
    if not waiting:
        return _nothing_chosen(request, every)
    codes = [row.code for row in waiting]
    rows = queries.waiting_in(codes, actor, at)
    form = _form(request, suggested(waiting, rows, at))
    if form.is_valid() and (code := _announced(request, codes, form)):
        return redirect("announcement", code=code)
    page = announce_page(waiting, every, rows, form, problems_of(form))
    return render(request, "delegation/announce.jinja", {"page": page})


def _form(request: Request, suggestion: dict[str, str]) -> AnnounceForm:
    """The form as it was sent; or with one more quote to fill in."""
    shown = request.POST.get("shown", "1")
    count = int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 3 else 1
    if "more" in request.POST:
        return AnnounceForm(initial=request.POST.dict(), shown=count + 1)
    return AnnounceForm(request.POST or None, shown=count, initial=suggestion)


def _nothing_chosen(request: Request, every: list[Any]) -> HttpResponse:
    """The rounds to choose from. What was just announced, sent again, leads to its page; with another headline it is
    refused beside them."""
    at, sent = request.received_at, request.POST.get("code", "")
    if sent:
        told = queries.announcement(sent, at, request.actor)
        if told is not None and {each.code for each in told.row.rounds} == {*request.GET.getlist("round")}:
            if " ".join(request.POST.get("headline", "").split()) == told.row.headline:
                return redirect("announcement", code=sent)
            problem = Problem(
                f"The code {sent} is that of “{told.row.headline}”, and nothing more is to be announced"
            )
            page = choose_round_page(every, (problem,))
            return render(request, "delegation/announce_which.jinja", {"page": page})
    return render(request, "delegation/announce_which.jinja", {"page": choose_round_page(every)})


def _quotes(form: AnnounceForm) -> tuple[actions.Quoted, ...]:
    """The quotes of the form, if there are any."""
    data = form.cleaned_data
    return tuple(
        actions.Quoted(
            data[f"quote{place}"],
            who=data[f"who{place}"],
            role=data[f"role{place}"],
            organisation=data[f"organisation{place}"],
            source=data[f"source{place}"],
        )
        for place in form.places
        if data[f"quote{place}"]
    )


def _announced(request: Request, rounds: list[str], form: AnnounceForm) -> str:
    """Announce as the form says; empty, with the reason beside its field, where that is refused."""
    data = form.cleaned_data
    try:
        made = actions.announce_decisions(
            code=data["code"],
            rounds=rounds,
            headline=data["headline"],
            event=data["event"],
            quotes=_quotes(form),
            embargo_until=data["embargo_until"],
            by=request.actor,
            at=request.received_at,
        )
    except Refused as refusal:
        if refusal.code not in FIELD_OF:
            raise
        is_event = str(refusal).startswith("The event ")
        add_refusal(form, refusal, "event" if is_event else FIELD_OF[refusal.code])
        return ""
    messages.success(
        request, "Announced" if made.released_at <= request.received_at else "Kept until its embargo ends"
    )
    return str(made.pk)
