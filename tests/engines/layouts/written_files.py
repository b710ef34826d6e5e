"""Small files written by hand, in the shapes that published ones have. Every name and code is invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from remit.engines.layouts import Claim, Reading

PLACE = ("NHS England (Region) code", "NHS England (Region) Name", "CCG Code", "CCG NAME")
PRACTICE = (
    *("Practice Code", "Practice Name", "Practice Address", "Practice Postcode"),
    *("Practice Open Date", "Practice Close Date", "Contract Type", "Dispensing Practice"),
)
LISTS = (
    "Number of Registered Patients (Last Known Figure)",
    "Number of Weighted Patients (Last Known Figure)",
)
TOTALS = (
    "Total NHS Payments to General Practice",
    "Deductions for Pensions, Levies and Prescription Charge Income",
    "Total NHS Payments to General Practice Minus Deductions",
)


def csv_text(rows: Sequence[Sequence[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    """The rows as CSV, quoted where they must be."""
    return "".join(delimiter.join(_cell(cell, delimiter) for cell in row) + end for row in rows)


def _cell(cell: str, delimiter: str) -> str:
    if any(mark in cell for mark in (delimiter, '"', "\r", "\n")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def csv_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as CSV in UTF-8."""
    return csv_text(rows).encode()


def claims(reading: Reading, code: str, about: str) -> list[Claim]:
    """What a reading claims about one organisation in one respect."""
    return [c for s in reading.sightings if s.code == code for c in s.claims if c.about == about]


def one(reading: Reading, code: str, about: str) -> Claim:
    """The only such claim."""
    (claim,) = claims(reading, code, about)
    return claim


def value(reading: Reading, code: str, about: str) -> str:
    """The value of the only such claim."""
    return one(reading, code, about).value


def kind_on(reading: Reading, code: str, day: date) -> list[str]:
    """The kinds claimed for a day."""
    return [
        c.value
        for c in claims(reading, code, "kind")
        if (c.first is None or c.first <= day) and (c.last is None or day <= c.last)
    ]


def payments_2014() -> list[list[str]]:
    """The layout of 2014-15: an area team in the region column, dashes for no date, a quarter."""
    header = [*PLACE, *PRACTICE, "Quarter used for patient data", *LISTS]
    header += ["Average payments per registered patient", "Average payments per weighted patient"]
    header += [
        "Global Sum",
        "Total QOF Payments",
        "Appraisal Costs ",
        "Total Local Enhanced Services",
        *TOTALS,
    ]
    first = [
        "Q44",
        "Northwick",
        "01C",
        "Eastvale",
        "N81632",
        "Brook  Surgery",
        "1 High Street  Northwick ",
        "SK116JL",
    ]
    first += ["-", "-", "PMS", "No", "Q2", "5707", "5113.5", "111.44", "124.39"]
    first += ["1000", "200", "0", "100", "1300", "-300", "1000"]
    second = ["Q71", "London", "07M", "Barnfield", "E83003", "Oak Road", "2 Oak Road", "N20  0DH"]
    second += ["05/01/2015", "-", "GMS", "Yes", "Q4", "4,597", "-", "N/A", ""]
    second += ["£2,000.50", "(0.50)", "-", "", "2000", "0", "2000"]
    return [header, first, second]


def payments_2022() -> list[list[str]]:
    """The layout of 2022-23: `CCG Code` is the sub-ICB location and the network pair is mislabelled."""
    header = [
        "NHS England (Region) code",
        "NHS England (Region) Name",
        "CCG Code",
        "Sub ICB NAME",
        "Code",
        "CCG NAME",
    ]
    header += [*PRACTICE, "Practice type", "Practice Rurality", "Atypical characteristics", *LISTS]
    header += ["Global Sum", "Local Incentive Schemes", "PCN Enhanced Access", *TOTALS]
    place = ["Y63", "NORTH EAST", "16C", "NHS NORTHLAND ICB - 16C"]
    rest = ["GMS", "No", "GP practice", "Urban", "", "4029.25", "4579.78", "438099.78", "12.5", "0"]
    first = [
        *place,
        "U89141",
        "HARBOUR PCN",
        "A81001",
        "THE SURGERY",
        "1 QUAY",
        "TS18 1HU",
        "01/04/1974",
        "",
        *rest,
    ]
    closed = [
        "Unknown",
        "Unknown",
        "Walk in centre",
        "Missing",
        "| Part year of data || No registered patients |",
    ]
    second = [
        *place,
        "Unknown or no PCN",
        "Unknown or no PCN",
        "A81015",
        "LAGAN",
        "2 QUAY",
        "TS10 1TZ",
        "01/04/1974",
    ]
    second += ["30/04/2019", *closed, "0", "0", "-2628.76", "0", "0", "-2628.76", "0", "-2628.76"]
    return [header, [*first, "438112.28", "-84342.76", "353769.52"], second]


def ods_row(code: str, name: str = "THE SURGERY", **cells: str) -> list[str]:
    """A row of an ODS file: 27 cells, no header."""
    row = [""] * 27
    row[0], row[1] = code, name
    places = ("region", "geography", "address1", "address2"), ("postcode", "opened", "closed", "status")
    at = dict(zip(places[0], range(2, 6), strict=True)) | dict(zip(places[1], range(9, 13), strict=True))
    at |= {"sub_type": 13, "commissioner": 14, "joined": 15, "left": 16, "phone": 17, "setting": 25}
    for what, cell in {"opened": "19740401", **cells}.items():
        row[at[what]] = cell
    return row
