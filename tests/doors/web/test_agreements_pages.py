"""The pages of agreements: the register, one of them, and what each side does with it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from remit.delegation import actions, queries
from remit.delegation.models import Agreement, Round
from tests.delegation_doors import asking, document, errors, facts_of, links, main, rows_of
from tests.delegation_factories import (
    PROGRAMME,
    announce,
    approve,
    countersign,
    give_back,
    issue,
    london,
    make_agreement,
    make_commissioners,
    make_round,
    officer_of,
    submit,
)
from tests.factories import NATIONAL_BODY, make_organisation
from tests.upload_corpus import SOUND, UNSOUND

pytestmark = pytest.mark.django_db
ROUND = "2015-level-3"
MARCH = london(2015, 3, 10)


@pytest.fixture(autouse=True)
def _stage(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True
    make_organisation(NATIONAL_BODY, "national_body", "NHS England")
    make_commissioners("00A", "00B")
    make_round()


def programme() -> Any:
    return asking("programme_officer", NATIONAL_BODY, at=MARCH)


def officer() -> Any:
    return asking("commissioner_officer", "00A", at=MARCH)


def issued(round_code: str = ROUND) -> Agreement:
    made = submit(round_code, "00A")
    approve(made)
    return issue(made)[0]


def test_from_issued_to_signed_by_hand_of_both_sides() -> None:
    agreement = issued()
    page = officer().page(f"/agreements/{agreement.pk}/")
    assert links(page)["Sign and return it"] == f"/agreements/{agreement.pk}/return/"
    assert f"/agreements/{agreement.pk}/return/" in links(officer().page("/agreements/")).values()
    response = officer().post(f"/agreements/{agreement.pk}/return/", signed_as="Accountable officer")
    assert response.status_code == 302
    sent = programme().post("/agreements/sign/", chosen=[agreement.pk], signed_as="Regional director")
    assert sent.status_code == 302
    found = asking(at=MARCH).page(f"/agreements/{agreement.pk}/")
    facts = facts_of(found)
    assert facts["Powers from"] == "1 April 2015"
    assert "Accountable officer" in facts["Signed by the commissioner"]
    assert [row[1] for row in rows_of(found, "log")] == [
        "Issued to the commissioner",
        "Signed by the commissioner and returned",
        "Signed by NHS England",
        "Powers come on",
    ]


def test_what_is_in_effect_is_not_returned_anew() -> None:
    agreement = make_agreement(ROUND, "00A")
    there = f"/agreements/{agreement.pk}/return/"
    late = asking("commissioner_officer", "00A", at=london(2015, 4, 2))
    for answer in (late.get(there), late.post(there), late.post(there, signed_as="Chair")):
        assert answer.status_code == 403
        assert "The agreement is in effect. To return, it has to be issued." in answer.content.decode()


def test_nothing_chosen_and_no_post_are_said_beside_their_fields() -> None:
    give_back(issued())
    found = document(programme().post("/agreements/sign/", signed_as=""))
    assert errors(found) == [
        ("Select at least one", "id_chosen"),
        ("Enter the post of who signs", "id_signed_as"),
    ]


def test_the_register_says_where_each_stands_and_lists_one_state() -> None:
    made = [submit(ROUND, code) for code in ("00A", "00B")]
    for each in made:
        approve(each)
    announce(ROUND)
    first, _second = issue(*made)
    countersign(give_back(first))
    page = asking(at=london(2015, 4, 2)).page("/agreements/")
    assert facts_of(page)["In effect"] == "1"
    assert {row[3] for row in rows_of(page, "agreements")} == {"In effect", "Issued"}
    only = asking(at=london(2015, 4, 2)).page("/agreements/?state=issued")
    assert len(rows_of(only, "agreements")) == 1
    assert asking(at=london(2015, 4, 2)).get("/agreements/?state=%27").status_code == 200


def test_level_2_takes_the_terms_of_reference_and_refuses_what_is_unsafe() -> None:
    make_round("2015-level-2", level=2)
    agreement = issued("2015-level-2")
    path = f"/agreements/{agreement.pk}/return/"
    assert errors(document(officer().post(path, signed_as="Chair"))) == [
        ("Send the joint committee's terms of reference with it.", "id_file")
    ]
    name, content, _code = UNSOUND["macros"]
    bad = officer().post(path, signed_as="Chair", file=SimpleUploadedFile(name, content))
    assert "contains macros" in errors(document(bad))[0][0]
    empty = officer().post(path, signed_as="Chair", file=SimpleUploadedFile("a.pdf", b""))
    assert errors(document(empty)) == [("The selected file is empty", "id_file")]
    sent = officer().post(path, signed_as="Chair", file=SimpleUploadedFile("terms.pdf", SOUND["letter.pdf"]))
    assert sent.status_code == 302
    page = asking(at=MARCH).page(f"/agreements/{agreement.pk}/")
    assert links(page)["terms.pdf"].startswith("/documents/")


@pytest.mark.seed("S2-42")
def test_notice_says_its_day_before_it_is_given_and_stands_on_the_public_log() -> None:
    agreement = make_agreement(ROUND, "00A")
    leaving = asking("commissioner_officer", "00A", at=london(2016, 9, 30, 23))
    path = f"/agreements/{agreement.pk}/notice/"
    assert "the first day without the agreement is 1 April 2017" in main(leaving.page(path))
    assert errors(document(leaving.post(path, reasons=""))) == [("Enter your reasons", "id_reasons")]
    assert leaving.post(path, reasons="Members asked for it.").status_code == 302
    log = rows_of(asking(at=london(2016, 10, 1)).page(f"/agreements/{agreement.pk}/"), "log")
    assert log[-2:] == [
        ["30 September 2016", "The commissioner gave notice, from 1 April 2017", "Members asked for it."],
        ["1 April 2017", "It ends", ""],
    ]


def test_a_revocation_that_is_too_soon_names_the_earliest_day() -> None:
    agreement = make_agreement(ROUND, "00A")
    national = asking("programme_officer", NATIONAL_BODY, at=london(2016, 6, 1))
    sent = national.post(
        f"/agreements/{agreement.pk}/revoke/",
        reasons="It failed.",
        ends_on_day="10",
        ends_on_month="6",
        ends_on_year="2016",
    )
    assert "30 June 2016, or later" in errors_text(sent)


def errors_text(response: Any) -> str:
    return " ".join(message for message, _field in errors_of(document(response)))


def errors_of(found: Any) -> list[tuple[str, str]]:
    listed = found.findall(".//ul[@class='nhsuk-list nhsuk-error-summary__list']/li/a")
    return [("".join(each.itertext()).strip(), each.get("href", "")) for each in listed]


def test_a_review_and_a_rating_are_recorded_and_an_overdue_review_shows() -> None:
    agreement = make_agreement(ROUND, "00A")
    national = asking("programme_officer", NATIONAL_BODY, at=london(2016, 5, 1))
    path = f"/agreements/{agreement.pk}/"
    assert "Overdue" in main(national.page(path))
    day = {"_day": "20", "_month": "4", "_year": "2016"}
    sent = national.post(
        f"{path}review/",
        outcome="continue",
        findings="All is well.",
        **{f"held_on{part}": value for part, value in day.items()},
    )
    assert sent.status_code == 302
    sent = national.post(
        f"{path}rate/",
        area="finance",
        rating="limited",
        source="Internal audit 2015/16",
        **{f"rated_on{part}": value for part, value in day.items()},
    )
    assert sent.status_code == 302
    page = national.page(path)
    assert "Overdue" not in main(page)
    assert [
        "Primary care finance",
        "Limited assurance",
        "20 April 2016",
        "Internal audit 2015/16",
    ] in rows_of(page, "assurance")


@pytest.mark.seed("S4-14")
def test_signed_up_is_flagged_where_only_approvals_are_meant() -> None:
    made = [submit(ROUND, code) for code in ("00A", "00B")]
    for each in made:
        approve(each)
    announce(ROUND, at=london(2015, 2, 18))
    visitor = asking(at=MARCH)
    query = "words=2+had+signed+up&day_day=18&day_month=2&day_year=2015"
    page = visitor.page(f"/delegation/stages/?{query}")
    assert "that was the number approved; 0 had signed. Approved is not signed." in main(page)
    assert [row[1:] for row in rows_of(page, "stages")] == [
        ["0", "0", "0", "0"],
        ["0", "0", "0", "0"],
        ["2", "2", "0", "0"],
    ]
    wrong = visitor.page("/delegation/stages/?words=many+signed&day_day=18&day_month=2&day_year=2015")
    assert errors(wrong)[0][1] == "id_words"


def test_the_counts_of_a_day_are_asked_for_without_words_and_say_their_base() -> None:
    approve(submit(ROUND, "00A"))
    announce(ROUND, at=london(2015, 2, 18))
    day = "day_day=17&day_month=2&day_year=2015"
    page = asking(at=MARCH).page(f"/delegation/stages/?words=&{day}")
    assert not errors(page)
    assert rows_of(page, "stages")[2][1:] == ["1", "0", "0", "0"]
    assert "every commissioner that ever applied at the level by that day" in main(page)
    assert "2 were open on that day" in main(page)


def test_an_embargo_is_not_given_away_by_the_counts() -> None:
    made = submit(ROUND, "00A")
    approve(made)
    announce(ROUND, at=london(2015, 2, 18), embargo_until=london(2015, 3, 20))
    page = asking(at=MARCH).page("/delegation/stages/?words=1+approved&day_day=1&day_month=4&day_year=2015")
    assert rows_of(page, "stages")[2][1:] == ["1", "0", "0", "0"]


def test_many_are_issued_at_once_where_both_sides_sign() -> None:
    assert "Everything that was approved has its agreement." in main(programme().page("/agreements/issue/"))
    assert programme().get("/agreements/nothing/").status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {"text": "NHS England delegates the functions named."},
        {"file": SimpleUploadedFile("a.txt", b"Words.\n")},
    ],
    ids=["written", "sent"],
)
def test_an_agreement_is_issued_with_its_text(sent: dict[str, Any]) -> None:
    made = submit(ROUND, "00A")
    approve(made)
    announce(ROUND, at=london(2015, 2, 18))
    Round.objects.filter(pk=ROUND).update(process="full")
    assert programme().post("/agreements/issue/", chosen=[made.pk], **sent).status_code == 302
    agreement = Agreement.objects.get(application=made)
    page = asking(at=MARCH).page(f"/agreements/{agreement.pk}/")
    name = "a.txt" if "file" in sent else "agreement.txt"
    assert facts_of(page)["Agreement"] == name
    assert asking(at=MARCH).get(links(page)[name]).status_code == 200


@pytest.mark.seed("S2-42")
def test_a_commissioner_s_agreements_say_how_they_last_and_end() -> None:
    agreement = make_agreement(ROUND, "00A", term_last_on=date(2020, 3, 31))
    actions.revoke_agreement(
        agreement=agreement.pk,
        ends_on=date(2016, 7, 1),
        reasons="It breached its duties.",
        by=PROGRAMME,
        at=london(2016, 5, 20),
    )
    visitor = asking(at=london(2016, 6, 1))
    there = "/commissioners/00A/agreements/"
    assert there in links(visitor.page("/commissioners/00A/history/")).values()
    page = visitor.page(there)
    assert "A review is due every 12 months" in main(page)
    [row] = rows_of(page, "agreements")
    assert row[1:] == ["Under notice", "1 April 2015", "Until 31 March 2020", "1 April 2016", "1 July 2016"]
    log = rows_of(page, f"log-{agreement.pk}")
    assert [
        "20 May 2016",
        "NHS England gave notice to revoke it, from 1 July 2016",
        "It breached its duties.",
    ] in log
    assert "It has had no agreement." in main(visitor.page("/commissioners/00B/agreements/"))
    assert visitor.get("/commissioners/99Z/agreements/").status_code == 404


@pytest.mark.seed("S2-14")
def test_a_level_2_position_shows_its_joint_committee_or_why_nothing_starts() -> None:
    make_round("2015-level-2", level=2)
    agreement = issued("2015-level-2")
    there, table = "/commissioners/00A/agreements/", f"committee-{agreement.pk}"
    page = asking(at=MARCH).page(there)
    assert "NHS England’s signature is refused. No joint committee of 00A and NHS England" in main(page)
    assert rows_of(page, table) == []
    actions.record_evidence(
        kind="joint_committee",
        commissioners=["00A"],
        held_on=date(2015, 3, 1),
        facts={"name": "Joint committee", "people": f"{NATIONAL_BODY}, director\n00A, lay chair"},
        source="Terms of reference",
        by=officer_of("00A"),
        at=MARCH,
    )
    page = asking(at=MARCH).page(there)
    assert "signature is refused. No" not in main(page)
    assert {(row[0], row[2]) for row in rows_of(page, table)} == {
        ("Director", "NHS England"),
        ("Lay chair", "The commissioner"),
    }


def test_a_text_that_is_refused_issues_nothing() -> None:
    made = submit(ROUND, "00A")
    approve(made)
    announce(ROUND, at=london(2015, 2, 18))
    Round.objects.filter(pk=ROUND).update(process="full")
    empty = {"file": SimpleUploadedFile("a.txt", b"")}
    answer = document(programme().post("/agreements/issue/", chosen=[made.pk], **empty))
    assert [field for _, field in errors(answer)] == ["id_file"]
    for nothing in ({}, {"text": "  "}):
        answer = document(programme().post("/agreements/issue/", chosen=[made.pk], **nothing))
        assert errors(answer) == [("Write the text of the agreement, or send it as a file.", "id_text")]
    both = {"text": "x", "file": SimpleUploadedFile("a.txt", b"Words.\n")}
    answer = document(programme().post("/agreements/issue/", chosen=[made.pk], **both))
    assert errors(answer) == [("Either write the text or send a file, not both", "id_text")]
    assert not Agreement.objects.exists()


def test_what_a_round_with_one_signature_signs_is_in_the_register_too() -> None:
    made = submit(ROUND, "00A")
    approve(made)
    announce(ROUND)
    actions.sign_arrangement(application=made.pk, by=PROGRAMME, at=london(2015, 3, 1))
    (row,) = queries.agreements_of("00A", london(2015, 4, 1))
    assert (row.state, row.effective_on) == ("in_effect", date(2015, 4, 1))
    assert officer_of("00A").acting_for == row.commissioner
