"""What became of one commissioner, step by step: intends, applied, decided, announced, signed, in effect, varied, ended
or taken over; and what it inherited, from whom. Nothing that is not public yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from remit.delegation.models import Agreement, Announced, Application, Arrangement, Notice, PositionStatement
from remit.delegation.queries.publicity import SEALED, with_public_at
from remit.delegation.queries.scope import variations
from remit.delegation.rules import contractor_groups
from remit.delegation.states import STATE_WORDS
from remit.kernel.moments import london_day
from remit.kernel.names import readable_name
from remit.kernel.period import ONE_DAY
from remit.register.queries import names_on, predecessors_of

SAID = {"intends": "Intends to apply", "undecided": "Undecided", "not_now": "Not now, later"}


@dataclass(frozen=True)
class StepRow:
    """One step. `known_on`: the day from which the public knows of it, which may be later. `ref` leads to what it is
    about: an application, an announcement, an agreement or a commissioner (`ref_kind`)."""

    on: date
    known_on: date
    step: str
    level: int
    words: str
    ref_kind: str
    ref: str
    source: str


@dataclass(frozen=True)
class Inherited:
    """What a commissioner took over on a day: from whom, and the level it brought."""

    on: date
    predecessor: str
    name: str
    level: int
    since: date


def history_of(commissioner: str, at: datetime) -> tuple[StepRow, ...]:
    """Every public step of a commissioner, in order of the days."""
    steps = [
        *_intentions(commissioner, at),
        *_applications(commissioner, at),
        *_announced(commissioner, at),
        *_agreements(commissioner, at),
        *_arrangements(commissioner, at),
        *_variations(commissioner, at),
    ]
    return tuple(sorted(steps, key=lambda each: (each.on, _ORDER.index(each.step), each.level)))


_ORDER = (
    *SAID,
    *STATE_WORDS,
    "announced",
    "issued",
    "returned",
    "signed",
    "recorded",
    "inherited",
    "effective",
    "varied",
    "notice",
    "ended",
    "succeeded",
)


def _step(
    at: datetime, step: str, level: int, words: str, *ref: str, known: datetime | None = None
) -> StepRow:
    kind, pk, source = (*ref, "", "", "")[:3]
    on = london_day(at)
    return StepRow(on, london_day(known) if known else on, step, level, words, kind, pk, source)


def _intentions(commissioner: str, at: datetime) -> list[StepRow]:
    found = PositionStatement.objects.filter(commissioner_id=commissioner, stated_at__lte=at)
    return [_step(each.stated_at, each.answer, each.level or 0, SAID[each.answer]) for each in found]


def _applications(commissioner: str, at: datetime) -> list[StepRow]:
    """Submitted, and every decision that is public; the day is that of the act."""
    sent = Application.objects.filter(commissioner_id=commissioner, submitted_at__lte=at).exclude(SEALED)
    found = [
        _step(each.submitted_at, "submitted", each.round.level, "Applied", "application", each.pk)
        for each in sent.select_related("round")
        if each.submitted_at
    ]
    decided = with_public_at().filter(application__in=sent, public_at__lte=at)
    return found + [
        _step(
            each.decided_at,
            each.outcome,
            each.application.round.level,
            STATE_WORDS[each.outcome],
            "application",
            each.application_id,
            known=each.public_at,
        )
        for each in decided.select_related("application__round")
    ]


def _announced(commissioner: str, at: datetime) -> list[StepRow]:
    """That its approval, conditions or none, was announced; the day is that of the release."""
    rows = Announced.objects.filter(commissioner=commissioner, announcement__released_at__lte=at)
    return [
        _step(
            each.announcement.released_at,
            "announced",
            each.decision.application.round.level,
            "Announced",
            "announcement",
            each.announcement_id,
        )
        for each in rows.select_related("announcement", "decision__application__round")
    ]


def _widened(found: list[Agreement], at: datetime) -> list[StepRow]:
    """Signed and in effect, of agreements that add contractor groups to an arrangement there is already; with the day
    that is agreed where it is still to come."""
    steps = []
    for each in found:
        if each.signed_at is None or each.signed_at > at or each.effective_on is None:
            continue
        if each.arrangement is None or each.arrangement.application_id == each.application_id:
            continue
        what = ", ".join(contractor_groups()[code] for code in each.groups)
        ref = ("agreement", each.pk)
        steps.append(_step(each.signed_at, "signed", each.level, f"Signed: {what}", *ref))
        on, known = each.effective_on, london_day(each.signed_at)
        steps.append(StepRow(on, min(on, known), "effective", each.level, f"In effect: {what}", *ref, ""))
    return steps


def _agreements(commissioner: str, at: datetime) -> list[StepRow]:
    """Issued, returned by the commissioner; notice given. That NHS England signed is the arrangement's."""
    known = Agreement.objects.filter(commissioner_id=commissioner, issued_at__lte=at)
    rows = list(known.filter(novates=None).select_related("arrangement"))
    found = _widened(rows, at)
    found += [
        _step(each.issued_at, "issued", each.level, "Agreement issued", "agreement", each.pk) for each in rows
    ]
    found += [
        _step(each.returned_at, "returned", each.level, "Agreement returned, signed", "agreement", each.pk)
        for each in rows
        if each.returned_at and each.returned_at <= at
    ]
    notices = Notice.objects.filter(agreement__in=known, given_at__lte=at).select_related("agreement")
    return found + [
        _step(
            each.given_at,
            "notice",
            each.agreement.level,
            f"Notice of {'revocation' if each.is_revocation else 'withdrawal'}, "
            f"to end on {each.ends_on.day} {each.ends_on:%B %Y}",
            "agreement",
            each.agreement_id,
        )
        for each in notices
    ]


def _arrangements(commissioner: str, at: datetime) -> list[StepRow]:
    """Signed, in effect, recorded from a source, inherited; ended or taken over."""
    found = []
    rows = Arrangement.objects.filter(commissioner_id=commissioner).select_related("succeeds")
    signed = dict(
        Agreement.objects.filter(commissioner_id=commissioner, issued_at__lte=at, application__isnull=False)
        .order_by()
        .values_list("application_id", "pk")
    )
    for each in rows.prefetch_related("succeeded_by"):
        ref = ("application", each.application_id) if each.application_id else ("", "")
        if each.application_id in signed:
            ref = ("agreement", signed[each.application_id])
        if each.signed_at and each.application_id and each.signed_at <= at:
            found.append(_step(each.signed_at, "signed", each.level, "Signed", *ref))
        known = min(each.effective_on, london_day(each.signed_at or each.made_at))
        begun = StepRow(each.effective_on, known, "effective", each.level, "In effect", *ref, each.source)
        if each.source:
            begun = StepRow(
                each.effective_on,
                each.effective_on,
                "recorded",
                each.level,
                "In effect, as a source states",
                "",
                "",
                each.source,
            )
        elif each.succeeds:
            begun = _taken_over(each, each.succeeds)
        found.append(begun)
        if each.last_on:
            found.append(_end(each, each.last_on))
    return found


def _taken_over(made: Arrangement, before: Arrangement) -> StepRow:
    on, holder = made.effective_on, before.commissioner_id
    name = readable_name(names_on({holder}, before.effective_on).get(holder, holder))
    words = f"Taken over from {name}"
    return StepRow(on, on, "inherited", made.level, words, "commissioner", holder, "")


def _end(found: Arrangement, last: date) -> StepRow:
    """The last day; that it was taken over, where somebody did."""
    if found.source:
        return StepRow(
            last, last, "ended", found.level, "The last day that the source states", "", "", found.source
        )
    heir = next(iter(found.succeeded_by.all()), None)
    if heir is None:
        return StepRow(last, last, "ended", found.level, "Last day in effect", "", "", "")
    code = heir.commissioner_id
    name = names_on({code}, heir.effective_on).get(code, code)
    return StepRow(
        last,
        last,
        "succeeded",
        found.level,
        f"Last day; taken over by {readable_name(name)}",
        "commissioner",
        code,
        "",
    )


def _variations(commissioner: str, at: datetime) -> list[StepRow]:
    names = contractor_groups()
    found = []
    for each in variations(commissioner):
        if each.made_at > at:
            continue
        changes = [
            *(f"{names.get(group, group)} added" for group in each.groups_added),
            *(f"{names.get(group, group)} taken out" for group in each.groups_removed),
            *(["powers reserved to NHS England"] if each.reserved else []),
            *(["powers made joint"] if each.made_joint else []),
            *(["powers restored"] if each.restored else []),
        ]
        said = f"Scope varied: {', '.join(changes)}" if changes else "Scope varied"
        on = each.effective_on
        found.append(StepRow(on, london_day(each.made_at), "varied", 0, said, "", "", each.source))
    return found


def inheritance_of(commissioner: str) -> tuple[Inherited, ...]:
    """Which arrangements a commissioner took over, from whom: those of its predecessors that were in force on the day
    before, also where several brought the same level and one arrangement was made of them."""
    found = []
    for step in predecessors_of(commissioner):
        eve = step.on - ONE_DAY
        held = Arrangement.objects.filter(
            commissioner_id=step.predecessor, effective_on__lte=eve, last_on=eve, source=""
        )
        found += [
            Inherited(step.on, step.predecessor, step.predecessor_name, each.level, each.effective_on)
            for each in held
        ]
    return tuple(sorted(found, key=lambda each: (each.on, each.name, each.level)))
