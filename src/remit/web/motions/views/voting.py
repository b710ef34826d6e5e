"""Voting by name: the question, the answer checked, the vote kept; and what a teller counted."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from remit.engines.permissions import Permission, may
from remit.kernel.decision import require
from remit.motions import actions, queries
from remit.motions.queries import Ballot
from remit.web.delegation.pages.asking import Asked
from remit.web.motions.forms.voting import HandsForm, PaperForm, VoteForm, choices_of
from remit.web.motions.pages.motion import trail_to
from remit.web.motions.pages.voting import check_page, place_words, voted_page
from remit.web.motions.views.answering import answered, ask, own_motion
from remit.web.motions.views.reading import motion_or_404
from remit.web.requests import Request

COUNTED = dict.fromkeys(("wrong_state", "replaced", "wrong_way", "wrong_count", "weighted"), "in_favour")


def _require_voter(request: Request) -> None:
    actor = request.actor
    if not may(actor, Permission.VOTE_AS_GP, actor.acting_for).allowed:
        require(may(actor, Permission.VOTE_FOR_PRACTICE, actor.acting_for))


def _places(ballots: Sequence[Ballot]) -> list[tuple[str, str]]:
    return [(each.practice or "gp", place_words(each)) for each in ballots if not each.choice]


def _cast(request: Request, motion: str, place: str, choice: str) -> object:
    """The vote, for whom it is meant; without a place of one's own the act says why there is none."""
    actor = request.actor
    as_gp = place == "gp" or not may(actor, Permission.VOTE_FOR_PRACTICE, actor.acting_for).allowed
    practice = "" if as_gp else place
    return actions.cast_vote(
        motion=motion, choice=choice, as_gp=as_gp, practice=practice, by=actor, at=request.received_at
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: Request, motion: str) -> HttpResponse:
    """Vote: asked, then checked, then kept. The choice is never in an address, which logs would keep."""
    _require_voter(request)
    found = motion_or_404(request, motion)
    places = _places(queries.ballots_of(motion, request.actor, request.received_at))
    choices = choices_of(found.row.options)
    form = VoteForm(request.POST or None, choices=choices, places=places)
    if form.is_valid() and not form.cleaned_data["confirmed"]:
        return render(request, "motions/check.jinja", {"page": check_page(found, form, places)})
    kept = answered(
        form, _BESIDE, lambda: _cast(request, motion, _place(form, places), form.cleaned_data["choice"])
    )
    if kept:
        return redirect("motion_voted", motion=motion)
    asked = [Asked("radio", "choice", "How do you vote?")]
    if "place" in form.fields:
        asked.insert(0, Asked("radio", "place", "For whom are you voting?"))
    elif places:
        asked = [Asked("radio", "choice", "How do you vote?", places[0][1])]
    lead = (found.row.words, "Nobody is told how you voted before the result is declared.")
    return ask(request, found.row.title, trail_to(found.row), form, *asked, lead=lead, button="Continue")


def _place(form: VoteForm, places: list[tuple[str, str]]) -> str:
    return str(form.cleaned_data.get("place") or (places[0][0] if places else ""))


_BESIDE = dict.fromkeys(
    (
        "wrong_state",
        "replaced",
        "wrong_way",
        "not_on_the_roll",
        "no_proxy",
        "proxy_given",
        "no_such_choice",
        "voted",
    ),
    "choice",
)


@login_required
@never_cache
@require_safe
def voted(request: Request, motion: str) -> HttpResponse:
    """What one has voted oneself, for nobody else to see."""
    _require_voter(request)
    found = motion_or_404(request, motion)
    ballots = queries.ballots_of(motion, request.actor, request.received_at)
    return render(request, "motions/voted.jinja", {"page": voted_page(found, ballots)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: Request, motion: str) -> HttpResponse:
    """Enter one vote on paper."""
    found = own_motion(request, motion)
    form = PaperForm(request.POST or None, choices=choices_of(found.row.options))
    beside = dict.fromkeys(("wrong_state", "replaced", "wrong_way", "not_on_the_roll", "voted"), "voter")
    made = answered(
        form,
        beside,
        lambda: actions.enter_vote(
            motion=motion, **form.cleaned_data, by=request.actor, at=request.received_at
        ),
    )
    if made:
        messages.success(request, "The paper is entered")
        return redirect("motion_paper", motion=motion)
    asked = (
        Asked("radio", "electorate", "Whose paper is it?"),
        Asked("text", "voter", "Who voted?", "The code or the seat, as it is on the roll"),
        Asked("radio", "choice", "What does the paper say?"),
        Asked("text", "teller", "Who counted?"),
    )
    return ask(request, "Enter a vote on paper", trail_to(found.row), form, *asked, button="Enter it")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hands(request: Request, motion: str) -> HttpResponse:
    """Enter a show of hands."""
    found = own_motion(request, motion)
    form = HandsForm(request.POST or None)
    made = answered(
        form,
        COUNTED | {"counted": "teller"},
        lambda: actions.count_hands(
            motion=motion,
            counts=form.counts,
            teller=form.cleaned_data["teller"],
            electorate=form.cleaned_data["electorate"],
            by=request.actor,
            at=request.received_at,
        ),
    )
    if made:
        messages.success(request, "The count is entered")
        return redirect("motion", motion=motion)
    asked = (
        Asked("radio", "electorate", "Whose hands were counted?"),
        Asked("number", "in_favour", "How many were for?"),
        Asked("number", "against", "How many were against?"),
        Asked("number", "abstain", "How many abstained?"),
        Asked("number", "blank", "How many showed that they gave no answer?"),
        Asked("text", "teller", "Who counted?"),
    )
    return ask(request, "Enter a show of hands", trail_to(found.row), form, *asked, button="Enter the count")
