"""Today: a programme with something to do in it for every demo account, from applying to signing the agreement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from itertools import chain

from django.db import transaction

from remit.accounts.queries import actors_of
from remit.delegation import actions, queries
from remit.demo.timeline.agreements import AGREEMENT, AGREEMENT_WORDS
from remit.demo.timeline.assessing import (
    Team,
    assign,
    conclude,
    endorse,
    flag,
    moderate_region,
    score,
    scores,
)
from remit.demo.timeline.events import ASSESSOR, PROGRAMME, Event, local_officer_at, officer_of
from remit.demo.timeline.full_form import Bid, fill, sign_and_submit
from remit.demo.timeline.full_rounds import decide
from remit.demo.timeline.motions import open_motion
from remit.demo.timeline.plan import SUCCESSIONS, PlannedRound
from remit.demo.timeline.programmes import plan, publish, set_up
from remit.demo.timeline.replay import play, type_of_progress
from remit.demo.timeline.rounds import open_planned
from remit.demo.timeline.story import keep_paper
from remit.demo.timeline.waves import BEGINS_BEFORE, GROUP, Boards, Waves, boards_of, waves_of
from remit.kernel.actor import Actor
from remit.kernel.moments import london_day
from remit.register.queries import place_of

HALF = ("scope", "powers", "constitution", "members", "committee")
"""The sections of the open round's draft that are filled in."""
POWERS = (("manage_contracts", "Contracts for kidney care, as one with the hospitals of our area."),)


def can_stage_today(now: datetime) -> bool:
    """Whether the programme of today comes after all that is replayed."""
    return london_day(now - BEGINS_BEFORE) > max(SUCCESSIONS)


@transaction.atomic
def stage_today(
    people: Mapping[str, str], *, now: datetime, progress: type_of_progress | None = None
) -> None:
    """Stage the programme of today, with the demo accounts (person by mailbox) as its assessors and applicants."""
    today = london_day(now)
    own, neighbour = _officer(people, "officer"), _officer(people, "neighbour")
    if own is None or neighbour is None:
        return
    boards = boards_of(own.acting_for, neighbour.acting_for, today)
    if not boards.are_enough:
        return
    team = Team(
        first=actors_of(people["assessor"])[0],
        second=actors_of(people["second"])[0],
        moderator=actors_of(people["moderator"])[0],
    )
    manager = _officer(people, "manager")
    voting = open_motion(manager.acting_for, now) if manager else ()
    play(chain(_today(waves_of(now), boards, team, own, today), voting), now, progress)


def _officer(people: Mapping[str, str], mailbox: str) -> Actor | None:
    return next(iter(actors_of(people[mailbox])), None) if mailbox in people else None


def _today(waves: Waves, boards: Boards, team: Team, own: Actor, today: date) -> Iterator[Event]:
    first, second, third = waves.decided, waves.closed, waves.open
    since = first.opens_at - timedelta(days=9)
    title = f"Specialised services {first.programme.replace('-', '/')}"
    yield Event(since, lambda at: set_up(first.programme, title, "full", at))
    yield Event(since + timedelta(days=1), lambda at: plan(first.programme, (first, second, third), at))
    yield Event(since + timedelta(days=2), lambda at: publish(first.programme, "full", at))
    for planned in (first, second, third):
        yield Event(planned.opens_at, partial(open_planned, planned))
    yield from _decided(first, boards, team)
    yield from _closed(second, boards, team)
    yield from _open(third, boards, own)


def _apply(planned: PlannedRound, board: str, number: int, at: datetime) -> str:
    """One board's application, filled in, signed and submitted. Answers its id."""
    own, local = officer_of(board), local_officer_at(place_of(board, "region", london_day(at)))
    application = actions.begin_application(round_code=planned.code, commissioner=board, by=own, at=at).pk
    fill(application, _bid(planned, number, at), own=own, local=local, at=at)
    sign_and_submit(application, own=own, local=local, at=at + timedelta(minutes=5))
    return application


def _bid(planned: PlannedRound, number: int, at: datetime) -> Bid:
    asked_on = london_day(at) - timedelta(days=30 + number)
    return Bid(number, (GROUP,), POWERS, planned.effective_on, asked_on, passes_nothing=number == 3)


# -- decided, announced, agreements on their way ---------------------------------------------------------------


def _decided(planned: PlannedRound, boards: Boards, team: Team) -> Iterator[Event]:
    """Two are approved, one is declined: one agreement waits for the board, one for NHS England's signature.

    A fourth is assessed, and its decision overdue.
    """
    applying = (boards.neighbour, *boards.far[:2])
    made: dict[str, str] = {}
    for number, board in enumerate((*applying, boards.far[9])):
        yield Event(
            planned.deadline.at - timedelta(days=3, minutes=-20 * number),
            partial(_apply_and_go_through, made, planned, board, number, team),
        )
    yield Event(planned.decided_at, lambda at: _decide(made, applying, at))
    yield Event(planned.announced_at, lambda at: _announce(planned, at))
    yield Event(planned.signed_at, lambda at: _agree(made, applying, at))


def _apply_and_go_through(
    made: dict[str, str], planned: PlannedRound, board: str, number: int, team: Team, at: datetime
) -> Iterator[Event]:
    application = made[board] = _apply(planned, board, number, at)
    yield from _to_the_nation(application, board, team, planned.deadline.at)
    given = scores(number)
    later = planned.deadline.at + timedelta(days=30, minutes=number)
    yield Event(later, partial(score, application, given, team.first))
    yield Event(later + timedelta(days=4), partial(score, application, given, team.second))
    yield Event(later + timedelta(days=9), lambda at: conclude(application, number, False, team, at))


def _decide(made: Mapping[str, str], applying: tuple[str, ...], at: datetime) -> None:
    for number, board in enumerate(applying):
        is_last = number == len(applying) - 1
        moment = at + timedelta(minutes=number)
        if not is_last:
            decide(made[board], "approved", moment)
        else:
            actions.decide_application(
                application=made[board],
                outcome="declined",
                reasons="Too much of the money is still open. The third wave is open to it.",
                reason_codes=("finance",),
                by=ASSESSOR,
                at=moment,
            )
        actions.send_outcome(application=made[board], by=PROGRAMME, at=moment)
    actions.agree_publication(
        application=made[applying[-1]], by=officer_of(applying[-1]), at=at + timedelta(hours=3)
    )


def _announce(planned: PlannedRound, at: datetime) -> None:
    count = sum(row.outcome == "approved" for row in queries.waiting_in([planned.code], PROGRAMME, at))
    actions.announce_decisions(
        code=f"{at:%Y-%m-%d}-specialised",
        rounds=[planned.code],
        headline=f"{count} boards approved for specialised services",
        by=PROGRAMME,
        at=at,
    )


def _agree(made: Mapping[str, str], applying: tuple[str, ...], at: datetime) -> Iterator[Event]:
    """Issued to both; one has returned it."""
    issued = actions.issue_agreements(
        applications=[made[board] for board in applying[:-1]],
        document=keep_paper(AGREEMENT, AGREEMENT_WORDS, at),
        by=PROGRAMME,
        at=at,
    )
    board = applying[1]
    returned = next(each.pk for each in issued if each.commissioner_id == board)
    yield Event(at + timedelta(days=1), partial(_return, returned, board))


def _return(agreement: str, board: str, at: datetime) -> None:
    actions.return_agreement(agreement=agreement, signed_as="Chief executive", by=officer_of(board), at=at)


# -- closed: on its way through the assessment -----------------------------------------------------------------


def _closed(planned: PlannedRound, boards: Boards, team: Team) -> Iterator[Event]:
    """Eight applications, each waiting for somebody else. See the parts below for whom."""
    applying = (*boards.near[:2], *boards.far[2:8])
    for number, board in enumerate(applying):
        yield Event(
            planned.deadline.at - timedelta(days=2, minutes=-25 * number),
            partial(_apply_and_wait, planned, board, number, team),
        )


def _apply_and_wait(
    planned: PlannedRound, board: str, number: int, team: Team, at: datetime
) -> Iterator[Event]:
    """The first waits for the local office, the second for the region, the last for assessors to be assigned."""
    application, closed = _apply(planned, board, number, at), planned.deadline.at
    day, steps = timedelta(days=1), WAITS[number]
    if "region" in steps:
        yield Event(closed + day, lambda at: endorse(application, board, None, at))
    if "nation" in steps:
        yield from _to_the_nation(application, board, team, closed, in_days=(1, 2, 3))
    if "first" in steps:
        yield Event(closed + 4 * day, partial(score, application, scores(number), team.first))
    if "second" in steps:
        given = scores(number, is_stricter="differ" in steps)
        yield Event(closed + 5 * day, partial(score, application, given, team.second))
    if "flag" in steps:
        yield Event(closed + 5 * day + day / 4, lambda at: flag(application, team, at))
    if "ready" in steps:
        yield Event(closed + 6 * day, lambda at: conclude(application, number, False, team, at))


WAITS: tuple[tuple[str, ...], ...] = (
    (),
    ("region",),
    ("nation", "first", "second", "differ"),
    ("nation", "first", "second", "differ", "flag"),
    ("nation", "second"),
    ("nation",),
    ("nation", "first", "second", "ready"),
    (),
)
"""How far each application of the closed round is: with what of it done."""


def _to_the_nation(
    application: str, board: str, team: Team, closed: datetime, in_days: tuple[int, int, int] = (7, 14, 21)
) -> Iterator[Event]:
    endorsed, moderated, assigned = (closed + timedelta(days=days) for days in in_days)
    yield Event(endorsed, lambda at: endorse(application, board, None, at))
    yield Event(moderated, lambda at: moderate_region(application, board, None, at))
    yield Event(assigned, lambda at: assign(application, team, at))


# -- open ----------------------------------------------------------------------------------------------------


def _open(planned: PlannedRound, boards: Boards, own: Actor) -> Iterator[Event]:
    """The demo accounts' board has a draft half done; another board has applied."""
    yield Event(planned.opens_at + timedelta(days=8), lambda at: _half(planned, own, at))
    yield Event(planned.opens_at + timedelta(days=12), lambda at: _apply(planned, boards.far[8], 1, at))


def _half(planned: PlannedRound, own: Actor, at: datetime) -> None:
    application = actions.begin_application(
        round_code=planned.code, commissioner=own.acting_for, by=own, at=at
    ).pk
    fill(
        application,
        _bid(planned, 0, at),
        own=own,
        local=local_officer_at(place_of(own.acting_for, "region", london_day(at))),
        at=at,
        only=HALF.__contains__,
    )
