"""Making the roll: from the register on the day of the notice, or from the seats of a body that has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from remit.accounts.queries import holders_of_role
from remit.engines.constitution import Electorate, RulesFor, Weighing, Weights
from remit.kernel.canonical import canonical_json, sha256_hex
from remit.kernel.moments import london_day
from remit.motions.actions.finding import refusal
from remit.motions.models import Motion, RollEntry
from remit.motions.models.rolls import GPS, PRACTICES
from remit.register.queries import lists_on, members_of_body

CLAUSE = "The roll is frozen at notice"


@dataclass(frozen=True)
class Seat:
    """A member of a body whose members are not practices, by the name of the seat; never a person's name."""

    name: str


def enrol(
    held: Motion, rules: RulesFor, at: datetime, *, localities: Mapping[str, str], seats: Sequence[Seat]
) -> list[RollEntry]:
    """Write down who may vote, by the clauses that say who and for how much. Raises `Refused`: ``no_members``,
    ``no_list``, ``no_locality``, ``wrong_seats``."""
    on = london_day(at)
    practices = members_of_body(held.body_id, on)
    if bool(practices) == bool(seats):
        message = "Its members are practices, which the register knows. Leave the seats out."
        other = "The register knows no members of it. Name its seats: “Chair”, “Seat 1” and so on."
        raise refusal("wrong_seats", message if practices else other, CLAUSE)
    if seats:
        return _keep([_seat(held, seat) for seat in _different(seats)])
    who = rules.electorate.who
    entries = []
    if who in (Electorate.PRACTICES, Electorate.BOTH):
        _require_localities(rules, practices, localities)
        weights = _weighed(rules.voting.weights, practices, on)
        entries += [_practice(held, code, weights[code], localities.get(code, "")) for code in practices]
    if who in (Electorate.GPS, Electorate.BOTH):
        doctors = holders_of_role("general_practitioner", practices, at)
        if not doctors:
            message = "General practitioners vote, and none of these practices has one with an account. Invite them."
            raise refusal("no_members", message, rules.electorate.clause)
        entries += [
            RollEntry(motion=held, electorate=GPS, voter=person, practice_id=practice)
            for person, practice in sorted(doctors.items())
        ]
    return _keep(entries)


def digest_of_roll(entries: Sequence[RollEntry]) -> str:
    """The roll, whole, as a SHA-256: practices and seats by code, persons by pseudonym."""
    rows = [
        [entry.electorate, entry.voter, entry.practice_id or "", f"{entry.weight:.9f}", entry.locality]
        for entry in entries
    ]
    return sha256_hex(canonical_json(sorted(rows)))


def _keep(entries: list[RollEntry]) -> list[RollEntry]:
    return RollEntry.objects.bulk_create(entries, batch_size=500)


def _different(seats: Sequence[Seat]) -> list[Seat]:
    names = [" ".join(seat.name.split()) for seat in seats]
    if len(set(names)) != len(names) or not all(0 < len(name) <= 40 for name in names):
        raise refusal("wrong_seats", "Each seat has a name of its own, at most 40 characters.", CLAUSE)
    return [Seat(name) for name in names]


def _seat(held: Motion, seat: Seat) -> RollEntry:
    return RollEntry(motion=held, electorate=PRACTICES, voter=seat.name)


def _practice(held: Motion, code: str, weight: tuple[Decimal, date | None], locality: str) -> RollEntry:
    return RollEntry(
        motion=held,
        electorate=PRACTICES,
        voter=code,
        practice_id=code,
        weight=weight[0],
        counted_on=weight[1],
        locality=locality,
    )


def _weighed(rule: Weights, practices: Sequence[str], on: date) -> dict[str, tuple[Decimal, date | None]]:
    """What each practice counts for, and the day of the list that says so."""
    if rule.weighing is Weighing.ONE_EACH:
        return {code: (Decimal(1), None) for code in practices}
    lists = lists_on(practices, rule.counted_on or on)
    found: dict[str, tuple[Decimal, date | None]] = {}
    for code in practices:
        counted = lists.get(code)
        patients = getattr(counted, rule.of) if counted else None
        if counted is None or patients is None:
            message = f"{code} has no list of {rule.of} patients by that day. Load the file that has it."
            raise refusal("no_list", message, rule.clause)
        weight = rule.of_list(Fraction(patients))
        found[code] = (Decimal(weight.numerator) / Decimal(weight.denominator), counted.counted_on)
    return found


def _require_localities(rules: RulesFor, practices: Sequence[str], localities: Mapping[str, str]) -> None:
    by_locality = rules.voting.clauses_by_locality
    missing = [code for code in practices if not localities.get(code)]
    if by_locality and missing:
        message = (
            f"This clause counts by locality. Say in which these practices are: {', '.join(missing[:10])}."
        )
        raise refusal("no_locality", message, by_locality[0])
