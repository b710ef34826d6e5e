"""The scope of an arrangement is varied: groups added or removed, powers kept back, made joint or restored."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from remit.delegation.actions.finding import refusal
from remit.delegation.models import Arrangement, ScopeVariation
from remit.delegation.queries.powers import group_of, power_of
from remit.delegation.queries.scope import grant_from
from remit.delegation.rules import groups, levels, powers
from remit.engines.permissions import Permission, may
from remit.engines.powers import Held, said_day, scope_on
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import record

VARIATION = "Delegation agreement: changed by consensual variation"


@dataclass(frozen=True)
class ScopeChange:
    """What a variation changes. Powers are codes of the catalogue; they change over the groups in `over`, or over
    every group that the arrangement covers from then on where that is empty."""

    groups_added: tuple[str, ...] = ()
    groups_removed: tuple[str, ...] = ()
    reserved: tuple[str, ...] = ()
    made_joint: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    over: tuple[str, ...] = ()


@transaction.atomic
def vary_scope(
    *,
    arrangement: str,
    change: ScopeChange,
    effective_on: date,
    instrument: str,
    reasons: str,
    source: str = "",
    by: Actor,
    at: datetime,
) -> ScopeVariation:
    """Vary what an arrangement covers, from a day on. The same change again gives the same variation.

    A change for a day that has gone by needs the `source` that states it. `instrument` is what makes the change,
    such as a deed of variation.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``no_such_group``, ``no_such_power``, ``no_words``,
    ``wrong_dates``, ``too_early`` where nobody could have the group yet, ``nothing_to_vary`` at a level that gives
    no powers, ``contradiction``, ``no_change``.
    """
    require(may(by, Permission.RUN_ROUNDS))
    found = Arrangement.objects.select_for_update().filter(pk=arrangement).first()
    if found is None:
        raise refusal("not_found", "There is no such arrangement.")
    words = {
        "reasons": reasons.strip(),
        "instrument": " ".join(instrument.split()),
        "source": " ".join(source.split()),
    }
    _require_words(**words)
    _require_sense(change)
    _require_day(found, change, effective_on, at, words["source"])
    lists = _lists(found, change, effective_on)
    earlier = _same(found, effective_on, lists)
    if earlier is not None:
        return earlier
    _require_effect(found, lists, effective_on)
    made = ScopeVariation.objects.create(
        arrangement=found, effective_on=effective_on, made_at=at, made_by=by.person, **lists, **words
    )
    record(
        act="scope.varied",
        by=by,
        at=at,
        subject=f"scope_variation/{made.pk}",
        under=VARIATION,
        details={
            "arrangement": found.pk,
            "commissioner": found.commissioner_id,
            "effective_on": effective_on.isoformat(),
            **lists,
            **words,
        },
    )
    return made


def widen_scope(
    held: Arrangement, wanted: Collection[str], on: date, instrument: str, by: Actor, at: datetime
) -> bool:
    """Add contractor groups that an arrangement does not cover on a day; whether there were any. Part of another
    act, in its transaction."""
    gained = [code for code in groups() if code in set(wanted) - scope_on(grant_from(held), on).groups]
    if gained:
        _by_agreement(held, on, {"groups_added": gained}, instrument, by, at)
    return bool(gained)


def narrow_scope(
    held: Arrangement, spared: Collection[str], on: date, instrument: str, by: Actor, at: datetime
) -> None:
    """Take contractor groups away again, from a day on, where an agreement that added them ends. Part of another
    act, in its transaction."""
    lost = [code for code in groups() if code in set(spared) & scope_on(grant_from(held), on).groups]
    if lost:
        _by_agreement(held, on, {"groups_removed": lost}, instrument, by, at)


def _by_agreement(
    held: Arrangement, on: date, lists: dict[str, list[str]], instrument: str, by: Actor, at: datetime
) -> None:
    ScopeVariation.objects.create(
        arrangement=held,
        effective_on=on,
        reasons="As the agreement says.",
        instrument=instrument,
        made_at=at,
        made_by=by.person,
        **lists,
    )


def carry_scope(before: Arrangement, made: Arrangement, on: date) -> None:
    """A successor takes the scope over with the arrangement: what it covers that day, and changes still to come.

    Part of another act, in its transaction. A successor that had the arrangement already only gains groups.
    """
    scope = scope_on(grant_from(before), on)
    if made.succeeds_id != before.pk:
        gained = sorted(scope.groups - scope_on(grant_from(made), on).groups)
        if gained:
            _carried(before, made, on, {"groups_added": gained})
        return
    made.groups = [code for code in groups() if code in scope.groups]
    made.save(update_fields=["groups"])
    kept = {"reserved": _written(scope.reserved), "made_joint": _written(scope.joint)}
    if any(kept.values()):
        _carried(before, made, on, kept)
    for each in before.variations.filter(effective_on__gt=on):
        lists = {name: getattr(each, name) for name in LISTS}
        _carried(before, made, each.effective_on, lists, each)


LISTS = ("groups_added", "groups_removed", "reserved", "made_joint", "restored")


def _carried(
    before: Arrangement,
    made: Arrangement,
    on: date,
    lists: dict[str, list[str]],
    was: ScopeVariation | None = None,
) -> None:
    ScopeVariation.objects.create(
        arrangement=made,
        effective_on=on,
        reasons=was.reasons if was else "Taken over with the arrangement.",
        instrument=was.instrument if was else f"Succession to {before.commissioner_id}",
        source=was.source if was else "",
        made_at=made.made_at,
        made_by=made.made_by,
        **lists,
    )


def _require_words(reasons: str, instrument: str, source: str) -> None:
    if not 0 < len(reasons) <= 2000:
        raise refusal("no_words", "Say why the scope is varied, in at most 2,000 characters.", VARIATION)
    if not 0 < len(instrument) <= 300:
        raise refusal("no_words", "Say what makes the change, in at most 300 characters.", VARIATION)
    if len(source) > 300:
        raise refusal("no_words", "Name the source in at most 300 characters.", VARIATION)


def _require_sense(change: ScopeChange) -> None:
    """Every code is known, and none is named for two things at once."""
    for code in (*change.groups_added, *change.groups_removed, *change.over):
        group_of(code)
    named = [power_of(code).code for code in (*change.reserved, *change.made_joint, *change.restored)]
    twice = sorted({each for each in named if named.count(each) > 1})
    twice += sorted(set(change.groups_added) & set(change.groups_removed))
    if twice:
        raise refusal("contradiction", f"Named for two things at once: {', '.join(twice)}.", VARIATION)
    if not (named or change.groups_added or change.groups_removed):
        raise refusal("no_change", "Say which groups or powers change.", VARIATION)


def _require_day(
    found: Arrangement, change: ScopeChange, effective_on: date, at: datetime, source: str
) -> None:
    if effective_on < found.effective_on or (found.last_on and effective_on > found.last_on):
        raise refusal(
            "wrong_dates", f"The arrangement is not in force on {said_day(effective_on)}.", VARIATION
        )
    if effective_on < london_day(at) and not source:
        raise refusal(
            "wrong_dates",
            f"{said_day(effective_on)} has gone by: choose today or a later day, or name the source that states "
            "that the scope changed then.",
            VARIATION,
        )
    for group in (groups()[code] for code in change.groups_added):
        if effective_on < group.since:
            raise refusal(
                "too_early", f"Nobody could have {group.name} before {said_day(group.since)}.", group.note
            )


def _lists(found: Arrangement, change: ScopeChange, on: date) -> dict[str, list[str]]:
    """The change as it is kept: powers by the groups over which they change."""
    covered = scope_on(grant_from(found), on).groups | set(change.groups_added)
    over = [code for code in groups() if code in (change.over or covered - set(change.groups_removed))]

    def written(codes: tuple[str, ...]) -> list[str]:
        named = [power_of(code) for code in codes]
        return _written((power.code, group) for power in named for group in over if group in power.groups)

    return {
        "groups_added": [code for code in groups() if code in change.groups_added],
        "groups_removed": [code for code in groups() if code in change.groups_removed],
        "reserved": written(change.reserved),
        "made_joint": written(change.made_joint),
        "restored": written(change.restored),
    }


def _written(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return sorted(f"{power}/{group}" for power, group in pairs)


def _same(found: Arrangement, on: date, lists: dict[str, list[str]]) -> ScopeVariation | None:
    """The variation of that day with the same lists, if it was made before."""
    for each in found.variations.filter(effective_on=on):
        if all(getattr(each, name) == lists[name] for name in LISTS):
            return each
    return None


def _require_effect(found: Arrangement, lists: dict[str, list[str]], on: date) -> None:
    """The level gives what is varied, and something changes."""
    if not any(power.at_level(found.level) is not Held.NONE for power in powers().values()):
        raise refusal(
            "nothing_to_vary",
            f"{levels()[found.level].title}, gives no powers that could be varied.",
            VARIATION,
        )
    scope = scope_on(grant_from(found), on)
    covered = set(scope.groups)
    kept = set(_written(scope.reserved | scope.joint))
    changes = (
        set(lists["groups_added"]) - covered
        or set(lists["groups_removed"]) & covered
        or set(lists["reserved"]) - set(_written(scope.reserved))
        or set(lists["made_joint"]) - set(_written(scope.joint))
        or set(lists["restored"]) & kept
    )
    if not changes:
        raise refusal("no_change", f"That is how it is already on {said_day(on)}.", VARIATION)
    if not (covered | set(lists["groups_added"])) - set(lists["groups_removed"]):
        raise refusal("no_change", "An arrangement covers at least one group: end it instead.", VARIATION)
