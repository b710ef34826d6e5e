"""A round in the full process on commissioners of our own: filled in, signed, assessed by a pair, all by its actions.

Copies of its applications are made as rows, for what is measured at several times the size of the nation.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bench.apart import say
from bench.rush_drafts import codes
from remit.engines.deadlines import Deadline

ROUND = "national"
REGION = "Y54"
AT_ONCE = 20
SETTLED = timedelta(days=40)
"""From the deadline until everything is scored and concluded."""


@dataclass(frozen=True)
class Made:
    """The round, and its applications with their commissioners."""

    planned: Any
    applications: tuple[tuple[str, str], ...]


def load_commissioners(of: list[str], now: datetime) -> None:
    """So many integrated care boards of one region."""
    from remit.cli.owner import owner
    from remit.register.actions import Provenance, import_file

    file = io.StringIO()
    write = csv.writer(file)
    write.writerow(["code", "kind", "name", "opened_on", "closed_on", "parent_relation", "parent_code"])
    write.writerow(["X24", "national_body", "NHS England", "2013-04-01", "", "", ""])
    write.writerow([REGION, "region", "The North", "2013-04-01", "", "", ""])
    write.writerows([code, "icb", f"NHS Board {code} ICB", "2022-07-01", "", "region", REGION] for code in of)
    provenance = Provenance("organisations.csv", now.date())
    import_file(
        kind="organisations", data=file.getvalue().encode(), provenance=provenance, by=owner(), at=now
    )


def plan_round(deadline: datetime, now: datetime, code: str = ROUND) -> Any:
    """What is planned: the full process, Level 3."""
    from remit.demo.timeline.plan import PlannedRound

    return PlannedRound(
        code=code,
        title="Delegated commissioning everywhere",
        level=3,
        opens_at=deadline - timedelta(days=60),
        deadline=Deadline(deadline),
        decisions_due_on=(now + timedelta(days=90)).date(),
        effective_on=(now + timedelta(days=150)).date(),
        decided_at=now - timedelta(hours=3),
        announced_at=now - timedelta(hours=2),
        signed_at=now,
        process="full",
    )


def open_round(planned: Any) -> None:
    """Its programme set up and published, and the round opened."""
    from remit.demo.timeline.programmes import plan, publish, set_up
    from remit.demo.timeline.rounds import open_planned

    since = planned.opens_at - timedelta(days=9)
    set_up(planned.programme, "Delegation everywhere", "full", since)
    plan(planned.programme, (planned,), since)
    publish(planned.programme, "full", since)
    open_planned(planned, planned.opens_at)


def fill_one(planned: Any, commissioner: str, number: int, at: datetime) -> str:
    """A draft with all twelve sections. Answers its id."""
    from remit.delegation.actions import begin_application
    from remit.demo.timeline.events import local_officer_at, officer_of
    from remit.demo.timeline.full_form import fill, general_bid

    own = officer_of(commissioner)
    made = begin_application(round_code=planned.code, commissioner=commissioner, by=own, at=at).pk
    bid = general_bid(number, planned.effective_on, at.date() - timedelta(days=30))
    fill(made, bid, own=own, local=local_officer_at(REGION), at=at)
    return str(made)


def make(count: int, now: datetime, at_once: int = AT_ONCE) -> Made:
    """So many commissioners, each with an application that was signed, submitted, scored twice and moderated."""
    from django.db import transaction

    from remit.demo.timeline.events import local_officer_at, officer_of
    from remit.demo.timeline.full_form import sign_and_submit

    say(f"  a national round: {count:,} applications of twelve sections")
    every = codes(count)
    load_commissioners(every, now - timedelta(days=200))
    planned = plan_round(now - SETTLED, now)
    open_round(planned)
    made = []
    for start in range(0, count, at_once):
        with transaction.atomic():
            for number, code in enumerate(every[start : start + at_once], start):
                at = planned.deadline.at - timedelta(days=2, minutes=-number)
                application = fill_one(planned, code, number, at)
                signed_at = at + timedelta(minutes=1)
                sign_and_submit(
                    application, own=officer_of(code), local=local_officer_at(REGION), at=signed_at
                )
                made.append((application, code))
    for batch in _batches(made, at_once):
        with transaction.atomic():
            for number, (application, code) in batch:
                _assess(application, code, number, planned.deadline.at)
    return Made(planned, tuple(made))


def _batches(made: list[Any], size: int) -> Iterator[list[tuple[int, Any]]]:
    numbered = list(enumerate(made))
    for start in range(0, len(numbered), size):
        yield numbered[start : start + size]


def _assess(application: str, commissioner: str, number: int, since: datetime) -> None:
    """Endorsed, moderated in its region, and scored by two; of every third the two differ."""
    from remit.demo.timeline.assessing import Team, assign, endorse, moderate_region, score, scores

    team, at = Team(), since + timedelta(days=7, minutes=number)
    endorse(application, commissioner, None, at)
    moderate_region(application, commissioner, None, at)
    assign(application, team, at)
    score(application, scores(number), team.first, at)
    score(application, scores(number, is_stricter=number % 3 == 0), team.second, at)


def decide_all(made: Made, at: datetime) -> None:
    """All of them concluded, approved and announced."""
    from remit.delegation.actions import announce_decisions
    from remit.demo.timeline.assessing import Team, conclude
    from remit.demo.timeline.events import PROGRAMME
    from remit.demo.timeline.full_rounds import decide

    for number, (application, _) in enumerate(made.applications):
        conclude(application, number, number % 3 == 0, Team(), at)
        decide(application, "approved", at)
    announce_decisions(
        code="everywhere",
        rounds=[ROUND],
        headline=f"{len(made.applications)} commissioners approved for Level 3",
        by=PROGRAMME,
        at=at,
    )


# -- copies --------------------------------------------------------------------------------------------------


def copy_round(letter: str) -> None:
    """Another application beside each first one, by the commissioner whose code has that letter before it."""
    from bench.nations import copy_once
    from remit.delegation.models import Application

    copy_once(letter)
    first = Application.objects.filter(round=ROUND, commissioner_id__lt="a")
    copy_applications(
        {pk: (letter + pk[1:], letter + code) for pk, code in first.values_list("pk", "commissioner")}
    )


def copy_drafts(first: str, to: list[str], at: datetime) -> dict[str, str]:
    """The same draft for other commissioners, with what shows that theirs is amended too. Answers their ids, by
    commissioner."""
    from remit.delegation.models.applications import new_id
    from remit.demo.timeline.events import officer_of
    from remit.demo.timeline.full_form import record_amendment

    made = {code: str(new_id()) for code in to}
    for code, pk in made.items():
        copy_applications({first: (pk, code)})
        record_amendment(pk, officer_of(code), at)
    return made


def copy_applications(to: Mapping[str, tuple[str, str]]) -> None:
    """Everything of some applications once more; `to`: the id and the commissioner of the copy, by id."""
    from django.db import transaction

    from remit.delegation import models

    with transaction.atomic():
        applications = {pk: copy for pk, (copy, _) in to.items()}
        made = _rows(models.Application, pk__in=to)
        for row in made:
            row.pk, row.commissioner_id = to[row.pk]
        _keep(models.Application, made)
        for model in (
            *(models.Statement, models.DutyLine, models.CapacityLine, models.Benefit, models.RiskOrReward),
            *(models.PowerWanted, models.Signature, models.Assessment),
        ):
            _copy(model, "application", applications)
        _copy(models.StageView, "assessment", applications)
        _copy(models.Score, "assignment", _copy(models.Assignment, "assessment", applications))


def _copy(model: Any, owner: str, copies: Mapping[str, str]) -> dict[str, str]:
    """The rows of those that were copied, for their copies. Answers the ids of the rows made, by those they are of."""
    from remit.delegation.models.applications import new_id

    rows, made = _rows(model, **{f"{owner}__in": copies}), {}
    for row in rows:
        setattr(row, f"{owner}_id", copies[getattr(row, f"{owner}_id")])
        if model._meta.pk.is_relation:
            continue
        if isinstance(row.pk, str):
            was, row.pk = row.pk, str(new_id())
            made[was] = row.pk
        else:
            row.pk = None
    _keep(model, rows)
    return made


def _rows(model: Any, **which: Any) -> list[Any]:
    return list(model.objects.filter(**{name: list(keys) for name, keys in which.items()}))


def _keep(model: Any, rows: list[Any]) -> None:
    model.objects.bulk_create(rows, batch_size=500)
