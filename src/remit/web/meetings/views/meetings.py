"""Meetings: the list, one, calling one, cancelling it, and who was there."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from remit.engines.permissions import Permission, may
from remit.kernel.decision import Refused, require
from remit.meetings import actions, queries
from remit.register.queries import known_code
from remit.web.delegation.pages.asking import Asked, asking_page
from remit.web.forms import add_refusal, problems_of
from remit.web.meetings.forms import AttendanceForm, CallForm, CancelForm
from remit.web.meetings.pages import LIST, meeting_page, meetings_page
from remit.web.pages import Crumb
from remit.web.register.links import address, crumbs
from remit.web.requests import Request

FIELD_OF = {
    "no_such_kind": "kind",
    "wrong_date": "meets_day",
    "notice_too_short": "meets_day",
    "no_reason_for_urgency": "urgency",
}
"""Beside which field a refusal is shown."""


@require_safe
def meetings(request: Request) -> HttpResponse:
    """Meetings to come, and those that were."""
    at, actor = request.received_at, request.actor
    wanted = request.GET.get("body", "")
    body = known_code(wanted) if wanted else ""
    page = meetings_page(
        queries.meetings_upcoming(at, body=body),
        queries.meetings_held(at, body=body),
        body,
        may_call=may(actor, Permission.CALL_MEETINGS, actor.acting_for).allowed,
    )
    return render(request, "meetings/meetings.jinja", {"page": page})


def _found(request: Request, meeting: str) -> queries.MeetingPage:
    """A meeting that was called. Raises `Http404`."""
    found = queries.meeting_page(meeting, request.received_at)
    if found is None:
        raise Http404
    return found


def _own(request: Request, meeting: str) -> queries.MeetingPage:
    """A meeting of the body that one acts for."""
    found = _found(request, meeting)
    require(may(request.actor, Permission.CALL_MEETINGS, found.row.body))
    return found


def _trail(row: queries.MeetingRow) -> tuple[Crumb, ...]:
    return (*crumbs(None, LIST), Crumb(row.title, address("meeting", row.id)))


@require_safe
def meeting(request: Request, meeting: str) -> HttpResponse:
    """One meeting."""
    found = _found(request, meeting)
    page = meeting_page(found, may_call=may(request.actor, Permission.CALL_MEETINGS, found.row.body).allowed)
    return render(request, "meetings/meeting.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Call a meeting."""
    body = request.actor.acting_for
    require(may(request.actor, Permission.CALL_MEETINGS, body))
    form = CallForm(request.POST or None)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("kind", "title", "place", "urgency", "meets_at")}
        try:
            made = actions.call_meeting(body=body, **given, by=request.actor, at=request.received_at)
        except Refused as refusal:
            add_refusal(form, refusal, FIELD_OF.get(refusal.code))
        else:
            messages.success(request, "The meeting is called")
            return redirect("meeting", meeting=made.pk)
    page = asking_page(
        "Call a meeting",
        crumbs(None, LIST),
        form,
        problems_of(form),
        *ASKED,
        lead=("What you enter is public at once, and calling the meeting is its notice.",),
        button="Call the meeting",
        section="Meetings",
    )
    return render(request, "delegation/asking.jinja", {"page": page})


ASKED = (
    Asked("radio", "kind", "What kind of meeting is it?"),
    Asked("text", "title", "Title"),
    Asked("text", "place", "Where is it?"),
    Asked("date", "meets", "On which day?", "For example, 16 12 2014"),
    Asked("text", "time", "At what time?", "For example, 7pm or midday"),
    Asked(
        "area",
        "urgency",
        "Why is it urgent? (only if it is)",
        "Less notice than the constitution asks for needs a reason, which everybody can read",
    ),
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: Request, meeting: str) -> HttpResponse:
    """Record who was there."""
    found = _own(request, meeting)
    there = "\n".join(each.practice for each in found.there)
    form = AttendanceForm(request.POST or None, initial={"practices": there})
    if form.is_valid():
        try:
            actions.record_attendance(
                meeting=meeting, practices=form.codes, by=request.actor, at=request.received_at
            )
        except Refused as refusal:
            add_refusal(form, refusal, "practices")
        else:
            messages.success(request, "Who was there is recorded")
            return redirect("meeting", meeting=meeting)
    page = asking_page(
        "Who was there?",
        _trail(found.row),
        form,
        problems_of(form),
        Asked("area", "practices", "Codes of the practices", "One a line. This replaces the list before"),
        button="Record it",
        section="Meetings",
    )
    return render(request, "delegation/asking.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: Request, meeting: str) -> HttpResponse:
    """Cancel a meeting, with reasons."""
    found = _own(request, meeting)
    form = CancelForm(request.POST or None)
    if form.is_valid():
        try:
            actions.cancel_meeting(
                meeting=meeting,
                reasons=form.cleaned_data["reasons"],
                by=request.actor,
                at=request.received_at,
            )
        except Refused as refusal:
            add_refusal(form, refusal, "reasons")
        else:
            messages.success(request, "The meeting is cancelled")
            return redirect("meeting", meeting=meeting)
    page = asking_page(
        "Cancel the meeting",
        _trail(found.row),
        form,
        problems_of(form),
        Asked("area", "reasons", "Why is it cancelled?", "Everybody can read this"),
        button="Cancel the meeting",
        section="Meetings",
    )
    return render(request, "delegation/asking.jinja", {"page": page})
