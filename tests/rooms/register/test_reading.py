"""Reading the register: names, lists, search, history, regions, successions, on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from remit.register.models import Fact
from remit.register.queries import (
    commissioners_by_year,
    commissioners_on,
    exists,
    first_day_known,
    kind_words,
    kinds_on,
    lists_of,
    lists_on,
    names_on,
    nation_on,
    organisation_at,
    organisations_on,
    practices_on,
    predecessors_of,
    registered_on,
    search,
    sources_named,
    successors_of,
    years_of_commissioner,
)
from remit.register.rules import COMMISSIONER_KINDS, era_of, era_on, eras, least_share_of_a_successor
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

GEOGRAPHY = csv_bytes(
    [
        [
            "year",
            "ccg",
            "ccg_ons",
            "ccg_name",
            "region_code",
            "region_name",
            "local_office_code",
            "local_office_name",
            "area_team_code",
            "area_team_name",
            "stp_code",
            "stp_name",
        ],
        [
            "1415",
            "00F",
            "E38000001",
            "NHS GATESHIRE CCG",
            "Y54",
            "NORTH",
            "Q74",
            "CUMBRIA",
            "Q45",
            "TEES",
            "",
            "",
        ],
        ["1516", "13T", "E38000002", "NHS NEWGATE CCG", "Y54", "NORTH", "Q74", "CUMBRIA", "", "", "", ""],
    ]
)


@pytest.fixture
def nation(load) -> None:
    """Two groups merge into one; a board follows; one practice closes."""
    eccg = [
        eccg_row("00F", "NHS GATESHIRE CCG", "20130401", "20150331"),
        eccg_row("13T", "NHS NEWGATE ICB - 13T", "20150401", "", "RO319"),
    ]
    practices = [
        epraccur_row("A81001", "13T", "20150401", name="ALDERBECK SURGERY"),
        epraccur_row("A81002", "13T", "20150401", name="BRAMLEY HEALTH CENTRE", closed="20171031"),
    ]
    load("commissioners", csv_bytes(eccg), "eccg-2025.csv")
    load("commissioners", GEOGRAPHY, "ccg-geography-1415-1920.csv")
    load("practices", csv_bytes(practices), "epraccur-2018-06.csv")
    old = payment_row("A81001", "00F", **{"Practice Name": "OLD MILL PRACTICE"})
    load("payments", payments_file(old, payment_row("A81002", "00F")), "nhs-payments-gp-2014-15.csv")
    load("commissioners", boards_file(("QXX", "NHS North Newgate ICB")), "icb-2024-12.csv")
    load(
        "map",
        map_file(("13T", "QXX", "NHS North Newgate ICB"), ("00F", "QXX", "NHS North Newgate ICB")),
        "ccg-to-icb.csv",
    )
    load("lists", lists_file(("A81001", "13T", 7000), month=date(2016, 1, 1)), "gp-reg-patients-2016-01.csv")


def test_the_eras_follow_each_other_without_gap() -> None:
    assert [era.kind for era in eras()] == list(COMMISSIONER_KINDS)
    for before, after in zip(eras(), eras()[1:], strict=False):
        assert before.last is not None
        assert (after.first - before.last).days == 1
        assert before.reference
    assert eras()[-1].last is None
    on_the_day = era_on(date(2022, 6, 30)), era_on(date(2022, 7, 1))
    assert [era.kind for era in on_the_day if era] == ["ccg", "icb"]
    assert era_on(date(1999, 1, 1)) is None
    with pytest.raises(KeyError):
        era_of("practice")
    assert 0 < least_share_of_a_successor() < 1


def test_kinds_in_words() -> None:
    assert kind_words("ccg", plural=True) == "clinical commissioning groups"
    assert kind_words("new_thing") == "new thing"
    assert kind_words("new_thing", plural=True) == "new things"


@pytest.mark.usefixtures("nation")
class TestTheNation:
    def test_counts(self) -> None:
        on = nation_on(date(2016, 1, 2))
        assert (on.commissioners, on.practices, on.lists.registered, on.lists.counted) == (
            1,
            2,
            Decimal(13000),
            2,
        )
        assert on.era is not None
        assert on.era.kind == "ccg"
        [region] = on.regions
        assert (region.code, region.name, region.commissioners, region.practices) == ("Y54", "NORTH", 1, 2)
        assert on.without_region == 0

    def test_a_commissioner_whose_region_nobody_states_is_counted_apart(self) -> None:
        Fact.objects.filter(about="region").delete()
        on = nation_on(date(2013, 6, 1))
        assert (on.commissioners, on.regions, on.without_region) == (1, (), 1)

    def test_commissioners_by_year_jump_where_bodies_began(self) -> None:
        by_year = dict(commissioners_by_year(date(2023, 1, 1)))
        assert by_year[date(2013, 4, 1)] == by_year[date(2015, 4, 1)] == by_year[date(2022, 7, 1)] == 1
        assert max(by_year) == date(2022, 7, 1)

    def test_commissioners_of_a_region(self) -> None:
        [row] = commissioners_on(date(2016, 1, 1), region="Y54")
        assert (row.code, row.kind, row.region_name, row.practices) == ("13T", "ccg", "NORTH", 2)
        assert commissioners_on(date(2016, 1, 1), region="Y56") == []

    def test_the_region_of_a_board_is_that_of_its_locations(self) -> None:
        [board] = commissioners_on(date(2023, 1, 1))
        assert (board.code, board.kind, board.region) == ("QXX", "icb", "Y63")


@pytest.mark.usefixtures("nation")
class TestOneOrganisation:
    def test_unknown(self) -> None:
        assert organisation_at("ZZZ", date(2016, 1, 1)) is None
        assert not exists("ZZZ")
        assert exists("13T")
        assert first_day_known("ZZZ") is None
        assert first_day_known("13T") == date(2015, 4, 1)

    def test_on_a_day_after_it_closed(self) -> None:
        page = organisation_at("A81002", date(2018, 1, 1))
        assert page is not None
        assert not page.was_open
        assert page.kind is None
        assert page.kinds[-1].last == date(2017, 10, 31)
        assert page.name == "BRAMLEY HEALTH CENTRE"

    def test_relations_carry_the_others_name(self) -> None:
        page = organisation_at("A81001", date(2016, 1, 1))
        assert page is not None
        assert page.was_open
        assert page.now["commissioner"].value == "13T"
        assert "NEWGATE" in page.now["commissioner"].value_name
        assert set(sources_named(page.now["commissioner"].sources))

    def test_a_name_unknown_on_the_day_is_the_next_known_one(self) -> None:
        assert names_on({"00F"}, date(2010, 1, 1))["00F"] == "NHS PLACE 00F CCG"
        assert names_on({"ZZZ"}, date(2010, 1, 1)) == {}
        assert kinds_on({"ZZZ"}, date(2010, 1, 1)) == {}

    def test_what_followed(self) -> None:
        [merged] = successors_of("00F")
        assert (merged.successor, merged.basis, merged.practices, merged.of) == ("13T", "derived", 2, 2)
        [board] = successors_of("13T")
        assert (board.successor, board.basis, board.on) == ("QXX", "published", date(2022, 7, 1))
        assert [row.predecessor for row in predecessors_of("QXX")] == ["13T"], "00F had closed long before"
        assert predecessors_of("00F") == []


@pytest.mark.usefixtures("nation")
class TestLists:
    def test_the_latest_count_up_to_the_day(self) -> None:
        assert lists_on({"A81001"}, date(2014, 6, 30)) == {}
        assert lists_on({"A81001"}, date(2014, 7, 1))["A81001"].registered == 6000
        later = lists_on({"A81001"}, date(2016, 1, 1))["A81001"]
        assert (later.registered, later.weighted) == (7000, Decimal("5900.5")), (
            "weighted from the earlier count"
        )
        assert registered_on({"A81001", "A81002"}, date(2016, 1, 1)) == 13000
        assert [row.on for row in lists_of("A81001", date(2016, 1, 1))] == [
            date(2014, 7, 1),
            date(2016, 1, 1),
        ]

    def test_practices_of_the_nation(self) -> None:
        rows = practices_on(date(2016, 1, 2))
        assert [(row.code, row.name, row.registered) for row in rows] == [
            ("A81001", "OLD MILL PRACTICE", 7000),
            ("A81002", "SURGERY A81002", 6000),
        ]
        assert [(row.commissioner, row.sub_icb_location) for row in rows] == [("13T", ""), ("13T", "")]
        [later] = practices_on(date(2023, 1, 1))
        assert (later.commissioner, later.sub_icb_location) == ("QXX", "13T")
        assert rows[0].postcode == "ZE1 1AA"
        assert practices_on(date(2016, 1, 2), ["A81001"]) == rows[:1]
        assert practices_on(date(2013, 1, 2))[0].registered is None

    def test_years_of_a_commissioner(self) -> None:
        series = years_of_commissioner("13T", date(2019, 1, 1))
        assert [(row.on.year, row.practices, row.registered) for row in series] == [
            (2015, 2, 12000),
            (2016, 2, 13000),
            (2017, 2, 13000),
            (2018, 1, 7000),
        ]
        board = years_of_commissioner("QXX", date(2024, 5, 1))
        assert [(row.on.year, row.practices, row.counted) for row in board] == [(2023, 1, 1), (2024, 1, 1)]


@pytest.mark.usefixtures("nation")
class TestSearch:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("a81001", ["A81001"]),
            ("alder surg", ["A81001"]),
            ("ze1 1aa health", []),
            ("bramley", ["A81002"]),
            ("  ", []),
            ("100% of_all", []),
            ("NEWGATE", ["13T", "QXX"]),
        ],
    )
    def test_words_and_codes(self, text: str, found: list[str]) -> None:
        assert [hit.code for hit in search(text, date(2016, 1, 1))] == found

    def test_a_name_of_the_past_finds_it_under_todays(self) -> None:
        [hit] = search("old mill", date(2018, 7, 1))
        assert (hit.code, hit.name, hit.matched) == ("A81001", "ALDERBECK SURGERY", "OLD MILL PRACTICE")

    def test_a_postcode_is_found_however_it_is_spaced(self) -> None:
        found = [hit.code for hit in search("ZE1 1AA", date(2015, 1, 1))]
        assert found == [hit.code for hit in search("ze11aa", date(2015, 1, 1))]
        assert found

    def test_a_postcode_finds_everyone_there_open_ones_first(self) -> None:
        hits = search("ZE1 1AA", date(2018, 1, 1))
        assert [hit.kind is None for hit in hits] == sorted(hit.kind is None for hit in hits)
        assert {"A81001", "A81002"} <= {hit.code for hit in hits}
        assert len(search("ZE1", date(2018, 1, 1), limit=1)) == 1

    def test_organisations_of_a_kind(self) -> None:
        assert organisations_on(date(2023, 1, 1), "icb") == [("QXX", "NHS North Newgate ICB")]
        assert organisations_on(date(2021, 1, 1), "icb") == []
