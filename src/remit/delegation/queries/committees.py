"""Whether a joint committee is there: asked before powers that are held together can start."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from remit.delegation.queries.agreements import AgreementRow
from remit.delegation.queries.evidence import JointCommittee, joint_committee_on
from remit.delegation.rules import committee_rule
from remit.delegation.states import ISSUED, RETURNED
from remit.kernel.decision import ALLOWED, Decision, refuse
from remit.kernel.moments import london_day

UNSIGNED = (ISSUED, RETURNED)


@dataclass(frozen=True)
class CommitteeOf:
    """The joint committee that an agreement needs, on the day its powers come on (today where that is open): None
    where none is recorded. `decision` says whether NHS England can sign what it has not signed yet."""

    agreement: str
    on: date
    committee: JointCommittee | None
    decision: Decision


def committees_of(rows: Iterable[AgreementRow], at: datetime) -> tuple[CommitteeOf, ...]:
    """The joint committees of those agreements that need one."""
    levels, _rule = committee_rule()
    days = [(row, row.effective_on or london_day(at)) for row in rows if row.level in levels]
    return tuple(
        CommitteeOf(
            row.id,
            on,
            joint_committee_on(row.commissioner, on, at),
            committee_ready(row.commissioner, row.level, on, at) if row.state in UNSIGNED else ALLOWED,
        )
        for row, on in days
    )


def committee_ready(commissioner: str, level: int, on: date, at: datetime | None = None) -> Decision:
    """Whether what a level needs of a joint committee is there on a day, as known at an instant. Refuses with
    ``no_joint_committee``, or with ``one_side_missing``, which says which."""
    levels, rule = committee_rule()
    if level not in levels:
        return ALLOWED
    found, day = joint_committee_on(commissioner, on, at), f"{on.day} {on:%B} {on.year}"
    if found is None:
        return refuse(
            "no_joint_committee",
            f"No joint committee of {commissioner} and NHS England is recorded on {day}. Record it as evidence, with "
            "its members from both sides.",
            rule.clause,
        )
    if not found.has_both_sides:
        there = {each.side for each in found.members}
        missing = "NHS England" if "national" not in there else commissioner
        return refuse(
            "one_side_missing",
            f"The joint committee of {commissioner} has no member from {missing} on {day}. Its powers start when it "
            "has members from both sides.",
            rule.clause,
        )
    return ALLOWED
