"""The list of commissioners, and the page of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from remit.constitutions.rules import BODY_KINDS
from remit.kernel.names import readable_name
from remit.register.queries import (
    CommissionerRow,
    DatedFact,
    ListsTotal,
    OrganisationPage,
    PointInTime,
    PracticeRow,
    SourceRow,
    SuccessionRow,
    kind_words,
)
from remit.register.rules import COMMISSIONER_KINDS, era_on
from remit.web.as_at import AsAt
from remit.web.charts import Chart, Point, line_chart
from remit.web.delegation.pages.section import DelegationSection
from remit.web.formats import nhs_date, number
from remit.web.pages import Fact
from remit.web.paging import Paging
from remit.web.register.links import address, addresses, crumbs, page_of_relation, source_links, twins
from remit.web.register.pages.dated import Choice, DatedPage, Filter, ListPage
from remit.web.register.pages.history import history_table
from remit.web.register.pages.practices import practices_table
from remit.web.register.words import about_words, capital, counted, patients_fact, then_and_later, value_words
from remit.web.tables import Cell, Column, Table


@dataclass(frozen=True, kw_only=True)
class CommissionerPage(DatedPage):
    """One commissioner. `standing` says what it was on the day, and what that means if it was not open."""

    code: str
    standing: str
    facts: tuple[Fact, ...]
    successions: Table
    practices: Table | None
    paging: Paging
    charts: tuple[Chart, ...]
    history: Table
    delegation: DelegationSection
    motions: tuple[Table, ...]


def commissioners_page(
    day: AsAt, rows: Sequence[CommissionerRow], region: str, regions: tuple[Choice, ...], paging: Paging
) -> ListPage:
    """The commissioners on a day, those of a region if one is chosen."""
    era = era_on(day.day)
    plural = era.plural if era else "Commissioners"
    return ListPage(
        title="Commissioners",
        section="Register",
        crumbs=crumbs(day),
        chooser=day,
        as_at=day.day,
        alternates=twins("commissioners", "Commissioners", day.day, region=region),
        lede="The bodies that commissioned general practice on the day.",
        count=f"{number(len(rows))} {_bodies(day, len(rows))}",
        filters=(Filter(name="region", label="Region", choices=regions),),
        table=commissioners_table(day, rows[paging.start : paging.end], plural),
        paging=paging,
    )


def _bodies(day: AsAt, count: int) -> str:
    """What the commissioners of the day were, in words."""
    era = era_on(day.day)
    if era is None:
        return "commissioner" if count == 1 else "commissioners"
    return (era.name if count == 1 else era.plural).lower()


def commissioners_table(
    day: AsAt, rows: Sequence[CommissionerRow], plural: str, *, of_one_region: bool = False
) -> Table:
    """Some commissioners with their code, region (unless all are `of_one_region`) and number of practices."""
    page_of, region_of = addresses("commissioner", day), addresses("region", day)

    def region(row: CommissionerRow) -> tuple[Cell | str, ...]:
        if of_one_region:
            return ()
        if not row.region_name:
            return (row.region or "Not known",)
        return (Cell(readable_name(row.region_name), href=region_of(row.region)),)

    return Table(
        id="commissioners",
        caption=f"{plural} on {nhs_date(day.day)}",
        columns=(
            Column("Name"),
            Column("Code"),
            *(() if of_one_region else (Column("Region"),)),
            Column("Practices", numeric=True),
        ),
        rows=[
            (
                Cell(readable_name(row.name), href=page_of(row.code)),
                row.code,
                *region(row),
                number(row.practices),
            )
            for row in rows
        ],
        stacked=True,
        empty="No source names a commissioner on this day.",
    )


def commissioner_page(
    day: AsAt,
    found: OrganisationPage,
    *,
    region: tuple[str, str],
    practices: Sequence[PracticeRow],
    count: int,
    members: int | None,
    lists: ListsTotal,
    successions: tuple[list[SuccessionRow], list[SuccessionRow]],
    years: list[PointInTime],
    sources: list[SourceRow],
    paging: Paging,
    delegation: DelegationSection,
    motions: tuple[Table, ...],
) -> CommissionerPage:
    """The page of one commissioner; `practices` are those of this page of `count`."""
    name = readable_name(found.name)
    numbered = source_links(sources)
    return CommissionerPage(
        title=name,
        section=f"Commissioner {found.code}",
        crumbs=crumbs(day, ("Commissioners", "commissioners")),
        chooser=day,
        as_at=day.day,
        alternates=twins(f"organisations/{found.code}", name, day.day),
        sources=numbered,
        code=found.code,
        standing=standing(found, day),
        facts=_facts(
            day,
            found,
            region,
            (Fact("Practices", number(count)), patients_fact(lists, count, day.day)),
            members,
        ),
        successions=_successions_table(day, *successions),
        practices=practices_table(day, practices, f"{counted(count, 'practice')} on {nhs_date(day.day)}")
        if found.was_open
        else None,
        paging=paging,
        charts=_charts(years),
        history=history_table(day, found, numbered),
        delegation=delegation,
        motions=motions,
    )


def standing(found: OrganisationPage, day: AsAt) -> str:
    """What an organisation was on the day, in a sentence."""
    on = nhs_date(day.day)
    if found.kind is not None:
        words = kind_words(found.kind)
        article = "an" if words[0].lower() in "aeiou" or words.startswith("NHS") else "a"
        board = found.now.get("icb")
        tail = ""
        if found.kind == "sub_icb_location":
            of = f" of {readable_name(board.value_name or board.value)}" if board else ""
            tail = f"{of}, not a commissioner"
        return f"On {on} this was {article} {words}{tail}."
    before = max((fact for fact in found.kinds if fact.last and fact.last < day.day), key=_last, default=None)
    after = min(
        (fact for fact in found.kinds if fact.first and fact.first > day.day), key=_first, default=None
    )
    said = f"It was not open on {on}." if found.was_closed else f"No source says that it was open on {on}."
    if before is None and after is None:
        return said
    days = [said]
    if before is not None:
        ended = "Its last day was" if found.closes(before) else "It is last known on"
        days.append(f"{ended} {nhs_date(_last(before))}.")
    if after is not None:
        began = "It opened" if after.opens else "It is known" if before is not None else "It is first known"
        again = "again " if before is not None else ""
        days.append(f"{began} {again}on {nhs_date(_first(after))}.")
    return " ".join((*days, "The name above is from a day when it was open."))


def _first(fact: DatedFact) -> date:
    return fact.first or date.min


def _last(fact: DatedFact) -> date:
    return fact.last or date.max


def days_words(fact: DatedFact) -> str:
    """The days of a fact: "Since 1 April 2013", "1 April 2013 to 31 March 2020", "Until 31 March 2020"; with
    "known" where no source states them."""
    if fact.first is None:
        days = f"until {nhs_date(fact.last)}" if fact.last else "always, as far as the sources say"
    elif fact.last is None:
        days = f"since {nhs_date(fact.first)}"
    else:
        days = f"{nhs_date(fact.first)} to {nhs_date(fact.last)}"
    if fact.basis == "stated":
        return capital(days)
    return f"Known from {days}" if fact.first and fact.last else f"Known {days}"


def open_facts(kinds: Sequence[DatedFact]) -> list[Fact]:
    """When an organisation opened and closed, for each kind that it was."""
    found: list[Fact] = []
    for fact in kinds:
        words = capital(kind_words(fact.value))
        found.append(Fact(words, days_words(fact)))
    return found


def constitution_facts(day: AsAt, found: OrganisationPage) -> list[Fact]:
    """Where the rules of a body with members are."""
    if not {fact.value for fact in found.kinds} & BODY_KINDS:
        return []
    return [
        Fact("Constitution", "Its rules, clause by clause", address("constitution", found.code, day=day)),
        Fact("Meetings", "Those that it called", address("meetings", body=found.code)),
        Fact("Motions", "What it asked its members", address("motions", body=found.code)),
        Fact("Requisitions", "What its members require", address("requisitions", body=found.code)),
    ]


def also_called(found: OrganisationPage) -> list[Fact]:
    """Its other names, at other times."""
    names = {readable_name(fact.value) for fact in found.history if fact.about == "name"}
    names.discard(readable_name(found.name))
    if not names:
        return []
    return [Fact("Also called", "; ".join(sorted(names)), note="At other times. See the history below.")]


def _facts(
    day: AsAt,
    found: OrganisationPage,
    region: tuple[str, str],
    totals: tuple[Fact, ...],
    members: int | None,
) -> tuple[Fact, ...]:
    facts = [Fact("Code", found.code), *open_facts(found.kinds)]
    if region[1]:
        href = address("region", region[0], day=day)
        facts.append(Fact("NHS England region", readable_name(region[1]), href))
    elif region[0]:
        facts.append(Fact("NHS England region", region[0]))
    for about in ("local_office", "stp", "icb"):
        if about in found.now:
            fact = found.now[about]
            href = page_of_relation(about, fact.value, day) if fact.value_name else ""
            facts.append(Fact(about_words(about), value_words(fact), href, note=fact.value if href else ""))
    facts += also_called(found)
    if found.kind in COMMISSIONER_KINDS:
        facts += totals
    if members is not None:
        facts.append(Fact("Members", counted(members, "member practice")))
    elif found.kind in {"icb", "pct"}:
        words = kind_words(str(found.kind))
        facts.append(
            Fact(
                "Members",
                "None",
                note=f"Practices are not members of {'an' if words[0] == 'i' else 'a'} {words}.",
            )
        )
    return (*facts, *constitution_facts(day, found))


def _successions_table(day: AsAt, before: list[SuccessionRow], after: list[SuccessionRow]) -> Table:
    def row(step: SuccessionRow, *, is_before: bool) -> tuple[Cell | str, ...]:
        code = step.predecessor if is_before else step.successor
        name = step.predecessor_name if is_before else step.successor_name
        on = step.on - timedelta(days=1) if is_before else step.on
        href = f"{address('commissioner', code)}?on={on.isoformat()}"
        return (
            Cell(readable_name(name), href=href, note=code),
            "Before it" if is_before else "After it",
            nhs_date(step.on),
            how_succession_is_known(step),
        )

    return Table(
        id="successions",
        caption="Who came before and after",
        columns=(Column("Organisation"), Column("Place"), Column("Changed on"), Column("How we know")),
        rows=[row(step, is_before=True) for step in before] + [row(step, is_before=False) for step in after],
        stacked=True,
        empty="No source says that it followed another body or was followed by one.",
    )


def how_succession_is_known(step: SuccessionRow) -> str:
    """Published, or derived with the practices that show it."""
    if step.basis != "derived":
        return "Published in a map"
    practices = f"{number(step.practices)} of {number(step.of)} practices"
    return f"Derived from where practices went: {practices}"


def _charts(years: list[PointInTime]) -> tuple[Chart, ...]:
    if len(years) < 2:
        return ()
    first, last = years[0], years[-1]
    practices = line_chart(
        id="practices-by-year",
        title="Practices by year",
        summary=f"{then_and_later((number(first.practices), first.on), (number(last.practices), last.on))}.",
        points=[Point(year.on.isoformat(), year.practices) for year in years],
        x="Day",
        y="Practices",
        is_date=True,
    )
    counted = [year for year in years if year.counted]
    if len(counted) < 2:
        return (practices,)
    shown = [(number(year.registered, 0), year.on) for year in counted]
    patients = line_chart(
        id="patients-by-year",
        title="Registered patients by year",
        summary=f"{then_and_later(shown[0], shown[-1])}, by each practice’s latest count.",
        points=[Point(year.on.isoformat(), float(year.registered)) for year in counted],
        x="Day",
        y="Registered patients",
        is_date=True,
    )
    table = replace(
        patients.table,
        columns=(*patients.table.columns, Column("Practices with a count", numeric=True)),
        rows=[
            (nhs_date(year.on), text, f"{number(year.counted)} of {number(year.practices)}")
            for year, (text, _) in zip(counted, shown, strict=True)
        ],
    )
    return practices, replace(patients, table=table)
