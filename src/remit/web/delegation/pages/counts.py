"""A live count, opened: what is counted, out of what, on which day, by which rule, and the rows. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse

from remit.delegation.queries import (
    EVERYBODY,
    AnnouncedRow,
    AnnouncementRow,
    ApplicationRow,
    CountChange,
    CountOnDay,
    CoveredRow,
    FunnelStage,
    PositionRow,
    RoundRow,
)
from remit.delegation.states import APPROVED
from remit.engines.figures import ROUNDING_WORDS, Rounding, percentage, rounded, shown
from remit.kernel.moments import london_day
from remit.kernel.names import readable_name
from remit.web.as_at import AsAt
from remit.web.delegation.words import level_title, state_tag
from remit.web.formats import nhs_date, nhs_moment, number
from remit.web.pages import Crumb, Fact, Page
from remit.web.register.links import address, addresses, crumbs, twins
from remit.web.tables import Cell, Column, Table

SOURCE = "Applications, decisions and arrangements recorded in Remit"
FINER = 2
WORDS = {
    EVERYBODY: ("Commissioners", "that were there on the day"),
    "level-0": ("No arrangement in effect", "without an arrangement in effect"),
    "level-1": ("Level 1 in effect", "with greater involvement in effect"),
    "level-2": ("Level 2 in effect", "with joint commissioning in effect"),
    "level-3": ("Level 3 in effect", "with delegated commissioning in effect"),
    "approved-2": ("Approved for Level 2", "whose approval for Level 2 was announced by the day and stood"),
    "approved-3": ("Approved for Level 3", "whose approval for Level 3 was announced by the day and stood"),
    "conditional-2": ("Approved for Level 2 on conditions", "whose conditions were still to be met"),
    "conditional-3": ("Approved for Level 3 on conditions", "whose conditions were still to be met"),
    "signed-2": (
        "Signed for Level 2",
        "whose Level 2 agreement was signed by the day, in effect or not",
    ),
    "signed-3": (
        "Signed for Level 3",
        "whose Level 3 agreement was signed by the day, in effect or not",
    ),
    "not-known": ("Position not known", "whose position no source held here gives"),
}
"""Each count of a day: its label, and who is counted."""


@dataclass(frozen=True, kw_only=True)
class CountPage(Page):
    """One count. `chooser` is there where it can be asked for another day."""

    chooser: AsAt | None
    value: str
    definition: str
    facts: tuple[Fact, ...]
    rows: Table
    base: Table | None
    change: Change | None = None


@dataclass(frozen=True)
class Change:
    """What changed since an earlier day: in a sentence, and by name."""

    since: date
    words: str
    came: Table
    went: Table


def count_address(name: str, on: date, region: str = "", since: date | None = None) -> str:
    """Where a count of a day opens; `region` is a region's code, or ``none`` for those in none. With `since`, where
    what changed since that day stands."""
    given = {"on": on.isoformat(), **({"region": region} if region else {})}
    given |= {"since": since.isoformat()} if since else {}
    return f"{reverse('count', args=[name])}?{urlencode(given)}{'#change' if since else ''}"


def stage_address(round_code: str, stage: str) -> str:
    """Where a count of a round opens."""
    return reverse("round_count", args=[round_code, stage])


def difference(more: int) -> str:
    """ "60 more", "3 fewer", "as many"."""
    return f"{number(abs(more))} {'more' if more > 0 else 'fewer'}" if more else "as many"


def _change(day: AsAt, found: CountOnDay, change: CountChange) -> Change:
    then, now = nhs_date(change.since), nhs_date(found.on)
    than = "as" if change.more == 0 else "than"
    earlier = addresses("commissioner", replace(day, day=change.since, is_default=False))
    came, went = len(change.came), len(change.went)
    return Change(
        since=change.since,
        words=f"{number(len(found.counted))} on {now} is {difference(change.more)} {than} the "
        f"{number(change.before)} on {then}: {number(came)} came to be counted, and {number(went)} no longer "
        f"{'is' if went == 1 else 'are'}.",
        came=_positions(
            "came",
            f"Counted on {now} and not on {then}: {came:,}",
            change.came,
            addresses("commissioner", day),
        ),
        went=_positions("went", f"Counted on {then} and not on {now}: {went:,}", change.went, earlier),
    )


def day_count_page(day: AsAt, found: CountOnDay, change: CountChange | None = None) -> CountPage:
    """A count of commissioners on a day, with what changed since an earlier one."""
    label, who = WORDS[found.name]
    where = f" in {readable_name(found.region_name) or 'no region'}" if found.region else ""
    on = nhs_date(found.on)
    leads_to = addresses("commissioner", day)
    what = f"commissioners{where} {who}"
    base_what = f"commissioners{where} on {on}"
    is_all = found.name == EVERYBODY
    return CountPage(
        title=f"{label}{where} on {on}",
        section="Delegation",
        crumbs=crumbs(day, ("Delegation", "delegation")),
        as_at=found.on,
        alternates=twins(f"counts/{found.name}", "Those counted", found.on, region=found.region),
        chooser=day,
        value=_headline(len(found.counted), None if is_all else len(found.base)),
        definition=_definition(found, f"{what[0].upper()}{what[1:]}"),
        facts=_facts(len(found.counted), what, None if is_all else len(found.base), base_what, found.on),
        rows=_positions("rows", f"Counted: {len(found.counted):,}", found.counted, leads_to),
        base=None if is_all else _positions("base", f"Out of: {len(found.base):,}", found.base, leads_to),
        change=_change(day, found, change) if change else None,
    )


def _definition(found: CountOnDay, what: str) -> str:
    unknown = sum(row.level is None for row in found.base)
    if found.is_whole or not unknown:
        return f"{what}."
    return (
        f"{what}, as far as the sources held here state it. The position of {number(unknown)} is not known."
    )


def _positions(id_: str, caption: str, rows: Sequence[PositionRow], leads_to: Callable[[str], str]) -> Table:
    return Table(
        id=id_,
        caption=caption,
        columns=(
            Column("Commissioner"),
            Column("Code"),
            Column("Region"),
            Column("In effect"),
            Column("Since"),
        ),
        rows=[
            (
                Cell(readable_name(row.name), href=leads_to(row.code)),
                row.code,
                readable_name(row.region_name) or row.region,
                level_title(row.level),
                nhs_date(row.since),
            )
            for row in rows
        ],
        stacked=True,
        empty="Nobody.",
    )


def round_count_page(
    row: RoundRow, stage: FunnelStage, applications: Sequence[ApplicationRow], at: datetime
) -> CountPage:
    """How many applications of a round came to a stage, out of those that were submitted."""
    found = [each for each in applications if each.id in stage.applications]
    on, is_all = london_day(at), stage.count == stage.applied
    what = f"applications in {row.title}: {stage.name[0].lower()}{stage.name[1:]}"
    return CountPage(
        title=f"{stage.name}: {row.title}",
        section="Rounds",
        crumbs=(
            *crumbs(None, ("Delegation", "delegation"), ("Rounds", "rounds")),
            Crumb(row.title, address("round", row.code)),
        ),
        as_at=on,
        alternates=twins(f"rounds/{row.code}/applications", "Applications in this round"),
        chooser=None,
        value=_headline(stage.count, None if is_all else stage.applied),
        definition=f"{what[0].upper()}{what[1:]}, as the public knows them at {nhs_moment(at)}.",
        facts=_facts(
            stage.count, what, None if is_all else stage.applied, f"applications submitted in {row.title}", on
        ),
        rows=_of_round("rows", f"Counted: {stage.count:,}", found),
        base=None if is_all else _of_round("base", f"Out of: {stage.applied:,}", applications),
    )


def _of_round(id_: str, caption: str, rows: Sequence[ApplicationRow]) -> Table:
    return Table(
        id=id_,
        caption=caption,
        columns=(Column("Commissioner"), Column("Code"), Column("Received"), Column("State")),
        rows=[
            (
                Cell(readable_name(row.name), href=reverse("application", args=[row.id])),
                row.commissioner,
                nhs_moment(row.submitted_at),
                state_tag(row.state),
            )
            for row in rows
        ],
        stacked=True,
        empty="None.",
    )


def region_count_page(
    row: AnnouncementRow, region: str, counted_here: Sequence[AnnouncedRow], base: Sequence[AnnouncedRow]
) -> CountPage:
    """How many of those approved in an announcement were of a region."""
    name = readable_name(counted_here[0].region_name) or region
    what = f"commissioners in {name} approved for {row.subject} without conditions"
    of = "commissioners approved without conditions, announced here"
    return _of_announcement(row, f"Approved in {name}: {row.headline}", what, of, counted_here, base)


def announced_in_round_page(
    row: AnnouncementRow,
    held: CoveredRow,
    outcome: str,
    counted_here: Sequence[AnnouncedRow],
    base: Sequence[AnnouncedRow],
) -> CountPage:
    """How many of those announced with an outcome were of one of its rounds."""
    how = "without conditions" if outcome == APPROVED else "on conditions"
    what = f"commissioners approved for {held.subject} {how} in {held.title}"
    title = f"Approved {how} in {held.title}: {row.headline}"
    return _of_announcement(row, title, what, f"approvals {how}, announced here", counted_here, base)


def _of_announcement(
    row: AnnouncementRow,
    title: str,
    what: str,
    base_what: str,
    counted_here: Sequence[AnnouncedRow],
    base: Sequence[AnnouncedRow],
) -> CountPage:
    """A count of some of the rows of an announcement, out of others of them."""
    on = london_day(row.released_at)
    return CountPage(
        title=title,
        section="Announcements",
        crumbs=(
            *crumbs(None, ("Delegation", "delegation"), ("Announcements", "announcements")),
            Crumb(row.headline, address("announcement", row.code)),
        ),
        as_at=on,
        alternates=twins(f"announcements/{row.code}/rows", "The named list"),
        chooser=None,
        value=_headline(len(counted_here), len(base)),
        definition=f"{what[0].upper()}{what[1:]}, as announced. The list is frozen.",
        facts=_facts(
            len(counted_here),
            what,
            len(base),
            base_what,
            on,
        ),
        rows=_announced("rows", f"Counted: {len(counted_here):,}", counted_here),
        base=_announced("base", f"Out of: {len(base):,}", base),
    )


def _announced(id_: str, caption: str, rows: Sequence[AnnouncedRow]) -> Table:
    return Table(
        id=id_,
        caption=caption,
        columns=(Column("Commissioner"), Column("Code"), Column("Region"), Column("Decision")),
        rows=[
            (
                Cell(readable_name(row.name), href=reverse("application", args=[row.application])),
                row.commissioner,
                readable_name(row.region_name) or row.region,
                state_tag(row.outcome),
            )
            for row in rows
        ],
        stacked=True,
    )


def _headline(count: int, base: int | None) -> str:
    """ "63 of 209 (30%)"; a count alone where it is the whole."""
    if not base:
        return number(count)
    return f"{number(count)} of {number(base)} ({rounded(percentage(count, base), Rounding.HALF_UP)}%)"


def _facts(count: int, what: str, base: int | None, base_what: str, on: date) -> tuple[Fact, ...]:
    share = percentage(count, base) if base else None
    return (
        Fact("Counted", f"{number(count)} {what}"),
        Fact("Out of", f"{number(base)} {base_what}" if base else "A count without a base"),
        *(
            [Fact("Worked out", f"{rounded(share, Rounding.HALF_UP)}% ({shown(share, FINER)})")]
            if share is not None
            else []
        ),
        Fact("Day", nhs_date(on)),
        Fact("Source", SOURCE),
        Fact(
            "Rounding",
            f"{ROUNDING_WORDS[Rounding.HALF_UP]}, to whole percent" if base else "None: a count",
        ),
        Fact("Figure", "Counted each time it is asked for. Its address is its name, with the day in it."),
    )
