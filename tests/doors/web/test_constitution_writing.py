"""Those who keep a body's constitution write it on the pages and take it through its steps, without a script."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from remit.constitutions import actions
from remit.constitutions.models import Clause, Text
from remit.engines.constitution import READERS
from remit.web.constitutions.forms.rules import KINDS
from tests.constitution_factories import CLAUSES, TODAY, make_constitution, make_draft, secretary_of
from tests.delegation_doors import asking, document, errors, facts_of, links, main, rows_of
from tests.factories import NATIONAL_BODY, NOW, make_organisation

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
SECRETARY = ("members_secretary", "00A")
BY = secretary_of("00A")
TOO_URGENT = "Urgent notice is no longer than the usual one."
A_BAND = "Write each band on a line of its own, like 5000 2"


@pytest.fixture(autouse=True)
def _a_body(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True
    make_organisation(NATIONAL_BODY, "national_body", "NHS ENGLAND")
    make_organisation("00A", "ccg", "NHS VALE CCG")


def secretary() -> Any:
    return asking(*SECRETARY, at=LATER)


def typed(prefix: str, day: Any) -> dict[str, str]:
    return {f"{prefix}_day": str(day.day), f"{prefix}_month": str(day.month), f"{prefix}_year": str(day.year)}


def agreed(*, needs_approval: bool = True) -> str:
    rule = {"kind": "amendment", "needs_approval": needs_approval}
    make_constitution(clauses={**CLAUSES, "15": ("Amendment.", [rule])})
    made = make_draft(clauses={"1": ("New.", [])}, title="Amendment")
    actions.propose_amendment(text=made.pk, by=BY, at=NOW)
    actions.record_members_answer(text=made.pk, is_agreed=True, on=TODAY, source="Minutes", by=BY, at=NOW)
    return f"/constitutions/texts/{made.pk}/"


def test_a_first_constitution_is_written_with_its_rules_and_recorded_as_adopted() -> None:
    who = secretary()
    assert (
        links(who.page("/constitutions/00A/"))["Begin a draft or an amendment"] == "/constitutions/00A/draft/"
    )
    sent = who.post("/constitutions/00A/draft/", document="constitution", title="Constitution", model="")
    text = sent.url
    sent = who.post(f"{text}clauses/", number="8.2", heading="Votes", words="Three quarters carry.")
    assert sent.url == f"{text}clauses/8.2/"
    assert who.post(f"{sent.url}rules/", kind="majority").url == f"{sent.url}rules/majority/"
    who.post(
        f"{sent.url}rules/majority/",
        share="75%",
        is_strict="no",
        basis="cast",
        unit="voters",
        in_each_locality="no",
        motions=["amendment", "merger"],
    )
    page = who.page(sent.url)
    assert (
        "At least 75% of votes cast carries, by heads Only for: Amendment of the constitution, Merger"
        in main(page)
    )
    who.post(f"{sent.url}rules/notice/", days="14", urgent_days="")
    who.post(f"{sent.url}rules/1/remove/")
    kept = Clause.objects.get(number="8.2")
    assert kept.rules == [{"kind": "notice", "days": 14}]
    assert (kept.heading, kept.words) == ("Votes", "Three quarters carry.")
    day = TODAY - timedelta(days=9)
    who.post(f"{text}record/", **typed("agreed", day), **typed("in_force", day), source="Minutes of 2014")
    assert "Its rules" not in main(who.page(text))
    assert rows_of(who.page(text), "steps")[0][0] == "Adopted"
    assert "Three quarters carry." in main(asking(at=LATER).page("/constitutions/00A/"))


def test_an_amendment_from_a_model_goes_through_members_and_nhs_england() -> None:
    make_constitution()
    who = secretary()
    text = who.post(
        "/constitutions/00A/draft/",
        document="constitution",
        title="Delegated powers",
        purpose="To take part.",
        model="delegated_powers",
    ).url
    assert "At least 60% of all on the roll carries" in main(who.page(text))
    assert links(who.page(text))["Put it to the members"] == f"{text}propose/"
    who.post(f"{text}propose/")
    assert "Change it" not in main(who.page(text))
    who.post(f"{text}answer/", answer="yes", **typed("decided", TODAY), source="Minutes, item 4")
    who.post(f"{text}send/")
    officer = asking("programme_officer", NATIONAL_BODY, at=LATER)
    assert set(links(officer.page(text))) >= {"Approve it for NHS England", "Do not approve it"}
    assert "Approve it for NHS England" not in links(who.page(text))
    officer.post(f"{text}approve/", **typed("in_force", TODAY), words="Approved.")
    page = asking(at=LATER).page(text)
    assert facts_of(page)["Document"] == "Constitution Version 2"
    assert [row[4] for row in rows_of(page, "steps")][1] == "Minutes, item 4"
    assert who.get(f"{text}send/").url == text, "what is done already leads to the text"


def test_nhs_england_does_not_approve_and_says_why() -> None:
    text = agreed()
    secretary().post(f"{text}send/")
    officer = asking("programme_officer", NATIONAL_BODY, at=LATER)
    assert errors(document(officer.post(f"{text}refuse/"))) == [("Enter the reasons", "id_reasons")]
    officer.post(f"{text}refuse/", reasons="No lay majority.")
    assert "No lay majority." in main(asking(at=LATER).page(text))


def test_adopting_without_approval_is_refused_with_the_clause() -> None:
    text = agreed()
    page = document(secretary().post(f"{text}adopt/", **typed("in_force", TODAY)))
    said = "NHS England has to approve this amendment. Send it first. (Clause 15)"
    assert errors(page) == [(said, "id_in_force_day")]


def test_an_amendment_does_not_reach_back() -> None:
    text = agreed(needs_approval=False)
    page = document(secretary().post(f"{text}adopt/", **typed("in_force", TODAY - timedelta(days=1))))
    assert errors(page)[0][0].startswith("An amendment never reaches back")
    secretary().post(f"{text}adopt/", **typed("in_force", TODAY))
    assert Text.objects.get(number=2).state == "adopted"


def test_clauses_that_contradict_each_other_are_named_and_nothing_is_put_forward() -> None:
    two = {
        "7.1": ("Half.", [{"kind": "notice", "days": 14}]),
        "7.2": ("A third.", [{"kind": "notice", "days": 21}]),
    }
    made = make_draft(clauses=two)
    path = f"/constitutions/texts/{made.pk}/"
    assert "Clauses that contradict each other" in main(secretary().page(path))
    said = main(document(secretary().post(f"{path}propose/")))
    assert "(Clauses 7.1 and 7.2)" in said
    made.refresh_from_db()
    assert made.state == "draft"


@pytest.mark.parametrize(
    ("kind", "given", "problem", "field"),
    [
        ("majority", {"share": "0.75"}, "Write “share” like 2/3 or 75%. (Clause 4.1)", "id_share"),
        ("majority", {"share": ""}, "Enter a share, like 2/3 or 75%", "id_share"),
        ("notice", {"days": "many"}, "“days” is a whole number from 0 to 3660. (Clause 4.1)", "id_days"),
        ("notice", {"days": "2", "urgent_days": "5"}, f"{TOO_URGENT} (Clause 4.1)", "id_days"),
        ("weights", {"weighing": "banded", "of": "registered", "bands": "two 2"}, A_BAND, "id_bands"),
        ("quorum", {"share": "1/2", "count": "12"}, "A rule of this kind has no “share”. (Clause 4.1)", "id_share"),
        ("sole", {"who": ""}, "Fill in this field", "id_who"),
    ],
)  # fmt: skip
def test_what_is_no_rule_is_refused_beside_its_field(
    kind: str, given: dict[str, str], problem: str, field: str
) -> None:
    made = make_draft()
    usual = {"is_strict": "yes", "basis": "cast", "unit": "weight", "in_each_locality": "no", "what": "All"}
    usual |= {"unit": "voters"} if kind == "quorum" else {}
    page = document(
        secretary().post(f"/constitutions/texts/{made.pk}/clauses/4.1/rules/{kind}/", **{**usual, **given})
    )
    assert errors(page) == [(problem, field)]
    assert Clause.objects.get(text=made, number="4.1").rules == [{"kind": "weights"}]


RIGHT: dict[str, tuple[dict[str, str], str]] = {
    "electorate": ({"who": "both", "binding": "gps"}, "the vote of general practitioners binds"),
    "weights": (
        {
            "weighing": "banded",
            "of": "registered",
            **typed("counted_on", TODAY),
            "bands": "0 1\r\n5,000 2\r\n",
        },
        "1 from 0, 2 from 5,000",
    ),
    "quorum": ({"count": "12", "unit": "voters", "in_each_locality": "yes"}, "At least 12 have to take part"),
    "majority": (
        {"share": "2/3", "is_strict": "no", "basis": "all", "unit": "weight", "in_each_locality": "no"},
        "of all on the roll carries",
    ),
    "abstentions": ({"are_cast": "yes"}, "An abstention counts as a vote cast"),
    "tie": ({"tie": "casting_vote"}, "The chair has a casting vote in a tie"),
    "notice": ({"days": "14", "urgent_days": "2"}, "14 clear days of notice; 2 where it is urgent"),
    "consultation": ({"days": "28"}, "Members are consulted for at least 28 days"),
    "proxy": ({"most": "0"}, "Nobody votes for another"),
    "requisition": ({"share": "10%", "days": "28"}, "10% of members may require a meeting"),
    "amendment": ({"needs_approval": "no"}, "Nobody else has to approve it"),
    "removal": ({"days": "30"}, "there is an election within 30 days"),
    "reelection": ({"days": "90"}, "the board is elected anew within 90 days"),
    "sole": ({"who": "The chair", "what": "urgent matters"}, "The chair may decide alone: urgent matters"),
}


def test_every_kind_of_rule_has_a_form() -> None:
    assert list(KINDS) == list(READERS) == list(RIGHT)


@pytest.mark.parametrize("kind", RIGHT)
def test_a_rule_of_each_kind_is_added_by_its_form(kind: str) -> None:
    given, words = RIGHT[kind]
    made = make_draft(clauses={"1": ("One.", [])})
    who, path = secretary(), f"/constitutions/texts/{made.pk}/clauses/1/"
    assert errors(who.page(f"{path}rules/{kind}/")) == []
    assert who.post(f"{path}rules/{kind}/", **given).status_code == 302
    assert words in main(who.page(path))


def test_a_number_is_not_taken_twice_and_a_clause_is_struck() -> None:
    made = make_draft()
    path, who = f"/constitutions/texts/{made.pk}/clauses/", secretary()
    page = document(who.post(path, number="4.1", words="Again."))
    assert errors(page) == [("There is a clause 4.1 already. Open it to change what it says.", "id_number")]
    page = document(who.post(path, number="four", words="Again."))
    assert errors(page)[0][0].startswith("Write the clause's number like 8 or 8.2 or 12.4a.")
    who.post(f"{path}4.1/", words="Each has one vote.")
    assert Clause.objects.get(text=made, number="4.1").rules == [{"kind": "weights"}]
    who.post(f"{path}4.1/strike/")
    assert not Clause.objects.filter(text=made, number="4.1").exists()
    assert who.get(f"{path}4.1/").status_code == 404
    assert who.get(f"{path}7.1/rules/whim/").status_code == 404
    assert who.get(f"{path}7.1/rules/9/remove/").status_code == 404


def test_there_is_one_draft_at_a_time_and_only_for_a_body_with_members() -> None:
    make_draft(title="First")
    page = document(secretary().post("/constitutions/00A/draft/", document="constitution", title="Second"))
    assert errors(page)[0][1] == "id_title"
    assert "There is a draft already: “First”. Withdraw it first." in main(page)
    assert asking(*SECRETARY, at=LATER).get("/constitutions/00B/draft/").status_code == 403
    make_organisation("QXX", "icb")
    assert asking("commissioner_officer", "QXX", at=LATER).get("/constitutions/QXX/draft/").status_code == 404


def test_a_withdrawn_text_says_why() -> None:
    text = agreed()
    secretary().post(f"{text}withdraw/", reasons="Members changed their minds.")
    assert "Members changed their minds." in main(asking(at=LATER).page(text))
    assert "Not being amended" not in main(asking(at=LATER).page("/constitutions/"))
