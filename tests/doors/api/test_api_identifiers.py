"""/id/… answers 303, for ever, to what it names."""

from __future__ import annotations

import pytest
from django.test import Client

SOURCE = "a" * 64


@pytest.mark.parametrize(
    ("identifier", "where"),
    [
        ("/id/organisations/A81001", "A81001"),
        ("/id/organisations/01A", "01A"),
        (f"/id/sources/{SOURCE}", SOURCE),
        (f"/id/sources/{SOURCE}/organisations/A81001", "A81001"),
        ("/id/figures/turnout", "/figures/turnout"),
        ("/id/ledger/2", "/api/v1/ledger/entries/2"),
        ("/id/seeds/S1-02", "#S1-02"),
    ],
)
def test_an_identifier_leads_to_what_it_names(api: Client, identifier: str, where: str) -> None:
    response = api.get(identifier)
    assert response.status_code == 303
    assert response["Location"].rstrip("/").endswith(where)
    assert api.get(response["Location"].partition("#")[0], follow=True).status_code == 200


@pytest.mark.parametrize(
    "identifier",
    [
        "/id/organisations/ZZZ",
        "/id/organisations/A81001%00",
        "/id/organisations/A81001%0A",
        f"/id/sources/{'0' * 63}%00",
        f"/id/sources/{'0' * 64}",
        f"/id/sources/{'0' * 64}/organisations/A81001",
        f"/id/sources/{SOURCE}/organisations/ZZZ",
        "/id/figures/nothing",
        "/id/figures/turnout%00",
        "/id/ledger/3",
        "/id/seeds/S99-99",
    ],
)
def test_what_was_never_named_is_404(api: Client, identifier: str) -> None:
    assert api.get(identifier).status_code == 404


def test_who_takes_only_json_is_led_to_the_data(api: Client) -> None:
    response = api.get("/id/organisations/A81001", headers={"Accept": "application/json"})
    assert response["Location"] == "/api/v1/organisations/A81001"
    assert "Accept" in response["Vary"]


@pytest.mark.parametrize(
    "path",
    [
        "/practices?on=2015-04-01",
        "/sources",
        "/figures",
        "/figures/turnout/rows",
        "/ledger/entries",
        "/tour?limit=1",
        "/successions?code=01A",
        "/practices/A81001/payments?on=2015-04-01",
        "/practices/A81001/bands?on=2015-04-01",
    ],
)
def test_every_record_carries_an_identifier_that_works(api: Client, path: str) -> None:
    for item in api.get(f"/api/v1{path}").json()["items"]:
        assert item["id"].startswith("http://testserver/id/")
        address = item["id"].removeprefix("http://testserver").partition("#")[0]
        assert api.get(address).status_code == 303
