"""A published number that opens: what it is made of, when it was true, its source, its rounding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class OpenedFigure:
    """`value` as shown ("64%"), with the `numerator` and `base` it is made of, each with what it counts.

    `source` is the publisher's title, `source_href` where to see it; `sources` are such pairs where there are
    many. `rounding` names the rule in words. `href` is the figure's own page, with its rows and versions.
    """

    label: str
    value: str
    numerator: str = ""
    base: str = ""
    on: date | None = None
    source: str = ""
    source_href: str = ""
    sources: tuple[tuple[str, str], ...] = ()
    rounding: str = "Not rounded"
    note: str = ""
    href: str = ""
