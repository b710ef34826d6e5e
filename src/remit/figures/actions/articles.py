"""Recording the figures of the five articles, as they were printed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from remit.engines.permissions import Permission, may
from remit.figures.actions.drafts import UNDER, FigureDraft
from remit.figures.actions.keeping import keep
from remit.figures.models import FigureVersion
from remit.figures.rules import PrintedFigure, articles
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.ledger.actions import record


@transaction.atomic
def record_articles(*, by: Actor, at: datetime) -> tuple[FigureVersion, ...]:
    """Record every figure of the rulebook's articles as published; answers the versions that are new.

    One act, one entry. Again changes nothing; after the rulebook was corrected, only what differs gets another
    version. Raises `Refused`: ``not_permitted``.
    """
    require(may(by, Permission.RECORD_FIGURES))
    made = []
    for article in articles():
        for order, printed in enumerate(article.figures, 1):
            version, is_new = keep(_draft(article.id, order, printed), by, at)
            if is_new:
                made.append(version)
    if made:
        record(
            act="figures.articles_recorded",
            by=by,
            at=at,
            subject="figures/articles",
            under=UNDER,
            details={
                "figures": [
                    {"id": version.figure_id, "version": version.number, "sha256": version.sha256}
                    for version in made
                ]
            },
        )
    return tuple(made)


def _draft(article: str, order: int, printed: PrintedFigure) -> FigureDraft:
    """What was printed, as a draft. What nobody printed, we worked out: it is held to the rules."""
    return FigureDraft(
        id=printed.id,
        label=printed.label,
        definition=printed.definition,
        source=printed.source,
        numerator=printed.count,
        numerator_what=printed.count_what,
        base=printed.base,
        base_what=printed.base_what,
        on=printed.day,
        rounding="half_up" if printed.base is not None or printed.percent is not None else "none",
        published=printed.published,
        published_percent=printed.percent,
        claim=printed.claim,
        note=printed.note,
        part_of=printed.part_of,
        figure_set=printed.figure_set,
        as_published=bool(printed.published),
        article=article,
        ledger_number=printed.ledger_number,
        order=order,
    )
