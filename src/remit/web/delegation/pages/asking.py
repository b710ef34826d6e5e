"""A page with one small form: what it asks, field by field."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from remit.web.pages import Crumb, Page, Problem


@dataclass(frozen=True)
class Asked:
    """One field as it is asked. `kind`: radio, text, area, number, date or many (boxes to tick)."""

    kind: str
    name: str
    label: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class AskingPage(Page):
    """A small form with what is to be known before it, and the button that sends it."""

    lead: tuple[str, ...]
    form: forms.Form
    asked: tuple[Asked, ...]
    button: str


def asking_page(
    title: str,
    trail: tuple[Crumb, ...],
    form: forms.Form,
    problems: tuple[Problem, ...],
    *asked: Asked,
    lead: tuple[str, ...] = (),
    button: str,
    section: str = "Delegation",
) -> AskingPage:
    """A small form."""
    return AskingPage(
        title=title,
        section=section,
        crumbs=trail,
        problems=problems,
        lead=lead,
        form=form,
        asked=asked,
        button=button,
    )
