"""What a declared vote came to, with the arithmetic of every clause, and the same votes under other rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from remit.engines.constitution import Elsewhere, MotionOutcome, Outcome, Part, Sums, Tested
from remit.engines.constitution.counting import plain
from remit.motions.queries import Concordance
from remit.motions.queries import MotionPage as Found
from remit.web.motions.words import BINDS, RESULTS, WHO, clause_words, result_tag
from remit.web.pages import Fact
from remit.web.register.links import address
from remit.web.tables import Cell, Column, Table


@dataclass(frozen=True)
class PartSection:
    """One electorate: what was done, each clause with its arithmetic, and each option where there are some."""

    name: str
    counts: Table
    options: Table | None
    clauses: Table


@dataclass(frozen=True)
class ResultSection:
    """The result of a motion. `binds` says whose vote decides, where two voted."""

    tag: Cell
    said: str
    binds: str
    parts: tuple[PartSection, ...]
    elsewhere: Table | None
    concordance: str
    facts: tuple[Fact, ...]
    report: str
    recount_href: str


def result_section(found: Found) -> ResultSection | None:
    """What there is to show once the result is declared; None before."""
    outcome = found.outcome
    if outcome is None:
        return None
    options = dict(found.row.options)
    several = len(outcome.parts) > 1
    return ResultSection(
        tag=result_tag(found.row.result),
        said=_said(found, outcome, options),
        binds=f"{BINDS[outcome.binding.value]} ({clause_words(outcome.binding_clause)})" if several else "",
        parts=tuple(_part(part, options, several=several) for part in outcome.parts),
        elsewhere=_elsewhere(outcome.elsewhere) if outcome.elsewhere else None,
        concordance=_concordance(found.concordance) if found.concordance else "",
        facts=(Fact("Who saw the count", found.scrutineer),),
        report=found.report,
        recount_href=address("motion_recount", found.row.id),
    )


def _said(found: Found, outcome: MotionOutcome, options: Mapping[str, str]) -> str:
    said = RESULTS[found.row.result][0]
    chosen = options.get(found.row.option, "")
    asked = [clause_words(each) for each in outcome.clauses]
    decides = f" By {', '.join(asked).replace('Clause', 'clause')}." if asked else ""
    return f"{said}{f': {chosen}' if chosen else ''}.{decides}"


def _part(part: Part, options: Mapping[str, str], *, several: bool) -> PartSection:
    name = WHO[part.electorate]
    return PartSection(
        name=f"{name}: {RESULTS[part.outcome.result.value][0].lower()}" if several else "",
        counts=_options_counts(part, options) if options else _counts(part),
        options=_options(part, options) if options else None,
        clauses=_clauses(part, options),
    )


def _counts(part: Part) -> Table:
    outcome = part.outcome
    is_weighted = outcome.heads != outcome.weights
    rows = [_row(words, heads, weight, is_weighted) for words, heads, weight in _sums(outcome)]
    return Table(
        id=f"counts-{part.electorate}",
        caption="Votes",
        columns=(
            Column("Vote"),
            Column(WHO[part.electorate], numeric=True),
            *((Column("By weight", numeric=True),) if is_weighted else ()),
        ),
        rows=rows,
    )


def _row(words: str, heads: str, weight: str, is_weighted: bool) -> tuple[str, ...]:
    return (words, heads, weight) if is_weighted else (words, heads)


def _sums(outcome: Outcome) -> list[tuple[str, str, str]]:
    names = ("For", "Against", "Abstained", "Blank", "Not voted", "All on the roll")
    return list(zip(names, _numbers(outcome.heads), _numbers(outcome.weights), strict=True))


def _numbers(sums: Sums) -> list[str]:
    five = (sums.in_favour, sums.against, sums.abstained, sums.blank, sums.not_voted)
    return [plain(each) for each in (*five, sums.everybody)]


def _options_counts(part: Part, options: Mapping[str, str]) -> Table:
    heads = part.outcome.heads
    rows = [(options[code], plain(each.heads.in_favour)) for code, each in part.options]
    rest = (
        ("Abstained", heads.abstained),
        ("Blank", heads.blank),
        ("Not voted", heads.not_voted),
        ("All on the roll", heads.everybody),
    )
    return Table(
        id=f"counts-{part.electorate}",
        caption="Votes",
        columns=(Column("Vote"), Column(WHO[part.electorate], numeric=True)),
        rows=[*rows, *((words, plain(number)) for words, number in rest)],
    )


def _options(part: Part, options: Mapping[str, str]) -> Table:
    return Table(
        id=f"options-{part.electorate}",
        caption="Each option, held against the same clauses",
        columns=(Column("Option"), Column("Result")),
        rows=[(options[code], result_tag(each.result.value)) for code, each in part.options],
    )


def _clauses(part: Part, options: Mapping[str, str]) -> Table:
    outcomes = [(options[code], each) for code, each in part.options] or [("", part.outcome)]
    return Table(
        id=f"clauses-{part.electorate}",
        caption="What each clause asks for, and how it was reckoned",
        columns=(Column("Clause"), Column("Of"), Column("Arithmetic"), Column("Met")),
        rows=[
            (
                clause_words(test.clause),
                f"{kind}: {name}" if name else kind,
                test.words,
                Cell("Met", colour="green") if test.holds else Cell("Not met", colour="red"),
            )
            for name, outcome in outcomes
            for kind, test in _tests(outcome)
        ],
        stacked=True,
        empty="No clause was asked.",
    )


def _tests(outcome: Outcome) -> list[tuple[str, Tested]]:
    return [
        *(("Quorum", each) for each in outcome.quorums),
        *(("Majority", each) for each in outcome.majorities),
    ]


def _elsewhere(rows: tuple[Elsewhere, ...]) -> Table:
    return Table(
        id="elsewhere",
        caption="The same votes under other common rules",
        columns=(Column("Rule"), Column("Arithmetic"), Column("Would have been")),
        rows=[
            (
                each.rule.name,
                each.outcome.majorities[0].words.partition("; ")[0],
                result_tag(each.outcome.result.value),
            )
            for each in rows
        ],
        stacked=True,
    )


def _concordance(found: Concordance) -> str:
    if not found.practices:
        return "No practice can be compared with its own general practitioners: none of them voted."
    said = (
        f"{found.discordant} of {found.practices} practices voted otherwise than most of their own general "
        "practitioners who voted."
    )
    if found.codes:
        return f"{said} They are {', '.join(found.codes)}."
    return f"{said} Fewer than five are not named." if found.discordant else said
