"""The agreements of one commissioner: the term, reviews and notice of each, what it needs first, and its log."""

from __future__ import annotations

from collections.abc import Sequence

from remit.delegation.queries import AgreementPage, CommitteeOf, log_of
from remit.delegation.rules import committee_rule, levels, notice_rule, review_rule, revocation_rule
from remit.kernel.names import readable_name
from remit.web.as_at import AsAt
from remit.web.delegation.pages.agreeing import agreement_tag, groups_words
from remit.web.delegation.pages.holding import DatedTablesPage
from remit.web.delegation.pages.powers import Link
from remit.web.delegation.words import level_title
from remit.web.formats import nhs_date
from remit.web.pages import Crumb
from remit.web.register.links import address, crumbs
from remit.web.register.words import capital
from remit.web.tables import Cell, Column, Table

SIDES = {"commissioner": "The commissioner", "national": "NHS England", "other": "Neither: others who attend"}
"""For which side a member of a joint committee sits."""


def agreements_of_page(
    day: AsAt,
    code: str,
    name: str,
    found: Sequence[AgreementPage],
    links: tuple[Link, ...],
    committees: Sequence[CommitteeOf],
) -> DatedTablesPage:
    """Every agreement of a commissioner as it was on a day, with the rules that hold for them and the joint
    committees they need."""
    return DatedTablesPage(
        title="Agreements",
        section=readable_name(name),
        crumbs=(
            *crumbs(day, ("Commissioners", "commissioners")),
            Crumb(readable_name(name), address("commissioner", code, day=day)),
        ),
        chooser=day,
        as_at=day.day,
        lede=f"What NHS England and {readable_name(name)} signed, how long it lasts, and how it ends.",
        said=(
            *_rules(found),
            *(
                f"NHS England’s signature is refused. {reason.message}"
                for each in committees
                for reason in each.decision.reasons
                if not each.decision.allowed
            ),
        ),
        links=links,
        tables=(
            _standing(day, found),
            *(_members(each) for each in committees),
            *(_log(each) for each in found),
        ),
    )


def _rules(found: Sequence[AgreementPage]) -> tuple[str, ...]:
    """What holds for every agreement, with its numbers; the committee's rule where a level has it."""
    said = (
        f"A review is due every {review_rule()[0]} months. {notice_rule().rule.note} NHS England revokes with "
        f"{revocation_rule().days} days’ notice. Reasons and days are public.",
    )
    needing, rule = committee_rule()
    if not {each.row.level for each in found} & needing:
        return said
    named = " and ".join(levels()[level].title for level in sorted(needing))
    return (
        *said,
        f"{named}: nothing starts before a joint committee with members of the commissioner and of NHS England is "
        f"on record. Until then NHS England’s signature is refused. {rule.clause}.",
    )


def _standing(day: AsAt, found: Sequence[AgreementPage]) -> Table:
    return Table(
        id="agreements",
        caption="Where each stands",
        columns=(
            Column("Agreement"),
            Column("State"),
            Column("Powers from"),
            Column("Term"),
            Column("Next review due by"),
            Column("First day without it"),
        ),
        rows=[
            (
                Cell(
                    capital(level_title(each.row.level)),
                    href=address("agreement", each.row.id, day=day),
                    note=groups_words(each.row.groups),
                ),
                agreement_tag(each.row.state),
                nhs_date(each.row.effective_on) or "Not signed by both",
                f"Until {nhs_date(each.row.term_last_on)}"
                if each.row.term_last_on
                else "Until somebody ends it",
                nhs_date(each.row.review_due_on) or "Not in effect",
                nhs_date(each.row.ends_on) or "No end is set",
            )
            for each in found
        ],
        stacked=True,
        empty="It has had no agreement.",
    )


def _members(found: CommitteeOf) -> Table:
    """Who sits on the joint committee, and for which side."""
    members = found.committee.members if found.committee else ()
    name = found.committee.name if found.committee else "Joint committee"
    return Table(
        id=f"committee-{found.agreement}",
        caption=f"{name}: its members on {nhs_date(found.on)}",
        columns=(Column("Member"), Column("From"), Column("Side")),
        rows=[
            (
                capital(each.role) + (f", {each.name}" if each.name else ""),
                readable_name(each.organisation_name),
                SIDES[each.side],
            )
            for each in members
        ],
        stacked=True,
        empty="No joint committee is recorded on that day.",
    )


def _log(found: AgreementPage) -> Table:
    return Table(
        id=f"log-{found.row.id}",
        caption=f"Public log of the agreement for {level_title(found.row.level)}",
        columns=(Column("Day"), Column("What happened"), Column("In their words")),
        rows=[(nhs_date(line.on), line.what, line.words) for line in log_of(found)],
        stacked=True,
    )
