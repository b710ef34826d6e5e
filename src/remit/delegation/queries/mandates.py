"""Mandates: how firmly members stand behind each application, held against published standards."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from remit.delegation.models import Application, AttachedEvidence, Evidence
from remit.delegation.queries.evidence import (
    AmendmentRow,
    EvidenceRow,
    amendment,
    evidence_rows,
    is_against,
    known,
)
from remit.delegation.queries.publicity import SEALED
from remit.delegation.rules import evidence_kinds, ladder, rung_families, rung_of, standards
from remit.delegation.rules.mandates import NOT_SPECIFIED, amendment_rule
from remit.engines.mandates import (
    Comparison,
    Result,
    Rung,
    Shown,
    Vote,
    compare,
    firmest,
    unanswered_losses,
)
from remit.kernel.decision import ALLOWED, Decision, Reason
from remit.kernel.moments import london_day
from remit.register.rules import commissioner_kind_on

NONE = "none"
RECORDED, STATED = "recorded", "stated"
BALLOTED = "balloted"
CONSTITUTION, AMENDED = "constitution", "amended"
SHOWN_ANSWERS = (AMENDED, "applied")
"""Answers of a form by which the constitution's route is shown; in a strict process `AMENDED` needs a record too."""
NO_AMENDMENT = (
    "Nothing shows how the constitution is amended. Joint and delegated powers change it. Record that members have "
    "agreed to the amendment, or that it has been sent to NHS England."
)
NOT_RECORDED = (
    "Nothing on record shows that your constitution has been amended. Record the amendment first, with the day of its "
    "approval and where that is written, then choose this answer again. If it is not approved yet, choose another "
    "answer."
)


@dataclass(frozen=True)
class Mandate:
    """How firmly members stand behind an application.

    `rests_on`: recorded (evidence is attached), stated (only the form says so), or empty. `stated` is the rung that
    the form says; `asked_on` the day of the firmest evidence, else what the form says. A vote that members did not
    carry, or about a lower level, is no support: it raises no rung. `lost` are votes of members that were not carried
    and that no later vote at least as firm has answered; `ballots` all that are on record, attached or not.
    `has_route`: an amendment of the constitution is shown. `has_members`: commissioners of its time had member
    practices; boards have none, and are held against no standard for them.
    """

    application: str
    rung: Rung
    rests_on: str
    stated: str
    asked_on: date | None
    evidence: tuple[EvidenceRow, ...]
    lost: tuple[EvidenceRow, ...]
    ballots: tuple[EvidenceRow, ...]
    amendment: AmendmentRow | None
    has_route: bool
    has_members: bool
    comparisons: tuple[Comparison, ...]

    @property
    def in_words(self) -> str:
        """The rung, or that there was nobody to ask."""
        return self.rung.name if self.has_members else "No member practices"

    @property
    def is_against(self) -> bool:
        """Whether members voted against, or did not carry it, and nothing has answered that."""
        return bool(self.lost)

    @property
    def is_gap(self) -> bool:
        """Whether nothing shows that members were asked."""
        return self.rung.code in {NONE, NOT_SPECIFIED}

    @property
    def is_balloted(self) -> bool:
        """Whether members were balloted."""
        return self.rung.family == BALLOTED


@dataclass(frozen=True)
class MandateRow:
    """An application in a list of mandates."""

    application: str
    round: str
    level: int
    commissioner: str
    mandate: Mandate


@dataclass(frozen=True)
class LadderTally:
    """How many applications stand on each rung, and in each of three plain answers: (code, name, count)."""

    base: int
    rungs: tuple[tuple[str, str, int], ...]
    families: tuple[tuple[str, str, int], ...]
    against: int


def mandate_of(application: str, at: datetime) -> Mandate | None:
    """The mandate of one application, as it was known at an instant."""
    found = list(Application.objects.select_related("round").filter(pk=application))
    return mandates_of(found, at)[application] if found else None


def mandates_of(applications: Sequence[Application], at: datetime) -> dict[str, Mandate]:
    """The mandates of some applications, in as many queries for many as for one."""
    attached = _attached(applications, at)
    codes = {each.commissioner_id for each in applications}
    votes = _by_commissioner(codes, [kind.code for kind in evidence_kinds().values() if kind.is_vote], at)
    amended = _amendments(codes, at)
    return {
        each.pk: _mandate(
            each, attached.get(each.pk, ()), votes[each.commissioner_id], amended.get(each.commissioner_id)
        )
        for each in applications
    }


def mandates(at: datetime, round_code: str = "") -> list[MandateRow]:
    """The mandates of what was submitted and is not under seal, in one round or in all, by commissioner and round."""
    found = Application.objects.filter(submitted_at__lte=at).exclude(SEALED).select_related("round")
    if round_code:
        found = found.filter(round_id=round_code)
    rows = list(found.order_by("commissioner_id", "round_id"))
    told = mandates_of(rows, at)
    return [
        MandateRow(row.pk, row.round_id, row.round.level, row.commissioner_id, told[row.pk]) for row in rows
    ]


def tally_of(rows: Sequence[MandateRow]) -> LadderTally:
    """The counts of some mandates. Every rung is there, and “not specified” is in the base."""
    by_rung = Counter(row.mandate.rung.code for row in rows)
    by_family = Counter(row.mandate.rung.family for row in rows)
    return LadderTally(
        len(rows),
        tuple((each.code, each.name, by_rung[each.code]) for each in ladder().values()),
        tuple((code, name, by_family[code]) for code, name in rung_families().items()),
        sum(row.mandate.is_against for row in rows),
    )


def amendment_shown(application: Application, at: datetime) -> Decision:
    """Whether an application can be submitted as far as the constitution goes. Where its process is not strict it is
    allowed, with the reason ``no_amendment`` as a flag."""
    rule, held = amendment_rule(), application.round
    if held.level not in rule.levels:
        return ALLOWED
    amended = _amendments({application.commissioner_id}, at).get(application.commissioner_id)
    if _needs_record(application) and not _is_recorded(amended):
        return Decision(allowed=False, reasons=(Reason("no_amendment", NOT_RECORDED, rule.reference),))
    if _has_route(application, amended):
        return ALLOWED
    flag = Reason("no_amendment", NO_AMENDMENT, rule.reference)
    return Decision(held.process not in rule.strict_in, (flag,))


def may_answer_amended(application: Application, answer: str, at: datetime) -> Decision:
    """Whether an application may say how far its constitution is amended: in a strict process, that it has been only
    where a record shows it, with its day."""
    draft = Application(
        round=application.round, commissioner_id=application.commissioner_id, answers={CONSTITUTION: answer}
    )
    return amendment_shown(draft, at) if _needs_record(draft) else ALLOWED


def _attached(applications: Sequence[Application], at: datetime) -> Mapping[str, tuple[EvidenceRow, ...]]:
    """What each rests on; where a record was corrected, the record that corrects it."""
    links = AttachedEvidence.objects.filter(application__in=applications, attached_at__lte=at)
    pairs = list(links.values_list("application_id", "evidence_id"))
    wanted = {evidence for _, evidence in pairs}
    corrections = dict(
        Evidence.objects.filter(corrects__isnull=False, recorded_at__lte=at).values_list("corrects_id", "pk")
    )
    last = {each: _followed(each, corrections) for each in wanted}
    rows = {row.id: row for row in evidence_rows(Evidence.objects.filter(pk__in=set(last.values())))}
    found: dict[str, dict[str, EvidenceRow]] = defaultdict(dict)
    for application, evidence in pairs:
        found[application][last[evidence]] = rows[last[evidence]]
    return {
        application: tuple(sorted(some.values(), key=lambda row: (row.held_on, row.id)))
        for application, some in found.items()
    }


def _followed(evidence: str, corrections: Mapping[str, str]) -> str:
    while evidence in corrections:
        evidence = corrections[evidence]
    return evidence


def _by_commissioner(
    codes: Collection[str], kinds: Sequence[str], at: datetime
) -> Mapping[str, list[EvidenceRow]]:
    rows = known(at).filter(kind__in=kinds, commissioners__in=codes).order_by("held_on", "id").distinct()
    found: dict[str, list[EvidenceRow]] = defaultdict(list)
    for row in evidence_rows(rows):
        for code, _ in row.commissioners:
            found[code].append(row)
    return found


def _amendments(codes: Collection[str], at: datetime) -> dict[str, AmendmentRow]:
    rows = known(at).filter(
        kind="constitution_amendment", commissioners__in=codes, held_on__lte=london_day(at)
    )
    through = Evidence.commissioners.through.objects.filter(evidence__in=rows)
    about = dict(through.values_list("evidence_id", "organisation_id"))
    return {about[row.pk]: amendment(row) for row in rows.order_by("held_on", "recorded_at", "id")}


def _mandate(
    found: Application,
    attached: tuple[EvidenceRow, ...],
    votes: Sequence[EvidenceRow],
    amended: AmendmentRow | None,
) -> Mandate:
    stated = rung_of(str(found.answers.get("evidence", ""))).code
    asked_about = [row for row in attached if row.rung and _is_about(row, found.round.level)]
    best = firmest((rung_of(row.rung), row.held_on) for row in asked_about if not is_against(row))
    asked = str(found.answers.get("asked_on", ""))
    asked_on = best[1] if best else date.fromisoformat(asked) if asked else None
    rests_on = RECORDED if best else STATED if stated != NOT_SPECIFIED else ""
    rung = best[0] if best else rung_of(stated)
    has_route = _has_route(found, amended)
    held = firmest((rung_of(row.rung), row.held_on) for row in asked_about)
    bearing = next((row for row in asked_about if held and (rung_of(row.rung), row.held_on) == held), None)
    shown = Shown(
        held[0].code if held else rung.code,
        has_count=bearing is not None and _is_counted(bearing),
        result=Result(bearing.result) if bearing and bearing.result else Result.UNKNOWN,
        has_route=has_route,
    )
    has_members = commissioner_kind_on(_day_of(found)) != "icb"
    compared = tuple(
        compare(each, shown) for each in standards() if has_members and each.since <= _day_of(found)
    )
    lost = _lost(found.round.level, votes)
    ballots = tuple(row for row in votes if rung_of(row.rung).family == BALLOTED)
    return Mandate(
        found.pk,
        rung,
        rests_on,
        stated,
        asked_on,
        attached,
        lost,
        ballots,
        amended,
        has_route,
        has_members,
        compared,
    )


def _is_about(row: EvidenceRow, level: int) -> bool:
    """Whether a record bears on an application for a level: about that level, a higher one, or none in particular."""
    return int(row.facts.get("level", level)) >= level


def _day_of(found: Application) -> date:
    """The day by whose standards an application is judged: that of its round's deadline."""
    return london_day(found.round.deadline_at)


def _is_counted(row: EvidenceRow) -> bool:
    count = row.count
    return None not in (count.in_favour, count.against, count.electorate)


def _has_route(found: Application, amended: AmendmentRow | None) -> bool:
    if amended and amended.is_shown:
        return True
    return found.answers.get(CONSTITUTION) in SHOWN_ANSWERS and not _needs_record(found)


def _needs_record(found: Application) -> bool:
    """Whether it says that the constitution has been amended, in a process where saying so is not enough."""
    return found.answers.get(CONSTITUTION) == AMENDED and found.round.process in amendment_rule().strict_in


def _is_recorded(amended: AmendmentRow | None) -> bool:
    return amended is not None and amended.route == AMENDED


def _lost(level: int, votes: Sequence[EvidenceRow]) -> tuple[EvidenceRow, ...]:
    """The lost votes on a level, or on none in particular, that nothing has answered."""
    about = {row.id: row for row in votes if row.facts.get("level", str(level)) == str(level)}
    told = [
        Vote(row.id, row.held_on, rung_of(row.rung).grade, Result(row.result))
        for row in about.values()
        if is_against(row) or row.result == Result.CARRIED
    ]
    return tuple(about[vote.id] for vote in unanswered_losses(told))
