"""The scope of an arrangement: what is added, what NHS England keeps back, and what a successor takes over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from remit.delegation import actions, queries
from remit.delegation.actions import ScopeChange
from remit.delegation.models import Arrangement, ScopeVariation
from remit.delegation.rules import groups, opt_outs, powers
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from remit.register.models import Succession
from tests.delegation_factories import (
    ASSESSOR,
    EFFECTIVE_ON,
    PROGRAMME,
    approve,
    london,
    make_commissioners,
    make_round,
    officer_of,
    sign,
    submit,
)
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db

SIGNED = london(2015, 3, 2)
POD = date(2023, 4, 1)
KEEP = ScopeChange(reserved=("performance_manage",))
ADD = ScopeChange(groups_added=("pharmacy", "optometry", "dental"))


@pytest.fixture
def delegated() -> Arrangement:
    """00A at Level 3 from 1 April 2015, and 00B at Level 1."""
    make_commissioners("00A", "00B")
    make_round()
    make_round("2015-level-1", level=1)
    sent = [submit("2015-level-1", "00B"), submit("2015-level-3", "00A")]
    for each in sent:
        approve(each)
    return [sign(each) for each in sent][-1]


def vary(made: Arrangement, change: ScopeChange = KEEP, **changed: object) -> ScopeVariation:
    usual = {
        "arrangement": made.pk,
        "change": change,
        "effective_on": EFFECTIVE_ON,
        "instrument": "Delegation agreement, schedule 4",
        "reasons": "Its members asked that colleagues should not judge colleagues.",
        "by": PROGRAMME,
        "at": SIGNED,
    }
    return actions.vary_scope(**{**usual, **changed})  # type: ignore[arg-type]


def how(power: str, on: date, group: str = "general_practice", who: str = "00A") -> str:
    return {row.code: row.how for row in queries.powers_of(who, on, group)}[power]


@pytest.mark.seed("S0-26")
def test_a_delegation_with_performance_management_kept_back_lacks_that_power_alone(
    delegated: Arrangement,
) -> None:
    """The representative body resists delegation where colleagues performance-manage: NHS England then keeps it."""
    (retained,) = opt_outs().values()
    made = vary(delegated, ScopeChange(reserved=retained.reserves, over=retained.groups))
    assert made.reserved == ["performance_manage/general_practice"]
    decision = queries.holds_power_on("00A", "performance_manage", EFFECTIVE_ON)
    assert not decision.allowed
    assert "NHS England has kept" in decision.reasons[0].message
    assert how("approve_mergers", EFFECTIVE_ON) == "held"
    assert [each.name for each in queries.opt_outs_of("00A", EFFECTIVE_ON)] == [
        "Performance management retained by NHS England"
    ]
    assert queries.opt_outs_of("00B", EFFECTIVE_ON) == []
    with pytest.raises(Refused) as refused:
        actions.use_power(
            commissioner="00A",
            power="performance_manage",
            what="A review",
            by=officer_of("00A"),
            at=london(2015, 4, 2),
            once="1",
        )
    assert refused.value.code == "power_not_held"


@pytest.mark.seed("S2-35")
def test_pharmacy_optometry_and_dental_are_added_to_the_same_arrangement(delegated: Arrangement) -> None:
    """Adding contractor groups later is a change of scope: the arrangement stays, and nothing new is made."""
    vary(delegated, ADD, effective_on=POD, at=london(2023, 3, 1), instrument="Delegation agreement 2023")
    assert Arrangement.objects.filter(commissioner_id="00A").count() == 1
    before = POD - timedelta(days=1)
    assert how("manage_contracts", before, "dental") == "none"
    assert how("manage_contracts", POD, "dental") == how("manage_contracts", POD) == "held"
    assert how("decide_market_entry", POD, "pharmacy") == "held"
    (row,) = queries.variations("00A")
    assert row.groups_added == ("pharmacy", "optometry", "dental")
    scope = queries.scope_of("00A", POD)
    assert scope is not None
    assert scope.groups == {"general_practice", "pharmacy", "optometry", "dental"}
    used = actions.use_power(
        commissioner="00A",
        power="decide_market_entry",
        group="pharmacy",
        what="A pharmacy may move",
        by=officer_of("00A"),
        at=london(2023, 4, 3),
        once="1",
    )
    assert used.group == "pharmacy"


@pytest.mark.seed("S0-05")
def test_a_commissioner_at_level_1_may_not_review_performance(delegated: Arrangement) -> None:
    with pytest.raises(
        Refused, match=r"It is at Level 1, .* Level 2 \(jointly with NHS England\) or Level 3\."
    ) as refused:
        actions.use_power(
            commissioner="00B",
            power="performance_manage",
            what="A review of a practice",
            by=officer_of("00B"),
            at=london(2015, 4, 2),
            once="1",
        )
    assert refused.value.code == "power_not_held"
    assert queries.holds_power_on("00A", "performance_manage", EFFECTIVE_ON).allowed


def test_the_code_that_a_power_had_before_still_asks_for_it(delegated: Arrangement) -> None:
    assert queries.power_of("manage_performance").code == "performance_manage"
    assert queries.holds_power_on("00A", "manage_performance", EFFECTIVE_ON).allowed


def test_the_same_change_again_is_one_variation_and_one_entry(delegated: Arrangement) -> None:
    entries = Entry.objects.count()
    assert vary(delegated).pk == vary(delegated).pk
    assert Entry.objects.count() == entries + 1


@pytest.mark.parametrize(
    ("change", "changed", "code"),
    [
        (KEEP, {"by": ASSESSOR}, "not_permitted"),
        (KEEP, {"by": officer_of("00A")}, "not_permitted"),
        (KEEP, {"arrangement": "no-such"}, "not_found"),
        (KEEP, {"reasons": " "}, "no_words"),
        (KEEP, {"instrument": ""}, "no_words"),
        (KEEP, {"source": "x" * 301}, "no_words"),
        (KEEP, {"effective_on": date(2015, 3, 31)}, "wrong_dates"),
        (KEEP, {"at": london(2015, 4, 2)}, "wrong_dates"),
        (ScopeChange(), {}, "no_change"),
        (ScopeChange(restored=("performance_manage",)), {}, "no_change"),
        (ScopeChange(groups_added=("general_practice",)), {}, "no_change"),
        (ScopeChange(groups_removed=("general_practice",)), {}, "no_change"),
        (ScopeChange(groups_added=("chiropody",)), {}, "no_such_group"),
        (ScopeChange(reserved=("levitate",)), {}, "no_such_power"),
        (ScopeChange(reserved=("approve_mergers",), made_joint=("approve_mergers",)), {}, "contradiction"),
        (ScopeChange(groups_added=("dental",), groups_removed=("dental",)), {}, "contradiction"),
        (ADD, {"effective_on": date(2022, 6, 30), "at": london(2022, 6, 1)}, "too_early"),
    ],
)
def test_changes_that_are_refused(
    delegated: Arrangement, change: ScopeChange, changed: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        vary(delegated, change, **changed)
    assert refused.value.code == code
    assert not ScopeVariation.objects.exists()


def test_a_level_that_gives_nothing_has_nothing_to_vary(delegated: Arrangement) -> None:
    lower = Arrangement.objects.get(commissioner_id="00B")
    with pytest.raises(Refused) as refused:
        vary(lower)
    assert refused.value.code == "nothing_to_vary"


def test_a_day_that_has_gone_by_needs_the_source_that_states_it(delegated: Arrangement) -> None:
    late = london(2016, 1, 4)
    made = vary(delegated, source="The agreement as published", at=late)
    assert (made.effective_on, made.source) == (EFFECTIVE_ON, "The agreement as published")


def test_a_power_is_made_joint_and_restored(delegated: Arrangement) -> None:
    vary(delegated, ScopeChange(made_joint=("approve_mergers",)))
    assert how("approve_mergers", EFFECTIVE_ON) == "joint"
    vary(delegated, ScopeChange(restored=("approve_mergers",)), effective_on=date(2016, 4, 1))
    assert how("approve_mergers", date(2016, 3, 31)) == "joint"
    assert how("approve_mergers", date(2016, 4, 1)) == "held"


def test_a_successor_takes_over_what_is_covered_and_what_is_kept_back(delegated: Arrangement) -> None:
    """Nothing that NHS England keeps is lost in a merger, and a change still to come comes."""
    vary(delegated)
    vary(delegated, ADD, effective_on=POD, at=london(2022, 8, 1))
    on = date(2022, 10, 1)
    make_organisation("QXX", "icb", first=on)
    Succession.objects.create(predecessor_id="00A", successor_id="QXX", on=on, basis="published")
    actions.succeed_arrangement(
        arrangement=delegated.pk, successor="QXX", on=on, by=PROGRAMME, at=london(2022, 9, 30)
    )
    assert how("performance_manage", on, who="QXX") == "none"
    assert how("approve_mergers", on, who="QXX") == "held"
    assert how("manage_contracts", POD - timedelta(days=1), "dental", "QXX") == "none"
    assert how("manage_contracts", POD, "dental", "QXX") == "held"


@pytest.mark.seed("S2-40")
def test_each_power_is_held_joint_or_reserved_and_the_matrix_says_which(delegated: Arrangement) -> None:
    """Real authority or puppet? Every power over every group answers, and a reason stands by each “no”."""
    vary(delegated, ScopeChange(made_joint=("serve_breach_notices",), reserved=("performance_manage",)))
    cells = [cell for row in queries.matrix_of("00A", EFFECTIVE_ON) for cell in row.cells]
    assert {(cell.code, cell.group) for cell in cells} == {
        (power.code, group) for power in powers().values() for group in power.groups
    }
    assert {cell.how for cell in cells} == {"held", "joint", "none"}
    assert all(cell.why_not for cell in cells if cell.how == "none")
    said = {(cell.code, cell.group): cell.why_not for cell in cells}
    assert "reserved to NHS England at every level" in said["manage_performers", "general_practice"]


@pytest.mark.seed("S2-13")
def test_a_function_that_nhs_england_keeps_is_shown_with_its_holder(delegated: Arrangement) -> None:
    """Better held centrally: the matrix names the holder of each function on the day."""
    vary(delegated)
    rows = {row.code: row.cells[0] for row in queries.matrix_of("00A", EFFECTIVE_ON, "general_practice")}
    assert (rows["performance_manage"].holder, rows["approve_mergers"].holder) == (
        "NHS England",
        "commissioner",
    )
    level_1 = {row.code: row.cells[0] for row in queries.matrix_of("00B", EFFECTIVE_ON, "general_practice")}
    assert {cell.holder for cell in level_1.values()} == {"NHS England"}
    vary(delegated, ScopeChange(made_joint=("approve_mergers",)), effective_on=date(2016, 4, 1))
    later = {row.code: row.cells[0] for row in queries.matrix_of("00A", date(2016, 4, 1), "general_practice")}
    assert later["approve_mergers"].holder == "both"


def test_an_unknown_group_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused, match="pharmacy, optometry") as refused:
        queries.holds_power_on("00A", "manage_contracts", EFFECTIVE_ON, "chiropody")
    assert refused.value.code == "no_such_group"
    assert next(iter(groups())) == "general_practice"
