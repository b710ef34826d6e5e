"""From what the sources say to dated facts, memberships and successions. Always from scratch for whatever a
source touches, so that the order in which files were loaded never matters."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from remit.register.actions.bulk import insert_rows, learn_how_rows_spread
from remit.register.models import (
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
from remit.register.queries.following import (
    code_of_members,
    facts_that_follow,
    memberships_that_follow,
    spans_of_kind,
    successions_that_follow,
    type_of_kinds,
    type_of_spans,
)
from remit.register.queries.naming import in_chunks

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
    deriving = Deriving({row.pk: row for row in Source.objects.all()}, derived, progress)
    deriving.facts_of(codes)
    others = _practices_of(deriving.changed, set(codes))
    deriving.facts_of(others)
    _derive_memberships([*codes, *others])
    _derive_successions()
    learn_how_rows_spread(Fact, ListSize, Membership, Organisation, PublishedPayments, Sighting)
    return derived


@dataclass
class Deriving:
    """Deriving facts: `known` is what commissioners were, `changed` are those of whom that is not what it was."""

    sources: dict[str, Source]
    derived: Derived
    progress: type_of_progress | None
    known: type_of_kinds = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)

    def facts_of(self, codes: list[str]) -> None:
        """Derive the facts of some organisations, a lot at a time."""
        for start in range(0, len(codes), CHUNK):
            self._facts_of_lot(codes[start : start + CHUNK])
            if self.progress is not None:
                self.progress("Dating facts", min(start + CHUNK, len(codes)), len(codes))

    def _facts_of_lot(self, codes: list[str]) -> None:
        wanted = {
            (code, about, first): (value, last, basis)
            for code, about, first, value, last, basis in facts_that_follow(codes, self.sources, self.known)
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
                self._note(code, about)
        for code, about, _ in wanted:
            self._note(code, about)
        _forget(Fact.objects.filter(pk__in=stale))
        insert_rows(
            Fact,
            ("organisation_id", "about", "value", "from_on", "until_on", "basis"),
            (
                (code, about, value, first.isoformat(), last.isoformat(), basis)
                for (code, about, first), (value, last, basis) in wanted.items()
            ),
        )
        self.derived.added += len(wanted)
        self.derived.removed += len(stale)

    def _note(self, code: str, about: str) -> None:
        if about == "kind":
            self.changed.add(code)


def _practices_of(commissioners: Collection[str], but: Collection[str]) -> list[str]:
    """Who belonged to some commissioners at any time: for how long is known depends on when those were open."""
    found: set[str] = set()
    for chunk in in_chunks(commissioners):
        theirs = Fact.objects.filter(about="commissioner", value__in=chunk)
        found.update(theirs.values_list("organisation_id", flat=True))
    return sorted(found.difference(but))


def _forget(rows: QuerySet[Any]) -> None:
    """Delete rows that nothing refers to, without Django first fetching them to see."""
    rows._raw_delete(using=rows.db)


# -- memberships ---------------------------------------------------------------------------------------------


def _derive_memberships(sighted: Collection[str]) -> None:
    """Derive again those of the practices that are spoken of, and of those of the bodies that are."""
    kinds = spans_of_kind()
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


def _derive_memberships_of(practices: list[str], kinds: type_of_spans) -> None:
    wanted: dict[tuple[str, str, date], date] = {}
    bodies: dict[str, MembershipBody] = {}
    for form, body, practice, first, last in memberships_that_follow(practices, kinds):
        code = code_of_members(form, body)
        bodies[code] = MembershipBody(code=code, form=form, organisation_id=body)
        wanted[code, practice, first] = last
    MembershipBody.objects.bulk_create(bodies.values(), ignore_conflicts=True)
    _forget(Membership.objects.filter(practice_id__in=practices))
    insert_rows(
        Membership,
        ("body_id", "practice_id", "from_on", "until_on"),
        ((body, practice, str(first), str(last)) for (body, practice, first), last in sorted(wanted.items())),
    )


# -- successions ---------------------------------------------------------------------------------------------


def _derive_successions() -> None:
    """Merge and split of commissioners from where practices went; published ones stand beside them."""
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
            for row in successions_that_follow()
        ),
        batch_size=BATCH,
    )
