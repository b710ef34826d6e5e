"""Votes run on the pages: drafted, noticed, voted on, counted and declared; each refusal beside its field."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from remit.meetings import actions as meetings
from remit.motions import actions, queries
from remit.motions.models import HandsCounted, Motion, Proxy, Requisition, RollEntry, Vote
from tests.constitution_factories import CLAUSES, make_constitution, secretary_of
from tests.delegation_doors import Asking, asking, document, errors, facts_of, links, main, rows_of
from tests.factories import NATIONAL_BODY, NOW, give_role, make_organisation, make_person
from tests.motion_factories import AFTER, DURING, declare, make_members, make_motion, manager_of, vote

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
PROXIES = {**CLAUSES, "10": ("A practice may hold one proxy.", [{"kind": "proxy", "most": 1}])}
SAID = {"kind": "ordinary", "title": "Apply", "words": "That we apply for Level 3.", "way": "recorded"}


def times(opens: str, closes: str) -> dict[str, str]:
    """A notice as it is typed: days of December 2026."""
    return {
        "opens_day": opens,
        "opens_month": "12",
        "opens_year": "2026",
        "opens_time": "9am",
        "closes_day": closes,
        "closes_month": "12",
        "closes_year": "2026",
        "closes_time": "midday",
    }


@pytest.fixture(autouse=True)
def _a_nation(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True
    make_organisation(NATIONAL_BODY, "national_body", "NHS ENGLAND")


def secretary(at: datetime = LATER) -> Asking:
    return asking("members_secretary", "00A", at=at)


def manager(practice: str, at: datetime = DURING) -> Asking:
    return asking("practice_manager", practice, at=at)


def test_a_secretary_drafts_gives_notice_and_declares() -> None:
    codes = make_members()
    make_constitution()
    someone = secretary()
    drafted = someone.post("/motions/new/", **SAID)
    path = drafted.headers["Location"]
    page = someone.page(path)
    assert links(page)["Give notice"] == f"{path}notice/"
    wrong = document(someone.post(f"{path}notice/", **times("1", "2")))
    assert errors(wrong)[0][1] == "id_urgency"
    assert "Say why it is urgent. (clause 9.1)" in main(wrong)
    assert Motion.objects.get().state == "draft"
    early = document(someone.post(f"{path}notice/", **times("20", "19")))
    assert errors(early)[0][1] == "id_closes_day"
    given = someone.post(f"{path}notice/", **times("10", "20"))
    assert given.headers["Location"] == path
    facts = facts_of(asking(at=LATER).page(path))
    assert (facts["Votes open"], facts["Votes close"]) == (
        "10 December 2026 at 9am",
        "20 December 2026 at midday",
    )
    vote(Motion.objects.get(), dict.fromkeys(codes[:3], "for"), at=DURING + timedelta(days=1))
    after = secretary(AFTER)
    soon = document(someone.post(f"{path}declare/", scrutineer="The lay chair"))
    assert errors(soon)[0][1] == "id_scrutineer"
    after.post(f"{path}declare/", scrutineer="The lay chair", report="Nothing <b>odd</b>.")
    page = asking(at=AFTER).page(path)
    assert "Nothing <b>odd</b>." in main(page)
    assert facts_of(page)["Who saw the count"] == "The lay chair"


def test_what_a_draft_may_not_say_is_refused_beside_its_field() -> None:
    make_members()
    make_organisation("00B", "ccg")
    someone = secretary()
    for wrong, field in (
        ({"title": ""}, "id_title"),
        ({"options": "Only one"}, "id_options"),
        ({"concerns": "00B\nZZZZ9"}, "id_concerns"),
        ({"level": "3"}, "id_level"),
        ({"kind": "amendment"}, "id_amends"),
        ({"way": "hands", "options": "One\nTwo"}, "id_options"),
    ):
        page = document(someone.post("/motions/new/", **SAID | wrong))
        assert errors(page)[0][1].startswith(field), wrong
    assert not Motion.objects.exists()
    sent = {"options": "Delegated\nJoint\nNeither", "concerns": "00b", "powers": ["approve_mergers"]}
    answer = someone.post("/motions/new/", **SAID | sent)
    row = queries.motion_page(answer.headers["Location"].split("/")[2], secretary_of("00A"), LATER)
    assert row is not None
    assert row.row.options == (("delegated", "Delegated"), ("joint", "Joint"), ("neither", "Neither"))
    assert [code for code, _ in row.row.concerns] == ["00B"]


def test_another_wording_takes_its_place_and_the_earlier_says_so() -> None:
    make_members()
    made = make_motion()
    someone = secretary()
    page = document(someone.post(f"/motions/{made.pk}/replace/", **SAID, reasons=""))
    assert errors(page) == [("Enter why it is replaced", "id_reasons")]
    moved = someone.post(f"/motions/{made.pk}/replace/", **SAID, reasons="An amendment was moved.")
    facts = facts_of(asking(at=LATER).page(f"/motions/{made.pk}/"))
    assert facts["Replaced by"] == "Another wording"
    someone.post(f"{moved.headers['Location']}withdraw/", reasons="Moot")
    late = manager("A80001").post(f"/motions/{made.pk}/vote/", choice="for", confirmed="on")
    assert "Its votes do not count" in main(document(late))
    assert not Motion.objects.exclude(state__in=["withdrawn", "replaced"]).exists()


class TestVoting:
    def test_a_vote_is_asked_checked_and_kept_and_its_voter_alone_is_shown_it(self) -> None:
        codes = make_members()
        made = make_motion()
        someone, path = manager(codes[0]), f"/motions/{made.pk}/"
        assert links(someone.page(path))["Vote"] == f"{path}vote/"
        assert "Give another practice your proxy" not in links(someone.page(path))
        assert errors(document(someone.post(f"{path}vote/", choice=""))) == [
            ("Select how to vote", "id_choice_0")
        ]
        check = document(someone.post(f"{path}vote/", choice="against"))
        assert facts_of(check)["Your vote"] == "Against"
        assert not Vote.objects.exists()
        kept = someone.post(f"{path}vote/", choice="against", confirmed="on")
        assert kept.headers["Location"] == f"{path}voted/"
        assert "against" not in str(kept.headers).lower()
        assert list(facts_of(someone.page(f"{path}voted/")).values()) == ["Against"]
        assert "You have not voted" in main(manager(codes[1]).page(f"{path}voted/"))
        assert "Against" not in main(secretary(DURING).page(path))
        again = document(someone.post(f"{path}vote/", choice="for", confirmed="on"))
        assert errors(again)[0][1] == "id_choice_0"
        assert "a vote is given once. (Members vote once each, while the vote is open)" in main(again)
        assert Vote.objects.get().choice == "against"

    def test_who_may_not_vote_is_told_beside_the_field_and_nothing_is_kept(self) -> None:
        codes = make_members()
        make_organisation("A89999", "practice", commissioner="00A")
        made = make_motion()
        path = f"/motions/{made.pk}/vote/"
        for who, at, said in (
            ("A89999", DURING, "A89999 is not on the roll of this motion"),
            (codes[0], LATER, "This motion is “notice given”"),
            (codes[0], AFTER, "This motion is “closed, not declared”"),
        ):
            page = document(manager(who, at).post(path, choice="for", confirmed="on"))
            assert said in errors(page)[0][0]
        assert asking(at=DURING).get(path).status_code == 302
        assert secretary(DURING).get(path).status_code == 403
        assert not Vote.objects.exists()

    def test_a_proxy_is_given_and_used(self) -> None:
        codes = make_members()
        made = make_motion(clauses=PROXIES)
        path = f"/motions/{made.pk}/"
        giver, holder = manager(codes[0]), manager(codes[1])
        assert links(giver.page(path))["Give another practice your proxy"] == f"{path}proxy/"
        page = document(giver.post(f"{path}proxy/", holder=codes[0]))
        assert errors(page) == [("Name another practice. (clause 10)", "id_holder")]
        giver.post(f"{path}proxy/", holder=codes[1].lower())
        assert Proxy.objects.get().holder.voter == codes[1]
        page = document(giver.post(f"{path}vote/", choice="for", confirmed="on"))
        assert "You have given your proxy" in errors(page)[0][0]
        page = holder.page(f"{path}vote/")
        assert "whose proxy your practice holds" in main(page)
        assert errors(document(holder.post(f"{path}vote/", choice="for")))[0][1] == "id_place_0"
        check = document(holder.post(f"{path}vote/", choice="for", place=codes[0]))
        assert codes[0] in facts_of(check)["For whom"]
        holder.post(f"{path}vote/", choice="for", place=codes[0], confirmed="on")
        holder.post(f"{path}vote/", choice="against", confirmed="on")
        found = dict(Vote.objects.values_list("entry__voter", "choice"))
        assert found == {codes[0]: "for", codes[1]: "against"}
        other = document(manager(codes[2]).post(f"{path}proxy/", holder=codes[1]))
        assert errors(other)[0][0].endswith("(clause 10)")

    def test_a_doctor_votes_in_their_own_right(self) -> None:
        codes = make_members(number=2)
        doctor = make_person(name="Dr Amara Hill")
        give_role(doctor, "general_practitioner", codes[0])
        both = {"kind": "electorate", "who": "both", "binding": "practices"}
        made = make_motion(clauses={**CLAUSES, "5": ("Both vote.", [both])})
        someone = asking(at=DURING)
        someone.client.force_login(doctor, backend="django.contrib.auth.backends.ModelBackend")
        page = someone.page(f"/motions/{made.pk}/vote/")
        assert "For yourself, as a general practitioner" in main(page)
        someone.post(f"/motions/{made.pk}/vote/", choice="abstain", confirmed="on")
        assert Vote.objects.get().entry.electorate == "gps"
        assert "Abstain" in facts_of(someone.page(f"/motions/{made.pk}/voted/")).values()


class TestRoll:
    def test_it_is_contested_and_settled_in_public(self) -> None:
        codes = make_members()
        make_organisation("A89999", "practice", commissioner="00A")
        made = make_motion()
        path = f"/motions/{made.pk}/"
        someone = manager("A89999", LATER)
        page = document(someone.post(f"{path}contest/", voter="00A", reasons="We joined."))
        assert errors(page)[0][1] == "id_voter"
        someone.post(f"{path}contest/", voter="A89999", reasons="We joined in October.")
        page = secretary().page(path)
        [row] = rows_of(page, "challenges")
        assert row[0] == "A89999"
        assert row[2:] == ["We joined in October.", "Settle it (A89999)"]
        assert rows_of(asking(at=LATER).page(path), "challenges")[0][3] == "Not yet"
        to = links(page)["Settle it (A89999)"]
        assert errors(document(secretary().post(to, verdict="upheld", answer="")))[0][1] == "id_answer"
        secretary().post(to, verdict="upheld", answer="It did.")
        assert rows_of(asking(at=LATER).page(path), "challenges")[0][3] == "Upheld It did."
        assert RollEntry.objects.filter(motion=made).count() == len(codes) + 1
        assert "It has been settled." in main(
            document(secretary().post(to, verdict="dismissed", answer="No"))
        )
        assert (
            manager("A89999", DURING).post(f"{path}contest/", voter="A80001", reasons="x").status_code == 200
        )

    def test_reminders_go_to_those_who_have_not_voted(self) -> None:
        codes = make_members(number=3)
        made = make_motion()
        vote(made, {codes[0]: "against"})
        path = f"/motions/{made.pk}/not-voted/"
        page = secretary(DURING + timedelta(hours=1)).page(path)
        assert [row[1] for row in rows_of(page, "not-voted")] == list(codes[1:])
        assert "against" not in main(page).lower()
        make_organisation("00B", "ccg")
        assert asking("members_secretary", "00B", at=DURING).get(path).status_code == 403


class TestCounting:
    def test_paper_is_entered_by_name_with_its_teller(self) -> None:
        codes = make_members()
        made = make_motion(way="paper")
        path, sent = f"/motions/{made.pk}/paper/", {"choice": "for", "teller": "The lay chair"}
        someone = secretary(DURING)
        page = document(someone.post(path, electorate="practices", voter="A00000", **sent))
        assert errors(page)[0][1] == "id_voter"
        for code in codes:
            someone.post(path, electorate="practices", voter=code, **sent)
        assert Vote.objects.filter(origin="paper", teller="The lay chair").count() == 5
        own = document(manager(codes[0]).post(f"/motions/{made.pk}/vote/", choice="for", confirmed="on"))
        assert "This vote is taken at the meeting" in errors(own)[0][0]

    def test_hands_are_counted_once(self) -> None:
        make_members()
        made = make_motion(way="hands")
        path = f"/motions/{made.pk}/hands/"
        sent = {"electorate": "practices", "against": "1", "abstain": "0", "blank": "0", "teller": "Mr Hay"}
        someone = secretary(DURING)
        page = document(someone.post(path, in_favour="9", **sent))
        assert errors(page)[0][1] == "id_in_favour"
        assert "at most 5 together" in main(page)
        someone.post(path, in_favour="3", **sent)
        assert HandsCounted.objects.get().counts == {"for": 3, "against": 1, "abstain": 0, "blank": 0}
        twice = document(someone.post(path, in_favour="4", **sent))
        assert errors(twice)[0][1] == "id_teller"


class TestRequiring:
    RULES = {
        **CLAUSES,
        "12.1": ("A tenth.", [{"kind": "requisition", "share": "10%", "days": 28}]),
    }
    SENT = {"body": "00A", "kind": "no_confidence", "title": "No confidence", "words": "It did not ask us."}

    def test_members_open_sign_and_the_secretary_objects_and_drafts(self) -> None:
        codes = make_members(number=24)
        make_constitution(clauses=self.RULES)
        first = manager(codes[0], LATER)
        answer = first.post("/requisitions/new/", **self.SENT)
        path = answer.headers["Location"]
        for code in codes[1:3]:
            other = manager(code, LATER)
            assert links(other.page(path))["Sign it for your practice"] == f"{path}sign/"
            other.post(f"{path}sign/")
        assert facts_of(asking(at=LATER).page(path))["Valid"] == "Yes, enough have signed"
        late = document(first.post(f"{path}withdraw/"))
        assert "it stands, and its meeting has to be held" in main(late)
        someone = secretary()
        someone.post(f"{path}object/", objection="The meeting is out of order.")
        assert "The meeting is out of order." in main(asking(at=LATER).page(path))
        twice = document(someone.post(f"{path}object/", objection="Another."))
        assert errors(twice)[0][1] == "id_objection"
        draft = links(someone.page(path))["Draft its motion"]
        assert 'value="No confidence"' in someone.get(draft).content.decode()
        someone.post(draft, **SAID | {"kind": "no_confidence"})
        assert Requisition.objects.get().motion_id

    def test_who_is_no_member_is_refused(self) -> None:
        codes = make_members()
        make_constitution(clauses=self.RULES)
        make_organisation("A89999", "practice", commissioner="00A")
        stranger = manager("A89999", LATER)
        assert "member of no body today" in main(stranger.page("/requisitions/new/"))
        assert document(stranger.post("/requisitions/new/", **self.SENT)) is not None
        made = actions.open_requisition(
            body="00A", kind="ordinary", title="A meeting", words="Ask.", by=manager_of(codes[0]), at=NOW
        )
        page = document(stranger.post(f"/requisitions/{made.pk}/sign/"))
        assert "Members only can sign" in main(page)
        assert secretary().get(f"/requisitions/{made.pk}/sign/").status_code == 403
        assert stranger.get(f"/requisitions/{made.pk}/object/").status_code == 403

    def test_without_a_clause_nothing_can_be_required(self) -> None:
        codes = make_members()
        make_constitution()
        page = document(manager(codes[0], LATER).post("/requisitions/new/", **self.SENT))
        assert errors(page)[0][1] == "id_body_0"
        assert not Requisition.objects.exists()

    def test_what_too_few_signed_is_withdrawn(self) -> None:
        codes = make_members(number=24)
        make_constitution(clauses=self.RULES)
        path = manager(codes[0], LATER).post("/requisitions/new/", **self.SENT).headers["Location"]
        assert "The practice that opened it" in main(
            document(manager(codes[1], LATER).post(f"{path}withdraw/"))
        )
        manager(codes[0], LATER).post(f"{path}withdraw/")
        assert Requisition.objects.get().withdrawn_at


@pytest.mark.seed("S2-03")
@pytest.mark.seed("S2-02")
@pytest.mark.seed("S2-04")
@pytest.mark.seed("S2-05")
def test_a_committee_objects_at_short_notice_to_eight_commissioners_over_three_powers() -> None:
    """One resolution, on the page of each of the eight, with the powers that it tags and why it was urgent."""
    make_organisation("LMCKENT", "lmc", "KENT LOCAL MEDICAL COMMITTEE")
    make_constitution("LMCKENT", kind="lmc")
    groups = [f"0{number}K" for number in range(8)]
    for code in groups:
        make_organisation(code, "ccg", f"GROUP {code}")
    officer = asking("lmc_officer", "LMCKENT", at=LATER)
    by = secretary_of("LMCKENT")
    called = meetings.call_meeting(
        body="LMCKENT",
        kind="urgent",
        title="Urgent meeting",
        place="Maidstone",
        meets_at=LATER + timedelta(days=5),
        urgency="Eight groups apply within days.",
        by=by,
        at=NOW,
    )
    sent = SAID | {
        "kind": "objection",
        "title": "We object",
        "concerns": "\n".join(groups),
        "powers": ["design_local_schemes", "manage_contracts", "establish_practices"],
    }
    path = officer.post("/motions/new/", **sent).headers["Location"]
    answer = officer.post(
        f"{path}notice/", **times("1", "2"), meeting=called.pk, seats="Chair\nSeat 1\nSeat 2"
    )
    assert answer.status_code == 302, main(document(answer))
    page = asking(at=LATER).page(path)
    assert "Eight groups apply within days." in main(page)
    assert [row[1] for row in rows_of(page, "concerns")] == groups
    for code in groups:
        there = asking(at=LATER).page(f"/commissioners/{code}/")
        assert links(there)["We object"] == path
        history = asking(at=LATER).page(f"/commissioners/{code}/evidence/")
        assert links(history)["We object"] == path
    assert (
        len([line for line in main(page).split("Powers that it is about")[1].split("Why its")[0].split()]) > 3
    )


def test_nobody_elses_votes_can_be_run() -> None:
    make_members()
    made = make_motion()
    make_organisation("00B", "ccg")
    stranger = asking("members_secretary", "00B", at=DURING)
    for page in ("notice", "replace", "withdraw", "declare", "paper", "hands", "not-voted"):
        assert stranger.get(f"/motions/{made.pk}/{page}/").status_code == 403
        assert manager("A80001").post(f"/motions/{made.pk}/{page}/").status_code in {403, 405}
    declare(made)
    assert queries.motion_page(made.pk, secretary_of("00B"), AFTER) is not None
