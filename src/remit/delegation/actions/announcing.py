"""Announcing: a batch is whatever has been decided and not announced. Nobody types its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.validators import slug_re
from django.db import transaction

from remit.delegation.actions.chain import require_no_interest_in
from remit.delegation.actions.counting import counted_of, figures_of, parts_of, stages_of
from remit.delegation.actions.finding import FORM_ADDRESS, refusal
from remit.delegation.actions.quoting import Counts, Quoted, bare, faults_of, quote_of, require_words
from remit.delegation.models import Announced, Announcement, Application, CoveredRound, Quote, Round
from remit.delegation.models.applications import new_id
from remit.delegation.queries.announcements import frozen_hash, not_announced
from remit.delegation.states import APPROVED, CONDITIONAL
from remit.engines.permissions import Permission, may
from remit.figures.actions import FigureDraft, keep_figure
from remit.figures.models import FigureVersion
from remit.figures.queries import figures as figures_kept
from remit.kernel.actor import Actor
from remit.kernel.canonical import canonical_json
from remit.kernel.decision import require
from remit.kernel.moments import london_day, rfc3339
from remit.ledger.actions import commit_to, record
from remit.ledger.actions.refusing import noting_refusals
from remit.register.queries import CommissionerRow, commissioners_on

CLAUSE = "Announcements are queries: A.5 (10)"


@noting_refusals(kind="announcement")
@transaction.atomic
def announce_decisions(
    *,
    code: str,
    rounds: Sequence[str],
    headline: str,
    event: str = "",
    quotes: Sequence[Quoted] = (),
    embargo_until: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Announcement:
    """Announce all that was approved in a round, or in several of one programme, conditions or none, and is not
    announced yet.

    It becomes public now, or when the embargo ends. The list is frozen, round by round; each of its numbers becomes a
    figure that opens into its rows. A number or a claim in the headline or the event that they do not bear out is
    refused; in a quote, whose words are somebody's own, it is flagged. The same said again gives the same announcement.

    Raises `Refused`: ``not_permitted``, ``not_found``, ``not_one_programme``, ``not_a_code``,
    ``nothing_to_announce``, ``conflicted``, ``no_headline``, ``wrong_number``, ``wrong_embargo``, ``no_quote``,
    ``no_speaker``, ``no_source``.
    """
    require(may(by, Permission.ANNOUNCE))
    held = _rounds(rounds)
    headline, event = " ".join(headline.split()), " ".join(event.split())
    earlier = _said_before(code, held, headline, event, quotes, embargo_until)
    if earlier is not None:
        return earlier
    _require_words(code, headline, embargo_until, at)
    released_at = embargo_until or at
    population = {row.code: row for row in commissioners_on(london_day(released_at))}
    rows = _to_announce(held, population)
    require_no_interest_in(list(dict.fromkeys(row.commissioner for row in rows)), by, at)
    figures, counts = _counted(code, held, rows, population, released_at)
    require_words("headline", faults_of(headline, counts))
    require_words("event", faults_of(event, [replace(each, stages={}) for each in counts]))
    quoted = [
        quote_of(each, place, faults_of(each.words, counts), at) for place, each in enumerate(quotes, 1)
    ]
    made = Announcement.objects.create(
        code=code,
        headline=headline,
        event=event,
        previous=Announcement.objects.order_by("released_at", "code").last(),
        is_embargoed=embargo_until is not None,
        announced_at=at,
        announced_by=by.person,
        released_at=released_at,
        sha256=frozen_hash(rows),
    )
    CoveredRound.objects.bulk_create(
        CoveredRound(announcement=made, round=each, place=place) for place, each in enumerate(held, 1)
    )
    for row in rows:
        row.announcement = made
    for quote in quoted:
        quote.announcement = made
    Announced.objects.bulk_create(rows)
    Quote.objects.bulk_create(quoted)
    kept = [keep_figure(draft=replace(draft, released_at=embargo_until), by=by, at=at) for draft in figures]
    _record(made, held, _said(made, held, rows, kept, quoted), by, at)
    return made


def _rounds(codes: Sequence[str]) -> list[Round]:
    """The rounds, locked, in the order of their lists: by level, then by deadline."""
    found = list(Round.objects.select_for_update().filter(pk__in=codes))
    if not found or len(found) < len(set(codes)):
        raise refusal("not_found", "There is no such round.")
    if len(found) > 1 and len({each.programme_id or each.pk for each in found}) > 1:
        raise refusal(
            "not_one_programme",
            "Several rounds are announced together only where they are of one programme. Announce these one by one.",
            CLAUSE,
        )
    return sorted(found, key=lambda each: (each.level, each.deadline_at, each.pk))


def _counted(
    code: str,
    held: list[Round],
    rows: list[Announced],
    population: dict[str, CommissionerRow],
    released_at: datetime,
) -> tuple[list[FigureDraft], list[Counts]]:
    """The figures of an announcement and of each of its rounds, and what its words are held against. Raises `Refused`
    with ``not_a_code`` where a figure would be that of another announcement."""
    figures, counts = [], []
    for part in parts_of(code, held, rows):
        drafts = figures_of(part, population, released_at)
        figures += drafts
        counts.append(
            Counts(
                counted_of(part, drafts, released_at),
                stages_of(part, released_at),
                len(part.of(APPROVED)),
                part.naming,
            )
        )
    if len(held) > 1 and figures_kept(at=None, ids={each.id for each in figures}):
        raise refusal("not_a_code", "Figures of this code are there already. Choose another code.", CLAUSE)
    return figures, counts


def _record(made: Announcement, held: list[Round], said: str, by: Actor, at: datetime) -> None:
    """The entry, which anybody can read at once: under an embargo not even the code, the round or the day is in it."""
    subject = f"announcement/{new_id() if made.is_embargoed else made.code}"
    details = {"announcement": commit_to(said, concerning=subject)}
    if not made.is_embargoed:
        details |= _of(held) | {"released_at": rfc3339(made.released_at)}
    record(act="decisions.announced", by=by, at=at, subject=subject, under=CLAUSE, details=details)


def _of(held: list[Round]) -> dict[str, Any]:
    """One round by itself, as announcements always said it; several in their order."""
    return {"round": held[0].pk} if len(held) == 1 else {"rounds": [each.pk for each in held]}


def _said_before(
    code: str,
    held: list[Round],
    headline: str,
    event: str,
    quotes: Sequence[Quoted],
    embargo_until: datetime | None,
) -> Announcement | None:
    """The announcement of the same rounds with a code that was made already. Raises `Refused` with ``not_a_code`` where
    it says something else."""
    found = Announcement.objects.filter(pk=code).first()
    if found is None or {each.pk for each in found.rounds.all()} != {each.pk for each in held}:
        return None
    words = [each.words for each in found.quotes.order_by("place")]
    is_same = (
        (found.headline, found.event) == (headline, event)
        and (found.released_at if found.is_embargoed else None) == embargo_until
        and words == [bare(each.words) for each in quotes]
    )
    if not is_same:
        raise refusal(
            "not_a_code",
            f"An announcement of {'this round' if len(held) == 1 else 'these rounds'} has the code {code} already, and "
            f"says something else: “{found.headline}”. Choose another code.",
            CLAUSE,
        )
    return found


def _said(
    made: Announcement,
    held: list[Round],
    rows: list[Announced],
    figures: list[FigureVersion],
    quotes: list[Quote],
) -> str:
    """What the ledger commits to: it can be read by anybody, so an embargo must hold there too."""
    counts = {outcome: sum(row.outcome == outcome for row in rows) for outcome in (APPROVED, CONDITIONAL)}
    hashes = {figure.figure_id: figure.sha256 for figure in figures}
    said = {
        "code": made.code,
        **_of(held),
        "released_at": rfc3339(made.released_at),
        "headline": made.headline,
        "list_sha256": made.sha256,
        "figures": hashes,
        **counts,
    }
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


def _to_announce(held: list[Round], population: dict[str, CommissionerRow]) -> list[Announced]:
    """The rows of the batch, round by round, each by name. Raises `Refused` with ``nothing_to_announce``."""
    rows = []
    for each in held:
        waiting = not_announced(each.pk).select_related("round").prefetch_related("decisions")
        own = [
            _frozen(made, population[made.commissioner_id])
            for made in waiting
            if made.commissioner_id in population
        ]
        if not own:
            raise refusal(
                "nothing_to_announce",
                f"Nothing has been approved {f'in {each.title} ' if len(held) > 1 else ''}that is not announced "
                "already.",
                CLAUSE,
            )
        rows += sorted(own, key=lambda row: (row.name, row.commissioner))
    return rows


def _frozen(application: Application, row: CommissionerRow) -> Announced:
    last = max(application.decisions.all(), key=lambda decision: (decision.decided_at, decision.pk))
    last.application = application
    return Announced(
        decision=last,
        commissioner=row.code,
        name=row.name,
        region=row.region,
        region_name=row.region_name,
        outcome=last.outcome,
    )
