"""Whether a joint committee is there: asked before powers that are held together can start."""

from __future__ import annotations

from datetime import date, datetime

from remit.delegation.queries.evidence import joint_committee_on
from remit.delegation.rules import committee_rule
from remit.kernel.decision import ALLOWED, Decision, refuse


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
