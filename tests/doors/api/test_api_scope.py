"""Changes of scope and call-ins by API."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from remit.delegation import actions
from remit.delegation.actions import ScopeChange
from tests.delegation_factories import (
    PROGRAMME,
    london,
    make_arrangement,
    make_commissioners,
    make_round,
    officer_of,
)
from tests.doors.api.test_api_delegation import LAWS

pytestmark = pytest.mark.django_db


@pytest.fixture
def varied() -> None:
    """00A gained dental services, lost performance management, and had a merger called in."""
    make_commissioners("00A")
    make_round()
    made = make_arrangement("2015-level-3", "00A")
    usual: dict[str, Any] = {
        "arrangement": made.pk,
        "instrument": "Deed",
        "reasons": "Agreed.",
        "by": PROGRAMME,
    }
    keep = ScopeChange(reserved=("performance_manage",))
    actions.vary_scope(change=keep, effective_on=date(2015, 4, 1), at=london(2015, 3, 10), **usual)
    add = ScopeChange(groups_added=("dental",))
    actions.vary_scope(change=add, effective_on=date(2023, 4, 1), at=london(2023, 3, 1), **usual)
    used = actions.use_power(
        commissioner="00A",
        power="manage_contracts",
        group="dental",
        what="A contract",
        by=officer_of("00A"),
        at=london(2023, 5, 2),
        once="1",
    )
    actions.call_in_decision(use=used.pk, reasons="Contested.", by=PROGRAMME, at=london(2023, 5, 3))


@pytest.mark.slow
@pytest.mark.usefixtures("varied")
@pytest.mark.parametrize("path", ["/commissioners/00A/scope-variations", "/call-ins"])
def test_their_registers_keep_the_laws_of_registers(client: Client, path: str) -> None:
    for law in LAWS:
        law(client, path)


@pytest.mark.usefixtures("varied")
@pytest.mark.seed("S2-35")
def test_adding_a_group_later_is_a_change_of_the_same_arrangement(client: Client) -> None:
    first, second = client.get("/api/v1/commissioners/00A/scope-variations").json()["items"]
    assert first["arrangement"] == second["arrangement"]
    assert first["reserved"] == ["performance_manage/general_practice"]
    assert (second["effective_on"], second["groups_added"]) == ("2023-04-01", ["dental"])
    assert len(client.get("/api/v1/commissioners/00A/arrangements").json()["items"]) == 1


@pytest.mark.usefixtures("varied")
@pytest.mark.seed("S2-13")
def test_the_powers_of_a_commissioner_name_the_holder(client: Client) -> None:
    def holder(power: str, group: str, on: str) -> str:
        rows = client.get(f"/api/v1/commissioners/00A/powers?on={on}").json()["items"]
        return {(row["power"], row["group"]): row["holder"] for row in rows}[power, group]  # type: ignore[no-any-return]

    assert holder("performance_manage", "general_practice", "2015-04-01") == "NHS England"
    assert holder("manage_contracts", "dental", "2023-03-31") == "NHS England"
    assert holder("manage_contracts", "dental", "2023-04-01") == "commissioner"


@pytest.mark.usefixtures("varied")
def test_a_call_in_is_public_with_its_reasons(client: Client) -> None:
    (row,) = client.get("/api/v1/call-ins").json()["items"]
    assert (row["state"], row["reasons"], row["group"]) == ("called_in", "Contested.", "dental")
