"""The catalogue of powers as a commissioner reads it: who could do what, over whom, on which day."""

from __future__ import annotations

from datetime import date

import pytest

from remit.delegation.rules import functions, groups, guidance, opt_outs, powers
from remit.engines.powers import Held

JOINT, HELD, NONE = Held.JOINT, Held.HELD, Held.NONE


@pytest.mark.parametrize(
    ("power", "group", "on", "by_level"),
    [
        ("performance_manage", "general_practice", date(2015, 3, 31), (NONE, NONE, NONE)),
        ("performance_manage", "general_practice", date(2015, 4, 1), (NONE, JOINT, HELD)),
        ("performance_manage", "general_practice", date(2022, 7, 1), (NONE, JOINT, HELD)),
        ("manage_contracts", "dental", date(2022, 6, 30), (NONE, NONE, NONE)),
        ("manage_contracts", "dental", date(2022, 7, 1), (NONE, NONE, HELD)),
        ("decide_market_entry", "pharmacy", date(2023, 4, 1), (NONE, NONE, HELD)),
        ("manage_contracts", "specialised", date(2023, 4, 1), (NONE, JOINT, JOINT)),
        ("manage_contracts", "specialised", date(2025, 4, 1), (NONE, JOINT, HELD)),
        ("manage_performers", "general_practice", date(2015, 4, 1), (NONE, NONE, NONE)),
    ],
)
def test_how_a_power_is_held_at_levels_1_2_and_3(
    power: str, group: str, on: date, by_level: tuple[Held, ...]
) -> None:
    assert tuple(powers()[power].how(level, group, on) for level in (1, 2, 3)) == by_level


def test_every_line_names_a_document_with_a_date_and_a_clause() -> None:
    for power in powers().values():
        for line in power.provisions:
            assert guidance()[line.guidance].published_in_words in line.reference
            assert line.reference.endswith(line.clause)


def test_no_power_over_a_group_comes_before_the_group_could_be_delegated() -> None:
    for power in powers().values():
        for line in power.provisions:
            for group in line.groups:
                assert line.is_reserved or line.period.first >= groups()[group].since, (power.code, group)


def test_lines_of_one_power_over_one_group_do_not_overlap() -> None:
    for power in powers().values():
        for group in power.groups:
            lines = [line.period for line in power.provisions if group in line.groups]
            assert not any(a.overlaps(b) for i, a in enumerate(lines) for b in lines[i + 1 :]), (
                power.code,
                group,
            )


def test_what_a_choice_leaves_out_is_in_the_catalogue() -> None:
    for choice in opt_outs().values():
        assert set(choice.reserves) <= set(powers())
        assert set(choice.groups) <= set(groups())


@pytest.mark.seed("S3-13")
@pytest.mark.parametrize(
    ("on", "holder"),
    [
        (date(2012, 6, 1), {"pct"}),
        (date(2014, 6, 1), {"area_team"}),
        (date(2015, 6, 1), {"ccg", "local_office"}),
        (date(2021, 6, 1), {"ccg"}),
        (date(2022, 7, 1), {"icb"}),
    ],
)
def test_who_held_the_contracts_of_practices(on: date, holder: set[str]) -> None:
    spells = functions()["practice_contracts"].spells
    assert {each.holder for each in spells if on in each.period} == holder


def test_every_function_leaves_no_day_without_a_holder() -> None:
    for function in functions().values():
        days = sorted({each.period.first for each in function.spells})
        for day in (*days, date(2026, 4, 1)):
            assert any(day in each.period for each in function.spells), (function.code, day)
        assert not function.power or function.group in powers()[function.power].groups
