"""One organisation, or a list of them, as they stood on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from remit.engines.layouts.geography import clipped
from remit.engines.timelines import Basis, Claim, Span, who_says
from remit.kernel.period import ONE_DAY
from remit.register.models import STILL, UNKNOWN_START, Fact, Membership
from remit.register.queries.following import everything_said
from remit.register.queries.lists import ListOnDay, lists_on
from remit.register.queries.naming import CLOSED, exists, in_chunks, kinds_on, names_on
from remit.register.queries.nation import (
    commissioner_codes_on,
    practice_codes_in,
    practice_codes_on,
    practices_by_commissioner,
    regions_of_commissioners,
    relations_on,
)
from remit.register.rules import COMMISSIONER_KINDS

RELATIONS = frozenset(
    ("commissioner", "sub_icb_location", "pcn", "icb", "stp", "region", "local_office", "parent", "successor")
)


@dataclass(frozen=True)
class DatedFact:
    """A fact in force from `first` (None: nobody says) to `last` (None: still), and who says so."""

    about: str
    value: str
    value_name: str
    first: date | None
    last: date | None
    basis: str
    sources: tuple[str, ...]

    @property
    def opens(self) -> bool:
        """Whether a source says that it was so from its first day on, and not only on that day."""
        return self.basis == Basis.STATED and self.first is not None

    def covers(self, day: date) -> bool:
        """Whether it was so on a day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class OrganisationPage:
    """Everything dated about one organisation: what held on the day, and its history.

    `kinds` says what it was and when, `closed` on which days a source says that it was not open. `commissioner` is
    the body that commissioned: since July 2022 the board, and `sub_icb_location` the location it was reached by.
    """

    code: str
    on: date
    name: str
    kind: str | None
    kinds: tuple[DatedFact, ...]
    closed: tuple[DatedFact, ...]
    now: dict[str, DatedFact]
    history: tuple[DatedFact, ...]

    @property
    def was_open(self) -> bool:
        """Whether it was open on the day."""
        return self.kind is not None

    @property
    def was_closed(self) -> bool:
        """Whether a source says that it was not open on the day, or that it opened first on a later one."""
        if any(fact.covers(self.on) for fact in self.closed):
            return True
        first = self.kinds[0] if self.kinds else None
        return first is not None and first.opens and first.first is not None and self.on < first.first

    def closes(self, fact: DatedFact) -> bool:
        """Whether a source says that the last day of something that it was, was its last."""
        return any(fact.last is not None and one.first == fact.last + ONE_DAY for one in self.closed)


@dataclass(frozen=True)
class CommissionerRow:
    """A commissioner on a day."""

    code: str
    name: str
    kind: str
    region: str
    region_name: str
    practices: int


@dataclass(frozen=True)
class PracticeRow:
    """A practice on a day. `sub_icb_location` is the location of the board through which it is reached, or blank."""

    code: str
    name: str
    commissioner: str
    sub_icb_location: str
    contract_type: str
    postcode: str
    list: ListOnDay | None

    @property
    def registered(self) -> Decimal | None:
        """Registered patients by the latest count."""
        return self.list.registered if self.list else None


def organisation_at(code: str, on: date) -> OrganisationPage | None:
    """One organisation on a day, with its whole history; None for a code the register never heard of."""
    facts = list(Fact.objects.filter(organisation_id=code).order_by("about", "from_on"))
    if not facts and not exists(code):
        return None
    claims = everything_said([code]).claims
    dated = _with_boards([_dated(fact, claims.get((code, fact.about), [])) for fact in facts])
    names = names_on({code} | {fact.value for fact in dated if fact.about in RELATIONS}, on)
    dated = [
        replace(fact, value_name=names.get(fact.value, "")) if fact.about in RELATIONS else fact
        for fact in dated
    ]
    now = {fact.about: fact for fact in dated if fact.covers(on)}
    kind = now.get("kind")
    kinds = [fact for fact in dated if fact.about == "kind"]
    return OrganisationPage(
        code=code,
        on=on,
        name=names.get(code, code),
        kind=kind.value if kind is not None and kind.value != CLOSED else None,
        kinds=tuple(fact for fact in kinds if fact.value != CLOSED),
        closed=tuple(fact for fact in kinds if fact.value == CLOSED),
        now=now,
        history=tuple(fact for fact in dated if fact.about != "kind"),
    )


def _dated(fact: Fact, claims: list[Claim]) -> DatedFact:
    first = None if fact.from_on == UNKNOWN_START else fact.from_on
    last = None if fact.until_on == STILL else fact.until_on
    return DatedFact(
        about=fact.about,
        value=fact.value,
        value_name="",
        first=first,
        last=last,
        basis=fact.basis,
        sources=who_says(claims, Span(fact.value, first, last, Basis(fact.basis))),
    )


def _with_boards(facts: list[DatedFact]) -> list[DatedFact]:
    """The facts, each about a commissioner cut where that became a location of a board, which then commissioned.

    Sources go on naming the location, by the code it had as a clinical commissioning group.
    """
    locations = {fact.value for fact in facts if fact.about == "commissioner"}
    if not locations:
        return facts
    boards: dict[str, list[DatedFact]] = {}
    claims = everything_said(locations).claims
    for row in Fact.objects.filter(about="icb", organisation_id__in=locations).order_by("from_on"):
        board = _dated(row, claims.get((row.organisation_id, "icb"), []))
        boards.setdefault(row.organisation_id, []).append(board)
    cut: list[DatedFact] = []
    for fact in facts:
        cut += _cut(fact, boards.get(fact.value, [])) if fact.about == "commissioner" else [fact]
    return sorted(cut, key=lambda fact: (fact.about, fact.first or date.min))


def _cut(fact: DatedFact, boards: list[DatedFact]) -> Iterator[DatedFact]:
    """One commissioner's days: its own until it was a board's location, then the board's and its as a location."""
    rest: DatedFact | None = fact
    for board in boards:
        days = clipped(rest.first, rest.last, (board.first, board.last)) if rest is not None else None
        if rest is None or days is None:
            continue
        first, last = days
        if first is not None and first != rest.first:
            yield replace(rest, last=first - ONE_DAY)
        yield replace(rest, about="sub_icb_location", first=first, last=last)
        carried = Basis.CARRIED in (rest.basis, board.basis)
        yield replace(
            board,
            about="commissioner",
            first=first,
            last=last,
            basis=str(Basis.CARRIED if carried else Basis.STATED),
            sources=tuple(sorted({*rest.sources, *board.sources})),
        )
        rest = None if last is None or last == rest.last else replace(rest, first=last + ONE_DAY)
    if rest is not None:
        yield rest


def commissioners_on(on: date, *, region: str = "") -> list[CommissionerRow]:
    """The commissioners on a day by name, those of one region only if it is given."""
    codes = commissioner_codes_on(on)
    regions = regions_of_commissioners(on)
    if region:
        codes = {code for code in codes if regions.get(code) == region}
    names = names_on(codes | set(regions.values()), on)
    kinds = kinds_on(codes, on)
    practices = _counts_with_boards(on)
    rows = [
        CommissionerRow(
            code=code,
            name=names.get(code, code),
            kind=kinds[code],
            region=regions.get(code, ""),
            region_name=names.get(regions.get(code, ""), ""),
            practices=practices[code],
        )
        for code in codes
    ]
    return sorted(rows, key=lambda row: (row.name.upper(), row.code))


def _counts_with_boards(on: date) -> Counter[str]:
    """How many practices each commissioner had on a day, a board through its locations."""
    counts = practices_by_commissioner(on)
    for location, board in relations_on("icb", on, set(counts)).items():
        counts[board] += counts[location]
    return counts


def practices_of(commissioner: str, on: date) -> list[PracticeRow]:
    """The practices of a commissioner on a day, of a board through its locations, by name."""
    return _practice_rows(practice_codes_in({commissioner}, on), on)


def practices_on(on: date, codes: Collection[str] | None = None) -> list[PracticeRow]:
    """Practices on a day by name: all, or those of some codes that were open."""
    return _practice_rows(practice_codes_on(on) if codes is None else set(codes), on)


def _practice_rows(codes: set[str], on: date) -> list[PracticeRow]:
    facts: dict[tuple[str, str], str] = {}
    for chunk in in_chunks(codes):
        rows = Fact.objects.filter(organisation_id__in=chunk).as_at(on)
        rows = rows.about("kind", "name", "commissioner", "contract_type", "postcode")
        facts.update(
            {
                (code, about): value
                for code, about, value in rows.values_list("organisation_id", "about", "value")
            }
        )
    codes = {code for code in codes if facts.get((code, "kind")) == "practice"}
    names = names_on({code for code in codes if (code, "name") not in facts}, on)
    lists = lists_on(codes, on)
    boards = relations_on("icb", on, {facts.get((code, "commissioner"), "") for code in codes})
    practices = []
    for code in codes:
        named = facts.get((code, "commissioner"), "")
        practices.append(
            PracticeRow(
                code=code,
                name=facts.get((code, "name")) or names.get(code, code),
                commissioner=boards.get(named, named),
                sub_icb_location=named if named in boards else "",
                contract_type=facts.get((code, "contract_type"), ""),
                postcode=facts.get((code, "postcode"), ""),
                list=lists.get(code),
            )
        )
    return sorted(practices, key=lambda row: (row.name.upper(), row.code))


def organisations_on(on: date, kind: str) -> list[tuple[str, str]]:
    """Code and name of every organisation of a kind on a day, by name."""
    rows = Fact.objects.filter(about="kind", value=kind).as_at(on)
    codes = set(rows.values_list("organisation_id", flat=True))
    names = names_on(codes, on)
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda row: (row[1].upper(), row[0]))


def members_of_body(body: str, on: date) -> tuple[str, ...]:
    """Codes of the practices that were members of a body on a day, in order; none where members are no practices."""
    rows = Membership.objects.filter(body__organisation_id=body, from_on__lte=on, until_on__gte=on)
    return tuple(sorted(set(rows.values_list("practice_id", flat=True))))


def bodies_of_member(practice: str, on: date) -> dict[str, str]:
    """The bodies that a practice is a member of on a day: their names by code."""
    rows = Membership.objects.filter(practice_id=practice, from_on__lte=on, until_on__gte=on)
    codes = set(rows.exclude(body__organisation=None).values_list("body__organisation_id", flat=True))
    names = names_on(codes, on)
    return {code: names.get(code, code) for code in codes}


def memberships_of(commissioner: str, on: date) -> int | None:
    """How many member practices a commissioner had on a day; None if it is not a body with members."""
    kind = kinds_on({commissioner}, on).get(commissioner)
    if kind not in COMMISSIONER_KINDS or kind != "ccg":
        return None
    return Membership.objects.filter(
        body__organisation_id=commissioner, from_on__lte=on, until_on__gte=on
    ).count()
