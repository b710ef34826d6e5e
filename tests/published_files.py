"""Small files in the layouts in which the real ones are published, written by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

PAYMENTS_2014 = [
    "NHS England (Region) code",
    "NHS England (Region) Name",
    "CCG Code",
    "CCG NAME",
    "Practice Code",
    "Practice Name",
    "Practice Address",
    "Practice Postcode",
    "Practice Open Date",
    "Practice Close Date",
    "Contract Type",
    "Dispensing Practice",
    "Quarter used for patient data",
    "Number of Registered Patients (Last Known Figure)",
    "Number of Weighted Patients (Last Known Figure)",
    "Average payments per registered patient",
    "Average payments per weighted patient",
    "Global Sum",
    "Total NHS Payments to General Practice",
    "Deductions for Pensions, Levies and Prescription Charge Income",
    "Total NHS Payments to General Practice Minus Deductions",
]


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as CSV with CRLF, UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def payment_row(practice: str, ccg: str = "00C", **changes: object) -> dict[str, object]:
    """One practice's row of a payments file."""
    row: dict[str, object] = {
        "NHS England (Region) code": "Q45",
        "NHS England (Region) Name": "Durham, Darlington and Tees",
        "CCG Code": ccg,
        "CCG NAME": f"NHS PLACE {ccg} CCG",
        "Practice Code": practice,
        "Practice Name": f"SURGERY {practice}",
        "Practice Address": "1 High Street Alderbeck",
        "Practice Postcode": "ZE1 1AA",
        "Practice Open Date": "-",
        "Practice Close Date": "-",
        "Contract Type": "GMS",
        "Dispensing Practice": "No",
        "Quarter used for patient data": "Q2",
        "Number of Registered Patients (Last Known Figure)": 6000,
        "Number of Weighted Patients (Last Known Figure)": 5900.5,
        "Average payments per registered patient": "101.50",
        "Average payments per weighted patient": "103.20",
        "Global Sum": "400,000.25",
        "Total NHS Payments to General Practice": "609000.50",
        "Deductions for Pensions, Levies and Prescription Charge Income": "-60000",
        "Total NHS Payments to General Practice Minus Deductions": "549000.50",
    }
    return row | changes


def payments_file(*rows: Mapping[str, object], header: Sequence[str] = PAYMENTS_2014) -> bytes:
    """A payments file of some practices."""
    return csv_bytes([header, *([row.get(label, "") for label in header] for row in rows)])


def eccg_row(
    code: str, name: str, opened: str, closed: str = "", role: str = "", region: str = "Y63"
) -> list[str]:
    """One row of the ODS file of commissioners (27 columns, no header)."""
    row = [""] * 27
    row[0:4] = [code, name, region, "QHM"]
    row[4], row[9], row[10], row[11], row[13], row[21] = "1 HIGH STREET", "ZE1 1AA", opened, closed, role, "1"
    return row


def epraccur_row(
    code: str,
    commissioner: str,
    joined: str,
    *,
    name: str = "",
    opened: str = "19740401",
    closed: str = "",
    setting: str = "4",
    status: str = "A",
    region: str = "Y54",
    office: str = "Q74",
) -> list[str]:
    """One row of the ODS file of practices (27 columns, no header)."""
    row = [""] * 27
    row[0:4] = [code, name or f"THE {code} PRACTICE", region, office]
    row[4], row[9], row[10], row[11] = "1 HIGH STREET", "ZE1 1AA", opened, closed
    row[12], row[13], row[14], row[15], row[23], row[25] = (
        status,
        "B",
        commissioner,
        joined,
        commissioner,
        setting,
    )
    if closed:
        row[16] = closed
    return row


def map_file(*pairs: tuple[str, str, str]) -> bytes:
    """The map from clinical commissioning groups to boards."""
    return csv_bytes([("CCG Code", "ICB Code", "ICB NAME"), *pairs])


def boards_file(*rows: tuple[str, str]) -> bytes:
    """The list of integrated care boards."""
    header = ("ICB24CD", "ICB24CDH", "ICB24NM", "ObjectId")
    return csv_bytes([header, *((f"E5400000{n}", code, name, n) for n, (code, name) in enumerate(rows, 1))])


def lists_file(*rows: tuple[str, str, int], month: date = date(2015, 1, 1)) -> bytes:
    """Registered patients by age and sex: each practice's patients are put in two bands."""
    bands = ["0-4", "5-9"]
    header = ["GP_PRACTICE_CODE", "POSTCODE", "CCG_CODE", "NHSE_AREA_TEAM_CODE", "NHSE_REGION_CODE"]
    header += ["TOTAL_ALL", "TOTAL_MALE", "TOTAL_FEMALES"]
    header += [f"{sex}_{band}" for sex in ("MALE", "FEMALE") for band in bands]
    body = []
    for practice, ccg, patients in rows:
        men, women = patients // 2, patients - patients // 2
        body.append([practice, "ZE1 1AA", ccg, "Q45", "Y54", patients, men, women, men, 0, women, 0])
    return csv_bytes([header, *body])


def organisations_file(*rows: Sequence[str]) -> bytes:
    """Our own layout, for bodies that no published file lists."""
    header = (
        "code",
        "kind",
        "name",
        "opened_on",
        "closed_on",
        "parent_relation",
        "parent_code",
        "address",
        "postcode",
    )
    return csv_bytes([header, *rows])
