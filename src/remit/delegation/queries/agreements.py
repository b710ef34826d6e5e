"""Agreements on any day: where each stands, its public log, what is due, and what waits for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from remit.delegation.models import Agreement, AnnualReview, AssuranceRating, Notice
from remit.delegation.queries.agreements_then import agreements_then, wound_back
from remit.delegation.rules import assurance_areas, assurance_ratings, review_outcomes, review_rule
from remit.delegation.states import (
    AGREEMENT_WORDS,
    APPROVED,
    ENDED,
    IN_EFFECT,
    RETURNED,
    REVOKED,
    UNDER_NOTICE,
    Standing,
    agreement_state,
)
from remit.documents.models import Document
from remit.engines.permissions import Permission, may
from remit.kernel.actor import Actor
from remit.kernel.moments import london_day
from remit.kernel.names import readable_name
from remit.kernel.period import ONE_DAY
from remit.register.queries import names_on, names_then


@dataclass(frozen=True)
class AgreementRow:
    """An agreement on a day. `ends_on` is the first day without it, where that is known; `review_due_on` is None
    unless it is in effect. One that a successor took over has no `application` and `round`: it goes on from
    `novates`."""

    id: str
    application: str
    round: str
    novates: str
    commissioner: str
    name: str
    level: int
    groups: tuple[str, ...]
    state: str
    issued_at: datetime
    returned_at: datetime | None
    signed_at: datetime | None
    effective_on: date | None
    term_last_on: date | None
    ends_on: date | None
    review_due_on: date | None
    is_review_overdue: bool


@dataclass(frozen=True)
class LogLine:
    """One line of an agreement's public log: a day, what happened, and the words that go with it."""

    on: date
    what: str
    words: str


@dataclass(frozen=True)
class ReviewRow:
    """A review."""

    held_on: date
    outcome: str
    findings: str
    extends_to: date | None


@dataclass(frozen=True)
class RatingRow:
    """A rating of assurance, with the report that says so."""

    area: str
    rating: str
    rated_on: date
    source: str
    document: str


@dataclass(frozen=True)
class NoticeRow:
    """A notice: by NHS England (`is_revocation`) or the commissioner, the first day without it, and why."""

    is_revocation: bool
    ends_on: date
    reasons: str
    given_at: datetime


@dataclass(frozen=True)
class AgreementPage:
    """Everything about an agreement. `documents` are (what it is, id, name). `notice` is the one that
    counts of the `notices` given. `taken_from` and `taken_by` are the
    (agreement, name) of a predecessor's and of successors' on which it goes on."""

    row: AgreementRow
    returned_as: str
    signed_as: str
    notice: NoticeRow | None
    notices: tuple[NoticeRow, ...]
    reviews: tuple[ReviewRow, ...]
    ratings: tuple[RatingRow, ...]
    documents: tuple[tuple[str, str, str], ...]
    taken_from: tuple[str, str] | None
    taken_by: tuple[tuple[str, str], ...]


def standing_of(found: Agreement) -> Standing:
    """What an agreement's state follows from."""
    notice, last_on = _notice(found), _last_on(found)
    return Standing(
        kept=found.state,
        is_live=found.application is None or found.application.state == APPROVED,
        effective_on=found.effective_on,
        last_on=last_on,
        is_revoked=notice is not None and notice.is_revocation and last_on == notice.ends_on - ONE_DAY,
    )


def _notice(found: Agreement) -> Notice | None:
    """The notice that counts: that of the earliest day."""
    return min(found.notices.all(), key=lambda each: each.ends_on, default=None)


def _last_on(found: Agreement) -> date | None:
    """The last day, by notice, by its term, or because what it brought ended otherwise."""
    brought = found.arrangement.last_on if found.arrangement else None
    return min((day for day in (known_end(found), brought) if day is not None), default=None)


def known_end(found: Agreement) -> date | None:
    """The last day that the agreement has of itself: by notice, or by its term."""
    notice = _notice(found)
    days = (notice.ends_on - ONE_DAY if notice else None, found.term_last_on)
    return min((day for day in days if day is not None), default=None)


def months_after(day: date, months: int) -> date:
    """The same day of a later month; the month's last where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, last)
        except ValueError:
            continue
    raise ValueError("no such month")


def _then(rows: QuerySet[Agreement], at: datetime) -> list[Agreement]:
    return [wound_back(each, at) for each in rows]


def agreements(at: datetime) -> list[AgreementRow]:
    """Every agreement as it was known at an instant, by the name of its commissioner. All are public: what is issued
    was announced."""
    return _rows(_then(agreements_then(at), at), at)


def agreements_of(commissioner: str, at: datetime) -> list[AgreementRow]:
    """Those of one commissioner, in order."""
    return _rows(_then(agreements_then(at).filter(commissioner_id=commissioner), at), at)


def agreements_to_return(by: Actor, at: datetime) -> list[AgreementRow]:
    """What waits for the signature of the commissioner for whom somebody acts."""
    if not may(by, Permission.APPLY, by.acting_for).allowed:
        return []
    return [row for row in agreements_of(by.acting_for, at) if row.state == "issued"]


def agreements_to_sign(by: Actor, at: datetime) -> list[AgreementRow]:
    """What was returned and waits for NHS England's signature."""
    if not may(by, Permission.RUN_ROUNDS).allowed:
        return []
    return [
        row
        for row in _rows(_then(agreements_then(at).filter(state=RETURNED), at), at)
        if row.state == RETURNED
    ]


def agreement(id: str, at: datetime) -> AgreementPage | None:  # noqa: A002
    """One agreement, as it was known at an instant; None before it was issued."""
    rows = agreements_then(at).select_related("document", "terms_of_reference").filter(pk=id)
    found = next(iter(_then(rows, at)), None)
    if found is None:
        return None
    notice = _notice(found)
    return AgreementPage(
        row=_rows([found], at)[0],
        returned_as=found.returned_as,
        signed_as=found.signed_as,
        notice=_given(notice) if notice else None,
        notices=tuple(_given(each) for each in found.notices.all()),
        reviews=tuple(_review(each) for each in found.reviews.all()),
        ratings=tuple(_rating(each) for each in found.ratings.all()),
        documents=tuple(
            (what, each.pk, each.name)
            for what, each in (
                ("Agreement", found.document),
                ("Terms of reference", found.terms_of_reference),
            )
            if isinstance(each, Document)
        ),
        taken_from=_whose(found.novates) if found.novates else None,
        taken_by=tuple(_whose(each) for each in found.novated_by.all()),
    )


def _given(notice: Notice) -> NoticeRow:
    return NoticeRow(notice.is_revocation, notice.ends_on, notice.reasons, notice.given_at)


def _whose(found: Agreement) -> tuple[str, str]:
    code = found.commissioner_id
    day = found.effective_on or london_day(found.issued_at)
    return found.pk, readable_name(names_on({code}, day).get(code, code))


def last_ratings(page: AgreementPage) -> Mapping[str, RatingRow]:
    """The rating of each area that holds: the last one."""
    return {each.area: each for each in page.ratings}


def log_of(page: AgreementPage) -> list[LogLine]:
    """The public log: everything that was done, and what followed from days that have come."""
    row = page.row
    lines = _signing(page) if page.taken_from is None else []
    if row.effective_on and page.taken_from:
        words = "On the same terms, with what is left of them."
        lines.append(LogLine(row.effective_on, f"Taken over from {page.taken_from[1]}", words))
    elif row.effective_on:
        lines.append(LogLine(row.effective_on, "Powers come on", ""))
    for review in page.reviews:
        lines.append(
            LogLine(review.held_on, f"Reviewed: {review_outcomes()[review.outcome]}", review.findings)
        )
    for each in page.ratings:
        what = f"{assurance_areas()[each.area]}: {assurance_ratings()[each.rating].lower()}"
        lines.append(LogLine(each.rated_on, what, each.source))
    for notice in page.notices:
        whose = (
            "NHS England gave notice to revoke it" if notice.is_revocation else "The commissioner gave notice"
        )
        what = f"{whose}, from {notice.ends_on.day} {notice.ends_on:%B %Y}"
        lines.append(LogLine(london_day(notice.given_at), what, notice.reasons))
    if row.ends_on:
        lines.append(LogLine(row.ends_on, _end_words(page), ""))
    return sorted(lines, key=lambda line: line.on)


def _signing(page: AgreementPage) -> list[LogLine]:
    """How it was made: issued, signed by either side."""
    row, post = page.row, page.returned_as
    lines = [LogLine(london_day(row.issued_at), "Issued to the commissioner", "")]
    if row.returned_at:
        lines.append(LogLine(london_day(row.returned_at), "Signed by the commissioner and returned", post))
    if row.signed_at:
        lines.append(LogLine(london_day(row.signed_at), "Signed by NHS England", page.signed_as))
    return lines


def _end_words(page: AgreementPage) -> str:
    """What the first day without it is called, before it has come and after."""
    if page.taken_by:
        return f"Taken over by {', '.join(name for _, name in page.taken_by)}"
    if page.row.state in (ENDED, REVOKED):
        return AGREEMENT_WORDS[page.row.state]
    return "Revocation takes effect" if page.notice and page.notice.is_revocation else "It ends"


def _rows(found: list[Agreement], at: datetime) -> list[AgreementRow]:
    day = london_day(at)
    then = {each.pk: (each.commissioner_id, _named_on(each, day)) for each in found}
    names = names_then(set(then.values()))
    rows = [_row(each, names[then[each.pk]], day) for each in found]
    return sorted(rows, key=lambda row: (row.name, row.commissioner, row.issued_at))


def _named_on(found: Agreement, day: date) -> date:
    """The day whose name of the commissioner goes with an agreement: its last one, or today's while it lasts."""
    last = _last_on(found)
    if found.effective_on is None:
        return min(day, london_day(found.issued_at))
    return min(day, last) if last else day


def _row(found: Agreement, name: str, day: date) -> AgreementRow:
    standing = standing_of(found)
    state = agreement_state(standing, day)
    due = _review_due(found) if state in (IN_EFFECT, UNDER_NOTICE) else None
    return AgreementRow(
        id=found.pk,
        application=found.application_id or "",
        round=found.application.round_id if found.application else "",
        novates=found.novates_id or "",
        commissioner=found.commissioner_id,
        name=name,
        level=found.level,
        groups=tuple(found.groups),
        state=state,
        issued_at=found.issued_at,
        returned_at=found.returned_at,
        signed_at=found.signed_at,
        effective_on=found.effective_on,
        term_last_on=found.term_last_on,
        ends_on=standing.last_on + ONE_DAY if standing.last_on else None,
        review_due_on=due,
        is_review_overdue=due is not None and due < day,
    )


def _review_due(found: Agreement) -> date | None:
    held = [each.held_on for each in found.reviews.all()]
    since = max(held, default=found.effective_on)
    return months_after(since, review_rule()[0]) if since else None


def _review(found: AnnualReview) -> ReviewRow:
    return ReviewRow(found.held_on, found.outcome, found.findings, found.term_last_on)


def _rating(found: AssuranceRating) -> RatingRow:
    return RatingRow(found.area, found.rating, found.rated_on, found.source, found.document_id or "")
