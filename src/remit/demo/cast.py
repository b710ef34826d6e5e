"""The demo's people. Every name is invented; the organisations are whichever of the right kind come first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remit.register.queries import commissioners_of_office, organisations_on, practices_of, region_of


@dataclass(frozen=True)
class Part:
    """Somebody in the demo: the first part of their e-mail address, a name, and (role, organisation) pairs."""

    mailbox: str
    name: str
    roles: tuple[tuple[str, str], ...]


def cast_for(today: date) -> list[Part]:
    """One person for each role where there is an organisation to hold it at; one person with several roles."""
    national = _first("national_body", today, "X24")
    board = _first("icb", today) or _first("ccg", today)
    region = region_of(board, today)[0] if board else ""
    practice = _first_practice(board, today)
    lmc = _first("lmc", today)
    members = _first("pcn", today) or _first("ccg", today)
    publisher = _first("publisher", today)
    neighbour = min(commissioners_of_office(region, today) - {board}, default="") if region else ""
    wanted: list[tuple[str, str, list[tuple[str, str]]]] = [
        ("steward", "Imogen Fairweather", [("data_steward", national)]),
        ("keeper", "Tobias Ellwood-Marsh", [("ledger_keeper", national)]),
        ("assessor", "Farida Holloway", [("national_assessor", national)]),
        ("second", "Ignatius Bellweather", [("national_assessor", national)]),
        ("decider", "Philippa Strand-Osei", [("national_assessor", national)]),
        ("moderator", "Augusta Penhale", [("national_moderator", national)]),
        ("regional", "Desmond Okafor-Reed", [("regional_moderator", region)]),
        ("programme", "Leopold Varney", [("programme_officer", national)]),
        ("administrator", "Rosalind Achebe", [("organisation_administrator", board)]),
        ("officer", "Edmund Sayle", [("commissioner_officer", board)]),
        ("neighbour", "Cordelia Nkemelu", [("commissioner_officer", neighbour)]),
        ("local", "Winifred Asante", [("local_office_officer", region)]),
        (
            "manager",
            "Bronwen Tasker",
            [("practice_manager", practice), ("organisation_administrator", practice)],
        ),
        ("doctor", "Rowena Castellan", [("general_practitioner", practice)]),
        ("partner", "Lucian Amberley", [("general_practitioner", practice)]),
        ("lmc", "Hester Quill", [("lmc_officer", lmc)]),
        ("secretary", "Ottoline Frampton", [("members_secretary", members)]),
        ("reporter", "Jonah Pemberly", [("journalist", publisher)]),
        ("witness", "Callum Ashdown", [("witness", lmc)]),
        (
            "many",
            "Miriam Oakeshott",
            [("commissioner_officer", board), ("practice_manager", practice), ("lmc_officer", lmc)],
        ),
    ]
    return [
        Part(mailbox, name, tuple((role, place) for role, place in roles if place))
        for mailbox, name, roles in wanted
        if any(place for _, place in roles)
    ]


def _first(kind: str, on: date, preferred: str = "") -> str:
    codes = [code for code, _ in organisations_on(on, kind)]
    return preferred if preferred in codes else (codes[0] if codes else "")


def _first_practice(board: str, on: date) -> str:
    rows = practices_of(board, on) if board else []
    return rows[0].code if rows else _first("practice", on)
