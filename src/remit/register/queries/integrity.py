"""Whether the register still holds what its files said, and only what follows from that.

The ledger keeps, for each file loaded, where it came from and a digest of everything it said. Whoever edits the
register behind the ledger's back changes a digest, or leaves a fact, a membership or a merger that no longer
follows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from remit.ledger.queries import entries, entry_once
from remit.register.models import Fact, Membership, MembershipBody, Organisation, Source, Succession
from remit.register.queries.following import (
    code_of_members,
    facts_that_follow,
    memberships_that_follow,
    spans_of_kind,
    successions_that_follow,
    type_of_kinds,
)

BATCH = 2000
CHUNK = 400
MOST_ENTRIES = 500
LOADED = "register.file_loaded"
REDECLARED = "register.file_redeclared"

type_of_progress = Callable[[str, int, int], None] | None


@dataclass(frozen=True)
class Disagreement:
    """Something in the register that its files do not bear out. `where` is a source or an organisation's fact."""

    where: str
    message: str


def disagreements(progress: type_of_progress = None) -> Iterator[Disagreement]:
    """Every source that is not as it was loaded, and every fact, membership and merger that does not follow."""
    loaded = list(Source.objects.order_by("as_of", "sha256"))
    for number, source in enumerate(loaded, 1):
        yield from _of_source(source)
        if progress is not None:
            progress("Checking files", number, len(loaded))
    yield from _sources_gone({source.pk for source in loaded})
    yield from _facts_that_do_not_follow({source.pk: source for source in loaded}, progress)
    yield from _memberships_that_do_not_follow(progress)
    yield from _successions_that_do_not_follow({source.pk for source in loaded})


# -- sources -------------------------------------------------------------------------------------------------


def recorded_of(source: Source) -> dict[str, Any]:
    """What the ledger keeps of a source beside the digest of what it said. A file's name may be somebody's: it is
    in the digest only."""
    return {
        "kind": source.kind,
        "layout": source.layout,
        "title": source.title,
        "bytes": source.size,
        "rows": source.rows,
        "practices": source.practices,
        "commissioners": source.commissioners,
        "publisher": source.publisher,
        "licence": source.licence,
        "retrieved_on": source.retrieved_on.isoformat(),
        "as_of": source.as_of.isoformat(),
        "year": source.year,
    }


def _of_source(source: Source) -> Iterator[Disagreement]:
    where = f"source/{source.pk}"
    entry = next(iter(entries(act=REDECLARED, subject=where, limit=1)), entry_once(f"{LOADED}/{source.pk}"))
    if entry is None:
        yield Disagreement(where, f"“{source.title}” is in the register but not in the ledger.")
        return
    recorded = entry.details
    for name, held in recorded_of(source).items():
        if name in recorded and held != recorded[name]:
            what = name.replace("_", " ")
            words = f"The {what} of “{recorded['title']}” is “{held}”."
            yield Disagreement(where, f"{words} The ledger says “{recorded[name]}”.")
    if said_digest(source) != recorded["said_sha256"]:
        yield Disagreement(where, f"What “{source.title}” said was changed after it was loaded.")


def _sources_gone(loaded: set[str]) -> Iterator[Disagreement]:
    before = None
    while page := list(entries(act=LOADED, before=before, limit=MOST_ENTRIES)):
        for entry in page:
            sha256 = entry.details["sha256"]
            if sha256 not in loaded:
                message = f"The file of ledger entry {entry.index} is no longer in the register."
                yield Disagreement(f"source/{sha256}", message)
        before = page[-1].index


# -- what follows --------------------------------------------------------------------------------------------


def _there_or_missing(
    held: Iterable[Hashable], follows: Iterable[Hashable], place: Callable[[Any], tuple[str, str]]
) -> Iterator[Disagreement]:
    """What only one of the two has. `place` gives where a row is, and words for it that a verb can follow."""
    there, wanted = set(held), set(follows)
    for row in sorted(there ^ wanted, key=str):
        where, words = place(row)
        tail = "is there but does not follow from any file" if row in there else "is missing"
        yield Disagreement(where, f"{words} {tail}.")


def _facts_that_do_not_follow(
    sources: dict[str, Source], progress: type_of_progress
) -> Iterator[Disagreement]:
    def place(fact: tuple[str, str, date, str, date, str]) -> tuple[str, str]:
        code, about, first, value, last, basis = fact
        words = f"{code}: the {about} “{value}” from {first} to {last} ({basis})"
        return f"{code} {about} {first}", words

    known: type_of_kinds = {}
    codes = list(Organisation.objects.order_by("code").values_list("code", flat=True))
    for start in range(0, len(codes), CHUNK):
        chunk = codes[start : start + CHUNK]
        held = Fact.objects.filter(organisation_id__in=chunk).values_list(
            "organisation_id", "about", "from_on", "value", "until_on", "basis"
        )
        yield from _there_or_missing(held, facts_that_follow(chunk, sources, known), place)
        if progress is not None:
            progress("Checking facts", min(start + CHUNK, len(codes)), len(codes))


def _memberships_that_do_not_follow(progress: type_of_progress) -> Iterator[Disagreement]:
    def place(row: tuple[str, str, str, date, date]) -> tuple[str, str]:
        form, body, practice, first, last = row
        where = f"{practice} member of {body} {first}"
        return where, f"{practice}: the membership ({form}) of {body} from {first} to {last}"

    kinds = spans_of_kind()
    practices = {code for code, kind in kinds if kind == "practice"}
    practices.update(Membership.objects.values_list("practice_id", flat=True).distinct())
    ordered = sorted(practices)
    for start in range(0, len(ordered), CHUNK):
        chunk = ordered[start : start + CHUNK]
        held = Membership.objects.filter(practice_id__in=chunk).values_list(
            "body__form", "body__organisation_id", "practice_id", "from_on", "until_on"
        )
        yield from _there_or_missing(held, memberships_that_follow(chunk, kinds), place)
        if progress is not None:
            progress("Checking memberships", min(start + CHUNK, len(ordered)), len(ordered))
    for code, form, organisation in MembershipBody.objects.values_list("code", "form", "organisation_id"):
        if code != code_of_members(form, organisation):
            message = f"The members of {code} are said to be those of {organisation} ({form})."
            yield Disagreement(f"membership body {code}", message)


def _successions_that_do_not_follow(loaded: set[str]) -> Iterator[Disagreement]:
    """Derived steps are derived again; published ones are in the digest of the source that they name."""

    def place(row: tuple[str, str, date, int | None, int | None]) -> tuple[str, str]:
        before, after, on, practices, of = row
        shown = "" if practices is None else f" ({practices} of {of} practices)"
        return f"{before} followed by {after} {on}", f"The step from {before} to {after} on {on}{shown}"

    columns = ("predecessor_id", "successor_id", "on", "practices", "of")
    steps = Succession.objects.order_by()
    follows = (
        (row.predecessor, row.successor, row.on, row.practices, row.of) for row in successions_that_follow()
    )
    held = steps.exclude(basis="published", source__in=loaded).values_list(*columns)
    yield from _there_or_missing(held, follows, place)


def said_digest(source: Source) -> str:
    """SHA-256 over a source's name and columns and everything that its rows say, in order of organisation, as lines
    of compact JSON.

    The ledger keeps this digest, so that a later edit of the register's raw material is found.
    """
    digest = hashlib.sha256()
    digest.update(_line("file", source.filename, source.columns, source.payment_columns))
    sightings = source.sightings.order_by("organisation_id").values_list("organisation_id", "row", "claims")
    for code, row, claims in sightings.iterator(chunk_size=BATCH):
        digest.update(_line("sighting", code, row, claims))
    lists = source.lists.order_by("organisation_id").values_list(
        "organisation_id", "on", "quarter", "registered", "weighted", "bands"
    )
    for code, on, quarter, registered, weighted, bands in lists.iterator(chunk_size=BATCH):
        digest.update(_line("list", code, str(on), quarter, _number(registered), _number(weighted), bands))
    payments = source.payments.order_by("organisation_id").values_list(
        "organisation_id", "year", "commissioner", "total_pence", "amounts"
    )
    for payment in payments.iterator(chunk_size=BATCH):
        digest.update(_line("payments", *payment))
    steps = Succession.objects.filter(basis="published", source=source.pk)
    for before, after, on in steps.order_by("predecessor_id", "successor_id", "on").values_list(
        "predecessor_id", "successor_id", "on"
    ):
        digest.update(_line("step", before, after, str(on)))
    return digest.hexdigest()


def _line(*parts: Any) -> bytes:
    """Only text, whole numbers, null and lists are in it, so compact JSON has one spelling. (RFC 8785 in pure
    Python would take as long as the rest of the import.)"""
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _number(number: Decimal | None) -> str | None:
    return None if number is None else format(number.normalize(), "f")
