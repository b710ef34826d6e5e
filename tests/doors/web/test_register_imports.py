"""Loading a published file by hand: who may, what can be wrong with a file, and what the report says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from remit.ledger.queries import entries
from remit.register.queries import sources
from remit.web.register import forms
from tests import published_files as published

pytestmark = pytest.mark.django_db
Parse = Callable[[Any], Any]
NEW = "/imports/new/"
PAYMENTS = published.payments_file(published.payment_row("A81001"), published.payment_row("A81002"))
NAME = "nhs-payments-gp-2014-15.csv"


def text_of(element: Any) -> str:
    """The words of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def filled(data: bytes = PAYMENTS, name: str = NAME, **changes: str) -> dict[str, Any]:
    """The form as a steward would send it."""
    fields: dict[str, Any] = {
        "once": "5b0f4b0e-6f0a-4c27-9b52-5f0d3a1c7c11",
        "kind": "payments",
        "file": SimpleUploadedFile(name, data, "text/csv"),
        "publisher": "NHS England",
        "licence": "Open Government Licence v3.0",
        "retrieved_day": "20",
        "retrieved_month": "November",
        "retrieved_year": "2026",
    }
    return fields | changes


def problems(document: Any) -> dict[str, str]:
    """The error summary: the id that each message leads to."""
    links = document.findall(".//div[@class='nhsuk-error-summary']//a")
    return {link.get("href").removeprefix("#"): text_of(link) for link in links}


def sent_wrong(client: Client, page_of: Parse, **changes: Any) -> dict[str, str]:
    """The problems of a form that is sent; each stands beside its field too, and nothing was loaded."""
    fields = filled() | changes
    response = client.post(NEW, {name: value for name, value in fields.items() if value is not None})
    assert response.status_code == 200
    document = page_of(response)
    found = problems(document)
    beside = [text_of(one) for one in document.findall(".//span[@class='nhsuk-error-message']")]
    assert {f"Error: {message}" for message in found.values()} == set(beside)
    assert text_of(document.find(".//title")).startswith("Error: ")
    for field in found:
        assert document.find(f".//*[@id='{field}']") is not None
    assert sources() == []
    return found


@pytest.mark.parametrize("path", [NEW, "/imports/", "/imports/report/"])
def test_a_visitor_is_asked_to_sign_in(client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={path}")
    assert client.post(NEW, filled()).status_code == 302
    assert sources() == []


@pytest.mark.parametrize("path", [NEW, "/imports/", "/imports/report/"])
def test_others_are_told_why_they_may_not(
    office: Any, as_person: Callable[[Any], Client], page_of: Parse, path: str
) -> None:
    response = as_person(office.admin).get(path)
    assert response.status_code == 403
    assert "Data steward" in text_of(page_of(response).find(".//main"))


def test_others_cannot_send_a_file_either(office: Any, as_person: Callable[[Any], Client]) -> None:
    assert as_person(office.admin).post(NEW, filled()).status_code == 403
    assert sources() == []


def test_a_file_is_loaded_and_reported(steward_client: Client, page_of: Parse) -> None:
    response = steward_client.post(NEW, filled())
    assert (response.status_code, response["Location"]) == (302, "/imports/report/")
    document = page_of(steward_client.get("/imports/report/"))
    rows = document.findall(".//dl[@class='nhsuk-summary-list']/div")
    report = {text_of(row.find("dt")): text_of(row.find("dd")) for row in rows}
    assert text_of(document.find(".//h1")) == "The file was loaded"
    assert (report["Rows"], report["Practices"], report["Commissioners"]) == ("2", "2", "1")
    assert report["Rows left out"] == "0"
    [source] = sources()
    assert (source.publisher, source.filename, str(source.retrieved_on)) == (
        "NHS England",
        NAME,
        "2026-11-20",
    )
    assert document.find(f".//a[@href='/sources/{source.sha256}/']") is not None


def test_the_same_file_again_changes_nothing_and_says_when_it_was_loaded(
    steward_client: Client, page_of: Parse
) -> None:
    steward_client.post(NEW, filled())
    steward_client.post(NEW, filled(name="a-copy.csv"))
    document = page_of(steward_client.get("/imports/report/"))
    assert text_of(document.find(".//h1")) == "Nothing changed"
    assert "This file was loaded on " in text_of(document.find(".//main"))
    assert len(sources()) == 1
    assert [entry.act for entry in entries(act="register.file_loaded")] == ["register.file_loaded"]


def test_without_a_report_there_is_the_list(steward_client: Client) -> None:
    response = steward_client.get("/imports/report/")
    assert (response.status_code, response["Location"]) == (302, "/imports/")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.csv", b"", "The selected file is empty"),
        ("x.xlsx", PAYMENTS, "The selected file must be a CSV"),
        ("x.csv", b"PK\x03\x04 a workbook", "The selected file must be a CSV"),
        ("x.CSV.pdf", PAYMENTS, "The selected file must be a CSV"),
    ],
)
def test_a_wrong_file_is_named_in_the_service_manuals_words(
    steward_client: Client, page_of: Parse, name: str, data: bytes, message: str
) -> None:
    file = SimpleUploadedFile(name, data)
    assert sent_wrong(steward_client, page_of, file=file) == {"id_file": message}


def test_no_file_and_nothing_else_either(steward_client: Client, page_of: Parse) -> None:
    nothing = {
        "kind": None, "file": None, "publisher": "", "licence": " ",
        "retrieved_day": "", "retrieved_month": "", "retrieved_year": "",
    }  # fmt: skip
    assert sent_wrong(steward_client, page_of, **nothing) == {
        "id_kind_0": "Select what the file holds",
        "id_file": "Select a file",
        "id_publisher": "Enter the name of the publisher",
        "id_licence": "Enter the licence",
        "id_retrieved_day": "Enter the day the file was retrieved",
    }


def test_a_file_that_is_too_large(
    steward_client: Client, page_of: Parse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MOST_MEGABYTES", 0)
    assert sent_wrong(steward_client, page_of) == {"id_file": "The selected file must be smaller than 0MB"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"retrieved_day": "31"}, {"id_retrieved_day": "The day the file was retrieved must be a real date"}),
        (
            {"retrieved_year": ""},
            {"id_retrieved_year": "The day the file was retrieved must include a year"},
        ),
        ({"retrieved_year": "26"}, {"id_retrieved_year": "Year must have 4 numbers, for example 2015"}),
        (
            {"retrieved_year": "2099"},
            {
                "id_retrieved_day": "The day the file was retrieved must be today or in the past, "
                "not 20 November 2099"
            },
        ),
        ({"as_of_month": "6"}, {"id_as_of_day": "The day the file describes must include a day and a year"}),
        ({"year": "2014-16"}, {"id_year": "Enter the year in the correct format, like 2014-15"}),
        ({"year": "last"}, {"id_year": "Enter the year in the correct format, like 2014-15"}),
    ],
)
def test_wrong_dates_lead_to_their_first_wrong_field(
    steward_client: Client, page_of: Parse, changes: dict[str, str], expected: dict[str, str]
) -> None:
    assert sent_wrong(steward_client, page_of, **changes) == expected


@pytest.mark.parametrize("year", ["2014-15", "2014/15", "2014", " 2014–2015 "])
def test_the_year_may_be_written_as_people_do(steward_client: Client, year: str) -> None:
    assert steward_client.post(NEW, filled(name="payments.csv", year=year)).status_code == 302
    assert str(sources()[0].as_of) == "2014-04-01"


def test_an_unknown_layout_lists_columns_found_and_missing(steward_client: Client, page_of: Parse) -> None:
    response = steward_client.post(NEW, filled(b"Fruit,Practice Code\r\napple,A81001\r\n"))
    document = page_of(response)
    said = text_of(document.find(".//main"))
    assert list(problems(document)) == ["id_file"]
    assert "Columns in the file Fruit; Practice Code" in said
    missing = document.findall(".//div[@class='nhsuk-inset-text']//li")
    assert "Practice Name" not in {text_of(one) for one in missing}
    assert len(missing) > 0
    assert sources() == []


def test_rows_that_cannot_be_used_are_listed_with_their_place(steward_client: Client, page_of: Parse) -> None:
    data = published.payments_file(
        published.payment_row("A81001"),
        published.payment_row("A81002", **{"Global Sum": "twelve"}),
        published.payment_row("NOTACODE"),
    )
    document = page_of(steward_client.post(NEW, filled(data)))
    rows = document.findall(".//table[@id='refused']/tbody/tr")
    cells = [[text_of(cell) for cell in row] for row in rows]
    assert [(row[0], row[1], row[2]) for row in cells] == [
        ("Row 3", "Column Global Sum", "Value twelve"),
        ("Row 4", "Column Practice Code", "Value NOTACODE"),
    ]
    assert "This is not a number." in cells[0][3]
    assert "2 rows that cannot be used" in text_of(document.find(".//table[@id='refused']/caption"))
    assert sources() == []


def test_the_rest_may_be_loaded_without_them(steward_client: Client, page_of: Parse) -> None:
    data = published.payments_file(published.payment_row("A81001"), published.payment_row("NOTACODE"))
    assert steward_client.post(NEW, filled(data, leave_out_refused="on")).status_code == 302
    document = page_of(steward_client.get("/imports/report/"))
    assert text_of(document.find(".//table[@id='left-out']/caption")) == "1 row left out"


def test_the_list_shows_what_was_loaded_and_what_was_refused(steward_client: Client, page_of: Parse) -> None:
    steward_client.post(NEW, filled())
    steward_client.post(NEW, filled(b"Fruit\r\napple\r\n"))
    document = page_of(steward_client.get("/imports/"))
    assert len(document.findall(".//table[@id='sources']/tbody/tr")) == 1
    [refused] = document.findall(".//table[@id='refused']/tbody/tr")
    assert "The columns are not those of a file of this kind" in text_of(refused)
    assert refused.find(".//a").get("href").startswith("/ledger/")
    assert document.find(f".//main//a[@href='{NEW}']") is not None


def test_an_assessor_sees_the_list_but_is_not_offered_to_load(
    db: None, as_person: Callable[[Any], Client], page_of: Parse
) -> None:
    from tests.doors.web.conftest import organisation, person

    organisation("X24", "national_body", "NHS ENGLAND")
    client = as_person(person("eve@example.org", "Eve Dunn", ("national_assessor", "X24")))
    document = page_of(client.get("/imports/"))
    assert document.find(f".//main//a[@href='{NEW}']") is None
    assert client.get(NEW).status_code == 403


def test_the_template_is_the_layout_that_is_read(client: Client, load: Any) -> None:
    response = client.get("/imports/organisations-template.csv")
    assert response["Content-Disposition"] == 'attachment; filename="organisations-template.csv"'
    header = response.content
    assert header.endswith(b"\r\n")
    row = b"LMCA,lmc,A LMC,1948-07-05,,,,,\r\n"
    report = load("organisations", header + row, "organisations-2013-04-01.csv", as_of=None)
    assert (report.rows, report.refused) == (1, 0)
    assert all(meaning for _, meaning, _ in report.columns)
