"""What is handed in to be kept as a figure, and what must be true of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from remit.engines.figures import (
    MOST_PLACES,
    Rounding,
    UnknownWords,
    percentage,
    places_of,
    understand,
)
from remit.figures.models import FIGURE_ID, LONGEST_ID
from remit.figures.queries.trying import tried
from remit.figures.rules import vocabulary
from remit.kernel.canonical import canonical_json, sha256_hex
from remit.kernel.decision import Reason, Refused, require
from remit.kernel.moments import rfc3339

UNDER = "Figure ledger: numerator, base, date, source, definition and rounding of every published number"

TAKEN = frozenset({"check", "new"})
"""Addresses below /figures/ that are pages of their own."""

type_of_rows = tuple[tuple[str, str], ...] | None


@dataclass(frozen=True, kw_only=True)
class FigureDraft:
    """A published number, opened. What is left out is not known, or does not apply.

    A share has a `numerator` and a `base`; a plain count has no base; where only a percentage or a word was
    printed there is no numerator. Rows are (ref, words): ``("organisation/05L", "NHS Dale CCG")``; None where
    nobody knows them. `published` is as printed ("71%"), `published_percent` the number in it, with `places`
    decimals. `claim` is a claim in words about it ("majority"). `part_of` is a figure that contains it;
    `figure_set` names figures that divide one base between them. `as_published`: somebody else printed it, so it
    is kept even where it is wrong. `released_at` is when an embargo ends: until then no public page shows it.
    """

    id: str
    label: str
    definition: str
    source: str
    numerator: int | None = None
    numerator_what: str = ""
    numerator_rows: type_of_rows = None
    base: int | None = None
    base_what: str = ""
    base_rows: type_of_rows = None
    on: date | None = None
    source_href: str = ""
    rounding: str = "half_up"
    places: int = 0
    published: str = ""
    published_percent: Decimal | None = None
    claim: str = ""
    note: str = ""
    part_of: str = ""
    figure_set: str = ""
    as_published: bool = False
    released_at: datetime | None = None
    article: str = ""
    ledger_number: str = ""
    order: int = 0

    @property
    def sha256(self) -> str:
        """A hash of everything it says; where it is listed is not part of that."""
        said = asdict(self)
        for where in ("article", "ledger_number", "order"):
            del said[where]
        said["on"] = self.on.isoformat() if self.on else None
        said["released_at"] = rfc3339(self.released_at) if self.released_at else None
        if self.published_percent is not None:  # 71 and 71.0 are printed differently
            said["published_percent"] = f"{self.published_percent:f}"
        return sha256_hex(canonical_json(said))


def refusal(code: str, message: str) -> Refused:
    """A refusal under the figure ledger's rule."""
    return Refused(Reason(code, message, UNDER))


def check_draft(draft: FigureDraft) -> None:
    """Raise `Refused` for a figure that cannot be opened, or that is not what its parts give.

    Codes: ``not_a_figure_id``, ``incomplete``, ``base_missing``, ``more_than_its_base``, ``rows_do_not_count``,
    ``unknown_rounding``, ``too_many_decimals``; and unless it is kept as published ``not_attainable``,
    ``does_not_follow``, ``not_borne_out``, ``unknown_words``.
    """
    _check_complete(draft)
    _check_rounding(draft)
    _check_base(draft)
    _check_rows("numerator", draft.numerator, draft.numerator_rows)
    _check_rows("base", draft.base, draft.base_rows)
    if not draft.as_published:
        _check_arithmetic(draft)


def share_said(
    numerator: int | None, base: int | None, percent: Decimal | None, claim: str
) -> Fraction | None:
    """The share out of a hundred that a figure gives: by its counts, else as printed, else by its words."""
    if numerator is not None and base is not None:
        return percentage(numerator, base)
    if percent is not None:
        return Fraction(percent)
    try:
        return understand(claim, vocabulary()).percent if claim else None
    except UnknownWords:
        return None


def _check_complete(draft: FigureDraft) -> None:
    if not FIGURE_ID.fullmatch(draft.id) or len(draft.id) > LONGEST_ID or draft.id in TAKEN:
        raise refusal(
            "not_a_figure_id",
            f"“{draft.id}” cannot name a figure. Use letters, figures and single hyphens, at most "
            f"{LONGEST_ID}, and none of: {', '.join(sorted(TAKEN))}.",
        )
    missing = [
        name
        for name, text in (
            ("label", draft.label),
            ("definition", draft.definition),
            ("source", draft.source),
            ("what the numerator counts", draft.numerator_what if draft.numerator is not None else "-"),
            ("what the base counts", draft.base_what if draft.base is not None else "-"),
        )
        if not text.strip()
    ]
    only_words = draft.as_published and bool(draft.claim)
    if draft.numerator is None and draft.published_percent is None and not only_words:
        missing.append("a count, or a printed percentage")
    if missing:
        raise refusal("incomplete", f"The figure “{draft.id}” lacks: {', '.join(missing)}.")


def _check_rounding(draft: FigureDraft) -> None:
    if draft.rounding not in set(Rounding):
        known = ", ".join(Rounding)
        raise refusal("unknown_rounding", f"“{draft.rounding}” is not a rounding rule. There are: {known}.")
    percent = draft.published_percent
    if not 0 <= draft.places <= MOST_PLACES or (percent is not None and places_of(percent) > draft.places):
        raise refusal(
            "too_many_decimals",
            f"Say how many decimals the percentage has, 0 to {MOST_PLACES}; {draft.places} does not fit.",
        )


def _check_base(draft: FigureDraft) -> None:
    share_is_said = draft.published_percent is not None or bool(draft.claim)
    if draft.base is None:
        if share_is_said and not draft.as_published:
            raise refusal("base_missing", "A share needs its base: out of how many?")
        return
    if draft.base <= 0:
        raise refusal("base_missing", f"A base is at least 1, not {draft.base}.")
    if draft.numerator is not None and not 0 <= draft.numerator <= draft.base:
        raise refusal(
            "more_than_its_base",
            f"{draft.numerator:,} {draft.numerator_what} cannot be a part of {draft.base:,} {draft.base_what}.",
        )


def _check_rows(side: str, count: int | None, rows: type_of_rows) -> None:
    if rows is None:
        return
    if len(rows) != (count or 0):
        raise refusal(
            "rows_do_not_count",
            f"The {side} says {count or 0:,}, and {len(rows):,} rows make it. Count them again.",
        )
    refs = [ref for ref, _ in rows if ref]
    if len(set(refs)) != len(refs):
        raise refusal("rows_do_not_count", f"A row of the {side} is there twice. Each counts once.")


def _check_arithmetic(draft: FigureDraft) -> None:
    """The printed percentage and the words used; what would be right is said where they are not."""
    for decision in tried(
        count=draft.numerator,
        base=draft.base,
        percent=draft.published_percent,
        words=draft.claim,
        base_what=draft.base_what,
        rule=Rounding(draft.rounding),
        places=draft.places,
    ):
        require(decision)
