"""Recording what was done under a power."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.urls import reverse

from remit.delegation.queries import PowerRow, Use
from remit.delegation.rules import powers
from remit.kernel.names import readable_name
from remit.web.formats import nhs_moment
from remit.web.pages import Crumb, Page, Problem
from remit.web.register.links import crumbs
from remit.web.tables import Cell, Column, Table


@dataclass(frozen=True, kw_only=True)
class UsePage(Page):
    """The form, with how each power is held in `hints`; and what was recorded before."""

    form: forms.Form
    hints: dict[str, str]
    uses: Table


def use_page(
    code: str,
    name: str,
    held: Sequence[PowerRow],
    uses: Sequence[Use],
    form: forms.Form,
    problems: tuple[Problem, ...],
) -> UsePage:
    """Recording for one commissioner."""
    how = {"held": "Held", "joint": "Held jointly with NHS England", "none": "Not held"}
    return UsePage(
        title="Record what was done under a power",
        section=readable_name(name),
        crumbs=(
            *crumbs(None, ("Commissioners", "commissioners")),
            Crumb(readable_name(name), reverse("commissioner", args=[code])),
        ),
        problems=problems,
        form=form,
        hints={row.code: how[row.how] for row in held},
        uses=uses_table(uses),
    )


def uses_table(uses: Sequence[Use]) -> Table:
    """What was done under powers, the latest first."""
    return Table(
        id="uses",
        caption="Recorded so far",
        columns=(Column("What was done"), Column("Power"), Column("When")),
        rows=[
            (
                Cell(use.what, href=reverse("power_use", args=[use.id])),
                powers()[use.power].name,
                nhs_moment(use.used_at),
            )
            for use in reversed(uses)
        ],
        stacked=True,
        empty="Nothing has been recorded yet.",
    )
