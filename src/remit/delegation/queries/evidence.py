"""Evidence as it was known at an instant: one, those of a commissioner, joint committees, amendments, positions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from remit.delegation.models import Evidence
from remit.delegation.rules import evidence_kinds, routes, thresholds
from remit.documents.queries import DocumentRow, documents_of
from remit.engines.mandates import Count, Result, count_of, result_of
from remit.register.queries import kinds_on, memberships_of, names_on
from remit.register.rules import COMMISSIONER_KINDS

NATIONAL_KINDS = ("national_body", "area_team", "local_office", "region")
"""What sits on NHS England's side of a joint committee."""


@dataclass(frozen=True)
class EvidenceRow:
    """One record. `commissioners` are code and the name last known of them here; `body_name` whose words they are.

    `rung` is where it stands on the ladder, empty if nowhere; `result` what a vote came to, empty for what is none.
    `corrects` is the record that it puts right, `corrected_by` the one that put it right.
    """

    id: str
    kind: str
    kind_name: str
    body_name: str
    commissioners: tuple[tuple[str, str], ...]
    held_on: date
    facts: dict[str, Any]
    rung: str
    result: str
    origin: str
    origin_ref: str
    source: str
    source_href: str
    document: DocumentRow | None
    corrects: str
    corrected_by: str
    recorded_at: datetime

    @property
    def count(self) -> Count:
        """The count of a vote; all of it None for what is none."""
        return count_of(self.facts)


@dataclass(frozen=True)
class Attendance:
    """How many of a commissioner's practices were at a meeting. `members` is None for a body without members."""

    present: int
    members: int | None


@dataclass(frozen=True)
class CommitteeMember:
    """A member of a joint committee; `side`: commissioner, national, or other."""

    organisation: str
    organisation_name: str
    role: str
    name: str
    side: str


@dataclass(frozen=True)
class JointCommittee:
    """A joint committee as recorded."""

    evidence: str
    name: str
    since: date
    until: date | None
    members: tuple[CommitteeMember, ...]

    @property
    def has_both_sides(self) -> bool:
        """Whether it has members from the commissioner and from NHS England."""
        return {"commissioner", "national"} <= {each.side for each in self.members}


@dataclass(frozen=True)
class AmendmentRow:
    """How far an amendment of a constitution had gone; `is_shown`: far enough for an application."""

    evidence: str
    on: date
    route: str
    route_name: str
    clause: str
    is_shown: bool


def known(at: datetime) -> QuerySet[Evidence]:
    """What had been recorded by an instant, and not corrected by then."""
    return Evidence.objects.filter(recorded_at__lte=at).exclude(corrected_by__recorded_at__lte=at)


def evidence(pk: str, at: datetime) -> EvidenceRow | None:
    """One record, corrected or not."""
    found = list(Evidence.objects.filter(pk=pk, recorded_at__lte=at))
    return evidence_rows(found)[0] if found else None


def evidence_of(commissioner: str, at: datetime) -> list[EvidenceRow]:
    """All that was recorded about a commissioner, the latest first, corrected ones too."""
    found = Evidence.objects.filter(commissioners=commissioner, recorded_at__lte=at)
    return evidence_rows(found.order_by("-held_on", "-recorded_at", "id"))


def all_evidence(at: datetime, kind: str = "", *, only_national: bool = False) -> list[EvidenceRow]:
    """All that was recorded, of one kind if one is named, the latest first; `only_national`: about no commissioner."""
    found = Evidence.objects.filter(recorded_at__lte=at, **({"kind": kind} if kind else {}))
    if only_national:
        found = found.filter(commissioners__isnull=True)
    return evidence_rows(found.order_by("-held_on", "-recorded_at", "id"))


def positions_of_bodies(at: datetime, commissioner: str = "") -> list[EvidenceRow]:
    """What representative bodies said and had not corrected: of one commissioner and in general, or of all; the
    latest first."""
    found = known(at).filter(kind__in=[each.code for each in evidence_kinds().values() if each.by])
    if commissioner:
        found = found.filter(Q(commissioners=commissioner) | Q(commissioners__isnull=True))
    return evidence_rows(found.order_by("-held_on", "-recorded_at", "id"))


def attendance_of(row: EvidenceRow) -> Attendance | None:
    """Who of the members was there; None where nobody wrote it down."""
    if "present" not in row.facts or not row.commissioners:
        return None
    return Attendance(len(row.facts["present"]), memberships_of(row.commissioners[0][0], row.held_on))


def joint_committee_on(commissioner: str, on: date, at: datetime | None = None) -> JointCommittee | None:
    """The joint committee of a commissioner on a day, the one set up last; None where none is recorded.

    `at`: as it was known at that instant; else as it is known now.
    """
    found = _uncorrected(at).filter(kind="joint_committee", commissioners=commissioner, held_on__lte=on)
    for row in found.order_by("-held_on", "-recorded_at", "id"):
        if row.facts.get("until", "9999-12-31") >= on.isoformat():
            return _committee(row, on)
    return None


def constitution_amendment_on(commissioner: str, on: date, at: datetime | None = None) -> AmendmentRow | None:
    """How far the last amendment of a constitution had gone by a day; None where none is recorded. `at` as above."""
    found = _uncorrected(at).filter(
        kind="constitution_amendment", commissioners=commissioner, held_on__lte=on
    )
    row = found.order_by("-held_on", "-recorded_at", "id").first()
    return amendment(row) if row else None


def amendment(row: Evidence) -> AmendmentRow:
    """An amendment as it was recorded."""
    route = routes()[row.facts["route"]]
    return AmendmentRow(
        row.pk, row.held_on, route.code, route.name, row.facts.get("clause", ""), route.is_shown
    )


def _uncorrected(at: datetime | None) -> QuerySet[Evidence]:
    return Evidence.objects.filter(corrected_by__isnull=True) if at is None else known(at)


def _committee(row: Evidence, on: date) -> JointCommittee:
    people = row.facts["people"]
    codes = {each["organisation"] for each in people}
    kinds, names = kinds_on(codes, on), names_on(codes, on)
    own = set(row.commissioners.values_list("pk", flat=True))

    def side(code: str) -> str:
        if code in own or kinds.get(code) in COMMISSIONER_KINDS:
            return "commissioner" if code in own else "other"
        return "national" if kinds.get(code) in NATIONAL_KINDS else "other"

    until = row.facts.get("until")
    return JointCommittee(
        row.pk,
        row.facts["name"],
        row.held_on,
        date.fromisoformat(until) if until else None,
        tuple(
            CommitteeMember(
                each["organisation"],
                names.get(each["organisation"], each["organisation"]),
                each["role"],
                each["name"],
                side(each["organisation"]),
            )
            for each in people
        ),
    )


def rung_code(row: Evidence, document: DocumentRow | None) -> str:
    """The rung on which a record stands; empty for what says nothing of members' support."""
    kind = evidence_kinds()[row.kind]
    is_shown = document is not None and document.is_public
    is_raised = kind.raised_to and is_shown and all(fact in row.facts for fact in kind.raised_by)
    return kind.raised_to if is_raised else kind.rung


def result_code(row: Evidence) -> str:
    """What a vote came to; empty for what is none."""
    if not evidence_kinds()[row.kind].is_vote:
        return ""
    if "outcome" in row.facts:
        return str(row.facts["outcome"])
    rule = thresholds().get(row.facts.get("threshold", ""), next(iter(thresholds().values())))
    return result_of(count_of(row.facts), rule).value


def evidence_rows(found: Iterable[Evidence]) -> list[EvidenceRow]:
    """Records as rows, in as many queries for many as for one."""
    rows = list(found)
    about: dict[str, list[str]] = {row.pk: [] for row in rows}
    through = Evidence.commissioners.through.objects.filter(evidence__in=list(about))
    for pk, code in through.values_list("evidence_id", "organisation_id"):
        about[pk].append(code)
    corrected = dict(Evidence.objects.filter(corrects__in=list(about)).values_list("corrects_id", "pk"))
    papers = documents_of([row.document_id for row in rows if row.document_id])
    codes = {code for some in about.values() for code in some}
    codes |= {row.facts["body"] for row in rows if "body" in row.facts}
    named = names_on(codes, max(row.held_on for row in rows)) if codes else {}
    return [
        EvidenceRow(
            row.pk,
            row.kind,
            evidence_kinds()[row.kind].name,
            named.get(row.facts.get("body", ""), ""),
            tuple(sorted((code, named.get(code, code)) for code in about[row.pk])),
            row.held_on,
            row.facts,
            rung_code(row, papers.get(row.document_id or "")),
            result_code(row),
            row.origin,
            row.origin_ref,
            row.source,
            row.source_href,
            papers.get(row.document_id or ""),
            row.corrects_id or "",
            corrected.get(row.pk, ""),
            row.recorded_at,
        )
        for row in rows
    ]


def is_against(row: EvidenceRow) -> bool:
    """Whether members did not carry it."""
    return bool(row.result) and Result(row.result).is_against
