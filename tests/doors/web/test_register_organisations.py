"""Commissioners, practices, regions and other organisations: lists, pages, and codes that lead elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from remit.register.models import Fact, Organisation
from tests import published_files as published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_nation")]
Parse = Callable[[Any], Any]


def text_of(element: Any) -> str:
    """The words of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def rows_of(document: Any, table: str) -> list[list[str]]:
    """The body of a table as text, without the headings repeated for small screens."""
    rows = document.findall(f".//table[@id='{table}']/tbody/tr")
    return [[" ".join(_shown(cell).split()) for cell in row] for row in rows]


def _shown(cell: Any) -> str:
    own = cell.text or ""
    parts = [
        "" if child.get("class") == "nhsuk-table__heading" else "".join(child.itertext()) for child in cell
    ]
    return own + "".join(part + (child.tail or "") for part, child in zip(parts, cell, strict=True))


def facts_of(document: Any) -> dict[str, str]:
    """The summary list."""
    rows = document.findall(".//dl[@class='nhsuk-summary-list']/div")
    return {text_of(row.find("dt")): text_of(row.find("dd")) for row in rows}


def test_the_list_holds_the_commissioners_of_the_day_and_no_hub(client: Client, page_of: Parse) -> None:
    then = page_of(client.get("/commissioners/?on=2020-03-31"))
    assert [row[1] for row in rows_of(then, "commissioners")] == ["00C", "00D"]
    now = page_of(client.get("/commissioners/?on=2023-01-01"))
    assert rows_of(now, "commissioners") == [["NHS Towns Integrated Care Board", "QHM", "Y63", "2"]]
    assert rows_of(page_of(client.get("/commissioners/?on=2013-03-31")), "commissioners") == []


def test_the_list_can_be_narrowed_to_a_region(client: Client, page_of: Parse) -> None:
    within = page_of(client.get("/commissioners/?on=2020-03-31&region=y63"))
    assert len(rows_of(within, "commissioners")) == 2
    assert within.find(".//option[@selected]").get("value") == "Y63"
    assert rows_of(page_of(client.get("/commissioners/?on=2020-03-31&region=Y54")), "commissioners") == []


def test_a_group_has_members_and_successors(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/commissioners/00C/?on=2014-06-01"))
    facts = facts_of(document)
    assert text_of(document.find(".//h1")) == "NHS Place 00C CCG"
    assert facts["Clinical commissioning group"] == "1 April 2013 to 31 March 2020"
    assert facts["Members"] == "1 member practice"
    assert facts["Local office or area team"].startswith("Durham, Darlington and Tees")
    [after] = rows_of(document, "successions")
    assert after[1:] == ["After it", "1 April 2020", "Derived from where practices went: 1 of 1 practices"]
    [practice] = rows_of(document, "practices")
    assert practice[:4] == ["The Mill Surgery", "A81001", "GMS", "ZE1 1AA"]


def test_what_is_worked_out_is_told_from_what_is_published(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/commissioners/16C/?on=2021-01-01"))
    steps = {(row[1], row[3]) for row in rows_of(document, "successions")}
    assert steps == {
        ("Before it", "Derived from where practices went: 1 of 1 practices"),
        ("After it", "Published in a map"),
    }


def test_a_board_has_no_members_but_has_practices(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/commissioners/QHM/?on=2023-01-01"))
    facts = facts_of(document)
    assert facts["Members"] == "None Practices are not members of an integrated care board."
    assert facts["Practices"] == "2"
    assert "1 July 2022" in facts["Integrated care board"]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/commissioners/00C/?on=2012-06-01", "It was not open on 1 June 2012. It opened on 1 April 2013."),
        (
            "/commissioners/00C/?on=2021-06-01",
            "It was not open on 1 June 2021. Its last day was 31 March 2020.",
        ),
        ("/commissioners/00C/?on=2015-06-01", "On 1 June 2015 this was a clinical commissioning group."),
        (
            "/commissioners/16C/?on=2023-01-01",
            "this was a sub-ICB location of NHS Towns Integrated Care Board, not a commissioner.",
        ),
        ("/commissioners/QHM/?on=2023-01-01", "On 1 January 2023 this was an integrated care board."),
        ("/organisations/13Q/?on=2015-01-01", "On 1 January 2015 this was a commissioning hub."),
    ],
)
def test_what_an_organisation_was_on_the_day_is_said(
    client: Client, page_of: Parse, path: str, sentence: str
) -> None:
    assert sentence in text_of(page_of(client.get(path)).find(".//main"))


@pytest.mark.parametrize(
    ("day", "is_said"), [("2012-06-01", True), ("2021-06-01", True), ("2015-06-01", False)]
)
def test_a_name_of_another_day_is_said_to_be_one(
    client: Client, page_of: Parse, day: str, is_said: bool
) -> None:
    document = page_of(client.get("/commissioners/00D/", {"on": day}))
    assert ("The name above is from a day when it was open." in text_of(document.find(".//main"))) is is_said


def test_a_body_that_opened_twice_was_closed_in_between(client: Client, page_of: Parse) -> None:
    made = Organisation.objects.create(code="LMCNEW")
    spans = [
        ("lmc", date(1990, 1, 1), date(1995, 12, 31)),
        ("closed", date(1996, 1, 1), date(1999, 12, 31)),
        ("lmc", date(2000, 1, 1), date(9999, 12, 31)),
    ]
    for kind, first, last in spans:
        Fact.objects.create(
            organisation=made, about="kind", value=kind, from_on=first, until_on=last, basis="stated"
        )
    said = text_of(page_of(client.get("/organisations/LMCNEW/?on=1998-01-01")).find(".//main"))
    assert "It was not open on 1 January 1998. Its last day was 31 December 1995. " in said
    assert "It opened again on 1 January 2000." in said


@pytest.mark.parametrize(
    ("day", "sentences"),
    [
        (
            "2012-01-01",
            ["No source says that it was open on 1 January 2012.", "It is first known on 1 January 2014."],
        ),
        ("2014-01-15", ["On 15 January 2014 this was a GP practice."]),
        (
            "2020-01-01",
            ["No source says that it was open on 1 January 2020.", "It is last known on 31 January 2014."],
        ),
    ],
)
def test_a_month_in_which_somebody_is_named_is_no_opening_and_no_closing(
    client: Client, page_of: Parse, load: Any, day: str, sentences: list[str]
) -> None:
    month = date(2014, 1, 1)
    load("lists", published.lists_file(("B81001", "00C", 99), month=month), "gp-reg-patients-2014-01.csv")
    document = page_of(client.get("/practices/B81001/", {"on": day}))
    said = text_of(document.find(".//main"))
    assert all(sentence in said for sentence in sentences)
    assert "opened" not in said
    assert "was its last" not in said
    assert facts_of(document)["GP practice"] == "Known from 1 January 2014 to 31 January 2014"


@pytest.mark.parametrize("path", ["/practices/A81001/", "/commissioners/00C/", "/organisations/LMCOLD/"])
def test_history_and_sources_are_closed_below_their_headings(
    client: Client, page_of: Parse, path: str
) -> None:
    document = page_of(client.get(path))
    closed = document.findall(".//main//details")[-2:]
    assert all(one.get("open") is None for one in closed)
    history, sources = closed
    assert history.find(".//table[@id='history']") is not None
    assert sources.find(".//ol[@class='remit-sources']") is not None
    assert history.find(".//h2") is None
    assert {"History", "Sources"} <= {text_of(one) for one in document.findall(".//main//h2")}
    assert f"({len(rows_of(document, 'history'))})" in text_of(history.find("summary"))


def test_the_patients_of_a_commissioner_say_how_old_their_counts_are(client: Client, page_of: Parse) -> None:
    board = facts_of(page_of(client.get("/commissioners/QHM/?on=2023-01-01")))["Registered patients"]
    assert board == (
        "12,010 Each practice by its latest count up to 1 January 2023: 2 of 2 practices, "
        "counted between 1 July 2014 and 1 January 2015"
    )
    before = facts_of(page_of(client.get("/commissioners/00C/?on=2013-06-01")))["Registered patients"]
    assert before == "Not known No source counts a list up to 1 June 2013"


def test_the_years_of_a_commissioner_are_drawn_and_told(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/commissioners/00C/"))
    assert rows_of(document, "practices-by-year-table")[0] == ["1 April 2013", "1"]
    assert rows_of(document, "patients-by-year-table")[-1] == ["1 April 2019", "6,010", "1 of 1"]


def test_practices_are_those_of_the_day_and_can_be_narrowed(client: Client, page_of: Parse) -> None:
    every = page_of(client.get("/practices/?on=2014-06-01"))
    assert [row[0] for row in rows_of(every, "practices")] == ["Dr AK Sinha & Partners", "The Mill Surgery"]
    chosen = page_of(client.get("/practices/?on=2014-06-01&commissioner=00c&contract_type=GMS"))
    assert [row[1] for row in rows_of(chosen, "practices")] == ["A81001"]
    assert [option.get("value") for option in chosen.findall(".//option[@selected]")] == ["00C", "GMS"]
    none = page_of(client.get("/practices/?on=2014-06-01&commissioner=00C&contract_type=PMS"))
    assert rows_of(none, "practices") == []


def test_a_long_list_is_shown_a_page_at_a_time(client: Client, page_of: Parse, load: Any) -> None:
    rows = [published.epraccur_row(f"B{number:05}", "16C", "20200401") for number in range(120)]
    load("practices", published.csv_bytes(rows), "epraccur-2022-01.csv")
    third = page_of(client.get("/practices/?on=2022-02-01&page=3"))
    assert "122 GP practices, 101 to 122 shown." in text_of(third.find(".//main"))
    assert len(rows_of(third, "practices")) == 22
    links = {link.get("href") for link in third.findall(".//nav[@aria-label='Pagination']//a")}
    assert "?on=2022-02-01&page=1" in links
    beyond = page_of(client.get("/practices/?on=2022-02-01&page=99999999999999999999"))
    assert len(rows_of(beyond, "practices")) == 50
    board = page_of(client.get("/commissioners/QHM/?on=2023-01-01&page=2"))
    assert len(rows_of(board, "practices")) == 22
    assert board.find(".//nav[@aria-label='Pagination']//a").get("href").endswith("#practices")


def test_a_practice_is_the_hub_of_what_is_published_about_it(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/practices/A81001/?on=2015-03-01"))
    facts = facts_of(document)
    assert facts["GP practice"] == "Since 1 April 1974"
    assert facts["Commissioner"].endswith("00C")
    assert facts["Contract type"] == "General Medical Services (GMS)"
    assert facts["Address"] == "1 High Street Alderbeck, ZE1 1AA"
    assert facts["Registered patients"] == "6,010 Counted on 1 January 2015"
    assert rows_of(document, "lists") == [
        ["1 July 2014", "Q2", "6,000", "5,900.5", "Source of the count of 1 July 2014"],
        ["1 January 2015", "Not given", "6,010", "Not given", "Source of the count of 1 January 2015"],
    ]
    assert rows_of(document, "pyramid-table") == [["0 to 4", "3,005", "3,005"], ["5 to 9", "0", "0"]]


def test_every_payment_column_of_a_year_is_shown_as_published(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/practices/A81001/?on=2015-03-01"))
    [table] = [
        one.get("id") for one in document.findall(".//table") if one.get("id", "").startswith("payments-")
    ]
    assert rows_of(document, table) == [
        ["Average payments per registered patient", "£101.50"],
        ["Average payments per weighted patient", "£103.20"],
        ["Global Sum", "£400,000.25"],
        ["Total NHS Payments to General Practice", "£609,000.50"],
        ["Deductions for Pensions, Levies and Prescription Charge Income", "−£60,000.00"],
        ["Total NHS Payments to General Practice Minus Deductions", "£549,000.50"],
    ]
    assert "2014-15: £609,000.50" in text_of(document.find(".//main"))


def test_a_day_shows_nothing_of_later_years(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/practices/A81001/?on=2013-12-31"))
    assert "No yearly file up to this day" in text_of(document)
    assert "No source counts its list up to this day." in text_of(document)
    assert "Registered patients" not in facts_of(document)


def test_a_practice_of_a_location_names_its_board(client: Client, page_of: Parse) -> None:
    facts = facts_of(page_of(client.get("/practices/A81001/?on=2023-01-01")))
    assert facts["Sub-ICB location"] == "NHS Both Towns ICB - 16C 16C"
    assert facts["Commissioner"] == "NHS Towns Integrated Care Board QHM"


def test_the_history_names_first_and_last_days_basis_and_sources(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/practices/A81001/"))
    history = rows_of(document, "history")
    commissioners = [row[1:5] for row in history if row[0] == "Commissioner"]
    assert commissioners == [
        ["NHS Place 00C CCG 00C", "1 April 2013", "31 March 2020", "A source states these days"],
        ["NHS Both Towns ICB - 16C 16C", "1 April 2020", "30 June 2022", "A source states these days"],
        ["NHS Towns Integrated Care Board QHM", "1 July 2022", "Still so", "A source states these days"],
    ]
    [location] = [row[1:5] for row in history if row[0] == "Sub-ICB location"]
    assert location == [
        *["NHS Both Towns ICB - 16C 16C", "1 July 2022", "Still so", "A source states these days"]
    ]
    named = {row[1]: row[4] for row in history if row[0] == "Name"}
    assert named["Mill Lane Medical Centre"] == "Carried from other days of which a source speaks"
    assert named["The Mill Surgery"] == "Stated for some of these days, carried for others"
    used = {int(number) for row in history for number in row[5].split(", ")}
    assert used == set(range(1, 1 + len(document.findall(".//ol[@class='remit-sources']/li"))))


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/organisations/A81001/?on=2015-04-01", "/practices/A81001/?on=2015-04-01"),
        ("/organisations/00C/", "/commissioners/00C/"),
        ("/organisations/qhm/", "/commissioners/QHM/"),
        ("/practices/00C/", "/commissioners/00C/"),
        ("/commissioners/A81001/", "/practices/A81001/"),
        ("/commissioners/LMCOLD/", "/organisations/LMCOLD/"),
        ("/practices/a81001/", "/practices/A81001/"),
        ("/regions/16C/", "/commissioners/16C/"),
    ],
)
def test_a_code_leads_to_its_page_for_ever(client: Client, path: str, target: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (301, target)


@pytest.mark.parametrize(
    "path",
    ["/organisations/ZZZ/", "/practices/Z99999/", "/commissioners/%01/", "/regions/Y00/", "/sources/0/"],
)
def test_an_unknown_code_is_not_found_in_our_own_words(client: Client, page_of: Parse, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert text_of(page_of(response).find(".//h1")) == "Page not found"


def test_regions_and_one_of_them(client: Client, page_of: Parse, load: Any) -> None:
    body = published.organisations_file(
        ("X24", "national_body", "NHS ENGLAND", "2013-04-01", "", "", "", "", ""),
        ("Y63", "region", "NORTH EAST AND YORKSHIRE", "2019-04-01", "", "parent", "X24", "", ""),
    )
    load("organisations", body, "regions-2019-04.csv", as_of=date(2019, 4, 1))
    listed = page_of(client.get("/regions/?on=2019-06-01"))
    assert rows_of(listed, "regions") == [["North East and Yorkshire Y63", "2", "2"]]
    one = page_of(client.get("/regions/Y63/?on=2019-06-01"))
    assert text_of(one.find(".//h1")) == "North East and Yorkshire"
    assert facts_of(one)["GP practices"] == "2"
    assert facts_of(one)["Registered patients"].startswith("12,010")
    assert "counted between 1 July 2014 and 1 January 2015" in facts_of(one)["Registered patients"]
    assert rows_of(one, "commissioners") == [
        ["NHS Place 00C CCG", "00C", "1"],
        ["NHS Place 00D CCG", "00D", "1"],
    ]
    assert facts_of(one)["Part of"] == "NHS England X24"
    assert ["Part of", "NHS England X24"] in [row[:2] for row in rows_of(one, "history")]
    assert rows_of(one, "commissioners-by-year-table")[:3] == [
        *(["1 April 2019", "2"], ["1 April 2020", "1"], ["1 April 2021", "1"])
    ]
    assert rows_of(one, "practices-by-year-table")[0] == ["1 April 2019", "2"]
    assert "2 on 1 April 2019" in text_of(one.find(".//main"))


def test_a_region_lasts_for_its_era_though_sources_name_it_for_a_month(
    client: Client, page_of: Parse
) -> None:
    on_the_first_day = page_of(client.get("/regions/Y54/?on=2013-04-01"))
    assert "On 1 April 2013 this was an NHS England region." in text_of(on_the_first_day.find(".//main"))
    assert facts_of(on_the_first_day)["NHS England region"] == "Known from 1 April 2013 to 31 March 2019"
    before = text_of(page_of(client.get("/regions/Y54/?on=2012-01-01")).find(".//main"))
    assert "It is first known on 1 April 2013." in before


def test_any_other_organisation_has_its_facts(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/organisations/LMCOLD/"))
    assert text_of(document.find(".//h1")) == "Old Town Local Medical Committee"
    assert facts_of(document)["Local medical committee"] == "Since 5 July 1948"


def test_a_network_lists_its_member_practices(client: Client, page_of: Parse, load: Any) -> None:
    header = ["PRACTICE_CODE", "PRACTICE_NAME", "CCG_CODE", "CCG_NAME", "PCN_CODE", "PCN_NAME"]
    row = ["A81001", "MILL LANE", "16C", "NHS BOTH TOWNS CCG", "U12345", "TWO TOWNS PCN"]
    load("map", published.csv_bytes([header, row]), "practice-pcn-ccg-2022-01.csv", as_of=date(2022, 1, 1))
    document = page_of(client.get("/organisations/U12345/?on=2022-01-01"))
    assert text_of(document.find(".//h1")) == "Two Towns PCN"
    assert [row[1] for row in rows_of(document, "practices")] == ["A81001"]


@pytest.mark.parametrize("text", ["mill", "MILL lane", "a81001", "ze1 1aa", "mill surgery"])
def test_search_finds_by_name_old_name_code_and_postcode(client: Client, page_of: Parse, text: str) -> None:
    document = page_of(client.get("/search/", {"q": text}))
    assert "A81001" in [row[1] for row in rows_of(document, "results")]


def test_search_says_why_an_old_name_matched(client: Client, page_of: Parse) -> None:
    [hit] = rows_of(page_of(client.get("/search/?q=mill+surgery")), "results")
    assert hit == ["Mill Lane Medical Centre Was called The Mill Surgery", "A81001", "GP practice"]
    [then] = rows_of(page_of(client.get("/search/?q=mill+surgery&on=2014-06-01")), "results")
    assert then[0] == "The Mill Surgery"


@pytest.mark.parametrize("text", ["", "   ", "zzzz", "\x01", "%", "_", "\\", "<script>", "x" * 5000, "\t"])
def test_search_bears_any_text(client: Client, page_of: Parse, text: str) -> None:
    response = client.get("/search/", {"q": text})
    assert response.status_code == 200
    assert rows_of(page_of(response), "results") == []


def test_sources_and_one_of_them(client: Client, page_of: Parse) -> None:
    listed = page_of(client.get("/sources/"))
    assert len(rows_of(listed, "sources")) == 8
    links = {text_of(link): link.get("href") for link in listed.findall(".//table//a")}
    one = page_of(client.get(links["NHS Payments to General Practice, England, 2014-15"]))
    facts = facts_of(one)
    assert facts["Licence"] == "Open Government Licence v3.0"
    assert facts["Day it describes"] == "1 April 2014"
    assert len(facts["SHA-256"].split()[0]) == 64
    meanings = {row[1]: row[2] for row in rows_of(one, "columns")}
    assert meanings["Practice Code"] == "Practice code"
    assert "Nothing in the file was odd." in text_of(one)


@pytest.mark.parametrize(
    "path", ["/", "/commissioners/", "/commissioners/00C/", "/practices/", "/practices/A81001/", "/sources/"]
)
def test_pages_are_read_only(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/", "Who commissions general practice in England, on any day – Remit – "),
        ("/commissioners/", "Commissioners – Register – Remit – "),
        ("/practices/A81001/", "Mill Lane Medical Centre – GP practice A81001 – Remit – "),
        ("/search/?q=mill", "Search for “mill” – Register – Remit – "),
    ],
)
def test_titles_name_page_section_service_and_organisation(
    client: Client, page_of: Parse, settings: Any, path: str, title: str
) -> None:
    assert text_of(page_of(client.get(path)).find(".//title")) == title + settings.REMIT_ORGANISATION


def test_every_link_of_every_page_answers(client: Client, page_of: Parse) -> None:
    waiting = [
        "/?on=2015-04-01",
        "/practices/A81001/",
        "/organisations/LMCOLD/",
        "/commissioners/16C/?on=2021-01-01",
    ]
    seen: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        response = client.get(path)
        assert response.status_code in (200, 301, 302), path
        if len(seen) > 40 or not response.get("Content-Type", "").startswith("text/html"):
            continue
        if response.status_code == 200:
            links = [link.get("href").split("#")[0] for link in page_of(response).findall(".//main//a")]
            waiting += [href for href in links if href.startswith("/")]
