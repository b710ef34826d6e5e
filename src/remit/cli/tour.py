"""`remit tour`: every demand of the seeds and how far Remit meets it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.output import Json, show

if TYPE_CHECKING:
    from rich.table import Table

    from remit.tour.queries import SeedRow, Tour

COLOURS = {"works": "green", "partly": "yellow", "not yet": "dim"}


def tour(
    article: Annotated[str, typer.Option(help="Only one article: S0, S1, S2, S3 or S4.")] = "",
    as_json: Json = False,
) -> None:
    """What the published articles ask, and what works.

    Each demand works, partly works or is not there yet; with --json also which test proves it.

    \b
    Examples:
      remit tour
      remit tour --article S1
      remit tour --json
    """
    from remit.tour import queries

    whole = queries.tour()
    known = [entry.id for entry in whole.articles]
    if article and article.upper() not in known:
        raise typer.BadParameter(f"“{article}” is not an article. Choose from {', '.join(known)}.")
    if as_json:
        show(tour_json(whole.only(article=article.upper() or None)))
        return
    for entry in whole.articles:
        if article.upper() in ("", entry.id):
            show(f"{entry.id}. {entry.publisher}, {entry.published}: {entry.subject}")
            show(tour_table(whole.only(article=entry.id)))
            show("")
    show(tour_summary(whole))


def tour_table(rows: Sequence[SeedRow]) -> Table:
    """One line for each demand; the state is in words as well as in colour."""
    from rich.markup import escape
    from rich.table import Table

    table = Table("Id", "State", "What it asks", "Page", box=None, pad_edge=False)
    for row in rows:
        asks = f"{row.says} Missing: {row.missing}." if row.missing else row.says
        state = f"[{COLOURS[row.state]}]{row.state}[/]"
        table.add_row(row.id, state, escape(asks), escape(row.url))
    return table


def tour_summary(whole: Tour) -> str:
    """ "1 of 142 works, 0 partly, 141 not yet"."""
    counts = {state.value: count for state, count in whole.counts().items()}
    return (
        f"{counts['works']} of {len(whole.rows)} works, "
        f"{counts['partly']} partly, {counts['not yet']} not yet"
    )


def tour_json(rows: Sequence[SeedRow]) -> str:
    """A JSON list of id, state, url and tests."""
    from remit.tour.queries import as_json

    return json.dumps(as_json(rows), indent=2, ensure_ascii=False)
