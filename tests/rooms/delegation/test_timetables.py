"""The timetable linter, over every commissioner of the nation."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from remit.delegation import actions, queries
from remit.delegation.models import Round
from remit.engines.deadlines import before_day, by_time
from remit.kernel.decision import Refused
from tests.delegation_factories import (
    DEADLINE,
    PROGRAMME,
    london,
    make_arrangement,
    make_commissioners,
    make_programme,
    make_round,
    officer_of,
    plan,
)
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db

OPENS = london(2014, 11, 24)
ROUND = "2015-level-3"


def own_rules(commissioner: str, days: dict[str, int], **more: object) -> None:
    usual = {"from_on": date(2014, 1, 1), "source": "Constitution, clause 9", "at": london(2014, 10, 1)}
    actions.record_timetable(
        commissioner=commissioner,
        days=days,
        by=officer_of(commissioner),
        **{**usual, **more},
    )


def lint(code: str = ROUND) -> queries.Lint:
    found = queries.lint_of(code)
    assert found is not None
    return found


@pytest.mark.seed("S0-37")
def test_a_constitution_that_needs_56_and_21_days_cannot_keep_the_deadline_of_9_january() -> None:
    """Opened in November 2014, deadline on 9 January: not feasible, and the latest day to start is said."""
    make_commissioners("00A", "00B")
    own_rules("00A", {"consultation": 0, "notice": 21, "ballot": 0, "amendment": 56})
    own_rules("00B", {"consultation": 0, "notice": 21, "ballot": 14})
    plan(make_programme(), ROUND, opens_at=OPENS)
    slow, quick = lint().rows
    assert (slow.commissioner, slow.is_feasible) == ("00A", False)
    assert slow.plan.latest_start == date(2014, 10, 24), "77 days before 9 January"
    assert slow.plan.short_by == 31
    assert (quick.commissioner, quick.is_feasible) == ("00B", True)
    assert lint().infeasible == (slow,)


def test_28_and_21_and_14_days_did_not_fit_before_the_first_deadline() -> None:
    """The defaults: nobody whose rules are not known could be ready."""
    make_commissioners("00A")
    plan(make_programme(), ROUND, opens_at=OPENS)
    [row] = lint().rows
    assert not row.has_own_rules
    assert row.plan.latest_start == date(2014, 11, 7)
    assert not lint().is_clean
    assert queries.chain_of(ROUND, "00A") == row
    assert queries.chain_of(ROUND, "00B") is None
    assert queries.lint_of("no-such") is None


def test_only_those_who_could_apply_are_asked_about() -> None:
    make_commissioners("00A", "00B")
    make_round("earlier")
    make_arrangement("earlier", "00A")
    make_round("later", deadline=before_day(date(2015, 11, 1)), effective_on=date(2016, 4, 1))
    assert [row.commissioner for row in lint("later").rows] == ["00B"]


def test_the_rules_of_the_opening_day_count() -> None:
    make_commissioners("00A")
    own_rules("00A", {"ballot": 1})
    own_rules("00A", {"ballot": 30}, from_on=date(2015, 6, 1))
    plan(make_programme(), ROUND, opens_at=OPENS)
    [row] = lint().rows
    assert {step.code: step.days for step in row.plan.steps}["ballot"] == 1
    rules = queries.rules_of("00A", london(2015, 6, 1))
    assert rules is not None
    assert (rules.days, rules.source) == ({"ballot": 30}, "Constitution, clause 9")
    assert queries.rules_of("00B", OPENS) is None


def test_meetings_count_too() -> None:
    make_commissioners("00A")
    none = {"consultation": 0, "notice": 0, "ballot": 0}
    own_rules("00A", none, meets_on=[date(2014, 11, 12)], meets_every=28)
    plan(make_programme(), ROUND, opens_at=OPENS)
    [row] = lint().rows
    assert row.plan.latest_start == date(2015, 1, 7)


def test_impossible_printed_dates_are_flagged() -> None:
    """The page for 2020/21 said that agreements would be issued in January 2019."""
    programme = make_programme("2020-21")
    opens = london(2019, 9, 2)
    plan(
        programme,
        "2020",
        opens_at=opens,
        deadline=before_day(date(2019, 11, 2)),
        effective_on=date(2020, 4, 1),
    )
    said = "Close on 1 November 2019. Agreements issued in January 2019, signed in March 2020."
    actions.publish_document(programme=programme, kind="timetable", words=said, by=PROGRAMME, at=opens)
    [fault] = lint("2020").faults
    assert (fault.said, fault.what) == ("January 2019", "Timetable, version 1")
    mended = said.replace("2019, signed", "2020, signed")
    actions.publish_document(programme=programme, kind="timetable", words=mended, by=PROGRAMME, at=opens)
    assert lint("2020").faults == (), "the latest version counts"


def test_a_strict_round_is_stopped_and_names_whom_it_leaves_out() -> None:
    make_commissioners(*(f"00{letter}" for letter in "ABCDEF"))
    own_rules("00A", {"consultation": 0, "notice": 10, "ballot": 0})
    with pytest.raises(Refused) as refused:
        make_round(opens_at=OPENS, is_strict=True)
    assert refused.value.code == "infeasible"
    said = str(refused.value)
    assert said.startswith("5 of 6 commissioners cannot be ready by midday on Friday 9 January 2015")
    assert "00B): 2014-11-07" in said
    assert "00A" not in said
    assert not Round.objects.exists()
    assert make_round(opens_at=OPENS).is_strict is False, "another round is only warned of"
    assert make_round("longer", opens_at=london(2014, 11, 7), is_strict=True).is_strict


def test_a_strict_round_with_impossible_dates_is_stopped() -> None:
    with pytest.raises(Refused) as refused:
        make_round(deadline=by_time(date(2015, 1, 10), time(12)), is_strict=True)
    assert refused.value.code == "impossible_dates"
    assert "Saturday" in str(refused.value)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"days": {"lunch": 1}}, "no_such_step"),
        ({"days": {"notice": -1}}, "wrong_days"),
        ({"days": {"notice": 366}}, "wrong_days"),
        ({"meets_every": 0}, "wrong_days"),
        ({"source": " "}, "no_source"),
        ({"commissioner": "X99", "by": PROGRAMME}, "not_a_commissioner"),
        ({"by": officer_of("00B")}, "not_permitted"),
    ],
)
def test_rules_that_cannot_be_recorded(changed: dict[str, object], code: str) -> None:
    make_commissioners("00A")
    usual: dict[str, object] = {
        "commissioner": "00A",
        "from_on": date(2014, 1, 1),
        "days": {"notice": 21},
        "source": "Constitution",
        "by": PROGRAMME,
        "at": OPENS,
    }
    with pytest.raises(Refused) as refused:
        actions.record_timetable(**{**usual, **changed})
    assert refused.value.code == code
    made = actions.record_timetable(**usual)
    assert actions.record_timetable(**{**usual, "at": OPENS + timedelta(days=1)}) == made


def test_boards_plan_only_what_they_do() -> None:
    """They have no members: nobody is given notice of a vote, and no ballot is held. The local representative
    committees of a round's contractors are asked; specialised services have none."""
    make_organisation("QXX", "icb", first=date(2022, 7, 1))
    opens, closes = london(2026, 11, 2), before_day(date(2026, 12, 2))
    said = {"opens_at": opens, "deadline": closes, "effective_on": date(2027, 4, 1)}
    for group in ("dental", "specialised"):
        make_round(group, groups=[group], is_strict=True, **said)  # type: ignore[arg-type]
    [dental], [specialised] = lint("dental").rows, lint("specialised").rows
    assert [(step.code, step.name, step.days) for step in dental.plan.steps] == [
        ("consultation", "Consult the local representative committees", 28)
    ]
    assert dental.plan.latest_start == date(2026, 11, 3)
    assert specialised.plan.steps == ()
    with pytest.raises(Refused) as refused:
        own_rules("QXX", {"ballot": 14}, from_on=date(2026, 1, 1), at=opens)
    assert refused.value.code == "no_such_step"
    own_rules("QXX", {"consultation": 30}, from_on=date(2026, 1, 1), at=opens)
    assert not lint("dental").rows[0].is_feasible


@pytest.mark.slow
def test_all_211_commissioners_are_answered_for_in_a_fixed_number_of_queries(
    django_assert_max_num_queries: object,
) -> None:
    make_commissioners(*(f"{number:03d}" for number in range(211)))
    plan(make_programme(), ROUND, opens_at=OPENS, deadline=DEADLINE)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert len(lint().infeasible) == 211


def test_who_has_the_level_over_general_practice_could_apply_for_specialised_services() -> None:
    """Both have Level 3 over general practice. The round is about another group, so both could apply for it."""
    make_commissioners("00A", "00B")
    for code, month in (("00A", 1), ("00B", 5)):
        day = date(2015, month, 9)
        make_round(f"earlier-{code}", deadline=by_time(day, time(12)), effective_on=date(2015, month + 3, 1))
        make_arrangement(f"earlier-{code}", code)
    own_rules("00B", {"consultation": 0, "notice": 0, "ballot": 0}, at=london(2015, 9, 1))
    more = {"deadline": before_day(date(2015, 10, 31)), "effective_on": date(2016, 4, 1)}
    opens = london(2015, 10, 1)
    make_round("specialised", groups=["specialised"], opens_at=opens, **more)  # type: ignore[arg-type]
    slow, quick = lint("specialised").rows
    assert (slow.commissioner, slow.is_feasible) == ("00A", False)
    assert (quick.commissioner, quick.has_own_rules, quick.is_feasible) == ("00B", True, True)
    with pytest.raises(Refused) as refused:
        make_round("strict", groups=["specialised"], opens_at=opens, is_strict=True, **more)  # type: ignore[arg-type]
    assert refused.value.code == "infeasible"
    assert str(refused.value).startswith("1 of 2 commissioners cannot be ready")
    made = actions.begin_application(
        round_code="specialised", commissioner="00A", by=officer_of("00A"), at=opens
    )
    assert made.state == "draft", "applying judges in the same way"
    make_round("again", opens_at=opens, **more)  # type: ignore[arg-type]
    assert lint("again").rows == ()
    with pytest.raises(Refused) as held:
        actions.begin_application(round_code="again", commissioner="00A", by=officer_of("00A"), at=opens)
    assert held.value.code == "already_held"


def test_a_planned_round_may_be_about_all_that_can_be_delegated_when_it_opens() -> None:
    make_commissioners("00A")
    make_round("earlier")
    make_arrangement("earlier", "00A")
    for code, year, those in (("2016", 2015, []), ("2026", 2025, ["00A"])):
        plan(
            make_programme(code),
            f"in-{code}",
            opens_at=london(year, 10, 1),
            deadline=before_day(date(year, 12, 1)),
            effective_on=date(year + 1, 4, 1),
        )
        assert [row.commissioner for row in lint(f"in-{code}").rows] == those


def test_a_deadline_on_new_years_day_and_a_cited_document() -> None:
    programme, opens = make_programme(), london(2026, 9, 1)
    plan(
        programme,
        "in-2027",
        opens_at=opens,
        deadline=before_day(date(2027, 1, 2)),
        effective_on=date(2027, 4, 1),
    )
    said = "Follow the Guidance of November 2014, and Next steps towards primary care co-commissioning, November 2014."
    actions.publish_document(programme=programme, kind="process", words=said, by=PROGRAMME, at=opens)
    assert [fault.code for fault in lint("in-2027").faults] == ["bank_holiday"]
