"""A programme: its rounds planned, and what it publishes before they open."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.validators import slug_re
from django.db import transaction

from remit.delegation.actions.finding import FORM_ADDRESS, PROCESS, refusal
from remit.delegation.actions.readiness import require_dates
from remit.delegation.models import PlannedRound, Programme, Publication, Round
from remit.delegation.rules import document_kinds, levels, processes
from remit.delegation.rules.building import built_document
from remit.documents.models import Document
from remit.engines.deadlines import Deadline
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.canonical import canonical_json, sha256_hex
from remit.kernel.decision import require
from remit.kernel.moments import london_day, rfc3339
from remit.ledger.actions import record
from remit.register.rules import commissioner_kind_on

MOST_WORDS = 50_000


@transaction.atomic
def set_up_programme(*, code: str, title: str, process: str = "short", by: Actor, at: datetime) -> Programme:
    """Set up the application process of a year. The same again changes nothing.

    Raises `Refused`: ``not_permitted``, ``no_such_process``, ``not_a_code``, ``no_title``, ``already_exists``.
    """
    require(may(by, Permission.RUN_ROUNDS))
    title = " ".join(title.split())
    if process not in processes():
        raise refusal("no_such_process", f"Choose one of these processes: {', '.join(processes())}.")
    _require_names(code, title)
    earlier = Programme.objects.filter(pk=code).first()
    if earlier is not None:
        if (earlier.title, earlier.process) != (title, process):
            raise refusal("already_exists", f"There is another programme {code}. Choose another code.")
        return earlier
    made = Programme.objects.create(code=code, title=title, process=process, made_at=at, made_by=by.person)
    record(
        act="programme.set_up",
        by=by,
        at=at,
        subject=f"programme/{code}",
        under=PROCESS,
        details={"title": title, "process": process},
    )
    return made


@transaction.atomic
def plan_round(
    *,
    programme: str,
    code: str,
    title: str,
    level: int,
    opens_at: datetime,
    deadline: Deadline,
    decisions_due_on: date | None,
    effective_on: date,
    by: Actor,
    at: datetime,
) -> PlannedRound:
    """Plan a round of a programme, or plan it anew until it is set up. The same again changes nothing.

    Raises `Refused`: ``not_permitted``, ``not_found``, ``no_such_level``, ``not_a_code``, ``no_title``,
    ``closes_first``, ``effective_first``, ``wrong_due_day``, ``already_exists`` (in another programme),
    ``wrong_state`` once it is set up.
    """
    require(may(by, Permission.RUN_ROUNDS))
    _programme(programme)
    title = " ".join(title.split())
    if level not in levels():
        raise refusal("no_such_level", f"There is no Level {level}. Choose 1, 2 or 3.")
    _require_names(code, title)
    require_dates(opens_at, deadline.at, decisions_due_on, effective_on)
    terms: dict[str, Any] = {
        "title": title,
        "level": level,
        "opens_at": opens_at,
        "deadline_at": deadline.at,
        "deadline_is_inclusive": deadline.is_inclusive,
        "decisions_due_on": decisions_due_on,
        "effective_on": effective_on,
    }
    earlier = PlannedRound.objects.select_for_update().filter(pk=code).first()
    if earlier is not None and earlier.programme_id != programme:
        raise refusal("already_exists", f"Another programme plans a round {code}. Choose another code.")
    if earlier is not None and {name: getattr(earlier, name) for name in terms} == terms:
        return earlier
    if Round.objects.filter(pk=code).exists():
        raise refusal("wrong_state", f"The round {code} is set up, so its dates stay as they are.")
    made = earlier or PlannedRound(code=code, programme_id=programme)
    for name, value in {**terms, "planned_at": at, "planned_by": by.person}.items():
        setattr(made, name, value)
    made.save()
    record(
        act="round.planned",
        by=by,
        at=at,
        subject=f"round/{code}",
        under=PROCESS,
        details={"programme": programme, **{name: _plain(value) for name, value in terms.items()}},
    )
    return made


@transaction.atomic
def publish_document(
    *,
    programme: str,
    kind: str,
    title: str = "",
    words: str = "",
    document: str = "",
    by: Actor,
    at: datetime,
) -> Publication:
    """Publish the next version of a programme's document: from words, a kept public `document` (its id), or built
    from the data where neither is given. It is public at once. The same content again gives the version there is.

    Raises `Refused`: ``not_permitted``, ``not_found``, ``no_such_kind``, ``no_title``, ``no_words`` for a kind that
    is not built from the data, ``not_public``, ``nothing_planned`` for a timetable without rounds.
    """
    require(may(by, Permission.RUN_ROUNDS))
    found = _programme(programme)
    known = document_kinds().get(kind)
    if known is None:
        raise refusal("no_such_kind", f"Choose one of these kinds: {', '.join(document_kinds())}.")
    words = words.strip().replace("\r\n", "\n")
    title = " ".join(title.split()) or known.name
    if len(title) > 200:
        raise refusal("no_title", "Enter a title of at most 200 characters.")
    if len(words) > MOST_WORDS or (not words and not document and not known.is_built):
        raise refusal("no_words", f"Enter the words of the document, at most {MOST_WORDS:,} characters.")
    kept = _kept(document)
    content = None if words or kept else _built(found, kind, at)
    file = kept.sha256 if kept else ""
    sha256 = sha256_hex(canonical_json({"title": title, "words": words, "content": content, "file": file}))
    last = found.publications.filter(kind=kind).order_by("version").last()
    if last is not None and last.sha256 == sha256:
        return last
    made = Publication.objects.create(
        programme=found,
        kind=kind,
        version=last.version + 1 if last else 1,
        title=title,
        words=words,
        content=content,
        document=kept,
        is_generated=content is not None,
        sha256=sha256,
        published_at=at,
        published_by=by.person,
    )
    record(
        act="programme.document_published",
        by=by,
        at=at,
        subject=f"programme/{programme}",
        under=PROCESS,
        details={"kind": kind, "version": made.version, "title": title, "sha256": sha256},
    )
    return made


def _kept(document: str) -> Document | None:
    if not document:
        return None
    found = Document.objects.filter(pk=document).first()
    if found is None:
        raise refusal("not_found", "There is no such document.")
    if not found.is_public:
        raise refusal(
            "not_public", "This document was kept for its owner alone. Send it again as a public one."
        )
    return found


def _built(programme: Programme, kind: str, at: datetime) -> dict[str, Any]:
    planned = [
        {
            "code": each.code,
            "title": each.title,
            "level": each.level,
            "opens_at": rfc3339(each.opens_at),
            "deadline_at": rfc3339(each.deadline_at),
            "deadline": each.deadline.words,
            "decisions_due_on": each.decisions_due_on.isoformat() if each.decisions_due_on else None,
            "effective_on": each.effective_on.isoformat(),
        }
        for each in programme.planned.all()
    ]
    if kind == "timetable" and not planned:
        raise refusal("nothing_planned", "Plan the rounds of the programme first.")
    return built_document(
        kind,
        programme.process,
        sorted({each.level for each in programme.planned.all()}),
        planned,
        commissioner_kind_on(london_day(at)),
    )


def _programme(code: str) -> Programme:
    found = Programme.objects.select_for_update().filter(pk=code).first()
    if found is None:
        raise refusal("not_found", "There is no such programme.")
    return found


def _require_names(code: str, title: str) -> None:
    if not slug_re.match(code) or len(code) > 60 or code == FORM_ADDRESS:
        raise refusal("not_a_code", "The code can have letters, digits and hyphens, at most 60.")
    if not title or len(title) > 200:
        raise refusal("no_title", "Enter a title of at most 200 characters.")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return rfc3339(value)
    return value.isoformat() if isinstance(value, date) else value
