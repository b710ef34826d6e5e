"""The pages of those who assess: scoring, the chain, interests, the pack, and what follows a decision."""

from __future__ import annotations

from typing import Any

import pytest

from remit.delegation import actions
from remit.delegation.models import Application, Assignment, DutyLine, Round, Score
from remit.delegation.rules import criteria, criterion_groups
from tests.assessment_factories import (
    FIRST,
    MODERATOR,
    REGIONAL_MODERATOR,
    SECOND,
    assign_pair,
    flag,
    score_pair,
    scores,
    through_chain,
)
from tests.delegation_doors import Asking, asking, document, errors, facts_of, links, main, rows_of, stamp
from tests.delegation_factories import (
    DEADLINE,
    PROGRAMME,
    WEEK,
    announce,
    decide,
    make_commissioners,
    make_round,
    officer_of,
    submit,
)
from tests.factories import NATIONAL_BODY, make_organisation

pytestmark = pytest.mark.django_db

ROUND = "2015-level-3"
AT = DEADLINE.at + WEEK


@pytest.fixture(autouse=True)
def _trusting(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True


@pytest.fixture
def made() -> Application:
    make_organisation(NATIONAL_BODY, "national_body", "NHS England")
    make_commissioners("00A", "00B")
    make_round()
    return submit(ROUND, "00A")


def assessor_of(made: Application) -> Asking:
    """Somebody signed in who is assigned to it."""
    who = asking("national_assessor", NATIONAL_BODY, at=AT)
    actions.assign_assessor(
        application=made.pk, person=who.client.session["_auth_user_id"], by=PROGRAMME, at=AT
    )
    return who


def filled(group: str, score: int = 3) -> dict[str, str]:
    codes = [each.code for each in criterion_groups()[group].criteria]
    return {f"score_{code}": str(score) for code in codes} | {f"why_{code}": "See page 4." for code in codes}


def test_an_assessor_scores_group_by_group_and_hands_in(made: Application) -> None:
    who = assessor_of(made)
    assert "0 of 10 criteria" in main(who.page("/assessments/mine/"))
    first = f"/applications/{made.pk}/score/governance/"
    found = document(who.post(first, score_committee="3"))
    assert ("Say why you give that score for “Committee and its chair”", "id_why_committee") in errors(found)
    assert not Score.objects.exists()
    for group in criterion_groups():
        answer = who.post(f"/applications/{made.pk}/score/{group}/", **filled(group))
        assert answer.status_code == 302
    assert answer["Location"] == f"/applications/{made.pk}/score/"
    page = who.page(f"/applications/{made.pk}/score/")
    assert len(rows_of(page, "own-scores")) == len(criteria())
    who.post(f"/applications/{made.pk}/score/")
    assert Assignment.objects.get().finished_at == AT
    assert who.get(first).status_code == 302, "what is handed in stays as it is"


def test_scores_in_draft_are_kept_between_pages(made: Application) -> None:
    who = assessor_of(made)
    who.post(f"/applications/{made.pk}/score/money/", **filled("money", 2))
    found = who.page(f"/applications/{made.pk}/score/money/")
    radios = found.findall(".//input[@type='radio']")
    checked = [each.get("value") for each in radios if each.get("checked") is not None]
    assert checked == ["2", "2", "2"]
    assert "3 of 10 criteria" in main(who.page("/assessments/mine/"))


def test_the_assessment_page_is_blind_until_both_are_in(made: Application) -> None:
    assign_pair(made.pk, at=AT)
    for by in (FIRST, SECOND):
        actions.score_criteria(application=made.pk, scores=scores(1, finance=4), by=by, at=AT)
    actions.hand_in_scores(application=made.pk, by=FIRST, at=AT)
    moderator = asking("national_moderator", NATIONAL_BODY, at=AT)
    page = f"/applications/{made.pk}/assessment/"
    assert "Scores are shown here once both" in main(moderator.page(page))
    assert rows_of(moderator.page(page), "calibration") == []
    actions.hand_in_scores(application=made.pk, by=SECOND, at=AT)
    assert len(rows_of(moderator.page(page), "calibration")) == 10
    for visitor in (asking(at=AT), asking("commissioner_officer", "00A", at=AT)):
        assert visitor.get(page).status_code in {302, 404}


def test_the_chain_is_walked_on_pages(made: Application) -> None:
    local = asking("local_office_officer", "Y54", at=AT)
    assert [row[1] for row in rows_of(local.page("/assessments/waiting/"), "stages")] == ["Local endorsement"]
    stage = f"/applications/{made.pk}/assessment/stage/"
    assert [message for message, _ in errors(document(local.post(stage)))] == [
        "Select what you think of the application",
        "Enter your reasons",
    ]
    local.post(stage, view="supports", reasons="Ready.")
    asking("regional_moderator", "Y54", at=AT).post(stage, view="concerns", reasons="Mind the finance.")
    score_pair(made.pk, scores(3), scores(3, finance=1), at=AT)
    moderator = asking("national_moderator", NATIONAL_BODY, at=AT)
    refused = document(moderator.post(stage, view="supports", reasons="Fine."))
    assert ("The two scores differ. Moderate these: Delegated budget.", "id_reasons") in errors(refused)
    settle = f"/applications/{made.pk}/moderate/finance/"
    assert "First assessor: 3." in main(moderator.page(settle))
    moderator.post(settle, score="2", reasons="Between the two.")
    moderator.post(stage, view="supports", reasons="Fine.")
    assert "Ready for a decision" in main(moderator.page(f"/applications/{made.pk}/assessment/"))


def test_somebody_with_an_interest_is_not_offered(made: Application) -> None:
    programme = asking("programme_officer", NATIONAL_BODY, at=AT)
    who = asking("national_assessor", NATIONAL_BODY, at=AT)
    assign = f"/applications/{made.pk}/assessment/assign/"
    assert len(programme.page(assign).findall(".//input[@type='radio']")) == 1
    sent = {
        "kind": "financial",
        "what": "A share",
        "began_day": "1",
        "began_month": "1",
        "began_year": "2015",
    }
    assert errors(document(who.post("/interests/", **sent, organisation="ZZZ"))) == [
        ("Enter the code of an organisation in the register.", "id_organisation")
    ]
    who.post("/interests/", **sent, organisation="00a")
    assert rows_of(who.page("/interests/"), "interests")[0][2] == "A share"
    found = programme.page(assign)
    assert found.findall(".//input[@type='radio']") == []
    assert "1 of 1 assessors have an interest" in main(found)


def test_who_is_assigned_already_is_not_offered_again(made: Application) -> None:
    programme = asking("programme_officer", NATIONAL_BODY, at=AT)
    for _ in range(2):
        asking("national_assessor", NATIONAL_BODY, at=AT)
    assign = f"/applications/{made.pk}/assessment/assign/"
    offered, other = programme.page(assign).findall(".//input[@type='radio']")
    assert programme.post(assign, person=offered.get("value")).status_code == 302
    [left] = programme.page(assign).findall(".//input[@type='radio']")
    assert left.get("value") == other.get("value")
    again = document(programme.post(assign, person=offered.get("value")))
    assert [field for _, field in errors(again)] == ["id_person_0"]
    assert made.assessment.assignments.count() == 1


def test_what_followed_a_decision_and_taking_up_a_lower_level(made: Application) -> None:
    make_round("2015-level-2", level=2)
    decide(made, "lower_level_offered", at=AT)
    programme = asking("programme_officer", NATIONAL_BODY, at=AT)
    page = f"/applications/{made.pk}/outcome/"
    assert links(programme.page(page))["Send the letter"]
    programme.post(f"{page}letter/")
    officer = asking("commissioner_officer", "00A", at=AT)
    assert facts_of(officer.page(page))["Can be challenged until the end of"] == "13 February 2015"
    assert asking(at=AT).get(page).status_code == 404, "not public yet"
    answer = officer.post(f"{page}take-up/", round="2015-level-2")
    assert answer.status_code == 302
    assert Application.objects.get(round="2015-level-2").state == "submitted"


def test_a_challenge_is_lodged_on_its_page(made: Application) -> None:
    decide(made, "declined", at=AT)
    actions.send_outcome(application=made.pk, by=PROGRAMME, at=AT)
    officer = asking("commissioner_officer", "00A", at=AT)
    page = f"/applications/{made.pk}/challenge/"
    assert "13 February 2015" in main(officer.page(page))
    assert errors(document(officer.post(page))) == [("Enter your grounds", "id_grounds")]
    officer.post(page, grounds="A document was not read.")
    assert facts_of(officer.page(f"/applications/{made.pk}/outcome/"))["Challenge"].startswith("Lodged")


def test_conditions_are_settled_with_what_shows_it(made: Application) -> None:
    decide(made, "conditional", at=AT)
    who = asking("national_assessor", NATIONAL_BODY, at=AT)
    page = f"/applications/{made.pk}/outcome/conditions/1/"
    assert len(errors(document(who.post(page)))) == 2
    who.post(page, met="yes", evidence="The minutes of May.")
    row = rows_of(who.page(f"/applications/{made.pk}/outcome/"), "conditions")[0]
    assert row[3:] == ["Met", "The minutes of May."]
    anybody = asking(at=AT)
    assert "Nobody has been approved on conditions." in main(anybody.page("/conditions/"))
    announce(made.round_id, at=AT)
    assert rows_of(anybody.page("/conditions/"), "conditions")[0][4] == "Met The minutes of May."


def test_the_form_of_a_decision_says_which_decision_was_seen(made: Application) -> None:
    who = asking("national_assessor", NATIONAL_BODY, at=AT)
    page = f"/applications/{made.pk}/decide/"
    decide(made, "deferred", at=AT)
    late = who.client.post(
        page, {"outcome": "approved", "reasons": "Fine.", "seen": "", "shown": "1"}, headers=stamp(AT)
    )
    assert late.status_code == 409
    assert Application.objects.get(pk=made.pk).state == "deferred"


def test_a_flag_is_allocated_and_settled_on_its_page(made: Application) -> None:
    one = flag(made.pk, at=AT)
    programme = asking("programme_officer", NATIONAL_BODY, at=AT)
    who = asking("national_assessor", NATIONAL_BODY, at=AT)
    assert who.get(f"/flags/{one.pk}/").status_code == 404, "not allocated to them yet"
    programme.post(f"/flags/{one.pk}/", step=who.client.session["_auth_user_id"])
    assert rows_of(who.page("/flags/"), "flags")[0][1] == "Allocated"
    refused = document(who.post(f"/flags/{one.pk}/", step="resolved", words=""))
    assert errors(refused) == [("Enter your reasons, at most 1,000 characters.", "id_words")]
    who.post(f"/flags/{one.pk}/", step="resolved", words="It was renewed.")
    settled = rows_of(programme.page("/flags/"), "flags")[0]
    assert (settled[1], settled[3]) == ("Resolved", "It was renewed.")


def test_a_challenge_is_found_acknowledged_and_answered_on_pages(made: Application) -> None:
    decide(made, "declined", at=AT)
    actions.send_outcome(application=made.pk, by=PROGRAMME, at=AT)
    actions.lodge_challenge(application=made.pk, grounds="Unread.", by=officer_of("00A"), at=AT)
    programme = asking("programme_officer", NATIONAL_BODY, at=AT)
    found = links(programme.page("/assessments/waiting/"))
    page = next(href for words, href in found.items() if words.startswith("Challenge by"))
    assert page == f"/applications/{made.pk}/challenge/answer/"
    programme.post(page, step="acknowledged")
    moderator = asking("national_moderator", NATIONAL_BODY, at=AT)
    assert "Unread." in main(moderator.page(page))
    moderator.post(page, step="upheld", answer="It was not read.")
    assert Application.objects.get(pk=made.pk).state == "deferred"


def test_the_pack_says_in_words_which_duties_have_no_money(made: Application) -> None:
    for number, pence in enumerate((0, 0, 5_000_00)):
        DutyLine.objects.create(
            application=made,
            duty=f"duty-{number}",
            pence=pence,
            wte=1 if pence else 0,
            gap_pence=0,
            changed_at=AT,
            changed_by="test-officer",
        )
    who = asking("national_assessor", NATIONAL_BODY, at=AT)
    page = who.page(f"/rounds/{ROUND}/pack/?with={made.pk}")
    assert facts_of(page)["Duties without money"] == "2 of 3 duties unfunded"


def test_an_assessor_is_released_on_a_page(made: Application) -> None:
    assessor_of(made)
    programme = asking("programme_officer", NATIONAL_BODY, at=AT)
    page = f"/applications/{made.pk}/assessment/"
    release = links(programme.page(page))["Release an assessor"]
    assert errors(document(programme.post(release))) == [
        ("Select an assessor", "id_person_0"),
        ("Enter why they are released", "id_reasons"),
    ]
    held = Assignment.objects.get()
    programme.post(release, person=held.person, reasons="On leave until May.")
    held.refresh_from_db()
    assert held.released_because == "On leave until May."
    assert "Release an assessor" not in links(programme.page(page)), "nobody is left to release"
    moderator = asking("national_moderator", NATIONAL_BODY, at=AT)
    assert "Release an assessor" not in links(moderator.page(page))
    assert moderator.get(release).status_code == 403


def test_an_interest_is_ended_by_who_declared_it(made: Application) -> None:
    who, other = (asking("national_assessor", NATIONAL_BODY, at=AT) for _ in range(2))
    who.post(
        "/interests/",
        organisation="00A",
        kind="financial",
        what="A share",
        began_day="1",
        began_month="1",
        began_year="2015",
    )
    end = next(href for words, href in links(who.page("/interests/")).items() if "Say that it ended" in words)
    assert other.get(end).status_code == 404
    early = {"ended_day": "1", "ended_month": "12", "ended_year": "2014"}
    assert errors(document(who.post(end, **early))) == [
        ("An interest ends after it began, and by today.", "id_ended_day")
    ]
    who.post(end, ended_day="10", ended_month="1", ended_year="2015")
    assert rows_of(who.page("/interests/"), "interests")[0][3:] == ["1 January 2015 to 10 January 2015", ""]
    assert who.get(end).status_code == 404, "it ends once"


def test_only_a_moderator_is_led_to_settling_scores(made: Application) -> None:
    who = assessor_of(made)
    page = f"/applications/{made.pk}/assessment/"
    person = who.client.session["_auth_user_id"]
    actions.release_assessor(application=made.pk, person=person, reasons="Another pair.", by=PROGRAMME, at=AT)
    score_pair(made.pk, scores(3), scores(3, finance=1), at=AT)
    settle = f"/applications/{made.pk}/moderate/finance/"
    assert settle in links(asking("national_moderator", NATIONAL_BODY, at=AT).page(page)).values()
    programme = asking("programme_officer", NATIONAL_BODY, at=AT)
    assert len(rows_of(programme.page(page), "calibration")) == 10
    assert settle not in links(programme.page(page)).values()


def test_the_level_that_is_offered_is_chosen(made: Application) -> None:
    who = asking("national_assessor", NATIONAL_BODY, at=AT)
    page = f"/applications/{made.pk}/decide/"
    asked = {"outcome": "lower_level_offered", "reasons": "Too few people.", "reason_codes": "capacity"}
    wrong = errors(document(who.post(page, **asked, offered_level="3", shown="1")))
    assert [field for _, field in wrong] == ["id_offered_level_0"]
    who.post(page, **asked, offered_level="1", shown="1")
    found = who.page(f"/applications/{made.pk}/outcome/")
    assert facts_of(found)["Level offered"].startswith("Level 1, greater involvement")


def test_the_application_leads_to_what_followed_its_decision_for_those_who_may_know(
    made: Application,
) -> None:
    decide(made, "declined", at=AT)
    page, words = f"/applications/{made.pk}/", "What followed the decision"
    officer = asking("commissioner_officer", "00A", at=AT)
    assert words in links(asking("programme_officer", NATIONAL_BODY, at=AT).page(page))
    assert words not in links(asking(at=AT).page(page)), "not public yet"
    actions.send_outcome(application=made.pk, by=PROGRAMME, at=AT)
    assert links(officer.page(page))[words] == f"{page}outcome/"


def test_what_is_not_assessed_yet_is_refused_beside_the_decision_and_what_was_typed_stays(
    made: Application,
) -> None:
    Round.objects.update(process="full")
    who = asking("national_assessor", NATIONAL_BODY, at=AT)
    page = f"/applications/{made.pk}/decide/"
    assert links(who.page(page))["Scores, in the pack of its round"] == f"/rounds/{ROUND}/pack/"
    answer = document(who.post(page, outcome="approved", reasons="It meets all of it.", shown="1"))
    assert errors(answer) == [
        (
            "The assessment is still at its beginning. It is decided once national moderation is concluded.",
            "id_outcome_0",
        )
    ]
    assert "It meets all of it." in main(answer)


def test_a_moderator_is_led_to_what_waits_and_a_score_too_early_says_why_not(made: Application) -> None:
    make_round("idle", effective_on=DEADLINE.at.date() + WEEK * 9)
    through_chain(made.pk, "regional_moderation", at=AT)
    actions.moderate_in_region(
        application=made.pk, view="supports", reasons="Ready.", by=REGIONAL_MODERATOR, at=AT
    )
    who = asking("national_moderator", NATIONAL_BODY, at=AT)
    page = who.page("/assessments/waiting/")
    assert len(rows_of(page, "stages")) == 1
    assert "/rounds/idle/assessments/" not in links(page).values()
    assert f"/rounds/{ROUND}/assessments/" in links(page).values()
    early = who.get(f"/applications/{made.pk}/moderate/finance/")
    assert early.status_code == 403
    assert "Both assessors hand in their scores first." in main(document(early, 403))
    score_pair(made.pk, scores(3), scores(3, finance=1), at=AT)
    same = who.get(f"/applications/{made.pk}/moderate/committee/")
    assert "Settle only where the two differ." in main(document(same, 403))
    assert who.get(f"/applications/{made.pk}/moderate/finance/").status_code == 200


def test_an_assessor_who_left_for_an_interest_is_told_to_the_programme(made: Application) -> None:
    assign_pair(made.pk, at=AT)
    actions.declare_interest(
        organisation="00A", kind="financial", what="A share", began_on=AT.date(), by=FIRST, at=AT
    )
    who = asking("programme_officer", NATIONAL_BODY, at=AT)
    notice = "An assessor declared an interest and was released; assign another"
    assert notice in main(who.page(f"/applications/{made.pk}/assessment/"))
    assert notice in main(who.page("/assessments/waiting/"))
    assert who.get("/interests/").status_code == 200, "the programme declares interests too"


def test_the_public_reads_that_a_decision_was_challenged_and_what_became_of_it(made: Application) -> None:
    other = submit(ROUND, "00B")
    for each in (made, other):
        decide(each, "declined", at=AT)
    actions.send_outcome(application=made.pk, by=PROGRAMME, at=AT)
    page = f"/applications/{made.pk}/"
    assert "Can be challenged until the end of" not in facts_of(asking(at=AT).page(page)), "not public yet"
    actions.close_round(code=ROUND, by=PROGRAMME, at=AT)
    assert facts_of(asking(at=AT).page(page))["Can be challenged until the end of"] == "13 February 2015"
    actions.lodge_challenge(application=made.pk, grounds="Unread pages.", by=officer_of("00A"), at=AT)
    read = asking(at=AT).page(page)
    assert facts_of(read)["Challenge"] == "Lodged on 16 January 2015."
    assert "Unread pages." not in main(read)
    assert "Declined" in main(read)
    actions.acknowledge_challenge(application=made.pk, by=PROGRAMME, at=AT)
    actions.answer_challenge(application=made.pk, is_upheld=True, answer="True.", by=MODERATOR, at=AT)
    read = asking(at=AT).page(page)
    assert facts_of(read)["Challenge"] == "Upheld on 16 January 2015. Lodged on 16 January 2015."
    assert "Being decided again" in main(read)
    assert "Challenge" not in facts_of(asking(at=AT).page(f"/applications/{other.pk}/"))
    decide(made, "declined", at=AT + WEEK)
    assert "Being decided again" not in main(asking(at=AT + WEEK).page(page))


def test_an_approval_is_not_said_to_be_open_to_a_challenge(made: Application) -> None:
    decide(made, "approved", at=AT)
    programme = asking("programme_officer", NATIONAL_BODY, at=AT)
    page = f"/applications/{made.pk}/outcome/"
    programme.post(f"{page}letter/")
    officer = asking("commissioner_officer", "00A", at=AT)
    assert "Can be challenged until the end of" not in facts_of(officer.page(page))
    assert "Challenge the decision" not in links(officer.page(page))


def test_flags_name_who_looks_into_them_or_say_an_assessor(made: Application) -> None:
    raised = flag(made.pk, at=AT)
    actions.allocate_flag(flag=raised.pk, person=SECOND.person, by=PROGRAMME, at=AT)
    page = main(asking("programme_officer", NATIONAL_BODY, at=AT).page("/flags/"))
    assert SECOND.person not in page
    assert "An assessor" in page


def test_a_pack_with_nothing_chosen_says_nothing_of_flags_or_duties(made: Application) -> None:
    flag(made.pk, at=AT)
    who = asking("national_assessor", NATIONAL_BODY, at=AT)
    assert set(facts_of(who.page(f"/rounds/{ROUND}/pack/"))) == {
        "Applications in the combination",
        "What they come to",
    }
    chosen = facts_of(who.page(f"/rounds/{ROUND}/pack/?with={made.pk}"))
    assert chosen["Flags open"] == "1"
