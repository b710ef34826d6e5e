"""What somebody may do with a motion or a requisition, by its state and their roles."""

from __future__ import annotations

from collections.abc import Sequence

from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.motions.queries import Ballot, RequisitionRow
from remit.motions.queries import MotionPage as Found
from remit.web.motions.pages.motion import Way
from remit.web.register.links import address

RUNNING: dict[str, tuple[tuple[str, str], ...]] = {
    "draft": (("Give notice", "motion_notice"), ("Withdraw the draft", "motion_withdraw")),
    "noticed": (
        ("Replace it by another wording", "motion_replace"),
        ("Withdraw it", "motion_withdraw"),
        ("Who has not voted yet", "motion_not_voted"),
    ),
    "open": (("Who has not voted yet", "motion_not_voted"),),
    "closed": (("Declare the result", "motion_declare"),),
}
COUNTING = {
    "paper": ("Enter votes on paper", "motion_paper"),
    "hands": ("Enter the count of hands", "motion_hands"),
}


def motion_ways(found: Found, ballots: Sequence[Ballot], by: Actor) -> tuple[Way, ...]:
    """The ways from a motion. A proxy is offered only where a clause has proxies."""
    row = found.row
    ways: list[tuple[str, str]] = []
    if row.state == "open" and row.way == "recorded" and ballots:
        ways.append(
            ("See that your vote is in" if all(each.choice for each in ballots) else "Vote", "motion_vote")
        )
    if may(by, Permission.VOTE_FOR_PRACTICE, by.acting_for).allowed:
        is_on = found.rules.proxy.most and any(each.how == "own" and not each.choice for each in ballots)
        ways += [("Give another practice your proxy", "motion_proxy")] if is_on and row.state in _OPEN else []
        ways += [("Contest the roll", "motion_contest")] if row.state == "noticed" else []
    if may(by, Permission.RUN_VOTES, row.body).allowed:
        ways += [COUNTING[row.way]] if row.state in {"open", "closed"} and row.way in COUNTING else []
        ways += RUNNING.get(row.state, ())
    return tuple(Way(text, address(_where(text, name), row.id)) for text, name in ways)


_OPEN = frozenset({"noticed", "open"})


def _where(text: str, name: str) -> str:
    return "motion_voted" if text.startswith("See") else name


def requisition_ways(row: RequisitionRow, members: Sequence[str], by: Actor) -> tuple[Way, ...]:
    """The ways from a requisition. `members` are the codes of the body's members today."""
    if row.is_withdrawn:
        return ()
    ways: list[Way] = []
    signed = [code for code, _ in row.signed_by]
    if may(by, Permission.VOTE_FOR_PRACTICE, by.acting_for).allowed:
        if by.acting_for in members and by.acting_for not in signed:
            ways.append(Way("Sign it for your practice", address("requisition_sign", row.id)))
        if signed[:1] == [by.acting_for] and not row.counted.is_valid:
            ways.append(Way("Withdraw it", address("requisition_withdraw", row.id)))
    if may(by, Permission.RUN_VOTES, row.body).allowed:
        if not row.motion:
            ways.append(Way("Draft its motion", address("motion_new", requisition=row.id)))
        if not row.objection:
            ways.append(Way("Publish an objection", address("requisition_object", row.id)))
    return tuple(ways)
