"""Announcing: a batch is whatever has been decided and not announced. Nobody types its numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.core.validators import slug_re
from django.db import transaction

from remit.delegation.actions.finding import FORM_ADDRESS, refusal
from remit.delegation.actions.quoting import Quoted, faults_of, quote_of, require_words
from remit.delegation.models import Announced, Announcement, Application, Quote, Round
from remit.delegation.queries.announcements import frozen_hash, not_announced
from remit.delegation.queries.positions import approved_at, recorded
from remit.delegation.states import APPROVED, CONDITIONAL
from remit.engines.figures import Counted
from remit.engines.permissions import Permission, may
from remit.figures.actions import FigureDraft, keep_figure
from remit.figures.models import FigureVersion
from remit.kernel.actor import Actor
from remit.kernel.canonical import canonical_json
from remit.kernel.decision import require
from remit.kernel.moments import london_day, rfc3339
from remit.kernel.names import readable_name
from remit.ledger.actions import commit_to, record
from remit.register.queries import CommissionerRow, commissioners_on

CLAUSE = "Announcements are queries: A.5 (10)"
SO_FAR = "Commissioners whose approval for Level 2 or Level 3 stands, those announced here and those before"


@transaction.atomic
def announce_decisions(
    *,
    code: str,
    round_code: str,
    headline: str,
    event: str = "",
    quotes: Sequence[Quoted] = (),
    embargo_until: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Announcement:
    """Announce all that was approved in a round, conditions or none, and is not announced yet.

    It becomes public now, or when the embargo ends. The list is frozen; each of its numbers becomes a figure that
    opens into its rows. A number or a claim in the headline or the event that they do not bear out is refused; in a
    quote, whose words are somebody's own, it is flagged. The same code again gives the same announcement.

    Raises `Refused`: ``not_permitted``, ``not_found``, ``not_a_code``, ``nothing_to_announce``, ``no_headline``,
    ``wrong_number``, ``wrong_embargo``, ``no_quote``, ``no_speaker``, ``no_source``.
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
    counted = [Counted(each.label, each.numerator or 0, each.base or 0) for each in figures]
    stages, approved = _stages(rows, london_day(released_at)), sum(row.outcome == APPROVED for row in rows)
    require_words("headline", faults_of(headline, counted, stages, approved))
    require_words("event", faults_of(event, counted, {}, approved))
    quoted = [
        quote_of(each, place, faults_of(each.words, counted, stages, approved), at)
        for place, each in enumerate(quotes, 1)
    ]
    made = Announcement.objects.create(
        code=code,
        headline=headline,
        event=" ".join(event.split()),
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
    for quote in quoted:
        quote.announcement = made
    Announced.objects.bulk_create(rows)
    Quote.objects.bulk_create(quoted)
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
            "announcement": commit_to(_said(made, rows, kept, quoted), concerning=f"announcement/{code}"),
        },
    )
    return made


def _stages(rows: list[Announced], on: date) -> Mapping[str, int]:
    """How many of those approved here have signed by a day, and have powers in effect on it."""
    approved = {row.commissioner for row in rows if row.outcome == APPROVED}
    level = rows[0].decision.application.round.level
    now = recorded().on(on)
    in_effect = {code for code, row in now.in_effect.items() if row.level >= level}
    return {"signed": len(approved & now.signed[level]), "effective": len(approved & in_effect)}


def _said(
    made: Announcement, rows: list[Announced], figures: list[FigureVersion], quotes: list[Quote]
) -> str:
    """What the ledger commits to: it can be read by anybody, so an embargo must hold there too."""
    counts = {outcome: sum(row.outcome == outcome for row in rows) for outcome in (APPROVED, CONDITIONAL)}
    hashes = {figure.figure_id: figure.sha256 for figure in figures}
    said = {"headline": made.headline, "list_sha256": made.sha256, "figures": hashes, **counts}
    if quotes:
        said["quotes"] = [[each.who, each.role, each.organisation, each.words] for each in quotes]
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


def _applied(held: Round, at: datetime) -> dict[str, str]:
    """Who had submitted an application in a round by an instant, with its id."""
    found = Application.objects.filter(round=held, submitted_at__lte=at)
    return dict(found.values_list("commissioner_id", "pk"))


def _approved_before(codes: Collection[str], at: datetime) -> dict[str, str]:
    """The last application of each of some commissioners that was announced as approved by an instant."""
    found = Announced.objects.filter(
        outcome=APPROVED, commissioner__in=codes, announcement__released_at__lte=at
    ).order_by("announcement__released_at", "pk")
    return dict(found.values_list("commissioner", "decision__application"))


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
    in_round = _applied(held, released_at)
    applied = in_round.keys() & population.keys()
    decided = {row.commissioner: row.decision.application_id for row in rows}
    of_all = _approved_before(so_far - approved, released_at) | {
        each: decided[each] for each in approved & so_far
    }
    told = (
        (
            "approved",
            f"Approved for {level}",
            approved,
            f"{here} without conditions, and is announced here",
            decided,
        ),
        ("conditional", on_conditions, conditional, f"{here} on conditions, and is announced here", decided),
        ("all-approved", "Approved for Level 2 or 3 so far", so_far, SO_FAR, of_all),
        (
            "applied",
            f"Applied for {level}",
            applied,
            "Commissioners that applied in this round, whatever came of it",
            in_round,
        ),
    )
    everyone = tuple((f"organisation/{each.code}", readable_name(each.name)) for each in population.values())
    return [
        FigureDraft(
            id=f"{code}-{name}",
            label=label,
            definition=definition,
            numerator=len(codes),
            numerator_what="commissioners",
            numerator_rows=tuple(
                (_ref(each, applications), readable_name(population[each].name)) for each in sorted(codes)
            ),
            base=len(everyone),
            base_what=f"commissioners on {on.day} {on:%B} {on.year}",
            base_rows=everyone,
            on=on,
            source="Decisions recorded in Remit",
            rounding="half_up",
            places=0,
        )
        for name, label, codes, definition, applications in told
    ]


def _ref(commissioner: str, applications: Mapping[str, str]) -> str:
    """What a row leads to: the application with its decision; the commissioner, where a source alone states it."""
    found = applications.get(commissioner)
    return f"application/{found}" if found else f"organisation/{commissioner}"
