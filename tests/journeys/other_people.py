"""What other people do meanwhile, in a process of its own, through the same actions as the pages call.

python -m tests.journeys.at_another_time INSTANT tests.journeys.other_people ACT '{"what": "it needs"}'
"""

from __future__ import annotations

import json
import os
import sys

import django

from remit.kernel.actor import Actor, RoleAt

NATIONAL = "X24"
ROUND_2, ROUND_3 = "2015-level-2", "2015-level-3"
BY_REGION = {"Y54": 24, "Y55": 26, "Y56": 6, "Y57": 8}
"""Of those who apply for Level 3, how many are approved in each region."""
APPROVED_AT_LEVEL_2 = 87


def decide_level_3() -> dict[str, str]:
    """An assessor decides all but two. Answers who is left: one to approve, one to approve on conditions."""
    from remit.delegation.queries import applications_in
    from remit.kernel.moments import at_the_edge
    from remit.register.queries import commissioners_on

    at = at_the_edge()
    region = {row.code: row.region for row in commissioners_on(at.date())}
    also_at_2 = {row.commissioner for row in applications_in(ROUND_2, at)}
    missing, to_approve, others = dict(BY_REGION), [], []
    # those who want Level 2 as well come last: whoever is approved twice would be counted once
    for row in sorted(applications_in(ROUND_3, at), key=lambda row: row.commissioner in also_at_2):
        if missing[region[row.commissioner]]:
            missing[region[row.commissioner]] -= 1
            to_approve.append(row.id)
        else:
            others.append(row.id)
    assert not any(missing.values()), missing
    left, on_conditions = to_approve.pop(), others.pop(0)
    for application in to_approve:
        _decide(application, "approved")
    for application in others:
        _decide(application, "declined")
    return {"to_approve": left, "to_approve_on_conditions": on_conditions, "decided": str(len(others) + 63)}


def decide_level_2() -> dict[str, str]:
    """An assessor decides every application for Level 2."""
    from remit.delegation.queries import applications_in
    from remit.kernel.moments import at_the_edge

    every = [row.id for row in applications_in(ROUND_2, at_the_edge())]
    for number, application in enumerate(every):
        _decide(application, "approved" if number < APPROVED_AT_LEVEL_2 else "declined")
    return {"decided": str(len(every))}


def sign_level_3() -> dict[str, str]:
    """A programme officer signs everything that is approved for Level 3 without conditions."""
    from remit.delegation.actions import sign_arrangement
    from remit.delegation.queries import applications_to_sign
    from remit.kernel.moments import at_the_edge

    at, by = at_the_edge(), _national("programme_officer")
    waiting = [row for row in applications_to_sign(by, at) if row.level == 3 and row.state == "approved"]
    for row in waiting:
        sign_arrangement(application=row.id, by=by, at=at)
    return {"signed": str(len(waiting))}


def _national(role: str) -> Actor:
    return Actor("somebody-else", NATIONAL, frozenset({RoleAt(role, NATIONAL)}))


def _decide(application: str, outcome: str) -> None:
    from remit.delegation.actions import decide_application
    from remit.kernel.moments import at_the_edge

    decide_application(
        application=application,
        outcome=outcome,
        reasons="As the application says.",
        by=_national("national_assessor"),
        at=at_the_edge(),
    )


ACTS = {each.__name__: each for each in (decide_level_3, decide_level_2, sign_level_3)}


def main() -> None:
    """Do an act of these or of those of full rounds, and print what it answers."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
    django.setup()
    from tests.journeys import full_rounds

    _, act, said = sys.argv
    print(json.dumps({**ACTS, **full_rounds.ACTS}[act](**json.loads(said))))


if __name__ == "__main__":
    main()
