"""One motion: what it says, its rules, who may vote, and what may be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from remit.engines.constitution import SILENT, AbstentionRule, RulesFor, TieRule, rule_words
from remit.kernel.names import readable_name
from remit.meetings.queries import MeetingRow
from remit.motions.actions.noticing import WAYS
from remit.motions.queries import MotionPage as Found
from remit.motions.queries import MotionRow, RequisitionRow, RollRow
from remit.web.formats import nhs_date, nhs_moment, number
from remit.web.motions.pages.lists import LIST
from remit.web.motions.pages.result import ResultSection, result_section
from remit.web.motions.words import COLOURS, WHO, choice_words, clause_words
from remit.web.pages import Crumb, Fact, Page
from remit.web.paging import Paging
from remit.web.register.links import API, address, crumbs, twins
from remit.web.register.words import counted
from remit.web.tables import Cell, Column, Table


@dataclass(frozen=True)
class Way:
    """Something that somebody may do from here."""

    text: str
    href: str


@dataclass(frozen=True, kw_only=True)
class MotionPage(Page):
    """One motion."""

    tag: Cell
    words: str
    options: tuple[str, ...]
    powers: tuple[str, ...]
    urgency: str
    reasons: str
    facts: tuple[Fact, ...]
    ways: tuple[Way, ...]
    result: ResultSection | None
    concerns: Table | None
    rules: Table
    challenges: Table | None
    sha256: str


@dataclass(frozen=True, kw_only=True)
class RollPage(Page):
    """Who may vote on a motion."""

    lede: str
    table: Table
    paging: Paging


def trail_to(row: MotionRow) -> tuple[Crumb, ...]:
    """Home, the list, the motion."""
    return (*crumbs(None, LIST), Crumb(row.title, address("motion", row.id)))


def motion_page(
    found: Found,
    ways: tuple[Way, ...],
    meeting: MeetingRow | None,
    required_by: RequisitionRow | None,
) -> MotionPage:
    """One motion, as it stands."""
    row = found.row
    return MotionPage(
        title=row.title,
        section=f"Motion of {readable_name(row.body_name)}",
        crumbs=crumbs(None, LIST),
        alternates=_data_of(row) if row.state != "draft" else (),
        tag=Cell(row.state_name, colour=COLOURS[row.state]),
        words=row.words,
        options=tuple(name for _, name in row.options),
        powers=row.powers,
        urgency=row.urgency,
        reasons=row.reasons,
        facts=_facts(found, meeting, required_by),
        ways=ways,
        result=result_section(found),
        concerns=_concerns(row) if row.concerns else None,
        rules=_rules(found.rules),
        challenges=_challenges(found, ways) if found.challenges else None,
        sha256=found.sha256,
    )


def _data_of(row: MotionRow) -> tuple[tuple[str, str, str], ...]:
    own = ("application/json", "This motion as JSON", f"{API}motions/{row.id}")
    return (own, *twins(f"motions/{row.id}/roll", "Its roll"))


def _facts(found: Found, meeting: MeetingRow | None, required_by: RequisitionRow | None) -> tuple[Fact, ...]:
    row = found.row
    body = Fact("Body", readable_name(row.body_name), address("organisation", row.body), row.body)
    facts = [body, Fact("Kind", row.kind_name), Fact("How members vote", WAYS[row.way])]
    facts += _rests_on(row, meeting, required_by)
    if row.noticed_at:
        facts += [
            Fact("Notice given", nhs_moment(row.noticed_at)),
            Fact("Votes open", nhs_moment(row.opens_at)),
            Fact("Votes close", nhs_moment(row.closes_at)),
            Fact(
                "Roll",
                f"{counted(found.roll_size, 'vote')}, frozen at notice",
                address("motion_roll", row.id),
            ),
        ]
        facts += [
            Fact(f"Turnout: {WHO[who].lower()}", f"{number(took_part)} of {number(everybody)} took part")
            for who, took_part, everybody in found.turnout
        ]
    if found.declared_at:
        facts.append(Fact("Declared", nhs_moment(found.declared_at)))
    if found.evidence:
        said = "The evidence recorded of it"
        facts.append(Fact("What follows", said, address("evidence", found.evidence)))
    return tuple(facts)


def _rests_on(row: MotionRow, meeting: MeetingRow | None, required_by: RequisitionRow | None) -> list[Fact]:
    facts = []
    if row.level is not None:
        facts.append(Fact("Powers applied for", f"Level {row.level}"))
    if meeting:
        note = nhs_moment(meeting.meets_at)
        facts.append(Fact("Meeting", meeting.title, address("meeting", meeting.id), note))
    facts += _asked_before(row)
    if required_by:
        note = required_by.counted.words
        facts.append(
            Fact("Required by members", required_by.title, address("requisition", required_by.id), note)
        )
    if row.amends:
        facts.append(Fact("Amendment", "What it changes", address("text_changes", row.amends)))
    if row.replaces:
        facts.append(Fact("Replaces", "An earlier wording", address("motion", row.replaces)))
    if row.replaced_by:
        facts.append(Fact("Replaced by", "Another wording", address("motion", row.replaced_by)))
    if row.text:
        said = "The text in force at its notice"
        facts.append(Fact("Constitution", said, address("text", row.text)))
    elif row.noticed_at:
        facts.append(Fact("Constitution", "None was recorded at its notice: the usual rules of meetings"))
    return facts


def _asked_before(row: MotionRow) -> list[Fact]:
    """In which consultation members were asked; that there was none is said too."""
    if row.consultation:
        said = "What members said before it, and the answers"
        return [Fact("Consultation", said, address("consultation", row.consultation))]
    return [Fact("Consultation", "None: noticed without one")] if row.noticed_at else []


def _concerns(row: MotionRow) -> Table:
    return Table(
        id="concerns",
        caption="Commissioners that it concerns",
        columns=(Column("Commissioner"), Column("Code")),
        rows=[
            (Cell(readable_name(name), href=reverse("commissioner", args=[code])), code)
            for code, name in row.concerns
        ],
    )


def _rules(rules: RulesFor) -> Table:
    voting = rules.voting
    abstentions = AbstentionRule(voting.abstentions_clause or SILENT, voting.abstentions_are_cast)
    tie = TieRule(voting.tie_clause or SILENT, voting.tie)
    only = {"amendment": rules.amendment, "no_confidence": rules.removal, "delegation": rules.reelection}
    rest = (rules.notice, only.get(rules.motion))
    asked = [
        rules.electorate,
        voting.weights,
        *voting.quorums,
        *voting.majorities,
        abstentions,
        tie,
        rules.proxy,
        *(each for each in rest if each is not None),
    ]
    return Table(
        id="rules",
        caption="By which rules",
        columns=(Column("Rule"), Column("Clause")),
        rows=[(rule_words(each), clause_words(each.clause)) for each in asked],
        stacked=True,
    )


def _challenges(found: Found, ways: Sequence[Way]) -> Table:
    may_settle = any("/notice/" in way.href or "/replace/" in way.href for way in ways)
    return Table(
        id="challenges",
        caption="How the roll was contested",
        columns=(Column("Who is meant"), Column("Contested by"), Column("Why"), Column("Settled")),
        rows=[
            (
                each.voter,
                Cell(each.challenged_for, note=nhs_moment(each.challenged_at)),
                each.reasons,
                _settled(found, each, may_settle),
            )
            for each in found.challenges
        ],
        stacked=True,
    )


def _settled(found: Found, each: object, may_settle: bool) -> Cell:
    is_upheld = getattr(each, "is_upheld", None)
    if is_upheld is not None:
        return Cell("Upheld" if is_upheld else "Dismissed", note=getattr(each, "answer", ""))
    if may_settle:
        href = reverse("motion_settle", args=[found.row.id, getattr(each, "pk", 0)])
        return Cell("Settle it", href=href, hidden=f"({getattr(each, 'voter', '')})")
    return Cell("Not yet")


def roll_page(found: Found, rows: Sequence[RollRow], paging: Paging) -> RollPage:
    """A part of the roll."""
    row, options = found.row, dict(found.row.options)
    has_votes = any(each.vote for each in rows)
    dates = {each.counted_on for each in rows if each.counted_on}
    lede = f"{counted(found.roll_size, 'vote')} on the roll, frozen when notice was given"
    lede += f" on {nhs_moment(row.noticed_at)}." if row.noticed_at else "."
    columns = [Column("Member"), Column("Code"), Column("Votes", numeric=True)]
    columns += [Column("List counted on")] if dates else []
    columns += [Column("Locality")] if any(each.locality for each in rows) else []
    columns += [Column("How it voted")] if has_votes else []
    return RollPage(
        title="Roll",
        section=row.title,
        crumbs=trail_to(row),
        alternates=twins(f"motions/{row.id}/roll", "Roll"),
        lede=lede,
        table=Table(
            id="roll",
            caption="Who may vote, and for how much",
            columns=tuple(columns),
            rows=[_roll_row(each, {column.text for column in columns}, options) for each in rows],
            stacked=True,
            empty="Nobody is on it.",
        ),
        paging=paging,
    )


def _roll_row(each: RollRow, shown: set[str], options: dict[str, str]) -> tuple[str, ...]:
    is_person = each.electorate == "gps"
    cells = [readable_name(each.name), each.voter, each.weight]
    cells += [nhs_date(each.counted_on) or "Not by list"] if "List counted on" in shown else []
    cells += [each.locality or "None"] if "Locality" in shown else []
    if "How it voted" in shown:
        told = "Not told: in their own right" if is_person else choice_words(each.vote, options)
        cells.append(told)
    return tuple(cells)


def not_voted_page(found: Found, rows: Sequence[tuple[str, str]], paging: Paging) -> RollPage:
    """Who is to be reminded."""
    return RollPage(
        title="Who has not voted yet",
        section=found.row.title,
        crumbs=trail_to(found.row),
        lede=f"{counted(len(rows), 'member')} of {number(found.roll_size)} on the roll "
        f"{'has' if len(rows) == 1 else 'have'} not voted. Remind these, and nobody else.",
        table=Table(
            id="not-voted",
            caption="To be reminded",
            columns=(Column("Member"), Column("Code")),
            rows=[(readable_name(name), code) for code, name in rows[paging.start : paging.end]],
            empty="Every member has voted.",
        ),
        paging=paging,
    )
