"""Maps between organisations: CCG to ICB, CCG to partnership and region, practice to network and CCG.

The organisation references of the Quality and Outcomes Framework (QOF) are maps of the last kind. They
describe the 1 April on which their year ends: that of 2016-17 has the 207 commissioners of 1 April 2017.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remit.engines.layouts.bands import band_label
from remit.engines.layouts.days import month_of, year_in_name
from remit.engines.layouts.gathering import Columns, Days, Gathering, Progress, RowRefused
from remit.engines.layouts.geography import CCGS_END
from remit.engines.layouts.headers import Row, Table, find_table, meanings_of, squash, unknown, with_rows
from remit.engines.layouts.meanings import LISTS_WORDS, MAP_WORDS, PRINTED
from remit.engines.layouts.payment_lines import LINE_BY_LABEL
from remit.engines.layouts.places import check_places, mention_commissioner, named, places_of, stated_day
from remit.engines.layouts.readings import Claim, Kind, Reading, SuccessionRow, UnknownLayout
from remit.engines.layouts.summaries import without_summaries
from remit.kernel.period import ONE_DAY, NhsYear

_USUAL = (PRINTED["commissioner_code"], PRINTED["icb_code"])


@dataclass(frozen=True)
class Told:
    """What the caller knows about a file beside its rows."""

    kind: Kind
    filename: str
    as_of: date | None
    ccgs_end: date
    progress: Progress | None


def map_table(kind: Kind, rows: list[Row], not_ods: UnknownLayout | None = None) -> Table:
    """The table of a map, or of a list with a header. Raises `UnknownLayout` when it is none that we know.

    For a kind that is usually an ODS file, `not_ods` is the error to raise when it is no map either. A
    payments or list file also names practices and commissioners: it is refused, with a word on what to do.
    """
    try:
        table = find_table(kind, rows, MAP_WORDS, {}, _USUAL)
    except UnknownLayout as not_a_map:
        raise not_ods or not_a_map from None
    plain = {squash(label) for label in table.labels}
    if not plain.isdisjoint(LINE_BY_LABEL):
        raise unknown(
            kind, table.labels, (), "These are payments to practices: import the file as “payments”."
        )
    if "patients" in meanings_of(table.labels, LISTS_WORDS) or any(map(band_label, table.labels)):
        raise unknown(kind, table.labels, (), "These are registered patients: import the file as “lists”.")
    return with_rows(kind, table)


def has(table: Table, *meanings: str) -> bool:
    """Whether the table has a column of each meaning."""
    return set(meanings) <= set(table.meanings)


def read_map(table: Table, told: Told) -> Reading:
    """Everything that a map says. Raises `UnknownLayout` when it is none of the three kinds."""
    if has(table, "practice_code", "commissioner_code"):
        return read_practice_map(table, told)
    if has(table, "commissioner_code", "stp_code"):
        return read_ccg_stp_region(table, told)
    if has(table, "commissioner_code", "icb_code"):
        return read_ccg_to_icb(table, told)
    wanted = ("commissioner_code", "icb_code")
    missing = [PRINTED[meaning] for meaning in wanted if not has(table, meaning)]
    hint = "A map leads from CCGs to ICBs or STPs, or from practices to CCGs."
    raise unknown(told.kind, table.labels, missing, hint, meanings=table.meanings)


def read_ccg_to_icb(table: Table, told: Told) -> Reading:
    """Which board took over from each CCG when the CCGs ended. Codes of CCGs closed before are there too.

    A map of a later day, when boards may have merged, is firm from that day on and carried back to the start.
    """
    columns, gathering = Columns(table), Gathering()
    starts = told.ccgs_end + ONE_DAY
    stated = stated_day(table, columns, told.filename, told.as_of) or starts
    days: Days = (max(starts, stated), None)
    successions: list[SuccessionRow] = []

    def take(number: int, row: Row) -> None:
        ccg = columns.code(row, "commissioner_code")
        icb = _needed(columns, row, "icb_code")
        if not ccg:
            printed = row[columns.at["commissioner_code"]].strip()
            gathering.remark(
                number, columns.label("commissioner_code"), printed, "This row names no CCG. It was left out."
            )
            return
        _once(gathering, columns, ccg, number, "commissioner_code")
        gathering.commissioners.add(ccg)
        kind = Claim("kind", "icb", *days, True)
        gathering.mention(
            icb, number, (kind, *named(columns, row, "icb", days)), column=columns.label("icb_code")
        )
        claims = [Claim("icb", icb, *days, True), *named(columns, row, "commissioner", (None, None))]
        if stated > starts:
            claims.append(Claim("icb", icb, starts, stated - ONE_DAY, False))
        else:
            successions.append(SuccessionRow(ccg, icb, starts, number))
        gathering.see(ccg, number, tuple(claims))

    gathering.take_each(table, columns.width, take, told.progress)
    return gathering.reading(
        table,
        kind=told.kind,
        layout="map/ccg-to-icb",
        title="Clinical commissioning groups and the integrated care boards that followed them",
        as_of=stated,
        successions=successions,
    )


def read_ccg_stp_region(table: Table, told: Told) -> Reading:
    """The partnership and region of each CCG, for the NHS year that the map's day falls in."""
    columns, gathering = Columns(table), Gathering()
    on = stated_day(table, columns, told.filename, told.as_of) or ons_day(table)
    if on is None:
        raise no_day(told.kind)
    year = NhsYear.containing(on).period
    days: Days = (year.first, year.last)

    def take(number: int, row: Row) -> None:
        ccg = _needed(columns, row, "commissioner_code")
        check_places(columns, row)
        _once(gathering, columns, ccg, number, "commissioner_code")
        gathering.commissioners.add(ccg)
        kind = Claim("kind", "commissioner" if on <= CCGS_END else "sub_icb_location", *days, False)
        places = places_of(gathering, columns, number, row, on, days)
        gathering.see(ccg, number, (kind, *named(columns, row, "commissioner", days), *places))
        regions = [claim for claim in places if claim.about == "region"]
        for system in (claim.value for claim in places if claim.about in ("stp", "icb")):
            gathering.mention(system, number, regions, column=columns.label("region_code"), when=days)

    gathering.take_each(table, columns.width, take, told.progress)
    return gathering.reading(
        table,
        kind=told.kind,
        layout="map/ccg-stp-region",
        title=f"Clinical commissioning groups, partnerships and regions, {on:%B %Y}",
        as_of=on,
    )


def read_practice_map(table: Table, told: Told) -> Reading:
    """The network, commissioner and places of each practice, for the month (QOF: the year) described."""
    gathering = Gathering()
    table = without_summaries(table, gathering)
    columns = Columns(table)
    on, days = _practice_map_days(table, columns, told)

    def take(number: int, row: Row) -> None:
        practice = columns.practice(row)
        _once(gathering, columns, practice, number, "practice_code")
        pcn = columns.network(row)
        commissioner = mention_commissioner(gathering, columns, number, row, on, days)
        if pcn:
            network = (Claim("kind", "pcn", *days, False), *named(columns, row, "pcn", days))
            gathering.mention(pcn, number, network, column=columns.label("pcn_code"))
        at = columns.at.get("postcode")
        postcode = "" if at is None else gathering.postcode(row[at], number, columns.label("postcode"))
        gathering.practices.add(practice)
        gathering.see(
            practice,
            number,
            (
                Claim("kind", "practice", *days, False),
                *named(columns, row, "practice", days),
                Claim("postcode", postcode, *days, False) if postcode else None,
                Claim("commissioner", commissioner, *days, False) if commissioner else None,
                Claim("pcn", pcn, *days, False) if pcn else None,
            ),
        )

    gathering.take_each(table, columns.width, take, told.progress)
    return gathering.reading(
        table,
        kind=told.kind,
        layout="map/practice-commissioner",
        title=f"Practices and their commissioners, {on.day} {on:%B %Y}",
        as_of=on,
    )


def _practice_map_days(table: Table, columns: Columns, told: Told) -> tuple[date, Days]:
    on = stated_day(table, columns, told.filename, told.as_of)
    if on is not None:
        month = month_of(on)
        return on, (month.first, month.last)
    year = year_in_name(told.filename)
    if year is None:
        raise no_day(told.kind)
    after = NhsYear(year.start + 1).period
    return after.first, (after.first, after.last)


def ons_day(table: Table) -> date | None:
    """1 April of the year in the statistics office's labels (`CCG21CDH`)."""
    for label in table.labels:
        plain = squash(label)
        if plain.endswith("cdh") and plain[-5:-3].isdigit():
            return date(2000 + int(plain[-5:-3]), 4, 1)
    return None


def no_day(kind: Kind) -> UnknownLayout:
    """The error for a map whose day nobody says."""
    return UnknownLayout(
        kind,
        (),
        ("As-of day",),
        "Neither the file nor its name says which day it describes. "
        "Say so, for example with --as-of 2022-01-01.",
    )


def _needed(columns: Columns, row: Row, meaning: str) -> str:
    code = columns.code(row, meaning)
    if not code:
        raise RowRefused(columns.label(meaning), "", "There is no code. Give one, or delete the row.")
    return code


def _once(gathering: Gathering, columns: Columns, code: str, number: int, meaning: str) -> None:
    gathering.once(
        code,
        number,
        columns.label(meaning),
        code,
        "This code is already on row {row}. Delete one of the two rows.",
    )
