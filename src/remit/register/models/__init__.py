"""What the register keeps: sources, what they say, and the dated facts that follow."""

from remit.register.models.facts import STILL, UNKNOWN_START, Fact, Succession
from remit.register.models.figures import ListSize, PublishedPayments
from remit.register.models.memberships import Membership, MembershipBody
from remit.register.models.sources import Organisation, Sighting, Source

__all__ = [
    "STILL",
    "UNKNOWN_START",
    "Fact",
    "ListSize",
    "Membership",
    "MembershipBody",
    "Organisation",
    "PublishedPayments",
    "Sighting",
    "Source",
    "Succession",
]
