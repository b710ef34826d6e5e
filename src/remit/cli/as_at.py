"""`remit as-at`: the nation, or one organisation, as it stood on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.cli.database import open_database
from remit.cli.output import Exit, Json, Stopped, answering, show, show_json, table
from remit.cli.typed import day
from remit.kernel.moments import at_the_edge, london_day
from remit.kernel.names import readable_name

if TYPE_CHECKING:
    from remit.delegation.queries import PositionRow, Uptake
    from remit.register.queries import DatedFact, Nation, OrganisationPage


def as_at(
    on: Annotated[
        date, typer.Argument(parser=day, metavar="DATE", help="The day, like 2015-04-01, or “today”.")
    ],
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="An organisation's ODS code; leave it out for the nation.")
    ] = "",
    history: Annotated[
        bool, typer.Option("--history", help="Also everything that held on other days.")
    ] = False,
    as_json: Json = False,
) -> None:
    """The nation, or one organisation, as it stood on a day.

    \b
    Examples:
      remit as-at 2013-04-01
      remit as-at 2022-07-01 --json
      remit as-at 2015-04-01 X5L
      remit as-at 2015-04-01 X5L --history
    """
    with answering(as_json):
        open_database()
        if code:
            _one(code, on, history, as_json)
        else:
            from remit.delegation.queries import totals_published, uptake_on
            from remit.register.queries import nation_on

            nation, uptake = nation_on(on), uptake_on(on, at_the_edge())
            if as_json:
                show_json(nation_json(nation, uptake) | {"published": totals_published(on)})
            else:
                _show_nation(nation)
                _show_uptake(uptake)
                _show_published(totals_published(on))


def nation_json(nation: Nation, uptake: Uptake) -> dict[str, Any]:
    """The nation on a day, for machines. `era` is the kind of body that commissioned: pct, ccg or icb.

    `level_n` counts commissioners with powers in effect, `not_known` those whose position no source gives;
    `approved_n`, `conditional_n` and `signed_n` what had been announced or signed by then, in effect or not.
    """
    counted = {name: count for name, count in asdict(uptake).items() if name not in ("on", "commissioners")}
    return {
        "date": nation.on,
        "era": nation.era.kind if nation.era else None,
        "commissioners": nation.commissioners,
        "practices": nation.practices,
        "pcns": nation.pcns,
        "registered": nation.lists.registered,
        "lists_counted": nation.lists.counted,
        "regions": [asdict(row) for row in nation.regions],
        "without_region": nation.without_region,
        **counted,
    }


def _show_nation(nation: Nation) -> None:
    era = f" ({nation.era.plural.lower()})" if nation.era else ""
    show(f"The nation on {nation.on.isoformat()}")
    today = london_day(at_the_edge())
    if nation.on > today:
        show(
            f"This day is still to come: what is known today, {today.isoformat()}, is carried forward to it."
        )
    show(f"  Commissioners        {nation.commissioners:>12,}{era}")
    show(f"  Practices            {nation.practices:>12,}")
    show(f"  Primary care networks{nation.pcns:>12,}")
    show(f"  Registered patients  {nation.lists.registered:>12,.0f} on {nation.lists.counted:,} lists")
    if nation.regions:
        show("")
        rows = [
            (row.code, readable_name(row.name), f"{row.commissioners:,}", f"{row.practices:,}")
            for row in nation.regions
        ]
        show(table(("Region", "Name", "Commissioners", "Practices"), rows, numbers=(2, 3)))
    if nation.without_region:
        show(f"Commissioners whose region no loaded file says: {nation.without_region:,}")


def _show_uptake(uptake: Uptake) -> None:
    from remit.delegation.rules import levels

    show("")
    rows = [
        (
            level.title,
            *(
                _counted(getattr(uptake, f"{what}_{level.level}", None))
                for what in ("level", "approved", "conditional", "signed")
            ),
        )
        for level in levels().values()
    ]
    columns = ("Co-commissioning", "In effect", "Approved by then", "On conditions", "Signed by then")
    show(table(columns, rows, numbers=(1, 2, 3, 4)))
    if uptake.not_known:
        show(
            f"Not known: the position of {uptake.not_known:,} of {uptake.commissioners:,} commissioners. No source "
            "held here states it, so the counts above are only of those that one names."
        )


def _show_published(totals: Sequence[Mapping[str, Any]]) -> None:
    """What was published as a total: the counts above are of the commissioners that a source names."""
    for total in totals:
        said = "approved" if total["what"] == "approved" else "with powers in effect"
        show(
            f"Published on {total['announced_on'].isoformat()}: {total['count']} {said} at Level {total['level']}; "
            f"{total['named']} of them are named in the sources held ({total['source']})."
        )


def _counted(count: int | None) -> str:
    """A count; a dash where there is nothing to count: Level 1 has no conditions and needs no signature."""
    return "-" if count is None else f"{count:,}"


def _one(code: str, on: date, history: bool, as_json: bool) -> None:
    from remit.kernel.decision import Refused
    from remit.register.queries import known_code, organisation_at

    try:
        page = organisation_at(known_code(code), on)
    except Refused as refused:
        raise Stopped(Exit.NOT_FOUND, refused.code, str(refused)) from refused
    assert page is not None  # noqa: S101 - it is known
    position = _position(page)
    if as_json:
        show_json(organisation_json(page, position))
    else:
        _show_organisation(page, history)
        if position is not None:
            _show_position(position)


def _position(page: OrganisationPage) -> PositionRow | None:
    """Where a commissioner stood on the day; None for what is no commissioner."""
    from remit.delegation.queries import positions_on
    from remit.register.rules import COMMISSIONER_KINDS

    if page.kind not in COMMISSIONER_KINDS:
        return None
    return next((row for row in positions_on(page.on, at_the_edge()) if row.code == page.code), None)


def organisation_json(page: OrganisationPage, position: PositionRow | None) -> dict[str, Any]:
    """One organisation on a day, for machines. `first` null means that nobody says; `last` null, still.

    `position` is null for what is no commissioner; its `level` is the one in effect, 0 for none
    and null where it is not known.
    """
    from remit.register.queries import region_of

    region, region_name = region_of(page.code, page.on)
    return {
        "date": page.on,
        "code": page.code,
        "name": page.name,
        "kind": page.kind,
        "was_open": page.was_open,
        "region": {"code": region, "name": region_name} if region else None,
        "now": {about: asdict(fact) for about, fact in sorted(page.now.items())},
        "kinds": [asdict(fact) for fact in page.kinds],
        "history": [asdict(fact) for fact in page.history],
        "position": _position_json(position) if position else None,
    }


def _position_json(position: PositionRow) -> dict[str, Any]:
    names = ("level", "since", "basis", "approved", "conditional", "source", "source_href")
    return {name: getattr(position, name) for name in names}


def _show_position(position: PositionRow) -> None:
    from remit.delegation.rules import levels

    show("")
    if position.level is None:
        show("Co-commissioning: not known. No source held here states its position on this day")
    elif position.level:
        since = f", since {position.since.isoformat()}" if position.since else ""
        show(f"Co-commissioning: {levels()[position.level].title}{since}")
    else:
        show("Co-commissioning: no level in effect")
    if position.approved > (position.level or 0):
        show(f"Approved by then, not in effect: {levels()[position.approved].title}")
    if position.conditional:
        show(f"Approved on conditions still to be met: {levels()[position.conditional].title}")
    if position.source:
        show(f"Source: {position.source} {position.source_href}".rstrip())


def _show_organisation(page: OrganisationPage, history: bool) -> None:
    from remit.register.queries import kind_words, region_of

    closed = "not open" if page.was_closed else "not known to be open"
    what = kind_words(page.kind) if page.kind else closed
    show(f"{page.code} {readable_name(page.name)}: {what} on {page.on.isoformat()}")
    code, name = region_of(page.code, page.on)
    if code and "region" not in page.now:
        show(f"Region: {code} {readable_name(name)}, by where most of its locations are")
    show("")
    show(_facts(f"Held on {page.on.isoformat()}", [page.now[about] for about in sorted(page.now)]))
    if history:
        show("")
        show(_facts("Everything that any day's sources say", [*page.kinds, *page.history]))
    else:
        show("With --history: what held on other days.")


def _facts(title: str, facts: Sequence[DatedFact]) -> object:
    rows = [
        (
            fact.about.replace("_", " "),
            _said(fact),
            fact.first.isoformat() if fact.first else "not known",
            fact.last.isoformat() if fact.last else "still",
            fact.basis,
        )
        for fact in facts
    ]
    return table((title, "Value", "From", "Until", "Basis"), rows)


def _said(fact: DatedFact) -> str:
    """What a source says; a name as pages write it."""
    value = readable_name(fact.value) if fact.about == "name" else fact.value
    return f"{value} {readable_name(fact.value_name)}".strip()
