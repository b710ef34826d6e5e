"""Meetings and consultations of the replay: ten days by letter, twenty-eight with every theme answered, and a committee
that meets at short notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from remit.consultations import actions
from remit.consultations.queries import words_to_code
from remit.demo.timeline.applicants import is_of_kent
from remit.demo.timeline.events import Event, officer_of, somebody
from remit.demo.timeline.evidence import LMC, LMC_CODE
from remit.demo.timeline.plan import london
from remit.demo.timeline.story import Story, commissioners_in_order
from remit.kernel.moments import london_day
from remit.meetings.actions import call_meeting, record_attendance
from remit.register.queries import member_codes_on

OPTIONS = ("Full delegation", "Joint commissioning", "Greater involvement", "Neither: stay as we are")
PURPOSE = (
    "Whether the group applies for a greater part in commissioning primary care from April 2015, and which."
)
STANCES = {"yes": (1, "supports"), "no": (1, "opposes"), "joint": (2, "supports")}
ANSWERS: Sequence[tuple[str, tuple[int, int, int] | None, str]] = (
    ("yes", (3, 2, 0), "Three of us are for it and two are not."),
    ("no", (1, 4, 0), "There is nobody to do the work."),
    ("no", None, "This was decided before anybody asked us."),
    ("joint", (2, 1, 1), "Let NHS England keep the contracts."),
    ("yes", (4, 1, 0), ""),
    ("yes", (2, 3, 0), "The board should be elected anew first."),
)
THEMES = (
    (
        "There are too few people for the work",
        "The application names the posts that come with it, and waits for them.",
    ),
    ("Contracts should stay with NHS England", "Performance of individuals stays there."),
    ("Members should vote first", "Members vote before anything is handed in."),
)


def consultations(story: Story) -> Iterator[Event]:
    """What two groups of Kent asked their members, and how the county's committee met."""
    yield Event(london(2014, 10, 1), lambda at: _of_kent(story, at))


def _of_kent(story: Story, at: datetime) -> Iterator[Event]:
    """Nothing where there is no Kent."""
    if not any(
        is_of_kent(row) for row in commissioners_in_order(story.topic("constitutions"), london_day(at))
    ):
        return
    yield Event(london(2014, 10, 1), lambda at: _by_letter(story, at))
    yield Event(london(2014, 10, 6), lambda at: _in_full(story, at))
    yield Event(london(2014, 10, 13), _urgently)


def _urgently(at: datetime) -> None:
    call_meeting(
        body=LMC_CODE,
        kind="urgent",
        title="Urgent meeting on co-commissioning",
        place="Maidstone",
        meets_at=london(2014, 10, 16, 19),
        urgency="Groups of the county decide within weeks, and the next ordinary meeting is in December.",
        by=LMC,
        at=at,
    )


def _group(story: Story, number: int, on: date) -> tuple[str, list[str]]:
    """One of the groups of Kent whose clause asks for 28 days, and its members."""
    rows = [row for row in commissioners_in_order(story.topic("constitutions"), on) if is_of_kent(row)]
    code = rows[number].code
    return code, sorted(member_codes_on(code, on) or ())


def _published(body: str, first: date, last: date, told: Sequence[str], at: datetime) -> str:
    by = officer_of(body)
    made = actions.draft_consultation(
        body=body,
        title="Which part in commissioning primary care?",
        purpose=PURPOSE,
        options=OPTIONS,
        opens_on=first,
        closes_on=last,
        told=told,
        motion="delegation",
        by=by,
        at=at,
    )
    return actions.publish_consultation(consultation=made.pk, by=by, at=at).pk


def _by_letter(story: Story, at: datetime) -> Iterator[Event]:
    """Ten days by letter, with nothing to talk it over and nothing answered."""
    body, members = _group(story, 0, london_day(at))
    made = _published(body, date(2014, 10, 1), date(2014, 10, 10), ["letter"], at)
    yield Event(london(2014, 10, 8), lambda at: _answer(made, members[:3], at))
    yield Event(london(2014, 10, 9), lambda at: _stay_silent(made, members[3:5], at))
    yield Event(london(2014, 10, 10), lambda at: _express_concerns(made, at))


def _in_full(story: Story, at: datetime) -> Iterator[Event]:
    """Twenty-eight days with a meeting, and an answer to every theme."""
    body, members = _group(story, 1, london_day(at))
    made = _published(body, date(2014, 10, 6), date(2014, 11, 2), ["letter", "meeting"], at)
    by = officer_of(body)
    meeting = call_meeting(
        body=body,
        kind="ordinary",
        title="Members’ meeting on co-commissioning",
        place="The community hall",
        meets_at=london(2014, 10, 23, 19),
        by=by,
        at=at,
    ).pk
    actions.attach_event(consultation=made, meeting=meeting, by=by, at=at)
    there = members[: max(1, len(members) * 3 // 4)]
    yield Event(
        london(2014, 10, 24),
        lambda at: record_attendance(meeting=meeting, practices=there, by=by, at=at),
    )
    yield Event(london(2014, 10, 27), lambda at: _answer(made, members, at))
    yield Event(london(2014, 11, 12), lambda at: _say_what_was_done(made, body, at))


def _answer(made: str, practices: Sequence[str], at: datetime) -> None:
    """One practice after the other, and a doctor who speaks for themselves."""
    for practice, (leaning, split, words) in zip(practices, ANSWERS, strict=False):
        option, stance = STANCES[leaning]
        stances = {number: "neither" for number in range(1, len(OPTIONS) + 1)} | {option: stance}
        actions.respond_for_practice(
            consultation=made,
            practice=practice,
            stances=stances,
            splits={option: split} if split else {},
            words=words,
            by=somebody("replay-manager", "practice_manager", practice),
            at=at,
        )
    for practice in practices[2:3]:
        actions.respond_as_gp(
            consultation=made,
            stances={number: "opposes" for number in range(1, len(OPTIONS) + 1)},
            by=somebody("replay-doctor", "general_practitioner", practice),
            at=at,
        )


def _stay_silent(made: str, practices: Sequence[str], at: datetime) -> None:
    for practice, reason in zip(practices, ("not_listened", "no_time"), strict=False):
        actions.explain_silence(
            consultation=made,
            practice=practice,
            reason=reason,
            by=somebody("replay-manager", "practice_manager", practice),
            at=at,
        )


def _express_concerns(made: str, at: datetime) -> None:
    actions.log_representation(
        consultation=made,
        who="Kent Local Medical Committee",
        organisation=LMC_CODE,
        channel="letter",
        words="We were not asked formally, and still have concerns: ten days are too short to ask partners.",
        received_on=london_day(at),
        by=LMC,
        at=at,
    )


def _say_what_was_done(made: str, body: str, at: datetime) -> None:
    """Themes, what belongs to each, and the answers: the last makes it one that may be tabled."""
    by = officer_of(body)
    numbers = [actions.name_theme(consultation=made, said=said, by=by, at=at).number for said, _ in THEMES]
    for place, each in enumerate(words_to_code(made, by, at)):
        theme = numbers[place % len(numbers)]
        actions.code_response(consultation=made, response=each.id, themes=[theme], by=by, at=at)
    for number, (_, did) in zip(numbers, THEMES, strict=True):
        actions.answer_theme(consultation=made, theme=number, did=did, by=by, at=at)
