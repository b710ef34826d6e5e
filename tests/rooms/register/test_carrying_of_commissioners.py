"""Who commissioned from a practice, and in which partnership it was, on days of which no file speaks."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from remit.register.models import Fact, Source
from remit.register.queries import (
    disagreements,
    nation_on,
    organisation_at,
    practices_of,
    years_of_commissioner,
    years_of_region,
)
from tests.published_files import (
    csv_bytes,
    eccg_row,
    epraccur_row,
    lists_file,
    map_file,
    payment_row,
    payments_file,
)

STILL = date(9999, 12, 31)
GEOGRAPHY = ("year", "ccg", "ccg_ons", "ccg_name", "region_code", "region_name", "stp_code", "stp_name")


def spans(code: str, about: str) -> list[tuple[str, date, date, str]]:
    rows = Fact.objects.filter(organisation_id=code, about=about).order_by("from_on")
    return list(rows.values_list("value", "from_on", "until_on", "basis"))


def seen(practice: str, group: str, year: int) -> tuple[str, bytes, str]:
    """A list of January."""
    file = lists_file((practice, group, 6000), month=date(year, 1, 1))
    return "lists", file, f"gp-reg-patients-{year}-01.csv"


def in_year(practice: str, group: str, year: str) -> tuple[str, bytes, str]:
    return "payments", payments_file(payment_row(practice, group)), f"nhs-payments-gp-{year}.csv"


OLD, NEW = (
    ("00W", "NHS OLDTOWN CCG", "20130401", "20170331"),
    ("14L", "NHS NEWTOWN CCG", "20170401", "20220630"),
)
GROUPS = ("commissioners", csv_bytes([eccg_row(*OLD), eccg_row(*NEW)]), "eccg-2025.csv")
PRACTICE = "practices", csv_bytes([epraccur_row("P84005", "14L", "20170401")]), "epraccur-2018-06.csv"


class TestPracticesOfAGroup:
    """A list of 2014, one of 2016, a merger in 2017: nobody says that anything changed between them."""

    FILES = (seen("P84005", "00W", 2014), in_year("P84005", "00W", "2014-15"), PRACTICE, GROUPS)
    WANTED = (
        ("00W", date(2013, 4, 1), date(2014, 3, 31), "carried"),
        ("00W", date(2014, 4, 1), date(2015, 3, 31), "stated"),
        ("00W", date(2015, 4, 1), date(2017, 3, 31), "carried"),
        ("14L", date(2017, 4, 1), STILL, "stated"),
    )

    def test_it_stays_in_its_group_from_when_that_opened_until_it_closed(self, load) -> None:
        for file in self.FILES:
            load(*file)
        assert spans("P84005", "commissioner") == list(self.WANTED)
        for day in (date(2013, 4, 1), date(2014, 2, 15), date(2016, 6, 1), date(2017, 3, 31)):
            assert [row.code for row in practices_of("00W", day)] == ["P84005"]
        assert [practices_of("00W", day) for day in (date(2013, 3, 31), date(2017, 4, 1))] == [[], []]
        assert list(disagreements()) == []

    @pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
    def test_in_whatever_order_the_files_were_loaded(self, load, order: tuple[int, ...]) -> None:
        for place in order:
            load(*self.FILES[place])
        assert spans("P84005", "commissioner") == list(self.WANTED)

    def test_the_page_says_that_it_is_carried_and_from_which_file(self, load) -> None:
        for file in self.FILES:
            load(*file)
        page = organisation_at("P84005", date(2016, 6, 1))
        assert page is not None
        now = page.now["commissioner"]
        assert (now.value, now.basis) == ("00W", "carried")
        assert now.sources == (Source.objects.get(filename="nhs-payments-gp-2014-15.csv").pk,)

    def test_the_years_of_its_region_have_no_hole(self, load) -> None:
        for file in (*self.FILES, seen("P84005", "00W", 2016)):
            load(*file)
        years = years_of_region("Y54", date(2016, 12, 31))
        assert [(row.on.year, row.practices) for row in years] == [(2013, 1), (2014, 1), (2015, 1), (2016, 1)]
        assert nation_on(date(2016, 6, 1)).regions[0].practices == 1


def test_between_two_groups_the_earlier_until_it_closed_and_then_the_later(load) -> None:
    load(*GROUPS)
    load("practices", csv_bytes([epraccur_row("P84005", "", "")]), "epraccur-2018-06.csv")
    load(*seen("P84005", "00W", 2016))
    load(*in_year("P84005", "14L", "2021-22"))
    assert spans("P84005", "commissioner") == [
        ("00W", date(2013, 4, 1), date(2017, 3, 31), "carried"),
        ("14L", date(2017, 4, 1), date(2021, 3, 31), "carried"),
        ("14L", date(2021, 4, 1), date(2022, 3, 31), "stated"),
        ("14L", date(2022, 4, 1), date(2022, 6, 30), "carried"),
    ]


def test_two_groups_that_were_both_open_meet_where_the_later_is_first_named(load) -> None:
    groups = [
        eccg_row("00A", "NHS A CCG", "20130401", "20220630"),
        eccg_row("00B", "NHS B CCG", "20130401", "20220630"),
    ]
    load("commissioners", csv_bytes(groups), "eccg-2025.csv")
    load("practices", csv_bytes([epraccur_row("P84005", "", "")]), "epraccur-2018-06.csv")
    load(*seen("P84005", "00A", 2014))
    load(*in_year("P84005", "00B", "2017-18"))
    assert [row[:3] for row in spans("P84005", "commissioner")][:2] == [
        ("00A", date(2013, 4, 1), date(2017, 3, 31)),
        ("00B", date(2017, 4, 1), date(2018, 3, 31)),
    ]


def test_never_before_the_day_on_which_a_file_says_that_it_joined(load) -> None:
    group = [eccg_row("00A", "NHS A CCG", "20130401", "20220630")]
    load("commissioners", csv_bytes(group), "eccg-2025.csv")
    load("practices", csv_bytes([epraccur_row("P84005", "00A", "20150701")]), "epraccur-2018-06.csv")
    load(*in_year("P84005", "00A", "2015-16"))
    assert spans("P84005", "commissioner")[0][1] == date(2015, 4, 1), (
        "the year's own file is believed of its days"
    )
    load(*seen("P84005", "00A", 2016))
    load(*in_year("P84005", "00A", "2017-18"))
    assert spans("P84005", "commissioner")[0][1] == date(2015, 4, 1)


def test_a_practice_that_closed_or_had_not_opened_is_in_no_group(load) -> None:
    load(*GROUPS)
    practice = epraccur_row("P84005", "", "", opened="20131001", closed="20150630")
    load("practices", csv_bytes([practice]), "epraccur-2018-06.csv")
    load(*seen("P84005", "00W", 2014))
    assert spans("P84005", "commissioner") == [("00W", date(2013, 10, 1), date(2015, 6, 30), "carried")]


def test_nothing_is_carried_while_nobody_knows_that_the_commissioner_was_open(load) -> None:
    load("practices", csv_bytes([epraccur_row("P84005", "", "")]), "epraccur-2018-06.csv")
    load(*seen("P84005", "00W", 2014))
    assert spans("P84005", "commissioner") == [("00W", date(2014, 1, 1), date(2014, 1, 31), "carried")]
    load(*GROUPS)
    assert spans("P84005", "commissioner") == [("00W", date(2013, 4, 1), date(2017, 3, 31), "carried")]
    assert list(disagreements()) == []


class TestPartnerships:
    """The code of a partnership in a file of today says nothing of the years before."""

    @pytest.fixture(autouse=True)
    def _loaded(self, load) -> None:
        group = ("05L", "E38000144", "NHS SANDWELL CCG", "Y55", "MIDLANDS")
        rows = [
            ("1516", *group, "", ""),
            ("1617", *group, "E54000016", "Black Country"),
            ("1718", *group, "E54000016", "Black Country"),
        ]
        load("commissioners", csv_bytes([GEOGRAPHY, *rows]), "ccg-geography-1516-1718.csv")
        closed = eccg_row("05L", "NHS SANDWELL CCG", "20130401", "20210331", region="")
        load("commissioners", csv_bytes([closed]), "eccg-2025.csv")
        practice = epraccur_row("M88001", "05L", "20130401", region="", office="QUA")
        load("practices", csv_bytes([practice]), "epraccur-2021-11.csv")

    def test_a_group_that_closed_has_those_that_were_stated_and_no_other(self) -> None:
        assert spans("05L", "stp") == [("E54000016", date(2017, 4, 1), date(2019, 3, 31), "stated")]

    def test_a_practice_has_it_from_the_day_of_the_file_that_names_it(self) -> None:
        assert spans("M88001", "stp") == [("QUA", date(2021, 11, 1), date(2022, 6, 30), "carried")]


def test_the_years_of_a_board_leave_out_those_of_the_partnership_that_had_its_code(load) -> None:
    header = (
        "CCG21CD",
        "CCG21CDH",
        "CCG21NM",
        "STP21CD",
        "STP21CDH",
        "STP21NM",
        "NHSER21CD",
        "NHSER21CDH",
        "NHSER21NM",
    )
    row = ("E38000001", "13T", "NHS N CCG", "E54000050", "QHM", "Newgate", "E40000012", "Y63", "North East")
    load("map", csv_bytes([header, row]), "ccg-stp-region-2021-04.csv")
    load("map", map_file(("13T", "QHM", "NHS Newgate ICB")), "ccg-to-icb.csv")
    assert [row.on.year for row in years_of_commissioner("QHM", date(2024, 6, 1))] == [2023, 2024]
