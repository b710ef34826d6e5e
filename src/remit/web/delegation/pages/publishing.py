"""Making outcomes public that no announcement lists: a commissioner agrees, the programme closes a round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from remit.delegation.queries import ApplicationPage as Found
from remit.delegation.queries import ApplicationRow, RoundRow
from remit.kernel.names import readable_name
from remit.web.delegation.pages.rounds import UNDER, crumbs_to_round
from remit.web.delegation.words import level_title, state_tag
from remit.web.pages import Page
from remit.web.register.links import crumbs
from remit.web.tables import Cell, Column, Table


@dataclass(frozen=True, kw_only=True)
class AgreePage(Page):
    """Whether an outcome may be published with the announcement."""

    outcome: Cell
    is_agreed: bool
    back_href: str


@dataclass(frozen=True, kw_only=True)
class ClosePage(Page):
    """What closing a round makes public. `is_closed`: it has been."""

    outcomes: Table
    is_closed: bool
    back_href: str


def agree_page(found: Found, *, is_agreed: bool) -> AgreePage:
    """Before a commissioner agrees."""
    return AgreePage(
        title="May your outcome be published?",
        section="Applications",
        crumbs=crumbs(None, UNDER, ("Your applications", "applications")),
        outcome=state_tag(found.row.state),
        is_agreed=is_agreed,
        back_href=reverse("application", args=[found.row.id]),
    )


def close_page(row: RoundRow, waiting: Sequence[ApplicationRow], *, is_closed: bool) -> ClosePage:
    """Before a round is closed; `waiting` are those whose outcome is not public yet."""
    return ClosePage(
        title=f"Close this round: {row.title}",
        section="Rounds",
        crumbs=(*crumbs(None, UNDER, ("Rounds", "rounds")), *crumbs_to_round(row)),
        outcomes=Table(
            id="outcomes",
            caption=f"Outcomes for {level_title(row.level)} that become public",
            columns=(Column("Commissioner"), Column("Code"), Column("Outcome")),
            rows=[
                (
                    Cell(readable_name(each.name), href=reverse("application", args=[each.id])),
                    each.commissioner,
                    state_tag(each.state),
                )
                for each in waiting
            ],
            stacked=True,
            empty="None: every outcome in it is public already.",
        ),
        is_closed=is_closed,
        back_href=reverse("round", args=[row.code]),
    )
