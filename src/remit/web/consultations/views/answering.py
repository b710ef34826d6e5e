"""Responding: for a practice, as a general practitioner, or saying why not."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from remit.consultations import actions, queries
from remit.engines.permissions import Permission, may
from remit.kernel.decision import require
from remit.web.consultations.forms import SPLIT, RespondForm, SilenceForm
from remit.web.consultations.views.acting import ask
from remit.web.consultations.views.reading import found_or_404
from remit.web.delegation.pages.asking import Asked
from remit.web.requests import Request

LEAD = (
    "You can change your response until the consultation closes. Until then nobody sees it, and nobody sees any count.",
)
LEAD_OF_PRACTICE = (
    *LEAD,
    "If you say how your partners stand, only the total over all practices is published.",
)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def respond(request: Request, consultation: str) -> HttpResponse:
    """The position of a practice, or of a doctor in their own right."""
    found, actor = found_or_404(request, consultation), request.actor
    is_practice = may(actor, Permission.RESPOND_FOR_PRACTICE, actor.acting_for).allowed
    if not is_practice:
        require(may(actor, Permission.RESPOND_AS_GP, actor.acting_for))
    own = queries.own_response(consultation, actor, request.received_at)
    form = RespondForm(
        request.POST or None,
        options=found.options,
        is_practice=is_practice,
        initial=_before(own.said) if own else {},
    )

    def act() -> Any:
        given: dict[str, Any] = {"stances": form.stances, "words": form.cleaned_data["words"]}
        given |= {"consultation": consultation, "by": actor, "at": request.received_at}
        if not is_practice:
            return actions.respond_as_gp(**given)
        return actions.respond_for_practice(practice=actor.acting_for, splits=form.splits, **given)

    title = "The position of your practice" if is_practice else "Your own response"
    lead, asked = LEAD_OF_PRACTICE if is_practice else LEAD, _asked(found, is_practice=is_practice)
    done, back = "Your response is kept", ("consultation", consultation)
    return ask(
        request, title, form, act, asked, row=found.row, lead=lead, button="Send", done=done, back=back
    )


def _asked(found: queries.ConsultationPage, *, is_practice: bool) -> tuple[Asked, ...]:
    asked: list[Asked] = []
    for number, name in found.options:
        asked.append(Asked("radio", f"stance_{number}", name))
        for code, words in SPLIT if is_practice else ():
            asked.append(Asked("number", f"{code}_{number}", f"Partners {words} (optional)"))
    return (*asked, Asked("area", "words", "What do you want to say? (optional)", "Plain text"))


def _before(said: Any) -> dict[str, Any]:
    """What was said before, for the form to show."""
    initial: dict[str, Any] = {"words": said["words"]}
    for number, stance in said["stances"].items():
        initial[f"stance_{number}"] = stance
    for number, split in said["splits"].items():
        initial |= {f"{code}_{number}": count for (code, _), count in zip(SPLIT, split, strict=True)}
    return initial


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def silence(request: Request, consultation: str) -> HttpResponse:
    """Why a practice does not respond."""
    found, actor = found_or_404(request, consultation), request.actor
    require(may(actor, Permission.RESPOND_FOR_PRACTICE, actor.acting_for))
    form = SilenceForm(request.POST or None)

    def act() -> Any:
        return actions.explain_silence(
            consultation=consultation,
            practice=actor.acting_for,
            reason=form.cleaned_data["reason"],
            words=form.cleaned_data["words"],
            by=actor,
            at=request.received_at,
        )

    asked = (
        Asked("radio", "reason", "What is the main reason?"),
        Asked("area", "words", "Anything else? (optional)", "Only the reasons are counted and published"),
    )
    done, back = "The reason is kept", ("consultation", consultation)
    title = "Why does your practice not respond?"
    return ask(request, title, form, act, asked, row=found.row, button="Send", done=done, back=back)
