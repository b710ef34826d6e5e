"""Every write of motions."""

from remit.motions.actions.counting import count_hands, enter_vote
from remit.motions.actions.declaring import declare_result
from remit.motions.actions.noticing import draft_motion, give_notice, replace_motion, withdraw_motion
from remit.motions.actions.requiring import (
    object_to_requisition,
    open_requisition,
    sign_requisition,
    withdraw_requisition,
)
from remit.motions.actions.rolls import contest_roll, give_proxy, settle_challenge
from remit.motions.actions.voting import cast_vote

__all__ = [
    "cast_vote",
    "contest_roll",
    "count_hands",
    "declare_result",
    "draft_motion",
    "enter_vote",
    "give_notice",
    "give_proxy",
    "object_to_requisition",
    "open_requisition",
    "replace_motion",
    "settle_challenge",
    "sign_requisition",
    "withdraw_motion",
    "withdraw_requisition",
]
