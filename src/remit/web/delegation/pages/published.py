"""Totals that were published without a list: beside what the sources held here name, each opening as a figure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from remit.delegation.queries import PublishedGap
from remit.web.figures.links import figure_href
from remit.web.formats import nhs_date, number
from remit.web.opened import OpenedFigure


def published_figures(gaps: Sequence[PublishedGap], kept: Collection[str]) -> tuple[OpenedFigure, ...]:
    """Each total, and by how many it exceeds the one before; `kept` are the figures that have a page of their own."""
    return tuple(figure for gap in gaps for figure in (_total(gap, kept), *_change(gap, kept)))


def _total(gap: PublishedGap, kept: Collection[str]) -> OpenedFigure:
    """A published total, with how many of it the sources at hand name; `kept` are the figures that open."""
    said = {"approved": "approved for", "in_effect": "with powers in effect at"}[gap.what]
    note = f"{number(gap.named)} of the {number(gap.count)} are named in the sources held."
    if gap.more is not None:
        note = f"{number(gap.more)} more than the {number(gap.count - gap.more)} published before. {note}"
    return OpenedFigure(
        label=f"Published on {nhs_date(gap.announced_on)}: {said} Level {gap.level}",
        value=number(gap.count),
        numerator="As published: the list behind it cannot be read freely",
        on=gap.announced_on,
        source=gap.source,
        source_href=gap.href,
        rounding="None: a count",
        note=note,
        href=figure_href(gap.figure) if gap.figure in kept else "",
    )


def _change(gap: PublishedGap, kept: Collection[str]) -> tuple[OpenedFigure, ...]:
    """By how many a published count exceeds the one before, worked out; none where there is none before."""
    if gap.more is None:
        return ()
    return (
        OpenedFigure(
            label=f"More than the count published before, at Level {gap.level}",
            value=f"{gap.more:+,}",
            numerator=f"{number(gap.count)} less {number(gap.count - gap.more)}, both as published",
            on=gap.announced_on,
            source=gap.source,
            source_href=gap.href,
            rounding="None: a difference of two counts",
            note="Worked out from the two published counts.",
            href=figure_href(gap.change) if gap.change in kept else "",
        ),
    )
