"""Announcing: a batch is whatever has been decided and not announced. Nobody types its numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from django.core.validators import slug_re
from django.db import transaction

from remit.delegation.actions.finding import FORM_ADDRESS, refusal
from remit.delegation.models import Announced, Announcement, Application, Round
from remit.delegation.queries.announcements import frozen_hash, not_announced
from remit.delegation.queries.positions import approved_at
from remit.delegation.states import APPROVED, CONDITIONAL
from remit.engines.permissions import Permission, may
from remit.figures.actions import FigureDraft, keep_figure
from remit.figures.models import FigureVersion
from remit.kernel.actor import Actor
from remit.kernel.canonical import canonical_json
from remit.kernel.decision import require
from remit.kernel.moments import london_day, rfc3339
from remit.ledger.actions import commit_to, record
from remit.register.queries import CommissionerRow, commissioners_on

CLAUSE = "Announcements are queries: A.5 (10)"
SO_FAR = "Commissioners whose approval for Level 2 or Level 3 stands, those announced here and those before"
NUMBER = re.compile(r"\d[\d,]*")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
NOT_A_COUNT = re.compile(rf"\bLevels? \d\b|\b(\d{{1,2}} )?({MONTHS})( \d{{4}})?\b")
"""Numbers in a headline that count nothing: those of levels, and of dates."""


@transaction.atomic
def announce_decisions(
    *,
    code: str,
    round_code: str,
    headline: str,
    event: str = "",
    embargo_until: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Announcement:
    """Announce all that was approved in a round, conditions or none, and is not announced yet.

    It becomes public now, or when the embargo ends. The list is frozen; each of its numbers becomes a figure that
    opens into its rows. A number in the headline that is none of them is refused. The same code again gives the
    same announcement.

    Raises `Refused`: ``not_permitted``, ``not_found``, ``not_a_code``, ``nothing_to_announce``, ``no_headline``,
    ``wrong_number``, ``wrong_embargo``.
    """
    require(may(by, Permission.ANNOUNCE))
    held = Round.objects.select_for_update().filter(pk=round_code).first()
    if held is None:
        raise refusal("not_found", "There is no such round.")
    earlier = Announcement.objects.filter(pk=code, round=held).first()
    if earlier is not None:
        return earlier
    headline = " ".join(headline.split())
    _require_words(code, headline, embargo_until, at)
    released_at = embargo_until or at
    population = {row.code: row for row in commissioners_on(london_day(released_at))}
    rows = _to_announce(held, population)
    figures = _figures(code, held, rows, population, released_at)
    _require_true(headline, figures)
    made = Announcement.objects.create(
        code=code,
        headline=headline,
        event=event.strip(),
        round=held,
        previous=Announcement.objects.order_by("released_at", "code").last(),
        is_embargoed=embargo_until is not None,
        announced_at=at,
        announced_by=by.person,
        released_at=released_at,
        sha256=frozen_hash(rows),
    )
    for row in rows:
        row.announcement = made
    Announced.objects.bulk_create(rows)
    kept = [keep_figure(draft=replace(draft, released_at=embargo_until), by=by, at=at) for draft in figures]
    record(
        act="decisions.announced",
        by=by,
        at=at,
        subject=f"announcement/{code}",
        under=CLAUSE,
        details={
            "round": held.code,
            "released_at": rfc3339(released_at),
            "announcement": commit_to(_said(made, rows, kept), concerning=f"announcement/{code}"),
        },
    )
    return made


def _said(made: Announcement, rows: list[Announced], figures: list[FigureVersion]) -> str:
    """What the ledger commits to: it can be read by anybody, so an embargo must hold there too."""
    counts = {outcome: sum(row.outcome == outcome for row in rows) for outcome in (APPROVED, CONDITIONAL)}
    hashes = {figure.figure_id: figure.sha256 for figure in figures}
    said = {"headline": made.headline, "list_sha256": made.sha256, "figures": hashes, **counts}
    return canonical_json(said).decode()


def _require_words(code: str, headline: str, embargo_until: datetime | None, at: datetime) -> None:
    taken = code == FORM_ADDRESS or Announcement.objects.filter(pk=code).exists()
    if not slug_re.match(code) or len(code) > 60 or taken:
        raise refusal(
            "not_a_code", "Choose a code of at most 60 letters, digits and hyphens that is not taken."
        )
    if not 0 < len(headline) <= 200:
        raise refusal("no_headline", "Enter a headline of at most 200 characters.")
    if embargo_until is not None and embargo_until <= at:
        raise refusal(
            "wrong_embargo", "The embargo would end before it begins. Choose a later time, or none."
        )


def _to_announce(held: Round, population: dict[str, CommissionerRow]) -> list[Announced]:
    """The rows of the batch, by name. Raises `Refused` with ``nothing_to_announce``."""
    waiting = not_announced(held.pk).prefetch_related("decisions")
    rows = [
        _frozen(each, population[each.commissioner_id])
        for each in waiting
        if each.commissioner_id in population
    ]
    if not rows:
        raise refusal(
            "nothing_to_announce", "Nothing has been approved that is not announced already.", CLAUSE
        )
    return sorted(rows, key=lambda row: (row.name, row.commissioner))


def _frozen(application: Application, row: CommissionerRow) -> Announced:
    last = max(application.decisions.all(), key=lambda decision: (decision.decided_at, decision.pk))
    return Announced(
        decision=last,
        commissioner=row.code,
        name=row.name,
        region=row.region,
        region_name=row.region_name,
        outcome=last.outcome,
    )


def _figures(
    code: str,
    held: Round,
    rows: list[Announced],
    population: dict[str, CommissionerRow],
    released_at: datetime,
) -> list[FigureDraft]:
    """The numbers of the announcement: approved; approved on conditions; approved so far at Level 2 or 3."""
    on = london_day(released_at)
    approved = {row.commissioner for row in rows if row.outcome == APPROVED}
    conditional = {row.commissioner for row in rows if row.outcome == CONDITIONAL}
    so_far = (
        approved_at(2, on) | approved_at(3, on) | approved if held.level > 1 else set()
    ) & population.keys()
    level = f"Level {held.level}"
    on_conditions = f"Approved for {level} on conditions"
    here = f"Commissioners whose application for {level} in this round was approved"
    told = (
        ("approved", f"Approved for {level}", approved, f"{here} without conditions, and is announced here"),
        ("conditional", on_conditions, conditional, f"{here} on conditions, and is announced here"),
        ("all-approved", "Approved for Level 2 or 3 so far", so_far, SO_FAR),
    )
    everyone = tuple((f"organisation/{each.code}", each.name) for each in population.values())
    return [
        FigureDraft(
            id=f"{code}-{name}",
            label=label,
            definition=definition,
            numerator=len(codes),
            numerator_what="commissioners",
            numerator_rows=tuple((f"organisation/{each}", population[each].name) for each in sorted(codes)),
            base=len(everyone),
            base_what=f"commissioners on {on.day} {on:%B} {on.year}",
            base_rows=everyone,
            on=on,
            source="Decisions recorded in Remit",
            rounding="half_up",
            places=0,
        )
        for name, label, codes, definition in told
    ]


def _require_true(headline: str, figures: list[FigureDraft]) -> None:
    """Raise `Refused` with ``wrong_number`` for a number in the headline that the rows do not give."""
    counted = {draft.label: draft.numerator for draft in figures}
    for text in NUMBER.findall(NOT_A_COUNT.sub(" ", headline)):
        if int(text.replace(",", "")) not in counted.values():
            told = "; ".join(f"{label}: {count}" for label, count in counted.items())
            raise refusal(
                "wrong_number",
                f"The headline says {text}, but the rows give {told}. Correct it, or leave the number out.",
                CLAUSE,
            )
