"""A vote before it is given, to be checked; and after, for the one who gave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms

from remit.kernel.names import readable_name
from remit.motions.queries import Ballot
from remit.motions.queries import MotionPage as Found
from remit.web.motions.pages.motion import trail_to
from remit.web.motions.words import choice_words
from remit.web.pages import Fact, Page
from remit.web.register.links import address


@dataclass(frozen=True, kw_only=True)
class CheckPage(Page):
    """An answer to be checked. `hidden` are the fields that are sent again."""

    facts: tuple[Fact, ...]
    hidden: tuple[tuple[str, str], ...]
    change_href: str


@dataclass(frozen=True, kw_only=True)
class VotedPage(Page):
    """What somebody voted."""

    facts: tuple[Fact, ...]
    has_voted: bool
    vote_href: str


def place_words(each: Ballot) -> str:
    """For whom a vote is."""
    if each.how == "gp":
        return "For yourself, as a general practitioner"
    name = f"{readable_name(each.name)} ({each.practice})"
    return f"For {name}, whose proxy your practice holds" if each.how == "proxy" else f"For {name}"


def check_page(found: Found, form: forms.Form, places: Sequence[tuple[str, str]]) -> CheckPage:
    """The answer, before it is kept."""
    data, row = form.cleaned_data, found.row
    place = data.get("place") or (places[0][0] if places else "")
    facts = [Fact("Motion", row.title), Fact("Your vote", choice_words(data["choice"], dict(row.options)))]
    if place:
        facts.insert(1, Fact("For whom", dict(places)[place]))
    hidden = [("choice", data["choice"]), ("confirmed", "on")]
    return CheckPage(
        title="Check your vote",
        section=row.title,
        crumbs=trail_to(row),
        facts=tuple(facts),
        hidden=tuple(hidden + ([("place", place)] if "place" in form.fields else [])),
        change_href=address("motion_vote", row.id),
    )


def voted_page(found: Found, ballots: Sequence[Ballot]) -> VotedPage:
    """What there is to say to the one who voted."""
    row, options = found.row, dict(found.row.options)
    rest = [each for each in ballots if not each.choice]
    return VotedPage(
        title="Your vote is in" if any(each.choice for each in ballots) else "You have not voted",
        section=row.title,
        crumbs=trail_to(row),
        facts=tuple(
            Fact(place_words(each), choice_words(each.choice, options) if each.choice else "Not voted yet")
            for each in ballots
        ),
        has_voted=any(each.choice for each in ballots),
        vote_href=address("motion_vote", row.id) if rest and row.state == "open" else "",
    )
