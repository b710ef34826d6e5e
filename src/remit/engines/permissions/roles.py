"""The roles, described in prose, and their permissions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """Something that only some people may do."""

    IMPORT_FILES = "register.import_files"
    SEE_IMPORTS = "register.see_imports"
    SEE_PEOPLE = "accounts.see_people"
    INVITE_PEOPLE = "accounts.invite_people"
    GRANT_ROLES = "accounts.grant_roles"
    END_ROLES = "accounts.end_roles"
    ERASE_PEOPLE = "accounts.erase_people"
    RECORD_FIGURES = "figures.record"
    KEEP_DOCUMENTS = "documents.keep"
    KEEP_CONSTITUTION = "constitutions.keep"
    APPROVE_CONSTITUTION = "constitutions.approve"
    CALL_MEETINGS = "meetings.call"
    RUN_CONSULTATIONS = "consultations.run"
    RESPOND_FOR_PRACTICE = "consultations.respond_for_practice"
    RESPOND_AS_GP = "consultations.respond_as_gp"
    RUN_VOTES = "motions.run"
    VOTE_FOR_PRACTICE = "motions.vote_for_practice"
    VOTE_AS_GP = "motions.vote_as_gp"
    RUN_ROUNDS = "delegation.run_rounds"
    APPLY = "delegation.apply"
    COMPLETE_JOINTLY = "delegation.complete_jointly"
    ENDORSE = "delegation.endorse"
    MODERATE_IN_REGION = "delegation.moderate_in_region"
    MODERATE = "delegation.moderate"
    ASSIGN_ASSESSORS = "delegation.assign"
    ASSESS = "delegation.assess"
    DECLARE_INTERESTS = "delegation.declare_interests"
    DECIDE_APPLICATIONS = "delegation.decide"
    ANNOUNCE = "delegation.announce"
    USE_POWERS = "delegation.use_powers"
    CALL_IN = "delegation.call_in"
    RECORD_EVIDENCE = "delegation.record_evidence"
    SIGN_CHECKPOINT = "ledger.sign_checkpoint"
    COSIGN_CHECKPOINT = "ledger.cosign_checkpoint"


WHAT_IT_MEANS: dict[Permission, str] = {
    Permission.IMPORT_FILES: "Load published files into the register",
    Permission.SEE_IMPORTS: "See the reports of files that were loaded or refused",
    Permission.SEE_PEOPLE: "See the people and roles of their organisation",
    Permission.INVITE_PEOPLE: "Invite people to their organisation",
    Permission.GRANT_ROLES: "Give roles to people of their organisation, never to themselves",
    Permission.END_ROLES: "End roles of people of their organisation, never their own",
    Permission.ERASE_PEOPLE: "Erase a person's details, leaving the record that they acted",
    Permission.RECORD_FIGURES: "Record published figures",
    Permission.KEEP_DOCUMENTS: "Keep a document for their organisation",
    Permission.KEEP_CONSTITUTION: "Write the constitution of their body, and take its amendments to the members",
    Permission.APPROVE_CONSTITUTION: "Approve amendments of constitutions for NHS England",
    Permission.RUN_VOTES: "Give notice of motions of their body, keep its roll, and declare results",
    Permission.VOTE_FOR_PRACTICE: "Vote for their practice, sign for it, and contest a roll",
    Permission.VOTE_AS_GP: "Vote as a general practitioner in their own right",
    Permission.CALL_MEETINGS: "Call meetings of their body, and record who was there",
    Permission.RUN_CONSULTATIONS: "Consult members for their body, and answer what they said",
    Permission.RESPOND_FOR_PRACTICE: "Respond to consultations for their practice, or say why it does not",
    Permission.RESPOND_AS_GP: "Respond to consultations as a general practitioner in their own right",
    Permission.RUN_ROUNDS: "Open rounds of applications, sign what comes of them, and vary its scope",
    Permission.APPLY: "Apply for powers on behalf of their organisation",
    Permission.COMPLETE_JOINTLY: "Complete and sign applications of their area, together with the commissioner",
    Permission.ENDORSE: "Endorse applications of commissioners of their own local office",
    Permission.MODERATE_IN_REGION: "Moderate applications of commissioners of their own region",
    Permission.MODERATE: "Moderate the scores of assessors, and decide challenges",
    Permission.ASSIGN_ASSESSORS: "Assign assessors, allocate flags, and send letters of outcome",
    Permission.ASSESS: "Score applications that are assigned to them",
    Permission.DECLARE_INTERESTS: "Declare interests of their own",
    Permission.DECIDE_APPLICATIONS: "Decide applications for powers, with reasons",
    Permission.ANNOUNCE: "Announce decisions, under embargo where there is one",
    Permission.USE_POWERS: "Record what was done under a power of their organisation",
    Permission.CALL_IN: "Call a commissioner's decision in, and release it or take it over",
    Permission.RECORD_EVIDENCE: "Record votes, meetings, committees and statements, with where they are written",
    Permission.SIGN_CHECKPOINT: "Sign checkpoints of the ledger, or name a witness",
    Permission.COSIGN_CHECKPOINT: "Add a witness's cosignature to a checkpoint",
}


class Scope(StrEnum):
    """How far a role reaches."""

    NATION = "nation"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class Role:
    """A role that a person holds at an organisation of one of `kinds`."""

    code: str
    name: str
    what: str
    scope: Scope
    kinds: frozenset[str]
    permissions: frozenset[Permission]


COMMISSIONERS = frozenset({"pct", "ccg", "icb"})
NATIONAL = frozenset({"national_body"})
LOCAL_OFFICES = frozenset({"area_team", "local_office", "region"})
ANY_KIND: frozenset[str] = frozenset()

_ROLES = (
    Role(
        "data_steward",
        "Data steward",
        "Keeps the national register: loads published files and reads their reports.",
        Scope.NATION,
        NATIONAL,
        frozenset({Permission.IMPORT_FILES, Permission.SEE_IMPORTS, Permission.SEE_PEOPLE}),
    ),
    Role(
        "ledger_keeper",
        "Ledger keeper",
        "Signs checkpoints of the ledger, names its witnesses, and passes on what they sign.",
        Scope.NATION,
        NATIONAL,
        frozenset({Permission.SIGN_CHECKPOINT, Permission.COSIGN_CHECKPOINT, Permission.SEE_PEOPLE}),
    ),
    Role(
        "national_assessor",
        "National assessor",
        "Scores what commissioners apply for, or decides it, with reasons. Sees how the register was loaded.",
        Scope.NATION,
        NATIONAL,
        frozenset(
            {
                Permission.ASSESS,
                Permission.DECLARE_INTERESTS,
                Permission.DECIDE_APPLICATIONS,
                Permission.KEEP_DOCUMENTS,
                Permission.SEE_IMPORTS,
                Permission.SEE_PEOPLE,
            }
        ),
    ),
    Role(
        "national_moderator",
        "National moderator",
        "Moderates where two assessors differ, concludes assessments, and decides challenges.",
        Scope.NATION,
        NATIONAL,
        frozenset({Permission.MODERATE, Permission.DECLARE_INTERESTS, Permission.SEE_PEOPLE}),
    ),
    Role(
        "regional_moderator",
        "Regional moderator",
        "Moderates what commissioners of one region apply for.",
        Scope.ORGANISATION,
        frozenset({"region"}),
        frozenset({Permission.MODERATE_IN_REGION, Permission.DECLARE_INTERESTS, Permission.SEE_PEOPLE}),
    ),
    Role(
        "programme_officer",
        "National programme officer",
        "Runs the delegation programme: opens rounds, assigns assessors, signs, announces, records figures.",
        Scope.NATION,
        NATIONAL,
        frozenset(
            {
                Permission.RUN_ROUNDS,
                Permission.APPROVE_CONSTITUTION,
                Permission.ASSIGN_ASSESSORS,
                Permission.DECLARE_INTERESTS,
                Permission.ANNOUNCE,
                Permission.CALL_IN,
                Permission.RECORD_EVIDENCE,
                Permission.RECORD_FIGURES,
                Permission.KEEP_DOCUMENTS,
                Permission.SEE_PEOPLE,
            }
        ),
    ),
    Role(
        "organisation_administrator",
        "Organisation administrator",
        "Invites people to one organisation and gives and ends their roles there, never their own.",
        Scope.ORGANISATION,
        ANY_KIND,
        frozenset(
            {
                Permission.SEE_PEOPLE,
                Permission.INVITE_PEOPLE,
                Permission.GRANT_ROLES,
                Permission.END_ROLES,
                Permission.ERASE_PEOPLE,
            }
        ),
    ),
    Role(
        "commissioner_officer",
        "Commissioner's officer",
        "Works for a clinical commissioning group or integrated care board: applies for powers and uses them.",
        Scope.ORGANISATION,
        COMMISSIONERS,
        frozenset(
            {
                Permission.APPLY,
                Permission.KEEP_CONSTITUTION,
                Permission.CALL_MEETINGS,
                Permission.RUN_CONSULTATIONS,
                Permission.RUN_VOTES,
                Permission.USE_POWERS,
                Permission.RECORD_EVIDENCE,
                Permission.KEEP_DOCUMENTS,
                Permission.SEE_PEOPLE,
            }
        ),
    ),
    Role(
        "local_office_officer",
        "Local office's officer",
        "Works for NHS England's local office: completes and signs applications together with its commissioners.",
        Scope.ORGANISATION,
        LOCAL_OFFICES,
        frozenset(
            {
                Permission.COMPLETE_JOINTLY,
                Permission.ENDORSE,
                Permission.DECLARE_INTERESTS,
                Permission.KEEP_DOCUMENTS,
                Permission.SEE_PEOPLE,
            }
        ),
    ),
    Role(
        "practice_manager",
        "Practice manager",
        "Acts for a general practice: votes and signs for it.",
        Scope.ORGANISATION,
        frozenset({"practice"}),
        frozenset({Permission.RESPOND_FOR_PRACTICE, Permission.VOTE_FOR_PRACTICE, Permission.SEE_PEOPLE}),
    ),
    Role(
        "general_practitioner",
        "General practitioner",
        "A doctor of a general practice: votes and is heard in their own right.",
        Scope.ORGANISATION,
        frozenset({"practice"}),
        frozenset({Permission.RESPOND_AS_GP, Permission.VOTE_AS_GP, Permission.SEE_PEOPLE}),
    ),
    Role(
        "lmc_officer",
        "LMC officer",
        "Acts for a local medical committee.",
        Scope.ORGANISATION,
        frozenset({"lmc"}),
        frozenset(
            {
                Permission.KEEP_CONSTITUTION,
                Permission.CALL_MEETINGS,
                Permission.RUN_CONSULTATIONS,
                Permission.RUN_VOTES,
                Permission.RECORD_EVIDENCE,
                Permission.KEEP_DOCUMENTS,
                Permission.SEE_PEOPLE,
            }
        ),
    ),
    Role(
        "members_secretary",
        "Secretary of members",
        "Keeps the rules and the roll of a body that has members, and calls its meetings and votes.",
        Scope.ORGANISATION,
        frozenset({"ccg", "federation", "pcn", "representative_body"}),
        frozenset(
            {
                Permission.KEEP_CONSTITUTION,
                Permission.CALL_MEETINGS,
                Permission.RUN_CONSULTATIONS,
                Permission.RUN_VOTES,
                Permission.RECORD_EVIDENCE,
                Permission.KEEP_DOCUMENTS,
                Permission.SEE_PEOPLE,
            }
        ),
    ),
    Role(
        "journalist",
        "Journalist",
        "Writes for a publisher. Sees what the public sees, and their own newsroom's people.",
        Scope.ORGANISATION,
        frozenset({"publisher"}),
        frozenset({Permission.SEE_PEOPLE}),
    ),
    Role(
        "witness",
        "Witness of the ledger",
        "Cosigns checkpoints for an organisation that does not run this system.",
        Scope.ORGANISATION,
        ANY_KIND,
        frozenset({Permission.COSIGN_CHECKPOINT}),
    ),
)

ROLES: dict[str, Role] = {role.code: role for role in _ROLES}
