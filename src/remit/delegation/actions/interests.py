"""Before an application: expressions of interest, intentions, “undecided” and “not now”."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from remit.delegation.actions.applying import begin_application
from remit.delegation.actions.finding import PROCESS, refusal
from remit.delegation.models import (
    Application,
    ExpressionOfInterest,
    Invitation,
    PlannedRound,
    PositionStatement,
    Programme,
    Round,
)
from remit.delegation.queries.interests import to_invite
from remit.delegation.rules import levels
from remit.delegation.states.intentions import ANSWERS, INTENDS, NOT_NOW
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import record
from remit.register.queries import kind_on
from remit.register.rules import COMMISSIONER_KINDS

MOST = 2000


@transaction.atomic
def express_interest(
    *,
    programme: str,
    commissioner: str,
    level: int,
    would_manage_performance: bool,
    words: str = "",
    by: Actor,
    at: datetime,
) -> ExpressionOfInterest:
    """Say, before a round, at which level a commissioner would like to commission. The same again changes nothing;
    something else takes its place until it became an application.

    By the commissioner, or by the programme that was told of it. Raises `Refused`: ``not_permitted``, ``not_found``,
    ``not_a_commissioner``, ``no_such_level``, ``too_long``, ``wrong_state``.
    """
    _require_may_speak(by, commissioner)
    _require_found(programme, commissioner, at)
    words = words.strip()
    if level not in levels():
        raise refusal("no_such_level", f"There is no Level {level}. Choose 1, 2 or 3.")
    if len(words) > MOST:
        raise refusal("too_long", f"Use at most {MOST:,} characters.")
    said = {"level": level, "would_manage_performance": would_manage_performance, "words": words}
    rows = ExpressionOfInterest.objects.select_for_update()
    earlier = rows.filter(programme_id=programme, commissioner_id=commissioner).first()
    if earlier is not None and {name: getattr(earlier, name) for name in said} == said:
        return earlier
    if earlier is not None and earlier.application_id:
        raise refusal("wrong_state", "It became an application. Change that instead.")
    made = earlier or ExpressionOfInterest(programme_id=programme, commissioner_id=commissioner)
    for name, value in {**said, "expressed_at": at, "expressed_by": by.person}.items():
        setattr(made, name, value)
    made.save()
    record(
        act="interest.expressed",
        by=by,
        at=at,
        subject=f"programme/{programme}",
        under=PROCESS,
        details={
            "commissioner": commissioner,
            "level": level,
            "would_manage_performance": would_manage_performance,
        },
    )
    return made


@transaction.atomic
def convert_interest(*, interest: str, round_code: str, by: Actor, at: datetime) -> Application:
    """Begin an application from an expression of interest, and keep the link. Again gives the same application.

    Raises `Refused`: ``not_found``, ``wrong_round`` (of another programme or level), ``already_begun`` without it, and
    what `begin_application` does.
    """
    found = ExpressionOfInterest.objects.select_for_update().filter(pk=interest).first()
    held = Round.objects.filter(pk=round_code).first()
    if found is None or held is None:
        raise refusal("not_found", "There is no such expression of interest, or no such round.")
    require(may(by, Permission.APPLY, found.commissioner_id))
    if found.application is not None:
        if found.application.round_id != round_code:
            raise refusal("wrong_round", f"It became an application in {found.application.round_id}.")
        return found.application
    if held.programme_id != found.programme_id:
        raise refusal("wrong_round", f"{held.title} is not a round of the programme {found.programme_id}.")
    if Application.objects.filter(round=held, commissioner_id=found.commissioner_id).exists():
        raise refusal("already_begun", "An application was begun without it. Go on with that one.")
    made = begin_application(
        round_code=round_code, commissioner=found.commissioner_id, interest=found.pk, by=by, at=at
    )
    found.application = made
    found.save(update_fields=["application"])
    return made


@transaction.atomic
def state_position(
    *,
    programme: str,
    commissioner: str,
    answer: str,
    level: int | None = None,
    reasons: str = "",
    by: Actor,
    at: datetime,
) -> PositionStatement:
    """Say what a commissioner plans: it intends to apply at a level, is undecided, or says “not now” with a reason.

    An intention is no application; it lapses with the last deadline of its level. Who says “not now” is invited when
    the next round is opened. Raises `Refused`: ``not_permitted``, ``not_found``, ``not_a_commissioner``,
    ``no_such_answer``, ``no_such_level``, ``no_reasons``, ``late``.
    """
    _require_may_speak(by, commissioner)
    _require_found(programme, commissioner, at)
    reasons = reasons.strip()
    if answer not in ANSWERS:
        raise refusal("no_such_answer", f"Choose one of: {', '.join(ANSWERS)}.")
    if (answer == INTENDS) != (level is not None) or (level is not None and level not in levels()):
        raise refusal("no_such_level", "Choose the level that it intends to apply for: 1, 2 or 3.")
    if len(reasons) > MOST or (answer == NOT_NOW and not reasons):
        raise refusal("no_reasons", f"Say why not now, in at most {MOST:,} characters.")
    planned = PlannedRound.objects.filter(programme_id=programme, level=level or 0).order_by("deadline_at")
    if (latest := planned.last()) is not None:
        require(latest.deadline.admits(at))
    last = PositionStatement.objects.filter(programme_id=programme, commissioner_id=commissioner).last()
    if last is not None and (last.answer, last.level, last.reasons) == (answer, level, reasons):
        return last
    made = PositionStatement.objects.create(
        programme_id=programme,
        commissioner_id=commissioner,
        answer=answer,
        level=level,
        reasons=reasons,
        stated_at=at,
        stated_by=by.person,
    )
    invited = _invite_to_coming(made, by, at) if answer == NOT_NOW else []
    record(
        act="position.stated",
        by=by,
        at=at,
        subject=f"programme/{programme}",
        under=PROCESS,
        details={
            "commissioner": commissioner,
            "answer": answer,
            "level": level,
            **({"invited_to": invited} if invited else {}),
        },
    )
    return made


def _invite_to_coming(made: PositionStatement, by: Actor, at: datetime) -> list[str]:
    """Invite who said “not now” to the next rounds that are set up but not open, and answer these rounds' codes."""
    coming = Round.objects.filter(opens_at__gt=at).order_by("opens_at", "code")
    return [row.code for row in coming if invite_to(row, statement=made.pk, by=by, at=at)]


def invite_to(opened: Round, *, statement: str = "", by: Actor, at: datetime) -> list[str]:
    """Part of opening a round: invite who had said “not now”, and answer their codes; with `statement`, who is
    invited by that one alone."""
    found = {code: said for code, said in to_invite(opened, at).items() if statement in {"", said}}
    Invitation.objects.bulk_create(
        Invitation(round=opened, commissioner_id=code, statement_id=said, invited_at=at, invited_by=by.person)
        for code, said in sorted(found.items())
    )
    return sorted(found)


def _require_may_speak(by: Actor, commissioner: str) -> None:
    if not may(by, Permission.RUN_ROUNDS).allowed:
        require(may(by, Permission.APPLY, commissioner))


def _require_found(programme: str, commissioner: str, at: datetime) -> None:
    if not Programme.objects.filter(pk=programme).exists():
        raise refusal("not_found", "There is no such programme.")
    if kind_on(commissioner, london_day(at)) not in COMMISSIONER_KINDS:
        raise refusal("not_a_commissioner", f"{commissioner} is no commissioner of primary care today.")
