"""Writing a draft: beginning it, its clauses, and the rules that they carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms

from remit.constitutions.queries import ClauseRow, TextRow
from remit.kernel.names import readable_name
from remit.web.constitutions.forms.rules import KINDS, Parameter, RuleForm
from remit.web.constitutions.pages.reading import UP, Way, trail_to
from remit.web.delegation.pages.asking import Asked, AskingPage
from remit.web.forms import problems_of
from remit.web.pages import Crumb, Page
from remit.web.register.links import address, crumbs

HOW: Mapping[str, str] = {
    "share": "text",
    "number": "number",
    "radio": "radio",
    "yes": "radio",
    "words": "text",
    "date": "date",
    "bands": "area",
}
"""How a parameter of a rule is asked."""


@dataclass(frozen=True, kw_only=True)
class ClausePage(Page):
    """The form of a clause; of one that is there, its rules as (words, motions, where it is removed)."""

    form: forms.Form
    is_new: bool
    rules: tuple[tuple[str, str, str], ...]
    ways: tuple[Way, ...]


def draft_page(code: str, name: str, form: forms.Form, *, has_text: bool) -> AskingPage:
    """Beginning a draft."""
    begins = "as a copy of the version in force" if has_text else "empty"
    return AskingPage(
        title="Begin a draft",
        section=readable_name(name),
        crumbs=(*crumbs(None, UP), Crumb(readable_name(name), address("constitution", code))),
        problems=problems_of(form),
        lead=(
            f"The constitution begins {begins}. A draft is your body’s own until it is put to the members.",
            "Clauses of a model amendment are added to it. Change them as you need.",
        ),
        form=form,
        asked=(
            Asked("radio", "document", "Which document is it?"),
            Asked("text", "title", "What is it called?", "For example, Amendment for delegated powers"),
            Asked("area", "purpose", "What does it change, and why? (optional)"),
            Asked("radio", "model", "Which model amendment is added?"),
        ),
        button="Begin",
    )


def trail_in(row: TextRow, *more: Crumb) -> tuple[Crumb, ...]:
    """Down to a text, and what is in it."""
    return (*trail_to(row), Crumb(row.title, address("text", row.id)), *more)


def clause_page(row: TextRow, found: ClauseRow | None, form: forms.Form) -> ClausePage:
    """A new clause, or one that is there."""
    rules = found.rules if found else ()
    ways = (
        (
            Way("Add a rule", address("rule_new", row.id, found.number)),
            Way("Strike this clause", address("clause_strike", row.id, found.number)),
        )
        if found
        else ()
    )
    return ClausePage(
        title=f"Clause {found.number}" if found else "Write a clause",
        section=row.title,
        crumbs=trail_in(row),
        problems=problems_of(form),
        form=form,
        is_new=found is None,
        rules=tuple(
            (
                each.words,
                ", ".join(each.motions),
                address("rule_remove", row.id, found.number, str(place)) if found else "",
            )
            for place, each in enumerate(rules, 1)
        ),
        ways=ways,
    )


def _to_clause(row: TextRow, clause: ClauseRow) -> Crumb:
    return Crumb(f"Clause {clause.number}", address("clause", row.id, clause.number))


def kind_page(row: TextRow, clause: ClauseRow, form: forms.Form) -> AskingPage:
    """Choosing a kind of rule."""
    return AskingPage(
        title="Add a rule",
        section=f"Clause {clause.number}, {row.title}",
        crumbs=trail_in(row, _to_clause(row, clause)),
        problems=problems_of(form),
        lead=(clause.words,),
        form=form,
        asked=(Asked("radio", "kind", "What does the clause lay down?"),),
        button="Continue",
    )


def rule_page(row: TextRow, clause: ClauseRow, form: RuleForm) -> AskingPage:
    """The parameters of one rule."""
    name, parameters = KINDS[form.kind]
    motions = Asked(
        "many",
        "motions",
        "For which kinds of motion is it? (optional)",
        "None: for all that no other clause names",
    )
    return AskingPage(
        title=name,
        section=f"Clause {clause.number}, {row.title}",
        crumbs=trail_in(row, _to_clause(row, clause)),
        problems=problems_of(form),
        lead=(clause.words,),
        form=form,
        asked=(*(_asked(each) for each in parameters), motions),
        button="Add the rule",
    )


def _asked(each: Parameter) -> Asked:
    return Asked(HOW[each.how], each.name, each.label, each.hint)


def confirm_page(row: TextRow, clause: ClauseRow, title: str, line: str, form: forms.Form) -> AskingPage:
    """Taking something out of a draft."""
    return AskingPage(
        title=title,
        section=f"Clause {clause.number}, {row.title}",
        crumbs=trail_in(row, _to_clause(row, clause)),
        problems=problems_of(form),
        lead=(line,),
        form=form,
        asked=(),
        button=title,
    )
