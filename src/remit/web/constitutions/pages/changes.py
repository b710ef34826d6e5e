"""What one version changes of the one that it is based on, clause by clause and word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from remit.constitutions.queries import ClauseChange, Piece, TextPage
from remit.kernel.names import readable_name
from remit.web.constitutions.pages.reading import trail_to
from remit.web.constitutions.words import HOWS
from remit.web.pages import Crumb, Page
from remit.web.register.links import address
from remit.web.register.words import counted
from remit.web.tables import Cell


@dataclass(frozen=True)
class ChangePart:
    """A clause that differs. `rules` are (how, words) of its rules, where these differ."""

    number: str
    heading: str
    tag: Cell
    pieces: tuple[Piece, ...]
    rules: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class ChangesPage(Page):
    """The clauses that differ; the others are counted."""

    said: str
    changes: tuple[ChangePart, ...]


def changes_page(before: TextPage | None, after: TextPage, every: Sequence[ClauseChange]) -> ChangesPage:
    """The page; `every` are the clauses of both versions."""
    row = after.row
    differing = [each for each in every if each.how != "same"]
    against = f"the version it is based on, “{before.row.title}”" if before else "nothing: it is a first text"
    same = len(every) - len(differing)
    said = f"Compared with {against}. {counted(len(differing), 'clause')} of {len(every)} differ."
    if len(differing) == 1:
        said = said.replace("differ.", "differs.")
    if same:
        said += f" The other {counted(same, 'clause')} {'is' if same == 1 else 'are'} the same."
    return ChangesPage(
        title="What it changes",
        section=f"{row.title}, {readable_name(row.body_name)}",
        crumbs=(*trail_to(row), Crumb(row.title, address("text", row.id))),
        said=said,
        changes=tuple(_part(each) for each in differing),
    )


def _part(change: ClauseChange) -> ChangePart:
    words, colour = HOWS[change.how]
    struck = tuple(Piece("struck", rule) for rule in change.rules_before if rule not in change.rules_after)
    added = tuple(Piece("added", rule) for rule in change.rules_after if rule not in change.rules_before)
    same = tuple(Piece("same", rule) for rule in change.rules_after if rule in change.rules_before)
    return ChangePart(
        change.number, change.heading, Cell(words, colour=colour), change.pieces, (*same, *struck, *added)
    )
