"""Evidence: recorded once for all rooms, attached, corrected; joint committees, amendments, what bodies say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from remit.delegation import actions, queries
from remit.delegation.models import AttachedEvidence, Evidence
from remit.delegation.rules import evidence_kinds
from remit.documents.actions import keep_document
from remit.kernel.actor import Actor, RoleAt
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from tests.delegation_factories import (
    ASSESSOR,
    PROGRAMME,
    approve,
    draft,
    london,
    make_commissioners,
    make_members,
    make_round,
    officer_of,
    record_vote,
    submit,
)
from tests.factories import NATIONAL_BODY, make_organisation

pytestmark = pytest.mark.django_db

HELD = date(2014, 12, 1)
AT = london(2014, 12, 2)
LMC = Actor("test-lmc", "LMCDALE", frozenset({RoleAt("lmc_officer", "LMCDALE")}))
STATEMENT = {"body": "LMCDALE", "stance": "objects", "form": "formal", "words": "It opposes joint powers."}
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


@pytest.fixture(autouse=True)
def _a_nation() -> None:
    make_commissioners("00A", "00B")
    make_organisation(NATIONAL_BODY, "national_body", "NHS ENGLAND")
    make_organisation("LMCDALE", "lmc", "DALE LOCAL MEDICAL COMMITTEE")
    make_round()


def recorded(kind: str = "ballot", facts: Mapping[str, object] | None = None, **more: Any) -> Evidence:
    said: dict[str, Any] = {
        "commissioners": ["00A"],
        "held_on": HELD,
        "source": "Minutes",
        "by": officer_of("00A"),
        "at": AT,
    }
    counts = {"in_favour": 30, "against": 4} if kind == "ballot" else {}
    return actions.record_evidence(kind=kind, facts=counts if facts is None else facts, **said | more)


def refused(code: str, kind: str = "ballot", facts: Mapping[str, object] | None = None, **more: Any) -> str:
    before = Evidence.objects.count(), Entry.objects.count()
    with pytest.raises(Refused) as found:
        recorded(kind, facts, **more)
    assert found.value.code == code
    assert (Evidence.objects.count(), Entry.objects.count()) == before, "it leaves no trace"
    return str(found.value)


EXAMPLES: dict[str, tuple[dict[str, object], Actor]] = {
    "ballot": ({"in_favour": 30, "against": 4}, officer_of("00A")),
    "recorded_vote": ({"in_favour": 30, "against": 4}, officer_of("00A")),
    "show_of_hands": ({"meeting_kind": "open"}, officer_of("00A")),
    "letter": ({"letters": 40, "days_to_answer": 10}, officer_of("00A")),
    "membership_meeting": ({"meeting_kind": "ordinary", "present": "A1"}, officer_of("00A")),
    "constitution_amendment": ({"route": "applied"}, officer_of("00A")),
    "joint_committee": (
        {"name": "The committee", "people": "00A, lay chair\nX24, director"},
        officer_of("00A"),
    ),
    "lmc_statement": (STATEMENT, LMC),
    "policy_position": ({"body": "LMCDALE", "stance": "objects", "words": "No."}, PROGRAMME),
}


@pytest.mark.parametrize("kind", list(evidence_kinds()))
def test_every_kind_is_recorded_by_one_act_that_leaves_one_entry(kind: str) -> None:
    make_members("00A", "A1", "A2")
    facts, by = EXAMPLES[kind]
    before = Entry.objects.count()
    made = recorded(kind, facts, by=by)
    assert recorded(kind, facts, by=by, at=AT + timedelta(hours=1)) == made, "the same again is the same"
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.latest("index")
    assert (entry.act, entry.subject) == ("evidence.recorded", f"evidence/{made.pk}")
    found = queries.evidence(made.pk, AT)
    assert found is not None
    assert (found.kind, [code for code, _ in found.commissioners], found.held_on) == (kind, ["00A"], HELD)
    assert [row.id for row in queries.evidence_of("00A", AT)] == [made.pk]


def test_a_room_records_the_same_facts_with_its_name_and_needs_no_source() -> None:
    made = recorded(origin="ballots", origin_ref="01J", source="")
    by_hand = recorded()
    assert made != by_hand
    assert (made.origin, made.origin_ref, by_hand.origin) == ("ballots", "01J", "by_hand")


def test_the_ledger_commits_to_what_people_said_and_does_not_hold_it() -> None:
    facts = {"name": "The committee", "people": "00A, lay chair, Dora Finch\nX24, director, Sam Reed"}
    recorded("joint_committee", facts)
    entry = Entry.objects.latest("index")
    assert "Dora" not in str(entry.__dict__)


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("no_such_kind", {"kind": "rumour"}),
        ("missing_fact", {"facts": {"in_favour": 3}}),
        ("wrong_fact", {"facts": {"in_favour": "many", "against": 1}}),
        ("no_such_fact", {"facts": {"in_favour": 3, "against": 1, "mood": "good"}}),
        ("wrong_count", {"facts": {"in_favour": 30, "against": 4, "electorate": 33}}),
        ("wrong_date", {"held_on": date(2014, 12, 3)}),
        ("no_source", {"source": "  "}),
        ("not_permitted", {"by": officer_of("00B")}),
        ("not_permitted", {"by": LMC}),
        ("not_permitted", {"by": ASSESSOR}),
        ("wrong_commissioners", {"commissioners": ["00A", "00B"], "by": PROGRAMME}),
        ("wrong_commissioners", {"commissioners": [], "by": PROGRAMME}),
        ("wrong_commissioners", {"commissioners": ["LMCDALE"], "by": PROGRAMME}),
        ("not_found", {"document": "01JZZZZZZZZZZZZZZZZZZZZZZZ"}),
        ("not_found", {"application": "01JZZZZZZZZZZZZZZZZZZZZZZZ"}),
        ("not_found", {"corrects": "01JZZZZZZZZZZZZZZZZZZZZZZZ"}),
    ],
)
def test_what_is_refused(code: str, more: dict[str, Any]) -> None:
    assert refused(code, **more)


def test_a_statement_is_recorded_by_its_own_body_or_the_national_team_about_several() -> None:
    assert refused("not_permitted", "lmc_statement", STATEMENT)
    assert "no local medical committee" in refused(
        "not_a_body", "lmc_statement", {**STATEMENT, "body": "00B"}, by=PROGRAMME
    )
    made = recorded("lmc_statement", STATEMENT, commissioners=["00A", "00B"], by=LMC)
    for code in ("00A", "00B"):
        assert [row.id for row in queries.positions_of_bodies(AT, code)] == [made.pk]


@pytest.mark.seed("S2-19")
def test_the_attendance_of_a_meeting_is_a_share_of_members() -> None:
    make_members("00A", "A1", "A2", "A3", "A4")
    facts = {"meeting_kind": "ordinary", "present": "a1 a2, A3"}
    assert "Not a practice of 00A on that day: A9" in refused(
        "not_a_member", "membership_meeting", {**facts, "present": "A1 A9"}
    )
    row = queries.evidence(recorded("membership_meeting", facts).pk, AT)
    assert row is not None
    found = queries.attendance_of(row)
    assert found is not None
    assert (found.present, found.members) == (3, 4)
    other = queries.evidence(recorded().pk, AT)
    assert other is not None
    assert queries.attendance_of(other) is None


def test_a_mistake_is_put_right_by_another_record_and_both_are_kept() -> None:
    wrong = recorded()
    right = recorded(facts={"in_favour": 4, "against": 30}, corrects=wrong.pk, at=AT + timedelta(days=1))
    assert refused("not_the_same", facts={"in_favour": 5, "against": 30}, corrects=wrong.pk)
    assert refused("not_the_same", "letter", {"letters": 3}, corrects=right.pk)
    before, after = queries.evidence(wrong.pk, AT), queries.evidence(wrong.pk, AT + timedelta(days=1))
    assert before is not None
    assert after is not None
    assert after.corrected_by == right.pk
    assert [row.id for row in queries.evidence_of("00A", AT)] == [wrong.pk]


# -- attaching -----------------------------------------------------------------------------------------------


def test_evidence_is_attached_by_its_commissioner_until_the_application_is_decided() -> None:
    made, vote = draft("2015-level-3", "00A", at=AT), recorded()
    before = Entry.objects.count()
    for _ in range(2):
        actions.attach_evidence(application=made.pk, evidence=vote.pk, by=officer_of("00A"), at=AT)
    assert (AttachedEvidence.objects.count(), Entry.objects.count()) == (1, before + 1)
    for code, evidence, by in (
        ("not_permitted", vote.pk, PROGRAMME),
        ("not_found", "none", officer_of("00A")),
        ("wrong_commissioners", record_vote("00B", at=AT).pk, officer_of("00A")),
    ):
        with pytest.raises(Refused) as found:
            actions.attach_evidence(application=made.pk, evidence=evidence, by=by, at=AT)
        assert found.value.code == code


def test_nothing_is_attached_to_what_is_decided_nor_what_is_corrected() -> None:
    made, vote = submit("2015-level-3", "00A"), recorded(at=london(2015, 1, 10))
    recorded(facts={"in_favour": 4, "against": 30}, corrects=vote.pk, at=london(2015, 1, 11))
    with pytest.raises(Refused) as found:
        actions.attach_evidence(application=made.pk, evidence=vote.pk, by=officer_of("00A"), at=AT)
    assert found.value.code == "corrected"
    approve(made)
    assert refused("wrong_state", facts={"in_favour": 9, "against": 3}, application=made.pk)


def test_recording_can_attach_in_the_same_act_and_again_changes_nothing() -> None:
    made = draft("2015-level-3", "00A", at=AT)
    before = Entry.objects.count()
    vote = recorded(application=made.pk)
    assert recorded(application=made.pk) == vote
    assert Entry.objects.count() == before + 1
    assert AttachedEvidence.objects.get().evidence == vote


def test_a_document_is_one_that_the_recorder_may_read() -> None:
    kept = keep_document(
        name="minutes.pdf", content=PDF, owner="00B", is_public=False, by=officer_of("00B"), at=AT
    )
    assert refused("not_found", document=kept.pk)
    made = recorded(
        commissioners=["00B"], document=kept.pk, by=officer_of("00B"), facts={"in_favour": 1, "against": 0}
    )
    row = queries.evidence(made.pk, AT)
    assert row is not None
    assert row.document is not None
    assert row.document.name == "minutes.pdf"


# -- what other rooms ask -------------------------------------------------------------------------------------


def test_a_joint_committee_says_which_side_each_member_is_of() -> None:
    assert queries.joint_committee_on("00A", HELD) is None
    people = "00A, lay chair\n00B, observer"
    recorded("joint_committee", {"name": "First", "people": people, "until": "2014-12-31"})
    first = queries.joint_committee_on("00A", date(2014, 12, 31))
    assert first is not None
    assert not first.has_both_sides
    assert [each.side for each in first.members] == ["commissioner", "other"]
    assert queries.joint_committee_on("00A", date(2015, 1, 1)) is None
    both = {"name": "Second", "people": "00A, lay chair\nX24, director"}
    recorded("joint_committee", both, held_on=date(2015, 2, 1), at=london(2015, 2, 2))
    found = queries.joint_committee_on("00A", date(2015, 4, 1))
    assert found is not None
    assert found.has_both_sides
    assert (found.name, found.members[1].organisation_name) == ("Second", "NHS ENGLAND")
    assert queries.joint_committee_on("00A", HELD - timedelta(days=1)) is None
    assert queries.joint_committee_on("00A", date(2015, 4, 1), london(2015, 2, 1)) is None, "not known yet"
    assert "no such organisation" in refused(
        "no_such_organisation", "joint_committee", {"name": "Third", "people": "Q9Z9, nobody"}
    )
    assert refused("wrong_date", "joint_committee", {**both, "until": "2014-11-30"})


def test_the_last_amendment_by_a_day_counts() -> None:
    assert queries.constitution_amendment_on("00A", HELD) is None
    recorded("constitution_amendment", {"route": "planned"})
    recorded(
        "constitution_amendment", {"route": "members_agreed", "clause": "6.1"}, held_on=date(2014, 12, 2)
    )
    found = queries.constitution_amendment_on("00A", date(2014, 12, 2))
    assert found is not None
    assert (found.route, found.clause, found.is_shown) == ("members_agreed", "6.1", True)
    before = queries.constitution_amendment_on("00A", HELD)
    assert before is not None
    assert not before.is_shown
