"""What can be said of a figure when it is worked out again, in sentences that anybody can follow."""

from __future__ import annotations

from remit.engines.figures import Rounding, bases_that_fit, borne_out, spoken_finely
from remit.figures.queries.reading import KeptVersion
from remit.figures.rules import vocabulary
from remit.kernel.decision import Decision

NEARBY = 10
"""How far from the base another one is looked for that would give the printed percentage."""


def claim_checked(version: KeptVersion) -> Decision | None:
    """Whether the words used of a figure are borne out, with the arithmetic; None where none were used."""
    if not version.claim:
        return None
    return borne_out(
        version.claim,
        vocabulary(),
        count=version.numerator,
        base=version.base,
        percent=version.published_percent,
        base_what=version.base_what,
    )


def verdict(version: KeptVersion) -> str:
    """What was printed beside what comes out, and why they differ where they do."""
    said = [_numbers(version)]
    checked = claim_checked(version)
    if checked is not None and checked.reasons[0].code != "nothing_to_check":
        said.append(checked.reasons[0].message)
        said.append("The words are fair." if checked.allowed else "The words go further than the figure.")
    return " ".join(part for part in said if part)


def _numbers(version: KeptVersion) -> str:
    if version.share is not None:
        return _share(version)
    if version.numerator is not None:
        return "A count without a base, so it has no share."
    if version.published_percent is not None:
        return _percent_only(version)
    return "Only words were printed, with no number to work out."


def _share(version: KeptVersion) -> str:
    """A share with its count and base, against the percentage printed beside it, if any."""
    assert version.numerator is not None and version.base is not None  # noqa: S101, PT018 - what a share is
    told = f"{spoken_finely(version.numerator, version.base, version.places)}."
    if version.rounding is Rounding.TRUNCATED:
        told = f"{told[:-1]} and {version.truncated}% cut off."
    if version.published_percent is None:
        return told
    if version.agrees:
        return f"Printed {version.published_percent}%, and {told[:-1]}, so they agree."
    return " ".join((f"Printed {version.published_percent}%, but {told}", *_why(version)))


def _why(version: KeptVersion) -> list[str]:
    """What might lie behind a printed percentage that does not follow."""
    percent, base = version.published_percent, version.base
    assert percent is not None and base is not None and version.numerator is not None  # noqa: S101, PT018
    why = []
    if not version.counts_that_fit:
        why.append(f"No whole count of {base:,} gives {percent}%.")
    if version.truncated == percent:
        why.append(f"Cut off instead of rounded, it is {percent}%.")
    near = range(max(1, base - NEARBY), base + NEARBY + 1)
    fitting = bases_that_fit(version.numerator, percent, near, version.rounding, version.places)
    if fitting:
        why.append(f"Rounded, {percent}% would need a base of {_span(fitting[0], fitting[-1])}.")
    return why


def _percent_only(version: KeptVersion) -> str:
    """A percentage printed without its count."""
    if version.counts_that_fit is None:
        return "Only a percentage was printed and its base was not stated, so nothing can be worked out."
    fitting = version.counts_that_fit
    if not fitting:
        return f"No whole count of {version.base:,} gives {version.published_percent}%."
    said = f"Only the percentage was printed. Of {version.base:,}, "
    return f"{said}{_span(fitting[0], fitting[-1])} would give it."


def _span(first: int, last: int) -> str:
    return f"only {first:,}" if first == last else f"{first:,} to {last:,}"
