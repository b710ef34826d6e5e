"""Whoever runs votes: drafting a motion, its notice, another wording, taking it back, and declaring the result."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from remit.constitutions.queries import texts_of
from remit.consultations.queries import consultations
from remit.engines.permissions import Permission, may
from remit.kernel.decision import require
from remit.meetings.queries import meetings_upcoming
from remit.motions import actions, queries
from remit.motions.actions.declaring import Scrutiny
from remit.web.delegation.pages.asking import Asked
from remit.web.formats import nhs_moment
from remit.web.motions.forms.writing import (
    Choices,
    DeclareForm,
    NoticeForm,
    ReasonsForm,
    ReplaceForm,
    WordingForm,
    offered_texts,
)
from remit.web.motions.pages.lists import LIST
from remit.web.motions.pages.motion import trail_to
from remit.web.motions.views.answering import answered, ask, own_motion
from remit.web.register.links import crumbs
from remit.web.requests import Request

FIELD_OF = {
    "no_such_motion": "kind",
    "no_such_way": "way",
    "wrong_options": "options",
    "wrong_commissioners": "concerns",
    "no_such_power": "powers",
    "wrong_level": "level",
    "wrong_text": "amends",
    "wrong_times": "closes_day",
    "wrong_meeting": "meeting",
    "not_consulted": "consultation",
    "wrong_consultation": "consultation",
    "consultation_too_short": "consultation",
    "not_closed": "consultation",
    "not_coded": "consultation",
    "not_answered": "consultation",
    "notice_too_short": "opens_day",
    "no_reason_for_urgency": "urgency",
    "no_locality": "localities",
    "wrong_seats": "seats",
    "no_members": "seats",
    "no_such_choice": "casting_vote",
    "not_counted": "scrutineer",
}
"""Beside which field a refusal is shown."""

WORDING = (
    Asked("radio", "kind", "What kind of motion is it?"),
    Asked("text", "title", "Title"),
    Asked("area", "words", "What does it say?", "Members vote on these words. They stand from the notice on"),
    Asked("radio", "way", "How do members vote?"),
    Asked(
        "area",
        "options",
        "What can they choose? (only where there are several options)",
        "One a line. Leave it empty for a plain for or against. “Send it back for more work” can be one of them",
    ),
    Asked("area", "concerns", "Which commissioners does it concern? (if any)", "Their codes, one a line"),
    Asked("many", "powers", "Which powers is it about? (if any)"),
    Asked("radio", "level", "Which level is it to give a mandate for? (only for taking on powers)"),
    Asked("radio", "amends", "Which amendment of the constitution does it put? (only for an amendment)"),
)


def _texts(request: Request, body: str) -> Choices:
    return offered_texts(texts_of(body, request.actor, request.received_at))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Draft a motion, perhaps one that members required."""
    body, at = request.actor.acting_for, request.received_at
    require(may(request.actor, Permission.RUN_VOTES, body))
    required = queries.requisition_at(request.GET.get("requisition", ""), at)
    first = {"kind": required.kind, "title": required.title, "words": required.words} if required else {}
    form = WordingForm(request.POST or None, texts=_texts(request, body), initial=first)
    made = answered(
        form,
        FIELD_OF,
        lambda: actions.draft_motion(
            body=body,
            wording=form.wording,
            requisition=required.id if required else "",
            by=request.actor,
            at=at,
        ),
    )
    if made:
        messages.success(request, "The motion is drafted")
        return redirect("motion", motion=made.pk)
    lead = ("Nobody else reads a draft until notice is given of it.",)
    return ask(
        request, "Draft a motion", crumbs(None, LIST), form, *WORDING, lead=lead, button="Keep the draft"
    )


NOTICE = (
    Asked("date", "opens", "On which day does the vote open?", "For example, 16 12 2014"),
    Asked("text", "opens_time", "At what time does it open?", "In London, for example 9am or midday"),
    Asked("date", "closes", "On which day does it close?"),
    Asked("text", "closes_time", "At what time does it close?", "What comes at that very time is too late"),
    Asked("radio", "meeting", "At which meeting is it voted on?"),
    Asked("radio", "consultation", "In which consultation were members asked?"),
    Asked(
        "area",
        "urgency",
        "Why is it urgent? (only if it is)",
        "Less notice than the constitution asks for needs a reason, which everybody can read",
    ),
    Asked(
        "area",
        "seats",
        "Which seats vote? (only where the members are not practices)",
        "One a line, like “Chair” or “Seat 1”. Never the name of a person",
    ),
    Asked(
        "area",
        "localities",
        "In which locality is each practice? (only where a clause counts by locality)",
        "A code and its locality on each line, like “A81001 North”",
    ),
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: Request, motion: str) -> HttpResponse:
    """Give notice of a motion."""
    found, at = own_motion(request, motion), request.received_at
    called = meetings_upcoming(at, body=found.row.body)
    meetings = [(each.id, f"{each.title}, {nhs_moment(each.meets_at)}") for each in called]
    asked = [(each.id, each.title) for each in consultations(at, body=found.row.body)]
    form = NoticeForm(request.POST or None, meetings=meetings, consultations=asked)
    made = answered(
        form,
        FIELD_OF,
        lambda: actions.give_notice(motion=motion, notice=form.notice, by=request.actor, at=at),
    )
    if made:
        messages.success(request, "Notice is given")
        return redirect("motion", motion=motion)
    lead = (
        "From its notice on, the words, the rules and the roll of a motion stand, and everybody can read them.",
        "The rules are those of the constitution in force today.",
    )
    trail = trail_to(found.row)
    return ask(request, "Give notice of the motion", trail, form, *NOTICE, lead=lead, button="Give notice")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: Request, motion: str) -> HttpResponse:
    """Put another wording in its place."""
    found, at = own_motion(request, motion), request.received_at
    row = found.row
    first = {"kind": row.kind, "title": row.title, "words": row.words, "way": row.way, "amends": row.amends}
    first["options"] = "\n".join(name for _, name in row.options)
    first["concerns"] = "\n".join(code for code, _ in row.concerns)
    form = ReplaceForm(request.POST or None, texts=_texts(request, row.body), initial=first)
    made = answered(
        form,
        FIELD_OF,
        lambda: actions.replace_motion(
            motion=motion, wording=form.wording, reasons=form.cleaned_data["reasons"], by=request.actor, at=at
        ),
    )
    if made:
        messages.success(request, "It is replaced. The new wording needs notice of its own")
        return redirect("motion", motion=made.pk)
    reasons = Asked("area", "reasons", "Why is it replaced?", "Everybody can read this")
    lead = ("No vote on the earlier wording counts. The new one needs notice of its own.",)
    return ask(request, "Replace it", trail_to(row), form, *WORDING, reasons, lead=lead, button="Replace it")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, motion: str) -> HttpResponse:
    """Take a motion back before voting opens."""
    found = own_motion(request, motion)
    form = ReasonsForm(request.POST or None)
    made = answered(
        form,
        {"wrong_state": "reasons", "replaced": "reasons"},
        lambda: actions.withdraw_motion(
            motion=motion, reasons=form.cleaned_data["reasons"], by=request.actor, at=request.received_at
        ),
    )
    if made:
        messages.success(request, "The motion is withdrawn")
        return redirect("motion", motion=motion) if found.row.noticed_at else redirect("motions")
    why = Asked("area", "reasons", "Why is it withdrawn?", "Everybody can read this")
    return ask(request, "Withdraw the motion", trail_to(found.row), form, why, button="Withdraw it")


DECLARE = (
    Asked("text", "scrutineer", "Who saw the count?", "A name or an office, which everybody can read"),
    Asked("area", "report", "What do they say of it? (if anything)"),
    Asked(
        "radio",
        "casting_vote",
        "How does the chair vote in a tie?",
        "It counts only in a tie, and only where a clause gives the chair a casting vote",
    ),
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: Request, motion: str) -> HttpResponse:
    """Declare the result."""
    found = own_motion(request, motion)
    form = DeclareForm(request.POST or None)
    made = answered(
        form,
        {"wrong_state": "scrutineer", "replaced": "scrutineer", **FIELD_OF},
        lambda: actions.declare_result(
            motion=motion, scrutiny=Scrutiny(**form.cleaned_data), by=request.actor, at=request.received_at
        ),
    )
    if made:
        messages.success(request, "The result is declared")
        return redirect("motion", motion=motion)
    lead = (
        "The result is worked out from the votes, the roll and the clauses. Everybody can read it at once, "
        "how each practice voted, and the file to count it again.",
    )
    title = "Declare the result"
    return ask(request, title, trail_to(found.row), form, *DECLARE, lead=lead, button=title)
