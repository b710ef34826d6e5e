"""What an address does not know is refused by name, in our own words."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from remit.api.faults import fault
from tests.doors.api.conftest import PROGRAMME
from tests.doors.api.test_api_registers import REGISTERS

V1 = "/api/v1"


def refused(client: Client, path: str) -> dict[str, str]:
    """What is said of each parameter."""
    response = client.get(f"{V1}{path}")
    assert response.status_code == 422, response.content
    assert response["Content-Type"] == "application/problem+json"
    return {error["field"]: error["message"] for error in response.json()["errors"]}


@pytest.mark.parametrize("twin", ["", ".csv", ".csv-metadata.json"])
def test_no_register_passes_over_a_parameter(programme: None, api: Client, twin: str) -> None:
    for path in [*REGISTERS, *PROGRAMME]:
        start, _, asked = path.partition("?")
        said = refused(api, f"{start}{twin}?{asked}&colour=red")
        assert list(said) == ["colour"], path
        assert said["colour"].startswith("There is no such parameter.")


@pytest.mark.parametrize(
    ("path", "field", "message"),
    [
        ("/announcements?level=3", "level", "There is no such parameter. There are: on, limit, offset"),
        ("/tour.csv?on=2015-04-01", "on", "There is no such parameter. This address has none"),
        ("/uptake?on=zz", "on", "There is no such parameter. There are: limit, offset"),
        ("/powers/check?commissioner=01A&power=approve_mergers&at=foo", "at",
         "There is no such parameter. There are: commissioner, power, group, on"),
        ("/tour?on=2015-04-01", "on", "There is no such parameter. There are: limit, offset"),
        ("/ledger?on=2015-04-01", "on", "There is no such parameter. This address has none"),
        ("/regions?on=2015-04-01&on=2016-04-01", "on", "Say this once only"),
        ("/search", "q", "This is needed"),
        ("/regions?on=2015-04-31", "on",
         "There is no day 2015-04-31. Write one that is in the calendar, like 2015-04-01"),
        ("/regions?on=yesterday", "on", "“yesterday” is not a date. Write the date like 2015-04-01"),
        ("/powers/check?commissioner=01A&power=approve_mergers&on=1%20April", "on",
         "“1 April” is not a date. Write the date like 2015-04-01"),
        ("/powers/check?commissioner=01A&power=approve_mergers&on=2015-02-30T10:00:00Z", "on",
         "There is no instant 2015-02-30T10:00:00Z. Write one that is in the calendar, like 2015-03-31T23:30:00Z"),
        ("/regions?on=", "on", "Write the date like 2015-04-01"),
        ("/regions?on=1066-10-14", "on",
         "The day must be from 1948-07-05 (the first day of the NHS) to 2100-12-31"),
        ("/practices?limit=0", "limit", "Write 1 or more"),
        ("/practices?limit=501", "limit", "Write 500 or less"),
        ("/practices?limit=many", "limit", "Write a whole number"),
        ("/figures?article=S9", "article", "There is no article “S9”. There are: S0, S1, S2, S3, S4, ext."),
    ],
)  # fmt: skip
def test_what_is_said(programme: None, api: Client, path: str, field: str, message: str) -> None:
    assert refused(api, path) == {field: message}


def test_a_code_that_is_none_is_answered_with_those_there_are(programme: None, api: Client) -> None:
    said = refused(api, "/powers/check?commissioner=01A&power=fly")
    assert said["power"].startswith("There is no such code. There are: ")
    assert "approve_mergers" in said["power"]
    assert "'" not in said["power"]


def test_a_small_letter_finds_the_article(api: Client) -> None:
    assert api.get(f"{V1}/figures?article=s0").status_code == 200


@pytest.mark.parametrize("path", ["/nation", "/index-that-is-none", "/commissioners/01A?on=2015-04-01"])
def test_what_is_asked_rightly_is_answered(api: Client, path: str) -> None:
    assert api.get(f"{V1}{path}").status_code == (404 if "none" in path else 200)


def test_an_error_without_words_of_ours_keeps_its_own() -> None:
    assert fault({"type": "value_error", "msg": "Value error, Write it so"}) == "Write it so"
    assert (
        fault({"type": "url_parsing", "msg": "relative URL without a base"}) == "relative URL without a base"
    )


def test_one_round_and_where_its_parts_are(programme: None, api: Client) -> None:
    found: dict[str, Any] = api.get(f"{V1}/rounds/2015-level-3").json()
    assert (found["code"], found["level"], found["applied"], found["decided"]) == ("2015-level-3", 3, 2, 2)
    assert found["announcements"] == ["2015-level-3-told"]
    for address in (found["applications"], found["applications_csv"]):
        assert api.get(address).status_code == 200
    leads = api.get(found["id"], headers={"Accept": "application/json"})
    assert (leads.status_code, leads["Location"]) == (303, f"{V1}/rounds/2015-level-3")
    told = api.get(f"{V1}/rounds/none")
    assert (told.status_code, told.json()["code"]) == (404, "not_found")


def test_the_nation_has_its_levels(programme: None, api: Client) -> None:
    rows = {row["on"]: row for row in api.get(f"{V1}/uptake").json()["items"]}
    nation = api.get(f"{V1}/nation?on=2015-04-01").json()
    names = [name for name in rows["2015-04-01"] if name not in ("id", "on")]
    assert {name: nation[name] for name in names} == {name: rows["2015-04-01"][name] for name in names}
    assert (nation["level_3"], nation["level_2"], nation["approved_3"]) == (1, 1, 1)
