"""Where figures and the rows that make them lead."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

PAGES = {"organisation": "organisation", "application": "application", "figure": "figure", "source": "source"}
"""What a row's reference begins with, and the page that shows such a thing."""


def row_href(ref: str) -> str:
    """The page of what a row counts, such as ``organisation/05L``; empty where it has none."""
    kind, _, key = ref.partition("/")
    name = PAGES.get(kind)
    if name is None or not key:
        return ""
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""


def figure_href(figure: str, version: int | None = None) -> str:
    """The page of a figure, or of one of its versions."""
    return (
        reverse("figure", args=[figure])
        if version is None
        else reverse("figure_version", args=[figure, version])
    )
