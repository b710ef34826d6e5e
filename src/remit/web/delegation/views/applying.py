"""A commissioner's officer applies: begin, answer one question a page, check, submit, keep the receipt; withdraw."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from remit.delegation import actions, queries
from remit.delegation.queries import ApplicationPage as Found
from remit.delegation.rules import Question
from remit.engines.permissions import Permission, may
from remit.kernel.actor import ANYONE
from remit.kernel.decision import Refused, require
from remit.web.acting import acting_of
from remit.web.as_at import AsAt
from remit.web.delegation.forms import AnswerForm, ReasonsForm
from remit.web.delegation.kept import sign_in_keeping, typed_over
from remit.web.delegation.pages.applying import (
    answer_page,
    application_page,
    applications_page,
    next_href,
)
from remit.web.delegation.pages.checking import check_page
from remit.web.delegation.pages.consulted import consulted_on
from remit.web.delegation.pages.filling import after_href, is_long, question_href
from remit.web.delegation.pages.late import late_page, late_request_page
from remit.web.delegation.pages.mandates import mandate_panel
from remit.web.delegation.pages.rounds import apply_page
from remit.web.delegation.pages.sections import Part, parts_of
from remit.web.delegation.pages.submitting import receipt_page, withdraw_page
from remit.web.delegation.views.filling import (
    asked_of,
    filling,
    is_open,
    losses_of,
    names_of_documents,
    unsigned_of,
)
from remit.web.forms import add_refusal, problems_of
from remit.web.pages import Problem
from remit.web.register.views.days import on_a_day
from remit.web.requests import Request


def _organisation(request: Request) -> str:
    acting = acting_of(request)
    return acting.organisation if acting else ""


def _found(request: Request, application: str) -> Found:
    """The application, as far as the reader may know of it. Raises `Http404`."""
    found = queries.application(application, request.received_at, request.actor)
    if found is None:
        raise Http404
    return found


def _own(request: Request, application: str) -> Found:
    """The same, for whoever may act on it. Raises `Http404`, `Refused`."""
    found = _found(request, application)
    require(may(request.actor, Permission.APPLY, found.row.commissioner))
    return found


def _parts(found: Found, *, may_change: bool) -> tuple[Part, ...]:
    """The sections of a full form; none of the short one."""
    return parts_of(found, names_of_documents(found), may_change=may_change) if is_long(found) else ()


def _late(request: Request, level: int, refusal: Refused, draft: str = "") -> HttpResponse:
    """Too late: 409, with what became of the draft and which rounds of that level are still open."""
    at = request.received_at
    still_open = [row for row in queries.rounds(at) if row.level == level and row.state in {"open", "coming"}]
    page = late_page(level, [reason.message for reason in refusal.reasons], still_open[::-1], draft)
    return render(request, "delegation/late.jinja", {"page": page}, status=409)


@login_required
@require_safe
def applications(request: Request) -> HttpResponse:
    """Those of the commissioner that one acts for."""
    if not may(request.actor, Permission.COMPLETE_JOINTLY).allowed:
        require(may(request.actor, Permission.APPLY, request.actor.acting_for))
    page = applications_page(
        queries.applications_of(request.actor, request.received_at),
        queries.rounds(request.received_at),
        _organisation(request),
    )
    return render(request, "delegation/applications.jinja", {"page": page})


def _begun(request: Request, found: queries.RoundRow) -> Any:
    """A draft: from the organisation's expression of interest, where there is one that became nothing yet."""
    actor, at = request.actor, request.received_at
    interest = queries.interest_of(found.programme, actor.acting_for, at) if found.programme else None
    own = {row.round for row in queries.applications_of(actor, at)}
    if interest is not None and found.code not in own and not interest.is_converted:
        return actions.convert_interest(interest=interest.id, round_code=found.code, by=actor, at=at)
    return actions.begin_application(round_code=found.code, commissioner=actor.acting_for, by=actor, at=at)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: Request, code: str) -> HttpResponse:
    """Begin an application in a round; begun already, go on with it."""
    actor, at = request.actor, request.received_at
    require(may(actor, Permission.APPLY, actor.acting_for))
    found = queries.round_of(code, at)
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            made = _begun(request, found)
        except Refused as refusal:
            if refusal.code == "late":
                return _late(request, found.level, refusal)
            raise
        return redirect("application", application=made.pk)
    page = apply_page(found, at, queries.asked_in(code), _organisation(request))
    return render(request, "delegation/apply.jinja", {"page": page})


@on_a_day
def application(request: HttpRequest, day: AsAt, application: str) -> HttpResponse:
    """One application: a draft for its own officers, what was submitted for everybody. Of a past day nobody has more
    to see, or to do, than the public."""
    at, actor = day.moment, ANYONE if day.is_past else request.actor  # type: ignore[attr-defined]
    found, mandate = queries.application(application, at, actor), queries.mandate_of(application, at)
    if found is None or mandate is None:
        raise Http404
    whose = found.row.commissioner
    may_decide = may(actor, Permission.DECIDE_APPLICATIONS).allowed
    free = queries.free_of_interest(actor, whose, at).allowed
    page = application_page(
        found,
        day,
        is_own=may(actor, Permission.APPLY, whose).allowed,
        may_decide=may_decide and free,
        kept_out=may_decide and not free,
        arrangement=next((row for row in queries.arrangements_of(whose, at) if row.ref == application), None),
        mandate=mandate_panel(mandate, consulted_on(mandate, found.row, at)),
        parts=_parts(found, may_change=False),
        signed=queries.signatures_of(application, at),
        changes=len(queries.changes_of(application, actor, at)),
        has_outcome=queries.outcome_of(application, at, actor) is not None,
        agreement=next(
            (row for row in queries.agreements_of(whose, at) if row.application == application), None
        ),
        challenge=queries.challenge_news(application, at),
        varied=queries.scope_since(application, at),
    )
    return render(request, "delegation/application.jinja", {"page": page})


@sign_in_keeping
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, application: str, question: str) -> HttpResponse:
    """One question of a draft. What is continued is kept, whatever happens to the session afterwards."""
    found = filling(request, application)
    asked = asked_of(request, found, question)
    if request.method != "POST" and not is_open(request, found, question):
        return redirect("application", application=application)
    if asked.is_kept_apart:
        return redirect(question_href(found, asked))
    then = "check" if (request.POST or request.GET).get("then") == "check" else ""
    kept = typed_over(request, AnswerForm.kept(asked, str(found.answers.get(question, ""))))
    form = AnswerForm(request.POST or None, question=asked, initial=kept)
    if form.is_valid():
        try:
            actions.save_answer(
                application=application,
                question=question,
                answer=form.cleaned_data["answer"],
                seen=form.cleaned_data["seen"] if "seen" in form.data else None,
                by=request.actor,
                at=request.received_at,
            )
        except Refused as refusal:
            if refusal.code not in {"wrong_answer", "changed_meanwhile", "no_amendment"}:
                raise
            add_refusal(form, refusal, next(iter(form.fields)))
            if refusal.code == "changed_meanwhile":
                found = filling(request, application)
                form.see_again(str(found.answers.get(question, "")))
        else:
            return _onward(filling(request, application), asked)
    page = answer_page(found, asked, form, problems_of(form), then)
    return render(request, "delegation/answer.jinja", {"page": page})


def _onward(fresh: Found, asked: Question) -> HttpResponse:
    """Where one goes once an answer is kept."""
    return redirect(after_href(fresh, asked) if is_long(fresh) else next_href(fresh))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_answers(request: Request, application: str) -> HttpResponse:
    """Check the answers and submit them. Submitted already, this leads to the receipt."""
    found = _own(request, application)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            actions.submit_application(application=application, by=request.actor, at=request.received_at)
        except Refused as refusal:
            if refusal.code == "late":
                return _late(request, found.row.level, refusal, application)
            if refusal.code not in {"incomplete", "not_signed", "no_amendment"}:
                raise
            problems = (
                tuple(Problem(f"Answer: {each.question}", each.code) for each in found.unanswered)
                if refusal.code == "incomplete"
                else tuple(Problem(each.message) for each in refusal.reasons)
            )
        else:
            return redirect("receipt", application=application)
    if found.row.submitted_at:
        return redirect("receipt", application=application)
    parts, losses = _parts(found, may_change=True), losses_of(request, application)
    page = check_page(
        found, request.received_at, problems, parts=parts, losses=losses, unsigned=unsigned_of(found)
    )
    return render(request, "delegation/check_answers.jinja", {"page": page})


@login_required
@never_cache
@require_safe
def receipt(request: Request, application: str) -> HttpResponse:
    """The receipt, for as long as it is wanted. Before anything is submitted, back to the draft."""
    found = _own(request, application)
    if found.row.submitted_at is None:
        return redirect("application", application=application)
    page = receipt_page(found, found.row.submitted_at)
    return render(request, "delegation/receipt.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, application: str) -> HttpResponse:
    """Withdraw an application, with reasons. Withdrawn already, or never submitted: back to it."""
    found = _own(request, application)
    if found.row.state in {"withdrawn", "draft"}:
        return redirect("application", application=application)
    form = ReasonsForm(request.POST or None)
    if form.is_valid():
        try:
            actions.withdraw_application(
                application=application,
                reasons=form.cleaned_data["reasons"],
                by=request.actor,
                at=request.received_at,
            )
        except Refused as refusal:
            if refusal.code != "no_reasons":
                raise
            add_refusal(form, refusal, "reasons")
        else:
            messages.success(request, "The application is withdrawn")
            return redirect("application", application=application)
    page = withdraw_page(found, form, problems_of(form))
    return render(request, "delegation/withdraw.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def late_request(request: Request, application: str) -> HttpResponse:
    """Ask that a draft be taken after the deadline. Asked already and not refused, or not late: back to it."""
    found = _own(request, application)
    is_late = found.round.deadline.has_passed(request.received_at)
    is_asked = found.late_requested_at and not found.is_late_refused
    if is_asked or found.row.submitted_at or not is_late:
        return redirect("application", application=application)
    form = ReasonsForm(request.POST or None)
    if form.is_valid():
        actions.request_late_acceptance(
            application=application,
            reasons=form.cleaned_data["reasons"],
            by=request.actor,
            at=request.received_at,
        )
        messages.success(request, "The national team has been asked. Your draft is kept.")
        return redirect("application", application=application)
    page = late_request_page(found, form, problems_of(form))
    return render(request, "delegation/late_request.jinja", {"page": page})
