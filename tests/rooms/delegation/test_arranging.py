"""Arrangements: when powers come on, how they end, who takes them over, and what is recorded from sources."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from remit.delegation import actions, queries
from remit.delegation.models import Agreement, Arrangement
from remit.engines.deadlines import before_day
from remit.kernel.decision import Refused
from remit.kernel.period import ONE_DAY
from remit.ledger.models import Entry
from remit.register.models import Organisation, Succession
from tests.delegation_factories import (
    ASSESSOR,
    EFFECTIVE_ON,
    PROGRAMME,
    announce,
    approve,
    decide,
    london,
    make_arrangement,
    make_commissioners,
    make_round,
    officer_of,
    sign,
    submit,
    withdraw,
)
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db

ROUND = "2015-level-3"
EVE = EFFECTIVE_ON - ONE_DAY
MERGED_ON = date(2018, 4, 1)


@pytest.fixture(autouse=True)
def _a_round() -> None:
    make_commissioners("00A", "00B", "00C")
    make_round()


def levels(on: date) -> dict[str, int]:
    return {row.code: row.level for row in queries.positions_on(on) if row.level}


@pytest.mark.seed("S3-07")
def test_powers_come_on_on_the_round_s_day_and_not_when_announced_or_signed() -> None:
    made = submit(ROUND, "00A")
    approve(made)
    announce(ROUND, at=london(2015, 2, 18))
    sign(made, at=london(2015, 3, 26))
    assert (
        queries.holds_power_on("00A", "approve_mergers", date(2015, 3, 1))
        .reasons[0]
        .message.endswith("comes with Level 3, delegated commissioning, on 1 April 2015.")
    )
    assert queries.holds_power("00A", "approve_mergers", london(2015, 3, 31, 23, 59)).allowed is False
    assert queries.holds_power("00A", "approve_mergers", london(2015, 4, 1, 0, 0)).allowed is True
    assert (levels(EVE), levels(EFFECTIVE_ON)) == ({}, {"00A": 3})


def test_approved_signed_and_effective_are_counted_apart() -> None:
    first, second = submit(ROUND, "00A"), submit(ROUND, "00B")
    approve(first)
    approve(second)
    announce(ROUND, at=london(2015, 2, 18))
    sign(first, at=london(2015, 3, 20))
    withdraw(second, at=london(2015, 3, 25))
    days = (date(2015, 2, 17), date(2015, 2, 18), date(2015, 3, 20), date(2015, 3, 25), EFFECTIVE_ON)
    found = [queries.uptake_on(day) for day in days]
    assert [each.approved_3 for each in found] == [0, 2, 2, 1, 1]
    assert [each.signed_3 for each in found] == [0, 0, 1, 1, 1]
    assert [each.level_3 for each in found] == [0, 0, 0, 0, 1]


def test_what_is_signed_late_comes_on_when_it_is_signed() -> None:
    made = submit(ROUND, "00A")
    approve(made)
    assert sign(made, at=london(2015, 5, 7)).effective_on == date(2015, 5, 7)


@pytest.mark.parametrize("outcome", ["conditional", "declined"])
def test_only_what_is_approved_is_signed(outcome: str) -> None:
    made = submit(ROUND, "00A")
    decide(made, outcome)
    with pytest.raises(Refused) as refused:
        sign(made)
    assert refused.value.code == "wrong_state"


@pytest.mark.parametrize("by", [ASSESSOR, officer_of("00A")])
def test_only_the_programme_signs(by: object) -> None:
    made = submit(ROUND, "00A")
    approve(made)
    with pytest.raises(Refused) as refused:
        sign(made, by=by)
    assert refused.value.code == "not_permitted"


def test_signing_again_gives_the_same() -> None:
    made = submit(ROUND, "00A")
    approve(made)
    assert sign(made).pk == sign(made).pk
    assert Arrangement.objects.count() == 1


def test_level_1_needs_no_signature() -> None:
    make_round("2015-level-1", level=1)
    arrangement = make_arrangement("2015-level-1", "00A")
    assert (arrangement.signed_at, arrangement.signed_by) == (None, "")
    assert Entry.objects.order_by("index").last().act == "arrangement.agreed"
    assert queries.level_on("00A", EFFECTIVE_ON) == 1
    assert queries.level_on("00A", EVE) is None


def test_a_step_up_ends_the_level_before_it() -> None:
    make_round("2015-level-2", level=2)
    make_arrangement("2015-level-2", "00A")
    make_round("2016-level-3", deadline=before_day(date(2015, 11, 7)), effective_on=date(2016, 4, 1))
    make_arrangement("2016-level-3", "00A")
    rows = [(row.level, row.effective_on, row.last_on) for row in queries.arrangements_of("00A")]
    assert rows == [(2, EFFECTIVE_ON, date(2016, 3, 31)), (3, date(2016, 4, 1), None)]
    assert [queries.level_on("00A", day) for day in (date(2016, 3, 31), date(2016, 4, 1))] == [2, 3]


def others(code: str, level: int, groups: tuple[str, ...], first: date) -> None:
    """A round for other contractors, and all of it up to the arrangement of 00A."""
    make_round(
        code, level=level, groups=list(groups), deadline=before_day(first - 100 * ONE_DAY), effective_on=first
    )
    make_arrangement(code, "00A")


def over(group: str, on: date) -> tuple[int, bool]:
    """At which level 00A has contractors of a group on a day, and whether it can hold contracts with them itself."""
    row = queries.arrangement_on("00A", on, group)
    power = queries.holds_power_on("00A", "manage_contracts", on, group)
    return row.level if row else 0, power.allowed and not power.reasons


LATER = date(2025, 4, 1)


@pytest.mark.parametrize("level", [2, 3])
def test_specialised_services_leave_general_practice_as_it_is(level: int) -> None:
    """Whatever their level: what a commissioner has over practices at Level 3 goes on, and so do its counts."""
    first = make_arrangement(ROUND, "00A")
    others("2025-special", level, ("specialised",), LATER)
    first.refresh_from_db()
    assert first.last_on is None
    assert Arrangement.objects.count() == (1 if level == 3 else 2)
    assert over("general_practice", LATER) == (3, True)
    assert over("specialised", LATER) == (level, level == 3)
    assert queries.level_on("00A", LATER) == 3
    uptake = queries.uptake_on(LATER)
    assert (uptake.level_3, uptake.level_2) == (1, 0)


def test_specialised_services_at_a_higher_level_leave_general_practice_where_it_is() -> None:
    make_round("2015-level-2", level=2)
    first = make_arrangement("2015-level-2", "00A")
    others("2025-special", 3, ("specialised",), LATER)
    first.refresh_from_db()
    assert first.last_on is None
    assert over("general_practice", LATER) == (2, False)
    assert over("specialised", LATER) == (3, True)
    assert queries.level_on("00A", LATER) == 2
    others("2025-practice", 3, ("general_practice",), LATER + 365 * ONE_DAY)
    first.refresh_from_db()
    assert first.last_on == LATER + 364 * ONE_DAY
    assert over("general_practice", LATER + 365 * ONE_DAY) == (3, True)


def test_what_a_lower_level_covers_besides_goes_on() -> None:
    others("2022-both", 2, ("general_practice", "dental"), date(2022, 7, 1))
    others("2025-practice", 3, ("general_practice",), LATER)
    assert over("dental", LATER)[0] == 2
    assert over("general_practice", LATER - ONE_DAY) == (2, False)
    assert over("general_practice", LATER) == (3, True)


def test_a_successor_takes_over_two_arrangements_each_at_its_level() -> None:
    first = make_arrangement(ROUND, "00A")
    special = date(2017, 4, 1)
    others("2017-special", 2, ("specialised",), special)
    second = Arrangement.objects.exclude(pk=first.pk).get()
    merge("00A", into="00M")
    for each in (first, second):
        succeed(each, "00M")
    rows = {(row.level, tuple(row.groups)) for row in Arrangement.objects.filter(commissioner_id="00M")}
    assert rows == {(3, ("general_practice",)), (2, ("specialised",))}


def test_two_levels_from_the_same_day_are_refused() -> None:
    make_round("2015-level-2", level=2)
    both = submit(ROUND, "00A"), submit("2015-level-2", "00A")
    for each in both:
        approve(each)
    sign(both[0])
    with pytest.raises(Refused) as refused:
        sign(both[1])
    assert refused.value.code == "already_held"


def test_who_will_have_closed_cannot_sign() -> None:
    make_organisation("00Z", "ccg", last=EVE)
    made = submit(ROUND, "00Z")
    approve(made)
    with pytest.raises(Refused) as refused:
        sign(made)
    assert refused.value.code == "no_commissioner"


# -- successions ----------------------------------------------------------------------------------------------


def merge(*predecessors: str, into: str) -> None:
    """The register knows that some commissioners became one."""
    make_organisation(into, "ccg", first=MERGED_ON)
    for code in predecessors:
        Organisation.objects.get(pk=code).facts.filter(about="kind").update(until_on=MERGED_ON - ONE_DAY)
        Succession.objects.create(
            predecessor_id=code, successor_id=into, on=MERGED_ON, basis="derived", practices=5, of=5
        )


def succeed(arrangement: Arrangement, successor: str, on: date = MERGED_ON) -> Arrangement:
    return actions.succeed_arrangement(
        arrangement=arrangement.pk, successor=successor, on=on, by=PROGRAMME, at=london(2018, 4, 1, 0, 1)
    )


def test_a_merged_commissioner_takes_the_powers_over_once() -> None:
    two = [make_arrangement(ROUND, code) for code in ()]
    sent = [submit(ROUND, code) for code in ("00A", "00B")]
    for each in sent:
        approve(each)
    two = [sign(each) for each in sent]
    merge("00A", "00B", into="00M")
    made = [succeed(each, "00M") for each in two]
    assert made[0].pk == made[1].pk
    assert (levels(MERGED_ON - ONE_DAY), levels(MERGED_ON)) == ({"00A": 3, "00B": 3}, {"00M": 3})
    [row] = queries.arrangements_of("00M")
    assert (row.basis, row.ref, row.effective_on) == ("succeeded", two[0].pk, MERGED_ON)
    assert queries.uptake_on(MERGED_ON).signed_3 == 1


@pytest.mark.seed("S2-35")
def test_what_joins_a_successor_later_is_a_change_of_what_was_applied_for() -> None:
    """Both that merged: the successor took the arrangement over once, and dental services joined it there."""
    sent = [submit(ROUND, code) for code in ("00A", "00B")]
    for each in sent:
        approve(each)
    assert queries.scope_since(sent[1].pk, london(2015, 3, 1)) is None, "nothing is signed yet"
    two = [sign(each) for each in sent]
    merge("00A", "00B", into="00M")
    made, _ = [succeed(each, "00M") for each in two]
    actions.vary_scope(
        arrangement=made.pk,
        change=actions.ScopeChange(groups_added=("dental",)),
        effective_on=date(2023, 4, 1),
        instrument="Deed of variation",
        reasons="More services.",
        by=PROGRAMME,
        at=london(2023, 3, 1),
    )
    for each in sent:
        [row] = queries.scope_since(each.pk, london(2023, 3, 2)) or []
        assert (row.commissioner, row.groups_added, row.effective_on) == (
            "00M",
            ("dental",),
            date(2023, 4, 1),
        )
        assert queries.scope_since(each.pk, london(2023, 2, 28)) == [], "not known before it was made"


def test_of_two_levels_a_merged_commissioner_keeps_the_higher() -> None:
    make_round("2015-level-2", level=2)
    high, low = submit(ROUND, "00A"), submit("2015-level-2", "00B")
    approve(high)
    approve(low)
    first, second = sign(high), sign(low)
    merge("00A", "00B", into="00M")
    succeed(first, "00M")
    succeed(second, "00M")
    assert [row.level for row in queries.arrangements_of("00M")] == [3]
    assert Arrangement.objects.get(pk=second.pk).last_on == MERGED_ON - ONE_DAY


def test_a_successor_that_shared_its_powers_and_takes_full_ones_over_no_longer_shares_them() -> None:
    """As where a commissioner is divided, and a neighbour with a lower level takes a part of it."""
    make_round("2015-level-2", level=2)
    high, low = submit(ROUND, "00A"), submit("2015-level-2", "00B")
    approve(high)
    approve(low)
    first, own = sign(high), sign(low)
    Succession.objects.create(
        predecessor_id="00A", successor_id="00B", on=MERGED_ON, basis="derived", practices=2, of=5
    )
    succeed(first, "00B")
    assert Arrangement.objects.get(pk=own.pk).last_on == MERGED_ON - ONE_DAY
    assert (levels(MERGED_ON - ONE_DAY)["00B"], levels(MERGED_ON)["00B"]) == (2, 3)


def test_a_succession_that_the_register_does_not_know_is_refused() -> None:
    made = make_arrangement(ROUND, "00A")
    for successor, on in (("00C", MERGED_ON), ("00M", MERGED_ON + ONE_DAY)):
        with pytest.raises(Refused) as refused:
            succeed(made, successor, on)
        assert refused.value.code == "no_succession"


def test_what_is_not_in_force_on_the_eve_is_not_taken_over() -> None:
    made = make_arrangement(ROUND, "00A")
    merge("00A", into="00M")
    succeed(made, "00M")
    Arrangement.objects.filter(pk=made.pk).update(last_on=EFFECTIVE_ON)
    with pytest.raises(Refused) as refused:
        succeed(made, "00M")
    assert refused.value.code == "ended"
    with pytest.raises(Refused) as refused:
        actions.succeed_arrangement(
            arrangement="no-such", successor="00M", on=MERGED_ON, by=PROGRAMME, at=london(2018, 4, 2)
        )
    assert refused.value.code == "not_found"


# -- recorded from sources ------------------------------------------------------------------------------------


def recorded(**changed: object) -> Arrangement:
    usual = {
        "commissioner": "00A",
        "level": 3,
        "effective_on": EFFECTIVE_ON,
        "last_on": date(2016, 3, 31),
        "source": "Vale Gazette, 3 April 2015",
        "source_href": "https://gazette.example/3",
        "by": PROGRAMME,
        "at": london(2016, 5, 1),
    }
    return actions.record_position(**{**usual, **changed})


def test_a_position_from_a_source_is_dated_and_names_it() -> None:
    assert recorded().pk == recorded().pk
    [row] = queries.arrangements_of("00A")
    assert (row.basis, row.source, row.source_href) == (
        "source",
        "Vale Gazette, 3 April 2015",
        "https://gazette.example/3",
    )
    assert [queries.level_on("00A", day) for day in (EVE, EFFECTIVE_ON, date(2016, 4, 1))] == [None, 3, None]
    found = queries.uptake_on(EFFECTIVE_ON)
    assert (found.level_3, found.approved_3, found.signed_3) == (1, 1, 0)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"level": 4}, "no_such_level"),
        ({"source": " "}, "no_source"),
        ({"last_on": EVE}, "wrong_dates"),
        ({"commissioner": "Y54"}, "no_commissioner"),
        ({"by": ASSESSOR}, "not_permitted"),
    ],
)
def test_positions_that_cannot_be_recorded(changed: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        recorded(**changed)
    assert refused.value.code == code


# -- by year and by region ------------------------------------------------------------------------------------


def test_uptake_by_year_and_by_region() -> None:
    make_organisation("00S", "ccg", region="Y57")
    make_organisation("00N", "ccg")
    sent = [submit(ROUND, code) for code in ("00A", "00S")]
    for each in sent:
        approve(each)
    for each in sent:
        sign(each)
    years = queries.uptake_by_year(date(2017, 3, 31))
    assert [(each.on.year, each.level_3, each.commissioners) for each in years] == [
        (2015, 2, 5),
        (2016, 2, 5),
    ]
    regions = queries.uptake_by_region(EFFECTIVE_ON)
    assert [(row.code, row.uptake.level_3, row.uptake.commissioners) for row in regions] == [
        ("Y54", 1, 3),
        ("Y57", 1, 1),
        ("", 0, 1),
    ]
    assert queries.uptake_by_year(EVE - timedelta(days=400)) == []


@pytest.mark.parametrize(
    "change", [{"level": 2}, {"effective_on": date(2014, 4, 1)}, {"commissioner": "00B"}]
)
def test_an_arrangement_changed_behind_the_ledgers_back_is_found(change: dict[str, object]) -> None:
    made = make_arrangement(ROUND, "00A")
    assert list(queries.disagreements()) == []
    if "commissioner" in change:
        change = {"commissioner_id": change["commissioner"]}
    Arrangement.objects.filter(pk=made.pk).update(**change)
    [found] = queries.disagreements()
    assert found.where == f"arrangement/{made.pk}"
    assert "Ledger entry" in found.message


def test_an_arrangement_that_is_gone_is_found() -> None:
    made = make_arrangement(ROUND, "00A")
    Agreement.objects.all().delete()
    Arrangement.objects.all().delete()
    [found] = queries.disagreements()
    assert (found.where, found.message.endswith("is gone.")) == (f"arrangement/{made.pk}", True)
