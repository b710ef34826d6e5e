"""From what the sources say to dated facts, memberships and successions. Always from scratch for whatever a
source touches, so that the order in which files were loaded never matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from remit.engines.succession import Belonging, derive_succession
from remit.register.actions.bulk import insert_rows, learn_how_rows_spread
from remit.register.models import (
    STILL,
    UNKNOWN_START,
    Fact,
    ListSize,
    Membership,
    MembershipBody,
    Organisation,
    PublishedPayments,
    Sighting,
    Source,
    Succession,
)
from remit.register.queries.integrity import facts_that_follow
from remit.register.rules import COMMISSIONER_KINDS, least_share_of_a_successor

BATCH = 2000
CHUNK = 400

type_of_progress = Callable[[str, int, int], None]


@dataclass
class Derived:
    """How much changed."""

    added: int = 0
    removed: int = 0


def derive_everything_about(
    loaded: Collection[Source], *, progress: type_of_progress | None = None
) -> Derived:
    """Derive again the facts of every organisation that some sources speak of, and what hangs on them."""
    derived = Derived()
    if not loaded:
        return derived
    sighted = Sighting.objects.filter(source__in=loaded).order_by("organisation_id")
    codes = list(sighted.values_list("organisation_id", flat=True).distinct())
    sources = {row.pk: row for row in Source.objects.all()}
    for start in range(0, len(codes), CHUNK):
        chunk = codes[start : start + CHUNK]
        _derive_facts(chunk, sources, derived)
        if progress is not None:
            progress("Dating facts", min(start + CHUNK, len(codes)), len(codes))
    _derive_memberships(codes)
    _derive_successions()
    learn_how_rows_spread(Fact, ListSize, Membership, Organisation, PublishedPayments, Sighting)
    return derived


def _derive_facts(codes: list[str], sources: dict[str, Source], derived: Derived) -> None:
    wanted = {
        (code, about, first): (value, last, basis)
        for code, about, first, value, last, basis in facts_that_follow(codes, sources)
    }
    stale = []
    held = Fact.objects.filter(organisation_id__in=codes)
    for key, code, about, value, first, last, basis in held.values_list(
        "pk", "organisation_id", "about", "value", "from_on", "until_on", "basis"
    ):
        if wanted.get((code, about, first)) == (value, last, basis):
            del wanted[code, about, first]
        else:
            stale.append(key)
    _forget(Fact.objects.filter(pk__in=stale))
    insert_rows(
        Fact,
        ("organisation_id", "about", "value", "from_on", "until_on", "basis"),
        (
            (code, about, value, first.isoformat(), last.isoformat(), basis)
            for (code, about, first), (value, last, basis) in wanted.items()
        ),
    )
    derived.added += len(wanted)
    derived.removed += len(stale)


def _forget(rows: QuerySet[Any]) -> None:
    """Delete rows that nothing refers to, without Django first fetching them to see."""
    rows._raw_delete(using=rows.db)


# -- memberships ---------------------------------------------------------------------------------------------


def _derive_memberships(sighted: Collection[str]) -> None:
    """A practice is a member of its clinical commissioning group while both are what they are, and of its
    primary care network. Nobody is a member of an integrated care board.

    Derived again for the practices that are spoken of and for those of the bodies that are.
    """
    kinds = _spans_of_kind(["practice", "ccg", "pcn"])
    codes = set(sighted)
    bodies = sorted(code for code in codes if (code, "ccg") in kinds or (code, "pcn") in kinds)
    for start in range(0, len(bodies), CHUNK):
        theirs = Fact.objects.filter(
            about__in=("commissioner", "pcn"), value__in=bodies[start : start + CHUNK]
        )
        codes.update(theirs.values_list("organisation_id", flat=True))
    practices = sorted(code for code in codes if (code, "practice") in kinds)
    for start in range(0, len(practices), CHUNK):
        _derive_memberships_of(practices[start : start + CHUNK], kinds)


def _derive_memberships_of(
    practices: list[str], kinds: dict[tuple[str, str], list[tuple[date, date]]]
) -> None:
    wanted: dict[tuple[str, str, date], date] = {}
    bodies: dict[str, MembershipBody] = {}
    facts = Fact.objects.filter(organisation_id__in=practices).about("commissioner", "pcn")
    for practice, about, body, start, end in facts.values_list(
        "organisation_id", "about", "value", "from_on", "until_on"
    ):
        form = "pcn" if about == "pcn" else "ccg"
        for first, last in _meeting((start, end), kinds[practice, "practice"], kinds.get((body, form), [])):
            code = f"{form}-members-{body}"[:20]
            bodies[code] = MembershipBody(code=code, form=form, organisation_id=body)
            wanted[code, practice, first] = last
    MembershipBody.objects.bulk_create(bodies.values(), ignore_conflicts=True)
    _forget(Membership.objects.filter(practice_id__in=practices))
    insert_rows(
        Membership,
        ("body_id", "practice_id", "from_on", "until_on"),
        ((body, practice, str(first), str(last)) for (body, practice, first), last in sorted(wanted.items())),
    )


def _meeting(here: tuple[date, date], *others: list[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    """The days common to one span and to some span of each of the others."""
    spans = [here]
    for other in others:
        spans = [
            (max(first, start), min(last, end))
            for first, last in spans
            for start, end in other
            if max(first, start) <= min(last, end)
        ]
    yield from spans


def _spans_of_kind(kinds: list[str]) -> dict[tuple[str, str], list[tuple[date, date]]]:
    spans: defaultdict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)
    rows = Fact.objects.filter(about="kind", value__in=kinds).order_by("organisation_id", "from_on")
    for code, kind, first, last in rows.values_list("organisation_id", "value", "from_on", "until_on"):
        known = spans[code, kind]
        if known and (known[-1][1] - first).days == -1:
            known[-1] = (known[-1][0], last)
        else:
            known.append((first, last))
    return spans


# -- successions ---------------------------------------------------------------------------------------------


def _derive_successions() -> None:
    """Merge and split of commissioners from where practices went; published ones stand beside them."""
    practices = Fact.objects.filter(about="kind", value="practice")
    facts = Fact.objects.filter(about="commissioner", organisation_id__in=practices.values("organisation_id"))
    belongings = [
        Belonging(
            practice,
            commissioner,
            None if first == UNKNOWN_START else first,
            None if last == STILL else last,
        )
        for practice, commissioner, first, last in facts.values_list(
            "organisation_id", "value", "from_on", "until_on"
        )
    ]
    rows = derive_succession(
        belongings, _last_days_of_commissioners(), least_share=least_share_of_a_successor()
    )
    _forget(Succession.objects.filter(basis="derived"))
    Succession.objects.bulk_create(
        (
            Succession(
                predecessor_id=row.predecessor,
                successor_id=row.successor,
                on=row.on,
                basis="derived",
                practices=row.practices,
                of=row.of,
            )
            for row in rows
        ),
        batch_size=BATCH,
    )


def _last_days_of_commissioners() -> dict[str, date]:
    """When each commissioner closed. One whose code goes on as something else has not closed: a group of 2022
    whose code now means a board's location gave its work to the board, and its practices went nowhere."""
    last: dict[str, date] = {}
    going_on: dict[str, date] = {}
    rows = Fact.objects.filter(about="kind").exclude(value="closed")
    ever = Fact.objects.filter(about="kind", value__in=COMMISSIONER_KINDS)
    rows = rows.filter(organisation_id__in=ever.values("organisation_id"))
    for code, kind, until_on in rows.values_list("organisation_id", "value", "until_on"):
        days = last if kind in COMMISSIONER_KINDS else going_on
        days[code] = max(days.get(code, until_on), until_on)
    return {code: day for code, day in last.items() if day != STILL and going_on.get(code, day) <= day}
