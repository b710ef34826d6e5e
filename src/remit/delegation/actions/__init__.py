"""Every write of the delegation programme."""

from remit.delegation.actions.agreeing import issue_agreements, return_agreement, sign_agreements
from remit.delegation.actions.announcing import announce_decisions
from remit.delegation.actions.applying import begin_application, submit_application, withdraw_application
from remit.delegation.actions.arranging import record_position, sign_arrangement, succeed_arrangement
from remit.delegation.actions.assessing import (
    assign_assessor,
    hand_in_scores,
    release_assessor,
    score_criteria,
)
from remit.delegation.actions.calling_in import call_in_decision, settle_call_in
from remit.delegation.actions.challenges import acknowledge_challenge, answer_challenge, lodge_challenge
from remit.delegation.actions.changing import answer_change, close_change, request_change
from remit.delegation.actions.clocks import decide_late_request, extend_decisions, open_seal, record_timetable
from remit.delegation.actions.completing import sign_application
from remit.delegation.actions.deciding import decide_application
from remit.delegation.actions.declaring import declare_interest, end_interest
from remit.delegation.actions.ending import give_notice, revoke_agreement
from remit.delegation.actions.evidence import attach_evidence, record_evidence
from remit.delegation.actions.filling import remove_line, save_answer, save_line
from remit.delegation.actions.flags import allocate_flag, raise_flag, settle_flag
from remit.delegation.actions.interests import convert_interest, express_interest, state_position
from remit.delegation.actions.late import request_late_acceptance
from remit.delegation.actions.moderating import (
    conclude_assessment,
    endorse_application,
    moderate_in_region,
    moderate_score,
    send_back_assessment,
)
from remit.delegation.actions.outcomes import accept_lower_level, send_outcome, settle_condition
from remit.delegation.actions.overseeing import rate_assurance, review_agreement
from remit.delegation.actions.programmes import plan_round, publish_document, set_up_programme
from remit.delegation.actions.publishing import agree_publication, close_round
from remit.delegation.actions.quoting import (
    Quoted,
)
from remit.delegation.actions.rescinding import rescind_application
from remit.delegation.actions.rounds import open_round
from remit.delegation.actions.scope import ScopeChange, vary_scope
from remit.delegation.actions.using import use_power

__all__ = [
    "Quoted",
    "ScopeChange",
    "accept_lower_level",
    "acknowledge_challenge",
    "agree_publication",
    "allocate_flag",
    "announce_decisions",
    "answer_challenge",
    "answer_change",
    "assign_assessor",
    "attach_evidence",
    "begin_application",
    "call_in_decision",
    "close_change",
    "close_round",
    "conclude_assessment",
    "convert_interest",
    "decide_application",
    "decide_late_request",
    "declare_interest",
    "end_interest",
    "endorse_application",
    "express_interest",
    "extend_decisions",
    "give_notice",
    "hand_in_scores",
    "issue_agreements",
    "lodge_challenge",
    "moderate_in_region",
    "moderate_score",
    "open_round",
    "open_seal",
    "plan_round",
    "publish_document",
    "raise_flag",
    "rate_assurance",
    "record_evidence",
    "record_position",
    "record_timetable",
    "release_assessor",
    "remove_line",
    "request_change",
    "request_late_acceptance",
    "rescind_application",
    "return_agreement",
    "review_agreement",
    "revoke_agreement",
    "save_answer",
    "save_line",
    "score_criteria",
    "send_back_assessment",
    "send_outcome",
    "set_up_programme",
    "settle_call_in",
    "settle_condition",
    "settle_flag",
    "sign_agreements",
    "sign_application",
    "sign_arrangement",
    "state_position",
    "submit_application",
    "succeed_arrangement",
    "use_power",
    "vary_scope",
    "withdraw_application",
]
