"""Whether every version of a figure still says what its hash, and the ledger, say that it said."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from remit.figures.models import FigureVersion
from remit.kernel.canonical import canonical_json, sha256_hex
from remit.kernel.moments import rfc3339
from remit.ledger.queries import entries
from remit.register.queries import Disagreement

PAGE, MOST_PLACES = 500, 6
SAID = (
    "label",
    "definition",
    "source",
    "numerator",
    "numerator_what",
    "base",
    "base_what",
    "source_href",
    "rounding",
    "places",
    "published",
    "claim",
    "note",
    "figure_set",
    "as_published",
)


def disagreements() -> Iterator[Disagreement]:
    """Every version that does not give its hash, and every one in the ledger that is gone or has another."""
    kept: dict[tuple[str, int], str] = {}
    for version in FigureVersion.objects.prefetch_related("rows"):
        kept[version.figure_id, version.number] = version.sha256
        if version.sha256 not in hashes_of(version):
            yield _disagreement(version.figure_id, version.number, "was changed after it was recorded")
    for figure, number, sha256 in _recorded():
        if (figure, number) not in kept:
            yield _disagreement(figure, number, "is in the ledger but gone")
        elif kept[figure, number] != sha256:
            yield _disagreement(figure, number, "is not what the ledger says")


def hashes_of(version: FigureVersion) -> list[str]:
    """The hash of everything that a version says, as its draft had it.

    71 and 71.0 are printed differently, and the database keeps only the number: so one for each way to print it.
    """
    rows: dict[str, list[tuple[str, str]]] = {"numerator": [], "base": []}
    for row in sorted(version.rows.all(), key=lambda row: row.place):
        rows[row.side].append((row.ref, row.words))
    said = {name: getattr(version, name) for name in SAID}
    percent = version.published_percent
    said |= {
        "id": version.figure_id,
        "part_of": version.part_of_id or "",
        "on": version.on.isoformat() if version.on else None,
        "released_at": rfc3339(version.released_at) if version.released_at else None,
        "numerator_rows": rows["numerator"] if version.has_numerator_rows else None,
        "base_rows": rows["base"] if version.has_base_rows else None,
    }
    printed = [None] if percent is None else [f"{percent:.{places}f}" for places in range(MOST_PLACES + 1)]
    exact = [text for text in printed if text is None or Decimal(text) == percent]
    return [sha256_hex(canonical_json({**said, "published_percent": text})) for text in exact]


def _recorded() -> Iterator[tuple[str, int, str]]:
    """What the ledger says of each version that was recorded by itself or with an article."""
    for act in ("figure.recorded", "figures.articles_recorded"):
        before = None
        while page := list(entries(act=act, before=before, limit=PAGE)):
            for entry in page:
                own = {"id": entry.subject.removeprefix("figure/"), **entry.details}
                for one in entry.details.get("figures", [own]):
                    yield one["id"], one["version"], one["sha256"]
            before = page[-1].index


def _disagreement(figure: str, number: int, what: str) -> Disagreement:
    return Disagreement(f"figure/{figure}", f"Version {number} of the figure {figure} {what}.")
