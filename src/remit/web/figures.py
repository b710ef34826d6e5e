"""A published number that opens: what it is made of, when it was true, where it comes from, how it was rounded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`value` as shown ("64%"). `numerator` and `base` as counted ("135 of 211" is 135 and 211), each with what it counts.

    `source` is the publisher's title, `source_href` where to see it; `sources` are such pairs where there are many; `rounding` names the rule in words.
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
