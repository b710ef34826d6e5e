"""What belongs to what, on a day or ever: the local office of a commissioner, everybody tied to it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from remit.register.models import Fact, Membership, Succession
from remit.register.queries.successions import succession_steps

Steps = dict[str, set[str]]


def place_of(code: str, about: str, on: date) -> str:
    """The place of a kind (``region``, ``local_office``) that an organisation is in on a day: its code, or a blank."""
    stated = Fact.objects.filter(organisation_id=code, about=about).as_at(on)
    return stated.values_list("value", flat=True).first() or ""


def lineage_of(codes: Collection[str]) -> dict[str, frozenset[str]]:
    """For each of some bodies: itself, all whose work it took over, and all who took over from it, near or far."""
    onward, back = _reached(codes, _followers), _reached(codes, _predecessors)
    return {code: frozenset({code}) | onward[code] | back[code] for code in codes}


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


def _followers(codes: Collection[str]) -> Steps:
    """Who took over from each, next in line."""
    return {before: {after for after, _ in steps} for before, steps in succession_steps(codes).items()}


def _predecessors(codes: Collection[str]) -> Steps:
    """From whom each took over, next in line."""
    before = Succession.objects.filter(successor_id__in=codes).values_list("predecessor_id", flat=True)
    found: Steps = {}
    for code, heirs in _followers(set(before)).items():
        for heir in heirs & set(codes):
            found.setdefault(heir, set()).add(code)
    return found


def _reached(codes: Collection[str], next_in_line: Callable[[Collection[str]], Steps]) -> Steps:
    """All that each of some bodies leads to, step by step: as many reads as there are steps."""
    known: Steps = {}
    asked = set(codes)
    while asked:
        steps = next_in_line(asked)
        known |= {code: steps.get(code, set()) for code in asked}
        asked = {after for some in steps.values() for after in some} - known.keys()
    return {code: _closure(code, known) for code in codes}


def _closure(code: str, steps: Steps) -> set[str]:
    found: set[str] = set()
    waiting = [code]
    while waiting:
        for each in steps[waiting.pop()] - found:
            found.add(each)
            waiting.append(each)
    return found


def member_codes_on(body: str, on: date) -> frozenset[str] | None:
    """The member practices of a body on a day; None where the register never said who its members are."""
    rows = Membership.objects.filter(body__organisation_id=body)
    members = frozenset(rows.filter(from_on__lte=on, until_on__gte=on).values_list("practice_id", flat=True))
    return members if members or rows.exists() else None
