"""What follows an approval: agreements issued, returned and signed; then reviews, ratings and a notice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from remit.delegation import actions
from remit.delegation.rules import assurance_areas
from remit.demo.timeline.events import PROGRAMME, Event, officer_of
from remit.demo.timeline.evidence import form_committee
from remit.demo.timeline.plan import PlannedRound, london
from remit.demo.timeline.story import Story
from remit.kernel.moments import london_day

TERMS, TERMS_WORDS = (
    "terms-of-reference-of-the-joint-committee.txt",
    "The committee has members of the commissioner and of NHS England. It decides by agreement of both sides.\n",
)
AGREEMENT, AGREEMENT_WORDS = (
    "delegation-agreement.txt",
    "NHS England delegates to the commissioner the functions named in the schedule, from the day named there.\n",
)
REPORT = "Internal audit of delegated commissioning, 2018/19"
FOUND = (
    "Decisions and declarations of interests are published. The committee met six times.",
    "The committee works. Its register of procurement decisions is two months behind.",
)
RATINGS = ("substantial", "full", "substantial", "limited", "substantial")


def agreed(story: Story, planned: PlannedRound) -> Iterator[Event]:
    """A round's agreements, in three acts: issued to all, returned by each, signed for all."""
    yield Event(planned.signed_at - timedelta(days=5), lambda at: _issue(story, planned, at))
    yield Event(planned.signed_at, lambda at: _sign(story, planned, at))


def _issue(story: Story, planned: PlannedRound, at: datetime) -> Iterator[Event]:
    found = story.outcomes[planned.code]
    approved = [application for application, outcome in found.items() if outcome == "approved"]
    made = actions.issue_agreements(
        applications=approved, document=story.paper(AGREEMENT, AGREEMENT_WORDS, at), by=PROGRAMME, at=at
    )
    rows = [(each.pk, each.commissioner_id) for each in made]
    rows = story.agreements[planned.code] = sorted(rows, key=lambda row: row[1])
    terms = story.paper(TERMS, TERMS_WORDS, at) if planned.level == 2 else ""
    for number, (agreement, commissioner) in enumerate(rows):
        moment = at + timedelta(days=1) + timedelta(days=3) * number / len(rows)
        yield Event(moment, partial(_return, agreement, commissioner, number, terms))


def _return(agreement: str, commissioner: str, number: int, terms: str, at: datetime) -> None:
    if terms:
        form_committee(commissioner, number, at)
    actions.return_agreement(
        agreement=agreement,
        signed_as="Accountable officer",
        terms_of_reference=terms,
        by=officer_of(commissioner),
        at=at,
    )


def _sign(story: Story, planned: PlannedRound, at: datetime) -> None:
    actions.sign_agreements(
        agreements=[agreement for agreement, _ in story.agreements[planned.code]],
        signed_as="Director of commissioning operations",
        by=PROGRAMME,
        at=at,
    )


def overseen(story: Story) -> Iterator[Event]:
    """While agreements last: one is ended by notice and sooner by revocation, some are reviewed, some rated."""
    yield Event(london(2015, 9, 15), lambda at: _notice(story, at))
    yield Event(london(2015, 10, 20), lambda at: _revoke(story, at))
    yield Event(london(2016, 4, 18), lambda at: _review(story, "2015-level-3", 12, at))
    yield Event(london(2019, 4, 15), lambda at: _review(story, "2018-level-3", 6, at))
    yield Event(london(2018, 11, 20), lambda at: _rate(story, at))


def _lasting(story: Story, code: str, on: date) -> list[tuple[str, str]]:
    """The agreements of a round whose commissioners are still there on a day."""
    return [row for row in story.agreements[code] if not story.closes_by(row[1], on)]


def _notice(story: Story, at: datetime) -> None:
    """By 30 September for 1 April: one that shares its powers gives them back."""
    agreement, commissioner = _lasting(story, "2015-level-2", date(2017, 4, 1))[0]
    actions.give_notice(
        agreement=agreement,
        reasons="Meeting together took more of our people's time than it saved. Members asked us to stop.",
        by=officer_of(commissioner),
        at=at,
    )


def _revoke(story: Story, at: datetime) -> None:
    """The one that gave notice stops meeting with NHS England: it is revoked sooner, with notice too."""
    agreement, _ = _lasting(story, "2015-level-2", date(2017, 4, 1))[0]
    actions.revoke_agreement(
        agreement=agreement,
        ends_on=date(2016, 1, 1),
        reasons="The joint committee has not met since July. It met once in the two quarters that we reviewed.",
        by=PROGRAMME,
        at=at,
    )


def _review(story: Story, code: str, count: int, at: datetime) -> None:
    today = london_day(at)
    for number, (agreement, _) in enumerate(_lasting(story, code, today)[:count]):
        actions.review_agreement(
            agreement=agreement,
            held_on=today - timedelta(days=number % 5),
            outcome="continue",
            findings=FOUND[number % len(FOUND)],
            by=PROGRAMME,
            at=at + timedelta(minutes=number),
        )


def _rate(story: Story, at: datetime) -> None:
    rows = _lasting(story, "2018-level-3", london_day(at))[:6]
    for number, (agreement, _) in enumerate(rows):
        for place, area in enumerate(assurance_areas()):
            actions.rate_assurance(
                agreement=agreement,
                area=area,
                rating=RATINGS[(number + place) % len(RATINGS)],
                rated_on=london_day(at) - timedelta(days=10),
                source=REPORT,
                by=PROGRAMME,
                at=at + timedelta(minutes=number),
            )
