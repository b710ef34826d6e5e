"""Where figures and the rows that make them lead."""

from __future__ import annotations

from datetime import date

from django.urls import NoReverseMatch, reverse

PAGES = {"organisation": "organisation", "application": "application", "figure": "figure", "source": "source"}
"""What a row's reference begins with, and the page that shows such a thing."""
DATED = frozenset({"organisation"})
"""Those whose page shows a day."""


def row_href(ref: str, on: date | None = None) -> str:
    """The page of what a row counts, such as ``organisation/05L``, as it was on a day; empty where it has none."""
    kind, _, key = ref.partition("/")
    name = PAGES.get(kind)
    if name is None or not key:
        return ""
    try:
        path = reverse(name, args=[key])
    except NoReverseMatch:
        return ""
    return f"{path}?on={on.isoformat()}" if on and kind in DATED else path


def leads_to(ref: str) -> str:
    """What is behind a row, in words: "Its application", or the code of an organisation; never a bare identifier."""
    kind, _, key = ref.partition("/")
    return {"": "Nothing more", "application": "Its application", "organisation": key}.get(kind, ref)


def figure_href(figure: str, version: int | None = None) -> str:
    """The page of a figure, or of one of its versions."""
    return (
        reverse("figure", args=[figure])
        if version is None
        else reverse("figure_version", args=[figure, version])
    )
