"""The pages of figures: as published beside as worked out, opened, and every version at its address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from remit.figures.actions import FigureDraft, record_articles, record_figure
from remit.figures.queries import figure
from remit.kernel.moments import at_the_edge
from remit.web.figures.links import figure_href, row_href
from remit.web.figures.opening import opened, rounding_words
from tests.delegation_doors import document, errors, links, main
from tests.factories import NOW, SYSTEM, make_person

pytestmark = pytest.mark.django_db

Parse = Callable[[Any], Any]
TURNOUT = FigureDraft(
    id="turnout",
    label="Practices that voted",
    definition="Practices of NHS Vale CCG that voted",
    source="The returning officer",
    source_href="https://vale.example/result",
    numerator=1,
    numerator_what="practice that voted",
    numerator_rows=(("organisation/A81001", "The Mill Surgery"),),
    base=2,
    base_what="practices on the roll",
    base_rows=(("organisation/A81001", "The Mill Surgery"), ("", "A practice since closed")),
    on=date(2015, 1, 6),
)


@pytest.fixture
def articles() -> None:
    """The five articles."""
    record_articles(by=SYSTEM, at=NOW)


def record(draft: FigureDraft, minutes: int = 0) -> None:
    record_figure(draft=draft, by=SYSTEM, at=NOW + timedelta(minutes=minutes), once=draft.sha256)


def text_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def row_of(document: Any, table: str, head: str) -> list[str]:
    """The cells of the row that begins with some words, without the headings for small screens."""
    rows = []
    for row in document.findall(f".//table[@id='{table}']/tbody/tr"):
        cells = []
        for cell in row:
            words = text_of(cell)
            shown = cell.find("./span[@aria-hidden='true']")
            cells.append(words.removeprefix(text_of(shown)).strip() if shown is not None else words)
        rows.append(cells)
    [found] = [cells for cells in rows if cells[0].startswith(head)]
    return found


def facts_of(document: Any) -> dict[str, str]:
    rows = document.findall(".//dl[@class='nhsuk-summary-list']/div")
    return {text_of(row.find("./dt")): text_of(row.find("./dd")) for row in rows}


# -- all figures ---------------------------------------------------------------------------------------------


def test_before_anything_is_recorded_the_page_says_so(client: Client, page_of: Parse) -> None:
    said = text_of(page_of(client.get("/figures/")).find(".//main"))
    assert "No article's figures are recorded here yet." in said
    assert "None has been published yet." in said
    assert "Numbers that look alike" not in said


@pytest.mark.usefixtures("articles")
def test_each_number_of_the_articles_stands_beside_what_its_counts_give(
    client: Client, page_of: Parse
) -> None:
    document = page_of(client.get("/figures/"))
    said = text_of(document.find(".//main"))
    assert (
        "10 give a percentage together with a count. In 7 of those the two agree, in 3 they do not." in said
    )
    for publisher in ("Pulse, January 2015", "BMJ, 20 February 2015", "Healthcare Leader, 25 October 2017"):
        assert publisher in said
    label, printed, worked_out, means = row_of(document, "S0-figures", "Level 1")
    assert (label, printed, worked_out) == ("Level 1, greater involvement N1", "9 (11%)", "12%")
    assert means.startswith(
        "Differs Printed 11%, but 9 of 77 is 12% (11.69%). No whole count of 77 gives 11%."
    )
    assert row_of(document, "S0-figures", "Level 3")[3].startswith("Agrees")
    assert row_of(document, "S0-figures", "Headline")[3].startswith("Goes too far")
    assert row_of(document, "S0-figures", "Would replace")[2:] == [
        "Not a share",
        "A count without a base, so it has no share.",
    ]
    assert row_of(document, "S0-figures", "Wanted full")[3].startswith("Fair words")
    assert row_of(document, "S0-figures", "Willing")[2] == "Nothing"
    assert row_of(document, "S2-figures", "Consulted: yes")[2] == "134 to 138"
    assert row_of(document, "S2-figures", "Plans agreed by all")[2] == "19"


@pytest.mark.usefixtures("articles")
def test_claims_in_words_have_a_verdict(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/figures/"))
    words, of, verdict, why = _first_of(document, "S0-words")
    assert (words, of, verdict) == ("“majority”", "Had not balloted their members", "Goes too far")
    assert why == (
        "“majority” means more than half (50%): 25 of the 55 commissioners choosing Level 2 or 3 is 45%."
    )
    assert row_of(document, "S4-words", "“more than 70%”")[2] == "Fair"
    assert row_of(document, "S4-claims", "More than 70%")[1:] == [
        "Yes",
        "151 is 72.9% of 207 and 70.2% of 215.",
    ]


def _first_of(document: Any, table: str) -> list[str]:
    """The cells of a table's first row: two figures carry the word, so its head does not tell them apart."""
    row = document.find(f".//table[@id='{table}']/tbody/tr")
    return [text_of(cell).removeprefix(text_of(cell.find("./span"))).strip() for cell in row]


@pytest.mark.usefixtures("articles")
def test_a_set_shows_both_ways_of_rounding_and_its_sums(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/figures/"))
    assert row_of(document, "set-S0-levels", "Level 3")[1:] == ["32", "42%", "42%", "41%"]
    assert row_of(document, "set-S0-levels", "All") == ["All", "77", "100%", "101%", "100%"]
    assert row_of(document, "set-S2-Q1", "Consulted: yes")[1:] == ["Not printed", "27%"]
    assert row_of(document, "set-S2-plans", "Plans partly")[1:] == ["42", "Not printed", "66%", "65%"]
    said = text_of(document.find(".//main"))
    assert "These add up to 101 because of rounding." in said


@pytest.mark.usefixtures("articles")
def test_figures_that_look_alike_are_shown_apart(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/figures/"))
    links = {link.get("href") for link in document.findall(".//main//ul/li/a")}
    pairs = [("N8-coverage", "N26-L3"), ("N17-respondents", "N20-level-3"), ("N6", "N21")]
    assert {f"/figures/{figure}/" for pair in pairs for figure in pair} <= links


def test_figures_of_this_service_are_listed_by_the_page(client: Client, page_of: Parse) -> None:
    for number in range(51):
        record(replace(TURNOUT, id=f"turnout-{number:02}", label=f"Turnout {number:02}"))
    record(replace(TURNOUT, id="alone", label="Alone", base=None, base_rows=None, on=None))
    record(
        replace(
            TURNOUT,
            id="turnout-50",
            numerator=None,
            numerator_rows=None,
            published_percent=Decimal(50),
            published="50%",
        ),
        1,
    )
    document = page_of(client.get("/figures/"))
    assert len(document.findall(".//table[@id='own']/tbody/tr")) == 50
    assert row_of(document, "own", "Turnout 00")[1:] == ["1 of 2", "50%", "6 January 2015"]
    assert row_of(document, "own", "Alone")[1:] == ["1", "Not a share", "Not of one day"]
    last = page_of(client.get("/figures/?page=2"))
    assert len(last.findall(".//table[@id='own']/tbody/tr")) == 2
    assert row_of(last, "own", "Practices that voted")[1:3] == ["Not stated", "Not a share"]


# -- one figure ----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("articles")
@pytest.mark.seed("S4-04")
def test_s4_04_151_of_211_is_72_percent_with_a_note_of_the_71_that_was_published(
    client: Client, page_of: Parse
) -> None:
    document = page_of(client.get("/figures/N21/"))
    facts = facts_of(document)
    assert facts["As published"] == "151 (71%)"
    assert facts["Worked out"].startswith("72% (71.56%)")
    assert facts["Counted"] == "151 commissioners approved for Level 2 or 3"
    assert facts["Out of"] == "211 commissioners in March 2015"
    assert row_of(document, "versions", "Version 1")[1:3] == ["151 of 211 (72%)", "151 (71%)"]
    assert facts["Rounding"] == "Rounded to the nearest, halves up, to whole percent"
    assert facts["Source"].startswith("Pulse, March 2015")
    said = text_of(document.find(".//main"))
    assert "Printed 71%, but 151 of 211 is 72% (71.56%). Cut off instead of rounded, it is 71%." in said


@pytest.mark.usefixtures("articles")
@pytest.mark.seed("S2-32")
def test_s2_32_who_took_part_and_who_answered_are_both_shown(client: Client, page_of: Parse) -> None:
    answered = facts_of(page_of(client.get("/figures/N13/")))
    assert (answered["Counted"], answered["Out of"]) == (
        "504 GPs who answered the questions",
        "560 GPs who took part",
    )
    missing = page_of(client.get("/figures/N13-missing/"))
    assert facts_of(missing)["Counted"] == "56 GPs who did not answer them"
    assert "56 of 560 is exactly 10%." in text_of(missing.find(".//main"))
    for share in ("N11", "N12"):
        assert facts_of(page_of(client.get(f"/figures/{share}/")))["Out of"].startswith("504 GPs")


@pytest.mark.usefixtures("articles")
def test_a_figure_says_what_is_not_known(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/figures/N10-contracts/"))
    facts = facts_of(document)
    assert facts["Counted"] == "The count was not published"
    assert facts["Out of"] == "No base stated"
    assert facts["Day"] == "Not stated"
    assert facts["In words"] == "“a third”"
    assert facts["Part of"] == "Figure N10"
    assert facts["Rounding"] == "Not rounded"
    assert "The rows behind them are not held here." in text_of(document.find(".//main"))


@pytest.mark.usefixtures("articles")
def test_a_figure_of_a_set_shows_the_set(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/figures/N1/"))
    assert row_of(document, "set-S0-levels", "All")[1:] == ["77", "100%", "101%", "100%"]
    assert "No single way of rounding" in text_of(document.find(".//main"))


@pytest.mark.usefixtures("small_nation")
def test_a_figure_opens_into_its_rows_and_they_lead_on(client: Client, page_of: Parse) -> None:
    record(TURNOUT)
    document = page_of(client.get("/figures/turnout/"))
    assert facts_of(document)["Day"] == "6 January 2015"
    assert document.find(".//dl//a[@href='https://vale.example/result']") is not None
    counted = document.find(".//table[@id='numerator']")
    assert text_of(counted.find("./caption")) == "Counted: 1 practice that voted"
    href = counted.find(".//a").get("href")
    assert client.get(href, follow=True).status_code == 200
    base = document.findall(".//table[@id='base']/tbody/tr")
    assert len(base) == 2
    assert base[1].find(".//a") is None


def test_many_rows_come_by_the_page(client: Client, page_of: Parse) -> None:
    rows = tuple((f"organisation/X{place:03}", f"Practice {place}") for place in range(251))
    record(replace(TURNOUT, numerator=1, base=251, base_rows=rows))
    document = page_of(client.get("/figures/turnout/"))
    assert len(document.findall(".//table[@id='base']/tbody/tr")) == 250
    last = page_of(client.get("/figures/turnout/?page=2"))
    assert len(last.findall(".//table[@id='base']/tbody/tr")) == 1
    assert "No more rows on this side." in text_of(last.find(".//main"))


def test_a_superseded_version_stays_at_its_address(client: Client, page_of: Parse) -> None:
    record(TURNOUT)
    record(replace(TURNOUT, numerator=2, numerator_rows=None), 5)
    old = page_of(client.get("/figures/turnout/versions/1/"))
    said = text_of(old.find(".//main"))
    assert "This is version 1. It was superseded on 21 November 2026 at 12:05pm" in said
    assert old.find(".//main//a[@href='/figures/turnout/']") is not None
    assert facts_of(old)["Counted"] == "1 practice that voted"
    assert "Figure turnout, version 1" in text_of(old.find(".//title"))
    now = page_of(client.get("/figures/turnout/"))
    assert facts_of(now)["Counted"] == "2 practice that voted"
    assert "superseded on" not in text_of(now.find(".//main"))
    assert row_of(now, "versions", "Version 1")[3] == "Superseded By version 2"
    assert row_of(now, "versions", "Version 2, shown here")[3] == "Stands"
    assert now.find(".//table[@id='versions']//a").get("href") == "/figures/turnout/versions/1/"
    assert client.get("/figures/turnout/versions/2/").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/figures/nothing/", "/figures/a%20b/", "/figures/turnout/versions/2/", "/figures/x/versions/1/"],
)
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    record(TURNOUT)
    assert client.get(address).status_code == 404


def test_what_is_under_embargo_is_shown_only_to_those_who_announce(
    client: Client, page_of: Parse, as_person: Callable[[Any], Client]
) -> None:
    record(replace(TURNOUT, released_at=at_the_edge() + timedelta(hours=1)))
    officer = as_person(make_person(("programme_officer", "X24")))
    for asking, status in ((client, 404), (officer, 200)):
        assert asking.get("/figures/turnout/").status_code == status
        assert asking.get("/figures/turnout/versions/1/").status_code == status
        listed = "Practices that voted" in text_of(page_of(asking.get("/figures/")).find(".//main"))
        assert listed is (status == 200)
    assert client.get("/id/figures/turnout").status_code == 404


# -- on other pages ------------------------------------------------------------------------------------------


def test_any_page_can_show_a_figure_that_opens() -> None:
    record(replace(TURNOUT, published="half", published_percent=Decimal(50), note="By post only."))
    record(replace(TURNOUT, numerator=2, numerator_rows=None), 5)
    found = figure("turnout", at=None)
    assert found is not None
    old, now = opened(found.versions[1]), opened(found.now)
    assert (now.value, now.numerator, now.base) == (
        "100%",
        "2 practice that voted",
        "2 practices on the roll",
    )
    assert (now.href, now.note) == ("/figures/turnout/", "")
    assert (old.href, old.note) == ("/figures/turnout/versions/1/", "As published: half. By post only.")


def test_rounding_in_words() -> None:
    for places, words in ((0, "whole percent"), (1, "one decimal"), (2, "2 decimals")):
        record(replace(TURNOUT, id=f"places-{places}", places=places))
        found = figure(f"places-{places}", at=None)
        assert found is not None
        assert rounding_words(found.now).endswith(f", to {words}")
    record(replace(TURNOUT, id="exact", rounding="none"))
    exact = figure("exact", at=None)
    assert exact is not None
    assert rounding_words(exact.now) == "Not rounded"


@pytest.mark.parametrize(
    ("ref", "where"),
    [
        ("organisation/05L", "/organisations/05L/"),
        ("figure/N21", "/figures/N21/"),
        ("organisation/", ""),
        ("organisation/05L/x", ""),
        ("unknown/05L", ""),
        ("", ""),
    ],
)
def test_rows_lead_to_what_they_count(ref: str, where: str) -> None:
    assert row_href(ref) == where
    assert figure_href("N21", 2) == reverse("figure_version", args=["N21", 2])


# -- trying and recording ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ("base=77&percent=11%25", "It does not hold 11% of 77: no whole count gives it; 8 of 77 is 10% and 9"),
        ("base=77&percent=12", "It holds 12% of 77: only 9 would give it."),
        ("base=211&percent=30", "It holds 30% of 211: 63 to 64 would give it."),
        ("count=64&base=211&percent=30%25", "It holds 64 of 211 is 30% (30.33%), as printed."),
        ("count=64&base=211&percent=31", "It does not hold 64 of 211 is 30% (30.33%), not 31%."),
        ("count=25&base=55&claim=majority", "“Almost half” would be fair."),
        ("count=25&base=47&claim=majority", "It holds “majority” means more than half (50%): 25 of 47 is 53%."),
        ("count=1&base=2&claim=gazillions", "is not a claim that can be checked"),
    ],
)  # fmt: skip
def test_anybody_tries_what_is_said_of_a_figure(client: Client, asked: str, verdict: str) -> None:
    found = document(client.get(f"/figures/check/?{asked}"))
    assert verdict in main(found)


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ("base=", ("Enter the base: out of how many?", "id_base")),
        ("base=0&percent=1", ("Write a whole number, 1 or more", "id_base")),
        ("base=many&percent=1", ("Write a whole number, like 64", "id_base")),
        ("count=3&base=2&percent=1", ("A count cannot be more than its base", "id_count")),
        ("base=2", ("Enter a percentage, or words in the next field", "id_percent")),
        ("base=2&percent=120", ("A share is 100% or less", "id_percent")),
        ("base=2&percent=x", ("Write the percentage as a number, like 30 or 30.3", "id_percent")),
        ("base=2&claim=half", ("Enter the count: words are held against it", "id_count")),
    ],
)
def test_what_cannot_be_tried_is_said_beside_its_field(
    client: Client, asked: str, wrong: tuple[str, str]
) -> None:
    assert errors(document(client.get(f"/figures/check/?{asked}"))) == [wrong]


ENTERED = {
    "label": "Groups for full delegation",
    "id": "full-delegation",
    "definition": "Groups that said they want full delegation",
    "count": "25",
    "count_what": "groups",
    "base": "47",
    "base_what": "groups that specified",
    "percent": "53%",
    "rounding": "half_up",
    "claim": "majority",
    "on_day": "17",
    "on_month": "7",
    "on_year": "2014",
    "source": "A survey",
    "once": "3d2e7b0c-3a57-4f5b-9c0a-000000000001",
}


def test_a_figure_is_recorded_on_a_page_and_opens(client: Client) -> None:
    client.force_login(make_person(("programme_officer", "X24")))
    assert links(document(client.get("/figures/")))["Record a figure"] == "/figures/new/"
    assert client.post("/figures/new/", ENTERED).headers["Location"] == "/figures/full-delegation/"
    found = document(client.get("/figures/full-delegation/"))
    assert "25 groups" in main(found)
    assert "The words are fair." in main(found)
    assert client.post("/figures/new/", ENTERED).status_code == 302, "sent twice, recorded once"
    kept = figure("full-delegation", at=None)
    assert kept is not None
    assert len(kept.versions) == 1


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"count": "", "count_what": "", "base": "77", "percent": "11", "claim": ""}, "id_percent",
         "11% of 77: no whole count gives it; 8 of 77 is 10% and 9 of 77 is 12%."),
        ({"base": "55", "percent": ""}, "id_claim", "“Almost half” would be fair."),
        ({"count": "", "percent": ""}, "id_count", "Enter the count, or a percentage below"),
        ({"count_what": ""}, "id_count_what", "Enter what was counted"),
        ({"id": "new"}, "id_id", "cannot name a figure"),
        ({"id": "turnout"}, "id_id", "Choose another short name"),
        ({"rounding": "up"}, "id_rounding_0", "Select how it was rounded"),
        ({"source_href": "nowhere at all"}, "id_source_href", "Enter a full web address"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_refused_at_entry_beside_its_field(
    client: Client, changed: dict[str, str], field: str, words: str
) -> None:
    record(TURNOUT)
    client.force_login(make_person(("programme_officer", "X24")))
    [(message, where)] = errors(document(client.post("/figures/new/", ENTERED | changed)))
    assert (where, words in message) == (field, True), message


def test_only_who_may_record_figures_is_offered_to(client: Client) -> None:
    assert "Record a figure" not in links(document(client.get("/figures/")))
    client.force_login(make_person(("commissioner_officer", "15Z")))
    assert client.get("/figures/new/").status_code == 403
