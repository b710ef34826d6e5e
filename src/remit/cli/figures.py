"""`remit figures …`: every published number as published and as worked out, whether claims hold, and recording one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from remit.cli.database import open_database
from remit.cli.output import Exit, Json, Stopped, answering, say, show, show_json, table
from remit.cli.owner import owner
from remit.cli.typed import day, percentage
from remit.kernel.moments import at_the_edge

if TYPE_CHECKING:
    from remit.figures.queries import KeptFigure, KeptVersion

RECONSTRUCTED = {"q1": "S2-Q1", "q2": "S2-Q2"}
"""The sets whose counts were not printed, as the JSON calls them."""
HUNDREDTH = Decimal("0.01")


class ShowByDefault(TyperGroup):
    """`remit figures N21` is short for `remit figures show N21`."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:
        """Put in the command where none is named."""
        named = args[:1]
        is_short = not named or (named[0] not in self.commands and named[0] != "--help")
        return super().parse_args(ctx, ["show", *args] if is_short else args)


app = typer.Typer(
    help="Published numbers: each one opened, and new ones recorded.",
    cls=ShowByDefault,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def figures() -> None:
    """Published numbers: each one opened, and new ones recorded. `remit figures N21` shows one."""


@app.command("show")
def show_figures(
    figure: Annotated[str, typer.Argument(metavar="ID", help="One figure, such as N21; else all.")] = "",
    article: Annotated[str, typer.Option(help="Only those of an article: S0 to S4, or ext.")] = "",
    record_articles: Annotated[
        bool, typer.Option("--record-articles", help="First record what the five articles printed, once.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Published numbers, as published and as worked out from their counts.

    The word “show” may be left out.

    \b
    Examples:
      remit figures show
      remit figures show N21
      remit figures show --article S0
      remit figures show --record-articles
      remit figures show --json
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


@app.command("record")
def record_one(
    figure: Annotated[str, typer.Argument(metavar="ID", help="Its short name: letters, figures, hyphens.")],
    label: Annotated[str, typer.Option(help="What it is.")],
    definition: Annotated[str, typer.Option(help="What is counted, and how.")],
    source: Annotated[str, typer.Option(help="Who says so.")],
    count: Annotated[int | None, typer.Option(min=0, help="How many.")] = None,
    counted: Annotated[str, typer.Option(help="What was counted.")] = "",
    base: Annotated[int | None, typer.Option(min=1, help="Out of how many.")] = None,
    out_of: Annotated[str, typer.Option(help="What the base counts.")] = "",
    percent: Annotated[
        Decimal | None,
        typer.Option("--percent", parser=percentage, metavar="PERCENT", help="As printed, like 30%."),
    ] = None,
    words: Annotated[str, typer.Option(help="Words used of it, such as majority.")] = "",
    rounding: Annotated[str, typer.Option(help="half_up, truncated, largest_remainder or none.")] = "half_up",
    on: Annotated[
        date | None, typer.Option(parser=day, metavar="DATE", help="The day that it is about.")
    ] = None,
    source_href: Annotated[str, typer.Option(help="The web address of the source.")] = "",
    note: Annotated[str, typer.Option(help="Anything a reader should know.")] = "",
    as_published: Annotated[
        bool, typer.Option("--as-published", help="Somebody else printed it: keep it even where it is wrong.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Record a published figure.

    A percentage that no count gives is refused, with what is near. So are words that the figure does not bear out,
    with words that would be fair. The same figure again changes nothing; another number is another version.

    \b
    Examples:
      remit figures record full-delegation --label "Groups for full delegation" \\
        --definition "Groups that want full delegation" --source "A survey of July 2014" \\
        --count 25 --counted groups --base 47 --out-of "groups that specified" --words majority
    """
    with answering(as_json):
        open_database()
        from remit.engines.figures import places_of
        from remit.figures import queries
        from remit.figures.actions import FigureDraft, record_figure

        draft = FigureDraft(
            id=figure,
            label=label,
            definition=definition,
            source=source,
            numerator=count,
            numerator_what=counted,
            base=base,
            base_what=out_of,
            on=on,
            source_href=source_href,
            rounding=rounding,
            places=0 if percent is None else places_of(percent),
            published="" if percent is None else f"{percent}%",
            published_percent=percent,
            claim=words,
            note=note,
            as_published=as_published,
        )
        record_figure(draft=draft, by=owner(), at=at_the_edge(), once=draft.sha256)
        kept = queries.figure(figure, at=at_the_edge())
        assert kept is not None  # noqa: S101 - just recorded
        if as_json:
            show_json(figure_json(kept.now))
        else:
            show(f"{kept.id}, version {kept.now.number}: {kept.now.headline}. {queries.verdict(kept.now)}")


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
