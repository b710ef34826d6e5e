"""Motions as everybody reads them: before the close nothing of how anybody voted, after it everything that counts."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest

from remit.engines.constitution import recount
from remit.motions import actions
from tests.constitution_factories import CLAUSES, SIXTY_OF_ALL, THREE_QUARTERS, secretary_of
from tests.delegation_doors import asking, facts_of, links, main, rows_of
from tests.factories import NATIONAL_BODY, NOW, make_organisation
from tests.motion_factories import (
    AFTER,
    CLOSES,
    DURING,
    OPENS,
    declare,
    list_of,
    make_gps,
    make_members,
    make_motion,
    manager_of,
    vote,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _a_nation(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True
    make_organisation(NATIONAL_BODY, "national_body", "NHS ENGLAND")


def test_a_motion_shows_its_words_its_rules_with_their_clauses_and_the_roll() -> None:
    codes = make_members()
    made = make_motion(words="That we apply for Level 3.\nBy January.")
    page = asking(at=LATER).page(f"/motions/{made.pk}/")
    facts = facts_of(page)
    assert "That we apply for Level 3." in main(page)
    assert facts["Roll"] == "5 votes, frozen at notice"
    assert facts["Turnout: members"] == "0 of 5 took part"
    assert links(page)["The text in force at its notice"] == f"/constitutions/texts/{made.text_id}/"
    rules = dict(rows_of(page, "rules"))
    assert rules["More than 50% of votes cast carries"] == "Clause 8.2"
    assert rules["At least 50% of the roll has to take part"] == "Clause 7.1"
    assert rules["An abstention is no vote cast"] == "No clause: the usual rule of meetings"
    roll = rows_of(asking(at=LATER).page(f"/motions/{made.pk}/roll/"), "roll")
    assert [row[1:] for row in roll] == [[code, "1"] for code in codes]
    assert asking(at=NOW - timedelta(hours=1)).get(f"/motions/{made.pk}/").status_code == 404


def test_weights_are_shown_with_the_day_of_the_list() -> None:
    codes = make_members(number=2)
    for number, code in enumerate(codes, 1):
        list_of(code, number * 1000)
    by_list = {"kind": "weights", "weighing": "by_list", "of": "registered"}
    made = make_motion(clauses={**CLAUSES, "4.1": ("By list.", [by_list])})
    roll = rows_of(asking(at=LATER).page(f"/motions/{made.pk}/roll/"), "roll")
    assert [row[1:] for row in roll] == [
        [codes[0], "1000", "1 October 2026"],
        [codes[1], "2000", "1 October 2026"],
    ]


def test_nothing_is_told_of_how_anybody_voted_before_the_declaration() -> None:
    """Page, roll and file, while it is open and after it closed: turnout, and not one choice."""
    codes = make_members()
    made = make_motion()
    vote(made, {codes[0]: "against", codes[1]: "abstain"})
    for at in (DURING + timedelta(hours=1), AFTER):
        for path in ("", "roll/"):
            page = asking(at=at).page(f"/motions/{made.pk}/{path}")
            assert "Against" not in main(page)
            assert "Abstain" not in main(page).replace("An abstention", "")
        assert facts_of(asking(at=at).page(f"/motions/{made.pk}/"))["Turnout: members"] == "2 of 5 took part"
        assert asking(at=at).get(f"/motions/{made.pk}/recount.json").status_code == 404
    declare(made)
    roll = rows_of(asking(at=AFTER).page(f"/motions/{made.pk}/roll/"), "roll")
    assert [row[-1] for row in roll] == ["Against", "Abstain", *["Not voted"] * 3]


@pytest.mark.seed("S2-20")
@pytest.mark.seed("S0-24")
def test_the_same_votes_under_three_constitutions_come_to_three_results_each_with_its_clause() -> None:
    """40 practices, 26 for, 9 against: carried by half of those cast, lost by three quarters, carried by 60% of all."""
    said, put = [], []
    for body, rule in (("00A", None), ("00B", THREE_QUARTERS), ("00C", SIXTY_OF_ALL)):
        codes = make_members(body, 40, prefix=f"{body[-1]}8")
        clauses = CLAUSES if rule is None else {**CLAUSES, "8.2": ("Another.", [rule])}
        put.append((make_motion(body, clauses=clauses), codes, rule))
    for made, codes, _ in put:
        vote(made, dict.fromkeys(codes[:26], "for") | dict.fromkeys(codes[26:35], "against"))
    for made, _, rule in put:
        declare(made)
        page = asking(at=AFTER).page(f"/motions/{made.pk}/")
        clause = rows_of(page, "clauses-practices")[1]
        said.append((clause[0], clause[2], rows_of(page, "counts-practices")[-2]))
        if rule is None:
            others = {row[0]: row[2] for row in rows_of(page, "elsewhere")}
            assert others["75% of votes cast"] == "Not carried"
            assert others["60% of all members"] == "Carried"
        assert ("Result Carried" in main(page)) is (rule is not THREE_QUARTERS)
    for_words = "26 votes for, of {}; the clause asks for {}"
    assert said == [
        ("Clause 8.2", for_words.format("35 cast, is 74%", "more than 50%"), ["Not voted", "5"]),
        ("Clause 8.2", for_words.format("35 cast, is 74%", "at least 75%"), ["Not voted", "5"]),
        ("Clause 8.2", for_words.format("40 on the roll, is 65%", "at least 60%"), ["Not voted", "5"]),
    ]


@pytest.mark.seed("S0-43")
def test_to_abstain_counts_for_the_quorum_and_a_plan_can_be_sent_back() -> None:
    codes = make_members(number=4)
    plain = make_motion()
    back = make_motion(options=(("agree", "Agree the plan"), ("back", "Send it back for more work")))
    vote(plain, {codes[0]: "for", codes[1]: "abstain"})
    vote(back, {codes[0]: "back", codes[1]: "back", codes[2]: "abstain"})
    declare(plain)
    page = asking(at=AFTER).page(f"/motions/{plain.pk}/")
    counts = dict(rows_of(page, "counts-practices"))
    assert (counts["Abstained"], counts["Not voted"]) == ("1", "2")
    quorum, majority = rows_of(page, "clauses-practices")
    assert quorum[1:] == [
        "Quorum",
        "2 voters of 4 took part (50%); the clause asks for at least 50%",
        "Met",
    ]
    assert majority[2].startswith("1 vote for, of 1 cast, is 100%")
    declare(back)
    page = asking(at=AFTER).page(f"/motions/{back.pk}/")
    assert "Carried: Send it back for more work." in main(page)


@pytest.mark.seed("S2-36")
def test_a_ballot_paper_holds_more_than_two_options() -> None:
    codes = make_members()
    options = (("delegated", "Delegated"), ("joint", "Joint"), ("neither", "Neither"))
    made = make_motion(options=options)
    vote(made, dict.fromkeys(codes[:3], "neither") | {codes[3]: "joint", codes[4]: "blank"})
    declare(made)
    page = asking(at=AFTER).page(f"/motions/{made.pk}/")
    assert "Carried: Neither." in main(page)
    assert rows_of(page, "counts-practices")[:3] == [["Delegated", "0"], ["Joint", "1"], ["Neither", "3"]]
    assert rows_of(page, "options-practices") == [
        ["Delegated", "Not carried"],
        ["Joint", "Not carried"],
        ["Neither", "Carried"],
    ]
    assert rows_of(asking(at=AFTER).page("/motions/"), "motions")[0][-1] == "Declared Carried: Neither"


@pytest.mark.seed("S2-43")
def test_practices_and_doctors_vote_side_by_side_and_the_clause_says_whose_vote_binds() -> None:
    codes = make_members(number=3)
    doctors = {code: make_gps(code, 3) for code in codes}
    both = {"kind": "electorate", "who": "both", "binding": "practices"}
    made = make_motion(clauses={**CLAUSES, "5": ("Both vote.", [both])})
    vote(made, {codes[0]: "for", codes[1]: "for", codes[2]: "against"})
    for code in codes:
        for by in doctors[code]:
            actions.cast_vote(motion=made.pk, choice="against", as_gp=True, by=by, at=DURING)
    declare(made)
    page = asking(at=AFTER).page(f"/motions/{made.pk}/")
    assert "The vote of the practices binds (Clause 5)" in main(page)
    assert dict(rows_of(page, "counts-gps"))["Against"] == "9"
    assert dict(rows_of(page, "counts-practices"))["For"] == "2"
    assert "2 of 3 practices voted otherwise than most of their own general practitioners" in main(page)
    roll = asking(at=AFTER).page(f"/motions/{made.pk}/roll/")
    assert all(by.person not in main(roll) for each in doctors.values() for by in each)
    assert rows_of(roll, "roll")[0][1].startswith(("A8", "Practitioner"))


def test_the_file_to_count_again_is_the_one_whose_hash_was_declared() -> None:
    codes = make_members()
    made = make_motion()
    vote(made, dict.fromkeys(codes[:3], "for"))
    said = declare(made)
    page = asking(at=AFTER).page(f"/motions/{made.pk}/")
    assert said.sha256 in main(page)
    found = asking(at=AFTER).get(links(page)["Clauses, roll and votes, as a file"])
    assert hashlib.sha256(found.content).hexdigest() == said.sha256
    again = recount(json.loads(found.content))
    assert (again.outcome.result.value, again.agrees) == ("carried", True)


def test_hands_have_no_names_on_the_roll_nor_in_the_file() -> None:
    make_members()
    made = make_motion(way="hands")
    actions.count_hands(
        motion=made.pk, counts={"for": 4}, teller="The lay chair", by=secretary_of("00A"), at=DURING
    )
    declare(made)
    roll = rows_of(asking(at=AFTER).page(f"/motions/{made.pk}/roll/"), "roll")
    assert {len(row) for row in roll} == {3}
    file = json.loads(asking(at=AFTER).get(f"/motions/{made.pk}/recount.json").content)
    [counted] = file["electorates"]
    assert counted["hands"]["for"] == 4
    assert {row["vote"] for row in counted["roll"]} == {"not_voted"}
    assert recount(file).agrees


def test_the_list_is_filtered_and_paged() -> None:
    make_members()
    make_members("00B", 2, prefix="B8")
    for number in range(51):
        make_motion(title=f"Motion {number}")
    other = make_motion("00B", title="Another body's")
    someone = asking(at=LATER)
    page = someone.page("/motions/")
    assert "52 motions, 1 to 50 shown." in main(page)
    assert len(rows_of(someone.page("/motions/?page=2"), "motions")) == 2
    [row] = rows_of(someone.page("/motions/?body=00b"), "motions")
    assert row[0].startswith("Another body's")
    assert rows_of(someone.page("/motions/?state=declared"), "motions") == []
    vote(other, {"B80001": "for", "B80002": "for"})
    declare(other)
    [row] = rows_of(asking(at=AFTER).page("/motions/?state=declared"), "motions")
    assert row[-1] == "Declared Carried"
    assert someone.get("/motions/?body=ZZZZ9").status_code in {404, 409}


def test_a_draft_is_its_bodys_own() -> None:
    from remit.motions.actions.noticing import Wording

    make_members()
    made = actions.draft_motion(
        body="00A", wording=Wording(title="Draft", words="Not yet."), by=secretary_of("00A"), at=NOW
    )
    for path in ("", "roll/"):
        assert asking(at=LATER).get(f"/motions/{made.pk}/{path}").status_code == 404
    assert rows_of(asking(at=LATER).page("/motions/"), "motions") == []
    own = asking("members_secretary", "00A", at=LATER)
    assert "Give notice" in main(own.page(f"/motions/{made.pk}/"))


@pytest.mark.seed("S0-42")
def test_three_of_24_require_a_meeting_and_the_objection_changes_nothing() -> None:
    codes = make_members(number=24)
    share = {"kind": "requisition", "share": "10%", "days": 28}
    make_motion(clauses={**CLAUSES, "12.1": ("A tenth may require a meeting.", [share])})
    made = actions.open_requisition(
        body="00A",
        kind="no_confidence",
        title="No confidence in the board",
        words="It did not ask us.",
        by=manager_of(codes[0]),
        at=NOW,
    )
    page = asking(at=LATER).page(f"/requisitions/{made.pk}/")
    assert facts_of(page)["Valid"] == "Not yet: too few have signed"
    for code in codes[1:3]:
        actions.sign_requisition(requisition=made.pk, by=manager_of(code), at=NOW)
    actions.object_to_requisition(
        requisition=made.pk, objection="Out of order.", by=secretary_of("00A"), at=NOW
    )
    page = asking(at=LATER).page(f"/requisitions/{made.pk}/")
    facts = facts_of(page)
    assert facts["Signatures"].startswith("3 of 24 members signed, which is 12.5%")
    assert facts["Signatures"].endswith("Clause 12.1")
    assert facts["Meeting due by"] == "19 December 2026 28 days left"
    assert "What the chair has against it Out of order." in main(page)
    assert [row[1] for row in rows_of(page, "signatures")] == list(codes[:3])
    late = asking(at=NOW + timedelta(days=40)).page(f"/requisitions/{made.pk}/")
    assert "The meeting was due by 19 December 2026, 12 days ago, by clause 12.1." in main(late)
    [row] = rows_of(asking(at=NOW + timedelta(days=40)).page("/requisitions/?body=00A"), "requisitions")
    assert row[-1] == "Overdue 12 days overdue"


@pytest.mark.seed("S2-46")
@pytest.mark.seed("S2-48")
def test_no_confidence_runs_from_call_to_result() -> None:
    """Who asked, whether enough did, the meeting, the vote, the result: 16 of 24 practices is 67% of members."""
    codes = make_members(number=24)
    rules = {
        **CLAUSES,
        "8.4": (
            "More than half of all.",
            [{"kind": "majority", "share": "1/2", "basis": "all", "motions": ["no_confidence"]}],
        ),
        "12.1": ("A tenth.", [{"kind": "requisition", "share": "10%", "days": 28}]),
        "12.2": ("An election.", [{"kind": "removal", "days": 60, "motions": ["no_confidence"]}]),
    }
    make_motion(clauses=rules)
    required = actions.open_requisition(
        body="00A",
        kind="no_confidence",
        title="No confidence",
        words="Gone.",
        by=manager_of(codes[0]),
        at=NOW,
    )
    for code in codes[1:3]:
        actions.sign_requisition(requisition=required.pk, by=manager_of(code), at=NOW)
    from remit.motions.actions.noticing import Notice, Wording

    wording = Wording(kind="no_confidence", title="No confidence", words="Gone.")
    made = actions.draft_motion(
        body="00A", wording=wording, requisition=required.pk, by=secretary_of("00A"), at=NOW
    )
    notice = Notice(opens_at=OPENS, closes_at=CLOSES)
    actions.give_notice(motion=made.pk, notice=notice, by=secretary_of("00A"), at=NOW)
    vote(made, dict.fromkeys(codes[:16], "for") | dict.fromkeys(codes[16:22], "against"))
    declare(made)
    page = asking(at=AFTER).page(f"/motions/{made.pk}/")
    assert facts_of(page)["Required by members"].startswith("No confidence 3 of 24 members signed")
    assert rows_of(page, "clauses-practices")[1] == [
        "Clause 8.4",
        "Majority",
        "16 votes for, of 24 on the roll, is 67%; the clause asks for more than 50%",
        "Met",
    ]
    asked = asking(at=AFTER).page(f"/requisitions/{required.pk}/")
    assert links(asked)["What became of it"] == f"/motions/{made.pk}/"
