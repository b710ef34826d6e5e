"""Pages on which arrangements come on without an application: taken over, or stated by a source."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.urls import reverse

from remit.delegation.queries import SuccessionDue
from remit.web.delegation.pages.agreeing import STEPS, ActPage, Asked, ChoosePage
from remit.web.delegation.pages.rounds import UNDER
from remit.web.delegation.words import level_title
from remit.web.formats import nhs_date
from remit.web.pages import Crumb, Problem
from remit.web.register.links import crumbs
from remit.web.register.words import capital


def take_over_page(
    rows: Sequence[SuccessionDue], form: forms.Form, problems: tuple[Problem, ...], chosen: Sequence[str]
) -> ChoosePage:
    """What commissioners that closed had, and who follows."""
    return ChoosePage(
        title="Take over what commissioners that closed had",
        section="Agreements",
        crumbs=crumbs(None, UNDER, STEPS),
        problems=problems,
        lede="The register says who followed whom. Powers, scope and agreements go on without a gap from that day.",
        form=form,
        options=tuple(
            (
                row.key,
                f"{row.name} to {row.successor_name}",
                f"{capital(level_title(row.level))}, on {nhs_date(row.on)}. "
                f"{row.commissioner} to {row.successor}",
                row.key in chosen,
            )
            for row in rows
        ),
        fields=(),
        button="Take over",
        empty="Nothing waits to be taken over: no commissioner with powers has closed without its successor "
        "having them.",
    )


def position_page(form: forms.Form, problems: tuple[Problem, ...]) -> ActPage:
    """A position that a source states, for days on which it was not made here."""
    return ActPage(
        title="Record a position that a source states",
        section="Agreements",
        crumbs=crumbs(None, UNDER, STEPS),
        problems=problems,
        lede="For days on which a delegation was not made here. Everybody sees the source beside it.",
        notes=(),
        facts=(),
        form=form,
        fields=(
            Asked("text", "commissioner", "Which commissioner?", "Its code, such as 05L."),
            Asked("radio", "level", "At which level?"),
            Asked("day", "first", "First day"),
            Asked("day", "last", "Last day", "Leave empty while it lasts."),
            Asked("text", "source", "Which source states it?", "Title, page and date."),
            Asked("text", "source_href", "Its address", "Leave empty if it has none."),
        ),
        has_file=False,
        button="Record",
        variant="",
        back=Crumb("Back to the agreements", reverse("agreements")),
    )
