"""Consultations, for everybody to read; and the feed of what is new."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.consultations import queries
from remit.delegation.queries import positions_of_bodies
from remit.engines.permissions import Permission, may
from remit.register.queries import known_code
from remit.web.consultations.pages.feed import feed_entries
from remit.web.consultations.pages.reading import FEED, consultation_page, consultations_page
from remit.web.requests import Request

OWN_ACTS = {
    "draft": (
        ("Publish it", "consultation_publish"),
        ("Add a meeting", "consultation_attach"),
    ),
    "coming": (("Add a meeting", "consultation_attach"), ("Give members more time", "consultation_extend")),
    "open": (
        ("Add a meeting", "consultation_attach"),
        ("Give members more time", "consultation_extend"),
        ("Who has not answered", "consultation_responses"),
    ),
    "closed": (("Read what members said, and answer it", "consultation_responses"),),
    "answered": (("What members said", "consultation_responses"),),
}


def found_or_404(request: Request, consultation: str) -> queries.ConsultationPage:
    """A consultation that whoever asks may read. Raises `Http404`."""
    found = queries.consultation_page(consultation, request.actor, request.received_at)
    if found is None:
        raise Http404
    return found


@require_safe
def consultations(request: Request) -> HttpResponse:
    """Every consultation that is public."""
    at, actor, wanted = request.received_at, request.actor, request.GET.get("body", "")
    body = known_code(wanted) if wanted else ""
    page = consultations_page(
        queries.consultations(at, body=body),
        queries.drafts_of(actor.acting_for, actor, at),
        body,
        may_run=may(actor, Permission.RUN_CONSULTATIONS, actor.acting_for).allowed,
    )
    return render(request, "consultations/consultations.jinja", {"page": page})


@require_safe
def consultation(request: Request, consultation: str) -> HttpResponse:
    """One consultation."""
    found = found_or_404(request, consultation)
    own = queries.own_response(consultation, request.actor, request.received_at)
    page = consultation_page(
        found,
        queries.tallies(consultation, request.received_at),
        own.themes if own else (),
        _acts(request, found),
    )
    return render(request, "consultations/consultation.jinja", {"page": page})


def _acts(request: Request, found: queries.ConsultationPage) -> list[tuple[str, str]]:
    row, actor = found.row, request.actor
    acts: list[tuple[str, str]] = []
    is_practice = may(actor, Permission.RESPOND_FOR_PRACTICE, actor.acting_for).allowed
    if row.stage == "open" and (
        is_practice or may(actor, Permission.RESPOND_AS_GP, actor.acting_for).allowed
    ):
        acts.append(("Respond, or change your response", "consultation_respond"))
    if row.stage in {"open", "closed"} and is_practice:
        acts.append(("Say why your practice does not respond", "consultation_silence"))
    if may(actor, Permission.RUN_CONSULTATIONS, row.body).allowed:
        acts += OWN_ACTS[row.stage]
    if row.stage != "draft" and may(actor, Permission.RUN_CONSULTATIONS, actor.acting_for).allowed:
        acts.append(("Log something said outside the formal process", "consultation_represent"))
    return acts


@require_safe
def feed(request: Request) -> HttpResponse:
    """What is new, as an Atom feed: consultations, and objections of representative bodies."""
    at = request.received_at
    objections = [row for row in positions_of_bodies(at) if row.facts.get("stance") == "objects"]
    page = feed_entries(queries.consultations(at), objections, request.build_absolute_uri("/"))
    return render(request, "consultations/feed.jinja", {"page": page}, content_type=FEED)
