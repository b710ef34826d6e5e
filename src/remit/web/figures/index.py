"""The page of all figures: the articles' numbers as published and as worked out, and this service's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from remit.figures.queries import CheckedClaim, KeptVersion, claim_checked, sets_among, verdict
from remit.figures.rules import Article, Trap
from remit.web.as_at import AsAt
from remit.web.figures.links import figure_href
from remit.web.figures.opening import counted
from remit.web.figures.tables import set_table
from remit.web.formats import nhs_date, number
from remit.web.paging import Paging
from remit.web.register.links import address, crumbs, twins
from remit.web.register.pages.dated import DatedPage
from remit.web.tables import Cell, Column, Table


@dataclass(frozen=True)
class SetPart:
    """A set as a table, and what a reader should know of it."""

    table: Table
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ArticlePart:
    """One article: its figures, the sets among them, the words it used, and what can be checked."""

    id: str
    title: str
    subject: str
    figures: Table
    sets: tuple[SetPart, ...]
    words: Table | None
    claims: Table


@dataclass(frozen=True)
class TrapPart:
    """Figures that look alike, each with its page."""

    says: str
    why: str
    figures: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class FiguresPage(DatedPage):
    """Every figure that was published by a day. `tally` says how many printed percentages follow from their counts."""

    tally: str
    articles: tuple[ArticlePart, ...]
    traps: tuple[TrapPart, ...]
    own: Table
    paging: Paging
    new_href: str


def figures_page(
    day: AsAt,
    articles: Sequence[Article],
    parts: tuple[ArticlePart, ...],
    known: Sequence[KeptVersion],
    traps: Sequence[Trap],
    own: Sequence[KeptVersion],
    paging: Paging,
    *,
    may_record: bool = False,
) -> FiguresPage:
    """All of it; `own` are the figures that belong to no article."""
    by_id = {version.figure: version for version in known}
    trials = {printed.id for article in articles for printed in article.figures if printed.is_trial}
    return FiguresPage(
        title="Figures that open",
        section="Figures",
        crumbs=crumbs(day),
        chooser=day,
        as_at=day.day,
        alternates=twins("figures", "Figures", None if day.is_default else day.day),
        tally=tally([version for version in known if version.article and version.figure not in trials]),
        articles=tuple(part for part in parts if part.figures.rows),
        traps=tuple(
            TrapPart(trap.says, trap.why, tuple(_alike(by_id[id]) for id in trap.figures))  # noqa: A001
            for trap in traps
            if set(trap.figures) <= set(by_id)
        ),
        own=own_table(day, own[paging.start : paging.end]),
        paging=paging,
        new_href=reverse("figure_new") if may_record else "",
    )


def tally(versions: Sequence[KeptVersion]) -> str:
    """How many percentages that were printed beside a count follow from it."""
    beside = [version for version in versions if version.agrees is not None and version.numerator is not None]
    wrong = sum(not version.agrees for version in beside)
    if not beside:
        return "No article's figures are recorded here yet."
    return (
        f"{number(len(versions))} figures of the articles are kept here. {len(beside)} give a percentage together "
        f"with a count. In {len(beside) - wrong} of those the two agree, in {wrong} they do not."
    )


def _alike(version: KeptVersion) -> Cell:
    share = f", {version.value}" if version.share is not None else ""
    said = f"{counted(version.numerator, version.numerator_what)}{share}"
    return Cell(version.label, href=figure_href(version.figure), note=f"{said}. {version.source}.")


def article_part(
    day: AsAt,
    article: Article,
    known: Sequence[KeptVersion],
    checked: Sequence[CheckedClaim],
) -> ArticlePart:
    """One article's part of the page."""
    versions = [version for version in known if version.article == article.id]
    return ArticlePart(
        id=article.id,
        title=f"{article.publisher}, {article.published}",
        subject=article.subject,
        figures=figures_table(day, article.id, versions),
        sets=tuple(SetPart(set_table(each), each.notes) for each in sets_among(versions)),
        words=words_table(article.id, versions),
        claims=claims_table(article.id, [claim for claim in checked if claim.article == article.id]),
    )


def figures_table(day: AsAt, name: str, versions: Sequence[KeptVersion]) -> Table:
    """Each figure as published, as worked out, and what the difference means."""
    return Table(
        id=f"{name}-figures",
        caption="Each number as published and as worked out",
        columns=(Column("Figure"), Column("As published"), Column("Worked out"), Column("What that means")),
        rows=[
            (
                Cell(version.label, href=address("figure", version.figure, day=day), note=version.figure),
                version.published or "Not published",
                worked_out(version),
                judged(version),
            )
            for version in versions
        ],
        stacked=True,
        size="s",
    )


def worked_out(version: KeptVersion) -> str:
    """What comes out: the share, or the counts that a lone percentage can mean."""
    if version.computed is not None:
        return version.value
    fitting = version.counts_that_fit
    if version.numerator is None and fitting:
        return f"{fitting[0]:,}" if len(fitting) == 1 else f"{fitting[0]:,} to {fitting[-1]:,}"
    return "Not a share" if version.numerator is not None else "Nothing"


def judged(version: KeptVersion) -> Cell:
    """Whether a figure agrees with what was printed, and the sentence that says why."""
    said = verdict(version)
    checked = claim_checked(version)
    if version.agrees is False and version.numerator is not None:
        return Cell("Differs", colour="orange", note=said)
    if checked is not None and checked.reasons[0].code == "not_borne_out":
        return Cell("Goes too far", colour="orange", note=said)
    if version.agrees and version.numerator is not None:
        return Cell("Agrees", colour="green", note=said)
    if checked is not None and checked.allowed:
        return Cell("Fair words", colour="green", note=said)
    return Cell("", note=said)


def words_table(name: str, versions: Sequence[KeptVersion]) -> Table | None:
    """The claims in words; none where the article made none that can be checked."""
    rows = []
    for version in versions:
        checked = claim_checked(version)
        if checked is None or checked.reasons[0].code == "nothing_to_check":
            continue
        tag = Cell("Fair", colour="green") if checked.allowed else Cell("Goes too far", colour="orange")
        label = Cell(version.label, href=figure_href(version.figure))
        rows.append((f"“{version.claim}”", label, tag, checked.reasons[0].message))
    if not rows:
        return None
    return Table(
        id=f"{name}-words",
        caption="Claims made in words",
        columns=(Column("Words"), Column("Of"), Column("Verdict"), Column("Why")),
        rows=rows,
        stacked=True,
        size="s",
    )


def claims_table(name: str, checked: Sequence[CheckedClaim]) -> Table:
    """What can be checked, whether it holds, and the arithmetic."""
    return Table(
        id=f"{name}-claims",
        caption="What can be checked",
        columns=(Column("Statement"), Column("Holds"), Column("Arithmetic")),
        rows=[
            (
                claim.says,
                Cell("Yes", colour="green") if claim.holds else Cell("No", colour="red"),
                " ".join(claim.arithmetic),
            )
            for claim in checked
        ],
        stacked=True,
        size="s",
    )


def own_table(day: AsAt, versions: Sequence[KeptVersion]) -> Table:
    """The figures of this service, most of which count rows that are kept here."""
    return Table(
        id="own",
        caption="Figures of this service",
        columns=(Column("Figure"), Column("Counted"), Column("Share", numeric=True), Column("Day")),
        rows=[
            (
                Cell(version.label, href=address("figure", version.figure, day=day)),
                counts(version),
                version.value if version.share is not None else "Not a share",
                nhs_date(version.on) or "Not of one day",
            )
            for version in versions
        ],
        stacked=True,
        empty="None has been published yet.",
    )


def counts(version: KeptVersion) -> str:
    """ "64 of 211", or the count alone."""
    if version.numerator is None:
        return "Not stated"
    return (
        f"{number(version.numerator)} of {number(version.base)}"
        if version.base
        else number(version.numerator)
    )
