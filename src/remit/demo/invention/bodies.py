"""Organisations of every other kind, in Remit's own layout: one row for each relation of an organisation.

An organisation with two relations has two rows that differ only in them. The relation `successor` says that
`parent_code` took over on the day after `closed_on`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from remit.demo.invention import plan
from remit.demo.invention.chance import Chance
from remit.demo.invention.geography import Nation, Town, board_code, board_name
from remit.demo.invention.names import STREETS
from remit.demo.invention.networks import NETWORKS_START, Network
from remit.demo.invention.practices import Practice

ONE_DAY = timedelta(days=1)
HEADER = [
    "code",
    "kind",
    "name",
    "opened_on",
    "closed_on",
    "parent_relation",
    "parent_code",
    "address",
    "postcode",
]
NHS_ENGLAND = "X24"
_PCTS_START, _PCTS_END = date(2006, 10, 1), date(2013, 3, 31)

#: Real public bodies that the stories name: kind, name, first day known to us.
_NAMED = (
    ("BMA", "representative_body", "British Medical Association", date(1832, 7, 19), "", ""),
    ("GPCUK", "representative_body", "General Practitioners Committee", None, "parent", "BMA"),
    ("NHSCC", "representative_body", "NHS Clinical Commissioners", None, "", ""),
    ("HFMA", "representative_body", "Healthcare Financial Management Association", None, "", ""),
    ("KINGSFUND", "think_tank", "The King's Fund", None, "", ""),
    ("PULSE", "publisher", "Pulse", date(1960, 1, 1), "", ""),
    ("BMJ", "publisher", "The BMJ", None, "", ""),
    ("HCLEADER", "publisher", "Healthcare Leader", None, "", ""),
)
_INVENTED = (
    ("institution", "University of {}", "UNI", 3),
    ("patient_body", "Healthwatch {}", "HW0", 6),
    ("trust", "{} Hospitals Trust", "TR0", 4),
    ("contractor_committee", "{} Local Pharmaceutical Committee", "LPC", 4),
)


def organisation_rows(
    seed: int, nation: Nation, practices: list[Practice], networks: list[Network]
) -> list[list[str]]:
    """The header and every row, bodies before those that name them as their parent."""
    chance = Chance(seed, "bodies")
    rows = [HEADER, _row(NHS_ENGLAND, "national_body", "NHS England", date(2013, 4, 1))]
    rows += _regions()
    rows += _area_teams()
    rows += _local_offices()
    rows += _boards()
    rows += _trusts(chance, nation)
    rows += _networks(networks)
    rows += _committees()
    rows += [_row(code, kind, name, opened, None, *to) for code, kind, name, opened, *to in _NAMED]
    rows += _invented(chance, nation)
    rows += _mergers_of_practices(practices)
    return rows


def _row(
    code: str,
    kind: str,
    name: str,
    opened: date | None,
    closed: date | None = None,
    relation: str = "",
    parent: str = "",
    address: str = "",
    postcode: str = "",
) -> list[str]:
    days = [day.isoformat() if day else "" for day in (opened, closed)]
    return [code, kind, name, *days, relation, parent, address, postcode]


def _regions() -> Iterator[list[str]]:
    """The four regions of 2013 and the seven after them: the South divided a year before the rest."""
    for old, name in plan.FOUR_REGIONS.items():
        closed = None if old == "Y56" else _divided_on(old) - ONE_DAY
        yield _row(old, "region", name, plan.CCGS_START, closed, "parent", NHS_ENGLAND)
    for new, old in plan.REGION_BEFORE.items():
        if new == old:
            continue
        on = _divided_on(old)
        yield _row(old, "region", plan.FOUR_REGIONS[old], plan.CCGS_START, on - ONE_DAY, "successor", new)
        yield _row(new, "region", plan.SEVEN_REGIONS[new], on, None, "parent", NHS_ENGLAND)


def _divided_on(region: str) -> date:
    return plan.SOUTH_DIVIDES_ON if region == "Y57" else plan.SEVEN_REGIONS_ON


def _area_teams() -> Iterator[list[str]]:
    """27 in 2013; London's three became one in 2014; all ended as local offices on 31 March 2015."""
    for code, (region, name) in plan.TEAMS.items():
        of_london = region == "Y56"
        closed = plan.LONDON_TEAMS_JOIN_ON - ONE_DAY if of_london else plan.TEAMS_END
        heirs = [plan.LONDON_TEAM] if of_london else sorted({a.office for a in plan.AREAS if code in a.teams})
        title = f"{name} Area Team"
        yield _row(code, "area_team", title, plan.CCGS_START, closed, "region", region)
        for heir in heirs:
            yield _row(code, "area_team", title, plan.CCGS_START, closed, "successor", heir)
    yield _row(
        plan.LONDON_TEAM,
        "area_team",
        "London Area Team",
        plan.LONDON_TEAMS_JOIN_ON,
        plan.TEAMS_END,
        "region",
        "Y56",
    )


def _local_offices() -> Iterator[list[str]]:
    """From 2015 until the seven regions took their place."""
    for code, (region, name) in plan.OFFICES.items():
        until = plan.SEVEN_REGIONS_ON - ONE_DAY
        yield _row(code, "local_office", f"NHS England {name}", plan.OFFICES_START, until, "region", region)


def _boards() -> Iterator[list[str]]:
    """42 integrated care boards in 2022; eleven of them become five in 2026."""
    merged = {name: number for number, (names, _) in enumerate(plan.BOARDS_THAT_MERGE) for name in names}
    for number, area in enumerate(plan.AREAS):
        code, name = board_code(number), board_name(area.name)
        closed = plan.ICBS_MERGE_ON - ONE_DAY if area.name in merged else None
        yield _row(code, "icb", name, plan.ICBS_START, closed, "region", area.region)
        if area.name in merged:
            yield _row(code, "icb", name, plan.ICBS_START, closed, "successor", f"QZ{merged[area.name] + 1}")
    for number, (names, new) in enumerate(plan.BOARDS_THAT_MERGE):
        region = next(area.region for area in plan.AREAS if area.name == names[0])
        yield _row(f"QZ{number + 1}", "icb", board_name(new), plan.ICBS_MERGE_ON, None, "region", region)


def _trusts(chance: Chance, nation: Nation) -> Iterator[list[str]]:
    """Primary care trusts to 31 March 2013, and the commissioners that took over."""
    for trust in nation.trusts:
        place = [_street(chance), trust.heirs[0].towns[-1].postcode(chance)]
        for heir in trust.heirs:
            yield _row(trust.code, "pct", trust.name, _PCTS_START, _PCTS_END, "successor", heir.code, *place)


def _networks(networks: list[Network]) -> Iterator[list[str]]:
    """Networks, with their commissioner where it has been the same since the first day.

    Where commissioners merged later, the networks' members say where they belonged.
    """
    for network in networks:
        row = (network.code, "pcn", network.name, NETWORKS_START, None)
        if network.commissioner.opened <= NETWORKS_START:
            yield _row(*row, "commissioner", network.commissioner.code)
        else:
            yield _row(*row)


def _committees() -> Iterator[list[str]]:
    """A local medical committee for each area; Kent's is the one that the stories name."""
    for number, area in enumerate(plan.AREAS):
        kent = area.name == plan.KENT
        code = "LMCKENT" if kent else f"LMC{number + 1:02d}"
        yield _row(code, "lmc", f"{'Kent' if kent else area.name} Local Medical Committee", None)


def _invented(chance: Chance, nation: Nation) -> Iterator[list[str]]:
    towns = [
        one.towns[0] for one in nation.open_on(plan.CCGS_START) if plan.AREAS[one.area].name != plan.KENT
    ]
    picked: Iterator[Town] = iter(chance.shuffled(towns))
    for kind, pattern, code, count in _INVENTED:
        for number in range(count):
            town = next(picked)
            name = pattern.format(town.name)
            place = [f"{_street(chance)}, {town.name}", town.postcode(chance)]
            yield _row(f"{code}{number + 1:02d}", kind, name, date(2013, 4, 1), None, "", "", *place)


def _mergers_of_practices(practices: list[Practice]) -> Iterator[list[str]]:
    """Practices that closed by merging into a neighbour. Their names are left to the files of each year."""
    for practice in practices:
        if practice.merged and practice.heir is not None:
            yield _row(
                practice.code,
                "practice",
                "",
                practice.opened,
                practice.closed,
                "successor",
                practice.heir.code,
            )


def _street(chance: Chance) -> str:
    return f"{1 + chance.below(90)} {chance.pick(STREETS)}"
