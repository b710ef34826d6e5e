"""Building a nation, invented or from a folder of published files, through the actions that anyone would use."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from remit.accounts.actions import register_person
from remit.accounts.queries import DEMO_DOMAIN, DEMO_PASSWORD
from remit.delegation.queries import rounds
from remit.demo.cast import cast_for
from remit.demo.files import FileToLoad, files_in, invented_files
from remit.demo.queries import was_replayed
from remit.demo.timeline import (
    BEGINS_AT,
    BEGINS_BEFORE,
    PROGRAMME,
    can_stage_today,
    record_published_positions,
    replay_timeline,
    stage_today,
)
from remit.figures.actions import record_articles
from remit.kernel.actor import Actor
from remit.kernel.moments import london_day
from remit.ledger.actions import make_checkpoint
from remit.ledger.queries import head
from remit.register.actions import FileRefused, FileToImport, ImportReport, Provenance, import_files

type_of_progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Loaded:
    """One file of the demo: what it was, and the report, or why it was left out."""

    file: FileToLoad
    report: ImportReport | None
    why_not: str = ""


@dataclass(frozen=True)
class Demo:
    """What was built. `already` is True when there was nothing left to do.

    `rounds` are the rounds of the delegation programme there are now, and `is_replayed` says whether its years were
    replayed, now or before; `positions` those recorded from sources. The
    dated facts added and ended are those of all the files together.
    """

    loaded: tuple[Loaded, ...]
    people: int
    rounds: int
    is_replayed: bool
    positions: int
    facts_added: int
    facts_ended: int

    @property
    def already(self) -> bool:
        """Whether every file had been loaded before."""
        reports = [row.report for row in self.loaded if row.report is not None]
        return bool(reports) and all(report.unchanged == report.rows for report in reports)


def build_demo(
    *,
    by: Actor,
    at: Callable[[], datetime],
    folder: Path | None = None,
    practices: int = 7900,
    progress: type_of_progress | None = None,
) -> Demo:
    """Load the nation and cast the demo people.

    `folder` holds published files; without it a deterministic nation of about so many `practices` is invented, and
    the delegation programme of 2014 to 2026 is replayed on it. Of the real nation, positions that a source states
    are recorded. `at` is called for the instant of each act. Doing it again changes nothing.
    """
    replays = folder is None and head().last_at is None
    with tempfile.TemporaryDirectory(prefix="remit-nation-") as scratch:
        files = files_in(folder) if folder else invented_files(Path(scratch), practices, progress)
        moment = BEGINS_AT if replays else at()
        batch = import_files(
            files=(_to_import(file, london_day(at())) for file in files),
            by=by,
            at=moment,
            progress=progress,
        )
    loaded = tuple(
        Loaded(file, None, str(outcome)) if isinstance(outcome, FileRefused) else Loaded(file, outcome)
        for file, outcome in zip(files, batch.outcomes, strict=True)
    )
    if replays:
        _replay(by=by, now=at(), progress=progress)
    positions = record_published_positions(at=at) if folder else 0
    record_articles(by=PROGRAMME, at=at())
    today = london_day(at())
    people = cast(today, by=by, at=at)
    make_checkpoint(by=by, at=at())
    held = len(rounds(at()))
    is_replayed = replays or was_replayed(at())
    return Demo(loaded, len(people), held, is_replayed, positions, batch.facts_added, batch.facts_ended)


def _to_import(file: FileToLoad, today: date) -> FileToImport:
    return FileToImport(
        kind=file.kind,
        data=file.path.read_bytes(),
        provenance=Provenance(
            filename=file.path.name, retrieved_on=today, publisher=file.publisher, licence=file.licence
        ),
        leave_out_refused=True,
    )


@transaction.atomic
def _replay(*, by: Actor, now: datetime, progress: type_of_progress | None) -> None:
    """The years gone by; then, where today is after them, the programme of today with the demo people in it."""
    replay_timeline(until=now, progress=progress)
    if can_stage_today(now):
        people = cast(london_day(now), by=by, at=lambda: now - BEGINS_BEFORE)
        stage_today(people, now=now, progress=progress)


def cast(today: date, *, by: Actor, at: Callable[[], datetime]) -> dict[str, str]:
    """The demo people: invented names, one for each role at least, every one with the same password.

    Answers who they are, by the first part of their address.
    """
    return {
        person.mailbox: register_person(
            email=f"{person.mailbox}@{DEMO_DOMAIN}",
            name=person.name,
            password=DEMO_PASSWORD,
            roles=list(person.roles),
            by=by,
            at=at(),
        ).pk
        for person in cast_for(today)
    }
