"""Registers: bounded pages, CSV twins that say the same, and their descriptions."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from datetime import date
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient, Client

from remit.api.csv_twin import Column, cell
from tests.doors.api.conftest import PROGRAMME
from tests.factories import make_fact, make_organisation

V1 = "/api/v1"
BOARDS_BEGAN = date(2022, 7, 1)
REGISTERS = [
    "/regions?on=2015-04-01",
    "/commissioners?on=2015-04-01",
    "/commissioners/01A/practices?on=2015-04-01",
    "/practices?on=2015-04-01",
    "/practices?on=2015-04-01&commissioner=01B",
    "/practices/A81001/lists?on=2015-04-01",
    "/practices/A81001/bands?on=2015-04-01",
    "/practices/A81001/payments?on=2015-04-01",
    "/organisations?on=2015-04-01",
    "/organisations?on=2015-04-01&kind=ccg",
    "/successions?code=01A",
    "/sources",
    "/figures",
    "/figures/turnout/rows",
    "/ledger/entries",
    "/ledger/entries?before=2",
    "/tour",
]

# These have tests of their own.
APART = {
    "/agreements",
    "/agreements/{agreement}/log",
    "/call-ins",
    "/commissioners/{code}/history",
    "/commissioners/{code}/scope-variations",
    "/constitutions",
    "/constitutions/{code}",
    "/consultations",
    "/consultations/{consultation}/tallies",
    "/evidence",
    "/mandates",
    "/meetings",
    "/motions",
    "/motions/{motion}/roll",
    "/organisations/{code}",
    "/programmes",
    "/programmes/{code}/documents",
    "/programmes/{code}/interests",
    "/programmes/{code}/statements",
    "/requisitions",
    "/rounds/{code}/decisions-due",
    "/rounds/{code}/duties",
    "/rounds/{code}/late-requests",
    "/rounds/{code}/stages",
    "/rounds/{code}/tallies",
    "/rounds/{code}/timetable",
}


def with_suffix(path: str, suffix: str) -> str:
    address, _, query = path.partition("?")
    return f"{V1}{address}{suffix}{'?' + query if query else ''}"


def body_of(response: Any) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_every_register_of_the_document_is_tested_here(api: Client) -> None:
    document = api.get(f"{V1}/openapi.json").json()
    twins = {
        path.removeprefix(V1).removesuffix(".csv") for path in document["paths"] if path.endswith(".csv")
    }
    tested = {path.partition("?")[0] for path in [*REGISTERS, *PROGRAMME]}
    tested = {
        re.sub("/(A81001|01A|2015-level-3|2015-level-3-told)/", "/{code}/", path)
        .replace("/turnout/", "/{figure}/")
        .replace("/approved-3", "/{count}")
        for path in tested
    }
    assert twins - tested == APART
    assert tested <= twins


@pytest.mark.parametrize("path", REGISTERS)
def test_the_csv_says_what_the_json_says(api: Client, path: str) -> None:
    joint = "&" if "?" in path else "?"
    items = api.get(f"{V1}{path}{joint}limit=500").json()["items"]
    assert items
    text = body_of(api.get(with_suffix(path, ".csv"))).decode()
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert header == list(items[0])
    assert rows == [[as_cell(value) for value in item.values()] for item in items]


def as_cell(value: Any) -> str:
    """What a value has to look like in CSV, said again: the door's own rule cannot be its own witness."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "|".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        is_number = value[1:].replace(".", "").isdigit()
        return value if is_number else "'" + value
    return str(value)


@pytest.mark.parametrize("path", REGISTERS)
def test_the_csv_is_as_rfc_4180_has_it(api: Client, path: str) -> None:
    response = api.get(with_suffix(path, ".csv"))
    data = body_of(response)
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"].startswith('attachment; filename="')
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert 'rel="license"' in response["Link"]
    assert f'{with_suffix(path, ".csv-metadata.json")}>; rel="describedby"' in response["Link"]


@pytest.mark.parametrize("path", REGISTERS)
def test_the_description_fits_the_file(api: Client, path: str) -> None:
    data = body_of(api.get(with_suffix(path, ".csv")))
    response = api.get(with_suffix(path, ".csv-metadata.json"))
    described = response.json()
    assert response["Content-Type"] == "application/csvm+json"
    assert described["@context"][0] == "http://www.w3.org/ns/csvw"
    assert described["url"] == f"http://testserver{with_suffix(path, '.csv')}"
    assert described["schema:sha256"] == hashlib.sha256(data).hexdigest()
    assert described["schema:contentSize"] == len(data)
    header, *rows = csv.DictReader(io.StringIO(data.decode(), newline="")), *()
    columns = described["tableSchema"]["columns"]
    assert [column["titles"] for column in columns] == header.fieldnames
    rows = list(header)
    assert len({row["id"] for row in rows}) == len(rows), "the primary key repeats"
    for column in columns:
        if column["required"] and column["datatype"] != "string":
            assert all(row[column["name"]] for row in rows), column


def test_the_csv_of_an_organisation_holds_every_dated_fact(api: Client) -> None:
    found = api.get(f"{V1}/organisations/A81001?on=2015-04-01").json()
    response = api.get(f"{V1}/organisations/A81001.csv?on=2015-04-01")
    rows = list(csv.DictReader(io.StringIO(body_of(response).decode(), newline="")))
    facts = [*found["kinds"], *found["history"]]
    for row in rows:
        assert row.pop("id").startswith("http://testserver/id/organisations/A81001#")
        assert row.pop("code") == "A81001"
    assert rows == [{name: as_cell(value) for name, value in fact.items()} for fact in facts]
    assert len(rows) == 5
    assert api.get(f"{V1}/organisations/ZZZ.csv").status_code == 404
    assert api.get(f"{V1}/organisations/A81001.csv-metadata.json").json()["tableSchema"]["primaryKey"] == "id"


def test_since_boards_began_they_commission_and_their_locations_stand_apart(api: Client) -> None:
    make_organisation("QZ1", "icb", "NHS Dales Integrated Care Board", first=BOARDS_BEGAN)
    make_fact("01B", "icb", "QZ1", BOARDS_BEGAN)
    paths = (
        "/practices{}?on=2023-01-01&commissioner=QZ1",
        "/practices{}?on=2023-01-01&commissioner=01B",
        "/commissioners/QZ1/practices{}?on=2023-01-01",
    )
    for path in paths:
        for rows in (
            api.get(V1 + path.format("")).json()["items"],
            list(
                csv.DictReader(io.StringIO(body_of(api.get(V1 + path.format(".csv"))).decode(), newline=""))
            ),
        ):
            named = {row["code"]: (row["commissioner"], row["sub_icb_location"]) for row in rows}
            assert named == {"A81001": ("QZ1", "01B"), "A81002": ("QZ1", "01B")}, path
    one = api.get(f"{V1}/practices/A81001?on=2023-01-01").json()
    assert (one["commissioner"], one["sub_icb_location"]) == ("QZ1", "01B")
    assert one["now"]["commissioner"]["value_name"] == "NHS Dales Integrated Care Board"
    assert one["now"]["sub_icb_location"]["first"] == "2022-07-01"
    before = api.get(f"{V1}/practices/A81001?on=2022-06-30").json()
    assert (before["commissioner"], before["sub_icb_location"]) == ("01B", "")
    spans = [
        (row["value"], row["first"], row["last"]) for row in one["history"] if row["about"] == "commissioner"
    ]
    assert spans == [
        ("01A", "2013-04-01", "2018-03-31"),
        ("01B", "2018-04-01", "2022-06-30"),
        ("QZ1", "2022-07-01", None),
    ]


def test_types_are_described(api: Client) -> None:
    described = api.get(f"{V1}/practices.csv-metadata.json").json()
    types = {
        each["name"]: (each["datatype"], each["required"]) for each in described["tableSchema"]["columns"]
    }
    assert types["id"] == ("anyURI", True)
    assert types["registered"] == ("decimal", False)
    assert types["counted_on"] == ("date", False)
    tests = api.get(f"{V1}/tour.csv-metadata.json").json()["tableSchema"]["columns"][-1]
    assert (tests["name"], tests["separator"]) == ("tests", "|")


def test_no_cell_is_a_formula(api: Client) -> None:
    text = body_of(api.get(f"{V1}/organisations.csv?on=2015-04-01")).decode()
    names = {row["code"]: row["name"] for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert names["07X"] == '\'=cmd|"/c calc"!A1'
    assert names["A81003"] == "'-Minus Lane Surgery"
    assert names["F84001"] == "'@ the Green"
    assert names["A81002"] == "Quay, “Old” Practice"


def test_yes_and_no_are_written_as_csvw_has_them() -> None:
    column = Column("is_open", "", "boolean", is_list=False, required=True)
    assert [cell(value, column) for value in (True, False, None)] == ["true", "false", ""]


def test_a_negative_number_is_no_formula(api: Client) -> None:
    text = body_of(api.get(f"{V1}/practices/A81001/payments.csv?on=2015-04-01")).decode()
    rows = {row["line"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert (rows["deductions"]["pence"], rows["deductions"]["pounds"]) == ("-250", "-2.50")
    assert (rows["premises"]["pence"], rows["premises"]["pounds"]) == ("", "")


def test_the_file_is_named_after_what_is_in_it(api: Client) -> None:
    response = api.get(f"{V1}/practices/A81001/lists.csv?on=2015-04-01")
    assert response["Content-Disposition"] == 'attachment; filename="practice-lists-a81001-2015-04-01.csv"'


def test_pages_join_up_to_the_whole(api: Client) -> None:
    whole = api.get(f"{V1}/organisations?on=2015-04-01&limit=500").json()
    address, pages = f"{V1}/organisations?on=2015-04-01&limit=3", []
    while address:
        page = api.get(address).json()
        assert len(page["items"]) <= 3
        pages += page["items"]
        address = page["next"]
    assert pages == whole["items"]
    assert whole["total"] == len(pages) == 10
    assert whole["next"] is None
    assert whole["csv"] == "http://testserver/api/v1/organisations.csv?on=2015-04-01"


def test_the_practices_join_up_in_the_order_of_their_names(api: Client) -> None:
    pages = [
        api.get(f"{V1}/practices?on=2015-04-01&limit=1&offset={at}").json()["items"][0] for at in range(4)
    ]
    assert pages == api.get(f"{V1}/practices?on=2015-04-01").json()["items"]
    names = [page["name"].upper() for page in pages]
    assert names == sorted(names)


@pytest.mark.parametrize(
    "bounds",
    [
        "limit=0",
        "limit=501",
        "limit=-1",
        "limit=x",
        "offset=-1",
        "offset=1000001",
        "offset=32538995611679285248",
    ],
)
@pytest.mark.parametrize("path", ["/practices", "/ledger/entries", "/tour"])
def test_pages_are_bounded(api: Client, path: str, bounds: str) -> None:
    response = api.get(f"{V1}{path}?{bounds}")
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == bounds.partition("=")[0]


@pytest.mark.parametrize("path", REGISTERS)
def test_beyond_the_end_there_is_nothing(api: Client, path: str) -> None:
    joint = "&" if "?" in path else "?"
    page = api.get(f"{V1}{path}{joint}offset=1000000").json()
    assert page["items"] == []
    assert page["next"] is None
    assert page["total"] > 0


def test_commissioners_of_one_region(api: Client) -> None:
    found = api.get(f"{V1}/commissioners?on=2015-04-01&region=y54").json()
    assert [row["code"] for row in found["items"]] == ["01A", "01B"]


def test_entries_come_newest_first_and_before_a_place(api: Client) -> None:
    found = api.get(f"{V1}/ledger/entries?before=2&limit=1&offset=1").json()
    assert (found["total"], [row["index"] for row in found["items"]]) == (2, [0])


def test_an_asgi_server_sends_the_same_file(api: Client) -> None:
    async def read() -> bytes:
        response: Any = await AsyncClient().get(f"{V1}/practices.csv?on=2015-04-01")
        assert response.is_async
        return b"".join([piece async for piece in response.streaming_content])

    assert async_to_sync(read)() == body_of(api.get(f"{V1}/practices.csv?on=2015-04-01"))


def test_any_site_may_read_the_open_data(api: Client) -> None:
    assert api.get(f"{V1}/nation")["Access-Control-Allow-Origin"] == "*"
