"""Figures with their versions and rows, and what each comes to when worked out again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.db.models import Q, QuerySet

from remit.engines.figures import Rounding, counts_that_fit, percentage, rounded
from remit.figures.models import FIGURE_ID, FigureRow, FigureVersion
from remit.figures.rules import articles
from remit.kernel.decision import Reason, Refused
from remit.kernel.moments import london_day


@dataclass(frozen=True)
class KeptVersion:
    """One version of a figure. `latest` is the number of the version that stands now.

    `share` is exact, out of a hundred, by the counts; None for a plain count and where no count was printed.
    """

    figure: str
    article: str
    ledger_number: str
    number: int
    latest: int
    label: str
    definition: str
    numerator: int | None
    numerator_what: str
    base: int | None
    base_what: str
    on: date | None
    source: str
    source_href: str
    rounding: Rounding
    places: int
    published: str
    published_percent: Decimal | None
    claim: str
    note: str
    part_of: str
    figure_set: str
    as_published: bool
    has_numerator_rows: bool
    has_base_rows: bool
    sha256: str
    recorded_at: datetime
    recorded_by: str

    @property
    def is_superseded(self) -> bool:
        """Whether a later version says something else."""
        return self.number < self.latest

    @cached_property
    def share(self) -> Fraction | None:
        """The exact share, out of a hundred."""
        if self.numerator is None or self.base is None:
            return None
        return percentage(self.numerator, self.base)

    @property
    def half_up(self) -> Decimal | None:
        """The share rounded to the nearest."""
        return None if self.share is None else rounded(self.share, Rounding.HALF_UP, self.places)

    @property
    def truncated(self) -> Decimal | None:
        """The share cut off."""
        return None if self.share is None else rounded(self.share, Rounding.TRUNCATED, self.places)

    @property
    def computed(self) -> Decimal | None:
        """The share by the figure's own rule; what the rule does to a whole set, its set shows."""
        return self.truncated if self.rounding is Rounding.TRUNCATED else self.half_up

    @cached_property
    def counts_that_fit(self) -> range | None:
        """The whole counts of the base that are printed so; None where no percentage or no base was printed."""
        if self.published_percent is None or self.base is None:
            return None
        return counts_that_fit(self.published_percent, self.base, self.rounding, self.places)

    @property
    def agrees(self) -> bool | None:
        """Whether the printed percentage is what the counts give; None where that cannot be said."""
        if self.counts_that_fit is None:
            return None
        return (
            bool(self.counts_that_fit) if self.numerator is None else self.numerator in self.counts_that_fit
        )

    @property
    def value(self) -> str:
        """The figure in short: "72%", "64", or as printed where there is nothing to work out."""
        if self.computed is not None:
            if self.computed == 0 and self.numerator:
                return f"less than {Decimal(1).scaleb(-self.places)}%"
            return f"{self.computed}%"
        if self.numerator is not None:
            return f"{self.numerator:,}"
        return f"{self.published_percent}%" if self.published_percent is not None else self.published

    @property
    def headline(self) -> str:
        """The figure with what it is made of: "64 of 211 (30%)"; else its value."""
        if self.numerator is None or self.base is None:
            return self.value
        return f"{self.numerator:,} of {self.base:,} ({self.value})"


@dataclass(frozen=True)
class KeptFigure:
    """A figure: the version that stands now, and every version, newest first."""

    id: str
    now: KeptVersion
    versions: tuple[KeptVersion, ...]

    def version(self, number: int) -> KeptVersion | None:
        """One of its versions."""
        return next((each for each in self.versions if each.number == number), None)


@dataclass(frozen=True)
class KeptRow:
    """One of the things counted. `ref` says what it is, such as ``organisation/05L``; empty if only words do."""

    place: int
    ref: str
    words: str


def _released(at: datetime | None, then: datetime | None = None) -> QuerySet[FigureVersion]:
    """The versions that the public may see at an instant; every one, where None is given. `then` is an instant of the
    past: only those published by it, which an article's are from its own day on, whenever they were recorded."""
    rows = FigureVersion.objects.select_related("figure")
    rows = rows if at is None else rows.filter(Q(released_at__isnull=True) | Q(released_at__lte=at))
    if then is None:
        return rows
    printed = [each.id for each in articles() if each.public_by <= london_day(then)]
    of_articles = Q(figure__article__in=printed, as_published=True, number=1) & ~Q(figure__article="")
    recorded = Q(recorded_at__lte=then) & (Q(released_at__isnull=True) | Q(released_at__lte=then))
    return rows.filter(of_articles | recorded)


def figure(id: str, *, at: datetime | None, then: datetime | None = None) -> KeptFigure | None:  # noqa: A002
    """One figure with its versions that are public at `at` (None: all, embargoed ones too), and were `then`.

    None for an id that no figure has, or could have.
    """
    if not FIGURE_ID.fullmatch(id):
        return None
    found = _released(at, then).filter(figure=id).order_by("-number")
    versions = tuple(_kept(row, found[0].number) for row in found)
    return KeptFigure(id, versions[0], versions) if versions else None


def article_code(text: str) -> str:
    """The code of an article, as typed. Raises `Refused` with ``no_such_article``, which lists those there are."""
    known = {article.id.lower(): article.id for article in articles()}
    if text.strip().lower() not in known:
        listed = ", ".join(known.values())
        message = f"There is no article “{text.strip()}”. There are: {listed}."
        raise Refused(Reason("no_such_article", message))
    return known[text.strip().lower()]


def figures(
    *,
    at: datetime | None,
    article: str | None = None,
    ids: Collection[str] | None = None,
    then: datetime | None = None,
) -> list[KeptVersion]:
    """The version of every figure that stands at `at`, in the order of articles; of an article, or with ids.

    `at` is the instant of asking: what is under embargo then is left out. None leaves out nothing. `then` is an
    instant of the past: what stood then, of what had been published by it.
    """
    rows = _released(at, then).order_by("figure__article", "figure__order", "figure_id", "number")
    if article is not None:
        rows = rows.filter(figure__article=article)
    if ids is not None:
        rows = rows.filter(figure__in=set(ids))
    return list(_latest(rows).values())


def figures_of_set(
    figure_set: str, *, at: datetime | None, then: datetime | None = None
) -> list[KeptVersion]:
    """The figures that divide one base between them, in order; `at` and `then` as for `figures`."""
    rows = _released(at, then).filter(figure__in=_ids_of_set(figure_set))
    found = _latest(rows.order_by("figure__order", "figure_id", "number"))
    return [version for version in found.values() if version.figure_set == figure_set]


def _ids_of_set(figure_set: str) -> set[str]:
    return set(FigureVersion.objects.filter(figure_set=figure_set).values_list("figure_id", flat=True))


def _latest(rows: Iterable[FigureVersion]) -> dict[str, KeptVersion]:
    """The last of each figure's rows; they come in the order of their numbers."""
    last = {row.figure_id: row for row in rows}
    return {id: _kept(row, row.number) for id, row in last.items()}  # noqa: A001


def figure_rows(version: KeptVersion, side: str, start: int = 0, end: int | None = None) -> list[KeptRow]:
    """Some of the rows that make a version's `side` (numerator or base), in their order."""
    rows = FigureRow.objects.filter(
        version__figure=version.figure, version__number=version.number, side=side
    ).order_by("place")
    return [KeptRow(row.place, row.ref, row.words) for row in rows[start:end]]


def _kept(row: FigureVersion, latest: int) -> KeptVersion:
    percent = row.published_percent
    return KeptVersion(
        figure=row.figure_id,
        article=row.figure.article,
        ledger_number=row.figure.ledger_number,
        number=row.number,
        latest=latest,
        label=row.label,
        definition=row.definition,
        numerator=row.numerator,
        numerator_what=row.numerator_what,
        base=row.base,
        base_what=row.base_what,
        on=row.on,
        source=row.source,
        source_href=row.source_href,
        rounding=Rounding(row.rounding),
        places=row.places,
        published=row.published,
        published_percent=None if percent is None else percent.quantize(Decimal(1).scaleb(-row.places)),
        claim=row.claim,
        note=row.note,
        part_of=row.part_of_id or "",
        figure_set=row.figure_set,
        as_published=row.as_published,
        has_numerator_rows=row.has_numerator_rows,
        has_base_rows=row.has_base_rows,
        sha256=row.sha256,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
    )
