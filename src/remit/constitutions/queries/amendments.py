"""How far commissioners are with amending their constitutions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from remit.constitutions.models import CONSTITUTION, Text, TextStep
from remit.constitutions.states import ADOPTED, AGREED, PROPOSED, SENT, TEXT_WORDS

UNDER_WAY = (PROPOSED, AGREED, SENT)


@dataclass(frozen=True)
class AmendmentStatus:
    """The last public step of a body's amendment by a day. `is_active`: one is under way; `is_amended`: one has been
    adopted. `on` is the day of the step; None where nothing was ever put forward."""

    body: str
    state: str
    is_active: bool
    is_amended: bool
    on: date | None
    text: str


def amendment_status(bodies: Collection[str], on: date) -> tuple[AmendmentStatus, ...]:
    """For each body, how far its latest amendment had gone by a day. A first text amends nothing."""
    steps: dict[str, TextStep] = {}
    rows = TextStep.objects.filter(
        text__body__in=set(bodies), text__document=CONSTITUTION, text__based_on__isnull=False, on__lte=on
    )
    for each in rows.select_related("text").order_by("on", "done_at", "pk"):
        steps[each.text.body_id] = each
    amended = set(
        Text.objects.filter(
            body__in=set(bodies),
            document=CONSTITUTION,
            based_on__isnull=False,
            state=ADOPTED,
            in_force_on__lte=on,
        ).values_list("body_id", flat=True)
    )
    return tuple(_status(body, steps.get(body), body in amended) for body in sorted(set(bodies)))


def _status(body: str, step: TextStep | None, is_amended: bool) -> AmendmentStatus:
    if step is None:
        return AmendmentStatus(body, "Not being amended", False, is_amended, None, "")
    active = step.state in UNDER_WAY
    return AmendmentStatus(body, TEXT_WORDS[step.state], active, is_amended, step.on, step.text_id)
