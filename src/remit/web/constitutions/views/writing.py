"""Whoever keeps a body's constitution writes it: a draft, its clauses, their rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from remit.constitutions import actions, queries
from remit.constitutions.rules import BODY_KINDS
from remit.constitutions.states import text_may
from remit.engines.permissions import Permission, may
from remit.kernel.decision import Refused, require
from remit.kernel.moments import london_day
from remit.register.queries import organisation_at
from remit.web.constitutions.forms.rules import KINDS, RuleForm
from remit.web.constitutions.forms.steps import NothingForm
from remit.web.constitutions.forms.writing import ClauseForm, DraftForm, KindForm
from remit.web.constitutions.pages.writing import (
    clause_page,
    confirm_page,
    draft_page,
    kind_page,
    rule_page,
)
from remit.web.constitutions.views.reading import text_or_404
from remit.web.requests import Request

DRAFT_FIELD = {"other_draft": "title", "no_words": "title", "no_such_model": "model"}
CLAUSE_FIELD = {"wrong_number": "number", "no_words": "words"}
ASKING = "delegation/asking.jinja"


def posted(request: Request) -> QueryDict | None:
    """What a form is made of: what was sent, also where that is nothing; None where nothing was."""
    return request.POST if request.method == "POST" else None


def add_with_clause(form: Form, refusal: Refused, field: str | None) -> None:
    """A refusal as an error of a form, with the clause that it rests on."""
    for reason in refusal.reasons:
        clause = f"Clause {reason.clause}" if reason.clause[:1].isdigit() else reason.clause
        form.add_error(field, ValidationError(f"{reason.message} ({clause})" if clause else reason.message))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: Request, code: str) -> HttpResponse:
    """Begin a draft: empty, as the version in force, or with a model amendment."""
    on = london_day(request.received_at)
    require(may(request.actor, Permission.KEEP_CONSTITUTION, code))
    found = organisation_at(code, on)
    if found is None or found.kind not in BODY_KINDS:
        raise Http404
    form = DraftForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            made = actions.draft_text(
                body=code, **form.cleaned_data, by=request.actor, at=request.received_at
            )
        except Refused as refusal:
            if refusal.code not in DRAFT_FIELD:
                raise
            add_with_clause(form, refusal, DRAFT_FIELD[refusal.code])
        else:
            return redirect("text", text=made.pk)
    page = draft_page(code, found.name, form, has_text=queries.in_force(code, on) is not None)
    return render(request, ASKING, {"page": page})


def _own_draft(request: Request, text: str) -> queries.TextPage:
    """A draft that whoever asks may write."""
    found = text_or_404(request, text)
    require(may(request.actor, Permission.KEEP_CONSTITUTION, found.row.body))
    require(text_may("put to the members", found.row.state))
    return found


def _clause_of(found: queries.TextPage, number: str) -> queries.ClauseRow:
    for each in found.clauses:
        if each.number == number:
            return each
    raise Http404


def _write(
    request: Request, text: str, clause: Mapping[str, str], rules: Sequence[Mapping[str, Any]]
) -> None:
    actions.write_clause(text=text, **clause, rules=rules, by=request.actor, at=request.received_at)


def _as_kept(clause: queries.ClauseRow) -> dict[str, str]:
    return {"number": clause.number, "heading": clause.heading, "words": clause.words}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def clause(request: Request, text: str, number: str = "") -> HttpResponse:
    """Write a clause: a new one, or over what it said."""
    found = _own_draft(request, text)
    here = _clause_of(found, number) if number else None
    form = ClauseForm(
        posted(request),
        initial=_as_kept(here) if here else {},
        taken=None if here else {each.number for each in found.clauses},
    )
    if form.is_bound and form.is_valid():
        given = {"number": number, **form.cleaned_data}
        try:
            _write(request, text, given, [each.raw for each in here.rules] if here else [])
        except Refused as refusal:
            if CLAUSE_FIELD.get(refusal.code) not in form.fields:
                raise
            add_with_clause(form, refusal, CLAUSE_FIELD[refusal.code])
        else:
            messages.success(request, f"Clause {given['number']} is written")
            return redirect("clause", text=text, number=given["number"])
    return render(request, "constitutions/clause.jinja", {"page": clause_page(found.row, here, form)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def strike(request: Request, text: str, number: str) -> HttpResponse:
    """Take a clause out of a draft."""
    found = _own_draft(request, text)
    here = _clause_of(found, number)
    if request.method == "POST":
        actions.strike_clause(text=text, number=number, by=request.actor, at=request.received_at)
        messages.success(request, f"Clause {number} is struck")
        return redirect("text", text=text)
    page = confirm_page(found.row, here, "Strike this clause", here.words, NothingForm())
    return render(request, ASKING, {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule_kind(request: Request, text: str, number: str) -> HttpResponse:
    """Choose the kind of a rule to add."""
    found = _own_draft(request, text)
    here = _clause_of(found, number)
    form = KindForm(posted(request), kinds=[(kind, name) for kind, (name, _) in KINDS.items()])
    if form.is_bound and form.is_valid():
        return redirect("rule", text=text, number=number, kind=form.cleaned_data["kind"])
    return render(request, ASKING, {"page": kind_page(found.row, here, form)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: Request, text: str, number: str, kind: str) -> HttpResponse:
    """Add a rule of a kind to a clause."""
    found = _own_draft(request, text)
    here = _clause_of(found, number)
    if kind not in KINDS:
        raise Http404
    form = RuleForm(posted(request), kind=kind)
    if form.is_bound and form.is_valid():
        try:
            _write(request, text, _as_kept(here), [*(each.raw for each in here.rules), form.raw])
        except Refused as refusal:
            if refusal.code != "not_a_rule":
                raise
            add_with_clause(form, refusal, form.field_of(refusal))
        else:
            messages.success(request, "The rule is added")
            return redirect("clause", text=text, number=number)
    return render(request, ASKING, {"page": rule_page(found.row, here, form)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove_rule(request: Request, text: str, number: str, place: int) -> HttpResponse:
    """Take a rule off a clause: the first is 1."""
    found = _own_draft(request, text)
    here = _clause_of(found, number)
    if not 1 <= place <= len(here.rules):
        raise Http404
    if request.method == "POST":
        rest = [each.raw for at, each in enumerate(here.rules, 1) if at != place]
        _write(request, text, _as_kept(here), rest)
        messages.success(request, "The rule is removed")
        return redirect("clause", text=text, number=number)
    page = confirm_page(found.row, here, "Remove this rule", here.rules[place - 1].words, NothingForm())
    return render(request, ASKING, {"page": page})
