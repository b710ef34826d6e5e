"""What each arrangement covers: its contractor groups, and what NHS England has back or holds jointly."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from remit.delegation.models import Arrangement, PlannedRound, Round, ScopeVariation
from remit.delegation.rules import OptOut, groups, opt_outs
from remit.engines.powers import Grant, Scope, Variation, grant_on, over, scope_on
from remit.kernel.period import Period


@dataclass(frozen=True)
class VariationRow:
    """A change of an arrangement's scope. `reserved`, `made_joint` and `restored` are (power, group)."""

    id: str
    arrangement: str
    commissioner: str
    effective_on: date
    groups_added: tuple[str, ...]
    groups_removed: tuple[str, ...]
    reserved: tuple[tuple[str, str], ...]
    made_joint: tuple[tuple[str, str], ...]
    restored: tuple[tuple[str, str], ...]
    reasons: str
    instrument: str
    source: str
    made_at: datetime


def grants_of(commissioner: str) -> list[Grant]:
    """All arrangements that a commissioner ever held, with their changes of scope, as the engine of powers takes
    them."""
    return grants_by_commissioner(commissioner).get(commissioner, [])


def grants_by_commissioner(commissioner: str | None = None) -> dict[str, list[Grant]]:
    """The same for everybody, or for one, by commissioner."""
    rows = Arrangement.objects.prefetch_related("variations")
    if commissioner is not None:
        rows = rows.filter(commissioner_id=commissioner)
    found: dict[str, list[Grant]] = {}
    for row in rows:
        found.setdefault(row.commissioner_id, []).append(grant_from(row))
    return found


def grant_from(row: Arrangement) -> Grant:
    """An arrangement as a grant."""
    return Grant(
        row.level,
        Period(row.effective_on, row.last_on),
        row.pk,
        frozenset(row.groups),
        tuple(variation_from(each) for each in row.variations.all()),
        not row.source,
    )


def variation_from(row: ScopeVariation) -> Variation:
    """A kept change of scope, as the engine takes it."""
    return Variation(
        row.effective_on,
        frozenset(row.groups_added),
        frozenset(row.groups_removed),
        frozenset(_pairs(row.reserved)),
        frozenset(_pairs(row.made_joint)),
        frozenset(_pairs(row.restored)),
        row.pk,
    )


def scope_of(commissioner: str, on: date) -> Scope | None:
    """What the arrangement in force on a day covers, that of general practice first; None where there is none."""
    grant = grant_on(grants_of(commissioner), on)
    return scope_on(grant, on) if grant else None


def holders_on(level: int, groups: Collection[str], on: date) -> frozenset[str]:
    """Who has a level, or a higher one, over every one of some contractor groups on a day: nobody else is kept from
    applying for it."""
    return frozenset(
        code for code, grants in grants_by_commissioner().items() if _has(grants, level, groups, on)
    )


def has_level_over(commissioner: str, level: int, groups: Collection[str], on: date) -> bool:
    """The same of one commissioner."""
    return _has(grants_of(commissioner), level, groups, on)


def _has(grants: Sequence[Grant], level: int, groups: Collection[str], on: date) -> bool:
    found = [(grant_on(grants, on, group), group) for group in groups]
    return all(
        grant is not None and grant.level >= level and group in scope_on(grant, on).groups
        for grant, group in found
    )


def groups_of(found: Round | PlannedRound) -> tuple[str, ...]:
    """The contractor groups that a round is about. One that is only planned does not say: it may be about all that
    can be delegated by the day on which its powers come on."""
    if isinstance(found, Round):
        return tuple(found.groups)
    return tuple(code for code, group in groups().items() if group.since <= found.effective_on)


def opt_outs_in(scope: Scope) -> list[OptOut]:
    """The choices that a scope has made: all that they reserve is back with NHS England."""
    return [
        each
        for each in opt_outs().values()
        if over(each.reserves, [group for group in each.groups if group in scope.groups]) <= scope.reserved
        and scope.groups & set(each.groups)
    ]


def opt_outs_of(commissioner: str, on: date) -> list[OptOut]:
    """The same for a commissioner on a day."""
    scope = scope_of(commissioner, on)
    return opt_outs_in(scope) if scope else []


def variations(commissioner: str | None = None) -> list[VariationRow]:
    """Every change of scope, or one commissioner's, in order of the days from which they hold."""
    rows = ScopeVariation.objects.select_related("arrangement")
    if commissioner is not None:
        rows = rows.filter(arrangement__commissioner_id=commissioner)
    return [variation_row(each) for each in rows]


def variation_row(row: ScopeVariation) -> VariationRow:
    """A kept change of scope, as pages show it."""
    return VariationRow(
        row.pk,
        row.arrangement_id,
        row.arrangement.commissioner_id,
        row.effective_on,
        tuple(row.groups_added),
        tuple(row.groups_removed),
        tuple(_pairs(row.reserved)),
        tuple(_pairs(row.made_joint)),
        tuple(_pairs(row.restored)),
        row.reasons,
        row.instrument,
        row.source,
        row.made_at,
    )


def _pairs(written: Sequence[str]) -> Iterable[tuple[str, str]]:
    """``power/group`` as it is kept, taken apart."""
    for each in written:
        power, _, group = each.partition("/")
        yield power, group
