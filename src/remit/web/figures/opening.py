"""A kept figure as any page can show it: closed with its value, open with what it is made of."""

from __future__ import annotations

from remit.engines.figures import ROUNDING_WORDS, Rounding
from remit.figures.queries import KeptVersion
from remit.web.figures.links import figure_href
from remit.web.opened import OpenedFigure


def opened(version: KeptVersion) -> OpenedFigure:
    """For the macro `figure` of components/figure.jinja; its link opens the figure's own page."""
    printed = f"As published: {version.published}. " if version.published else ""
    return OpenedFigure(
        label=version.label,
        value=version.value,
        numerator=counted(version.numerator, version.numerator_what),
        base=counted(version.base, version.base_what),
        on=version.on,
        source=version.source,
        source_href=version.source_href,
        rounding=rounding_words(version),
        note=f"{printed}{version.note}".strip(),
        href=figure_href(version.figure, version.number if version.is_superseded else None),
    )


COUNTED_IN_ONES = frozenset({"commissioners", "practices", "applications", "boards"})
"""What the numbers of our own count: one of them is without its last letter."""


def counted(count: int | None, what: str) -> str:
    """ "64 commissioners approved", "1 commissioner"; nothing where there is no count."""
    if count is None:
        return ""
    first, space, rest = what.partition(" ")
    one = first.removesuffix("s") if count == 1 and first in COUNTED_IN_ONES else first
    return f"{count:,} {one}{space}{rest}"


def rounding_words(version: KeptVersion) -> str:
    """The rounding rule in words, with the decimals of the percentage."""
    if version.base is None and version.published_percent is None:
        return ROUNDING_WORDS[Rounding.NONE]
    words = ROUNDING_WORDS[version.rounding]
    if version.rounding is Rounding.NONE:
        return words
    to = {0: "whole percent", 1: "one decimal"}.get(version.places, f"{version.places} decimals")
    return f"{words}, to {to}"
