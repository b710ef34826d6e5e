"""Quotes of an announcement, and what may be said in its words: both are held against its rows."""

from __future__ import annotations

import re
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


@dataclass(frozen=True)
class Counts:
    """What the words of an announcement are held against: what was counted, all of it or of one round. `stages` counts,
    by stage (signed, effective), those of the `approved` commissioners announced that have come so far. `naming` are
    the words by which a text speaks of the round; none for the whole."""

    counted: Sequence[Counted]
    stages: Mapping[str, int]
    approved: int
    naming: Sequence[str] = ()


def faults_of(text: str, counts: Sequence[Counts]) -> list[str]:
    """What the words say that the rows do not, each as what follows a subject. What names one round is held against
    that round, everything else against the whole, which comes first."""
    whole, *rounds = counts
    faults = []
    for part in _by_round(text, rounds) if rounds else [(text, whole)]:
        words, held = part
        faults += _faults_in(words, held or whole)
    return faults


def _faults_in(text: str, held: Counts) -> list[str]:
    faults = faults_in(text, held.counted, vocabulary())
    for stage, count in held.stages.items():
        for phrase in phrases_in(_of_all(text, held.counted), stages()[stage].words)[:1]:
            if count < held.approved:
                name = stages()[stage].name.lower()
                faults.append(
                    f"says “{phrase}”, but of the {held.approved:,} approved here {count:,} are {name}: approved is "
                    f"not {name}"
                )
    return faults


def _by_round(text: str, rounds: Sequence[Counts]) -> list[tuple[str, Counts | None]]:
    """A text in its clauses, each with the one round that it names; None where it names none, or several. A clause with
    a number for each of several is taken apart at “and”."""
    found: list[tuple[str, Counts | None]] = []
    for clause in clauses_of(text):
        parts = re.split(r"\band\b", clause) if len(_named_in(clause, rounds)) > 1 else [clause]
        numbered = [part for part in parts if has_number(part)]
        for part in parts if len(numbered) > 1 else [clause]:
            named = _named_in(part, rounds)
            found.append((part, named[0] if len(named) == 1 else None))
    return found


def _named_in(text: str, rounds: Sequence[Counts]) -> list[Counts]:
    return [each for each in rounds if phrases_in(text, each.naming)]


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
