"""What commissioners say before they apply: interest, intentions, “undecided”, “not now”."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from remit.delegation import actions, queries
from remit.delegation.models import Invitation, PositionStatement
from remit.engines.deadlines import before_day, by_end_of_day
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from remit.register.models import Fact, Succession
from tests.delegation_factories import (
    ASSESSOR,
    DEADLINE,
    PROGRAMME,
    draft,
    london,
    make_arrangement,
    make_commissioners,
    make_programme,
    make_round,
    officer_of,
    submit,
)
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db

JUNE = london(2014, 6, 20)
LEVEL_2 = by_end_of_day(date(2015, 1, 30))
LATER = {"deadline": before_day(date(2015, 11, 7)), "effective_on": date(2016, 4, 1)}


def interest(commissioner: str = "00A", level: int = 3, *, manage: bool = False, **more: object) -> object:
    usual = {"programme": "2015-16", "by": PROGRAMME, "at": JUNE}
    return actions.express_interest(
        commissioner=commissioner, level=level, would_manage_performance=manage, **{**usual, **more}
    )


def state(
    commissioner: str = "00A", answer: str = "intends", level: int | None = None, **more: object
) -> PositionStatement:
    usual = {"programme": "2015-16", "by": PROGRAMME, "at": london(2014, 12, 1)}
    return actions.state_position(commissioner=commissioner, answer=answer, level=level, **{**usual, **more})


@pytest.mark.seed("S0-15")
def test_two_thirds_wanted_full_delegation_including_a_third_who_would_manage_performance() -> None:
    """66% of those who expressed interest, and within them a third of all: each count is of the one before."""
    codes = make_commissioners(*(f"{number:02d}X" for number in range(50)))
    make_programme(at=JUNE)
    for number, code in enumerate(codes):
        interest(code, 3 if number < 33 else 2, manage=number < 17 or number > 45)
    rows = queries.interests_in("2015-16", JUNE)
    tally = queries.interest_tally(rows)
    assert (tally.interests, tally.full, tally.full_and_performance) == (50, 33, 17)
    assert (tally.full_share, tally.performance_share) == ("66%", "34%")
    assert queries.interests_in("2015-16", JUNE - timedelta(days=1)) == []


@pytest.mark.seed("S0-15")
def test_an_expression_of_interest_becomes_an_application_and_the_link_is_kept() -> None:
    make_commissioners("00A")
    programme = make_programme(at=JUNE)
    found = interest()
    make_round(programme=programme)
    by, at = officer_of("00A"), DEADLINE.at - timedelta(days=2)
    entries = Entry.objects.count()
    made = actions.convert_interest(interest=found.pk, round_code="2015-level-3", by=by, at=at)  # type: ignore[attr-defined]
    assert made.interest == found
    assert Entry.objects.count() == entries + 1
    assert json.loads(Entry.objects.last().body)["details"]["interest"] == found.pk  # type: ignore[union-attr, attr-defined]
    again = actions.convert_interest(interest=found.pk, round_code="2015-level-3", by=by, at=at)  # type: ignore[attr-defined]
    assert again == made
    [row] = queries.interests_in(programme, at)
    assert row.application == "", "a draft is nobody else's business"
    submit("2015-level-3", "00A")
    [row] = queries.interests_in(programme, DEADLINE.at)
    assert (row.application, row.round) == (made.pk, "2015-level-3")
    with pytest.raises(Refused) as refused:
        interest(level=2, at=DEADLINE.at)
    assert refused.value.code == "wrong_state"


def test_interest_that_cannot_become_an_application_there() -> None:
    make_commissioners("00A")
    make_programme(at=JUNE)
    found = interest()
    make_round("of-none")
    make_round("of-it", programme="2015-16")
    by, at = officer_of("00A"), DEADLINE.at - timedelta(days=2)
    for round_code, code in (("of-none", "wrong_round"), ("no-such", "not_found")):
        with pytest.raises(Refused) as refused:
            actions.convert_interest(interest=found.pk, round_code=round_code, by=by, at=at)  # type: ignore[attr-defined]
        assert refused.value.code == code
    draft("of-it", "00A")
    with pytest.raises(Refused) as refused:
        actions.convert_interest(interest=found.pk, round_code="of-it", by=by, at=at)  # type: ignore[attr-defined]
    assert refused.value.code == "already_begun"


def test_interest_can_be_changed_and_the_same_again_changes_nothing() -> None:
    make_commissioners("00A")
    make_programme(at=JUNE)
    first = interest()
    assert interest(at=JUNE + timedelta(days=1)) == first
    interest(level=2, words="Jointly at first.")
    row = queries.interest_of("2015-16", "00A", JUNE)
    assert row is not None
    assert (row.level, row.words) == (2, "Jointly at first.")


@pytest.mark.seed("S0-10")
def test_an_intention_is_no_application_and_lapses_with_the_deadline_of_its_level() -> None:
    """On 12 January a Level 2 position is “intends”; on 30 January it has become an application; later it lapsed."""
    make_commissioners("00A", "00B")
    programme = make_programme()
    make_round("level-3", programme=programme)
    make_round("level-2", level=2, deadline=LEVEL_2, programme=programme)
    for code in ("00A", "00B"):
        state(code, level=2, at=london(2015, 1, 5))

    def now(at: object) -> list[str]:
        return [row.now for row in queries.statements_in(programme, at)]  # type: ignore[arg-type]

    assert now(london(2015, 1, 12)) == ["intends", "intends"]
    made = submit("level-2", "00A", at=london(2015, 1, 30, 17))
    assert now(london(2015, 1, 30, 18)) == ["applied", "intends"]
    assert now(london(2015, 1, 31)) == ["applied", "lapsed"]
    row = queries.statements_in(programme, london(2015, 1, 31))[0]
    assert row.application == made.pk
    with pytest.raises(Refused) as refused:
        state("00B", level=2, reasons="Again", at=london(2015, 1, 31))
    assert refused.value.code == "late"


@pytest.mark.seed("S0-18")
def test_undecided_is_an_answer_of_its_own() -> None:
    """Of 77: 32 Level 3, 23 Level 2, 9 Level 1 and 13 undecided. Four rows that sum to 77."""
    codes = make_commissioners(*(f"{number:02d}X" for number in range(77)))
    programme = make_programme()
    for number, code in enumerate(codes):
        level = 3 if number < 32 else 2 if number < 55 else 1 if number < 64 else None
        state(code, "intends" if level else "undecided", level)
    tally = queries.statement_tally(queries.statements_in(programme, DEADLINE.at))
    assert [(row.answer, row.level, row.count) for row in tally] == [
        ("intends", 3, 32),
        ("intends", 2, 23),
        ("intends", 1, 9),
        ("undecided", None, 13),
    ]
    assert sum(row.count for row in tally) == 77


@pytest.mark.seed("S0-19")
def test_who_said_not_now_is_invited_when_the_next_round_opens() -> None:
    make_commissioners("00A", "00B", "00C", "00D")
    make_round("first", programme=make_programme())
    for code in ("00A", "00C", "00D"):
        state(code, "not_now", reasons="Once it is clearer what it means.")
    state("00B", "undecided")
    assert queries.invitations_of("00A", DEADLINE.at) == []
    make_arrangement("first", "00C")
    state("00D", "undecided", at=london(2015, 6, 1))
    opens = LATER["deadline"].at - timedelta(days=60)  # type: ignore[attr-defined]
    make_round("second", programme=make_programme("2016-17"), at=opens - timedelta(days=1), **LATER)
    assert queries.invitations_of("00A", opens - timedelta(days=1)) == [], "it is out when the round opens"
    [row] = queries.invitations_of("00A", opens)
    assert (row.round, row.reasons) == ("second", "Once it is clearer what it means.")
    assert [row.commissioner for row in queries.invitations_in("second", opens)] == ["00A"]
    [opened] = [
        json.loads(entry.body)
        for entry in Entry.objects.all()
        if '"round.opened"' in entry.body and '"round/second"' in entry.body
    ]
    assert opened["details"]["invited"] == ["00A"]
    third = {"deadline": before_day(date(2016, 11, 7)), "effective_on": date(2017, 4, 1)}
    make_round("third", programme=make_programme("2017-18"), **third)
    assert not Invitation.objects.filter(round="third").exists(), "invited once, to the next round"


def test_all_levels_of_the_next_programme_invite_and_a_successor_stands_in() -> None:
    make_commissioners("00A", "00B")
    make_round("first", programme=make_programme())
    state("00A", "not_now", reasons="Not yet.")
    opens = LATER["deadline"].at - timedelta(days=60)  # type: ignore[attr-defined]
    make_organisation("00Z", "ccg", first=date(2015, 4, 1))
    closed = date(2015, 3, 31)
    Fact.objects.filter(organisation="00A").update(until_on=closed)
    Succession.objects.create(
        predecessor_id="00A", successor_id="00Z", on=date(2015, 4, 1), basis="published"
    )
    programme = make_programme("2016-17")
    make_round("second-3", programme=programme, at=opens, **LATER)
    make_round("second-2", level=2, programme=programme, at=opens, **LATER)
    assert sorted(row.round for row in queries.invitations_of("00Z", opens)) == ["second-2", "second-3"]
    assert {row.said_by for row in queries.invitations_of("00Z", opens)} == {"00A"}


@pytest.mark.seed("S0-19")
def test_not_now_invites_to_a_later_wave_of_the_same_programme() -> None:
    """“You are invited when the next round opens”: also where that is a later wave, and is set up already."""
    make_commissioners("00A", "00B")
    programme = make_programme()
    make_round("wave-1", programme=programme)
    late = {"deadline": LEVEL_2, "opens_at": london(2014, 12, 10)}
    make_round("wave-2", programme=programme, at=london(2014, 11, 20), **late)
    state("00A", "not_now", reasons="Not yet.", at=london(2014, 12, 1))
    assert json.loads(Entry.objects.last().body)["details"]["invited_to"] == ["wave-2"]  # type: ignore[union-attr, attr-defined]
    assert queries.invitations_of("00A", london(2014, 12, 9)) == []
    assert [row.round for row in queries.invitations_of("00A", london(2014, 12, 10))] == ["wave-2"]
    state("00B", "not_now", reasons="Not yet.", at=london(2014, 12, 11))
    assert queries.invitations_of("00B", london(2014, 12, 12)) == [], "it was open already"
    make_round("wave-3", programme=programme, deadline=LEVEL_2, opens_at=london(2015, 1, 5))
    at = london(2015, 1, 6)
    assert [row.round for row in queries.invitations_of("00B", at)] == ["wave-3"]
    assert [row.round for row in queries.invitations_of("00A", at)] == ["wave-2", "wave-3"]


def test_who_has_the_level_over_another_group_is_invited() -> None:
    make_commissioners("00A")
    make_round("first", programme=make_programme())
    make_arrangement("first", "00A")
    state("00A", "not_now", reasons="Not yet.", at=london(2015, 6, 1))
    make_round("general", programme=make_programme("2016-17"), **LATER)
    assert not Invitation.objects.exists()
    make_round("special", programme=make_programme("2017-18"), groups=["specialised"], **LATER)
    assert [row.commissioner_id for row in Invitation.objects.filter(round="special")] == ["00A"]


def test_an_intention_is_late_only_after_the_last_wave_of_its_level() -> None:
    make_commissioners("00A")
    programme = make_programme()
    make_round("wave-1", programme=programme)
    make_round("wave-2", programme=programme, deadline=LEVEL_2)
    state(level=3, at=london(2015, 1, 20))
    assert [row.now for row in queries.statements_in(programme, london(2015, 1, 20))] == ["intends"]
    with pytest.raises(Refused) as refused:
        state(level=3, reasons="Again", at=london(2015, 2, 1))
    assert refused.value.code == "late"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"answer": "perhaps"}, "no_such_answer"),
        ({"level": None}, "no_such_level"),
        ({"level": 4}, "no_such_level"),
        ({"answer": "undecided", "level": 3}, "no_such_level"),
        ({"answer": "not_now", "level": None}, "no_reasons"),
        ({"reasons": "x" * 2001}, "no_reasons"),
        ({"programme": "none"}, "not_found"),
        ({"commissioner": "X99"}, "not_a_commissioner"),
        ({"by": ASSESSOR}, "not_permitted"),
        ({"by": officer_of("00B")}, "not_permitted"),
    ],
)
def test_positions_that_cannot_be_stated(changed: dict[str, object], code: str) -> None:
    make_commissioners("00A")
    make_programme()
    with pytest.raises(Refused) as refused:
        state(**{"level": 3, **changed})  # type: ignore[arg-type]
    assert refused.value.code == code
    assert state(level=3, by=officer_of("00A")) == state(level=3), "the same again changes nothing"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"level": 0}, "no_such_level"),
        ({"words": "x" * 2001}, "too_long"),
        ({"commissioner": "X99"}, "not_a_commissioner"),
        ({"by": ASSESSOR}, "not_permitted"),
    ],
)
def test_interest_that_cannot_be_expressed(changed: dict[str, object], code: str) -> None:
    make_commissioners("00A")
    make_programme(at=JUNE)
    with pytest.raises(Refused) as refused:
        interest(**changed)  # type: ignore[arg-type]
    assert refused.value.code == code
