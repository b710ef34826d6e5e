"""Whether what was consulted on may come before those who decide."""

from __future__ import annotations

from datetime import datetime

from remit.consultations.models import Consultation, Response, Theme
from remit.consultations.states import DRAFT
from remit.kernel.decision import ALLOWED, Decision, refuse
from remit.kernel.moments import london_day

CLAUSE = "You said, we did: every theme is answered before anything is tabled"


def may_table(consultation: str, at: datetime) -> Decision:
    """Whether a motion or an item that rests on a consultation can be tabled: closed, every response that says
    something belongs to a theme, and every theme has an answer. Otherwise it says what is still to be done."""
    held = Consultation.objects.filter(pk=consultation).first()
    if held is None:
        return refuse("not_found", "There is no such consultation.", CLAUSE)
    return tabling_of(held, at)


def tabling_of(held: Consultation, at: datetime) -> Decision:
    """The same of a consultation in hand."""
    if held.state == DRAFT or london_day(at) <= held.closes_on:
        return refuse(
            "not_closed", "Members can still answer. Wait until the consultation has closed.", CLAUSE
        )
    uncoded = Response.objects.filter(consultation=held, codings__isnull=True).exclude(words="").count()
    if uncoded:
        noun = "response belongs" if uncoded == 1 else "responses belong"
        return refuse("not_coded", f"{uncoded} {noun} to no theme. Say what they are about.", CLAUSE)
    waiting = list(
        Theme.objects.filter(consultation=held, answered_at__isnull=True).values_list("said", flat=True)
    )
    if waiting:
        named = "; ".join(f"“{said}”" for said in waiting)
        return refuse("not_answered", f"Not answered yet: {named}. Answer what members said first.", CLAUSE)
    return ALLOWED
