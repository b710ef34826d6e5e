"""From decision to announcement on pages: deciding, announcing, the frozen list, corrections, embargo, signing."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import Any

import pytest

from remit.delegation.models import Announcement, Arrangement, Decision
from remit.engines.deadlines import by_end_of_day
from remit.figures.queries import figure, figure_rows
from tests.delegation_doors import Asking, asking, document, errors, facts_of, links, main, rows_of, words
from tests.delegation_factories import (
    announce,
    approve,
    decide,
    draft,
    london,
    make_commissioners,
    make_round,
    submit,
    withdraw,
)
from tests.factories import NATIONAL_BODY, make_organisation

pytestmark = pytest.mark.django_db
DECIDED, TOLD = london(2015, 2, 16), london(2015, 2, 18)
LATER = by_end_of_day(date(2015, 2, 20))
CODES = tuple(f"00{letter}" for letter in "CDFGHJ")
NEW = "/announcements/new/?round=2015-level-3"
SENT = {"code": "2015-02-18-level-3", "event": ""}
CONDITION = {
    "what1": "Change the chair",
    "owner1": "The board",
    "due1_day": "31",
    "due1_month": "3",
    "due1_year": "2015",
}


@pytest.fixture(autouse=True)
def _trusting(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True


@pytest.fixture
def submitted() -> dict[str, str]:
    """Six commissioners of two regions that applied for Level 3: their applications by code."""
    make_commissioners(*CODES[:4])
    make_commissioners(*CODES[4:], region="Y56", region_name="LONDON")
    make_round()
    return {code: submit("2015-level-3", code).pk for code in CODES}


@pytest.fixture
def decided(submitted: dict[str, str]) -> dict[str, str]:
    """Four of them are approved, one on conditions, one declined."""
    outcomes = ("approved", "approved", "approved", "conditional", "approved", "declined")
    for code, outcome in zip(CODES, outcomes, strict=True):
        decide(submitted[code], outcome, at=DECIDED)
    return submitted


@pytest.fixture
def assessor(db: None) -> Asking:
    """A national assessor, on the day of deciding."""
    return asking("national_assessor", NATIONAL_BODY, at=DECIDED)


@pytest.fixture
def programme(db: None) -> Asking:
    """A programme officer, on the day of announcing."""
    return asking("programme_officer", NATIONAL_BODY, at=TOLD)


# -- deciding ------------------------------------------------------------------------------------------------


def test_an_assessor_sees_what_waits_and_decides_with_reasons(
    submitted: dict[str, str], assessor: Asking
) -> None:
    assert len(rows_of(assessor.page("/assessments/"), "waiting")) == 6
    address = f"/applications/{submitted['00C']}/decide/"
    facts = facts_of(assessor.page(address))
    assert facts["Received"].startswith("11:00:00.000000am on Friday 9 January 2015")
    response = assessor.post(address, outcome="approved", reasons="All is there.", shown="1")
    assert response.headers["Location"] == "/assessments/"
    found = assessor.page("/assessments/")
    assert len(rows_of(found, "waiting")) == 5
    assert "is recorded" in main(found)
    assert Decision.objects.get().reasons == "All is there."
    assert assessor.get(address).headers["Location"] == f"/applications/{submitted['00C']}/"


def test_conditions_are_as_many_as_it_takes(submitted: dict[str, str], assessor: Asking) -> None:
    address = f"/applications/{submitted['00C']}/decide/"
    typed = {"outcome": "conditional", "reasons": "Nearly.", **CONDITION}
    found = document(assessor.post(address, **typed, shown="1", more="1"))
    assert words(found.findall(".//fieldset/legend")[-2]) == "Condition 2"
    assert found.find(".//input[@id='id_what1']").get("value") == "Change the chair", "what was typed is kept"
    second = {name.replace("1", "2"): value for name, value in CONDITION.items()} | {
        "what2": "Ask the members"
    }
    assert assessor.post(address, **typed, **second, shown="2").status_code == 302
    assert [each["what"] for each in Decision.objects.get().conditions] == [
        "Change the chair",
        "Ask the members",
    ]


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"reasons": "Fine."}, [("Select a decision", "id_outcome_0")]),
        ({"outcome": "declined", "reasons": " "}, [("Enter your reasons", "id_reasons")]),
        ({"outcome": "conditional", "reasons": "Nearly."}, [("Say what the conditions are.", "id_what1")]),
        (
            {"outcome": "approved", "reasons": "Fine.", **CONDITION},
            [("Only an approval on conditions has any.", "id_what1")],
        ),
        (
            {"outcome": "conditional", "reasons": "Nearly.", "what1": "Change the chair"},
            [
                ("Enter who has to do it", "id_owner1"),
                ("Enter the day by which it has to be done", "id_due1_day"),
            ],
        ),
    ],
)
def test_a_decision_that_is_not_whole_says_what_is_missing(
    submitted: dict[str, str], assessor: Asking, sent: dict[str, str], wrong: list[tuple[str, str]]
) -> None:
    found = document(assessor.post(f"/applications/{submitted['00C']}/decide/", shown="1", **sent))
    assert errors(found) == wrong
    assert not Decision.objects.exists()


def test_the_assessor_sees_a_gap_where_members_were_not_asked(assessor: Asking) -> None:
    make_commissioners("00C", "00D")
    make_round()
    asked = submit("2015-level-3", "00C")
    not_asked = submit(
        "2015-level-3", "00D", answers={"evidence": "none", "constitution": "amended", "benefits": "More."}
    )
    gap = "Member practices were not asked."
    assert gap in main(assessor.page(f"/applications/{not_asked.pk}/decide/"))
    assert gap not in main(assessor.page(f"/applications/{asked.pk}/decide/"))


def test_only_assessors_decide_and_never_drafts(submitted: dict[str, str], assessor: Asking) -> None:
    address = f"/applications/{submitted['00C']}/decide/"
    officer = asking("commissioner_officer", "00C", at=DECIDED)
    assert officer.get(address).status_code == officer.get("/assessments/").status_code == 403
    assert officer.post(address, outcome="approved", reasons="Ours.").status_code == 403
    make_round("2015-level-2", level=2, deadline=LATER)
    waits = draft("2015-level-2", "00C", at=DECIDED)
    assert assessor.get(f"/applications/{waits.pk}/decide/").status_code == 404
    decide(submitted["00C"], "declined", at=DECIDED)
    refused = assessor.post(address, outcome="approved", reasons="After all.")
    assert "Nothing follows from there." in main(document(refused, 403))


# -- announcing ----------------------------------------------------------------------------------------------


@pytest.mark.seed("S3-04")
def test_the_count_of_an_announcement_is_that_of_its_rows_and_cannot_be_typed(
    decided: dict[str, str], programme: Asking
) -> None:
    before = programme.page(NEW)
    assert facts_of(before)["Approved for Level 3"] == "4"
    assert len(rows_of(before, "named-list")) == 5
    fields = {each.get("name") for each in before.findall(".//main//input") if each.get("type") != "hidden"}
    assert fields == {
        "headline",
        "event",
        "who",
        "role",
        "organisation",
        "source",
        "code",
        "embargo_day",
        "embargo_month",
        "embargo_year",
        "embargo_time",
    }
    wrong = document(programme.post(NEW, **SENT, headline="64 commissioners approved", approved="64"))
    [(message, field)] = errors(wrong)
    assert field == "id_headline"
    assert message.startswith(
        "The headline says 64 beside “approved”, but the rows give Approved for Level 3: 4."
    )
    assert not Announcement.objects.exists()
    response = programme.post(NEW, **SENT, headline="4 commissioners approved for Level 3")
    address = "/announcements/2015-02-18-level-3/"
    assert response.headers["Location"] == address
    found = asking(at=TOLD).page(address)
    approved = [row for row in rows_of(found, "named-list") if row[3] == "Approved"]
    assert len(approved) == 4
    assert "Approved for Level 3: 4 of 6 (67%)" in main(found)
    kept = figure("2015-02-18-level-3-approved", at=None)
    assert kept is not None
    refs = [row.ref for row in figure_rows(kept.now, "numerator")]
    assert sorted(refs) == sorted(f"application/{decided[row[1]]}" for row in approved)
    assert links(found)["Open this figure: Approved for Level 3"] == f"/figures/{kept.id}/"
    linked = [each.get("href") for each in found.findall(".//table[@id='named-list']//a")]
    assert {f"/applications/{decided[row[1]]}/" for row in approved} <= set(linked)


def test_each_number_opens_into_the_decisions_that_make_it_with_their_day(
    decided: dict[str, str], programme: Asking
) -> None:
    announce("2015-level-3", "told", at=TOLD)
    visitor = asking(at=TOLD)
    for name, codes in (
        ("approved", "CDFH"),
        ("conditional", "G"),
        ("all-approved", "CDFH"),
        ("applied", "CDFGHJ"),
    ):
        found = visitor.page(f"/figures/told-{name}/")
        opened = [each.get("href") for each in found.findall(".//table[@id='numerator']//a")]
        assert opened == [f"/applications/{decided[f'00{letter}']}/" for letter in codes]
    base = [each.get("href") for each in found.findall(".//table[@id='base']//a")]
    assert base[0] == "/organisations/00C/?on=2015-02-18"


def test_the_counts_of_regions_and_of_the_list_open(decided: dict[str, str], programme: Asking) -> None:
    announce("2015-level-3", "told", at=TOLD)
    visitor = asking(at=TOLD)
    page = visitor.page("/announcements/told/")
    opened = {}
    for row in page.findall(".//table[@id='by-region']/tbody/tr"):
        link = row.find("./td//a")
        found = visitor.page(link.get("href"))
        opened[words(link)] = [each[1] for each in rows_of(found, "rows")]
        assert len(rows_of(found, "base")) == 4
        assert facts_of(found)["Source"] == "Applications, decisions and arrangements recorded in Remit"
    assert opened == {"3": ["00C", "00D", "00F"], "1": ["00H"]}
    assert visitor.get("/announcements/told/regions/Y99/").status_code == 404
    assert visitor.get("/announcements/none/regions/Y54/").status_code == 404
    listed = visitor.page("/announcements/").findall(".//table[@id='announcements']//td//a")
    assert [each.get("href") for each in listed] == ["/figures/told-approved/", "/figures/told-conditional/"]


def test_the_counts_of_a_round_open_and_tell_nothing_under_embargo(
    decided: dict[str, str], programme: Asking
) -> None:
    announce("2015-level-3", "told", at=TOLD, embargo_until=TOLD + timedelta(days=2))
    before, after = asking(at=TOLD), asking(at=TOLD + timedelta(days=2))
    for visitor, told in ((before, 0), (after, 5)):
        facts = facts_of(visitor.page("/rounds/2015-level-3/"))
        assert (facts["Applications received"], facts["Decisions announced"]) == ("6", str(told))
        applied = visitor.page("/rounds/2015-level-3/counts/applied/")
        assert len(rows_of(applied, "rows")) == 6
        decided_ = visitor.page("/rounds/2015-level-3/counts/decided/")
        assert (len(rows_of(decided_, "rows")), len(rows_of(decided_, "base"))) == (told, 6)
    assert facts_of(decided_)["Worked out"] == "83% (83.33%)"
    assert after.get("/rounds/2015-level-3/counts/nothing/").status_code == 404
    assert after.get("/rounds/none/counts/applied/").status_code == 404
    assert before.get("/announcements/told/regions/Y54/").status_code == 404
    leads = links(after.page("/rounds/"))
    assert leads["6"] == "/rounds/2015-level-3/counts/applied/"


@pytest.mark.seed("S4-03")
def test_an_announcement_says_when_it_was_told_and_when_powers_come_on(
    decided: dict[str, str], programme: Asking
) -> None:
    announce("2015-level-3", "told", event="Commissioning Live", at=TOLD)
    found = asking(at=TOLD).page("/announcements/told/")
    text = main(found)
    assert "Announced on 18 February 2015 at Commissioning Live, powers from 1 April 2015." in text
    assert facts_of(found)["Announced at"] == "Commissioning Live"
    assert rows_of(found, "by-region") == [["North of England", "3"], ["London", "1"]]
    assert Announcement.objects.get().sha256 in text


@pytest.mark.seed("S4-02")
def test_the_list_that_machines_read_has_the_rows_of_the_page(decided: dict[str, str]) -> None:
    announce("2015-level-3", "told", at=TOLD)
    visitor = asking(at=TOLD)
    found = visitor.page("/announcements/told/")
    rows = rows_of(found, "named-list")
    response = visitor.client.get(links(found)["The named list as CSV"])
    listed = list(csv.DictReader(b"".join(response.streaming_content).decode().splitlines()))
    assert len(listed) == len(rows) == 5
    assert [(row["commissioner"], row["outcome"]) for row in listed] == [
        (row[1], {"Approved": "approved", "Approved on conditions": "conditional"}[row[3]]) for row in rows
    ]
    assert len(visitor.client.get(links(found)["The named list as JSON"]).json()["items"]) == 5


def test_what_changes_later_is_added_on_top_and_the_list_stays(decided: dict[str, str]) -> None:
    announce("2015-level-3", "told", at=TOLD)
    visitor = asking(at=london(2015, 3, 21))
    before = rows_of(visitor.page("/announcements/told/"), "named-list")
    withdraw(decided["00C"], at=london(2015, 3, 20))
    found = visitor.page("/announcements/told/")
    assert "20 March 2015: The ccg 00C has withdrawn since it was announced." in main(found)
    before[0][3] += " Since 20 March 2015: withdrawn"
    assert rows_of(found, "named-list") == before
    assert "What has changed since" not in main(visitor.page("/announcements/told/", at=london(2015, 3, 19)))


def test_announcements_lead_to_those_before_and_after(decided: dict[str, str]) -> None:
    announce("2015-level-3", "first", headline="Told first", at=TOLD)
    make_round("2015-level-2", level=2, deadline=LATER)
    make_organisation("00K", "ccg")
    approve(submit("2015-level-2", "00K", at=TOLD), at=TOLD + timedelta(days=1))
    announce("2015-level-2", "second", headline="Told later", at=TOLD + timedelta(days=2))
    visitor = asking(at=TOLD + timedelta(days=3))
    assert (
        links(visitor.page("/announcements/second/"))["Previous announcement: Told first"]
        == "/announcements/first/"
    )
    assert (
        links(visitor.page("/announcements/first/"))["Next announcement: Told later"]
        == "/announcements/second/"
    )
    listed = rows_of(visitor.page("/announcements/"), "announcements")
    assert [row[0] for row in listed] == ["Told later", "Told first"]


def test_under_embargo_a_list_is_not_there_but_for_the_programme(
    decided: dict[str, str], programme: Asking
) -> None:
    response = programme.post(
        NEW,
        **SENT,
        headline="4 approved",
        embargo_day="18",
        embargo_month="2",
        embargo_year="2015",
        embargo_time="9:30am",
    )
    address = response.headers["Location"]
    text = main(programme.page(address))
    assert "Under embargo until 18 February 2015 at 9:30am." in text
    early, on_time = london(2015, 2, 18, 9, 29), london(2015, 2, 18, 9, 30)
    for reader in (
        asking(at=early),
        asking("journalist", "GAZETTE", at=early),
        asking("commissioner_officer", "00C", at=early),
    ):
        assert reader.get(address).status_code == 404
        assert rows_of(reader.page("/announcements/"), "announcements") == []
    assert "Under embargo" not in main(asking(at=on_time).page(address))
    assert len(rows_of(asking(at=on_time).page("/announcements/"), "announcements")) == 1


def test_an_embargo_needs_its_day_and_its_time_and_lies_ahead(
    decided: dict[str, str], programme: Asking
) -> None:
    day = {"embargo_day": "17", "embargo_month": "2", "embargo_year": "2015"}
    said = {**SENT, "headline": "Approved"}
    cases: tuple[tuple[dict[str, str], tuple[str, str]], ...] = (
        (day, ("Enter a time, like 9:30am, 5pm or midday", "id_embargo_time")),
        ({"embargo_time": "9:30am"}, ("Enter the day on which the embargo ends", "id_embargo_day")),
        (
            {**day, "embargo_time": "5pm"},
            ("The embargo would end before it begins. Choose a later time, or none.", "id_embargo_day"),
        ),
    )
    for sent, wrong in cases:
        assert errors(document(programme.post(NEW, **said, **sent))) == [wrong]
    assert not Announcement.objects.exists()


def test_one_chooses_among_the_rounds_with_something_to_tell(
    decided: dict[str, str], programme: Asking
) -> None:
    found = programme.page("/announcements/new/")
    assert [row[1:3] for row in rows_of(found, "waiting")] == [["4", "1"]]
    assert links(programme.page("/announcements/"))["Level 3 from 2015: 4 approved, 1 on conditions"] == NEW
    response = programme.post(NEW, **SENT, headline="Approved")
    again = programme.post(NEW, **SENT, headline="Approved")
    assert again.headers["Location"] == response.headers["Location"], "sent twice, told once"
    assert rows_of(programme.page(NEW), "waiting") == []
    assert "Everything that was approved has been announced." in main(programme.page("/announcements/new/"))


def test_two_quotes_are_kept_with_who_said_them(decided: dict[str, str], programme: Asking) -> None:
    first = {"quote": "Well done.", "who": "A", "role": "Chair", "organisation": "B", "source": "A speech"}
    more = document(programme.post(NEW, **SENT, headline="Approved", **first, shown="1", more="1"))
    assert not errors(more)
    assert "Quote 2 (optional)" in main(more)
    second = {f"{name}2": f"Other {value}" for name, value in first.items()}
    wrong = document(programme.post(NEW, **SENT, headline="Approved", **first, shown="2", quote2="Words"))
    assert errors(wrong)[0] == ("Enter who said it", "id_who2")
    response = programme.post(NEW, **SENT, headline="Approved", **first, **second, shown="2")
    text = main(programme.page(response.headers["Location"]))
    assert "“Well done.”" in text
    assert "“Other Well done.”" in text


def test_a_code_sent_again_with_another_headline_is_refused_beside_the_rounds(
    decided: dict[str, str], programme: Asking
) -> None:
    programme.post(NEW, **SENT, headline="Approved")
    again = document(programme.post(NEW, **SENT, headline="Something else"))
    assert "The code 2015-02-18-level-3 is that of “Approved”, and nothing more is to be announced" in words(
        again
    )


def test_of_a_round_for_other_services_the_form_suggests_its_own_words(programme: Asking) -> None:
    make_commissioners("00C")
    make_round("specialised", groups=("specialised",))
    approve(submit("specialised", "00C"))
    found = programme.page("/announcements/new/?round=specialised")
    [headline] = [each for each in found.iter("input") if each.get("id") == "id_headline"]
    assert headline.get("value") == "1 board approved for specialised services"
    assert "Approved for specialised services" in main(found)


def test_only_the_programme_announces(decided: dict[str, str], assessor: Asking) -> None:
    assert assessor.get(NEW).status_code == 403
    assert assessor.post(NEW, **SENT, headline="Approved").status_code == 403
    assert asking(at=TOLD).get(NEW).status_code == 302
    assert "approved" not in main(asking(at=TOLD).page("/announcements/"))


# -- signing -------------------------------------------------------------------------------------------------


def test_the_programme_signs_what_was_approved_after_a_look(
    decided: dict[str, str], programme: Asking
) -> None:
    announce("2015-level-3", "told", at=TOLD)
    programme.at = london(2015, 3, 26)
    assert len(rows_of(programme.page("/signatures/"), "waiting")) == 4
    address = f"/signatures/{decided['00C']}/"
    assert "A delegation agreement signed by both" in main(programme.page(address))
    assert not Arrangement.objects.exists()
    assert programme.post(address).headers["Location"] == "/signatures/"
    found = programme.page("/signatures/")
    assert "The powers of The ccg 00C come on on 1 April 2015" in main(found)
    assert len(rows_of(found, "waiting")) == 3
    assert programme.post(address).status_code == 302
    assert Arrangement.objects.count() == 1


def test_what_is_not_approved_is_not_signed_and_by_nobody_else(
    decided: dict[str, str], programme: Asking, assessor: Asking
) -> None:
    refused = programme.post(f"/signatures/{decided['00G']}/")
    assert "Only what is approved, with every condition met, can be signed." in main(document(refused, 403))
    assert assessor.get("/signatures/").status_code == 403
    assert assessor.post(f"/signatures/{decided['00C']}/").status_code == 403
    assert not Arrangement.objects.exists()
    assert programme.get("/signatures/nothing/").status_code == 404


def test_nothing_is_signed_before_it_is_public(decided: dict[str, str], programme: Asking) -> None:
    address = f"/signatures/{decided['00C']}/"
    announce("2015-level-3", "told", at=TOLD, embargo_until=TOLD + timedelta(days=2))
    early, released = TOLD + timedelta(days=1), TOLD + timedelta(days=2)
    assert "Announce the approval first" in main(document(programme.post(address, at=early), 403))
    assert programme.post(address, at=released).status_code == 302
    assert Arrangement.objects.count() == 1


def test_once_released_a_page_leads_to_what_the_ledger_committed_to(
    decided: dict[str, str], programme: Asking
) -> None:
    released = TOLD + timedelta(days=2)
    announce("2015-level-3", "told", at=TOLD, embargo_until=released)
    held = links(document(programme.get("/announcements/told/"), 200))
    assert "what was committed to" not in held
    visitor = asking(at=released)
    href = links(visitor.page("/announcements/told/"))["what was committed to"]
    items = visitor.get(href).json()["items"]
    assert len(items) == 1 + len(rows_of(visitor.page("/announcements/told/"), "named-list"))
    approved = links(visitor.page(f"/applications/{decided['00C']}/"))
    [opened] = visitor.get(approved["What the ledger committed to of it, opened as JSON"]).json()["items"]
    assert opened["subject"] == f"application/{decided['00C']}"


def test_an_announcement_says_how_many_more_than_the_one_before(
    decided: dict[str, str], programme: Asking
) -> None:
    announce("2015-level-3", "told", at=TOLD)
    make_round("2015-level-2", level=2, deadline=by_end_of_day(date(2015, 3, 1)))
    approve(submit("2015-level-2", "00J"))
    announce("2015-level-2", "later")
    visitor = asking(at=london(2015, 4, 1))
    assert "Since the announcement before" not in main(visitor.page("/announcements/told/"))
    found = visitor.page("/announcements/later/")
    assert (
        "Since the announcement before: Approved for Level 2 or 3 so far: 5, 1 more than the 4 of 18 February 2015."
        in main(found)
    )
    opened = links(found)
    assert opened["Approved for Level 2 or 3 so far: 5"] == "/figures/later-all-approved/"
    assert opened["the 4 of 18 February 2015"] == "/figures/told-all-approved/"
