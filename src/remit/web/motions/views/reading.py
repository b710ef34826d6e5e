"""Motions for everybody to read: the list, one with its result, its roll, the file to count it again."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from remit.engines.permissions import Permission, may
from remit.meetings.queries import meetings_named
from remit.motions import queries
from remit.motions.states import MOTION_STATES
from remit.register.queries import known_code
from remit.web.motions.pages.lists import motions_page
from remit.web.motions.pages.motion import motion_page, roll_page
from remit.web.motions.pages.ways import motion_ways
from remit.web.paging import read_paging
from remit.web.requests import Request

ROLL_PER_PAGE = 100


@require_safe
def motions(request: Request) -> HttpResponse:
    """Every motion, of one body or in one state where that is asked for."""
    at, actor, wanted = request.received_at, request.actor, request.GET.get("body", "")
    body, state = known_code(wanted) if wanted else "", request.GET.get("state", "")
    state = state if state in MOTION_STATES else ""
    rows = queries.motions(at, actor, body=body, state=state)
    page = motions_page(
        rows,
        queries.bodies_with_motions(at),
        (body, state),
        read_paging(request, len(rows)),
        may_draft=may(actor, Permission.RUN_VOTES, actor.acting_for).allowed,
    )
    return render(request, "motions/motions.jinja", {"page": page})


def motion_or_404(request: Request, motion: str) -> queries.MotionPage:
    """A motion that whoever asks may read. Raises `Http404`."""
    found = queries.motion_page(motion, request.actor, request.received_at)
    if found is None:
        raise Http404
    return found


@require_safe
def motion(request: Request, motion: str) -> HttpResponse:
    """One motion."""
    found, at = motion_or_404(request, motion), request.received_at
    ballots = queries.ballots_of(motion, request.actor, at)
    page = motion_page(
        found,
        motion_ways(found, ballots, request.actor),
        next(iter(meetings_named([found.row.meeting])), None) if found.row.meeting else None,
        queries.requisition_of(motion, at),
    )
    return render(request, "motions/motion.jinja", {"page": page})


@require_safe
def roll(request: Request, motion: str) -> HttpResponse:
    """Who may vote, and once it is declared how each did."""
    found = motion_or_404(request, motion)
    paging = read_paging(request, found.roll_size, ROLL_PER_PAGE)
    rows = queries.roll_of(motion, request.actor, request.received_at, first=paging.start, most=ROLL_PER_PAGE)
    return render(request, "motions/roll.jinja", {"page": roll_page(found, rows, paging)})


@require_safe
def recount(request: Request, motion: str) -> HttpResponse:
    """Clauses, roll and votes of a declared result, from which anybody counts it again."""
    found = queries.recount_of(motion, request.received_at)
    if found is None:
        raise Http404
    name = f'attachment; filename="recount-{motion}.json"'
    return HttpResponse(found, content_type="application/json", headers={"Content-Disposition": name})
