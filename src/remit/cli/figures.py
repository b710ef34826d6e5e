"""`remit figures`: every published number as published and as worked out, and whether the claims hold."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.cli.database import open_database
from remit.cli.output import Exit, Json, Stopped, answering, say, show, show_json, table
from remit.cli.owner import owner
from remit.kernel.moments import at_the_edge

if TYPE_CHECKING:
    from remit.figures.queries import KeptFigure, KeptVersion

RECONSTRUCTED = {"q1": "S2-Q1", "q2": "S2-Q2"}
"""The sets whose counts were not printed, as the JSON calls them."""
HUNDREDTH = Decimal("0.01")


def figures(
    figure: Annotated[str, typer.Argument(metavar="ID", help="One figure, such as N21; else all.")] = "",
    article: Annotated[str, typer.Option(help="Only those of an article: S0 to S4, or ext.")] = "",
    record_articles: Annotated[
        bool, typer.Option("--record-articles", help="First record what the five articles printed, once.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Published numbers, as published and as worked out from their counts.

    \b
    Examples:
      remit figures
      remit figures N21
      remit figures --article S0
      remit figures --record-articles
      remit figures --json
    """
    with answering(as_json):
        open_database()
        if record_articles:
            _record()
        article = _article(article) if article else ""
        if figure:
            _one(figure, as_json)
        elif as_json:
            show_json(figures_json(article))
        else:
            _show_all(article)


def _article(text: str) -> str:
    from remit.figures.queries import article_code
    from remit.kernel.decision import Refused

    try:
        return article_code(text)
    except Refused as refused:
        raise Stopped(Exit.NOT_FOUND, refused.code, str(refused)) from refused


def _record() -> None:
    from remit.figures import actions

    made = actions.record_articles(by=owner(), at=at_the_edge())
    say(f"{len(made)} figures recorded." if made else "The articles' figures were recorded before.")


def figures_json(article: str = "") -> dict[str, Any]:
    """Every figure and claim for machines, with the same keys always; of one article, if one is named."""
    from remit.figures import queries

    at = at_the_edge()
    ways = {name: queries.figure_set(each, at=at) for name, each in RECONSTRUCTED.items()}
    return {
        "figures": [figure_json(each) for each in queries.figures(at=at, article=article or None)],
        "claims": {each.key: each.holds for each in queries.claims_checked(at=at, article=article or None)},
        **{name: [list(way) for way in found.ways] if found else [] for name, found in ways.items()},
    }


def figure_json(kept: KeptVersion) -> dict[str, Any]:
    """One figure for machines. `published` is the printed percentage, `ok` whether rounding gives it."""
    from remit.engines.figures import Rounding, rounded
    from remit.figures.queries import verdict

    fitting, percent = kept.counts_that_fit, kept.published_percent
    exact = None if kept.share is None else rounded(kept.share, Rounding.HALF_UP, 2)
    return {
        "id": kept.figure,
        "seed": kept.article,
        "what": kept.label,
        "version": kept.number,
        "count": kept.numerator,
        "base": kept.base,
        "exact": exact,
        "half_up": kept.half_up,
        "floor": kept.truncated,
        "published": percent,
        "published_as": kept.published,
        "ok": None if percent is None or kept.half_up is None else kept.half_up == percent,
        "attainable": None if fitting is None else bool(fitting),
        "counts_that_fit": [fitting[0], fitting[-1]] if fitting else None,
        "on": kept.on,
        "source": kept.source,
        "rounding": kept.rounding,
        "verdict": verdict(kept),
    }


def _one(name: str, as_json: bool) -> None:
    from remit.figures import queries

    found = queries.figure(name, at=at_the_edge())
    if found is None:
        raise Stopped(Exit.NOT_FOUND, "not_found", f"There is no figure {name}. See: remit figures")
    if as_json:
        show_json(_opened(found))
    else:
        _show_one(found)


def _opened(found: KeptFigure) -> dict[str, Any]:
    from remit.figures.queries import figure_rows

    now = found.now
    return {
        **figure_json(now),
        "definition": now.definition,
        "numerator_what": now.numerator_what,
        "base_what": now.base_what,
        "note": now.note,
        "numerator_rows": [[row.ref, row.words] for row in figure_rows(now, "numerator")],
        "base_rows": [[row.ref, row.words] for row in figure_rows(now, "base")],
        "versions": [
            {"version": each.number, "sha256": each.sha256, "recorded_at": each.recorded_at}
            for each in found.versions
        ],
    }


def _show_one(found: KeptFigure) -> None:
    from remit.engines.figures import ROUNDING_WORDS
    from remit.figures.queries import figure_rows, verdict

    now = found.now
    show(f"{now.figure}  {now.label}: {now.value}")
    lines = (
        ("What it is", now.definition),
        ("As published", now.published),
        ("Counted", f"{now.numerator:,} {now.numerator_what}" if now.numerator is not None else ""),
        ("Out of", f"{now.base:,} {now.base_what}" if now.base is not None else ""),
        ("Day", now.on.isoformat() if now.on else ""),
        ("Source", now.source),
        ("Rounding", ROUNDING_WORDS[now.rounding]),
        ("Note", now.note),
        ("Version", f"{now.number}, recorded {now.recorded_at:%Y-%m-%d}"),
        ("Verdict", verdict(now)),
    )
    for name, text in lines:
        if text:
            show(f"  {name:<13}{text}")
    for side in ("numerator", "base"):
        rows = figure_rows(now, side)
        if rows:
            show("")
            show(table((f"Rows of the {side}", "Reference"), [(row.words, row.ref) for row in rows]))


def _show_all(article: str) -> None:
    from remit.figures import queries

    at = at_the_edge()
    found = queries.figures(at=at, article=article or None)
    if not found:
        show("No figures are recorded. To record those of the five articles: remit figures --record-articles")
        return
    rows = [
        (kept.figure, kept.article, kept.label, kept.published, kept.value, queries.verdict(kept))
        for kept in found
    ]
    show(table(("Figure", "Article", "What", "Published", "Worked out", "Verdict"), rows))
    checked = queries.claims_checked(at=at, article=article or None)
    if checked:
        show("")
        show(f"{sum(each.holds for each in checked)} of {len(checked)} statements about them hold:")
        for each in checked:
            show(f"  {'yes' if each.holds else 'NO '}  {each.says} {' '.join(each.arithmetic)}")
