"""The full form in the browser: sections, tables, statements, two sides, signatures, changes and tallies."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from remit.accounts.models import Person
from remit.delegation import actions
from remit.delegation.models import Application, ChangeRequest, DutyLine, Statement
from tests.delegation_doors import (
    Asking,
    asking,
    document,
    errors,
    facts_of,
    links,
    main,
    rows_of,
    stamp,
    words,
)
from tests.delegation_factories import (
    DEADLINE,
    PROGRAMME,
    draft,
    london,
    make_arrangement,
    make_round,
    officer_of,
    record_vote,
)
from tests.delegation_filling import FULL_ROUND, OFFICE, filled, make_full_round, sign_both, submit_full
from tests.factories import NATIONAL_BODY

pytestmark = pytest.mark.django_db

BEFORE = DEADLINE.at - timedelta(hours=1)
POST = {"post": "Accountable Officer"}
AFTER = DEADLINE.at + timedelta(days=3)


@pytest.fixture(autouse=True)
def _a_round(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True
    make_full_round(FULL_ROUND, "00A", "00B")


@pytest.fixture
def officer() -> Asking:
    return asking("commissioner_officer", "00A", at=BEFORE)


@pytest.fixture
def local() -> Asking:
    return asking("local_office_officer", OFFICE, at=BEFORE)


def begun() -> Application:
    return draft(FULL_ROUND, "00A", answers={}, at=BEFORE)


def at(made: Application, *rest: str) -> str:
    return "/".join((f"/applications/{made.pk}", *rest, ""))


def tasks(page: Any) -> dict[str, str]:
    items = page.findall(".//ul[@class='nhsuk-task-list']/li")
    return {words(each.find(".//a")): words(each.findall("div")[-1]) for each in items}


def test_the_task_list_says_how_far_each_section_is(officer: Asking) -> None:
    made = begun()
    before = tasks(officer.page(at(made)))
    assert len(before) == 12
    assert set(before.values()) == {"Not started"}
    officer.post(at(made, "answer", "bid"), answer="alone", seen="")
    assert tasks(officer.page(at(made)))["What you apply for"] == "In progress"
    done = filled("00B")
    assert set(tasks(asking("commissioner_officer", "00B", at=BEFORE).page(at(done))).values()) == {
        "Completed"
    }


def test_one_answer_leads_to_the_next_of_its_section_and_then_back(officer: Asking) -> None:
    made = begun()
    sent = officer.post(at(made, "answer", "bid"), answer="alone", seen="")
    assert sent["Location"] == at(made, "answer", "contractors")
    sent = officer.post(at(made, "answer", "contractors"), answer=["general_practice"], seen="")
    assert sent["Location"] == at(made, "answer", "powers_on")
    day = {"answer_day": "1", "answer_month": "4", "answer_year": "2015"}
    assert officer.post(at(made, "answer", "powers_on"), seen="", **day)["Location"] == at(
        made, "sections", "scope"
    )
    assert Application.objects.get(pk=made.pk).answers == {
        "bid": "alone",
        "contractors": "general_practice",
        "powers_on": "2015-04-01",
    }
    assert "General practice" in main(officer.page(at(made, "sections", "scope")))


@pytest.mark.seed("S0-20")
def test_that_the_constitution_is_amended_is_refused_until_it_is_on_record(officer: Asking) -> None:
    here = at(begun(), "answer", "constitution")
    refused = document(officer.post(here, answer="amended", seen=""))
    [(message, field)] = errors(refused)
    assert message.startswith("Nothing on record shows that your constitution has been amended. Record")
    assert field == "id_answer_0"
    record = links(refused)["Record the amendment of the constitution"]
    day = {"held_day": "1", "held_month": "12", "held_year": "2014"}
    sent = officer.post(
        record, route="amended", source="Minutes of the governing body", commissioners="00A", **day
    )
    assert sent.status_code == 302, errors(document(sent))
    assert officer.post(here, answer="amended", seen="").status_code == 302
    assert Application.objects.get().answers == {"constitution": "amended"}


def test_a_number_that_is_none_is_said_beside_its_field(officer: Asking) -> None:
    made = begun()
    sent = officer.post(at(made, "answer", "allocation"), answer="lots", seen="")
    [(message, field)] = errors(document(sent))
    assert "Enter an amount in pounds" in message
    assert field == "id_answer"
    sent = officer.post(at(made, "answer", "contractors"), seen="")
    assert errors(document(sent)) == [("Select at least one of the answers", "id_answer_0")]


def test_of_two_colleagues_at_once_the_second_sees_the_first_answer_and_keeps_her_own(
    officer: Asking,
) -> None:
    made = begun()
    officer.post(at(made, "answer", "strategy"), answer="First.", seen="")
    page = document(officer.post(at(made, "answer", "strategy"), answer="Second.", seen=""))
    assert "Somebody else changed this answer" in errors(page)[0][0]
    assert "First." in main(page)
    assert words(page.find(".//textarea")) == "Second."
    seen = page.find(".//input[@name='seen']").get("value")
    assert seen == "First."
    officer.post(at(made, "answer", "strategy"), answer="Second.", seen=seen)
    assert Application.objects.get(pk=made.pk).answers["strategy"] == "Second."


@pytest.mark.seed("S0-35")
def test_a_duty_with_nothing_is_unfunded_in_words(officer: Asking) -> None:
    made = begun()
    page = officer.page(at(made, "answer", "duties", "lines"))
    assert main(page).count("Not filled in yet") == 12
    form = at(made, "answer", "duties", "lines", "new")
    said = {"duty": "premises", "pence": "0", "wte": "0", "source": "", "gap_pence": "5,000", "seen": "0"}
    assert officer.post(form, **said)["Location"] == at(made, "answer", "duties", "lines")
    officer.post(form, **said | {"duty": "complaints", "pence": "10,000.50", "wte": "0.5", "gap_pence": "0"})
    shown = main(officer.page(at(made, "answer", "duties", "lines")))
    assert "1 of 2 duties unfunded." in shown
    assert "Unfunded: no money and nobody comes with this duty" in shown
    assert "Together they have £10,000.50 a year." in shown
    assert DutyLine.objects.get(duty="complaints").pence == 1_000_050
    wrong = document(officer.post(form, **said | {"duty": "gms_contracts", "pence": "x", "wte": "0.001"}))
    assert {field for _, field in errors(wrong)} == {"id_pence", "id_wte"}


@pytest.mark.seed("S1-05")
def test_each_claimed_benefit_shows_its_measure_and_review_day_or_that_it_is_not_measured() -> None:
    shown = main(asking(at=AFTER).page(at(submit_full("00A"))))
    assert "Shorter waits" in shown
    assert "Days to a first appointment" in shown
    assert "1 April 2016" in shown
    assert "More joined-up care" in shown
    assert "Not measured" in shown
    assert "1 of 2 benefits not measured." in shown


@pytest.mark.seed("S2-35")
def test_the_gap_in_people_is_shown_to_everybody() -> None:
    made = submit_full("00A")
    shown = main(asking(at=AFTER).page(at(made)))
    assert "2.5 people now, 5 needed: a gap of 2.5 whole-time equivalents." in shown
    assert "Which services is the application about? General practice" in shown


@pytest.mark.seed("S2-35")
def test_contractors_that_join_later_are_on_the_page_of_the_application() -> None:
    """Pharmacy comes as a variation of the same arrangement; the page of the application says from when."""
    make_round("2015-short")
    arrangement = make_arrangement("2015-short", "00A")
    here = f"/applications/{arrangement.application_id}/"
    visitor = asking(at=london(2023, 4, 2))
    assert "Nothing has changed." in main(visitor.page(here))
    actions.vary_scope(
        arrangement=arrangement.pk,
        change=actions.ScopeChange(groups_added=("pharmacy",)),
        effective_on=date(2023, 4, 1),
        instrument="Deed of variation",
        reasons="More services.",
        by=PROGRAMME,
        at=london(2023, 3, 1),
    )
    page = visitor.page(here)
    assert rows_of(page, "scope") == [["1 April 2023", "Adds community pharmacy.", "Deed of variation"]]
    assert links(page)["1 April 2023"] == "/commissioners/00A/powers/?on=2023-04-01"


@pytest.mark.seed("S3-05")
def test_where_no_money_is_passed_everybody_reads_so(officer: Asking) -> None:
    made = filled("00A")
    for line in DutyLine.objects.filter(application=made):
        values = {"duty": line.duty, "pence": "0", "wte": "0", "source": "", "gap_pence": "0"}
        actions.save_line(
            application=made.pk,
            question="duties",
            values=values,
            line=line.pk,
            by=officer_of("00A"),
            at=BEFORE,
        )
    officer.post(at(made, "answer", "running_costs"), answer="0", seen="9000000")
    sign_both(made, at=BEFORE)
    officer.post(at(made, "check"))
    shown = main(asking(at=AFTER).page(at(made)))
    assert "No resources passed" in shown
    assert "12 of 12 duties unfunded." in shown


def test_what_is_public_and_what_is_not() -> None:
    made = submit_full("00A")
    public, own = asking(at=AFTER), asking("commissioner_officer", "00A", at=AFTER)
    shown = main(public.page(at(made)))
    assert "3 of 12 duties unfunded." in shown
    assert "1 of 2 benefits not measured." in shown
    assert "That is the same as the running-cost budget of £90,000." in shown
    assert "7 answers are read only by" in shown
    for private in ("five-year plan", "Two premises schemes", "Share with a neighbour"):
        assert private not in shown
        assert private in main(own.page(at(made)))
    assert rows_of(public.page(at(made)), "signatures")[0][0] == "The commissioner"


def test_lines_are_changed_and_taken_off(officer: Asking) -> None:
    made = filled("00A")
    here = at(made, "answer", "benefits", "lines")
    page = officer.page(here)
    change = links(page)["Change: Shorter waits"]
    form = officer.page(change)
    assert words(form.find(".//textarea[@name='what']")) == "Shorter waits"
    assert form.find(".//input[@name='review_on_year']").get("value") == "2016"
    version = form.find(".//input[@name='seen']").get("value")
    said = {"what": "Shorter waits", "indicator": "", "review_on_day": "", "seen": version}
    officer.post(change, **said)
    assert "2 of 2 benefits not measured." in main(officer.page(here))
    assert (
        "Somebody else changed this" in errors(document(officer.post(change, **said | {"what": "x"})))[0][0]
    )
    remove = links(officer.page(here))["Take off: Shorter waits"]
    assert "Shorter waits" in main(officer.page(remove))
    officer.post(remove)
    assert "Shorter waits" not in main(officer.page(here))


def test_a_statement_keeps_its_document_and_refuses_what_could_run(officer: Asking) -> None:
    made = begun()
    form = at(made, "answer", "conflicts_policy", "statement")
    script = SimpleUploadedFile("policy.svg", b"<svg onload='alert(1)'/>")
    sent = officer.post(form, answer="yes", words="", seen="0", file=script)
    assert errors(document(sent))[0][1] == "id_file"
    assert not Statement.objects.exists()
    good = SimpleUploadedFile("policy.txt", b"Our policy.")
    assert officer.post(form, answer="yes", words="", seen="0", file=good).status_code == 302
    assert "Kept now: policy.txt" in main(officer.page(form))
    officer.post(form, answer="yes", words="Since May.", seen="1")
    kept = Statement.objects.get()
    assert kept.words == "Since May."
    where = at(made, "documents", str(kept.document_id))
    assert asking(at=BEFORE).get(where).status_code == 404, "a draft's document is nobody else's business"
    answer = officer.get(where)
    assert answer.content == b"Our policy."
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_statement_that_is_not_yes_is_explained(officer: Asking) -> None:
    sent = officer.post(at(begun(), "answer", "registers", "statement"), answer="no", words="", seen="0")
    assert errors(document(sent)) == [("Explain your answer, as it is not “Yes”.", "id_answer_0")]


def test_the_local_office_finds_its_drafts_and_fills_in_its_own_sections(
    officer: Asking, local: Asking
) -> None:
    made = begun()
    assert at(made) in links(local.page("/applications/")).values()
    assert local.get(at(made, "answer", "bid")).status_code == 404
    assert local.post(at(made, "answer", "allocation"), answer="5", seen="").status_code == 302
    assert local.get(at(made, "check")).status_code == 403
    elsewhere = asking("local_office_officer", "Y99", at=BEFORE)
    assert elsewhere.get(at(made)).status_code == 404


def test_both_sign_then_it_is_submitted(officer: Asking, local: Asking) -> None:
    made = filled("00A")
    page = document(officer.post(at(made, "check")))
    assert "It is not signed by the commissioner and NHS England's local office." in main(page)
    assert "Sign for the commissioner" in main(officer.page(at(made, "signature")))
    assert officer.post(at(made, "signature"), **POST)["Location"] == at(made)
    assert "Sign for NHS England's local office" in main(local.page(at(made, "signature")))
    local.post(at(made, "signature"), **POST)
    assert officer.post(at(made, "check"))["Location"] == at(made, "receipt")
    shown = asking(at=AFTER).page(at(made))
    assert facts_of(shown)["Received"]
    rows = rows_of(shown, "signatures")
    assert [row[0] for row in rows] == ["The commissioner", "NHS England's local office"]
    names = set(Person.objects.values_list("name", flat=True))
    assert {row[1].removesuffix(" Accountable Officer") for row in rows} <= names
    assert all(row[1].endswith(" Accountable Officer") for row in rows)


def test_a_post_is_asked_for_and_what_is_void_is_folded_apart(officer: Asking) -> None:
    made = filled("00A")
    sign_both(made, at=BEFORE)
    officer.post(at(made, "answer", "strategy"), answer="Changed.", seen="It follows the five-year plan.")
    wrong = document(officer.post(at(made, "signature"), post=""))
    assert errors(wrong) == [("Enter your post, such as Accountable Officer", "id_post")]
    officer.post(at(made, "signature"), **POST)
    for page in (officer.page(at(made)), officer.page(at(made, "signature"))):
        assert [row[0] for row in rows_of(page, "signatures")] == ["The commissioner"]
        [folded] = page.findall(".//main//details")
        assert "Signatures that a later change made void (2)" in words(folded)
        void = rows_of(page, "voided")
        assert [row[1] for row in void] == ["Ada Marsh Accountable Officer"] * 2
        assert void[0][-1].startswith("How does this fit your plan")


def test_an_unfinished_form_cannot_be_signed(officer: Asking) -> None:
    made = begun()
    page = officer.page(at(made, "signature"))
    assert "It can be signed once these questions are answered" in main(page)
    assert links(page)["Do you apply alone or with other commissioners?"] == at(made, "answer", "bid")
    assert "Answer these questions first" in main(document(officer.post(at(made, "signature"), **POST)))


def test_a_change_is_asked_for_answered_signed_and_closed(local: Asking) -> None:
    made = submit_full("00A")
    assessor, own = (
        asking("national_assessor", NATIONAL_BODY, at=AFTER),
        asking("commissioner_officer", "00A", at=AFTER),
    )
    wrong = document(assessor.post(at(made, "changes", "new"), question="", words=""))
    assert {field for _, field in errors(wrong)} == {"id_question", "id_words"}
    assessor.post(at(made, "changes", "new"), question="strategy", words="Which plan?")
    asked = ChangeRequest.objects.get()
    assert rows_of(own.page(at(made, "changes")), "changes")[0][1:3] == ["Which plan?", "Asked"]
    page = own.page(at(made, "changes", asked.pk))
    assert "What the answer said when this was asked for It follows the five-year plan." in main(page)
    assert links(page)["Change the answer to this question"] == at(made, "answer", "strategy")
    before = Application.objects.get(pk=made.pk).answers["strategy"]
    own.post(at(made, "answer", "strategy"), answer="The plan of 2014.", seen=before)
    assert own.get(at(made, "answer", "pressures")).status_code == 302, "nothing else reopens"
    own.post(at(made, "changes", asked.pk), act="answer", words="It names the plan.")
    for who in (own, assessor):
        shown = main(who.page(at(made, "changes", asked.pk)))
        assert "What the answer said before It follows the five-year plan." in shown
        assert "What the answer said after The plan of 2014." in shown
        assert "The answer was changed." in shown
    early = document(assessor.post(at(made, "changes", asked.pk), act="close"))
    assert "It is not signed by the commissioner and NHS England's local office." in main(early)
    own.post(at(made, "signature"), **POST)
    local.post(at(made, "signature"), **POST, at=AFTER)
    assessor.post(at(made, "changes", asked.pk), act="close")
    assert ChangeRequest.objects.get().state == "closed"
    assert "The answer was changed. An assessor closed it on" in main(own.page(at(made, "changes", asked.pk)))
    assert asking(at=AFTER).get(at(made, "changes")).status_code == 302
    assert asking("commissioner_officer", "00B", at=AFTER).get(at(made, "changes")).status_code == 403


@pytest.mark.seed("S0-17")
@pytest.mark.seed("S2-11")
def test_intended_uses_are_counted_with_their_base() -> None:
    submit_full("00A")
    other = filled("00B", at=BEFORE)
    actions.save_answer(
        application=other.pk, question="replace_qof", answer="undecided", by=officer_of("00B"), at=BEFORE
    )
    public = asking(at=AFTER)
    here = f"/rounds/{FULL_ROUND}/tallies/"
    assert rows_of(public.page(here), "tally-replace_qof")[0] == ["Yes", "1"], "a draft is not counted"
    sign_both(other, at=BEFORE)
    actions.submit_application(application=other.pk, by=officer_of("00B"), at=BEFORE)
    page = public.page(here)
    assert rows_of(page, "tally-replace_qof") == [
        ["Yes", "1"],
        ["No", "0"],
        ["Not decided yet", "1"],
        ["No answer", "0"],
    ]
    assert "2 of the 2 applications submitted answered." in main(page)
    assert ["Approve mergers of practices", "2"] in rows_of(page, "tally-powers_wanted")
    assert public.get("/rounds/none/tallies/").status_code == 404


def test_at_the_deadline_the_full_form_is_late_too(officer: Asking) -> None:
    """The last byte's stamp counts for the full form too."""
    made = filled("00A")
    sign_both(made, at=BEFORE)
    late = officer.client.post(at(made, "check"), headers=stamp(DEADLINE.at))
    assert late.status_code == 409
    assert Application.objects.get(pk=made.pk).state == "draft"


def test_a_session_that_ends_while_somebody_types_loses_nothing(officer: Asking) -> None:
    """Signed out meanwhile, one signs in again, finds what one typed, and saves it."""
    make_full_round("three", groups=("general_practice", "pharmacy", "dental"))
    made, person = begun(), Person.objects.get()
    for path, sent, field in (
        (at(made, "answer", "strategy"), {"answer": "Two hours of typing.", "seen": ""}, "answer"),
        (
            at(made, "answer", "capacity", "lines", "new"),
            {"what": "Two hours of typing.", "seen": "0"},
            "what",
        ),
    ):
        officer.client.cookies.pop("sessionid", None)
        assert officer.post(path, **sent)["Location"].startswith("/accounts/login/?next=/applications/")
        assert Application.objects.get(pk=made.pk).answers == {}
        officer.client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        page = officer.page(path)
        assert words(page.find(f".//textarea[@name='{field}']")) == "Two hours of typing."
        assert "You were signed out before this page was saved" in words(page)
        assert "Two hours" not in words(officer.page(path)), "shown once, then it is as it is kept"
    several = at(draft("three", "00A", answers={}, at=BEFORE), "answer", "contractors")
    officer.client.cookies.pop("sessionid", None)
    officer.post(several, answer=["dental", "pharmacy"], seen="")
    officer.client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    chosen = [each.get("value") for each in officer.page(several).findall(".//input[@checked]")]
    assert chosen == ["pharmacy", "dental"]


def test_a_lost_vote_is_read_before_anybody_signs_or_submits(officer: Asking, local: Asking) -> None:
    made = filled("00A")
    pages = [(officer, at(made)), (officer, at(made, "check")), (local, at(made, "signature"))]
    assert not [path for who, path in pages if "Members voted against" in main(who.page(path))]
    record_vote("00A", in_favour=10, against=25, at=BEFORE)
    for who, path in pages:
        assert "Ballot of 1 December 2014: 10 for, 25 against" in main(who.page(path)), path


def test_a_change_of_a_table_that_is_closed_unanswered_says_so() -> None:
    made = submit_full("00A")
    assessor = asking("national_assessor", NATIONAL_BODY, at=AFTER)
    assessor.post(at(made, "changes", "new"), question="capacity", words="Is that all?")
    path = at(made, "changes", ChangeRequest.objects.get().pk)
    page = assessor.page(path)
    assert "Team or function: Contracting; People now: 1.5; People needed: 4" in main(page)
    assert "Close it, as it is no longer needed" in main(page)
    assessor.post(path, act="close")
    assert "closed without an answer, as no longer needed. Nothing was changed." in main(assessor.page(path))


def test_the_check_page_says_what_is_missing_and_offers_to_submit_only_what_can_be(officer: Asking) -> None:
    def buttons(page: Any) -> list[str]:
        return [words(each) for each in page.findall(".//main//button")]

    made = filled("00A", leave=("bid",))
    page = officer.page(at(made, "check"))
    assert "Submit the application" not in buttons(page)
    assert links(page)["Do you apply alone or with other commissioners?"] == at(made, "answer", "bid")
    officer.post(at(made, "answer", "bid"), answer="alone", seen="")
    page = officer.page(at(made, "check"))
    assert "Submit the application" not in buttons(page)
    assert "Not signed yet by the commissioner and NHS England's local office." in main(page)
    sign_both(made, at=BEFORE)
    assert "Submit the application" in buttons(officer.page(at(made, "check")))


def test_the_local_office_reads_words_of_its_own(local: Asking) -> None:
    made = begun()
    page = main(local.page(at(made)))
    assert "You and the commissioner fill this in together" in page
    assert "You and NHS England's local office" not in page
    assert "The commissioner has not finished “Constitution” yet" in main(local.page(at(made, "signature")))


def test_before_one_begins_the_sections_of_the_form_are_listed() -> None:
    page = asking("commissioner_officer", "00A", at=BEFORE).page(f"/rounds/{FULL_ROUND}/apply/")
    said = main(page)
    assert "What you apply for" in said
    assert "Money (with NHS England's local office)" in said
    assert "How did you ask your member practices?" not in said
    assert "NHS England's local office sees the draft" in said
