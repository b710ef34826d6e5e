"""Opening a round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.validators import slug_re
from django.db import transaction

from remit.delegation.actions.finding import FORM_ADDRESS, refusal
from remit.delegation.actions.interests import invite_to
from remit.delegation.actions.readiness import require_dates, require_feasible, require_published
from remit.delegation.models import FrozenForm, Round
from remit.delegation.rules import SHORT, contractor_groups, form_as_it_stands, levels, processes
from remit.engines.deadlines import Deadline
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.canonical import canonical_json, sha256_hex
from remit.kernel.decision import require
from remit.kernel.moments import london_day, rfc3339
from remit.ledger.actions import record
from remit.register.rules import commissioner_kind_on


@transaction.atomic
def open_round(
    *,
    code: str,
    title: str,
    level: int,
    opens_at: datetime,
    deadline: Deadline,
    decisions_due_on: date | None,
    effective_on: date,
    process: str = SHORT,
    groups: Sequence[str] = ("general_practice",),
    is_sealed: bool = False,
    programme: str = "",
    is_strict: bool = False,
    by: Actor,
    at: datetime,
) -> Round:
    """Open a round of applications for a level, from `opens_at` to its deadline. The same again changes nothing.

    Its form is frozen as the rulebook has it now, for its level and groups. `is_sealed`: no assessor
    reads an application before the deadline.
    In a `programme` it opens on the dates that were planned, once the documents of its process are public; without
    one only a process that publishes none can be followed. `is_strict`: the timetable linter can stop it. Whoever
    said “not now” before is invited.
    Raises `Refused`: ``not_permitted``, ``no_such_level``, ``no_such_process``, ``no_such_group``, ``not_a_code``,
    ``no_title``, ``closes_first``, ``effective_first``, ``wrong_due_day``, ``already_exists`` for another
    round of that code, ``deadline_passed``, ``not_found`` (the programme), ``not_as_planned``, ``not_published``,
    ``impossible_dates``, ``infeasible``.
    """
    require(may(by, Permission.RUN_ROUNDS))
    wanted = Round(
        code=code,
        title=" ".join(title.split()),
        level=level,
        process=process,
        groups=sorted(set(groups), key=list(contractor_groups()).index) if _are_groups(groups) else [],
        is_sealed=is_sealed,
        programme_id=programme or None,
        is_strict=is_strict,
        opens_at=opens_at,
        deadline_at=deadline.at,
        deadline_is_inclusive=deadline.is_inclusive,
        decisions_due_on=decisions_due_on,
        effective_on=effective_on,
        made_at=at,
        made_by=by.person,
    )
    _require_sound(wanted)
    earlier = Round.objects.filter(pk=code).first()
    if earlier is not None:
        if _terms(earlier) != _terms(wanted):
            raise refusal("already_exists", f"There is another round {code}. Choose another code.")
        return earlier
    if deadline.has_passed(at):
        raise refusal("deadline_passed", "The deadline has passed already. Choose a later one.")
    require_published(wanted)
    if is_strict:
        require_feasible(wanted)
    wanted.form = _frozen(wanted)
    wanted.save(force_insert=True)
    invited = invite_to(wanted, by=by, at=at)
    record(
        act="round.opened",
        by=by,
        at=at,
        subject=f"round/{code}",
        under="Round's process",
        details={**_terms(wanted), "form": wanted.form.sha256, "invited": invited},
    )
    return wanted


def _are_groups(groups: Sequence[str]) -> bool:
    return bool(groups) and set(groups) <= set(contractor_groups())


def _frozen(wanted: Round) -> FrozenForm:
    kind = commissioner_kind_on(london_day(wanted.opens_at))
    content = form_as_it_stands(wanted.process, wanted.level, wanted.groups, kind)
    kept, _ = FrozenForm.objects.get_or_create(
        sha256=sha256_hex(canonical_json(content)), defaults={"content": content}
    )
    return kept


def _require_sound(wanted: Round) -> None:
    if wanted.level not in levels():
        raise refusal("no_such_level", f"There is no Level {wanted.level}. Choose 1, 2 or 3.")
    if wanted.process not in processes():
        known = ", ".join(processes())
        raise refusal("no_such_process", f"There is no process “{wanted.process}”. Choose one of: {known}.")
    if not wanted.groups:
        known = ", ".join(contractor_groups())
        raise refusal("no_such_group", f"Choose the groups of contractors that it is about, of: {known}.")
    if not slug_re.match(wanted.code) or len(wanted.code) > 60 or wanted.code == FORM_ADDRESS:
        raise refusal("not_a_code", "The code can have letters, digits and hyphens, at most 60.")
    if not wanted.title or len(wanted.title) > 200:
        raise refusal("no_title", "Enter a title of at most 200 characters.")
    require_dates(wanted.opens_at, wanted.deadline_at, wanted.decisions_due_on, wanted.effective_on)


def _terms(found: Round) -> dict[str, object]:
    return {
        "title": found.title,
        "level": found.level,
        "process": found.process,
        "groups": found.groups,
        "is_sealed": found.is_sealed,
        "programme": found.programme_id or "",
        "is_strict": found.is_strict,
        "opens_at": rfc3339(found.opens_at),
        "deadline_at": rfc3339(found.deadline_at),
        "deadline_is_inclusive": found.deadline_is_inclusive,
        "decisions_due_on": found.decisions_due_on.isoformat() if found.decisions_due_on else None,
        "effective_on": found.effective_on.isoformat(),
    }
