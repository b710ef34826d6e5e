"""What the delegation programme keeps: rounds, applications, decisions, evidence, arrangements,
announcements."""

from remit.delegation.models.agreements import Agreement, Notice
from remit.delegation.models.announcements import Announced, Announcement, Correction, CoveredRound, Quote
from remit.delegation.models.applications import Application, Decision, LateRequest
from remit.delegation.models.arrangements import Arrangement, PowerUse
from remit.delegation.models.assessments import (
    Assessment,
    Assignment,
    DeclaredInterest,
    Flag,
    FlagStep,
    ModeratedScore,
    Score,
    StageView,
)
from remit.delegation.models.clocks import CommissionerTimetable, DecisionExtension, LateDecision
from remit.delegation.models.completing import ChangeRequest, Signature
from remit.delegation.models.contents import (
    Benefit,
    CapacityLine,
    DutyLine,
    Line,
    PowerWanted,
    RiskOrReward,
    Statement,
)
from remit.delegation.models.evidence import AttachedEvidence, Evidence
from remit.delegation.models.interests import ExpressionOfInterest, Invitation, PositionStatement
from remit.delegation.models.outcomes import Challenge, ConditionOutcome, LowerLevelOffer, OutcomeLetter
from remit.delegation.models.oversight import AnnualReview, AssuranceRating
from remit.delegation.models.programmes import PlannedRound, Programme, Publication
from remit.delegation.models.publication import PublicationAgreement, RoundClosure
from remit.delegation.models.rounds import FrozenForm, Round
from remit.delegation.models.scope import CallIn, ScopeVariation

__all__ = [
    "Agreement",
    "Announced",
    "Announcement",
    "AnnualReview",
    "Application",
    "Arrangement",
    "Assessment",
    "Assignment",
    "AssuranceRating",
    "AttachedEvidence",
    "Benefit",
    "CallIn",
    "CapacityLine",
    "Challenge",
    "ChangeRequest",
    "CommissionerTimetable",
    "ConditionOutcome",
    "Correction",
    "CoveredRound",
    "Decision",
    "DecisionExtension",
    "DeclaredInterest",
    "DutyLine",
    "Evidence",
    "ExpressionOfInterest",
    "Flag",
    "FlagStep",
    "FrozenForm",
    "Invitation",
    "LateDecision",
    "LateRequest",
    "Line",
    "LowerLevelOffer",
    "ModeratedScore",
    "Notice",
    "OutcomeLetter",
    "PlannedRound",
    "PositionStatement",
    "PowerUse",
    "PowerWanted",
    "Programme",
    "Publication",
    "PublicationAgreement",
    "Quote",
    "RiskOrReward",
    "Round",
    "RoundClosure",
    "ScopeVariation",
    "Score",
    "Signature",
    "StageView",
    "Statement",
]
