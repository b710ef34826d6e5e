"""Evidence: the register, one record, those of a commissioner; recording it, attaching it, rescinding after a vote."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from remit.delegation import actions, queries
from remit.delegation.queries import ApplicationPage as Found
from remit.delegation.queries import EvidenceRow
from remit.delegation.rules import evidence_kinds
from remit.documents.actions import keep_document
from remit.engines.mandates import Result, WrongFact
from remit.engines.permissions import Permission, may
from remit.kernel.decision import Refused, require
from remit.kernel.moments import london_day
from remit.register.queries import organisation_at
from remit.register.rules import COMMISSIONER_KINDS
from remit.web.delegation.forms.evidence import ChooseEvidenceForm, EvidenceForm, RescindForm
from remit.web.delegation.pages.evidence import (
    attach_page,
    commissioner_page,
    evidence_page,
    record_page,
    register_page,
    rescind_page,
    which_page,
)
from remit.web.formats import nhs_date
from remit.web.forms import add_refusal, problems_of
from remit.web.motions.views.elsewhere import motions_about
from remit.web.requests import Request

FIELD_OF = {
    "wrong_commissioners": "commissioners",
    "not_permitted": "commissioners",
    "not_a_body": "body",
    "not_a_member": "present",
    "no_such_organisation": "people",
    "wrong_count": "in_favour",
    "wrong_date": "held_day",
    "no_source": "source",
}
"""Beside which field a refusal is shown."""


def _may_record(request: Request, commissioner: str = "") -> bool:
    return may(request.actor, Permission.RECORD_EVIDENCE, commissioner).allowed


@require_safe
def register(request: Request) -> HttpResponse:
    """Everything that was recorded, of one kind or of all."""
    wanted = request.GET.get("kind", "")
    kind = wanted if wanted in evidence_kinds() else ""
    at = request.received_at
    page = register_page(
        queries.all_evidence(at, kind),
        [row for row in queries.positions_of_bodies(at) if not row.commissioners],
        kind,
        may_record=_may_record(request),
    )
    return render(request, "delegation/evidence_list.jinja", {"page": page})


@require_safe
def evidence(request: Request, evidence: str) -> HttpResponse:
    """One record."""
    found = queries.evidence(evidence, request.received_at)
    if found is None:
        raise Http404
    page = evidence_page(found, queries.attendance_of(found))
    return render(request, "delegation/evidence.jinja", {"page": page})


@require_safe
def of_commissioner(request: Request, code: str) -> HttpResponse:
    """Everything about one commissioner."""
    at = request.received_at
    found = organisation_at(code, london_day(at))
    if found is None or all(fact.value not in COMMISSIONER_KINDS for fact in found.kinds):
        raise Http404
    page = commissioner_page(
        code,
        found.name,
        queries.evidence_of(code, at),
        queries.positions_of_bodies(at, code),
        queries.arrangements_of(code),
        motions_about(code, at),
        may_record=_may_record(request, code),
    )
    return render(request, "delegation/evidence_list.jinja", {"page": page})


@login_required
@require_safe
def which(request: Request) -> HttpResponse:
    """Which kind to record."""
    require(may(request.actor, Permission.RECORD_EVIDENCE))
    return render(request, "delegation/evidence_which.jinja", {"page": which_page(request.GET.urlencode())})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: Request, kind: str) -> HttpResponse:
    """Record evidence of one kind, and attach it where one came from an application."""
    require(may(request.actor, Permission.RECORD_EVIDENCE))
    if kind not in evidence_kinds():
        raise Http404
    known, actor = evidence_kinds()[kind], request.actor
    own = actor.acting_for if may(actor, Permission.APPLY, actor.acting_for).allowed else ""
    asked = {"commissioners": request.GET.get("commissioner", ""), "body": "" if own else _own_body(request)}
    form = EvidenceForm(
        request.POST or None, request.FILES or None, kind=known, commissioner=own, initial=asked
    )
    application = request.GET.get("application", "") if own else ""
    if form.is_valid() and (made := _recorded(request, form, application)):
        messages.success(request, f"{known.name} recorded")
        if application:
            return redirect("attach_evidence", application=application)
        return redirect("evidence", evidence=made)
    page = record_page(known, form, problems_of(form), own)
    return render(request, "delegation/evidence_record.jinja", {"page": page})


def _recorded(request: Request, form: EvidenceForm, application: str) -> str:
    """The record; empty where it was refused, which the form then says."""
    data = form.cleaned_data
    try:
        with transaction.atomic():
            return actions.record_evidence(
                kind=form.kind.code,
                commissioners=data["codes"],
                held_on=data["held_on"],
                facts=data["facts"],
                application=application,
                source=data["source"],
                source_href=data["source_href"],
                document=_kept(request, data["file"]) if data.get("file") else "",
                by=request.actor,
                at=request.received_at,
            ).pk
    except Refused as refusal:
        _show(form, refusal)
        return ""


def _kept(request: Request, sent: UploadedFile) -> str:
    """The paper that goes with a record: public, as the record is."""
    return keep_document(
        name=sent.name or "",
        content=sent.read(),
        owner=request.actor.acting_for,
        is_public=True,
        by=request.actor,
        at=request.received_at,
    ).pk


def _own_body(request: Request) -> str:
    """Whose words somebody records who acts for no commissioner: those of the body that they act for."""
    is_own = not may(request.actor, Permission.RUN_ROUNDS).allowed
    return request.actor.acting_for if is_own else ""


def _show(form: forms.Form, refusal: Refused) -> None:
    name = refusal.fact if isinstance(refusal, WrongFact) else FIELD_OF.get(refusal.code, "file")
    name = name if name in form.fields else f"{name}_day"
    add_refusal(form, refusal, name if name in form.fields else None)


def _own(request: Request, application: str) -> Found:
    found = queries.application(application, request.received_at, request.actor)
    if found is None:
        raise Http404
    require(may(request.actor, Permission.APPLY, found.row.commissioner))
    return found


def _offered(rows: list[EvidenceRow]) -> list[tuple[str, str]]:
    return [(row.id, f"{row.kind_name}, {nhs_date(row.held_on)}") for row in rows if not row.corrected_by]


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: Request, application: str) -> HttpResponse:
    """What an application rests on, and attaching more."""
    found, at = _own(request, application), request.received_at
    mandate = queries.mandate_of(application, at)
    attached = list(mandate.evidence) if mandate else []
    taken = {row.id for row in attached}
    rest = [row for row in queries.evidence_of(found.row.commissioner, at) if row.id not in taken]
    form = ChooseEvidenceForm(request.POST or None, offered=_offered(rest))
    if form.is_valid():
        actions.attach_evidence(
            application=application, evidence=form.cleaned_data["evidence"], by=request.actor, at=at
        )
        messages.success(request, "The evidence is attached")
        return redirect("attach_evidence", application=application)
    page = attach_page(found, attached, form, problems_of(form))
    return render(request, "delegation/attach_evidence.jinja", {"page": page})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rescind(request: Request, application: str) -> HttpResponse:
    """Rescind an application because members voted against it. Rescinded already, or a draft: back to it."""
    found, at = _own(request, application), request.received_at
    if found.row.state in {"rescinded", "withdrawn", "draft"}:
        return redirect("application", application=application)
    rows = queries.evidence_of(found.row.commissioner, at)
    lost = [row for row in rows if row.result and Result(row.result).is_against]
    form = RescindForm(request.POST or None, offered=_offered(lost))
    if form.is_valid():
        try:
            actions.rescind_application(
                application=application,
                evidence_id=form.cleaned_data["evidence"],
                reasons=form.cleaned_data["reasons"],
                by=request.actor,
                at=at,
            )
        except Refused as refusal:
            add_refusal(form, refusal, "reasons" if refusal.code == "no_reasons" else "evidence")
        else:
            messages.success(request, "The application is rescinded")
            return redirect("application", application=application)
    page = rescind_page(found, form, problems_of(form))
    return render(request, "delegation/rescind.jinja", {"page": page})
