"""Tallies: practices and general practitioners apart, with how many practices stand against most of their doctors.

Nobody has any of this before the close. A general practitioner who answers in their own right is counted once: not
again where their practice says how its partners stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from remit.consultations.models import (
    AS_GP,
    FOR_PRACTICE,
    NEITHER,
    OPPOSES,
    SUPPORTS,
    Answer,
    Consultation,
    Option,
    Response,
    Silence,
)
from remit.consultations.queries.audience import audience_of
from remit.consultations.rules import silence_reasons, smallest_group
from remit.consultations.states import DRAFT
from remit.engines.constitution import Choice, Split
from remit.kernel.moments import london_day

CHOICES = {SUPPORTS: Choice.FOR, OPPOSES: Choice.AGAINST, NEITHER: Choice.ABSTAIN}


@dataclass(frozen=True)
class Tally:
    """How many support, oppose and do neither. `is_hidden`: too few answered to be shown apart; the counts are 0."""

    supports: int
    opposes: int
    neither: int
    is_hidden: bool = False

    @property
    def answered(self) -> int:
        """All of them."""
        return self.supports + self.opposes + self.neither


@dataclass(frozen=True)
class OptionTally:
    """One option: the practices, the general practitioners, and concordance: `compared` practices of which it is known
    how their doctors stand, of which `discordant` say otherwise than most of these; None where there
    are some, but too few to be shown."""

    number: int
    name: str
    practices: Tally
    gps: Tally
    compared: int
    discordant: int | None


@dataclass(frozen=True)
class Tallies:
    """What came of a consultation. Members are those that responded, gave a reason, or did neither; `members` is None
    where no source says who they are, and `silent` then too. `reasons`: how many gave each, by code."""

    options: tuple[OptionTally, ...]
    members: int | None
    responded: int
    reasons: Mapping[str, int]
    silent: int | None


def tallies(consultation: str, at: datetime) -> Tallies | None:
    """What came of a consultation; None until it has closed."""
    held = Consultation.objects.filter(pk=consultation).exclude(state=DRAFT).first()
    if held is None or london_day(at) <= held.closes_on:
        return None
    practices, gps = _of_practices(held), _of_gps(held)
    compared, discordant = _concordance(held)
    responded = set(
        Response.objects.filter(consultation=held, tier=FOR_PRACTICE).values_list("practice_id", flat=True)
    )
    audience = audience_of(held)
    reasons = Counter(
        reason
        for practice, reason in Silence.objects.filter(consultation=held).values_list("practice_id", "reason")
        if practice not in responded
    )
    members = None if audience is None else len(audience)
    return Tallies(
        tuple(
            OptionTally(
                each.number,
                each.name,
                _tally(practices, each.number),
                _shown(_tally(gps, each.number)),
                compared[each.number],
                _few(discordant[each.number]),
            )
            for each in Option.objects.filter(consultation=held)
        ),
        members,
        len(responded),
        {code: reasons[code] for code in silence_reasons() if reasons[code]},
        None if members is None else members - len(responded) - reasons.total(),
    )


type_of_counts = Counter[tuple[int, str]]


def _tally(counts: type_of_counts, option: int) -> Tally:
    return Tally(counts[option, SUPPORTS], counts[option, OPPOSES], counts[option, NEITHER])


def _shown(tally: Tally) -> Tally:
    """Fewer general practitioners than the smallest group could be told apart."""
    return Tally(0, 0, 0, is_hidden=True) if 0 < tally.answered < smallest_group() else tally


def _few(count: int) -> int | None:
    return None if 0 < count < smallest_group() else count


def _of_practices(held: Consultation) -> type_of_counts:
    rows = Answer.objects.filter(response__consultation=held, response__tier=FOR_PRACTICE)
    grouped = rows.values_list("option", "stance").annotate(Count("pk")).order_by()
    return Counter({(option, stance): count for option, stance, count in grouped})


def _of_gps(held: Consultation) -> type_of_counts:
    counts: type_of_counts = Counter()
    within = Answer.objects.filter(response__consultation=held, in_favour__isnull=False)
    sums = (
        within.values("option").order_by().annotate(a=Sum("in_favour"), b=Sum("against"), c=Sum("abstained"))
    )
    for row in sums:
        counts[row["option"], SUPPORTS] += row["a"]
        counts[row["option"], OPPOSES] += row["b"]
        counts[row["option"], NEITHER] += row["c"]
    for option, stance, count in (
        _in_their_own_right(held).values_list("option", "stance").annotate(Count("pk")).order_by()
    ):
        counts[option, stance] += count
    return counts


def _in_their_own_right(held: Consultation) -> QuerySet[Answer]:
    """Answers of general practitioners whose practice does not say how its partners stand on that option."""
    told = Answer.objects.filter(
        response__consultation=held,
        response__practice=OuterRef("response__practice"),
        option=OuterRef("option"),
        in_favour__isnull=False,
    )
    rows = Answer.objects.filter(response__consultation=held, response__tier=AS_GP)
    return rows.filter(~Exists(told))


def _concordance(held: Consultation) -> tuple[Counter[int], Counter[int]]:
    """By option: the practices of which it is known how their doctors stand, and those of them that differ."""
    own = Answer.objects.filter(response__consultation=held, response__tier=FOR_PRACTICE)
    compared: Counter[int] = Counter()
    discordant: Counter[int] = Counter()
    within = own.filter(in_favour__isnull=False)
    for option, count in within.values_list("option").annotate(Count("pk")).order_by():
        compared[option] += count
    differs = Q(stance=SUPPORTS, against__gt=F("in_favour")) | Q(stance=OPPOSES, in_favour__gt=F("against"))
    for option, count in within.filter(differs).values_list("option").annotate(Count("pk")).order_by():
        discordant[option] += count
    _compare_own(held, own, compared, discordant)
    return compared, discordant


def _compare_own(
    held: Consultation, own: QuerySet[Answer], compared: Counter[int], discordant: Counter[int]
) -> None:
    """The same of practices whose doctors answered only for themselves."""
    stands: Counter[tuple[str, int, str]] = Counter()
    grouped = _in_their_own_right(held).values_list("response__practice", "option", "stance")
    for practice, option, stance, count in grouped.annotate(Count("pk")).order_by():
        stands[practice, option, stance] += count
    known = {(practice, option) for practice, option, _ in stands}
    if not known:
        return
    rows = own.filter(in_favour__isnull=True).values_list("response__practice", "option", "stance")
    for practice, option, stance in rows:
        if (practice, option) not in known:
            continue
        votes = {each: stands[practice, option, each] for each in (SUPPORTS, OPPOSES)}
        split = Split(practice, CHOICES[stance], votes[SUPPORTS], votes[OPPOSES])
        compared[option] += 1
        discordant[option] += split.is_discordant
