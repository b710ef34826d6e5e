"""Before the rounds: programmes set up, documents published, interest expressed, positions stated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby

from remit.delegation import actions
from remit.demo.timeline.applicants import is_of_kent
from remit.demo.timeline.events import PROGRAMME, Event, officer_of
from remit.demo.timeline.plan import ROUNDS, PlannedRound, london
from remit.demo.timeline.story import Story, commissioners_in_order

FIRST = "2015-16"
INTERESTED, FULL, FULL_AND_PERFORMANCE, JOINT = 196, 129, 65, 49
"""Expressions of interest: two in three wanted full delegation, a third of all would manage performance too."""
INTEND_FULL, INTEND_JOINT, LOWEST, UNDECIDED, NOT_NOW = 40, 23, 9, 13, 10
NOT_NOW_BECAUSE = (
    "Our members want to see how conflicts of interest are managed elsewhere first.",
    "We are talking with our neighbours about a merger, and shall look at this once that is settled.",
    "We have too few people for it this year. We hope to apply in the next round.",
    "The budget that comes with it is not known yet.",
)
HOW_TO_APPLY = """Who can apply
Every commissioner of primary care. Each commissioner of a joint bid sends an application of its own.

How it is decided
{how}

What happens then
Approvals are announced. A commissioner that was not approved is told why, and can challenge the decision.
"""
HOW = {
    "short": "NHS England's national team reads each application and decides it, with reasons.",
    "full": (
        "The application is completed together with NHS England's local office and signed by both. The local office "
        "endorses it, two assessors score it without seeing each other's scores, the region and then the national "
        "team moderate, and the decision follows, with reasons."
    ),
}
GUIDANCE = """Talk to your member practices and your local medical committee before you apply.
Say in your application how members were asked, and what they said. Where they were not asked, that is shown.
Joint and delegated commissioning need a committee that your constitution provides for.
Nobody with an interest in an application assesses or decides it.
"""
OWN_RULES = (
    ({"consultation": 56, "notice": 21}, "Constitution, clause 4.2 (amendment by members)"),
    ({"consultation": 42, "notice": 14, "ballot": 21}, "Constitution, schedule 3 (votes of members)"),
    ({"notice": 28, "amendment": 14}, "Standing orders, 3.1 (notice of a general meeting)"),
    ({"consultation": 0, "notice": 10, "ballot": 7}, "Constitution, clause 5.6 (urgent votes)"),
    ({"consultation": 28, "notice": 10}, "Constitution, clause 4.4 (meetings of members)"),
    ({"consultation": 84}, "Compact with the local medical committee, 2013"),
)


def programmes(story: Story) -> Iterator[Event]:
    """The events of every programme, up to the opening of its first round."""
    for code, rounds in groupby(ROUNDS, key=lambda planned: planned.programme):
        yield from _programme(code, list(rounds))
    yield from _first_year(story)


def _programme(code: str, rounds: list[PlannedRound]) -> Iterator[Event]:
    opens_at = min(planned.opens_at for planned in rounds)
    process = rounds[0].process
    set_up_at = london(2014, 5, 6) if code == FIRST else opens_at - timedelta(days=42)
    title = f"Primary care co-commissioning {code.replace('-', '/')}"
    yield Event(set_up_at, lambda at: set_up(code, title, process, at))
    yield Event(opens_at - timedelta(days=12), lambda at: plan(code, rounds, at))
    yield Event(opens_at - timedelta(days=5), lambda at: publish(code, process, at))


def set_up(code: str, title: str, process: str, at: datetime) -> None:
    """Set a programme up."""
    actions.set_up_programme(code=code, title=title, process=process, by=PROGRAMME, at=at)


def plan(code: str, rounds: Iterable[PlannedRound], at: datetime) -> None:
    """Plan its rounds."""
    for planned in rounds:
        actions.plan_round(
            programme=code,
            code=planned.code,
            title=planned.title,
            level=planned.level,
            opens_at=planned.opens_at,
            deadline=planned.deadline,
            decisions_due_on=planned.decisions_due_on,
            effective_on=planned.effective_on,
            by=PROGRAMME,
            at=at,
        )


def publish(code: str, process: str, at: datetime) -> None:
    """Publish its documents: two of them in words, the others built from the data."""
    words = {"process": HOW_TO_APPLY.format(how=HOW[process]), "guidance": GUIDANCE}
    for kind in ("process", "form", "criteria", "timetable", "guidance"):
        actions.publish_document(programme=code, kind=kind, words=words.get(kind, ""), by=PROGRAMME, at=at)


# -- the first year -------------------------------------------------------------------------------------------


def _first_year(story: Story) -> Iterator[Event]:
    yield Event(london(2014, 5, 12), lambda at: _interests(story, at))
    yield Event(london(2014, 9, 10), lambda at: _own_rules(story, at))
    yield Event(london(2015, 1, 5), lambda at: _intend_full(story, at))
    yield Event(london(2015, 1, 14), lambda at: _state_the_rest(story, at))


def _interests(story: Story, at: datetime) -> Iterator[Event]:
    """From May to 20 June 2014; the eight of Kent among those who prefer the lowest level."""
    rows = commissioners_in_order(story.topic("interest"), at.date())
    rows.sort(key=is_of_kent)
    rows = [*rows[: INTERESTED - 8], *rows[-8:]]
    for number, row in enumerate(rows):
        level = 3 if number < FULL else 2 if number < FULL + JOINT else 1
        moment = at + timedelta(days=39, hours=6) * number / INTERESTED
        yield Event(moment, partial(_express, story, row.code, level, number < FULL_AND_PERFORMANCE))


def _express(story: Story, code: str, level: int, would_manage: bool, at: datetime) -> None:
    made = actions.express_interest(
        programme=FIRST,
        commissioner=code,
        level=level,
        would_manage_performance=would_manage,
        by=officer_of(code),
        at=at,
    )
    story.interests[code] = made.pk, level


def _own_rules(story: Story, at: datetime) -> None:
    """Some commissioners tell how long their own constitution makes it take."""
    rows = commissioners_in_order(story.topic("own rules"), at.date())
    for (days, source), row in zip(OWN_RULES, rows, strict=False):
        actions.record_timetable(
            commissioner=row.code,
            from_on=date(2014, 9, 1),
            days=days,
            source=source,
            by=officer_of(row.code),
            at=at,
        )


def _intend_full(story: Story, at: datetime) -> None:
    """Days before the deadline some mean to apply for full delegation; one in five of them will not."""
    wanted = [code for code, (_, level) in story.interests.items() if level == 3]
    for number, code in enumerate(story.topic("intend full").shuffled(wanted)[:INTEND_FULL]):
        _state(code, "intends", 3, "", at + timedelta(minutes=number))
        if number % 5:
            story.applicants.leaning[code] = 3


def _state_the_rest(story: Story, at: datetime) -> None:
    """After the first deadline: who did not apply says what it means to do by the end of January."""
    rows = [
        row
        for row in commissioners_in_order(story.topic("positions"), at.date())
        if row.code not in story.applicants.applied
    ]
    rows.sort(key=lambda row: not is_of_kent(row))
    answers = [("intends", 1)] * LOWEST + [("intends", 2)] * INTEND_JOINT + [("undecided", 0)] * UNDECIDED
    answers += [("not_now", 0)] * NOT_NOW
    for number, ((answer, level), row) in enumerate(zip(answers, rows, strict=False)):
        reasons = NOT_NOW_BECAUSE[number % len(NOT_NOW_BECAUSE)] if answer == "not_now" else ""
        _state(row.code, answer, level, reasons, at + timedelta(minutes=number))
        if answer == "not_now":
            story.applicants.staying_out.add(row.code)
        elif level and number % 5:
            story.applicants.leaning[row.code] = level


def _state(code: str, answer: str, level: int, reasons: str, at: datetime) -> None:
    actions.state_position(
        programme=FIRST,
        commissioner=code,
        answer=answer,
        level=level or None,
        reasons=reasons,
        by=officer_of(code),
        at=at,
    )
