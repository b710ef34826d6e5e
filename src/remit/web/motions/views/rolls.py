"""The roll after its notice: who has not voted yet, challenges, and proxies."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from remit.engines.permissions import Permission, may
from remit.kernel.decision import require
from remit.motions import actions, queries
from remit.web.delegation.pages.asking import Asked
from remit.web.motions.forms.voting import ContestForm, ProxyForm
from remit.web.motions.forms.writing import SettleForm
from remit.web.motions.pages.motion import not_voted_page, trail_to
from remit.web.motions.views.answering import answered, ask, own_motion
from remit.web.motions.views.reading import motion_or_404
from remit.web.paging import read_paging
from remit.web.requests import Request

PER_PAGE = 100
BESIDE_HOLDER = dict.fromkeys(
    ("wrong_state", "replaced", "not_on_the_roll", "no_proxies", "too_many_proxies", "voted", "own_proxy"),
    "holder",
)


@login_required
@require_safe
def not_voted(request: Request, motion: str) -> HttpResponse:
    """Who is to be reminded: those who have not voted, and nobody else."""
    found = own_motion(request, motion)
    rows = queries.not_voted(motion, request.actor, request.received_at)
    page = not_voted_page(found, rows, read_paging(request, len(rows), PER_PAGE))
    return render(request, "motions/roll.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: Request, motion: str, challenge: int) -> HttpResponse:
    """Uphold a challenge of the roll, or dismiss it."""
    found = own_motion(request, motion)
    each = next((each for each in found.challenges if each.pk == challenge), None)
    if each is None:
        raise Http404
    form = SettleForm(request.POST or None)
    made = answered(
        form,
        {"wrong_state": "verdict", "settled": "verdict", "no_words": "answer"},
        lambda: actions.settle_challenge(
            challenge=challenge,
            is_upheld=form.cleaned_data["verdict"] == "upheld",
            answer=form.cleaned_data["answer"],
            by=request.actor,
            at=request.received_at,
        ),
    )
    if made:
        messages.success(request, "The challenge is settled")
        return redirect("motion", motion=motion)
    asked = (
        Asked("radio", "verdict", "What becomes of it?"),
        Asked("area", "answer", "Why?", "Everybody can read this"),
    )
    lead = (f"{each.challenged_for} contests the place of {each.voter}: {each.reasons}",)
    return ask(
        request, "Settle a challenge", trail_to(found.row), form, *asked, lead=lead, button="Settle it"
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contest(request: Request, motion: str) -> HttpResponse:
    """Contest the roll for one's practice."""
    require(may(request.actor, Permission.VOTE_FOR_PRACTICE, request.actor.acting_for))
    found = motion_or_404(request, motion)
    form = ContestForm(request.POST or None)
    made = answered(
        form,
        {"wrong_state": "voter", "replaced": "voter", "no_such_practice": "voter", "no_words": "reasons"},
        lambda: actions.contest_roll(
            motion=motion, **form.cleaned_data, by=request.actor, at=request.received_at
        ),
    )
    if made:
        messages.success(request, "Your challenge of the roll is published")
        return redirect("motion", motion=motion)
    asked = (
        Asked(
            "text", "voter", "Which practice?", "Its code: it is on the roll and should not be, or is missing"
        ),
        Asked("area", "reasons", "Why is the roll wrong?", "Everybody can read this"),
    )
    return ask(request, "Contest the roll", trail_to(found.row), form, *asked, button="Contest it")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proxy(request: Request, motion: str) -> HttpResponse:
    """Let another practice vote for one's own."""
    require(may(request.actor, Permission.VOTE_FOR_PRACTICE, request.actor.acting_for))
    found = motion_or_404(request, motion)
    form = ProxyForm(request.POST or None)
    made = answered(
        form,
        BESIDE_HOLDER,
        lambda: actions.give_proxy(
            motion=motion, holder=form.cleaned_data["holder"], by=request.actor, at=request.received_at
        ),
    )
    if made:
        messages.success(request, "Your proxy is given")
        return redirect("motion", motion=motion)
    holder = Asked("text", "holder", "Which practice votes for yours?", "Its code, like A81001")
    return ask(
        request,
        "Give another practice your proxy",
        trail_to(found.row),
        form,
        holder,
        button="Give the proxy",
    )
