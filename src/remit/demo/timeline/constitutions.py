"""Constitutions of the replay: eight groups since 2013, one that amends its own in 2015, and two bodies of today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from remit.constitutions import actions
from remit.delegation import queries
from remit.demo.timeline.applicants import is_of_kent
from remit.demo.timeline.events import PROGRAMME, Event, officer_of, somebody
from remit.demo.timeline.plan import london
from remit.demo.timeline.story import Story, commissioners_in_order
from remit.kernel.actor import Actor
from remit.kernel.moments import london_day
from remit.register.queries import organisations_on

Rules = Sequence[Mapping[str, Any]]
FIRST_WAVE = "2015-level-3"
SIMPLE: Mapping[str, Any] = {"kind": "majority", "share": "1/2"}
THREE_QUARTERS: Mapping[str, Any] = {"kind": "majority", "share": "75%", "is_strict": False}
OF_ALL: Mapping[str, Any] = {"kind": "majority", "share": "60%", "is_strict": False, "basis": "all"}
WAYS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("A motion is carried by more than half of the votes cast.", SIMPLE),
    ("A motion is carried by at least three quarters of the votes cast.", THREE_QUARTERS),
    ("A motion is carried by at least three fifths of all members.", OF_ALL),
)
"""What carries a motion differs from place to place: the same votes come out differently."""


OF_EVERY_GROUP: Sequence[tuple[str, str, str, Rules]] = (
    (
        "4.1",
        "Meetings that members require",
        "A tenth of the practices may require a meeting. It is held within 28 days.",
        [{"kind": "requisition", "share": "10%", "days": 28}],
    ),
    (
        "4.2",
        "No confidence",
        "Three fifths of all practices may remove the board. It is then elected anew within 60 days.",
        [
            {**OF_ALL, "motions": ["no_confidence"]},
            {"kind": "removal", "days": 60, "motions": ["no_confidence"]},
        ],
    ),
    (
        "5.1",
        "Alone",
        "Between meetings the chair may decide what cannot wait, and reports it to the next.",
        [
            {
                "kind": "sole",
                "who": "The chair",
                "what": "what cannot wait for a meeting, reported to the next",
            }
        ],
    ),
    (
        "6.1",
        "Amendment",
        "Three quarters of the votes cast amend this constitution, once NHS England has approved.",
        [{**THREE_QUARTERS, "motions": ["amendment"]}, {"kind": "amendment"}],
    ),
)
"""Clauses that all of them have alike."""


@dataclass(frozen=True)
class Adopted:
    """A first text that was adopted elsewhere, as it is recorded."""

    title: str
    clauses: Sequence[tuple[str, str, str, Rules]]
    agreed_on: date
    approved_on: date | None
    in_force_on: date
    source: str


def constitutions(story: Story) -> Iterator[Event]:
    """What bodies with members recorded of their own rules."""
    yield Event(london(2014, 5, 20, 10), lambda at: _of_kent(story, at))
    yield Event(london(2015, 2, 20, 10), lambda at: _of_the_first_wave(story, at))
    yield Event(london(2023, 9, 4, 10), _of_today)


def _of_kent(story: Story, at: datetime) -> None:
    rows = [
        row for row in commissioners_in_order(story.topic("constitutions"), london_day(at)) if is_of_kent(row)
    ]
    for number, row in enumerate(rows):
        _adopt(row.code, _of_a_group(number, date(2013, 4, 1)), officer_of(row.code), at)


def _of_the_first_wave(story: Story, at: datetime) -> Iterator[Event]:
    """One of those approved first amends its constitution, so that it may exercise what is delegated to it."""
    approved = [key for key, outcome in story.outcomes.get(FIRST_WAVE, {}).items() if outcome == "approved"]
    found = queries.application(approved[-1], at, PROGRAMME) if approved else None
    if found is None:
        return
    body = found.row.commissioner
    by = officer_of(body)
    _adopt(body, _of_a_group(1, date(2014, 10, 1)), by, at)
    text = actions.draft_text(
        body=body,
        title="Amendment for delegated commissioning",
        purpose="Lets the group exercise what NHS England delegates to it, once members have voted for it.",
        model="delegated_powers",
        by=by,
        at=at,
    ).pk
    yield Event(london(2015, 2, 23), lambda at: actions.propose_amendment(text=text, by=by, at=at))
    yield Event(london(2015, 3, 11), lambda at: _agree(text, by, at))
    yield Event(london(2015, 3, 12), lambda at: actions.send_amendment(text=text, by=by, at=at))
    yield Event(london(2015, 3, 27, 8), lambda at: _approve(text, at))


def _agree(text: str, by: Actor, at: datetime) -> None:
    actions.record_members_answer(
        text=text,
        is_agreed=True,
        on=date(2015, 3, 10),
        source="Minutes of the members’ meeting, 10 March 2015, item 3",
        by=by,
        at=at,
    )


def _approve(text: str, at: datetime) -> None:
    actions.approve_amendment(
        text=text, in_force_on=date(2015, 4, 1), words="Approved as proposed.", by=PROGRAMME, at=at
    )


def _of_today(at: datetime) -> None:
    """The first committee and the first network by code, where the demo accounts are."""
    on = london_day(at)
    for kind, role in (("lmc", "lmc_officer"), ("pcn", "members_secretary")):
        found = organisations_on(on, kind)
        if found:
            body = found[0][0]
            _adopt(body, OF_TODAY[kind], somebody("replay-secretary", role, body), at)


def _adopt(body: str, what: Adopted, by: Actor, at: datetime) -> None:
    text = actions.draft_text(body=body, title=what.title, by=by, at=at).pk
    for number, heading, words, rules in what.clauses:
        actions.write_clause(
            text=text, number=number, heading=heading, words=words, rules=rules, by=by, at=at
        )
    actions.record_adoption(
        text=text,
        agreed_on=what.agreed_on,
        approved_on=what.approved_on,
        in_force_on=what.in_force_on,
        source=what.source,
        by=by,
        at=at,
    )


def _of_a_group(number: int, since: date) -> Adopted:
    words, majority = WAYS[number % len(WAYS)]
    days = 10 if number == len(WAYS) else 28
    clauses: list[tuple[str, str, str, Rules]] = [
        (
            "1.1",
            "Members",
            "The practices of the area are the members of the group.",
            [{"kind": "electorate"}],
        ),
        ("1.2", "Votes", "Each practice has one vote.", [{"kind": "weights"}]),
        (
            "2.1",
            "Quorum",
            "Half of the practices have to take part.",
            [{"kind": "quorum", "share": "1/2"}],
        ),
        ("2.2", "Majority", words, [majority]),
        ("2.3", "Ties", "As many for as against is not carried.", [{"kind": "tie"}]),
        (
            "3.1",
            "Notice",
            "Members have 14 clear days of notice, or 3 where it is urgent and the notice says why.",
            [{"kind": "notice", "days": 14, "urgent_days": 3}],
        ),
        (
            "3.2",
            "Consultation",
            f"Members are consulted for at least {days} days before they vote.",
            [{"kind": "consultation", "days": days}],
        ),
        *OF_EVERY_GROUP,
    ]
    agreed = date(2013, 2, 12) if since.year == 2013 else date(since.year, since.month - 3, 8)
    approved = date(2013, 3, 20) if since.year == 2013 else date(since.year, since.month - 1, 15)
    return Adopted(
        "Constitution", clauses, agreed, approved, since, "The constitution as the group published it"
    )


OF_TODAY: Mapping[str, Adopted] = {
    "lmc": Adopted(
        "Constitution of the committee",
        (
            (
                "1",
                "Members",
                "Every general practitioner of the area is a member and has one vote.",
                [{"kind": "electorate", "who": "gps", "binding": "gps"}, {"kind": "weights"}],
            ),
            (
                "2",
                "Quorum",
                "A third of the members have to take part.",
                [{"kind": "quorum", "share": "1/3"}],
            ),
            (
                "3",
                "Majority",
                "More than half of the votes cast carry a motion. The chair has a casting vote.",
                [SIMPLE, {"kind": "tie", "tie": "casting_vote"}],
            ),
            (
                "4",
                "Urgent meetings",
                "Members have 21 clear days of notice, or 2 where the notice says why it is urgent.",
                [{"kind": "notice", "days": 21, "urgent_days": 2}],
            ),
            (
                "5",
                "Amendment",
                "Members amend this constitution by three quarters of the votes cast. Nobody else has to approve.",
                [
                    {**THREE_QUARTERS, "motions": ["amendment"]},
                    {"kind": "amendment", "needs_approval": False},
                ],
            ),
        ),
        date(2019, 6, 18),
        None,
        date(2019, 7, 1),
        "The committee’s own website",
    ),
    "pcn": Adopted(
        "Network agreement",
        (
            ("1", "Members", "The practices of the network are its members.", [{"kind": "electorate"}]),
            (
                "2",
                "Votes",
                "Practices have votes by the size of their list: one, two from 6,000 patients, three from 12,000.",
                [
                    {
                        "kind": "weights",
                        "weighing": "banded",
                        "of": "registered",
                        "bands": [
                            {"least": 0, "votes": 1},
                            {"least": 6000, "votes": 2},
                            {"least": 12000, "votes": 3},
                        ],
                    }
                ],
            ),
            (
                "3",
                "Majority",
                "More than half of the votes carry a motion, and more than half of the practices.",
                [SIMPLE, {**SIMPLE, "unit": "voters"}],
            ),
            ("4", "Notice", "Practices have 7 clear days of notice.", [{"kind": "notice", "days": 7}]),
            (
                "5",
                "Amendment",
                "All practices together amend this agreement.",
                [
                    {
                        "kind": "majority",
                        "share": "100%",
                        "is_strict": False,
                        "basis": "all",
                        "motions": ["amendment"],
                    },
                    {"kind": "amendment", "needs_approval": False},
                ],
            ),
        ),
        date(2023, 6, 14),
        None,
        date(2023, 7, 1),
        "The network agreement as its practices signed it",
    ),
}
"""Of a committee and of a network: what they adopted needs nobody’s approval."""
