"""Quotes of an announcement, and what may be said in its words: both are held against its rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from remit.accounts.queries import holdings_of, person_name
from remit.delegation.actions.finding import refusal
from remit.delegation.models import Quote
from remit.delegation.rules import stages
from remit.engines.figures import Counted, clauses_of, faults_in, has_number, phrases_in, says_whole
from remit.figures.rules import vocabulary
from remit.kernel.moments import london_day

CLAUSE = "Announcements are queries: A.5 (10)"


@dataclass(frozen=True)
class Quoted:
    """What somebody said. Give `person` if they are known here: their role is the one they hold at `organisation`, a
    code. Else `who`, `role` and `organisation` are typed, with the `source` that has them."""

    words: str
    who: str = ""
    role: str = ""
    organisation: str = ""
    person: str = ""
    source: str = ""


def faults_of(text: str, counted: Sequence[Counted], held: Mapping[str, int], approved: int) -> list[str]:
    """What the words say that the rows do not, each as what follows a subject. `held` counts, by stage (signed,
    effective), those of the `approved` commissioners announced that have come so far."""
    faults = faults_in(text, counted, vocabulary())
    for stage, count in held.items():
        for phrase in phrases_in(_of_all(text, counted), stages()[stage].words)[:1]:
            if count < approved:
                name = stages()[stage].name.lower()
                faults.append(
                    f"says “{phrase}”, but of the {approved:,} approved here {count:,} are {name}: approved is not "
                    f"{name}"
                )
    return faults


def _of_all(text: str, counted: Sequence[Counted]) -> str:
    """The clauses of a text that give no number and no share: what they say is said of all that are announced."""
    clauses = [each for each in clauses_of(text) if not has_number(each) and not says_whole(each, counted)]
    return " / ".join(clauses)


def require_words(what: str, faults: Collection[str]) -> None:
    """Raise `Refused` with ``wrong_number`` for the first thing that a headline or an event says wrongly."""
    for fault in faults:
        raise refusal("wrong_number", f"The {what} {fault}. Correct it, or leave it out.", CLAUSE)


def bare(words: str) -> str:
    """The words of a quote without the marks around them."""
    return words.strip().strip('“”"')


def quote_of(quoted: Quoted, place: int, faults: Sequence[str], at: datetime) -> Quote:
    """A quote as it is frozen. Raises `Refused` with ``no_quote``, ``no_speaker`` or ``no_source``."""
    words = bare(quoted.words)
    if not 0 < len(words) <= 2000:
        raise refusal("no_quote", "Enter the words of the quote, at most 2,000 characters.")
    who, role, organisation = (
        " ".join(each.split()) for each in (quoted.who, quoted.role, quoted.organisation)
    )
    if quoted.person:
        who, role, organisation = _known(quoted, at)
    if not who or not role or not organisation or max(len(who), len(role)) > 200 or len(organisation) > 300:
        raise refusal("no_speaker", "Enter who said it, their role at the time, and their organisation.")
    source = " ".join(quoted.source.split())
    if not quoted.person and not 0 < len(source) <= 300:
        raise refusal("no_source", "Enter the source of the quote and of the role, at most 300 characters.")
    return Quote(
        place=place,
        words=words,
        who=who,
        role=role,
        organisation=organisation,
        person=quoted.person,
        source=source,
        flags=[f"The quote {fault}." for fault in faults],
    )


def _known(quoted: Quoted, at: datetime) -> tuple[str, str, str]:
    """Name, role and organisation of a person known here, as they are at the time."""
    held = [
        each
        for each in holdings_of(quoted.person, london_day(at))
        if each.organisation == quoted.organisation
    ]
    if not held:
        raise refusal(
            "no_speaker",
            "They hold no role at that organisation now. Enter their role, with its source, instead.",
        )
    return (
        person_name(quoted.person),
        " and ".join(each.role_name for each in held),
        held[0].organisation_name,
    )
