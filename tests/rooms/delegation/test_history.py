"""What became of a commissioner, step by step, and nothing before it is public."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from remit.delegation import actions, queries
from remit.engines.deadlines import before_day
from remit.kernel.moments import london_day
from remit.register.models import Succession
from tests.delegation_factories import (
    DEADLINE,
    EFFECTIVE_ON,
    PROGRAMME,
    WEEK,
    announce,
    approve,
    london,
    make_agreement,
    make_commissioners,
    make_round,
    sign,
    submit,
    withdraw,
)
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db

ROUND = "2015-level-3"
LATER = london(2022, 8, 1)
MERGED_ON = date(2022, 7, 1)


def steps(commissioner: str, at=LATER) -> list[tuple[date, str]]:
    return [(each.on, each.step) for each in queries.history_of(commissioner, at)]


@pytest.fixture
def arranged() -> None:
    make_commissioners("00A", "00B")
    make_round()
    for sent in [submit(ROUND, code) for code in ("00A", "00B")]:
        approve(sent)
    announce(ROUND, embargo_until=DEADLINE.at + 2 * WEEK + timedelta(days=1))


def pk_of(commissioner: str) -> str:
    [found] = [row.id for row in queries.applications_in(ROUND, LATER) if row.commissioner == commissioner]
    return found


@pytest.mark.usefixtures("arranged")
def test_applied_decided_signed_and_in_effect_are_steps_of_their_own() -> None:
    sign(pk_of("00A"))
    decided = (DEADLINE.at + WEEK).date()
    assert steps("00A") == [
        (DEADLINE.at.date(), "submitted"),
        (decided, "approved"),
        ((DEADLINE.at + 2 * WEEK).date() + timedelta(days=1), "announced"),
        *(((DEADLINE.at + 3 * WEEK).date(), step) for step in ("issued", "returned", "signed")),
        (EFFECTIVE_ON, "effective"),
    ]
    [approved] = [each for each in queries.history_of("00A", LATER) if each.step == "approved"]
    assert approved.known_on == (DEADLINE.at + 2 * WEEK + timedelta(days=1)).date()


@pytest.mark.usefixtures("arranged")
def test_nothing_is_told_before_it_is_public() -> None:
    assert steps("00A", DEADLINE.at + 2 * WEEK) == [(DEADLINE.at.date(), "submitted")]
    assert steps("00A", DEADLINE.at - WEEK) == []


@pytest.mark.usefixtures("arranged")
def test_one_that_withdrew_has_a_history_without_an_arrangement() -> None:
    withdraw(pk_of("00B"), at=DEADLINE.at + 4 * WEEK)
    assert [step for _, step in steps("00B")] == ["submitted", "approved", "announced", "withdrawn"]


@pytest.mark.usefixtures("arranged")
def test_a_successor_inherits_and_says_from_whom() -> None:
    held = [sign(pk_of(code)) for code in ("00A", "00B")]
    make_organisation("QX1", "icb", "NHS Vale ICB", first=MERGED_ON)
    for code in ("00A", "00B"):
        Succession.objects.create(predecessor_id=code, successor_id="QX1", on=MERGED_ON, basis="published")
    for each in held:
        actions.succeed_arrangement(
            arrangement=each.pk, successor="QX1", on=MERGED_ON, by=PROGRAMME, at=london(2022, 7, 1)
        )
    assert steps("QX1") == [(MERGED_ON, "inherited")]
    assert [
        (each.predecessor, each.level, each.on, each.since) for each in queries.inheritance_of("QX1")
    ] == [
        ("00A", 3, MERGED_ON, EFFECTIVE_ON),
        ("00B", 3, MERGED_ON, EFFECTIVE_ON),
    ]
    assert steps("00A")[-1] == (MERGED_ON - timedelta(days=1), "succeeded")


def test_an_agreement_that_adds_other_services_from_a_later_day_is_signed_and_comes_on() -> None:
    make_commissioners("00A")
    make_round()
    made = submit(ROUND, "00A")
    approve(made)
    sign(made)
    make_round(
        "specialised",
        groups=("specialised",),
        deadline=before_day(date(2015, 5, 1)),
        effective_on=date(2015, 9, 1),
    )
    agreed = make_agreement("specialised", "00A")
    signed_on = london_day(agreed.signed_at)
    assert signed_on < date(2015, 9, 1)
    found = [each for each in queries.history_of("00A", agreed.signed_at) if "pecialised" in each.words]
    assert [(each.on, each.known_on, each.words) for each in found] == [
        (signed_on, signed_on, "Signed: Specialised services"),
        (date(2015, 9, 1), signed_on, "In effect: Specialised services"),
        (date(2015, 9, 1), signed_on, "Scope varied: Specialised services added"),
    ]


def test_names_in_capitals_are_made_readable() -> None:
    make_commissioners("00A")
    make_round()
    made = submit(ROUND, "00A")
    approve(made)
    make_organisation("QX1", "ccg", "NHS STARLINGSTOW CCG", first=MERGED_ON)
    Succession.objects.create(predecessor_id="00A", successor_id="QX1", on=MERGED_ON, basis="published")
    held = sign(made)
    actions.succeed_arrangement(
        arrangement=held.pk, successor="QX1", on=MERGED_ON, by=PROGRAMME, at=london(2022, 7, 1)
    )
    assert queries.history_of("00A", LATER)[-1].words == "Last day; taken over by NHS Starlingstow CCG"


def test_what_a_source_states_is_a_step_with_its_source() -> None:
    make_commissioners("00A")
    actions.record_position(
        commissioner="00A",
        level=3,
        effective_on=EFFECTIVE_ON,
        last_on=date(2016, 3, 31),
        source="A report",
        source_href="",
        by=PROGRAMME,
        at=LATER,
    )
    found = queries.history_of("00A", LATER)
    assert [(each.on, each.step, each.source) for each in found] == [
        (EFFECTIVE_ON, "recorded", "A report"),
        (date(2016, 3, 31), "ended", "A report"),
    ]


def test_steps_lead_to_the_agreement_and_to_the_announcement_that_they_are_about() -> None:
    make_commissioners("00A")
    made = make_agreement(make_round().pk, "00A")
    leads = {each.step: (each.ref_kind, each.ref) for each in queries.history_of("00A", LATER)}
    assert leads["announced"] == ("announcement", f"{ROUND}-00A")
    agreed = ("agreement", made.pk)
    assert [leads[step] for step in ("issued", "returned", "signed", "effective")] == [agreed] * 4
