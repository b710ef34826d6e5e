"""Two assessors score without seeing each other's scores, differ, a moderator settles it, and it is decided.

Somebody with an interest is kept out, and those who assessed do not decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.journeys.conftest import Visitor
from tests.journeys.nations import Nations
from tests.journeys.the_past import PastSite, london, site_before_any_round

pytestmark = pytest.mark.journey

ROUND = "2015-full"
PAGES = 4
DIFFERS = "Delegated budget"
FIRST_SAYS, SECOND_SAYS = "The template agrees with the allocation.", "Two pressures have no money."
SETTLED = "The pressures are small and have an owner."
BLIND = "Scores are shown here once both assessors have handed theirs in."
ASSESSORS = {"first": "Isolde Marchbank", "second": "Ambrose Quenby", "third": "Perpetua Loxley"}


@pytest.fixture(scope="module")
def site(nations: Nations) -> Iterator[PastSite]:
    """A round of the full process, in which somebody is to apply."""
    with site_before_any_round(nations, "assessing") as here:
        here.other_people("open_round", code=ROUND)
        yield here


def declares(assessor: Visitor, organisation: str) -> None:
    """An interest of one's own, since 2012."""
    assessor.goes_to("/assessments/mine/")
    assessor.sees("Nothing is assigned to you")
    assessor.follows(assessor.page.get_by_role("link", name="Declare an interest"))
    assessor.finds_the_page_sound_at_every_width()
    assessor.page.get_by_label("Code of the organisation").fill(organisation)
    assessor.page.get_by_label("Indirect, through somebody close").check()
    assessor.page.get_by_label("What is the interest?").fill("My sister chairs its governing body.")
    for label, value in (("Day", "1"), ("Month", "5"), ("Year", "2013")):
        assessor.page.get_by_label(label, exact=True).fill(value)
    assessor.follows(assessor.page.get_by_role("button", name="Declare", exact=True))
    assessor.sees("Your interest is declared")
    assessor.finds_the_page_sound_at_every_width()


def assigns(programme: Visitor, application: str) -> None:
    """The pair, from those who have no interest."""
    for number, who in enumerate(("first", "second")):
        programme.goes_to(f"{application}assessment/assign/")
        programme.sees("assessors have an interest and are not listed.")
        assert programme.page.get_by_label(ASSESSORS["third"]).count() == 0
        if not number:
            programme.finds_the_page_sound_at_every_width()
        programme.page.get_by_label(ASSESSORS[who]).check()
        programme.follows(programme.page.get_by_role("button", name="Assign", exact=True))
        programme.sees("The assessor is assigned")
    programme.finds_the_page_sound_at_every_width()


def scores(assessor: Visitor, application: str, differing: str, why: str, *, looks: bool) -> None:
    """Three for every criterion but one, on each page; then hands in."""
    assessor.goes_to("/assessments/mine/")
    assessor.follows(assessor.page.locator("#assignments tbody a"))
    assessor.sees("criteria are not scored yet")
    assessor.goes_to(f"{application}score/governance/")
    if looks:
        assessor.follows(assessor.page.get_by_role("button", name="Save and continue"))
        assessor.sees("Say why you give that score")
        assessor.finds_the_page_sound_at_every_width()
    for _ in range(PAGES):
        for choice in assessor.page.get_by_label("3: Shown").all():
            choice.check()
        for words in assessor.page.locator("main textarea").all():
            words.fill("As the application says.")
        odd = assessor.page.get_by_role("group", name=DIFFERS)
        if odd.count():
            odd.get_by_label(differing).check()
            assessor.page.get_by_label(f"Why do you give that score for “{DIFFERS}”?").fill(why)
        assessor.follows(assessor.page.get_by_role("button", name="Save and continue"))
    if looks:
        assessor.finds_the_page_sound_at_every_width()
    assessor.follows(assessor.page.get_by_role("button", name="Hand in your scores"))
    assessor.sees("Your scores are handed in")


def settles(moderator: Visitor, application: str) -> None:
    """The one criterion on which they differ; then concludes, which is refused before."""
    moderator.goes_to(f"{application}assessment/")
    first = moderator.page.locator("#calibration tbody tr").first.inner_text()
    for words in DIFFERS, FIRST_SAYS, SECOND_SAYS, "To moderate":
        assert words in first
    moderator.finds_the_page_sound_at_every_width()
    concludes(moderator, application)
    moderator.sees(f"The two scores differ. Moderate these: {DIFFERS}.")
    moderator.finds_the_page_sound_at_every_width()
    moderator.goes_to(f"{application}assessment/")
    moderator.follows(moderator.page.get_by_role("link", name=DIFFERS))
    moderator.page.get_by_label("2: Partly shown").check()
    moderator.finds_the_page_sound_at_every_width()
    moderator.page.get_by_label("Why?").fill(SETTLED)
    moderator.follows(moderator.page.get_by_role("button", name="Settle the score"))
    moderator.sees(SETTLED)
    concludes(moderator, application)
    moderator.sees("Ready for a decision")
    moderator.finds_the_page_sound_at_every_width()


def concludes(moderator: Visitor, application: str) -> None:
    """Say what national moderation thinks of it."""
    moderator.goes_to(f"{application}assessment/stage/")
    moderator.page.get_by_label("Supports it", exact=True).check()
    moderator.page.get_by_label("Why?").fill("Ready, with one small gap.")
    moderator.follows(moderator.page.get_by_role("button", name="Record", exact=True))


def decides(assessor: Visitor, application: str) -> None:
    """Approve it."""
    assessor.goes_to(f"{application}decide/")
    assessor.page.get_by_label("Approved", exact=True).check()
    assessor.page.get_by_label("Why?").fill("Governance and money are ready.")
    assessor.follows(assessor.page.get_by_role("button", name="Decide", exact=True))


def tells(programme: Visitor, application: str) -> None:
    """Send the commissioner its letter."""
    programme.goes_to(f"{application}outcome/")
    programme.finds_the_page_sound_at_every_width()
    programme.follows(programme.page.get_by_role("link", name="Send the letter"))
    programme.finds_the_page_sound_at_every_width()
    programme.follows(programme.page.locator("main form button"))
    programme.finds_the_page_sound_at_every_width()


@dataclass(frozen=True)
class Cast:
    """Everybody of the story, each signed in."""

    first: Visitor
    second: Visitor
    third: Visitor
    decider: Visitor
    programme: Visitor
    moderator: Visitor


def signed_in(site: PastSite, another_visitor: Callable[..., Visitor]) -> Cast:
    """Three assessors beside the one who decides; the first has a phone."""
    first, second, third = another_visitor(320), another_visitor(), another_visitor()
    for visitor, (part, name) in zip((first, second, third), ASSESSORS.items(), strict=True):
        visitor.signs_in(*site.somebody(part, name, "national_assessor", "X24"))
    others = decider, programme, moderator = another_visitor(), another_visitor(), another_visitor()
    for visitor, part in zip(others, ("assessor", "programme", "moderator"), strict=True):
        visitor.signs_in(f"{part}@demo.remit.example")
    return Cast(first, second, third, decider, programme, moderator)


def test_blind_apart_settled_and_decided(site: PastSite, another_visitor: Callable[..., Visitor]) -> None:
    # given an application that the local office and the region support
    mine = site.could_apply(ROUND, 3)[0]
    site.moves_to(london(2015, 1, 8, 9))
    made = site.other_people("send", round_code=ROUND, commissioner=mine)
    site.other_people("take_to_the_nation", **made)
    application = f"/applications/{made['application']}/"
    site.moves_to(london(2015, 1, 12, 9))
    cast = signed_in(site, another_visitor)

    keeps_the_conflicted_out(cast, application, mine)
    scores_blind_and_settles(cast, application, mine)
    decides_apart(cast, application)

    # and the commissioner reads the decision, the public neither that nor the scores before it is announced
    officer, anybody = another_visitor(320), another_visitor()
    officer.signs_in(*site.officer_at(mine))
    officer.goes_to(f"{application}outcome/")
    officer.sees("Approved")
    officer.finds_the_page_sound_at_every_width()
    anybody.goes_to(application)
    anybody.sees("Submitted")
    for words in FIRST_SAYS, SECOND_SAYS, SETTLED:
        assert words not in anybody.page.content()
    assert site.says("ledger", "verify")["ok"] is True


def keeps_the_conflicted_out(cast: Cast, application: str, commissioner: str) -> None:
    # when one of them declares an interest, then nobody can assign the application to them, nor can they decide it
    declares(cast.third, commissioner)
    assigns(cast.programme, application)
    cast.third.goes_to(f"{application}assessment/", expect=404)
    cast.third.is_refused(404)
    cast.third.goes_to(f"{application}decide/", expect=403)
    cast.third.sees("Somebody without an interest has to do this")
    cast.third.is_refused(403)
    cast.third.finds_the_page_sound_at_every_width()


def scores_blind_and_settles(cast: Cast, application: str, commissioner: str) -> None:
    # when the first has handed in, then nobody can read the scores: neither the second nor the moderator
    scores(cast.first, application, "4: Fully shown", FIRST_SAYS, looks=True)
    for visitor in cast.second, cast.moderator, cast.programme:
        visitor.goes_to(f"{application}assessment/")
        visitor.sees(BLIND)
        assert FIRST_SAYS not in visitor.page.content()
    cast.second.finds_the_page_sound_at_every_width()
    cast.moderator.goes_to(f"/rounds/{ROUND}/assessments/")
    assert "Open" in cast.moderator.page.locator("#stages tbody tr", has_text=commissioner).inner_text()
    cast.moderator.finds_the_page_sound_at_every_width()

    # when the second has too, and differs, then a moderator settles it with a reason
    scores(cast.second, application, "1: Weak", SECOND_SAYS, looks=False)
    cast.second.goes_to(f"{application}assessment/")
    cast.second.sees(FIRST_SAYS)
    settles(cast.moderator, application)


def decides_apart(cast: Cast, application: str) -> None:
    # then who assessed it does not decide it; somebody else does, and the commissioner is told
    decides(cast.first, application)
    cast.first.sees("Somebody else decides it")
    cast.first.is_refused(403)
    cast.first.finds_the_page_sound_at_every_width()
    decides(cast.decider, application)
    cast.decider.sees("is recorded")
    cast.decider.finds_the_page_sound_at_every_width()
    tells(cast.programme, application)
