"""Running a consultation: writing, publishing, more time, meetings, representations, themes and answers."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from remit.consultations import actions, queries
from remit.engines.permissions import Permission, may
from remit.kernel.decision import Refused, require
from remit.meetings.queries import meetings_upcoming
from remit.web.consultations.forms import (
    AttachForm,
    CodeForm,
    ConfirmForm,
    DidForm,
    DraftForm,
    ExtendForm,
    RepresentForm,
    ThemeForm,
)
from remit.web.consultations.pages.answers import responses_page
from remit.web.consultations.views.acting import ask, trail
from remit.web.consultations.views.reading import found_or_404
from remit.web.delegation.pages.asking import Asked
from remit.web.formats import nhs_date, nhs_moment
from remit.web.forms import add_refusal, problems_of
from remit.web.requests import Request

METHODS = ["GET", "HEAD", "POST"]
GIVEN = ("title", "purpose", "options", "opens_on", "closes_on", "told", "motion", "concerns")
ASKED = (
    Asked("text", "title", "Title"),
    Asked("area", "purpose", "What is it for?", "Plain text, for everybody to read"),
    Asked("area", "options", "Which options are there?", "One a line; doing nothing can be one of them"),
    Asked("radio", "motion", "What does it prepare?", "The constitution may ask for more time for some"),
    Asked("date", "opens", "First day", "For example, 1 10 2014"),
    Asked("date", "closes", "Last day", "It counts: from 1 to 10 October are ten days"),
    Asked("many", "told", "How are members told of it?"),
    Asked("text", "concerns", "Commissioners whose decision it is about", "ODS codes; empty for your own"),
)


def _own(request: Request, consultation: str) -> queries.ConsultationPage:
    """A consultation of the body that one acts for."""
    found = found_or_404(request, consultation)
    require(may(request.actor, Permission.RUN_CONSULTATIONS, found.row.body))
    return found


@login_required
@require_http_methods(METHODS)
def new(request: Request) -> HttpResponse:
    """Write a draft."""
    body = request.actor.acting_for
    require(may(request.actor, Permission.RUN_CONSULTATIONS, body))
    form = DraftForm(request.POST or None, initial={"motion": "ordinary"})

    def act() -> Any:
        given = {name: form.cleaned_data[name] for name in GIVEN}
        return actions.draft_consultation(body=body, **given, by=request.actor, at=request.received_at)

    lead = ("It is a draft, which only your body reads, until you publish it.",)
    return ask(
        request,
        "Write a consultation",
        form,
        act,
        ASKED,
        lead=lead,
        button="Keep it",
        done="The draft is kept",
    )


@login_required
@require_http_methods(METHODS)
def publish(request: Request, consultation: str) -> HttpResponse:
    """Publish a draft."""
    found = _own(request, consultation)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    rule = queries.rule_of(found.row.body, found.motion, request.received_at.date())
    lead = (
        f"It lasts {found.row.days} days, from {nhs_date(found.row.opens_on)} to {nhs_date(found.row.closes_on)}. "
        f"The rule asks for {rule.days}: {rule.clause}.",
        "Everybody reads whether that is long enough. Once it is published it can only be made longer.",
    )

    def act() -> Any:
        return actions.publish_consultation(
            consultation=consultation, by=request.actor, at=request.received_at
        )

    done = "The consultation is published"
    title = "Publish the consultation"
    return ask(request, title, form, act, (), row=found.row, lead=lead, button="Publish", done=done)


@login_required
@require_http_methods(METHODS)
def extend(request: Request, consultation: str) -> HttpResponse:
    """Give members more time."""
    found, form = _own(request, consultation), ExtendForm(request.POST or None)

    def act() -> Any:
        given = {name: form.cleaned_data[name] for name in ("closes_on", "reasons")}
        return actions.extend_consultation(
            consultation=consultation, **given, by=request.actor, at=request.received_at
        )

    asked = (
        Asked("date", "closes", "New last day"),
        Asked("area", "reasons", "Why?", "Everybody reads this"),
    )
    done, title = "Members have more time", "Give members more time"
    return ask(request, title, form, act, asked, row=found.row, button="Give more time", done=done)


@login_required
@require_http_methods(METHODS)
def attach(request: Request, consultation: str) -> HttpResponse:
    """Name a meeting at which it is talked over."""
    found = _own(request, consultation)
    rows = meetings_upcoming(request.received_at, body=found.row.body)
    offered = [(each.id, f"{each.title}, {nhs_moment(each.meets_at)}") for each in rows]
    form = AttachForm(request.POST or None, offered=offered)

    def act() -> Any:
        return actions.attach_event(
            consultation=consultation,
            meeting=form.cleaned_data["meeting"],
            by=request.actor,
            at=request.received_at,
        )

    lead = () if offered else ("No meeting of yours is to come. Call one first.",)
    asked = (Asked("radio", "meeting", "At which meeting is it talked over?"),)
    title, done = "Add a meeting", "The meeting is added"
    return ask(request, title, form, act, asked, row=found.row, lead=lead, button="Add it", done=done)


@login_required
@require_http_methods(METHODS)
def represent(request: Request, consultation: str) -> HttpResponse:
    """Log something said outside the formal process: anybody's by the body that asks, an LMC's by itself."""
    found, actor = found_or_404(request, consultation), request.actor
    require(may(actor, Permission.RUN_CONSULTATIONS, actor.acting_for))
    is_own = may(actor, Permission.RUN_CONSULTATIONS, found.row.body).allowed
    form = RepresentForm(request.POST or None, initial={} if is_own else {"organisation": actor.acting_for})

    def act() -> Any:
        given = {name: form.cleaned_data[name] for name in ("who", "channel", "words", "received_on")}
        code = form.cleaned_data["organisation"].strip().upper()
        return actions.log_representation(
            consultation=consultation, organisation=code, **given, by=actor, at=request.received_at
        )

    asked = (
        Asked("text", "who", "Whose words are they?", "An organisation, or somebody’s post"),
        Asked("text", "organisation", "Its code (optional)"),
        Asked("radio", "channel", "How did it come?"),
        Asked("date", "received", "On which day?"),
        Asked("area", "words", "What was said?", "Plain text, for everybody to read"),
    )
    title, done, back = "Log a representation", "It is logged", ("consultation", consultation)
    return ask(request, title, form, act, asked, row=found.row, button="Log it", done=done, back=back)


@login_required
@never_cache
@require_http_methods(METHODS)
def responses(request: Request, consultation: str) -> HttpResponse:
    """Who has not answered; and once it has closed what members said, to name themes."""
    found, at = _own(request, consultation), request.received_at
    form = ThemeForm(request.POST or None)
    if form.is_valid():
        try:
            actions.name_theme(
                consultation=consultation, said=form.cleaned_data["said"], by=request.actor, at=at
            )
        except Refused as refusal:
            add_refusal(form, refusal, "said")
        else:
            return redirect("consultation_responses", consultation=consultation)
    page = responses_page(
        found,
        queries.not_answered(consultation, request.actor, at),
        queries.words_to_code(consultation, request.actor, at),
        form,
        problems_of(form),
        trail(found.row),
        " ".join(reason.message for reason in queries.may_table(consultation, at).reasons),
    )
    return render(request, "consultations/responses.jinja", {"page": page})


@login_required
@never_cache
@require_http_methods(METHODS)
def code(request: Request, consultation: str, response: int) -> HttpResponse:
    """Say to which themes a response belongs."""
    found, at = _own(request, consultation), request.received_at
    words = {each.id: each for each in queries.words_to_code(consultation, request.actor, at)}
    if response not in words:
        raise Http404
    form = CodeForm(
        request.POST or None,
        offered=[(each.number, each.said) for each in found.themes],
        initial={"themes": list(words[response].themes)},
    )

    def act() -> Any:
        numbers = [int(number) for number in form.cleaned_data["themes"]]
        return actions.code_response(
            consultation=consultation, response=response, themes=numbers, by=request.actor, at=at
        )

    asked, back = (Asked("many", "themes", "Themes"),), ("consultation_responses", consultation)
    title, done = "To which themes does it belong?", "The themes are kept"
    lead = (words[response].words,)
    return ask(
        request, title, form, act, asked, row=found.row, lead=lead, button="Keep", done=done, back=back
    )


@login_required
@require_http_methods(METHODS)
def answer(request: Request, consultation: str, theme: int) -> HttpResponse:
    """Answer what members said."""
    found = _own(request, consultation)
    said = {each.number: each for each in found.themes}
    if theme not in said:
        raise Http404
    form = DidForm(request.POST or None, initial={"did": said[theme].did})

    def act() -> Any:
        return actions.answer_theme(
            consultation=consultation,
            theme=theme,
            did=form.cleaned_data["did"],
            by=request.actor,
            at=request.received_at,
        )

    asked = (Asked("area", "did", "What is done about it?", "Everybody reads this"),)
    lead, title = (f"You said: {said[theme].said}",), "Answer what members said"
    back, done = ("consultation_responses", consultation), "The answer is public"
    return ask(
        request, title, form, act, asked, row=found.row, lead=lead, button="Publish", done=done, back=back
    )
