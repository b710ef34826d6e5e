"""The catalogue of levels with the powers of each, and the answer whether a commissioner had a power."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from remit.delegation.queries import ArrangementRow
from remit.delegation.rules import contractor_groups
from remit.engines.powers import GENERAL_PRACTICE, Held, Level, Power, reference_on
from remit.kernel.decision import Decision
from remit.kernel.names import readable_name
from remit.web.as_at import AsAt
from remit.web.delegation.pages.rounds import UNDER
from remit.web.delegation.words import NOT_KNOWN, level_title
from remit.web.formats import nhs_date
from remit.web.pages import Problem
from remit.web.register.links import crumbs, twins
from remit.web.register.pages.dated import Choice, DatedPage
from remit.web.register.words import capital
from remit.web.tables import Cell, Column, Table

HELD_WORDS: Mapping[Held, tuple[str, str]] = {
    Held.NONE: ("No", ""),
    Held.JOINT: ("Jointly", "yellow"),
    Held.HELD: ("Yes", "green"),
}
"""How a power is held: the words, and the colour of the tag."""
UNKNOWN = "not_known"


@dataclass(frozen=True)
class LevelPart:
    """A level as the page shows it."""

    level: int
    title: str
    meaning: str
    needs: tuple[str, ...]
    since: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class LevelsPage(DatedPage):
    """The levels, and the matrix of powers."""

    levels: tuple[LevelPart, ...]
    matrix: Table
    references: Table


@dataclass(frozen=True)
class Answer:
    """Yes, jointly, no or not known, with the reasons and the rules they rest on."""

    tag: Cell
    said: str
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class CheckPage(DatedPage):
    """The question, and its answer where the question was whole."""

    commissioners: tuple[Choice, ...]
    powers: tuple[Choice, ...]
    groups: tuple[Choice, ...]
    answer: Answer | None


def levels_page(day: AsAt, every: Sequence[Level], powers: Sequence[Power]) -> LevelsPage:
    """The catalogue as it was on a day: what began later is not in it."""
    levels = [each for each in every if each.since <= day.day]
    powers = [each for each in powers if levels and each.provision(GENERAL_PRACTICE, day.day)]
    return LevelsPage(
        title="The levels of co-commissioning",
        section="Delegation",
        crumbs=crumbs(day, UNDER),
        chooser=day,
        as_at=day.day,
        alternates=() if day.is_past else (*twins("levels", "Levels"), *twins("powers", "Powers")),
        levels=tuple(
            LevelPart(
                each.level,
                capital(each.title),
                each.meaning,
                each.needs_in_words,
                nhs_date(each.since),
                each.reference,
            )
            for each in levels
        ),
        matrix=Table(
            id="powers",
            caption="Which powers come with which level",
            columns=(Column("Power"), *(Column(f"Level {each.level}") for each in levels)),
            rows=[
                (
                    Cell(
                        power.name, note="Reserved to NHS England at every level" if power.is_reserved else ""
                    ),
                    *(held_tag(power.how(each.level, GENERAL_PRACTICE, day.day)) for each in levels),
                )
                for power in powers
            ],
            stacked=True,
            empty=f"On {nhs_date(day.day)} there was no level, and no power came with one.",
        ),
        references=Table(
            id="references",
            caption="Where each power is written",
            columns=(Column("Power"), Column("Since"), Column("Source")),
            rows=[(power.name, nhs_date(power.since), power.reference) for power in powers],
            stacked=True,
            size="s",
        ),
    )


def held_tag(how: str, note: str = "") -> Cell:
    """How a power is held, as a tag; ``not_known`` where no source says what the position was."""
    text, colour = (NOT_KNOWN, "grey") if how == UNKNOWN else HELD_WORDS[Held(how)]
    return Cell(text, colour=colour, note=note)


def answer_of(
    decision: Decision, power: Power, group: str, arrangement: ArrangementRow | None, day: AsAt
) -> Answer:
    """A decision about a power, in words."""
    how = Held.NONE if not decision.allowed else Held.JOINT if decision.reasons else Held.HELD
    is_unknown = not decision.allowed and decision.reasons[0].code == "position_not_known"
    tag = held_tag(UNKNOWN if is_unknown else how)
    said = f"{tag.text}: “{power.name}” on {nhs_date(day.day)}."
    reasons = tuple((reason.message, reason.clause) for reason in decision.reasons)
    if how is Held.HELD and arrangement:
        level, since = capital(level_title(arrangement.level)), nhs_date(arrangement.effective_on)
        reasons = ((f"{level}, has been in effect since {since}.", reference_on(power, group, day.day)),)
    return Answer(tag, said, reasons)


def check_page(
    day: AsAt,
    names: Sequence[tuple[str, str]],
    powers: Sequence[Power],
    asked: tuple[str, str, str],
    answer: Answer | None,
    problems: tuple[Problem, ...],
) -> CheckPage:
    """The question form; `asked` are the codes of the commissioner, the power and the contractor group."""
    commissioner, power, group = asked
    known = [(code, f"{readable_name(name)} ({code})") for code, name in names]
    if commissioner and commissioner not in dict(names):
        known.append((commissioner, f"{commissioner}, no commissioner on {nhs_date(day.day)}"))
    return CheckPage(
        title="Did a commissioner have a power?",
        section="Delegation",
        crumbs=crumbs(day, UNDER),
        chooser=day,
        as_at=day.day,
        problems=problems,
        commissioners=tuple(Choice(code, words, code == commissioner) for code, words in known),
        powers=tuple(Choice(each.code, each.name, each.code == power) for each in powers),
        groups=tuple(Choice(code, name, code == group) for code, name in contractor_groups().items()),
        answer=answer,
    )
