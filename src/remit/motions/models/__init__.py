"""Tables of motions."""

from remit.motions.models.motions import Motion, Option, new_id
from remit.motions.models.requisitions import Requisition, Signature
from remit.motions.models.results import Declaration
from remit.motions.models.rolls import Proxy, RollChallenge, RollEntry
from remit.motions.models.votes import HandsCounted, Vote

__all__ = [
    "Declaration",
    "HandsCounted",
    "Motion",
    "Option",
    "Proxy",
    "Requisition",
    "RollChallenge",
    "RollEntry",
    "Signature",
    "Vote",
    "new_id",
]
