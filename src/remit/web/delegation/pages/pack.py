"""The decision-makers' pack: as a page, as a tagged PDF and as an OpenDocument spreadsheet."""

from __future__ import annotations

import io
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

import odswriter
from django.urls import reverse

from remit.delegation.queries import Combination, Pack, PackRow
from remit.delegation.queries.packs import NO_AMOUNT
from remit.delegation.states.assessments import STAGE_WORDS
from remit.kernel.names import readable_name
from remit.web.delegation.pages.rounds import UNDER
from remit.web.formats import nhs_date, nhs_moment
from remit.web.pages import Fact, Page
from remit.web.register.links import crumbs
from remit.web.tables import Column, Table

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
    "Money still missing, £ a year",
    "Signed by",
    "In the combination",
)
SCORES = ("Commissioner", "Code", "Criterion", "First score", "Second score", "Settled", "Why")
REASONS = ("Commissioner", "Code", "Where", "View", "Reasons")
CONDITIONS = ("Commissioner", "Code", "Condition", "Owner", "Due", "Met")
FLAGS = ("Commissioner", "Code", "Flag", "State")
MET = {True: "Met", False: "Not met", None: "Not settled yet"}
SHOWN = (
    "Choose",
    "Commissioner",
    "Region",
    "Stage",
    "Total",
    "Support of members",
    "Views",
    "Flags open",
    "Duties",
    "Money still missing",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class PackLine:
    """An application with its name, its address, and the tables of its details that are not empty."""

    row: PackRow
    name: str
    href: str
    stage: str
    tables: tuple[Table, ...]


@dataclass(frozen=True, kw_only=True)
class PackPage(Page):
    """The pack. `pdf_why_not` says why there is no PDF here; empty where there is one."""

    made: str
    columns: tuple[Column, ...]
    rows: tuple[PackLine, ...]
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
        columns=tuple(Column(each) for each in SHOWN),
        rows=tuple(
            PackLine(
                row,
                readable_name(row.name),
                reverse("assessment", args=[row.application]),
                STAGE_WORDS[row.stage],
                _tables(row, number),
            )
            for number, row in enumerate(pack.rows, 1)
        ),
        facts=combination_facts(pack.chosen),
        pdf_href=reverse("pack_pdf", args=[pack.round]) + query,
        pdf_why_not=why_not,
        ods_href=reverse("pack_ods", args=[pack.round]) + query,
    )


def _tables(row: PackRow, number: int) -> tuple[Table, ...]:
    """The details of an application; only what there is."""

    def table(topic: str, caption: str, headings: tuple[str, ...], rows: list[list[str | int]]) -> Table:
        columns = tuple(Column(each) for each in headings[2:])
        return Table(
            id=f"{topic}-{number}", caption=caption, columns=columns, rows=rows, stacked=True, size="s"
        )

    found = (
        table("scores", "Scores by criterion", SCORES, _scores(row)),
        table("reasons", "Reasons", REASONS, _reasons(row)),
        table("conditions", "Conditions of the last decision", CONDITIONS, _conditions(row)),
        table("flags", "Flags that are open", FLAGS, _flags(row)),
    )
    return tuple(each for each in found if each.rows)


def _scores(row: PackRow) -> list[list[str | int]]:
    return [
        [
            each.criterion,
            each.first,
            each.second,
            "Open" if each.settled is None else each.settled,
            " / ".join(each.why),
        ]
        for each in row.details.scores
    ]


def _reasons(row: PackRow) -> list[list[str | int]]:
    return [[each.who, each.view, each.reasons] for each in row.details.reasons]


def _conditions(row: PackRow) -> list[list[str | int]]:
    return [
        [each.what, each.owner, nhs_date(each.due_on), MET[each.is_met]] for each in row.details.conditions
    ]


def _flags(row: PackRow) -> list[list[str | int]]:
    return [[each.what, each.state] for each in row.details.flags]


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
        Fact("Money still missing", chosen.gap_in_words),
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
        for name, headings, rows_of in (
            ("Scores", SCORES, _scores),
            ("Reasons", REASONS, _reasons),
            ("Conditions", CONDITIONS, _conditions),
            ("Flags", FLAGS, _flags),
        ):
            sheet = book.new_sheet(name)
            sheet.writerow(headings)
            for row in pack.rows:
                for cells in rows_of(row):
                    said = [readable_name(row.name), row.commissioner, *cells]
                    sheet.writerow([plain(each) if isinstance(each, str) else each for each in said])
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
        plain(row.gap_in_words) if row.gap_in_words == NO_AMOUNT else Decimal(row.details.gap_pence) / 100,
        plain("; ".join(row.details.signatures)),
        "yes" if row.is_chosen else "no",
    ]
