"""What follows from everything that the sources say: dated facts, memberships of practices, mergers.

The register keeps what is worked out here (`actions.deriving`), and the check works it out again (`integrity`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from remit.engines.layouts.geography import clipped, lasting
from remit.engines.succession import Belonging, DerivedSuccession, derive_succession
from remit.engines.timelines import (
    Claim,
    Span,
    carried,
    carried_between,
    counting,
    resolve,
    within_statements,
)
from remit.register.models import STILL, UNKNOWN_START, Fact, Source
from remit.register.queries.claims import claims_about
from remit.register.queries.naming import CLOSED
from remit.register.rules import COMMISSIONER_KINDS, least_share_of_a_successor

type_of_fact = tuple[str, str, date, str, date, str]
type_of_days = tuple[date | None, date | None]
type_of_spans = dict[tuple[str, str], list[tuple[date, date]]]
type_of_claims = dict[tuple[str, str], list[Claim]]
type_of_kinds = dict[str, list[Span]]

CALLED = frozenset({"name", "address", "postcode"})
PLACES = frozenset({"region", "local_office", "stp"})
PLACE_KINDS = frozenset({"region", "area_team", "stp"})


@dataclass(frozen=True)
class Said:
    """Everything that is claimed about some organisations, by (code, what it is about), what is carried included;
    and what each of them was, by code."""

    claims: dict[tuple[str, str], list[Claim]]
    kinds: dict[str, list[Span]]


def everything_said(
    codes: Collection[str], sources: Mapping[str, Source] | None = None, known: type_of_kinds | None = None
) -> Said:
    """The claims of all sources, and what is carried from them to days of which none speaks.

    What somebody was called, and to which region, office or partnership it belonged, is carried while it stayed
    what it was, a place no further than it lasted. Who commissioned from a practice is carried while the practice
    stayed what it was and its commissioner was open. What somebody was is carried between two mentions, and a
    place named on some day is taken to have lasted for its era. `sources` saves fetching them again, and `known`
    keeps what commissioners were from one call to the next.
    """
    said = claims_about(codes, sources)
    kinds = _kinds_in(said)
    commissioners = _kinds_of_commissioners(said, sources, {} if known is None else known)
    for (code, about), claims in said.items():
        open_days = [span for span in kinds.get(code, ()) if span.value != CLOSED]
        if about in CALLED:
            claims[:] = _since_it_opened(claims, open_days)
            claims += carried(claims, partial(_days_as_it_was, open_days))
        elif about in PLACES:
            claims[:] = within_statements(_since_it_opened(claims, open_days))
            claims += carried_between(claims)
            claims += carried(claims, partial(_days_in_a_place, open_days))
        elif about == "commissioner":
            claims += carried(
                counting(claims), partial(_days_with_it, open_days, commissioners, tuple(claims))
            )
    return Said(said, kinds)


def _kinds_in(said: type_of_claims) -> type_of_kinds:
    """What everybody was, of whom this is said; what is carried of that is added to what is said."""
    kinds: type_of_kinds = {}
    for (code, about), claims in said.items():
        if about == "kind":
            claims += [*carried_between(claims), *carried(claims, partial(_days_of_place, code))]
            kinds[code] = resolve(claims)
    return kinds


def _kinds_of_commissioners(
    said: type_of_claims, sources: Mapping[str, Source] | None, known: type_of_kinds
) -> type_of_kinds:
    """What the commissioners were that are named here: those that are not `known` are looked up, and then are."""
    named = {
        claim.value
        for (_, about), claims in said.items()
        if about == "commissioner"
        for claim in claims
        if claim.is_of_a_year
    }
    missing = sorted(named - known.keys())
    if missing:
        found = _kinds_in(claims_about(missing, sources, only="kind"))
        known.update((code, found.get(code, [])) for code in missing)
    return known


def _since_it_opened(claims: Sequence[Claim], open_days: Sequence[Span]) -> list[Claim]:
    """A snapshot that knows no beginning says nothing of days before an organisation opened."""
    opened = open_days[0].first if open_days else None
    return [
        replace(claim, first=opened)
        if claim.first is None and opened is not None and opened <= (claim.last or opened)
        else claim
        for claim in claims
    ]


def _days_of_place(code: str, kind: str, first: date, last: date) -> list[type_of_days]:
    """A region, area team or partnership lasted for its era; nothing of that sort is known of others."""
    return [lasting(code, first, last)] if kind in PLACE_KINDS else []


def _days_as_it_was(kinds: Sequence[Span], value: str, first: date, last: date) -> list[type_of_days]:
    """The days on which an organisation was what it was from `first` to `last`."""
    then = {span.value for span in kinds if clipped(span.first, span.last, (first, last)) is not None}
    return [(span.first, span.last) for span in kinds if span.value in then]


def _days_in_a_place(kinds: Sequence[Span], value: str, first: date, last: date) -> list[type_of_days]:
    """Those of them on which the place lasted."""
    days = _days_as_it_was(kinds, value, first, last)
    return list(_common(days, [lasting(value, first, last)]))


def _days_with_it(
    kinds: Sequence[Span],
    commissioners: type_of_kinds,
    claims: Sequence[Claim],
    value: str,
    first: date,
    last: date,
) -> list[type_of_days]:
    """Those of them on which its commissioner was open, from when a source says that it joined it."""
    days = _days_as_it_was(kinds, value, first, last)
    theirs = [(span.first, span.last) for span in commissioners.get(value, ()) if span.value != CLOSED]
    joined = [
        min(claim.first, first)
        for claim in claims
        if claim.is_stated and not claim.is_of_a_year and claim.value == value
        if claim.first is not None and claim.first <= last and (claim.last is None or first <= claim.last)
    ]
    since = max(joined, default=None)
    return list(_common(list(_common(days, theirs)), [(since, None)]))


def _common(some: Sequence[type_of_days], others: Sequence[type_of_days]) -> Iterator[type_of_days]:
    for first, last in some:
        for other in others:
            days = clipped(first, last, other)
            if days is not None:
                yield days


def facts_that_follow(
    codes: Collection[str], sources: Mapping[str, Source], known: type_of_kinds
) -> Iterator[type_of_fact]:
    """The facts about some organisations that follow from everything their sources say:
    (organisation, about, first day, value, last day, basis). `known` is that of `everything_said`."""
    said = everything_said(codes, sources, known)
    for (code, about), claims in said.claims.items():
        for span in said.kinds[code] if about == "kind" else resolve(claims):
            yield code, about, span.first or UNKNOWN_START, span.value, span.last or STILL, str(span.basis)


# -- memberships ---------------------------------------------------------------------------------------------


def memberships_that_follow(
    practices: Collection[str], kinds: type_of_spans
) -> Iterator[tuple[str, str, str, date, date]]:
    """A practice is a member of its clinical commissioning group while both are what they are, and of its
    primary care network. Nobody is a member of an integrated care board.

    `kinds` is `spans_of_kind`; gives (form, organisation of the body, practice, first day, last day).
    """
    facts = Fact.objects.filter(organisation_id__in=practices).about("commissioner", "pcn")
    for practice, about, body, start, end in facts.values_list(
        "organisation_id", "about", "value", "from_on", "until_on"
    ):
        form = "pcn" if about == "pcn" else "ccg"
        known = kinds.get((practice, "practice"), []), kinds.get((body, form), [])
        for first, last in _meeting((start, end), *known):
            yield form, body, practice, first, last


def code_of_members(form: str, organisation: str) -> str:
    """The code of the body of the members of an organisation."""
    return f"{form}-members-{organisation}"[:20]


def spans_of_kind() -> type_of_spans:
    """When every practice, clinical commissioning group and network was one, spans that meet as one."""
    spans: defaultdict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)
    rows = Fact.objects.filter(about="kind", value__in=("practice", "ccg", "pcn"))
    rows = rows.order_by("organisation_id", "from_on")
    for code, kind, first, last in rows.values_list("organisation_id", "value", "from_on", "until_on"):
        known = spans[code, kind]
        if known and (known[-1][1] - first).days == -1:
            known[-1] = (known[-1][0], last)
        else:
            known.append((first, last))
    return spans


def _meeting(here: tuple[date, date], *others: list[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    """The days common to one span and to some span of each of the others."""
    spans = [here]
    for other in others:
        spans = [
            (max(first, start), min(last, end))
            for first, last in spans
            for start, end in other
            if max(first, start) <= min(last, end)
        ]
    yield from spans


# -- successions ---------------------------------------------------------------------------------------------


def successions_that_follow() -> list[DerivedSuccession]:
    """Merger and split of commissioners, from where practices went."""
    practices = Fact.objects.filter(about="kind", value="practice")
    facts = Fact.objects.filter(about="commissioner", organisation_id__in=practices.values("organisation_id"))
    belongings = [
        Belonging(
            practice,
            commissioner,
            None if first == UNKNOWN_START else first,
            None if last == STILL else last,
        )
        for practice, commissioner, first, last in facts.values_list(
            "organisation_id", "value", "from_on", "until_on"
        )
    ]
    return derive_succession(
        belongings, last_days_of_commissioners(), least_share=least_share_of_a_successor()
    )


def last_days_of_commissioners() -> dict[str, date]:
    """When each commissioner closed. One whose code goes on as something else has not closed: a group of 2022
    whose code now means a board's location gave its work to the board, and its practices went nowhere."""
    last: dict[str, date] = {}
    going_on: dict[str, date] = {}
    rows = Fact.objects.filter(about="kind").exclude(value=CLOSED)
    ever = Fact.objects.filter(about="kind", value__in=COMMISSIONER_KINDS)
    rows = rows.filter(organisation_id__in=ever.values("organisation_id"))
    for code, kind, until_on in rows.values_list("organisation_id", "value", "until_on"):
        days = last if kind in COMMISSIONER_KINDS else going_on
        days[code] = max(days.get(code, until_on), until_on)
    return {code: day for code, day in last.items() if day != STILL and going_on.get(code, day) <= day}
