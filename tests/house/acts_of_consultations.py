"""What it takes to call each act of the consultations room once, now: for test_actions.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from remit.consultations import actions
from remit.consultations.models import Consultation
from remit.documents.actions import keep_document
from tests.constitution_factories import TODAY, secretary_of
from tests.consultation_factories import answer, answer_as_gp, make_consultation, manager_of
from tests.factories import NOW
from tests.meeting_factories import call, make_members

Act = Callable[[], Any]
BY = secretary_of("00A")
BEFORE = NOW - timedelta(days=40)


def made(**more: Any) -> Consultation:
    make_members("00A", "A00001")
    return make_consultation(**more)


def closed() -> Consultation:
    found = made(at=BEFORE)
    answer(found, "A00001", words="Too fast.", at=BEFORE)
    return found


def draft_consultation() -> Act:
    make_members("00A", "A00001")
    return lambda: make_consultation(publish=False)


def attach_document() -> Act:
    found = made()
    kept = keep_document(name="a.txt", content=b"A.", owner="00A", is_public=True, by=BY, at=NOW)
    return lambda: actions.attach_document(consultation=found.pk, document=kept.pk, by=BY, at=NOW)


def attach_event() -> Act:
    found, meeting = made(), call(days=9)
    return lambda: actions.attach_event(consultation=found.pk, meeting=meeting.pk, by=BY, at=NOW)


def publish_consultation() -> Act:
    found = made(publish=False)
    return lambda: actions.publish_consultation(consultation=found.pk, by=BY, at=NOW)


def extend_consultation() -> Act:
    found = made()
    later = found.closes_on + timedelta(days=7)
    return lambda: actions.extend_consultation(
        consultation=found.pk, closes_on=later, reasons="Holidays", by=BY, at=NOW
    )


def respond_for_practice() -> Act:
    found = made()
    return lambda: answer(found, "A00001")


def respond_as_gp() -> Act:
    found = made()
    return lambda: answer_as_gp(found, "A00001")


def explain_silence() -> Act:
    found = made()
    return lambda: actions.explain_silence(
        consultation=found.pk, practice="A00001", reason="no_time", by=manager_of("A00001"), at=NOW
    )


def log_representation() -> Act:
    found = made()
    return lambda: actions.log_representation(
        consultation=found.pk, who="LMC", channel="letter", words="No.", received_on=TODAY, by=BY, at=NOW
    )


def name_theme() -> Act:
    found = closed()
    return lambda: actions.name_theme(consultation=found.pk, said="It is too fast", by=BY, at=NOW)


def code_response() -> Act:
    found = closed()
    theme = actions.name_theme(consultation=found.pk, said="It is too fast", by=BY, at=NOW)
    response = found.responses.get()
    return lambda: actions.code_response(
        consultation=found.pk, response=response.pk, themes=[theme.number], by=BY, at=NOW
    )


def answer_theme() -> Act:
    found = closed()
    actions.name_theme(consultation=found.pk, said="It is too fast", by=BY, at=NOW)
    return lambda: actions.answer_theme(consultation=found.pk, theme=1, did="We wait.", by=BY, at=NOW)


STAGES: dict[str, Callable[[], Act]] = {
    f"consultations.{stage.__name__}": stage
    for stage in (
        answer_theme,
        attach_document,
        attach_event,
        code_response,
        draft_consultation,
        explain_silence,
        extend_consultation,
        log_representation,
        name_theme,
        publish_consultation,
        respond_as_gp,
        respond_for_practice,
    )
}
