"""What was so on days of which no file speaks: regions, names and what somebody was."""

from __future__ import annotations

from datetime import date

import pytest

from remit.register.models import Fact
from remit.register.queries import (
    commissioners_on,
    kind_on,
    names_on,
    nation_on,
    organisation_at,
    region_of,
    search,
    years_of_region,
)
from tests.published_files import (
    boards_file,
    csv_bytes,
    eccg_row,
    epraccur_row,
    lists_file,
    map_file,
    payment_row,
    payments_file,
)

NAMES = {
    "nhs-payments-gp-2014-15.csv": "DRS OAK & ASH",
    "nhs-payments-gp-2015-16.csv": "DR OAK",
    "nhs-payments-gp-2017-18.csv": "DR OAK & CO",
}


def spans(code: str, about: str) -> list[tuple[str, date, date, str]]:
    rows = Fact.objects.filter(organisation_id=code, about=about).order_by("from_on")
    return list(rows.values_list("value", "from_on", "until_on", "basis"))


@pytest.fixture
def groups(load) -> None:
    """A group of 2013 that closed in 2018 and one that is a board's location; lists name their region."""
    eccg = [
        eccg_row("00F", "NHS GATESHIRE CCG", "20130401", "20180331", region=""),
        eccg_row("13T", "NHS NEWGATE ICB - 13T", "20150401", "", "RO319", region=""),
    ]
    load("commissioners", csv_bytes(eccg), "eccg-2025.csv")
    load("lists", lists_file(("A81001", "00F", 6000)), "gp-reg-patients-2014-01.csv")
    later = lists_file(("A81001", "00F", 6100), ("A81002", "13T", 5000))
    load("lists", later, "gp-reg-patients-2016-01.csv")


@pytest.mark.usefixtures("groups")
class TestRegions:
    @pytest.mark.parametrize(
        "day", [date(2013, 4, 1), date(2014, 2, 15), date(2015, 3, 31), date(2017, 12, 1)]
    )
    def test_a_commissioner_has_its_region_on_days_of_which_no_file_speaks(self, day: date) -> None:
        on = nation_on(day)
        assert on.without_region == 0
        assert [(row.code, row.commissioners) for row in on.regions] == [("Y54", on.commissioners)]
        assert region_of("00F", day)[0] == "Y54"

    def test_never_before_it_opened_nor_after_it_closed(self) -> None:
        assert spans("00F", "region") == [("Y54", date(2013, 4, 1), date(2018, 3, 31), "carried")]
        assert spans("13T", "region")[0][1] == date(2015, 4, 1)

    def test_never_longer_than_the_region_lasted(self) -> None:
        assert spans("13T", "region") == [("Y54", date(2015, 4, 1), date(2019, 3, 31), "carried")]
        assert nation_on(date(2019, 4, 1)).without_region == 1

    def test_a_region_lasted_for_its_era_and_says_that_nobody_states_it(self) -> None:
        assert spans("Y54", "kind") == [("region", date(2013, 4, 1), date(2019, 3, 31), "carried")]
        page = organisation_at("Y54", date(2013, 4, 1))
        assert page is not None
        assert (page.was_open, page.kinds[0].opens, page.closes(page.kinds[0])) == (True, False, False)
        assert page.kinds[0].sources, "who named it"

    def test_an_area_team_began_with_its_era(self) -> None:
        assert spans("Q45", "kind")[0][:2] == ("area_team", date(2013, 4, 1))
        assert spans("00F", "local_office")[0][:2] == ("Q45", date(2013, 4, 1))

    def test_the_years_of_a_region(self) -> None:
        years = [
            (row.on.year, row.commissioners, row.practices)
            for row in years_of_region("Y54", date(2020, 1, 1))
        ]
        assert years[0] == (2013, 1, 0)
        assert {year: commissioners for year, commissioners, _ in years} == {
            **dict.fromkeys((2013, 2014), 1),
            **dict.fromkeys((2015, 2016, 2017), 2),
            2018: 1,
        }
        assert years_of_region("Y54", date(2020, 1, 1)) == years_of_region("Y54", date(2020, 1, 1))
        assert years_of_region("Y63", date(2020, 1, 1)) == []


def test_a_partnership_lasts_until_the_boards_begin_and_keeps_its_name_and_region(load) -> None:
    rows = [
        (
            "CCG21CD",
            "CCG21CDH",
            "CCG21NM",
            "STP21CD",
            "STP21CDH",
            "STP21NM",
            "NHSER21CD",
            "NHSER21CDH",
            "NHSER21NM",
        ),
        (
            "E38000001",
            "13T",
            "NHS Newgate CCG",
            "E54000050",
            "QHM",
            "Newgate",
            "E40000012",
            "Y63",
            "North East",
        ),
    ]
    load("map", csv_bytes(rows), "ccg-stp-region-2021-04.csv")
    load("commissioners", boards_file(("QHM", "NHS Newgate Integrated Care Board")), "icb-2024-12.csv")
    load("map", map_file(("13T", "QHM", "NHS Newgate Integrated Care Board")), "ccg-to-icb.csv")
    assert spans("QHM", "kind") == [
        ("stp", date(2021, 4, 1), date(2022, 6, 30), "carried"),
        ("icb", date(2022, 7, 1), date(9999, 12, 31), "stated"),
    ]
    assert names_on({"QHM"}, date(2022, 6, 30)) == {"QHM": "Newgate"}
    assert names_on({"QHM"}, date(2022, 7, 1)) == {"QHM": "NHS Newgate Integrated Care Board"}
    assert region_of("QHM", date(2022, 5, 1)) == ("Y63", "North East")
    assert spans("QHM", "region") == [("Y63", date(2021, 4, 1), date(2022, 6, 30), "carried")]


class TestNames:
    @pytest.fixture(autouse=True)
    def _named(self, load) -> None:
        for filename, name in NAMES.items():
            load("payments", payments_file(payment_row("A81001", **{"Practice Name": name})), filename)
        ods = epraccur_row("A81001", "00C", "20130401", name="THE DENE SURGERY", closed="20200331")
        load("practices", csv_bytes([ods]), "epraccur-2018-06.csv")

    @pytest.mark.parametrize(
        ("day", "name"),
        [
            (date(2013, 6, 1), "DRS OAK & ASH"),
            (date(2014, 6, 1), "DRS OAK & ASH"),
            (date(2016, 4, 1), "DR OAK"),
            (date(2017, 3, 31), "DR OAK"),
            (date(2017, 4, 1), "DR OAK & CO"),
            (date(2018, 5, 31), "DR OAK & CO"),
            (date(2018, 6, 1), "THE DENE SURGERY"),
        ],
    )
    def test_a_stated_name_lasts_until_the_next_and_a_snapshots_counts_from_its_day(
        self, day: date, name: str
    ) -> None:
        assert names_on({"A81001"}, day) == {"A81001": name}

    def test_years_without_a_file_are_carried_and_name_the_file_they_come_from(self) -> None:
        page = organisation_at("A81001", date(2016, 6, 1))
        assert page is not None
        named = page.now["name"]
        assert (named.value, named.basis) == ("DR OAK", "carried")
        assert (named.first, named.last) == (date(2016, 4, 1), date(2017, 3, 31))
        stated = organisation_at("A81001", date(2015, 6, 1))
        assert stated is not None
        assert named.sources == stated.now["name"].sources

    def test_nothing_is_said_of_days_before_it_opened(self) -> None:
        assert spans("A81001", "name")[0][1] == date(1974, 4, 1)

    def test_every_name_can_be_searched_for(self) -> None:
        assert [hit.matched for hit in search("dr oak & co", date(2019, 1, 1))] == ["DR OAK & CO"]


def test_a_groups_name_is_not_carried_to_the_location_that_kept_its_code(load) -> None:
    eccg = [eccg_row("13T", "NHS NEWGATE ICB - 13T", "20130401", "", "RO319")]
    load("commissioners", csv_bytes(eccg), "eccg-2025.csv")
    load("payments", payments_file(payment_row("A81001", "13T")), "nhs-payments-gp-2014-15.csv")
    assert names_on({"13T"}, date(2022, 6, 30)) == {"13T": "NHS PLACE 13T CCG"}
    assert names_on({"13T"}, date(2022, 7, 1)) == {"13T": "NHS NEWGATE ICB - 13T"}


def test_a_practice_named_in_two_years_was_one_between_them_but_not_before_or_after(load) -> None:
    for year in ("2014-15", "2017-18"):
        row = payment_row("A81001", **{"Practice Name": f"SURGERY OF {year}"})
        load("payments", payments_file(row), f"nhs-payments-gp-{year}.csv")
    assert spans("A81001", "kind") == [("practice", date(2014, 4, 1), date(2018, 3, 31), "carried")]
    assert [kind_on("A81001", day) for day in (date(2014, 3, 31), date(2018, 4, 1))] == [None, None]


@pytest.mark.usefixtures("groups")
def test_a_region_that_no_table_knows_is_not_carried_back(load) -> None:
    rows = [
        (
            "CCG21CD",
            "CCG21CDH",
            "CCG21NM",
            "STP21CD",
            "STP21CDH",
            "STP21NM",
            "NHSER21CD",
            "NHSER21CDH",
            "NHSER21NM",
        ),
        (
            "E38000001",
            "13T",
            "NHS Newgate CCG",
            "E54000050",
            "QHM",
            "Newgate",
            "E40000099",
            "Y77",
            "New Region",
        ),
    ]
    load("map", csv_bytes(rows), "ccg-stp-region-2021-04.csv")
    assert spans("Y77", "kind") == [("region", date(2021, 4, 1), date(9999, 12, 31), "carried")]
    [row] = commissioners_on(date(2021, 6, 1))
    assert row.region == "Y77"
    assert spans("13T", "region")[-1] == ("Y77", date(2021, 4, 1), date(2022, 6, 30), "carried")
    assert nation_on(date(2020, 6, 1)).without_region == 1
