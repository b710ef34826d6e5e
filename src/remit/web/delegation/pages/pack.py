"""The decision-makers' pack: as a page, as a tagged PDF and as an OpenDocument spreadsheet."""

from __future__ import annotations

import io
from dataclasses import dataclass
from urllib.parse import urlencode

import odswriter
from django.urls import reverse

from remit.delegation.queries import Combination, Pack, PackRow
from remit.delegation.states.assessments import STAGE_WORDS
from remit.kernel.names import readable_name
from remit.web.delegation.pages.rounds import UNDER
from remit.web.formats import nhs_moment
from remit.web.pages import Fact, Page
from remit.web.register.links import crumbs

HEADINGS = (
    "Commissioner",
    "Code",
    "Region",
    "Stage",
    "Total",
    "Support of members",
    "Members voted against",
    "Local office",
    "Region's view",
    "National view",
    "Flags open",
    "Duties",
    "In the combination",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, kw_only=True)
class PackPage(Page):
    """The pack. `pdf_why_not` says why there is no PDF here; empty where there is one."""

    made: str
    rows: tuple[tuple[PackRow, str, str], ...]
    facts: tuple[Fact, ...]
    pdf_href: str
    pdf_why_not: str
    ods_href: str


def pack_page(pack: Pack, title: str, why_not: str) -> PackPage:
    """The pack as a page."""
    asked = urlencode([("with", row.application) for row in pack.rows if row.is_chosen])
    query = f"?{asked}" if asked else ""
    return PackPage(
        title=f"Decision-makers’ pack: {title}",
        section="Assessments",
        crumbs=crumbs(None, UNDER),
        made=f"As things stood at {nhs_moment(pack.made_at)}.",
        rows=tuple(
            (row, readable_name(row.name), reverse("assessment", args=[row.application])) for row in pack.rows
        ),
        facts=combination_facts(pack.chosen),
        pdf_href=reverse("pack_pdf", args=[pack.round]) + query,
        pdf_why_not=why_not,
        ods_href=reverse("pack_ods", args=[pack.round]) + query,
    )


def combination_facts(chosen: Combination) -> tuple[Fact, ...]:
    """What a combination comes to, in words."""
    if not chosen.count:
        return (
            Fact("Applications in the combination", f"0 of {chosen.of}"),
            Fact("What they come to", "None is chosen. Tick some to see what they come to together"),
        )
    regions = ", ".join(f"{name} {count}" for name, count in chosen.regions)
    return (
        Fact("Applications in the combination", f"{chosen.count} of {chosen.of}"),
        Fact("By region", regions),
        Fact(
            "Average of their totals",
            f"{chosen.average} out of 100" if chosen.average is not None else "No total is settled yet",
        ),
        Fact("Not yet through the chain", str(chosen.not_ready)),
        Fact("Members voted against", str(chosen.against)),
        Fact("Flags open", str(chosen.open_flags)),
        Fact(
            "Duties without money",
            f"{chosen.unfunded} of {chosen.duties} duties unfunded"
            if chosen.duties
            else "No duties are listed",
        ),
    )


def plain(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def pack_sheet(pack: Pack) -> bytes:
    """The pack as an OpenDocument spreadsheet: the applications, and what the combination comes to."""
    kept = io.BytesIO()
    with odswriter.writer(kept) as book:
        sheet = book.new_sheet("Applications")
        sheet.writerow(HEADINGS)
        for row in pack.rows:
            sheet.writerow(_cells(row))
        sheet = book.new_sheet("Combination")
        for fact in combination_facts(pack.chosen):
            sheet.writerow([plain(fact.key), plain(fact.value)])
    return kept.getvalue()


def _cells(row: PackRow) -> list[object]:
    said = [
        readable_name(row.name),
        row.commissioner,
        row.region,
        STAGE_WORDS[row.stage],
    ]
    views = [row.mandate, "yes" if row.is_against else "no", row.local, row.regional, row.national]
    total = row.total if row.total is not None else "open"
    return [
        *map(plain, said),
        total,
        *map(plain, views),
        row.open_flags,
        plain(row.duties_in_words),
        "yes" if row.is_chosen else "no",
    ]
