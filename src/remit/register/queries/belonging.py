"""What belongs to what, on a day or ever: the local office of a commissioner, everybody tied to it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from remit.register.models import Fact, Membership
from remit.register.queries.successions import succession_steps


def place_of(code: str, about: str, on: date) -> str:
    """The place of a kind (``region``, ``local_office``) that an organisation is in on a day: its code, or a blank."""
    stated = Fact.objects.filter(organisation_id=code, about=about).as_at(on)
    return stated.values_list("value", flat=True).first() or ""


def lineage_of(codes: Collection[str]) -> dict[str, frozenset[str]]:
    """For each of some bodies: itself, all whose work it took over, and all who took over from it, near or far."""
    onward, back = _steps()
    return {code: frozenset({code}) | _reached(code, onward) | _reached(code, back) for code in codes}


def commissioners_ever_of(codes: Collection[str]) -> dict[str, frozenset[str]]:
    """For practices and networks of practices: every commissioner that they ever belonged to, by their code."""
    found: dict[str, set[str]] = {code: set() for code in codes}
    networks: dict[str, set[str]] = {}
    in_networks = Fact.objects.filter(about="pcn", value__in=codes).values_list("organisation_id", "value")
    for practice, network in in_networks:
        networks.setdefault(practice, set()).add(network)
    practices = {*codes, *networks}
    facts = Fact.objects.filter(about="commissioner", organisation_id__in=practices)
    members = Membership.objects.filter(practice__in=practices, body__form="ccg")
    rows = [
        *facts.values_list("organisation_id", "value"),
        *members.values_list("practice_id", "body__organisation_id"),
    ]
    for practice, commissioner in rows:
        for code in {practice, *networks.get(practice, ())} & set(found):
            found[code].add(commissioner)
    return {code: frozenset(places) for code, places in found.items()}


def _steps() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Who followed each body, and whom each followed."""
    onward: dict[str, set[str]] = {}
    back: dict[str, set[str]] = {}
    for before, steps in succession_steps().items():
        for after, _on in steps:
            onward.setdefault(before, set()).add(after)
            back.setdefault(after, set()).add(before)
    return onward, back


def _reached(code: str, steps: dict[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = [code]
    while waiting:
        for each in steps.get(waiting.pop(), set()) - found:
            found.add(each)
            waiting.append(each)
    return frozenset(found)
