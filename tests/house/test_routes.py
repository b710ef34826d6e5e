"""The matrix: every address × everybody × every method answers as tests/house/routes.toml says.

An address that is not in the table fails, and so does a row whose address is no more. Reading writes nothing.
Three methods have no cells, but a rule that holds for every row: HEAD answers as GET does; PATCH, which nothing
here knows, as DELETE does; and so does OPTIONS, but where allauth's pages would refuse it they list their methods.
When a row is missing, the message holds one to start from: read it, think whether it is right, then add it.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from remit.engines.permissions import ROLES, Permission
from tests.house.stage import ELSEWHERE, PERSONAS, ROLELESS, VISITOR, Stage, addresses, set_the_stage

METHODS = ("GET", "POST", "PUT", "DELETE")
BY_RULE = {"HEAD": "GET", "PATCH": "DELETE", "OPTIONS": "DELETE"}
TABLE = Path(__file__).with_name("routes.toml")
ROWS: list[dict[str, Any]] = tomllib.loads(TABLE.read_text())["row"]
LISTED = [address for row in ROWS for address in row["addresses"]]
NO = {"sign-in", 401, 403, 404}
SESSIONS = re.compile(r'^\w+ (INTO |FROM )?"django_session"')  # reading may write these


def expected(row: dict[str, Any], method: str, persona: str) -> int | str:
    cell = row[BY_RULE.get(method, method)]
    if not isinstance(cell, dict):
        return cell  # type: ignore[no-any-return]
    return cell[persona] if persona in cell else cell["others"]  # type: ignore[no-any-return]


def by_rule(row: dict[str, Any], method: str, persona: str, address: str) -> int | str:
    """What a method without cells of its own answers."""
    answer = expected(row, method, persona)
    is_allauths = address.lstrip("^").startswith("accounts/")
    return 200 if method == "OPTIONS" and is_allauths and answer == 405 else answer


def faults_by_rule(stage: Stage, address: str, row: dict[str, Any]) -> list[str]:
    """What does not answer by the rule. Where the row is the same for everybody, two of them ask for all."""
    faults = []
    for method, like in BY_RULE.items():
        for persona in PERSONAS if isinstance(row[like], dict) else (VISITOR, ROLELESS):
            answer, written = stage.knock(persona, method, address)
            if answer != (wanted := by_rule(row, method, persona, address)):
                faults.append(f"{method} {stage.path(address)} by {persona}: {answer}, not {wanted}")
            if method != "PATCH":
                changed = [sql for sql in written if not SESSIONS.search(sql)]
                faults += [f"{method} {stage.path(address)} by {persona} writes, {sql}" for sql in changed]
    return faults


@dataclass
class Observed:
    """What everybody gets at an address, and what reading it wrote."""

    answers: dict[str, dict[str, int | str]]
    written: list[str]


def observed(stage: Stage, address: str) -> Observed:
    """Knock once for each cell."""
    seen = Observed({}, [])
    for method in METHODS:
        seen.answers[method] = {}
        for persona in PERSONAS:
            seen.answers[method][persona], written = stage.knock(persona, method, address)
            if method == "GET":
                seen.written += [f"by {persona}: {sql}" for sql in written if not SESSIONS.search(sql)]
    return seen


def as_row(address: str, cells: dict[str, dict[str, int | str]]) -> str:
    """A row for the table, as things are now."""
    lines = ["[[row]]", f'addresses = ["{address}"]']
    for method, answers in cells.items():
        others = Counter(answers.values()).most_common(1)[0][0]
        odd = {persona: answer for persona, answer in answers.items() if answer != others}
        parts = [f"{persona} = {answer!r}" for persona, answer in odd.items()] + [f"others = {others!r}"]
        lines.append(
            f"{method} = {'{ ' + ', '.join(parts) + ' }' if odd else repr(others)}".replace("'", '"')
        )
    return "\n".join(lines)


def faults_of(stage: Stage, address: str) -> list[str]:
    """What is not as the table says; a row to start from where there is none."""
    seen = observed(stage, address)
    now = seen.answers
    faults = [f"GET {stage.path(address)} writes, {sql}" for sql in seen.written]
    rows = [row for row in ROWS if address in row["addresses"]]
    if not rows:
        return [
            *faults,
            f"no row for “{address}” in {TABLE.name}. As things are:\n\n{as_row(address, now)}\n",
        ]
    faults += [
        f"{method} {stage.path(address)} by {persona}: {now[method][persona]}, not {wanted}"
        for method in METHODS
        for persona in PERSONAS
        if now[method][persona] != (wanted := expected(rows[0], method, persona))
    ]
    return faults + faults_by_rule(stage, address, rows[0])


def parts_of_the_site() -> dict[str, list[str]]:
    """Every address, by its first part, so that one part can be tried alone: ``-k "answers and rounds"``."""
    parts: dict[str, list[str]] = {}
    for address in sorted(addresses()):
        parts.setdefault(address.split("/")[0].strip("^") or "home", []).append(address)
    return parts


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("part", parts_of_the_site())
def test_every_address_is_in_the_table_answers_as_it_says_and_reading_writes_nothing(part: str) -> None:
    stage = set_the_stage()
    faults = [fault for address in parts_of_the_site()[part] for fault in faults_of(stage, address)]
    assert not faults, "\n".join(faults)


def test_no_row_is_stale_or_there_twice() -> None:
    assert sorted(set(LISTED) - set(addresses())) == [], "addresses that are no more"
    assert [address for address, times in Counter(LISTED).items() if times > 1] == []


def test_rows_are_whole_and_speak_of_those_there_are() -> None:
    for row in ROWS:
        assert set(row) <= {"addresses", "needs", "why", *METHODS}, row["addresses"]
        for method in METHODS:
            cell = row[method]
            if isinstance(cell, dict):
                assert set(cell) <= {*PERSONAS, "others"}, row["addresses"]


def test_nobody_is_ever_answered_with_a_fault() -> None:
    answers = {expected(row, method, persona) for row in ROWS for method in METHODS for persona in PERSONAS}
    assert answers <= {200, 302, 303, 400, 401, 403, 404, 405, 409, 410, "sign-in", "password"}


@pytest.mark.parametrize("row", [row for row in ROWS if "needs" in row], ids=lambda row: row["addresses"][0])
def test_rows_agree_with_the_permission_table(row: dict[str, Any]) -> None:
    """Whom the routes' table lets in are those whom the permission table gives the permission."""
    permission = Permission(row["needs"])
    for method in ("GET", "POST"):
        if 405 in {expected(row, method, persona) for persona in PERSONAS}:
            continue
        for persona in PERSONAS:
            able = persona in ROLES and permission in ROLES[persona].permissions
            if persona == ELSEWHERE:
                able = permission in ROLES["organisation_administrator"].permissions
                able = able and not any("<str:person>" in address for address in row["addresses"])
            answer = expected(row, method, persona)
            assert (answer not in NO) is able, f"{method} {row['addresses'][0]} by {persona}: {answer}"


@pytest.mark.parametrize("row", [row for row in ROWS if "needs" in row], ids=lambda row: row["addresses"][0])
def test_visitors_are_asked_to_sign_in_and_others_are_told_why_not(row: dict[str, Any]) -> None:
    assert expected(row, "GET", VISITOR) == "sign-in"
    assert expected(row, "GET", ROLELESS) in {403, 404}


def test_what_somebody_may_not_see_is_not_there() -> None:
    """Another organisation's people are not found, rather than forbidden: that they exist is not said."""
    rows = [row for row in ROWS if any("<str:person>" in address for address in row["addresses"])]
    assert rows
    for row in rows:
        assert expected(row, "GET", ELSEWHERE) == expected(row, "POST", ELSEWHERE) == 404
