"""What somebody may do with a body's texts: only what state and permission allow is offered."""

from __future__ import annotations

from remit.constitutions.queries import TextPage, TextRow
from remit.constitutions.states import DRAFT, TEXT_STEPS
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.web.constitutions.pages.reading import ClausePart, Way, clause_parts
from remit.web.constitutions.pages.steps import STEPS
from remit.web.register.links import address


def keeps(actor: Actor, body: str) -> bool:
    """Whether somebody writes the texts of a body."""
    return may(actor, Permission.KEEP_CONSTITUTION, body).allowed


def body_ways(code: str, actor: Actor, *, is_open: bool) -> tuple[Way, ...]:
    """From the page of a body."""
    if not is_open or not keeps(actor, code):
        return ()
    return (Way("Begin a draft or an amendment", address("text_draft", code)),)


def version_ways(row: TextRow, actor: Actor) -> tuple[Way, ...]:
    """From the page of a version."""
    ways = [Way("Write a clause", address("clause_new", row.id))] if _writes(row, actor) else []
    able = {each.verb for each in TEXT_STEPS if each.before == row.state}
    for step in STEPS.values():
        place = row.body if step.permission is Permission.KEEP_CONSTITUTION else ""
        is_late = step.code == "record" and row.based_on
        if step.verb in able and not is_late and may(actor, step.permission, place).allowed:
            ways.append(Way(step.title, address(f"text_{step.code}", row.id)))
    return tuple(ways)


def parts_to_write(found: TextPage, actor: Actor) -> tuple[ClausePart, ...]:
    """Its clauses; of a draft, each with the ways to write it."""
    parts = clause_parts(found.clauses)
    if not _writes(found.row, actor):
        return parts
    return tuple(
        ClausePart(
            each.number,
            each.heading,
            each.words,
            each.rules,
            (
                Way("Change it", address("clause", found.row.id, each.number)),
                Way("Add a rule", address("rule_new", found.row.id, each.number)),
                Way("Strike it", address("clause_strike", found.row.id, each.number)),
            ),
        )
        for each in parts
    )


def _writes(row: TextRow, actor: Actor) -> bool:
    return row.state == DRAFT and keeps(actor, row.body)
