"""Charts as pictures that pass the strict content policy, each with its table and its sentence.

Vega-Lite makes the picture, offline, in this process. The first takes half a second, the next 30 ms, so each
is kept in the cache under a hash of its specification. The picture is decoration: screen readers get the
sentence and the table.
"""

# ruff: noqa: A002 - `id` is the HTML id, as in Table

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.cache import cache
from markupsafe import Markup

from remit.web.formats import nhs_date, number
from remit.web.tables import Column, Table

BLUE, GREY, INK = "#005eb8", "#768692", "#212b32"
STACK = ("#003087", "#41b6e6", "#768692", "#e8edee", "#ffb81c")
"""The colours of parts of a whole; neighbours differ in lightness, so they are told apart without colour."""
KEEP = 7 * 24 * 60 * 60
FONT = "Arial, sans-serif"
CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": "#ffffff",
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 14,
        "titleFontSize": 14,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": INK,
        "gridColor": "#d8dde0",
        "domainColor": GREY,
        "tickColor": GREY,
    },
}
BY_YEAR: dict[str, Any] = {"format": "%Y", "tickCount": {"interval": "year", "step": 1}}


@dataclass(frozen=True)
class Point:
    """A value: where on the x axis (a year, a name, an ISO date), how much, how the table writes it."""

    x: str
    y: float
    shown: str = ""


@dataclass(frozen=True)
class Chart:
    """What templates/components/chart.jinja draws."""

    id: str
    title: str
    summary: str
    svg: Markup
    table: Table


def _picture(spec: dict[str, Any]) -> Markup:
    """The SVG of a Vega-Lite specification, from the cache where it has been drawn before."""
    text = json.dumps(spec, sort_keys=True)
    key = "chart:" + hashlib.sha256(text.encode()).hexdigest()
    svg = cache.get(key)
    if svg is None:
        svg = _decorative(_drawn(text))
        cache.set(key, svg, KEEP)
    # Made by Vega from our own specification, which escapes the text in it.
    return Markup(svg)  # noqa: S704


def _drawn(spec: str) -> str:
    import vl_convert  # half a second and 90 MB: only processes that draw should pay

    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))


def _decorative(svg: str) -> str:
    """Without its own size, roles and labels, in a container that scrolls where the screen is narrow."""
    svg = re.sub(r'\s(?:role|aria-[a-z]+)="[^"]*"', "", svg)
    head, _, rest = svg.partition(">")
    head = re.sub(r'\s(?:width|height|class)="[^"]*"', "", head)
    return f'{head} aria-hidden="true" focusable="false">{rest}'


def _table(id: str, title: str, names: tuple[str, str], points: Sequence[Point]) -> Table:
    return Table(
        id=f"{id}-table",
        caption=title,
        columns=(Column(names[0]), Column(names[1], numeric=True)),
        rows=[(point.x, point.shown or number(point.y)) for point in points],
        stacked=True,
        size="s",
    )


def _ticks(points: Sequence[Point]) -> str:
    """How Vega writes the numbers of the axis: whole numbers with commas, else up to two decimals."""
    return ",d" if all(float(point.y).is_integer() for point in points) else ",.2~f"


def _spec(
    points: Sequence[Point], mark: dict[str, Any], encoding: dict[str, Any], height: Any
) -> dict[str, Any]:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "config": CONFIG,
        "width": 560,
        "height": height,
        "data": {"values": [{"x": point.x, "y": point.y} for point in points]},
        "mark": mark,
        "encoding": encoding,
    }


def line_chart(
    *, id: str, title: str, summary: str, points: Sequence[Point], x: str, y: str, is_date: bool = False
) -> Chart:
    """A line over time. `x` and `y` name the axes; `is_date`: each x is an ISO date, spaced as time is.

    The y axis starts at nought, so that a small change does not look like a great one. A step after each
    point would claim knowledge between the dates, so points are joined and marked.
    """
    axis: dict[str, Any] = {"title": x, "labelAngle": 0, "labelOverlap": True, "grid": False}
    encoding = {
        "x": {"field": "x", "type": "temporal", "axis": {**axis, **BY_YEAR}}
        if is_date
        else {"field": "x", "type": "ordinal", "sort": None, "axis": axis},
        "y": {
            "field": "y",
            "type": "quantitative",
            "axis": {"title": y, "format": _ticks(points)},
            "scale": {"zero": True},
        },
    }
    mark = {
        "type": "line",
        "color": BLUE,
        "strokeWidth": 3,
        "point": {"color": BLUE, "size": 60, "filled": True},
    }
    svg = _picture(_spec(points, mark, encoding, 280))
    said = (
        [replace(point, x=nhs_date(date.fromisoformat(point.x))) for point in points] if is_date else points
    )
    return Chart(id, title, summary, svg, _table(id, title, (x, y), said))


def bar_chart(*, id: str, title: str, summary: str, points: Sequence[Point], x: str, y: str) -> Chart:
    """Horizontal bars, one for each name, in the order given: names stay readable."""
    encoding = {
        "y": {
            "field": "x",
            "type": "nominal",
            "sort": None,
            "axis": {"title": None, "labelLimit": 220, "grid": False},
        },
        "x": {
            "field": "y",
            "type": "quantitative",
            "axis": {"title": y, "format": _ticks(points)},
            "scale": {"zero": True},
        },
    }
    svg = _picture(_spec(points, {"type": "bar", "color": BLUE}, encoding, {"step": 30}))
    return Chart(id, title, summary, svg, _table(id, title, (x, y), points))


def two_sided_chart(
    *, id: str, title: str, summary: str, rows: Sequence[tuple[str, int, int]], x: str, sides: tuple[str, str]
) -> Chart:
    """Bars to the left and to the right of a middle line, such as an age and sex pyramid, from the bottom up.

    Each row is a name and how many are on either side; `sides` says what the sides are. Sides are told apart
    by where they stand and by words, not only by colour.
    """
    spec = _spec((), {"type": "bar"}, {}, {"step": 22})
    spec["data"] = {
        "values": [
            {"x": name, "y": value if at else -value, "side": sides[at]}
            for name, *both in rows
            for at, value in enumerate(both)
        ]
    }
    axis = {"title": f"{sides[0]} ← patients → {sides[1]}", "labelExpr": "format(abs(datum.value), ',')"}
    spec["encoding"] = {
        "y": {"field": "x", "type": "nominal", "sort": None, "axis": {"title": None, "grid": False}},
        "x": {"field": "y", "type": "quantitative", "stack": None, "axis": axis},
        "color": {"field": "side", "scale": {"domain": list(sides), "range": [BLUE, GREY]}, "legend": None},
    }
    table = Table(
        id=f"{id}-table",
        caption=title,
        columns=(Column(x), *(Column(side, numeric=True) for side in sides)),
        rows=[(name, number(left), number(right)) for name, left, right in reversed(rows)],
        stacked=True,
        size="s",
    )
    return Chart(id, title, summary, _picture(spec), table)


def stacked_chart(
    *,
    id: str,
    title: str,
    summary: str,
    rows: Sequence[tuple[str, tuple[int, ...]]],
    x: str,
    y: str,
    parts: tuple[str, ...],
) -> Chart:
    """Columns made of parts, the first part at the foot: how a whole divides, year by year.

    Each row is a name and its parts, in the order of `parts`, at most five. The legend keeps that order; the table
    has a column for each part and one for the whole.
    """
    spec = _spec((), {"type": "bar"}, {}, 280)
    spec["data"] = {
        "values": [
            {"x": name, "y": value, "part": parts[at], "order": at}
            for name, values in rows
            for at, value in enumerate(values)
        ]
    }
    spec["encoding"] = {
        "x": {
            "field": "x",
            "type": "ordinal",
            "sort": None,
            "axis": {"title": x, "labelAngle": 0, "grid": False},
        },
        "y": {"field": "y", "type": "quantitative", "axis": {"title": y, "format": ",d"}},
        "order": {"field": "order", "type": "quantitative"},
        "color": {
            "field": "part",
            "type": "nominal",
            "scale": {"domain": list(parts), "range": list(STACK[: len(parts)])},
            "legend": {"orient": "top", "title": None, "columns": 2, "labelFontSize": 14, "labelLimit": 300},
        },
    }
    table = Table(
        id=f"{id}-table",
        caption=title,
        columns=(Column(x), *(Column(part, numeric=True) for part in parts), Column(y, numeric=True)),
        rows=[(name, *(number(value) for value in values), number(sum(values))) for name, values in rows],
        stacked=True,
        size="s",
    )
    return Chart(id, title, summary, _picture(spec), table)
