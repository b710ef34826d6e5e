"""What has to be there for the pages of assessment: one application being scored, one with both scores in, one
approved on conditions, one offered a lower level."""

from __future__ import annotations

from datetime import datetime, timedelta

from remit.delegation import actions
from remit.engines.deadlines import Deadline
from remit.kernel.actor import Actor, RoleAt
from tests.assessment_factories import flag, score_pair, scores
from tests.delegation_factories import PROGRAMME, announce, decide, make_round, officer_of, submit
from tests.factories import NATIONAL_BODY, make_organisation

ONE = "applications/<str:application>/"


def pages_of_assessment(now: datetime, board: str, assessor: str) -> dict[str, str]:
    """Real paths for the addresses of assessment; `assessor` is the person who scores."""
    made = {}
    for code in ("scored", "settled", "conditions", "lower"):
        make_round(
            code,
            deadline=Deadline(now + timedelta(days=2)),
            effective_on=now.date() + timedelta(days=9),
            at=now,
        )
        made[code] = submit(code, board, at=now).pk
    actions.assign_assessor(application=made["scored"], person=assessor, by=PROGRAMME, at=now)
    score_pair(made["settled"], scores(3), scores(2), at=now)
    decide(made["conditions"], "conditional", at=now)
    announce("conditions", at=now)
    decide(made["lower"], "lower_level_offered", at=now)
    raised = flag(made["settled"], at=now)
    make_round(
        "challenged",
        deadline=Deadline(now + timedelta(days=2)),
        effective_on=now.date() + timedelta(days=9),
        at=now,
    )
    contested = submit("challenged", board, at=now).pk
    decide(contested, "declined", at=now)
    actions.send_outcome(application=contested, by=PROGRAMME, at=now)
    actions.lodge_challenge(application=contested, grounds="Unread.", by=officer_of(board), at=now)
    scored, told = f"/applications/{made['scored']}/", f"/applications/{made['conditions']}/outcome/"
    offered = f"/applications/{made['lower']}/"
    return {
        **{
            f"{ONE}assessment/{part}": f"{scored}assessment/{part}"
            for part in ("", "stage/", "assign/", "release/", "flag/")
        },
        f"{ONE}score/": f"{scored}score/",
        f"{ONE}score/<slug:group>/": f"{scored}score/money/",
        f"{ONE}moderate/<slug:criterion>/": f"/applications/{made['settled']}/moderate/finance/",
        f"{ONE}outcome/": told,
        f"{ONE}outcome/conditions/<int:number>/": f"{told}conditions/1/",
        f"{ONE}outcome/letter/": f"{offered}outcome/letter/",
        f"{ONE}outcome/take-up/": f"{offered}outcome/take-up/",
        f"{ONE}challenge/": f"{offered}challenge/",
        f"{ONE}challenge/answer/": f"/applications/{contested}/challenge/answer/",
        "flags/<str:flag>/": f"/flags/{raised.pk}/",
        "interests/<str:interest>/end/": f"/interests/{_interest(assessor, now)}/end/",
        **{
            f"rounds/<str:code>/{part}": f"/rounds/scored/{part}"
            for part in ("assessments/", "pack/", "pack.ods", "pack.pdf")
        },
    }


def _interest(assessor: str, now: datetime) -> str:
    """An interest that the assessor declared, in a body that nothing here is about."""
    make_organisation("LMCFAR", "lmc", "Far Local Medical Committee")
    return actions.declare_interest(
        organisation="LMCFAR",
        kind="financial",
        what="A friend is its secretary",
        began_on=now.date() - timedelta(days=30),
        by=Actor(assessor, NATIONAL_BODY, frozenset({RoleAt("national_assessor", NATIONAL_BODY)})),
        at=now,
    ).pk
