"""The home page: the nation as at any day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from remit.demo.invention import InventedFile, invent
from tests.published_files import organisations_file

pytestmark = pytest.mark.django_db
Parse = Callable[[Any], Any]


def text_of(element: Any) -> str:
    """The words of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def figures(document: Any) -> dict[str, str]:
    """The numbers that open, by their labels."""
    found = [
        text_of(one) for one in document.findall(".//details[@class='nhsuk-details remit-figure']/summary")
    ]
    return {label: value for label, _, value in (each.partition(": ") for each in found)}


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> list[InventedFile]:
    """The files of the invented nation."""
    return invent(tmp_path_factory.mktemp("invented"), practices=250)


@pytest.mark.slow
@pytest.mark.seed("S1-02")
@pytest.mark.parametrize(("day", "count"), [("2013-04-01", "211"), ("2017-10-25", "207")])
def test_the_population_of_commissioners_on_the_page_is_that_of_the_day(
    client: Client, load: Any, page_of: Parse, invented: list[InventedFile], day: str, count: str
) -> None:
    for file in invented:
        path = Path(file.path)
        if file.kind == "commissioners" and path.name.startswith(("eccg", "icb")):
            load(file.kind, path.read_bytes(), path.name, as_of=file.as_of)
    document = page_of(client.get("/", {"on": day}))
    assert figures(document)["Clinical commissioning groups"] == count
    assert f"There were {count} clinical commissioning groups" in text_of(document.find(".//main"))


@pytest.mark.usefixtures("small_nation")
def test_each_number_opens_into_what_was_counted_and_from_which_files(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/?on=2017-10-25"))
    assert figures(document) == {
        "Clinical commissioning groups": "2",
        "GP practices": "2",
        "Registered patients": "12,010",
        "Primary care networks": "0",
    }
    patients = document.findall(".//details[@class='nhsuk-details remit-figure']")[2]
    said = text_of(patients)
    assert "The lists of 2 practices, added up" in said
    assert "25 October 2017" in said
    assert {text_of(link) for link in patients.findall(".//a")} == {
        "NHS Payments to General Practice, England, 2014-15",
        "Patients registered at a GP practice, January 2015",
    }


@pytest.mark.usefixtures("small_nation")
def test_the_kind_of_commissioner_is_that_of_the_era(client: Client, page_of: Parse) -> None:
    assert figures(page_of(client.get("/?on=2022-06-30")))["Clinical commissioning groups"] == "1"
    assert figures(page_of(client.get("/?on=2022-07-01")))["Integrated care boards"] == "1"
    assert figures(page_of(client.get("/?on=2013-03-31")))["Primary care trusts"] == "0"


@pytest.mark.usefixtures("small_nation")
def test_the_three_fields_choose_the_day_and_every_link_keeps_it(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/", {"day": " 1", "month": "April", "year": "2015"}))
    assert "England on 1 April 2015" in text_of(document)
    links = [link.get("href") for link in document.findall(".//main//a")]
    kept = [href for href in links if href.startswith(("/commissioners", "/practices", "/regions", "/api"))]
    assert len(kept) >= 4
    assert all("on=2015-04-01" in href for href in kept)


@pytest.mark.usefixtures("small_nation")
@pytest.mark.parametrize(
    "path", ["/", "/commissioners/", "/practices/A81001/", "/search/?q=mill", "/regions/"]
)
@pytest.mark.parametrize(
    "query", ["on=2015-02-29", "day=31&month=2&year=2015", "day=&month=4&year=2015", "on=soon"]
)
def test_a_wrong_day_shows_the_error_and_no_data(
    client: Client, page_of: Parse, path: str, query: str
) -> None:
    response = client.get(f"{path}{'&' if '?' in path else '?'}{query}")
    assert response.status_code == 400
    document = page_of(response)
    assert text_of(document.find(".//title")).startswith("Error: ")
    summary = document.find(".//div[@class='nhsuk-error-summary']")
    assert text_of(summary).startswith("There is a problem")
    target = summary.find(".//a").get("href").removeprefix("#")
    assert document.find(f".//input[@id='{target}']") is not None
    assert document.find(".//main//table") is None
    assert document.find(".//main//details") is None


@pytest.mark.usefixtures("small_nation")
def test_what_was_typed_is_kept_beside_its_error(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/?day=31&month=2&year=2015&region=Y54"))
    typed = [document.find(f".//input[@id='as-at-{name}']").get("value") for name in ("day", "month", "year")]
    assert typed == ["31", "2", "2015"]
    assert document.find(".//input[@name='region']").get("value") == "Y54"


def test_an_empty_register_says_so(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/"))
    assert "No file has been loaded yet" in text_of(document)
    assert figures(document) == {}


@pytest.mark.usefixtures("small_nation")
def test_the_chart_of_commissioners_has_its_table(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/"))
    rows = document.findall(".//table[@id='by-year-table']/tbody/tr")
    counts = {
        text_of(row[0]).removeprefix("Day "): text_of(row[1]).removeprefix("Commissioners ") for row in rows
    }
    assert counts["1 April 2013"] == "2"
    assert counts["1 April 2020"] == "1"
    assert counts["1 July 2022"] == "1"


@pytest.mark.usefixtures("small_nation")
def test_the_same_facts_are_offered_as_data(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/commissioners/?on=2015-04-01"))
    alternates = document.findall(".//link[@rel='alternate']")
    assert [(link.get("type"), link.get("href")) for link in alternates] == [
        ("text/csv", "/api/v1/commissioners.csv?on=2015-04-01"),
        ("application/json", "/api/v1/commissioners?on=2015-04-01"),
    ]
    visible = {link.get("href") for link in document.findall(".//main//a")}
    assert {link.get("href") for link in alternates} <= visible


@pytest.mark.parametrize(
    ("publisher", "is_said"), [("Remit (invented for the demo)", True), ("NHS England", False)]
)
def test_a_demonstration_says_whether_its_organisations_are_invented(
    client: Client, load: Any, settings: Any, publisher: str, is_said: bool
) -> None:
    body = ("LMCA", "lmc", "A LMC", "1948-07-05", "", "", "", "", "")
    file = organisations_file(body)
    load("organisations", file, "bodies-2013-04.csv", publisher=publisher, as_of=date(2013, 4, 1))
    settings.REMIT_DEMO = True
    said = "The organisations on this copy are invented" in client.get("/").content.decode()
    assert said is is_said


@pytest.mark.usefixtures("small_nation")
def test_what_no_source_puts_into_a_region_is_counted_too(client: Client, page_of: Parse) -> None:
    document = page_of(client.get("/?on=2017-10-25"))
    rows = document.findall(".//table[@id='regions']/tbody/tr")
    assert [[text_of(cell) for cell in row] for row in rows] == [
        ["Region Y54", "Commissioners 1", "Practices 1"],
        ["Region Not in a region No source says which region", "Commissioners 1", "Practices 1"],
    ]


@pytest.mark.usefixtures("small_nation")
@pytest.mark.parametrize(("day", "is_said"), [("2099-04-01", True), ("2023-04-01", False)])
def test_a_day_to_come_is_said_to_show_what_is_known_today(
    client: Client, page_of: Parse, day: str, is_said: bool
) -> None:
    said = text_of(page_of(client.get("/", {"on": day})).find(".//main"))
    assert ("1 April 2099 is still to come. What is shown is what is known today" in said) is is_said


@pytest.mark.usefixtures("small_nation")
def test_the_count_of_patients_says_how_old_it_is(client: Client, page_of: Parse) -> None:
    def note(day: str) -> str:
        return text_of(page_of(client.get("/", {"on": day})).findall(".//details/div")[2])

    assert "up to this day, counted between 1 July 2014 and 1 January 2015." in note("2017-10-25")
    assert "up to this day, counted on 1 July 2014." in note("2014-10-25")
    before = page_of(client.get("/?on=2013-10-25"))
    assert figures(before)["Registered patients"] == "Not known"


@pytest.mark.usefixtures("small_nation")
@pytest.mark.parametrize(
    ("day", "value", "note"),
    [
        ("2019-06-30", "0", "Networks began on 1 July 2019. Earlier days have none."),
        ("2019-07-01", "Not known", "No file says which networks there were on this day."),
    ],
)
def test_no_networks_is_told_from_networks_that_no_file_names(
    client: Client, page_of: Parse, day: str, value: str, note: str
) -> None:
    document = page_of(client.get("/", {"on": day}))
    assert figures(document)["Primary care networks"] == value
    said = text_of(document.findall(".//details[@class='nhsuk-details remit-figure']")[3])
    assert note in said
    assert ("Networks began" in said) == (value == "0")


@pytest.mark.usefixtures("small_nation")
@pytest.mark.parametrize("path", ["/?on=2017-10-25", "/regions/?on=2017-10-25"])
def test_no_number_of_a_region_is_cut_on_a_small_screen(client: Client, page_of: Parse, path: str) -> None:
    table = page_of(client.get(path)).find(".//table[@id='regions']")
    assert "nhsuk-table--responsive" in table.get("class").split()
