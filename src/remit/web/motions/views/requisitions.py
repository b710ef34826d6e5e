"""Requisitions: the list, one, opening one, signing, what the chair has against it, taking it back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from remit.engines.permissions import Permission, may
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.motions import actions, queries
from remit.register.queries import bodies_of_member, known_code, members_of_body
from remit.web.delegation.pages.asking import Asked
from remit.web.motions.forms.voting import ObjectionForm, RequisitionForm
from remit.web.motions.pages.requisitions import LIST, requisition_page, requisitions_page, trail_to
from remit.web.motions.pages.ways import requisition_ways
from remit.web.motions.views.answering import answered, ask
from remit.web.paging import read_paging
from remit.web.register.links import crumbs
from remit.web.requests import Request


@require_safe
def requisitions(request: Request) -> HttpResponse:
    """Every requisition, of one body or of all."""
    wanted, actor = request.GET.get("body", ""), request.actor
    body = known_code(wanted) if wanted else ""
    rows = queries.requisitions(request.received_at, body=body)
    may_open = may(actor, Permission.VOTE_FOR_PRACTICE, actor.acting_for).allowed
    page = requisitions_page(rows, body, read_paging(request, len(rows)), may_open=may_open)
    return render(request, "motions/requisitions.jinja", {"page": page})


def _found(request: Request, requisition: str) -> queries.RequisitionRow:
    """One of them. Raises `Http404`."""
    found = queries.requisition_at(requisition, request.received_at)
    if found is None:
        raise Http404
    return found


@require_safe
def requisition(request: Request, requisition: str) -> HttpResponse:
    """One requisition."""
    row = _found(request, requisition)
    members = members_of_body(row.body, london_day(request.received_at))
    page = requisition_page(row, requisition_ways(row, members, request.actor))
    return render(request, "motions/requisition.jinja", {"page": page})


ASKED = (
    Asked("radio", "body", "Of which body do you require it?"),
    Asked("radio", "kind", "What kind of motion do you require?"),
    Asked("text", "title", "Title"),
    Asked("area", "words", "What do you require, and why?", "Everybody can read this at once"),
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Open a requisition for one's practice, which signs first."""
    actor, at = request.actor, request.received_at
    require(may(actor, Permission.VOTE_FOR_PRACTICE, actor.acting_for))
    bodies = sorted(bodies_of_member(actor.acting_for, london_day(at)).items(), key=lambda pair: pair[1])
    form = RequisitionForm(request.POST or None, bodies=bodies)
    made = answered(
        form,
        {"no_such_motion": "kind", "no_requisitions": "body", "not_a_member": "body", "no_words": "words"},
        lambda: actions.open_requisition(**form.cleaned_data, by=actor, at=at),
    )
    if made:
        messages.success(request, "The requisition is open, and your practice has signed it")
        return redirect("requisition", requisition=made.pk)
    lead = (
        "It is published at once, with your practice as the first to sign.",
        "How many have to sign, and by when the meeting is due, is for the clause of the constitution to say.",
    )
    none = () if bodies else ("Your practice is a member of no body today.",)
    return ask(
        request,
        "Require a vote",
        crumbs(None, LIST),
        form,
        *ASKED,
        lead=(*lead, *none),
        button="Open and sign it",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: Request, requisition: str) -> HttpResponse:
    """Sign for one's practice."""
    actor = request.actor
    require(may(actor, Permission.VOTE_FOR_PRACTICE, actor.acting_for))
    row = _found(request, requisition)
    form = forms.Form(request.POST if request.method == "POST" else None)
    made = answered(
        form,
        {},
        lambda: actions.sign_requisition(requisition=requisition, by=actor, at=request.received_at),
    )
    if made:
        messages.success(request, "Your practice has signed")
        return redirect("requisition", requisition=requisition)
    lead = (row.title, row.words, "Everybody can read that your practice signed.")
    return ask(
        request, "Sign the requisition", trail_to(row), form, lead=lead, button="Sign for your practice"
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: Request, requisition: str) -> HttpResponse:
    """Publish what the chair has against it."""
    row = _found(request, requisition)
    require(may(request.actor, Permission.RUN_VOTES, row.body))
    form = ObjectionForm(request.POST or None)
    made = answered(
        form,
        dict.fromkeys(("objected", "withdrawn", "no_words"), "objection"),
        lambda: actions.object_to_requisition(
            requisition=requisition, **form.cleaned_data, by=request.actor, at=request.received_at
        ),
    )
    if made:
        messages.success(request, "The objection is published")
        return redirect("requisition", requisition=requisition)
    lead = ("It is published beside the requisition, and changes nothing of it.",)
    asked = Asked("area", "objection", "What has the chair against it?")
    return ask(request, "Publish an objection", trail_to(row), form, asked, lead=lead, button="Publish it")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, requisition: str) -> HttpResponse:
    """Take back what one's practice opened, while too few have signed."""
    actor = request.actor
    require(may(actor, Permission.VOTE_FOR_PRACTICE, actor.acting_for))
    row = _found(request, requisition)
    form = forms.Form(request.POST if request.method == "POST" else None)
    made = answered(
        form,
        {},
        lambda: actions.withdraw_requisition(requisition=requisition, by=actor, at=request.received_at),
    )
    if made:
        messages.success(request, "The requisition is withdrawn")
        return redirect("requisition", requisition=requisition)
    lead = ("Whoever signed it is shown that it was withdrawn.",)
    return ask(request, "Withdraw the requisition", trail_to(row), form, lead=lead, button="Withdraw it")
