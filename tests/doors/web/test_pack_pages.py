"""The decision-makers' pack: the combination, what stands behind each application, and what is taken away."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date, time
from typing import Any

import pytest

from remit.delegation import actions
from remit.delegation.models import Application, Decision, DutyLine, Flag
from remit.delegation.rules import criteria
from remit.engines.deadlines import by_time
from remit.register.models import Fact
from remit.web.delegation.pages.pack import plain
from remit.web.delegation.views import packs
from tests.assessment_factories import (
    FIRST,
    assign_pair,
    scores,
    through_chain,
)
from tests.delegation_doors import asking, facts_of, main, rows_of
from tests.delegation_factories import (
    DEADLINE,
    WEEK,
    draft,
    make_commissioners,
    make_round,
    submit,
)
from tests.delegation_filling import make_full_round, submit_full
from tests.factories import NATIONAL_BODY, make_organisation

pytestmark = pytest.mark.django_db

ROUND = "2015-level-3"
AT = DEADLINE.at + WEEK


@pytest.fixture(autouse=True)
def _trusting(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True


@pytest.fixture
def made() -> Application:
    make_organisation(NATIONAL_BODY, "national_body", "NHS England")
    make_commissioners("00A", "00B")
    make_round()
    return submit(ROUND, "00A")


def test_the_pack_adds_up_the_combination_that_is_chosen(made: Application) -> None:
    other = submit(ROUND, "00B", at=DEADLINE.at.replace(minute=1, hour=11))
    through_chain(made.pk, "ready", at=AT)
    who = asking("national_assessor", NATIONAL_BODY, at=AT)
    page = who.page(f"/rounds/{ROUND}/pack/?with={made.pk}&with={other.pk}")
    told = facts_of(page)
    assert told["Applications in the combination"] == "2 of 2"
    assert told["Average of their totals"] == "75.0 out of 100"
    assert told["Not yet through the chain"] == "1"
    assert facts_of(who.page(f"/rounds/{ROUND}/pack/"))["Applications in the combination"] == "0 of 2"


SAID = (
    "Because of page 1.",
    "The lease runs out.",
    "Ready.",
    "Appoint a lay chair",
    "£5,000",
    "Ada Marsh, Accountable Officer (for the commissioner)",
)


@pytest.fixture
def known() -> Application:
    """An application with all that a pack can say: signed, scored, flagged, and approved on a condition."""
    make_organisation(NATIONAL_BODY, "national_body", "NHS England")
    make_full_round("2015-full", "00C")
    full = submit_full("00C", "2015-full")
    DutyLine.objects.filter(application=full).exclude(duty="premises").update(gap_pence=0)
    through_chain(full.pk, "ready", at=AT)
    condition = {"what": "Appoint a lay chair", "owner": "The chair", "due_on": "2015-03-31"}
    Decision.objects.create(
        application=full,
        outcome="conditional",
        reasons="Sound but for the chair.",
        conditions=[condition],
        decided_at=AT,
        decided_by="test",
    )
    Application.objects.filter(pk=full.pk).update(state="conditional")
    Flag.objects.create(
        assessment_id=full.pk, what="The lease runs out.", state="raised", raised_at=AT, raised_by="test"
    )
    return full


def test_the_pack_says_what_stands_behind_each_application(known: Application) -> None:
    who = asking("national_assessor", NATIONAL_BODY, at=AT)
    page = who.page(f"/rounds/2015-full/pack/?with={known.pk}")
    for said in SAID:
        assert said in main(page), said
    assert facts_of(page)["Money still missing"] == "£5,000 a year"
    assert rows_of(page, "conditions-1") == [
        ["Appoint a lay chair", "The chair", "31 March 2015", "Not settled yet"]
    ]
    assert len(rows_of(page, "scores-1")) == len(criteria())
    assert rows_of(page, "reasons-1")[-1] == [
        "Decided before",
        "Approved on conditions",
        "Sound but for the chair.",
    ]
    sent = who.get("/rounds/2015-full/pack.ods")
    sheet = zipfile.ZipFile(io.BytesIO(sent.content)).read("content.xml").decode()
    for said in (*SAID[:4], "5000", SAID[-1]):
        assert said in sheet, said


def test_the_pack_says_of_boards_what_their_pages_say_and_where_no_amount_is_stated() -> None:
    make_organisation(NATIONAL_BODY, "national_body", "NHS England")
    make_organisation("QXX", "icb", "NHS Vale ICB", first=date(2022, 7, 1))
    closes = {"deadline": by_time(date(2026, 10, 9), time(12)), "effective_on": date(2027, 4, 1)}
    make_round("boards", **closes)
    made = draft("boards", "QXX")
    at = closes["deadline"].at
    Application.objects.filter(pk=made.pk).update(
        state="submitted", submitted_at=at, submitted_by="x", receipt="x"
    )
    changed = {"changed_at": at, "changed_by": "x"}
    for duty, wte in (("premises", 0), ("complaints", 0), ("new_practices", 1)):
        DutyLine.objects.create(application=made, duty=duty, pence=0, wte=wte, gap_pence=0, **changed)
    who = asking("national_assessor", NATIONAL_BODY, at=at + WEEK)
    page = who.page(f"/rounds/boards/pack/?with={made.pk}")
    assert "Support of members No member practices" in main(page)
    assert "2 of 3 duties unfunded" in main(page)
    assert "Not specified" not in main(page)
    assert facts_of(page)["Money still missing"] == "No amount is stated"
    sheet = (
        zipfile.ZipFile(io.BytesIO(who.get("/rounds/boards/pack.ods").content)).read("content.xml").decode()
    )
    for said in ("No member practices", "No amount is stated"):
        assert said in sheet


def test_scores_of_one_assessor_are_not_in_the_pack(made: Application) -> None:
    assign_pair(made.pk, at=AT)
    actions.score_criteria(application=made.pk, scores=scores(3), by=FIRST, at=AT)
    actions.hand_in_scores(application=made.pk, by=FIRST, at=AT)
    who = asking("national_assessor", NATIONAL_BODY, at=AT)
    page = who.page(f"/rounds/{ROUND}/pack/")
    assert "Because of page" not in main(page)
    assert "No score, view, condition or flag is to be read yet." in main(page)


def test_the_pack_as_a_spreadsheet_holds_no_formula(made: Application) -> None:
    Fact.objects.filter(organisation="00A", about="name").update(value="=HYPERLINK(1)")
    who = asking("national_assessor", NATIONAL_BODY, at=AT)
    answer = who.get(f"/rounds/{ROUND}/pack.ods")
    assert answer["Content-Type"] == "application/vnd.oasis.opendocument.spreadsheet"
    content = zipfile.ZipFile(io.BytesIO(answer.content)).read("content.xml").decode()
    assert "table:formula" not in content
    assert "'=hyperlink" in content.lower()
    assert plain("=1+1") == "'=1+1"


def test_the_pack_as_a_pdf_is_tagged(made: Application) -> None:
    who = asking("national_assessor", NATIONAL_BODY, at=AT)
    answer = who.get(f"/rounds/{ROUND}/pack.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    parts = re.findall(rb"stream\n(.*?)\nendstream", answer.content, re.DOTALL)
    whole = b"".join(_unpacked(part) for part in parts)
    assert b"/MarkInfo" in whole
    assert b"pdfuaid" in whole
    assert b"/StructTreeRoot" in whole


def _unpacked(part: bytes) -> bytes:
    try:
        return zlib.decompress(part)
    except zlib.error:
        return part


def test_without_pango_the_page_says_why_there_is_no_pdf(made: Application, monkeypatch: Any) -> None:
    monkeypatch.setattr(packs, "pdf_why_not", lambda: packs.NO_PANGO)
    who = asking("national_assessor", NATIONAL_BODY, at=AT)
    assert "Pango is missing" in main(who.page(f"/rounds/{ROUND}/pack/"))
    assert who.get(f"/rounds/{ROUND}/pack.pdf").status_code == 302
