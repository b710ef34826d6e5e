"""Agreements: the register, one of them, issuing, returning and signing."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from remit.delegation import actions, queries
from remit.delegation.queries import AgreementPage as Found
from remit.delegation.rules import levels
from remit.delegation.states import AGREEMENT_STATES, AGREEMENT_STEPS, agreement_may
from remit.documents.actions import keep_document
from remit.engines.permissions import Permission, may
from remit.kernel.actor import ANYONE
from remit.kernel.decision import Refused, require
from remit.kernel.moments import london_day
from remit.kernel.names import readable_name
from remit.register.queries import commissioner_names_on, names_on
from remit.web.as_at import AsAt
from remit.web.delegation.forms import IssueForm, ReturnForm, SignForm, WordsForm
from remit.web.delegation.pages.agreeing import (
    Asked,
    act_page,
    agreement_page,
    agreements_page,
    countersign_page,
    issue_page,
)
from remit.web.delegation.pages.agreements_of import agreements_of_page
from remit.web.delegation.pages.powers import Link
from remit.web.delegation.pages.stages import stages_page
from remit.web.forms import add_refusal, problems_of
from remit.web.pages import Crumb
from remit.web.paging import read_paging
from remit.web.register.links import address
from remit.web.register.views.days import on_a_day
from remit.web.register.words import counted
from remit.web.requests import Request

ACTS = {
    "return": ("Sign and return it", "agreement_return"),
    "give notice of withdrawal": ("Give notice to end it", "agreement_notice"),
    "give notice of revocation": ("Revoke it, with notice", "agreement_revoke"),
}
"""What can be done with one agreement, by verb: words and page. Signing is for many at once."""
RETURN_FIELD = {"no_post": "signed_as", "no_terms_of_reference": "file"}


ISSUE_FIELD = {
    "wrong_dates": "term_day",
    **dict.fromkeys(("not_found", "wrong_state", "not_announced", "no_agreement_needed"), "chosen"),
}
"""Beside which field a refusal to issue is shown; the others are about the text."""


def found_or_404(request: Request, agreement: str) -> Found:
    """An agreement; all are public."""
    found = queries.agreement(agreement, request.received_at)
    if found is None:
        raise Http404
    return found


@on_a_day
def agreements(request: HttpRequest, day: AsAt) -> HttpResponse:
    """The register of agreements as it was on a day, or those in one state."""
    state = request.GET.get("state", "")
    state = state if state in AGREEMENT_STATES else ""
    rows = queries.agreements(day.moment)
    shown = [row for row in rows if not state or row.state == state]
    page = agreements_page(day, rows, read_paging(request, len(shown)), state, _links(day, request))
    return render(request, "delegation/agreements.jinja", {"page": page})


def _links(day: AsAt, request: HttpRequest) -> tuple[Crumb, ...]:
    """Where to go on, and what the reader may do; of a past day nobody has anything to do."""
    links = [Crumb("Applied, approved, signed, in effect: counted apart", address("stages"))]
    actor = ANYONE if day.is_past else request.actor  # type: ignore[attr-defined]
    for row in queries.agreements_to_return(actor, day.moment):
        links.append(
            Crumb(f"Sign and return: {readable_name(row.name)}", address("agreement_return", row.id))
        )
    if may(actor, Permission.RUN_ROUNDS).allowed:
        links += [
            Crumb("Issue agreements", address("agreements_issue")),
            Crumb("Sign agreements that were returned", address("agreements_sign")),
            Crumb("Take over what commissioners that closed had", address("take_over")),
            Crumb("Record a position that a source states", address("record_position")),
        ]
    return tuple(links)


@on_a_day
def agreement(request: HttpRequest, day: AsAt, agreement: str) -> HttpResponse:
    """One agreement with its public log, as it was on a day."""
    found = queries.agreement(agreement, day.moment)
    if found is None:
        raise Http404
    acts = () if day.is_past else _acts(request, found)  # type: ignore[arg-type]
    return render(request, "delegation/agreement.jinja", {"page": agreement_page(day, found, acts)})


def _acts(request: Request, found: Found) -> tuple[Crumb, ...]:
    """What the reader may do with it now."""
    row = found.row
    able = [
        Crumb(words, address(page, row.id))
        for step in AGREEMENT_STEPS
        if step.before == row.state
        and step.verb in ACTS
        and not (found.notice and found.notice.is_revocation)
        and may(request.actor, step.permission, row.commissioner).allowed
        for words, page in (ACTS[step.verb],)
    ]
    if row.review_due_on and may(request.actor, Permission.RUN_ROUNDS).allowed:
        able += [
            Crumb("Record a review", address("agreement_review", row.id)),
            Crumb("Record a rating of assurance", address("agreement_rate", row.id)),
        ]
    return tuple(able)


@on_a_day
def agreements_of(request: HttpRequest, day: AsAt, code: str) -> HttpResponse:
    """The agreements of one commissioner on a day, with the log of each; of one that closed too."""
    at = day.moment
    name = names_on({code}, day.day).get(code)
    if name is None:
        raise Http404
    rows = queries.agreements_of(code, at)
    found = [page for row in rows if (page := queries.agreement(row.id, at))]
    links = (Link("What became of its powers, step by step", address("commissioner_history", code, day=day)),)
    page = agreements_of_page(day, code, name, found, links, queries.committees_of(rows, at))
    return render(request, "delegation/dated_tables.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: Request) -> HttpResponse:
    """Issue the agreements of many approvals at once."""
    require(may(request.actor, Permission.RUN_ROUNDS))
    rows = queries.applications_to_issue(request.actor, request.received_at)
    choices = [(row.id, row.name) for row in rows]
    form = IssueForm(request.POST or None, request.FILES or None, choices=choices)
    if form.is_bound and form.is_valid() and (made := _issued(request, form)):
        messages.success(request, f"{counted(made, 'agreement')} issued")
        return redirect("agreements")
    page = issue_page(rows, form, problems_of(form), request.POST.getlist("chosen"))
    return render(request, "delegation/agreements_choose.jinja", {"page": page})


def _issued(request: Request, form: IssueForm) -> int:
    """Keep the text, and issue with it; how many, or none, with the reason beside its field, where refused."""
    try:
        with transaction.atomic():
            made = actions.issue_agreements(
                applications=form.cleaned_data["chosen"],
                term_last_on=form.cleaned_data["term"],
                document=_text_of(request, form),
                by=request.actor,
                at=request.received_at,
            )
    except Refused as refusal:
        kept = "file" if form.cleaned_data.get("file") else "text"
        add_refusal(form, refusal, ISSUE_FIELD.get(refusal.code, kept))
        return 0
    return len(made)


def _text_of(request: Request, form: IssueForm) -> str:
    """The agreement's text, kept: typed, or sent as a file; empty where there is none."""
    sent, text = form.cleaned_data.get("file"), form.cleaned_data.get("text", "").strip()
    owner = request.actor.acting_for
    if sent:
        return _kept(request, owner, sent.name or "", sent.read())
    return _kept(request, owner, "agreement.txt", f"{text}\n".encode()) if text else ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def countersign(request: Request) -> HttpResponse:
    """Sign, for NHS England, many agreements that were returned."""
    require(may(request.actor, Permission.RUN_ROUNDS))
    rows = queries.agreements_to_sign(request.actor, request.received_at)
    form = SignForm(request.POST or None, choices=[(row.id, row.name) for row in rows])
    if form.is_bound and form.is_valid():
        try:
            made = actions.sign_agreements(
                agreements=form.cleaned_data["chosen"],
                signed_as=form.cleaned_data["signed_as"],
                by=request.actor,
                at=request.received_at,
            )
        except Refused as refusal:
            add_refusal(form, refusal, "signed_as" if refusal.code == "no_post" else "chosen")
        else:
            messages.success(request, f"{counted(len(made), 'agreement')} signed")
            return redirect("agreements")
    page = countersign_page(rows, form, problems_of(form), request.POST.getlist("chosen"))
    return render(request, "delegation/agreements_choose.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: Request, agreement: str) -> HttpResponse:
    """The commissioner signs its agreement and returns it."""
    found = found_or_404(request, agreement)
    require(may(request.actor, Permission.APPLY, found.row.commissioner))
    needs_file = "joint_committee" in levels()[found.row.level].needs
    form = ReturnForm(request.POST or None, request.FILES or None, needs_file=needs_file)
    if form.is_bound and form.is_valid() and _returned(request, found, form):
        messages.success(request, "Signed and returned. NHS England signs next")
        return redirect("agreement", agreement=agreement)
    require(agreement_may("return", found.row.state))
    fields = [Asked("text", "signed_as", "Your post", "For example, Accountable officer.")]
    if needs_file:
        hint = "A joint committee with members from both sides. A PDF, Word or OpenDocument file, up to 10MB."
        fields.append(Asked("file", "file", "The committee’s terms of reference", hint))
    page = act_page(
        found,
        form,
        problems_of(form),
        title="Sign and return",
        lede=f"You sign for {readable_name(found.row.name)}. NHS England signs after you.",
        button="Sign and return",
        fields=tuple(fields),
    )
    return render(request, "delegation/agreement_act.jinja", {"page": page})


def _returned(request: Request, found: Found, form: ReturnForm) -> bool:
    """Keep the file, and return the agreement with it; False, with the reason beside its field, where refused."""
    sent = form.cleaned_data.get("file")
    try:
        with transaction.atomic():
            actions.return_agreement(
                agreement=found.row.id,
                signed_as=form.cleaned_data["signed_as"],
                terms_of_reference=_kept(request, found.row.commissioner, sent.name or "", sent.read())
                if sent
                else "",
                by=request.actor,
                at=request.received_at,
            )
    except Refused as refusal:
        if refusal.code == "wrong_state":
            raise
        add_refusal(form, refusal, RETURN_FIELD.get(refusal.code, "file"))
        return False
    return True


def _kept(request: Request, owner: str, name: str, content: bytes) -> str:
    return keep_document(
        name=name,
        content=content,
        owner=owner,
        is_public=True,
        by=request.actor,
        at=request.received_at,
    ).pk


@require_safe
def stages(request: Request) -> HttpResponse:
    """Applied, approved, signed and in effect, counted apart; and words in print held against the counts."""
    today = london_day(request.received_at)
    form = WordsForm(request.GET if {"words", "day_day"} & set(request.GET) else None)
    checked, on = None, today
    if form.is_bound and form.is_valid():
        on = form.cleaned_data["on"]
        words, count = form.cleaned_data["words"], form.cleaned_data["count"]
        checked = queries.check_words(words, count, on, request.received_at) if words else None
    counts = list(queries.stages_of_levels(on, request.received_at).values())
    page = stages_page(counts, form, problems_of(form), checked, len(commissioner_names_on(on)))
    return render(request, "delegation/stages.jinja", {"page": page})
