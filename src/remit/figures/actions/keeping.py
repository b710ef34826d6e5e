"""Keeping figures: a figure that says something else than before gets another version, and loses none."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from django.db import transaction

from remit.engines.figures import nested
from remit.engines.permissions import Permission, may
from remit.figures.actions.drafts import (
    UNDER,
    FigureDraft,
    check_draft,
    refusal,
    share_said,
    type_of_rows,
)
from remit.figures.models import Figure, FigureRow, FigureVersion
from remit.kernel.actor import Actor
from remit.kernel.decision import require
from remit.ledger.actions import NotInTransaction, record
from remit.ledger.queries import entry_once


def keep_figure(*, draft: FigureDraft, by: Actor, at: datetime) -> FigureVersion:
    """Keep a figure as part of another act, in its transaction; that act's entry should hold its `sha256`.

    A figure that says the same as its latest version stays as it is; any difference makes a new version, and the
    old ones stay at their addresses. Raises `NotInTransaction`; `Refused` as `check_draft` does.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction("call this inside transaction.atomic, together with the act it is part of")
    version, _ = keep(draft, by, at)
    return version


def keep(draft: FigureDraft, by: Actor, at: datetime) -> tuple[FigureVersion, bool]:
    """The version that says what the draft says, and whether it had to be made."""
    check_draft(draft)
    _check_nested(draft)
    figure = _listed(draft)
    latest = figure.versions.order_by("-number").first()
    if latest is not None and latest.sha256 == draft.sha256:
        return latest, False
    version = FigureVersion.objects.create(
        figure=figure,
        number=latest.number + 1 if latest else 1,
        label=draft.label,
        definition=draft.definition,
        numerator=draft.numerator,
        numerator_what=draft.numerator_what,
        base=draft.base,
        base_what=draft.base_what,
        on=draft.on,
        source=draft.source,
        source_href=draft.source_href,
        rounding=draft.rounding,
        places=draft.places,
        published=draft.published,
        published_percent=draft.published_percent,
        claim=draft.claim,
        note=draft.note,
        part_of_id=draft.part_of or None,
        figure_set=draft.figure_set,
        as_published=draft.as_published,
        has_numerator_rows=draft.numerator_rows is not None,
        has_base_rows=draft.base_rows is not None,
        released_at=draft.released_at,
        sha256=draft.sha256,
        recorded_at=at,
        recorded_by=by.person,
    )
    _keep_rows(version, "numerator", draft.numerator_rows)
    _keep_rows(version, "base", draft.base_rows)
    return version, True


def _check_nested(draft: FigureDraft) -> None:
    """A part is no larger than the figure that contains it, whoever printed it."""
    if not draft.part_of:
        return
    whole = FigureVersion.objects.filter(figure=draft.part_of).order_by("-number").first()
    if whole is None:
        raise refusal("not_a_figure", f"There is no figure “{draft.part_of}” for this to be a part of.")
    ours = share_said(draft.numerator, draft.base, draft.published_percent, draft.claim)
    theirs = share_said(whole.numerator, whole.base, whole.published_percent, whole.claim)
    if draft.numerator is not None and whole.numerator is not None:
        ours, theirs = Fraction(draft.numerator), Fraction(whole.numerator)
    if ours is not None and theirs is not None:
        require(nested(ours, theirs, draft.label, whole.label))


def _listed(draft: FigureDraft) -> Figure:
    """The figure of a draft, locked, listed where the draft says."""
    place = {"article": draft.article, "ledger_number": draft.ledger_number, "order": draft.order}
    figure, is_new = Figure.objects.select_for_update().get_or_create(pk=draft.id, defaults=place)
    if not is_new and any(getattr(figure, name) != value for name, value in place.items()):
        Figure.objects.filter(pk=figure.pk).update(**place)
    return figure


def _keep_rows(version: FigureVersion, side: str, rows: type_of_rows) -> None:
    FigureRow.objects.bulk_create(
        FigureRow(version=version, side=side, place=place, ref=ref, words=words)
        for place, (ref, words) in enumerate(rows or (), 1)
    )


@transaction.atomic
def record_figure(*, draft: FigureDraft, by: Actor, at: datetime, once: str) -> FigureVersion:
    """Record a published figure. The same `once`, or the same figure again, changes nothing.

    Raises `Refused`: ``not_permitted``, ``counted_here`` for a typed number in place of one that counts rows or
    that an article printed, and what `check_draft` refuses.
    """
    require(may(by, Permission.RECORD_FIGURES))
    key = f"figure.recorded/{by.person}/{once}"
    earlier = entry_once(key)
    if earlier is not None:
        return FigureVersion.objects.get(
            figure=earlier.subject.removeprefix("figure/"), number=earlier.details["version"]
        )
    _require_typed_before(draft)
    version, is_new = keep(draft, by, at)
    if is_new:
        record(
            act="figure.recorded",
            by=by,
            at=at,
            subject=f"figure/{draft.id}",
            under=UNDER,
            details={
                "version": version.number,
                "sha256": version.sha256,
                "numerator": version.numerator,
                "base": version.base,
                "published": version.published,
            },
            once=key,
        )
    return version


def _require_typed_before(draft: FigureDraft) -> None:
    """Refuse a typed number where there is one that counts rows, or that belongs to an article."""
    latest = (
        FigureVersion.objects.select_related("figure").filter(figure=draft.id).order_by("-number").first()
    )
    if latest is None:
        return
    has_rows = draft.numerator_rows is not None or draft.base_rows is not None
    counts_rows = latest.has_numerator_rows or latest.has_base_rows
    if (counts_rows and not has_rows) or (latest.figure.article and not draft.article):
        raise refusal(
            "counted_here",
            f"There is a figure “{draft.id}” already, and what it says is not typed. Choose another short name.",
        )
