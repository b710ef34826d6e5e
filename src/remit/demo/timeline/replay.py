"""Doing it again: each act at its own instant, by the people whose act it was, through the actions of anyone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from heapq import heappop, heappush
from itertools import count

from django.db import transaction

from remit.delegation import actions, queries
from remit.demo.timeline.agreements import overseen
from remit.demo.timeline.constitutions import constitutions
from remit.demo.timeline.consultations import consultations
from remit.demo.timeline.events import PROGRAMME, Event
from remit.demo.timeline.evidence import bodies_speak
from remit.demo.timeline.motions import motions
from remit.demo.timeline.plan import ROUNDS, SUCCESSIONS, london
from remit.demo.timeline.powers import powers_in_use
from remit.demo.timeline.programmes import programmes
from remit.demo.timeline.rounds import round_events
from remit.demo.timeline.story import Story
from remit.kernel.period import ONE_DAY

type_of_progress = Callable[[str, int, int], None]

BEGINS_AT = london(2014, 5, 1)
"""When the replay's clock begins: the invented nation is loaded then, so that all that follows comes after."""
STEP = "Replaying the delegation programme"


@transaction.atomic
def replay_timeline(*, until: datetime, progress: type_of_progress | None = None) -> int:
    """Replay everything that happened up to an instant, all or nothing. Answers how many rounds there were.

    The ledger must have nothing later than the first of it. Needs the invented nation.
    """
    story = Story()
    play(_everything(story), until, progress)
    return len(queries.rounds(until))


def play(events: Iterable[Event], until: datetime, progress: type_of_progress | None = None) -> None:
    """Do events, and what follows from them, in the order of their instants, up to an instant."""
    queue: list[tuple[datetime, int, Event]] = []
    number = count()

    def add(some: Iterable[Event]) -> None:
        for event in some:
            if event.at <= until:
                heappush(queue, (event.at, next(number), event))

    add(events)
    done = 0
    while queue:
        at, _, event = heappop(queue)
        following = event.do(at)
        add(following if isinstance(following, Iterator) else ())
        done += 1
        if progress is not None:
            progress(STEP, done, done + len(queue))


def _everything(story: Story) -> Iterable[Event]:
    yield from programmes(story)
    for planned in ROUNDS:
        yield from round_events(story, planned)
    yield from (_successions(story, day) for day in SUCCESSIONS)
    yield from bodies_speak(story)
    yield from overseen(story)
    yield from powers_in_use(story)
    yield from constitutions(story)
    yield from consultations(story)
    yield from motions(story)


def _successions(story: Story, day: date) -> Event:
    return Event(london(day.year, day.month, day.day, 0, 1), lambda at: _succeed(story, day, at))


def _succeed(story: Story, day: date, at: datetime) -> None:
    """Every arrangement of a commissioner that closes is taken over by whoever follows it, highest level first."""
    closing = {code: [heir for heir, on in steps if on == day] for code, steps in story.steps.items()}
    before = sorted(queries.positions_on(day - ONE_DAY), key=lambda row: (-(row.level or 0), row.code))
    for row in (row for row in before if closing.get(row.code)):
        held = queries.arrangement_on(row.code, day - ONE_DAY)
        if held is None:
            continue
        for successor in closing[row.code]:
            actions.succeed_arrangement(arrangement=held.id, successor=successor, on=day, by=PROGRAMME, at=at)
