"""Varying a scope; one decision made under a power; calling it in."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from remit.delegation.queries import ArrangementRow, CallInRow, Use
from remit.delegation.rules import contractor_groups, powers
from remit.delegation.states import CALL_IN_WORDS, CALLED_IN, IN_FORCE, TAKEN_OVER
from remit.engines.powers import Scope
from remit.kernel.names import readable_name
from remit.web.delegation.words import level_title
from remit.web.formats import nhs_date, nhs_moment
from remit.web.pages import Crumb, Fact, Page, Problem
from remit.web.register.links import address, crumbs
from remit.web.register.words import capital


@dataclass(frozen=True, kw_only=True)
class ScopePage(Page):
    """The form of a variation, under what the arrangement covers now."""

    facts: tuple[Fact, ...]
    form: forms.Form


@dataclass(frozen=True, kw_only=True)
class UsePage(Page):
    """One decision, where it stands, and where the programme calls it in."""

    facts: tuple[Fact, ...]
    warning: str
    call_in_href: str
    call_in_text: str


@dataclass(frozen=True, kw_only=True)
class CallInPage(Page):
    """The form by which a decision is called in, or by which that ends."""

    facts: tuple[Fact, ...]
    form: forms.Form
    is_settling: bool


def scope_page(
    who: tuple[str, str],
    arrangement: ArrangementRow,
    scope: Scope,
    form: forms.Form,
    problems: tuple[Problem, ...],
) -> ScopePage:
    """Varying one arrangement. `who` is the commissioner's code and name."""
    code, name = who
    covered = ", ".join(words for group, words in contractor_groups().items() if group in scope.groups)
    back = sorted({powers()[power].name for power, _ in scope.reserved})
    return ScopePage(
        title="Vary the scope of its arrangement",
        section=readable_name(name),
        crumbs=(*crumbs(None, ("Commissioners", "commissioners")), *_of(code, name)),
        problems=problems,
        facts=(
            Fact("Arrangement", capital(level_title(arrangement.level))),
            Fact("In effect from", nhs_date(arrangement.effective_on)),
            Fact("Covers", covered),
            Fact("Back with NHS England", ", ".join(back) or "No power that the level gives"),
        ),
        form=form,
    )


def _of(code: str, name: str) -> tuple[Crumb, ...]:
    return (
        Crumb(readable_name(name), address("commissioner", code)),
        Crumb("Powers", address("commissioner_powers", code)),
    )


def use_facts(use: Use, name: str, call_in: CallInRow | None) -> tuple[Fact, ...]:
    """A decision in lines, with how it was called in."""
    facts = [
        Fact("Commissioner", readable_name(name), href=address("commissioner", use.commissioner)),
        Fact("Under the power", powers()[use.power].name, href=address("power", use.power)),
        Fact("Over", contractor_groups()[use.group]),
        Fact("Recorded", nhs_moment(use.used_at)),
        Fact("Now", CALL_IN_WORDS[use.standing]),
    ]
    if call_in:
        facts.append(Fact("Called in", nhs_moment(call_in.called_in_at), note=call_in.reasons))
    if call_in and call_in.settled_at:
        word = "What NHS England decided" if call_in.state == TAKEN_OVER else "Why it was released"
        facts.append(Fact(word, call_in.outcome_reasons, note=nhs_moment(call_in.settled_at)))
    return tuple(facts)


def use_page(use: Use, name: str, call_in: CallInRow | None, *, may_call_in: bool) -> UsePage:
    """One decision. `name` is the commissioner's."""
    open_to = {IN_FORCE: "Call this decision in", CALLED_IN: "Release it or take it over"}
    text = open_to.get(use.standing, "") if may_call_in else ""
    warning = "NHS England has called this decision in. It has no effect until it is released."
    if use.standing == TAKEN_OVER:
        warning = "NHS England has taken this decision over. What it decided stands instead."
    return UsePage(
        title=use.what,
        section="Decisions under powers",
        crumbs=(*crumbs(None, ("Commissioners", "commissioners")), *_of(use.commissioner, name)),
        facts=use_facts(use, name, call_in),
        warning=warning if use.standing in (CALLED_IN, TAKEN_OVER) else "",
        call_in_href=address("call_in", use.id) if text else "",
        call_in_text=text,
    )


def call_in_page(
    use: Use, name: str, call_in: CallInRow | None, form: forms.Form, problems: tuple[Problem, ...]
) -> CallInPage:
    """Calling a decision in, or ending that."""
    is_settling = use.standing == CALLED_IN
    return CallInPage(
        title="Release this decision or take it over" if is_settling else "Call this decision in",
        section=use.what,
        crumbs=(
            *crumbs(None, ("Commissioners", "commissioners")),
            *_of(use.commissioner, name),
            Crumb(use.what, address("power_use", use.id)),
        ),
        problems=problems,
        facts=use_facts(use, name, call_in),
        form=form,
        is_settling=is_settling,
    )
