"""Programmes: the list, one, setting one up, planning, publishing, and opening what was planned."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from remit.delegation import actions, queries
from remit.engines.permissions import Permission, may
from remit.kernel.decision import Refused, require
from remit.web.delegation.forms.programmes import OpenForm, PlanForm, ProgrammeForm, PublishForm
from remit.web.delegation.pages.asking import Asked, asking_page
from remit.web.delegation.pages.programmes import (
    LIST,
    UNDER,
    crumbs_to,
    programme_page,
    programmes_page,
    publication_page,
)
from remit.web.delegation.pages.rounds import round_form_page
from remit.web.documents.views import attachment
from remit.web.forms import add_refusal, problems_of
from remit.web.register.links import crumbs
from remit.web.requests import Request

FIELD_OF = {
    "no_such_process": "process",
    "not_a_code": "code",
    "already_exists": "code",
    "wrong_state": "code",
    "no_title": "title",
    "closes_first": "deadline_day",
    "effective_first": "effective_day",
    "wrong_due_day": "due_day",
    "no_such_kind": "kind",
    "no_words": "words",
    "nothing_planned": "kind",
    "not_published": "is_strict",
    "impossible_dates": "is_strict",
    "infeasible": "is_strict",
    "no_such_group": "groups",
}
"""Beside which field a refusal is shown."""


@require_safe
def programmes(request: Request) -> HttpResponse:
    """Every programme."""
    page = programmes_page(
        queries.programmes(request.received_at),
        may_set_up=may(request.actor, Permission.RUN_ROUNDS).allowed,
    )
    return render(request, "delegation/programmes.jinja", {"page": page})


def found_programme(request: Request, code: str) -> queries.ProgrammeRow:
    """A programme. Raises `Http404`."""
    found = queries.programme(code, request.received_at)
    if found is None:
        raise Http404
    return found


@require_safe
def programme(request: Request, code: str) -> HttpResponse:
    """One programme, with what it plans, publishes and was told."""
    row, at, actor = found_programme(request, code), request.received_at, request.actor
    interests, said = queries.interests_in(code, at), queries.statements_in(code, at)
    page = programme_page(
        row,
        interests,
        queries.interest_tally(interests),
        said,
        queries.statement_tally(said),
        queries.invitations_after(code, at),
        may_run=may(actor, Permission.RUN_ROUNDS).allowed,
        may_speak=may(actor, Permission.APPLY, actor.acting_for).allowed,
    )
    return render(request, "delegation/programme.jinja", {"page": page})


@require_safe
def publication(request: Request, publication: str) -> HttpResponse:
    """One version of a document."""
    found = queries.publication(publication, request.received_at)
    if found is None:
        raise Http404
    file = queries.published_file(publication, request.received_at)
    page = publication_page(found, found_programme(request, found.row.programme), file)
    return render(request, "delegation/publication.jinja", {"page": page})


@require_safe
def publication_file(request: Request, publication: str) -> HttpResponse:
    """The same version as a file; where it is a kept document, that document."""
    row = queries.publication(publication, request.received_at)
    if row is None:
        raise Http404
    if row.row.document:
        return redirect("document", document=row.row.document)
    found = queries.published_file(publication, request.received_at)
    if found is None:
        raise Http404
    return attachment(found.content, found.media_type, found.name, is_public=True)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Set up a programme."""
    require(may(request.actor, Permission.RUN_ROUNDS))
    form = ProgrammeForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.set_up_programme(**form.cleaned_data, by=request.actor, at=request.received_at)
        except Refused as refusal:
            add_refusal(form, refusal, FIELD_OF.get(refusal.code))
        else:
            messages.success(request, f"{made.title} is set up")
            return redirect("programme", code=made.code)
    page = asking_page(
        "Set up a programme",
        crumbs(None, UNDER, LIST),
        form,
        problems_of(form),
        Asked("text", "title", "Title", "For example, Co-commissioning 2027/28"),
        Asked("text", "code", "Code", "Part of the address, for good. For example, 2027-28"),
        Asked("radio", "process", "Which process do its rounds follow?"),
        button="Set it up",
    )
    return render(request, "delegation/asking.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Request, code: str) -> HttpResponse:
    """Plan a round."""
    require(may(request.actor, Permission.RUN_ROUNDS))
    row = found_programme(request, code)
    form = PlanForm(request.POST or None)
    if form.is_valid():
        named = ("code", "title", "level", "opens_at", "deadline", "decisions_due_on", "effective_on")
        terms = {name: form.cleaned_data[name] for name in named}
        try:
            made = actions.plan_round(programme=code, **terms, by=request.actor, at=request.received_at)
        except Refused as refusal:
            add_refusal(form, refusal, FIELD_OF.get(refusal.code))
        else:
            messages.success(request, f"{made.title} is planned. See for whom its timetable is possible")
            return redirect("round_timetable", code=made.code)
    page = round_form_page(form, problems_of(form), title="Plan a round", trail=crumbs_to(row))
    return render(request, "delegation/round_new.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: Request, code: str) -> HttpResponse:
    """Publish the next version of a document."""
    require(may(request.actor, Permission.RUN_ROUNDS))
    row = found_programme(request, code)
    form = PublishForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.publish_document(programme=code, **said, by=request.actor, at=request.received_at)
        except Refused as refusal:
            add_refusal(form, refusal, FIELD_OF.get(refusal.code))
        else:
            messages.success(request, f"{made.title}, version {made.version}, is published")
            return redirect("programme", code=code)
    page = asking_page(
        "Publish a document",
        crumbs_to(row),
        form,
        problems_of(form),
        Asked("radio", "kind", "Which document is it?"),
        Asked("text", "title", "Title (optional)"),
        Asked(
            "area",
            "words",
            "Its words",
            "Leave this empty to build a form, criteria or timetable from the data.",
        ),
        lead=("It is public at once. A version cannot be changed; a later one takes its place.",),
        button="Publish",
    )
    return render(request, "delegation/asking.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_planned(request: Request, code: str) -> HttpResponse:
    """Set up a round that is planned, after a look at what the timetable linter says."""
    require(may(request.actor, Permission.RUN_ROUNDS))
    row = found_programme(request, queries.programme_of_round(code))
    planned = next(each for each in row.planned if each.code == code)
    if planned.is_set_up:
        return redirect("round", code=code)
    form = OpenForm(request.POST or None)
    if form.is_valid() and _opened(request, row, planned, form):
        messages.success(request, f"{planned.title} is set up")
        return redirect("round", code=code)
    page = asking_page(
        f"Open a round: {planned.title}",
        crumbs_to(row),
        form,
        problems_of(form),
        Asked("many", "groups", "Which contractors is it about?"),
        Asked("radio", "is_sealed", "Is it sealed?", "Then nobody reads an application before the deadline."),
        Asked("radio", "is_strict", "Can an impossible timetable stop it?", "If not, you are only warned."),
        lead=(
            f"It closes {planned.deadline.words}. A round cannot be changed once it is set up.",
            _warning(code),
        ),
        button="Open the round",
    )
    return render(request, "delegation/asking.jinja", {"page": page})


def _warning(code: str) -> str:
    found = queries.lint_of(code)
    if found is None or found.is_clean:
        return "The timetable linter has nothing to warn of."
    said = [fault.message for fault in found.faults]
    if found.infeasible:
        said.append(f"{len(found.infeasible)} of {len(found.rows)} commissioners cannot be ready in time.")
    return f"Warning. {' '.join(said)}"


def _opened(request: Request, row: queries.ProgrammeRow, planned: queries.PlannedRow, form: OpenForm) -> bool:
    data = form.cleaned_data
    try:
        actions.open_round(
            code=planned.code,
            title=planned.title,
            level=planned.level,
            opens_at=planned.opens_at,
            deadline=planned.deadline,
            decisions_due_on=planned.decisions_due_on,
            effective_on=planned.effective_on,
            process=row.process,
            groups=data["groups"],
            is_sealed=data["is_sealed"] == "yes",
            is_strict=data["is_strict"] == "yes",
            programme=row.code,
            by=request.actor,
            at=request.received_at,
        )
    except Refused as refusal:
        add_refusal(form, refusal, FIELD_OF.get(refusal.code))
        return False
    return True
