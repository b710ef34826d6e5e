"""Motions of the replay: a committee objects to eight commissioners, groups of Kent ask their members by rules that
differ, members require a vote of no confidence; and today a network's vote is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from remit.demo.timeline.applicants import is_of_kent
from remit.demo.timeline.events import Event, officer_of, somebody
from remit.demo.timeline.evidence import LMC, LMC_CODE
from remit.demo.timeline.plan import london
from remit.demo.timeline.story import Story, commissioners_in_order
from remit.kernel.actor import Actor
from remit.kernel.moments import london_day
from remit.meetings.queries import meetings_upcoming
from remit.motions import actions
from remit.motions.actions.declaring import Scrutiny
from remit.motions.actions.enrolling import Seat
from remit.motions.actions.noticing import Notice, Wording
from remit.register.queries import bodies_of_member, kinds_on, member_codes_on

SEATS = 24
FEARED = ("design_local_schemes", "manage_contracts", "establish_practices")
NO_CONFIDENCE = "The members have no confidence in the board"
SCRUTINY = Scrutiny(
    scrutineer="The lay member for governance",
    report="The roll, the votes and the count agree. Nobody asked for a recount.",
)
BACK = "Send it back for more work"
OPTIONS = (
    ("full", "Full delegation"),
    ("joint", "Joint commissioning"),
    ("neither", "Neither"),
    ("back", BACK),
)


def motions(story: Story) -> Iterator[Event]:
    """What bodies of Kent asked their members in the autumn of 2014."""
    yield Event(london(2014, 10, 13, 10), lambda at: _of_kent(story, at))


def _of_kent(story: Story, at: datetime) -> Iterator[Event]:
    """Nothing where there is no Kent."""
    if len(_groups(story, london_day(at))) < 8:
        return
    yield Event(london(2014, 10, 13, 10), lambda at: _object(story, at))
    yield Event(london(2014, 11, 3, 10), lambda at: _votes(story, at))
    yield Event(london(2014, 11, 5, 10), lambda at: _require(story, at))


def _groups(story: Story, on: date) -> list[str]:
    rows = commissioners_in_order(story.topic("constitutions"), on)
    return [row.code for row in rows if is_of_kent(row)]


def _members(body: str, at: datetime) -> list[str]:
    return sorted(member_codes_on(body, london_day(at)) or ())


def _put(
    body: str, wording: Wording, notice: Notice, by: Actor, at: datetime, *, requisition: str = ""
) -> str:
    made = actions.draft_motion(body=body, wording=wording, requisition=requisition, by=by, at=at)
    return actions.give_notice(motion=made.pk, notice=notice, by=by, at=at).pk


def _declare(motion: str, by: Actor, at: datetime) -> None:
    actions.declare_result(motion=motion, scrutiny=SCRUTINY, by=by, at=at)


def _object(story: Story, at: datetime) -> Iterator[Event]:
    """The county's committee, three days later, about three powers and all eight of its commissioners."""
    wording = Wording(
        kind="objection",
        way="hands",
        title="The committee objects to full delegation",
        words="The committee asks the eight commissioners of its area to go no further than greater involvement.",
        concerns=_groups(story, london_day(at)),
        powers=FEARED,
    )
    notice = Notice(
        opens_at=london(2014, 10, 16, 19),
        closes_at=london(2014, 10, 16, 21),
        meeting=next(each.id for each in meetings_upcoming(at, body=LMC_CODE) if each.urgency),
        seats=[Seat("Chair"), *(Seat(f"Seat {number}") for number in range(1, SEATS))],
    )
    made = _put(LMC_CODE, wording, notice, LMC, at)
    counts = {"for": 19, "against": 2, "abstain": 1}
    yield Event(
        london(2014, 10, 16, 20, 30),
        lambda at: actions.count_hands(motion=made, counts=counts, teller="The secretary", by=LMC, at=at),
    )
    yield Event(london(2014, 10, 16, 21, 15), partial(_declare, made, LMC))


def _votes(story: Story, at: datetime) -> Iterator[Event]:
    """Four groups ask: one by name on delegated powers, two by hands on the same words under other majorities, one
    among four options."""
    one, two, three, four = _groups(story, london_day(at))[:4]
    asked = Wording(
        kind="delegation",
        level=3,
        title="Apply for delegated powers",
        words="That the group applies to NHS England for full delegation from April 2015.",
    )
    yield from _by_name(one, asked, at)
    plain = Wording(
        title="Prepare an application", words="That the group prepares an application.", way="hands"
    )
    for body in (two, three):
        yield from _by_hands(body, plain, at)
    yield from _among_options(four, at)


def _by_name(body: str, wording: Wording, at: datetime) -> Iterator[Event]:
    by, members = officer_of(body), _members(body, at)
    notice = Notice(opens_at=london(2014, 11, 24, 9), closes_at=london(2014, 11, 28, 17))
    made = _put(body, wording, notice, by, at)
    against, silent = len(members) // 5, len(members) // 8
    choices = ["against"] * against + ["abstain"] * (silent // 2) + ["for"] * len(members)
    voting = dict(zip(members[: len(members) - silent], choices, strict=False))
    yield Event(london(2014, 11, 25, 12), lambda at: _vote(made, voting, at))
    yield Event(london(2014, 11, 28, 18), partial(_declare, made, by))


def _by_hands(body: str, wording: Wording, at: datetime) -> Iterator[Event]:
    """Two thirds of all for it, and just enough against that it is less than three quarters of those cast."""
    by, everybody = officer_of(body), len(_members(body, at))
    in_favour = -(-everybody * 2 // 3)
    against = min(everybody - in_favour, in_favour // 3 + 1)
    notice = Notice(opens_at=london(2014, 11, 26, 19), closes_at=london(2014, 11, 26, 21))
    made = _put(body, wording, notice, by, at)
    counts = {"for": in_favour, "against": against}
    yield Event(
        london(2014, 11, 26, 20),
        lambda at: actions.count_hands(motion=made, counts=counts, teller="Two tellers", by=by, at=at),
    )
    yield Event(london(2014, 11, 26, 22), partial(_declare, made, by))


def _among_options(body: str, at: datetime) -> Iterator[Event]:
    by, members = officer_of(body), _members(body, at)
    wording = Wording(
        title="Which part in commissioning?",
        words="Which of these should the group do? Members may also abstain.",
        options=OPTIONS,
    )
    notice = Notice(opens_at=london(2014, 11, 20, 9), closes_at=london(2014, 11, 27, 17))
    made = _put(body, wording, notice, by, at)
    others = ("joint", "full", "abstain", "neither")
    choices = {
        code: others[number % len(others)] if number < len(members) // 3 else "back"
        for number, code in enumerate(members)
    }
    yield Event(london(2014, 11, 21, 12), lambda at: _vote(made, choices, at))
    yield Event(london(2014, 11, 27, 18), partial(_declare, made, by))


def _vote(motion: str, choices: Mapping[str, str], at: datetime) -> None:
    for practice, choice in choices.items():
        by = somebody(f"replay-manager-{practice}", "practice_manager", practice)
        actions.cast_vote(motion=motion, choice=choice, by=by, at=at)


def _require(story: Story, at: datetime) -> Iterator[Event]:
    """Members of the group that comes nearest to two dozen of them; its chair objects, and it is held all the same."""
    groups = _groups(story, london_day(at))[4:]
    body = min(groups, key=lambda code: abs(len(_members(code, at)) - 24))
    members = _members(body, at)
    signers = members[: max(3, -(-len(members) // 10))]
    made = actions.open_requisition(
        body=body,
        kind="no_confidence",
        title=NO_CONFIDENCE,
        words="The board decided to apply before it had asked anybody. Let the members decide whether it stays.",
        by=somebody(f"replay-manager-{signers[0]}", "practice_manager", signers[0]),
        at=at,
    ).pk
    yield Event(london(2014, 11, 7), lambda at: _sign(made, signers[1:], at))
    yield Event(london(2014, 11, 10), lambda at: _objects(made, body, at))
    yield Event(london(2014, 11, 12), lambda at: _call(made, body, members, at))


def _sign(requisition: str, practices: Sequence[str], at: datetime) -> None:
    for practice in practices:
        by = somebody(f"replay-manager-{practice}", "practice_manager", practice)
        actions.sign_requisition(requisition=requisition, by=by, at=at)


def _objects(requisition: str, body: str, at: datetime) -> None:
    actions.object_to_requisition(
        requisition=requisition,
        objection="An application is not yet decided, and a vote now would weaken it. I ask members to wait.",
        by=officer_of(body),
        at=at,
    )


def _call(requisition: str, body: str, members: Sequence[str], at: datetime) -> Iterator[Event]:
    by = officer_of(body)
    wording = Wording(kind="no_confidence", title=NO_CONFIDENCE, words="That the board is elected anew.")
    notice = Notice(opens_at=london(2014, 12, 2, 9), closes_at=london(2014, 12, 3, 17))
    made = _put(body, wording, notice, by, at, requisition=requisition)
    in_favour = -(-len(members) * 2 // 3)
    choices = dict.fromkeys(members[:in_favour], "for")
    choices |= dict.fromkeys(members[in_favour : in_favour + (len(members) - in_favour) * 3 // 4], "against")
    yield Event(london(2014, 12, 2, 12), lambda at: _vote(made, choices, at))
    yield Event(london(2014, 12, 3, 18), partial(_declare, made, by))


def open_motion(practice: str, now: datetime) -> Iterator[Event]:
    """A vote that is open today where the demo's practice is a member: in its network."""
    on = london_day(now)
    bodies = sorted(bodies_of_member(practice, on))
    networks = [code for code, kind in sorted(kinds_on(bodies, on).items()) if kind == "pcn"]
    if networks:
        yield Event(now - timedelta(days=12), partial(_ask_the_network, networks[0], practice, now))


def _ask_the_network(body: str, practice: str, now: datetime, at: datetime) -> Iterator[Event]:
    by = somebody("replay-secretary", "members_secretary", body)
    wording = Wording(
        title="Share one team of pharmacists",
        words="That the network employs its pharmacists together, from the next financial year on.",
    )
    notice = Notice(opens_at=now - timedelta(days=2), closes_at=now + timedelta(days=12))
    made = _put(body, wording, notice, by, at)
    others = [code for code in _members(body, at) if code != practice][:2]
    voting = dict(zip(others, ("for", "against"), strict=False))
    yield Event(now - timedelta(days=1), lambda at: _vote(made, voting, at))
