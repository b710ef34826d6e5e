"""Along the chain: the local office endorses, the region moderates, the nation moderates and concludes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from remit.delegation.actions.chain import (
    PAIR,
    SENT_BACK,
    committed,
    fitting_score,
    require_no_interest,
    require_place,
    said,
    taken_up,
)
from remit.delegation.actions.finding import refusal, subject
from remit.delegation.models import Assessment, ModeratedScore, StageView
from remit.delegation.queries.scores import lines_of
from remit.delegation.rules import criteria, stage_views
from remit.delegation.states.assessments import (
    ALLOCATED,
    LOCAL,
    NATIONAL,
    RAISED,
    READY,
    REGIONAL,
    STAGE_STEPS,
    STAGE_WORDS,
    may_move,
    way,
)
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.actions import record

BACK = {REGIONAL: LOCAL, NATIONAL: REGIONAL, READY: NATIONAL}


@transaction.atomic
def endorse_application(*, application: str, view: str, reasons: str, by: Actor, at: datetime) -> Assessment:
    """The commissioner's local office says what it thinks of an application, which goes on to the region.

    The same again changes nothing. Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``,
    ``conflicted``, ``no_such_view``, ``no_reasons``, ``sealed``.
    """
    found = taken_up(application)
    require_place(by, Permission.ENDORSE, found.application.commissioner_id, "local_office", at)
    return _moved(found, LOCAL, REGIONAL, view, reasons, by, at)


@transaction.atomic
def moderate_in_region(*, application: str, view: str, reasons: str, by: Actor, at: datetime) -> Assessment:
    """The region says what it thinks of an application, which goes on to the nation.

    The same again changes nothing. Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``,
    ``conflicted``, ``no_such_view``, ``no_reasons``, ``sealed``.
    """
    found = taken_up(application)
    require_place(by, Permission.MODERATE_IN_REGION, found.application.commissioner_id, "region", at)
    return _moved(found, REGIONAL, NATIONAL, view, reasons, by, at)


@transaction.atomic
def send_back_assessment(*, application: str, reasons: str, by: Actor, at: datetime) -> Assessment:
    """Send an application back to the stage before. Again changes nothing, until it comes on once more.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``conflicted``, ``no_reasons``.
    """
    found = taken_up(application)
    last = found.views.last()
    if last is not None and (last.view, last.reasons, last.made_by) == (
        SENT_BACK,
        reasons.strip(),
        by.person,
    ):
        return found
    if found.state == REGIONAL:
        require_place(by, Permission.MODERATE_IN_REGION, found.application.commissioner_id, "region", at)
    else:
        require(may(by, Permission.MODERATE))
    return _moved(found, found.state, BACK.get(found.state, LOCAL), SENT_BACK, reasons, by, at)


@transaction.atomic
def moderate_score(
    *, application: str, criterion: str, score: int, reasons: str, by: Actor, at: datetime
) -> ModeratedScore:
    """Settle one criterion once both assessors' scores are in, with why. The last one counts.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``conflicted``, ``own_assessment``,
    ``scores_not_in``, ``no_such_criterion``, ``no_such_score``, ``no_justification``, ``scores_agree``.
    """
    require(may(by, Permission.MODERATE))
    found = taken_up(application)
    _require_moderator(found, by, at)
    if found.state != NATIONAL:
        message = (
            f"Scores are moderated at national moderation; this is at {STAGE_WORDS[found.state].lower()}."
        )
        raise refusal("wrong_state", message, PAIR)
    lines = lines_of(found, london_day(at))
    if lines is None:
        raise refusal("scores_not_in", "Both assessors hand in their scores first.", PAIR)
    kept = fitting_score(criterion, score, reasons)
    if any(line.criterion.code == criterion and not line.difference for line in lines):
        message = f"Both gave “{criteria()[criterion].name}” the same score, and that stands. "
        raise refusal("scores_agree", f"{message}Settle only where the two differ.", PAIR)
    earlier = found.moderated.filter(criterion=criterion).first()
    if earlier is not None and (earlier.score, earlier.reasons) == (score, kept):
        return earlier
    made, _ = ModeratedScore.objects.update_or_create(
        assessment=found,
        criterion=criterion,
        defaults={"score": score, "reasons": kept, "moderated_at": at, "moderated_by": by.person},
    )
    record(
        act="assessment.score_moderated",
        by=by,
        at=at,
        subject=subject(found.application),
        under=PAIR,
        details={
            "score": committed(
                {"criterion": criterion, "score": score, "why": kept}, subject(found.application)
            )
        },
    )
    return made


@transaction.atomic
def conclude_assessment(*, application: str, view: str, reasons: str, by: Actor, at: datetime) -> Assessment:
    """Conclude national moderation: the application is ready for a decision. The same again changes nothing.

    Raises `Refused`: ``not_found``, ``not_permitted``, ``wrong_state``, ``conflicted``, ``own_assessment``,
    ``scores_not_in``, ``not_moderated``, ``open_flags``, ``no_such_view``, ``no_reasons``.
    """
    require(may(by, Permission.MODERATE))
    found = taken_up(application)
    _require_moderator(found, by, at)
    if found.state == NATIONAL:
        _require_settled(found, at)
    return _moved(found, NATIONAL, READY, view, reasons, by, at)


def _require_moderator(found: Assessment, by: Actor, at: datetime) -> None:
    require_no_interest(by.person, found.application, at)
    if found.assignments.filter(person=by.person).exists():
        message = "You were an assessor of this application. Somebody else moderates it."
        raise refusal("own_assessment", message, PAIR)


def _require_settled(found: Assessment, at: datetime) -> None:
    lines = lines_of(found, london_day(at))
    if lines is None:
        raise refusal("scores_not_in", "Both assessors hand in their scores first.", PAIR)
    left = [criteria()[line.criterion.code].name for line in lines if line.needs_moderation]
    if left:
        raise refusal("not_moderated", f"The two scores differ. Moderate these: {', '.join(left)}.", PAIR)
    if found.flags.filter(state__in=(RAISED, ALLOCATED)).exists():
        raise refusal("open_flags", "Flags are open. Each is resolved or stopped first.", PAIR)


def _moved(
    found: Assessment, before: str, after: str, view: str, reasons: str, by: Actor, at: datetime
) -> Assessment:
    """Keep a view and take the assessment to its next stage."""
    last = found.views.last()
    said_before = (last.stage, last.view, last.reasons, last.went_to) if last else None
    if said_before == (before, view, reasons.strip(), found.state):
        return found
    if view not in stage_views() and view != SENT_BACK:
        raise refusal("no_such_view", "Select what you think of the application.")
    require_no_interest(by.person, found.application, at, may_have_written=before == LOCAL)
    kept = said(reasons)
    if found.state != before:
        require(may_move(STAGE_STEPS, STAGE_WORDS, "assessment", found.state, after))
        raise refusal("wrong_state", f"The assessment is not at {STAGE_WORDS[before].lower()}.")
    require(may_move(STAGE_STEPS, STAGE_WORDS, "assessment", before, after))
    taken = way(STAGE_STEPS, before, after)
    found.state = after
    found.save(update_fields=["state"])
    StageView.objects.create(
        assessment=found,
        stage=before,
        went_to=after,
        view=view,
        reasons=kept,
        organisation=by.acting_for,
        made_at=at,
        made_by=by.person,
    )
    record(
        act="assessment.moved",
        by=by,
        at=at,
        subject=subject(found.application),
        under=taken.clause if taken else PAIR,
        details={
            "view": committed(
                {"stage": before, "view": view, "reasons": kept, "to": after}, subject(found.application)
            )
        },
    )
    return found
