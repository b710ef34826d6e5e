"""A full form filled in for tests: every section answered as a commissioner would, and signed by both sides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from remit.delegation import actions
from remit.delegation.models import Application, Round
from remit.delegation.queries.contents import contents_of
from remit.delegation.rules import Question
from remit.kernel.actor import Actor, RoleAt
from remit.kernel.moments import london_day
from tests.delegation_factories import draft, make_commissioners, make_round, officer_of

FULL_ROUND = "2015-full"
SIGNATORY = {"name": "Ada Marsh", "post": "Accountable Officer"}
OFFICE = "Y54"
ANSWERS: Mapping[str, str] = {
    "bid": "alone",
    "contractors": "general_practice",
    "powers_on": "2015-04-01",
    "replace_qof": "yes",
    "constitution": "amended",
    "evidence": "ballot",
    "asked_on": "2014-12-01",
    "members_said": "41 of 50 practices for it.",
    "lmc_view": "It was asked on 1 December and has doubts.",
    "contractor_views": "The committee was asked and takes no side.",
    "allocation": "45,000,000",
    "running_costs": "90,000",
    "pms_review": "By 2016, with the money kept locally.",
    "pressures": "Two premises schemes.",
    "staff_share": "Two people, by agreement.",
    "strategy": "It follows the five-year plan.",
    "directions": "no",
}
UNFUNDED = ("premises", "complaints", "new_practices")
"""The duties that come with nothing; each of the others has £10,000 and half a person."""
LINES: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "powers_wanted": ({"power": "approve_mergers", "use": "Two mergers are waiting."},),
    "capacity": (
        {"what": "Contracting", "wte_now": "1.5", "wte_needed": "4", "plan": ""},
        {"what": "Finance", "wte_now": "1", "wte_needed": "1", "plan": ""},
    ),
    "benefits": (
        {"what": "Shorter waits", "indicator": "Days to a first appointment", "review_on": "2016-04-01"},
        {"what": "More joined-up care", "indicator": "", "review_on": ""},
    ),
    "risks": (
        {"kind": "risk", "what": "Too few people", "response": "Share with a neighbour"},
        {"kind": "reward", "what": "Local schemes", "response": "Design one by June"},
    ),
}


def local_officer(office: str = OFFICE) -> Actor:
    """Somebody at NHS England's local office, or region, of the commissioners."""
    return Actor("test-local", office, frozenset({RoleAt("local_office_officer", office)}))


def make_full_round(code: str = FULL_ROUND, *commissioners: str, level: int = 3, **more: Any) -> Round:
    """A round with the full form, and its commissioners if they are to be made."""
    if commissioners:
        make_commissioners(*commissioners)
    return make_round(code, level=level, process="full", **more)


def lines_for(question: Question, application: Application) -> tuple[Mapping[str, str], ...]:
    """What a commissioner adds to a table."""
    if question.code != "duties":
        return LINES[question.code]
    duties = contents_of(application).form.table_of(question).column("duty").choices
    return tuple(
        {
            "duty": code,
            "pence": "0" if code in UNFUNDED else "10,000",
            "wte": "0" if code in UNFUNDED else "0.5",
            "source": "" if code in UNFUNDED else "Running costs",
            "gap_pence": "5,000" if code in UNFUNDED else "0",
        }
        for code, _ in duties
    )


def fill_in(
    application: Application, *, at: datetime, by: Actor | None = None, leave: tuple[str, ...] = ()
) -> Application:
    """Every question answered but those to `leave`."""
    who = by or officer_of(application.commissioner_id)
    for question in contents_of(application).form.asked(application.round.level, {}):
        if question.code in leave or (not question.is_kept_apart and question.code not in ANSWERS):
            continue
        if question.kind == "statement":
            _save(application, question, {"answer": "yes", "words": "As attached."}, who, at)
        elif question.kind == "rows":
            for line in lines_for(question, application):
                _save(application, question, line, who, at)
        else:
            if question.code == "constitution":
                record_amendment(application.commissioner_id, at=at)
            actions.save_answer(
                application=application.pk,
                question=question.code,
                answer=ANSWERS[question.code],
                by=who,
                at=at,
            )
    return Application.objects.get(pk=application.pk)


def record_amendment(commissioner: str, *, at: datetime, route: str = "amended") -> None:
    """The constitution's amendment, as the commissioner records it."""
    actions.record_evidence(
        kind="constitution_amendment",
        commissioners=[commissioner],
        held_on=london_day(at),
        facts={"route": route},
        source="Minutes of the governing body",
        by=officer_of(commissioner),
        at=at,
    )


def _save(
    application: Application, question: Question, values: Mapping[str, str], by: Actor, at: datetime
) -> None:
    actions.save_line(application=application.pk, question=question.code, values=values, by=by, at=at)


def filled(
    commissioner: str, code: str = FULL_ROUND, *, at: datetime | None = None, leave: tuple[str, ...] = ()
) -> Application:
    """A draft with every question answered, an hour before the deadline unless `at` says otherwise."""
    moment = at or Round.objects.get(pk=code).deadline_at - timedelta(hours=1)
    return fill_in(draft(code, commissioner, answers={}, at=moment), at=moment, leave=leave)


def sign_both(application: Application, *, at: datetime, office: str = OFFICE) -> None:
    """Signed by the commissioner and by NHS England's local office."""
    for by in (officer_of(application.commissioner_id), local_officer(office)):
        actions.sign_application(application=application.pk, **SIGNATORY, by=by, at=at)


def submit_full(
    commissioner: str, code: str = FULL_ROUND, *, at: datetime | None = None, office: str = OFFICE
) -> Application:
    """A full application: filled in, signed by both, submitted."""
    moment = at or Round.objects.get(pk=code).deadline_at - timedelta(hours=1)
    made = filled(commissioner, code, at=moment)
    sign_both(made, at=moment, office=office)
    return actions.submit_application(application=made.pk, by=officer_of(commissioner), at=moment)
