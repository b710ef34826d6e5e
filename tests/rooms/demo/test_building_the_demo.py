"""Building the demo: the same actions as anyone's, harmless to repeat, everything in the ledger."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from remit.accounts.queries import DEMO_PASSWORD, demo_accounts
from remit.demo.actions import build_demo
from remit.demo.cast import cast_for
from remit.demo.files import files_in, kind_of
from remit.engines.permissions import ROLES
from remit.kernel.actor import Actor, RoleAt
from remit.ledger.queries import entries, head, verify
from remit.register.queries import commissioners_on, nation_on
from tests.published_files import boards_file, payment_row, payments_file

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

OWNER = Actor(
    "system", "SYSTEM", frozenset({RoleAt("data_steward", "SYSTEM"), RoleAt("ledger_keeper", "SYSTEM")})
)
TODAY = date(2026, 11, 21)


def clock():
    """An instant a second after the last."""
    seconds = count()
    start = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    return lambda: start + timedelta(seconds=next(seconds))


def test_the_invented_nation_and_its_people() -> None:
    told: list[str] = []
    built = build_demo(by=OWNER, at=clock(), practices=250, progress=lambda step, done, of: told.append(step))
    assert not built.already
    assert all(row.report is not None and row.report.refused == 0 for row in built.loaded)
    counts = [
        nation_on(date.fromisoformat(day)).commissioners for day in ("2013-04-01", "2017-10-25", "2026-04-01")
    ]
    assert counts == [211, 207, 36]
    assert told
    people = demo_accounts(TODAY)
    assert {held.role for person in people for held in person.roles} == set(ROLES), (
        "an account for every role"
    )
    assert max(len({held.organisation for held in person.roles}) for person in people) >= 3, "one with many"
    assert len(people) == built.people
    bodies = "".join(entries(limit=500).values_list("body", flat=True))
    assert "Fairweather" not in bodies
    assert DEMO_PASSWORD not in bodies
    assert verify().ok

    for day in ("2014-04-01", "2018-04-01", "2023-04-01", "2026-03-31", "2026-04-01", "2026-11-21"):
        nation = nation_on(date.fromisoformat(day))
        by_commissioner = sum(row.practices for row in commissioners_on(nation.on))
        in_regions = sum(region.practices for region in nation.regions)
        assert in_regions == nation.practices == by_commissioner, f"{day}: every practice is somewhere"

    size = head().size
    again = build_demo(by=OWNER, at=clock(), practices=250)
    assert again.already
    assert head().size == size, "a second run does nothing"


def test_a_folder_of_published_files(tmp_path: Path) -> None:
    (tmp_path / "payments").mkdir()
    (tmp_path / "payments" / "nhs-payments-gp-2014-15.csv").write_bytes(payments_file(payment_row("A81001")))
    (tmp_path / "icb-2024-12.csv").write_bytes(boards_file(("QXX", "NHS North Newgate ICB")))
    (tmp_path / "eccg-2025.csv").write_bytes(b"not,a,layout\r\n")
    (tmp_path / "qof.csv").write_bytes(b"left alone")
    built = build_demo(by=OWNER, at=clock(), folder=tmp_path)
    by_name = {row.file.path.name: row for row in built.loaded}
    assert set(by_name) == {"bodies.csv", "nhs-payments-gp-2014-15.csv", "icb-2024-12.csv", "eccg-2025.csv"}
    assert by_name["eccg-2025.csv"].report is None
    assert by_name["eccg-2025.csv"].why_not
    assert nation_on(date(2014, 10, 1)).practices == 1
    roles = {held.role for person in demo_accounts(TODAY) for held in person.roles}
    assert {"data_steward", "commissioner_officer", "lmc_officer", "journalist"} <= roles


def test_nobody_is_cast_where_there_is_no_organisation() -> None:
    assert cast_for(TODAY) == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("nhs-payments-gp-2021-22.csv", "payments"),
        ("epraccur-2018-06.csv", "practices"),
        ("eccg-2025.csv", "commissioners"),
        ("ccg-geography-1415-1920.csv", "commissioners"),
        ("gp-reg-patients-2014-01.csv", "lists"),
        ("ccg-to-icb.csv", "map"),
        ("practice-pcn-ccg-2022-01.csv", "map"),
        ("organisations-bodies.csv", "organisations"),
        ("PREVALENCE_1617.csv", ""),
    ],
)
def test_kinds_by_name(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_the_bodies_come_first(tmp_path: Path) -> None:
    (tmp_path / "gp-reg-patients-2014-01.csv").write_text("")
    (tmp_path / "eccg-2025.csv").write_text("")
    assert [file.kind for file in files_in(tmp_path)] == ["organisations", "commissioners", "lists"]
