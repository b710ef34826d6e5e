"""What the delegation programme keeps: rounds, applications, decisions, evidence, arrangements,
announcements."""

from remit.delegation.models.announcements import Announced, Announcement, Correction
from remit.delegation.models.applications import Application, Decision, LateRequest
from remit.delegation.models.arrangements import Arrangement, PowerUse
from remit.delegation.models.clocks import CommissionerTimetable, DecisionExtension, LateDecision
from remit.delegation.models.evidence import AttachedEvidence, Evidence
from remit.delegation.models.interests import ExpressionOfInterest, Invitation, PositionStatement
from remit.delegation.models.programmes import PlannedRound, Programme, Publication
from remit.delegation.models.rounds import FrozenForm, Round
from remit.delegation.models.scope import CallIn, ScopeVariation

__all__ = [
    "Announced",
    "Announcement",
    "Application",
    "Arrangement",
    "AttachedEvidence",
    "CallIn",
    "CommissionerTimetable",
    "Correction",
    "Decision",
    "DecisionExtension",
    "Evidence",
    "ExpressionOfInterest",
    "FrozenForm",
    "Invitation",
    "LateDecision",
    "LateRequest",
    "PlannedRound",
    "PositionStatement",
    "PowerUse",
    "Programme",
    "Publication",
    "Round",
    "ScopeVariation",
]
