"""Powers in use: first uses, one called in, one kept by NHS England, and more services for the boards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from remit.delegation import actions, queries
from remit.delegation.actions import ScopeChange
from remit.demo.timeline.events import PROGRAMME, Event, officer_of
from remit.demo.timeline.plan import london
from remit.demo.timeline.story import Story
from remit.register.queries import organisations_on

USES = (
    (london(2015, 8, 12, 14), "design_local_schemes", "Adopted a local scheme for care in nursing homes"),
    (london(2015, 9, 9, 10), "approve_mergers", "Approved the merger of two practices"),
    (london(2015, 10, 7, 11), "make_discretionary_payments", "Paid for a doctor's return to practice"),
    (london(2015, 11, 18, 15), "establish_practices", "Invited bids for a new practice"),
    (london(2016, 1, 20, 10), "performance_manage", "Reviewed a practice's contract after two years"),
    (london(2016, 2, 10, 14), "serve_breach_notices", "Served a remedial notice"),
    (london(2016, 5, 4, 10), "design_local_schemes", "Adopted a local scheme for minor surgery"),
    (london(2016, 6, 15, 10), "manage_contracts", "Varied the hours of a contract"),
)
"""When a power was first used by one commissioner after another: granted on 1 April 2015, used in August."""
CALLED_IN = 3
"""Which of these NHS England called in, and released."""
POD = ("pharmacy", "optometry", "dental")
EARLY = 9
"""Nine boards took on pharmacy, optometry and dental services on the first day of boards; one of them one group."""
FIRST_BOARDS, ALL_BOARDS = date(2022, 7, 1), date(2023, 4, 1)


def powers_in_use(story: Story) -> Iterator[Event]:
    """The events about powers that arrangements brought."""
    yield Event(london(2015, 3, 28), lambda at: _keep_back(story, at))
    yield Event(london(2015, 4, 2), lambda at: _uses(story, at))
    yield Event(london(2022, 7, 1, 12), _early_boards)
    yield Event(london(2023, 3, 20), _all_boards)


def _delegated(story: Story) -> list[str]:
    """Those with full powers from 2015 that stay for some years."""
    rows = story.agreements["2015-level-3"]
    return [code for _, code in rows if not story.closes_by(code, date(2018, 4, 1))]


def _keep_back(story: Story, at: datetime) -> None:
    """One leaves the management of performance with NHS England."""
    held = queries.arrangement_on(_delegated(story)[-1], date(2015, 4, 1))
    if held is None:
        return
    actions.vary_scope(
        arrangement=held.id,
        change=ScopeChange(reserved=("performance_manage",)),
        effective_on=date(2015, 4, 1),
        instrument="The delegation agreement, schedule of reserved functions",
        reasons="Performance management retained by NHS England: members do not want colleagues to manage them.",
        by=PROGRAMME,
        at=at,
    )


def _uses(story: Story, _: datetime) -> Iterator[Event]:
    users = _delegated(story)
    for number, (moment, power, what) in enumerate(USES):
        yield Event(moment, partial(_use, users[number % len(users)], power, what, number))


def _use(commissioner: str, power: str, what: str, number: int, at: datetime) -> Iterator[Event]:
    made = actions.use_power(
        commissioner=commissioner,
        power=power,
        what=what,
        by=officer_of(commissioner),
        at=at,
        once=f"replay {number}",
    )
    if number == CALLED_IN:
        yield Event(london(2015, 11, 25), lambda at: _call_in(made.pk, at))
        yield Event(london(2015, 12, 16), lambda at: _release(made.pk, at))


def _call_in(use: str, at: datetime) -> None:
    actions.call_in_decision(
        use=use,
        reasons="A member of the committee is a partner in a practice near by. NHS England looks at the minutes.",
        by=PROGRAMME,
        at=at,
    )


def _release(use: str, at: datetime) -> None:
    actions.settle_call_in(
        use=use,
        outcome="released",
        reasons="The member had left the room, and the minutes show it. The decision stands.",
        by=PROGRAMME,
        at=at,
    )


def _early_boards(at: datetime) -> None:
    for number, (board, _) in enumerate(organisations_on(FIRST_BOARDS, "icb")[:EARLY]):
        added = POD[:1] if number == EARLY - 1 else POD
        _add(board, added, FIRST_BOARDS, at)


def _all_boards(at: datetime) -> None:
    for board, _ in organisations_on(ALL_BOARDS, "icb"):
        scope = queries.scope_of(board, ALL_BOARDS)
        missing = tuple(group for group in POD if scope is not None and group not in scope.groups)
        if missing:
            _add(board, missing, ALL_BOARDS, at)


def _add(board: str, groups: tuple[str, ...], on: date, at: datetime) -> None:
    held = queries.arrangement_on(board, on)
    if held is None:
        return
    actions.vary_scope(
        arrangement=held.id,
        change=ScopeChange(groups_added=groups),
        effective_on=on,
        instrument=f"Deed of variation for {on.year}/{(on.year + 1) % 100:02d}",
        reasons="NHS England delegates more services to boards.",
        by=PROGRAMME,
        at=at,
    )
