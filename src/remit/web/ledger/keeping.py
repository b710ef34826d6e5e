"""What the ledger's keeper and its witnesses do: sign a checkpoint, name a witness, cosign."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from remit.engines.permissions import Permission, may
from remit.engines.transparency.witness import FRESH
from remit.kernel.decision import Refused, require
from remit.ledger import actions, queries
from remit.ledger.keys import KeyUnsafe, published_log_key
from remit.web.formats import nhs_moment, number
from remit.web.forms import OnceForm, add_refusal, problems_of
from remit.web.ledger.forms import CosignatureForm, WitnessForm
from remit.web.ledger.pages import TO_THE_LEDGER, Asked, CosignPage, KeepingPage
from remit.web.requests import Request

STILL_GOOD = FRESH / 2
"""How long a checkpoint of the same entries stands: a witness, who takes one of the last hour, has time to sign."""
KEY_TROUBLE = (
    "The key that signs checkpoints cannot be used. Ask the owner of this service to run: remit ledger checkpoint. "
    "It says why."
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: Request) -> HttpResponse:
    """Sign a checkpoint of the ledger as it is now, after asking."""
    require(may(request.actor, Permission.SIGN_CHECKPOINT))
    form = OnceForm(request.POST or None)
    if form.is_valid():
        try:
            before = next(iter(queries.checkpoints(limit=1)), None)
            made = actions.make_checkpoint(by=request.actor, at=request.received_at, unless_since=STILL_GOOD)
        except KeyUnsafe:
            form.add_error(None, ValidationError(KEY_TROUBLE))
        else:
            messages.success(request, _signed(made.size, made.made_at, is_new=made != before))
            return redirect("ledger")
    page = KeepingPage(
        title="Sign a checkpoint now?",
        section="Ledger",
        crumbs=TO_THE_LEDGER,
        problems=problems_of(form),
        form=form,
        size=number(queries.head().size),
    )
    return render(request, "ledger/sign.jinja", {"page": page})


def _signed(size: int, made_at: datetime, *, is_new: bool) -> str:
    entries = number(size)
    if is_new:
        return f"You signed a checkpoint of {entries} entries"
    return (
        f"Nothing was written since the checkpoint of {entries} entries of {nhs_moment(made_at)}. It stands"
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def name_witness(request: Request) -> HttpResponse:
    """Name somebody outside as a witness, by their public key."""
    require(may(request.actor, Permission.SIGN_CHECKPOINT))
    form = WitnessForm(request.POST or None)
    if form.is_valid():
        try:
            named = actions.name_witness(
                vkey=form.cleaned_data["vkey"], by=request.actor, at=request.received_at, once=form.token
            )
        except Refused as refusal:
            add_refusal(form, refusal, "vkey")
        except KeyUnsafe:
            form.add_error(None, ValidationError(KEY_TROUBLE))
        else:
            messages.success(request, f"{named.name} is now a witness")
            return redirect("ledger")
    page = KeepingPage(
        title="Name a witness", section="Ledger", crumbs=TO_THE_LEDGER, problems=problems_of(form), form=form
    )
    return render(request, "ledger/name_witness.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cosign(request: Request) -> HttpResponse:
    """What there is for a witness to sign, and where the line goes that they signed."""
    require(may(request.actor, Permission.COSIGN_CHECKPOINT))
    last = next(iter(queries.checkpoints(limit=1)), None)
    form = CosignatureForm(request.POST or None, initial={"size": last.size if last else ""})
    if form.is_valid():
        try:
            kept = actions.add_cosignature(
                size=form.cleaned_data["size"],
                line=form.cleaned_data["line"],
                by=request.actor,
                at=request.received_at,
            )
        except Refused as refusal:
            add_refusal(form, refusal, "line")
        else:
            said = f"Kept: the signature of {kept.witness.name} on the checkpoint of"
            messages.success(request, f"{said} {number(form.cleaned_data['size'])} entries")
            return redirect("ledger")
    asked = [
        Asked(one.name, number(one.signed), queries.witness_request(last, one.signed))
        for one in (queries.witnesses() if last else ())
    ]
    page = CosignPage(
        title="Cosign a checkpoint",
        section="Ledger",
        crumbs=TO_THE_LEDGER,
        problems=problems_of(form) if asked else (),
        form=form,
        made_at=nhs_moment(last.made_at) if last else "",
        log_key=_log_key(),
        asked=tuple(asked),
    )
    return render(request, "ledger/cosign.jinja", {"page": page})


def _log_key() -> str:
    """The public key of the ledger, for witnesses; empty where there is none that can be used."""
    try:
        key = published_log_key()
    except KeyUnsafe:
        return ""
    return key.vkey if key else ""
