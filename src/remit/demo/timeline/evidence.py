"""How members were asked, what committees were formed and what representative bodies said: recorded by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from remit.delegation import actions
from remit.demo.timeline.applicants import is_of_kent
from remit.demo.timeline.events import NATIONAL, PROGRAMME, Event, officer_of, somebody
from remit.demo.timeline.plan import london
from remit.demo.timeline.story import Applicant, Story, commissioners_in_order
from remit.kernel.actor import Actor
from remit.kernel.moments import london_day

WAYS = ("ballot", "show_of_hands", "ballot", "letter", "none", "show_of_hands", "not_specified")
"""How applicants asked their members, one after the other."""
ASKED = ("ballot", "show_of_hands", "letter")
SOURCES = {
    "ballot": "Declaration of the result, kept by the commissioner",
    "show_of_hands": "Minutes of the meeting of members",
    "letter": "Letter to member practices, kept by the commissioner",
}
LMC, LMC_CODE = somebody("replay-lmc", "lmc_officer", "LMCKENT"), "LMCKENT"
GPC_CODE = "GPCUK"


def bodies_speak(story: Story) -> Iterator[Event]:
    """What representative bodies said: a policy against managing colleagues, and Kent's objection."""
    yield Event(london(2014, 11, 13), _policy)
    yield Event(london(2014, 12, 15), lambda at: _objection(story, at))


def _policy(at: datetime) -> None:
    actions.record_evidence(
        kind="policy_position",
        commissioners=(),
        held_on=date(2014, 11, 12),
        facts={
            "body": GPC_CODE,
            "stance": "objects",
            "power": "performance_manage",
            "words": "Doctors should not manage how colleagues perform under their contracts. NHS England should.",
        },
        source="The committee's published position",
        by=PROGRAMME,
        at=at,
    )


def _objection(story: Story, at: datetime) -> None:
    """On each of the eight commissioners of Kent and Medway."""
    rows = commissioners_in_order(story.topic("kent"), london_day(at))
    actions.record_evidence(
        kind="lmc_statement",
        commissioners=[row.code for row in rows if is_of_kent(row)],
        held_on=date(2014, 12, 11),
        facts={
            "body": LMC_CODE,
            "stance": "objects",
            "form": "formal",
            "words": "The committee asks the commissioners of its area to go no further than greater involvement.",
        },
        source="Minutes of the committee, 11 December 2014",
        by=LMC,
        at=at,
    )


def record_support(story: Story, application: str, mine: Applicant, level: int, at: datetime) -> None:
    """What an applicant can show of what its answers say; one in three shows its amended constitution too."""
    way, by, number = mine.answers["evidence"], officer_of(mine.commissioner), mine.number
    if way in ASKED:
        is_checkable = way == "ballot" and number % 4 == 0
        actions.record_evidence(
            kind=way,
            commissioners=[mine.commissioner],
            held_on=date.fromisoformat(mine.answers["asked_on"]),
            facts=_facts(story, mine, level, at),
            application=application,
            source=SOURCES[way],
            document=story.paper(RESULT, RESULT_WORDS, at) if is_checkable else "",
            by=by,
            at=at,
        )
    if mine.answers.get("constitution") in {"amended", "applied"} and number % 3 == 0:
        actions.record_evidence(
            kind="constitution_amendment",
            commissioners=[mine.commissioner],
            held_on=london_day(at) - timedelta(days=5),
            facts={"route": mine.answers["constitution"], "clause": "6.4 (committees)"},
            application=application,
            source="Constitution as published by the commissioner",
            by=by,
            at=at,
        )


RESULT = "how-ballots-of-members-are-counted.txt"
RESULT_WORDS = (
    "Papers are opened by the lay member in front of two members. The count is kept for six years.\n"
)


def _facts(story: Story, mine: Applicant, level: int, at: datetime) -> dict[str, object]:
    """What is stated of a ballot, a show of hands or a letter. The parts of a ballot add up to all who could vote."""
    way, held_on = mine.answers["evidence"], date.fromisoformat(mine.answers["asked_on"])
    practices = story.practices_of(mine.commissioner, london_day(at).replace(day=1))
    chance = story.topic(f"support {mine.commissioner}")
    if way == "letter":
        return {"level": str(level), "letters": practices, "days_to_answer": 10 + chance.below(12)}
    absent = int(practices * chance.between(0.05, 0.3))
    abstained = int((practices - absent) * chance.between(0, 0.08))
    votes = practices - absent - abstained
    fewer = min(int(votes * chance.between(0.04, 0.3)), (votes - 1) // 2)
    in_favour, against = (fewer, votes - fewer) if mine.is_lost else (votes - fewer, fewer)
    count: dict[str, object] = {
        "level": str(level),
        "in_favour": in_favour,
        "against": against,
        "abstained": abstained,
        "electorate": practices,
        "threshold": "majority_of_votes",
    }
    if way == "show_of_hands":
        return {**count, "meeting_kind": "open"}
    return {
        **count,
        "not_voted": absent,
        "unable": 0,
        "question": f"Shall we apply to commission primary care at Level {level}?",
        "quorum": min(practices // 2, votes),
        "roll_on": held_on - timedelta(days=21),
        "verified_by": "The lay member for governance",
    }


def form_committee(commissioner: str, number: int, at: datetime) -> None:
    """A joint committee with members from both sides. One is recorded without NHS England's first, and corrected."""
    by, today = officer_of(commissioner), london_day(at)
    people = [
        {"organisation": commissioner, "role": "lay member, in the chair", "name": ""},
        {"organisation": commissioner, "role": "accountable officer", "name": ""},
    ]
    earlier = ""
    if number == 0:
        earlier = _committee(commissioner, people, "", today, by, at)
    people.append({"organisation": NATIONAL, "role": "director of commissioning operations", "name": ""})
    _committee(commissioner, people, earlier, today, by, at)


def _committee(
    commissioner: str, people: list[dict[str, str]], corrects: str, on: date, by: Actor, at: datetime
) -> str:
    made = actions.record_evidence(
        kind="joint_committee",
        commissioners=[commissioner],
        held_on=on,
        facts={"name": "Joint committee for primary care", "people": list(people)},
        source="Terms of reference of the joint committee",
        corrects=corrects,
        by=by,
        at=at,
    )
    return made.pk
