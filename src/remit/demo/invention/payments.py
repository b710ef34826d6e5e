"""Payments to practices, in the columns that the publication had in each of three years.

Amounts are drawn, line by line, around what such a line typically pays for each weighted patient. Totals,
deductions and averages are worked out from the lines in whole pence, so they add up exactly (in 2014-15 the
publication rounded to whole pounds: so do we).
"""

from __future__ import annotations

from remit.demo.invention import plan
from remit.demo.invention.chance import Chance
from remit.demo.invention.editions import Edition, Line
from remit.demo.invention.networks import Network
from remit.demo.invention.practices import Practice, lists_on

_REGION = ("NHS England (Region) code", "NHS England (Region) Name", "CCG Code", "CCG NAME")
_PRACTICE = (
    "Practice Code",
    "Practice Name",
    "Practice Address",
    "Practice Postcode",
    "Practice Open Date",
    "Practice Close Date",
    "Contract Type",
    "Dispensing Practice",
)
_LISTS = (
    "Number of Registered Patients (Last Known Figure)",
    "Number of Weighted Patients (Last Known Figure)",
    "Average payments per registered patient",
    "Average payments per weighted patient",
)
TOTAL = "Total NHS Payments to General Practice"
DEDUCTIONS = "Deductions for Pensions, Levies and Prescription Charge Income"
_WITH_COVID = "including covid vaccination, covid support and long covid payments"
_WITH_NETWORK = "including PCN Workforce, Leadership and Support"


def header(edition: Edition) -> list[str]:
    """The columns of a year's file, as printed."""
    start = edition.year.start
    columns = [*_REGION, *(("PCN Code", "PCN Name") if start == 2021 else ()), *_PRACTICE]
    if start == 2017:
        columns += ["Practice Type", "Practice Rurality", "Atypical Characteristics"]
    if start == 2021:
        columns += ["Practice type", "Practice Rurality", "Atypical characteristics"]
    columns += ["Quarter used for patient data"] if edition.quarter else []
    columns += [
        *_LISTS,
        *(line.label for line in edition.lines),
        TOTAL,
        DEDUCTIONS,
        f"{TOTAL} Minus Deductions",
    ]
    if edition.network:
        columns += [f"{TOTAL} {_WITH_COVID}", f"Total NHS Payments {_WITH_NETWORK}"]
        both = f"{TOTAL} including Covid and PCN payments"
        columns += [both, f"{both} minus deductions"]
        columns += [line.label for line in (*edition.network, *edition.covid)]
        for what in (_WITH_NETWORK, _WITH_COVID):
            columns += [
                f"Average payments per {which} patient {what}" for which in ("registered", "weighted")
            ]
    return columns


def rows(seed: int, edition: Edition, practices: list[Practice], networks: list[Network]) -> list[list[str]]:
    """One row for every practice that was open on any day of the year, in order of code."""
    chance = Chance(seed, f"payments {edition.year}")
    period = edition.year.period
    last_day = period.last or period.first
    lists = lists_on(practices, edition.counted_on)
    before = lists_on(practices, period.first)
    leads = {network.lead: network for network in networks} if edition.network else {}
    table = []
    for practice in practices:
        if practice.opened > last_day or (practice.closed is not None and practice.closed < period.first):
            continue
        patients = lists.get(practice.code) or before.get(practice.code) or practice.base
        lead = leads.get(practice)
        of_network = sum(lists.get(member.code, 0.0) for member in lead.members) if lead else 0.0
        registered, weighted = _counts(edition, practice, patients)
        figures = _figures(chance, edition, practice, weighted, of_network * practice.need)
        table.append([*_who(edition, practice, networks), *_money(edition, registered, weighted, figures)])
    return table


def _counts(edition: Edition, practice: Practice, patients: float) -> tuple[int, int]:
    """Registered and weighted patients in hundredths, as finely as the year's file gave them."""
    if edition.whole_pounds:
        return round(patients) * 100, round(patients * practice.need) * 100
    if edition.network:  # 2021-22 averages four quarters
        return round(patients * 4) * 25, round(patients * practice.need * 100)
    return round(patients) * 100, round(patients * practice.need * 100)


def _part_of_year(edition: Edition, practice: Practice) -> float:
    """The part of the year's days on which the practice was open."""
    first, last = edition.year.period.first, edition.year.period.last or edition.year.period.first
    start, end = max(first, practice.opened), min(last, practice.closed or last)
    return ((end - start).days + 1) / ((last - first).days + 1)


def _figures(
    chance: Chance, edition: Edition, practice: Practice, weighted: int, of_network: float
) -> tuple[list[int], list[int], list[int], int]:
    """In pence: the lines, the network's lines, the covid lines and the deductions (negative)."""
    share = _part_of_year(edition, practice)
    contract = practice.contract_on(edition.year.period.first)
    balance = contract == "PMS" or (contract == "APMS" and chance.happens(0.3))
    paid = {"all", "balance" if balance else "global sum"} | (
        {"dispensing"} if practice.dispensing else set()
    )
    patients = weighted * share  # hundredths of patients, so pounds a patient give pence
    draw = chance.share

    def amounts(lines: tuple[Line, ...]) -> list[int]:
        pence = []
        for line in lines:
            has, level = draw(), draw()
            rate = line.low + (line.high - line.low) * level
            if line.to == "lead":
                pence.append(int(of_network * 100 * share * rate) if has < line.share and of_network else 0)
            else:
                pence.append(int(patients * rate) if has < line.share and line.to in paid else 0)
        return pence

    lines, network, covid = amounts(edition.lines), amounts(edition.network), amounts(edition.covid)
    taken = -int(patients * (2.0 + 17.0 * draw()))
    if edition.whole_pounds:
        lines = [pence // 100 * 100 for pence in lines]
        taken = taken // 100 * 100
    return lines, network, covid, taken


def _money(
    edition: Edition, registered: int, weighted: int, figures: tuple[list[int], list[int], list[int], int]
) -> list[str]:
    """List sizes, averages, lines and totals of one row, as text."""
    lines, network, covid, taken = figures
    total, for_network, for_covid = sum(lines), sum(network), sum(covid)
    cells = [
        in_pounds(registered),
        in_pounds(weighted),
        average(total, registered),
        average(total, weighted),
        *map(in_pounds, lines),
        in_pounds(total),
        in_pounds(taken),
        in_pounds(total + taken),
    ]
    if edition.network:
        everything = total + for_network + for_covid
        sums = (total + for_covid, total + for_network, everything, everything + taken)
        cells += [*map(in_pounds, sums), *map(in_pounds, network), *map(in_pounds, covid)]
        cells += [
            average(total + more, of) for more in (for_network, for_covid) for of in (registered, weighted)
        ]
    return cells


def _who(edition: Edition, practice: Practice, networks: list[Network]) -> list[str]:
    """Who the practice was and belonged to, in the words of the year's file."""
    period = edition.year.period
    last_day = period.last or period.first
    one = practice.stay_on(period.first if edition.whole_pounds else last_day).commissioner
    area = plan.AREAS[one.area]
    name = practice.name_on(last_day)
    contract = practice.contract_on(period.first)
    dispenses = "Yes" if practice.dispensing else "No"
    if edition.whole_pounds:
        team = plan.LONDON_TEAM if area.region == "Y56" else one.team
        place = "London" if area.region == "Y56" else plan.TEAMS[one.team][1]
        address = f"{practice.street} {practice.town.name} {area.name} "
        tight = practice.postcode.replace(" ", "") if len(practice.postcode) == 8 else practice.postcode
        return [
            team,
            place,
            one.code,
            one.name,
            practice.code,
            name,
            address,
            tight,
            "-",
            "-",
            contract,
            dispenses,
            edition.quarter,
        ]
    dates = [
        practice.opened.strftime("%d/%m/%Y"),
        practice.closed.strftime("%d/%m/%Y") if practice.closed else "",
    ]
    if practice.closed and practice.closed > last_day:
        dates[1] = ""
    address = f"{practice.street}  {practice.town.name} {area.name}".upper()
    kind = ["GP practice", "Rural" if practice.rural else "Urban"]
    unusual = "| Part year of data |" if _part_of_year(edition, practice) < 1 else ""
    about = [
        practice.code,
        name.upper(),
        address,
        practice.postcode,
        *dates,
        contract,
        dispenses,
        *kind,
        unusual,
    ]
    if edition.network:
        region = f"{plan.region_name(area.region).upper()} COMMISSIONING REGION"
        network = networks[practice.network] if practice.network is not None else None
        belongs = [network.code, network.name.upper()] if network else ["U", "UNALLOCATED"]
        return [area.region, region, one.code, one.title.upper(), *belongs, *about]
    return [area.office, plan.office_title(area.office), one.code, one.title.upper(), *about, edition.quarter]


def in_pounds(pence: int) -> str:
    """Hundredths as the files print them: no more decimals than needed."""
    if pence % 100 == 0:
        return str(pence // 100)
    sign, pence = ("-", -pence) if pence < 0 else ("", pence)
    return f"{sign}{pence // 100}.{pence % 100:02d}".rstrip("0")


def average(pence: int, hundredths: int) -> str:
    """Pounds a patient, to the penny, halves up."""
    return in_pounds((200 * pence + hundredths) // (2 * hundredths))
