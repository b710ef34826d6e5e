"""Programmes: what they plan, what they publish, and what a round needs of them before it opens."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from remit.delegation import actions, queries
from remit.delegation.models import Round
from remit.delegation.rules import criterion_groups, scale
from remit.documents.actions import keep_document
from remit.engines.deadlines import by_time
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from tests.delegation_factories import (
    ASSESSOR,
    DEADLINE,
    PROGRAMME,
    london,
    make_programme,
    make_round,
    plan,
    publish_all,
)
from tests.factories import NATIONAL_BODY, make_organisation

pytestmark = pytest.mark.django_db

ROUND = "2015-level-3"
BEFORE = DEADLINE.at - timedelta(days=80)


def publish(programme: str, kind: str = "process", **said: object) -> object:
    usual = {"words": "Write to us.", "by": PROGRAMME, "at": BEFORE}
    return actions.publish_document(programme=programme, kind=kind, **{**usual, **said})


def test_a_full_process_opens_only_once_its_documents_are_public() -> None:
    programme = make_programme(process="full")
    plan(programme, ROUND)
    for kind in ("process", "form", "criteria"):
        publish(programme, kind)
    with pytest.raises(Refused) as refused:
        open_as_planned(programme)
    assert refused.value.code == "not_published"
    assert str(refused.value).startswith("Timetable must be public before the round opens")
    publish(programme, "timetable", words="")
    assert open_as_planned(programme).programme_id == programme


def open_as_planned(programme: str, **changed: object) -> Round:
    [planned] = queries.programme(programme, DEADLINE.at).planned  # type: ignore[union-attr]
    usual = {
        "code": planned.code,
        "title": planned.title,
        "level": planned.level,
        "opens_at": planned.opens_at,
        "deadline": planned.deadline,
        "decisions_due_on": planned.decisions_due_on,
        "effective_on": planned.effective_on,
        "process": "full",
        "programme": programme,
        "by": PROGRAMME,
        "at": planned.opens_at,
    }
    return actions.open_round(**{**usual, **changed})


def test_documents_published_on_the_opening_day_but_later_do_not_count() -> None:
    programme = make_programme(process="full")
    plan(programme, ROUND)
    publish_all(programme, at=DEADLINE.at - timedelta(days=59))
    with pytest.raises(Refused) as refused:
        open_as_planned(programme, at=DEADLINE.at - timedelta(days=58))
    assert refused.value.code == "not_published"


@pytest.mark.seed("S1-04")
def test_process_form_criteria_and_timetable_are_public_before_the_round_opens() -> None:
    make_round(ROUND, process="full", at=BEFORE)
    row = queries.round_of(ROUND, BEFORE)
    assert row is not None
    assert row.state == "coming"
    programme = queries.programme(row.programme, BEFORE)
    assert programme is not None
    assert [each.kind for each in programme.publications] == ["process", "form", "criteria", "timetable"]
    for each in programme.publications:
        page = queries.publication(each.id, BEFORE)
        assert page is not None
        assert page.words or page.sections
    assert queries.publication(each.id, BEFORE - timedelta(days=1)) is None, "not before it is published"


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Another"},
        {"level": 2},
        {"opens_at": DEADLINE.at - timedelta(days=61)},
        {"deadline": by_time(date(2015, 1, 9), DEADLINE.at.time(), is_inclusive=True)},
        {"decisions_due_on": date(2015, 3, 1)},
        {"effective_on": date(2015, 5, 1)},
        {"process": "short"},
        {"code": "unplanned"},
    ],
)
def test_a_round_opens_as_it_was_planned(changed: dict[str, object]) -> None:
    programme = make_programme(process="full")
    plan(programme, ROUND)
    publish_all(programme)
    with pytest.raises(Refused) as refused:
        open_as_planned(programme, **changed)
    assert refused.value.code == "not_as_planned"
    assert not Round.objects.exists()


def test_a_round_without_a_programme_cannot_follow_a_full_process() -> None:
    with pytest.raises(Refused) as refused:
        actions.open_round(
            code=ROUND,
            title="Level 3",
            level=3,
            opens_at=BEFORE,
            deadline=DEADLINE,
            decisions_due_on=None,
            effective_on=date(2015, 4, 1),
            process="full",
            by=PROGRAMME,
            at=BEFORE,
        )
    assert refused.value.code == "not_published"


def test_a_plan_can_be_made_anew_until_its_round_is_set_up() -> None:
    programme = make_programme()
    plan(programme, ROUND)
    plan(programme, ROUND, title="Renamed")
    assert [row.title for row in queries.programme(programme, DEADLINE.at).planned] == ["Renamed"]  # type: ignore[union-attr]
    entries = Entry.objects.count()
    assert plan(programme, ROUND, title="Renamed").title == "Renamed"
    assert Entry.objects.count() == entries, "the same again changes nothing"
    open_as_planned(programme, process="short")
    with pytest.raises(Refused) as refused:
        plan(programme, ROUND, title="Too late")
    assert refused.value.code == "wrong_state"
    with pytest.raises(Refused) as refused:
        plan(make_programme("2016-17"), ROUND)
    assert refused.value.code == "already_exists"


def test_a_document_has_versions_that_stay() -> None:
    programme = make_programme()
    first = publish(programme)
    assert publish(programme, at=DEADLINE.at) == first, "the same words again"
    second = publish(programme, words="Telephone us.")
    row = queries.programme(programme, DEADLINE.at)
    assert row is not None
    assert [(each.version, each.is_latest) for each in row.publications] == [(2, True), (1, False)]
    old = queries.publication(first.pk, DEADLINE.at)  # type: ignore[attr-defined]
    assert old is not None
    assert (old.words, old.row.is_latest) == ("Write to us.", False)
    assert second.version == 2  # type: ignore[attr-defined]


def test_documents_are_built_from_the_data() -> None:
    programme = make_programme()
    with pytest.raises(Refused) as refused:
        publish(programme, "timetable", words="")
    assert refused.value.code == "nothing_planned"
    plan(programme, ROUND)
    plan(programme, "level-1", 1)
    publish_all(programme)
    pages = {
        each.kind: queries.publication(each.id, DEADLINE.at)
        for each in queries.programme(programme, DEADLINE.at).publications  # type: ignore[union-attr]
    }
    [last, _] = pages["timetable"].sections  # type: ignore[union-attr]
    assert "Deadline: midday on Friday 9 January 2015 (and that moment itself is late)" in last["lines"]
    [questions] = pages["form"].sections  # type: ignore[union-attr]
    assert "Has your constitution been amended? (Level 3 only)" in questions["lines"]
    assert "How did you ask your member practices?" in questions["lines"]
    assert pages["criteria"].row.is_generated  # type: ignore[union-attr]


def test_the_full_process_publishes_its_twelve_sections_and_what_each_criterion_weighs() -> None:
    programme = make_programme(process="full")
    plan(programme, ROUND)
    publish_all(programme)
    pages = {
        each.kind: queries.publication(each.id, DEADLINE.at)
        for each in queries.programme(programme, DEADLINE.at).publications  # type: ignore[union-attr]
    }
    assert len(pages["form"].sections) == 12  # type: ignore[union-attr]
    first, *_, last = pages["criteria"].sections  # type: ignore[union-attr]
    [group, *_] = criterion_groups().values()
    assert first["heading"] == group.name
    assert len(first["lines"]) == len(group.criteria)
    assert "(weight " in first["lines"][0]
    assert (last["heading"], len(last["lines"])) == ("Scale", len(scale()))


def test_a_file_can_be_published_if_it_is_public() -> None:
    programme = make_programme()
    make_organisation(NATIONAL_BODY, "national_body")
    kept = keep_document(
        name="guide.txt", content=b"Read me.", owner=NATIONAL_BODY, is_public=True, by=PROGRAMME, at=BEFORE
    )
    made = publish(programme, "guidance", words="", document=kept.pk)
    assert queries.publication(made.pk, BEFORE).row.document == kept.pk  # type: ignore[union-attr, attr-defined]
    secret = keep_document(
        name="no.txt", content=b"Not yet.", owner=NATIONAL_BODY, is_public=False, by=PROGRAMME, at=BEFORE
    )
    for document, code in ((secret.pk, "not_public"), ("0" * 26, "not_found")):
        with pytest.raises(Refused) as refused:
            publish(programme, "guidance", words="", document=document)
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"kind": "minutes"}, "no_such_kind"),
        ({"words": " "}, "no_words"),
        ({"words": "x" * 50_001}, "no_words"),
        ({"title": "x" * 201}, "no_title"),
        ({"programme": "none"}, "not_found"),
        ({"by": ASSESSOR}, "not_permitted"),
    ],
)
def test_documents_that_cannot_be_published(changed: dict[str, object], code: str) -> None:
    make_programme()
    with pytest.raises(Refused) as refused:
        publish(**{"programme": "2015-16", **changed})  # type: ignore[arg-type]
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"title": " "}, "no_title"),
        ({"code": "new"}, "not_a_code"),
        ({"process": "long"}, "no_such_process"),
        ({"by": ASSESSOR}, "not_permitted"),
        ({"code": "2015-16", "title": "Other"}, "already_exists"),
    ],
)
def test_programmes_that_cannot_be_set_up(changed: dict[str, object], code: str) -> None:
    make_programme()
    usual = {"code": "next", "title": "Next year", "by": PROGRAMME, "at": BEFORE}
    with pytest.raises(Refused) as refused:
        actions.set_up_programme(**{**usual, **changed})  # type: ignore[arg-type]
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"level": 4}, "no_such_level"),
        ({"code": "no code"}, "not_a_code"),
        ({"title": "x" * 201}, "no_title"),
        ({"opens_at": london(2015, 2, 1)}, "closes_first"),
        ({"effective_on": date(2015, 1, 9)}, "effective_first"),
        ({"decisions_due_on": date(2015, 1, 8)}, "wrong_due_day"),
        ({"programme": "none"}, "not_found"),
    ],
)
def test_rounds_that_cannot_be_planned(changed: dict[str, object], code: str) -> None:
    make_programme()
    with pytest.raises(Refused) as refused:
        plan(**{"programme": "2015-16", "code": ROUND, **changed})  # type: ignore[arg-type]
    assert refused.value.code == code
