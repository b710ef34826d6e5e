"""The layouts of the years that are not at hand: their labels, as later readers of the files quote them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from remit.engines.layouts import LINES, Kind, read
from remit.engines.layouts.headers import slug
from remit.engines.layouts.payment_lines import BEYOND_THE_TOTAL, LINE_BY_NAME, SUBTOTALS
from tests.engines.layouts.written_files import TOTALS, claims, csv_bytes, csv_text, value

CAMEL = {
    "NHSEnglandRegionLocalOfficeCode": "Q74",
    "NHSEnglandRegionLocalOfficeName": "CUMBRIA AND NORTH EAST",
    "CCGCode": "00K",
    "CCGName": "NHS HARTLEPOOL CCG",
    "PracticeCode": "A81001",
    "PracticeName": "Dr Ærø & Partners",
    "PracticeOpenDate": "01/04/1999",
    "PracticeCloseDate": "",
    "ContractType": "GMS",
    "DispensingPractice": "UNKNOWN",
    "PracticeType": "GP practice",
    "PracticeRurality": "Rural",
    "QuarterUsedForPatientData": "Q4",
    "NumberofRegisteredPatientsLastKnownFigure": "4,179",
    "NumberofWeightedPatientsLastKnownFigure": "4771.66",
    "AveragePaymentPerRegisteredPatient_£": "£149.38",
    "GlobalSum_£": "£369,371.16",
    "MPIGCorrectionfactor_£": "(4,218.48)",
    "AppraisalAppraiserCostsinRespectofLocums_£": "-",
    "NationalEnhancedServices_£": "12,140.59",
    "LocalEnhancedServices_NHAIS_£": "10",
    "LocalEnhancedServices_ISFE_£": "5",
    "GeneralPracticeForwardView_£": "",
    "TotalNHSPaymentsToGeneralPractice_£": "624,257.15",
    "DeductionsForPensionsLeviesAndPrescriptionChargeIncome_£": "-62,955.88",
}


@pytest.mark.parametrize("year", ["2013-14", "2015-16", "2016-17"])
def test_labels_in_one_word_with_a_pound_sign_in_cp1252(year: str) -> None:
    data = csv_text([list(CAMEL), list(CAMEL.values())]).encode("cp1252")
    reading = read(Kind.PAYMENTS, data, filename=f"nhspaymentsgp-{year[2:]}-csv.csv")
    assert reading.layout == f"payments/{year}"
    assert reading.refused == reading.remarks == ()
    assert value(reading, "A81001", "name") == "Dr Ærø & Partners"
    assert value(reading, "A81001", "rurality") == "rural"
    assert value(reading, "00K", "local_office") == "Q74"
    assert value(reading, "Q74", "name") == "CUMBRIA AND NORTH EAST"
    assert claims(reading, "A81001", "dispensing") == []
    amounts = dict(zip((c.line for c in reading.payment_columns), reading.payments[0].amounts, strict=True))
    assert amounts == {
        "average_per_registered": Decimal("149.38"),
        "global_sum": Decimal("369371.16"),
        "mpig_correction_factor": Decimal("-4218.48"),
        "appraisal_costs": None,
        "national_enhanced_services": Decimal("12140.59"),
        "local_enhanced_services_nhais": Decimal(10),
        "local_enhanced_services_isfe": Decimal(5),
        "forward_view": None,
        "total": Decimal("624257.15"),
        "deductions": Decimal("-62955.88"),
    }


YEARS = {
    "2017-18": (
        ("NHS England (Region, local office) Code", "CCG Code", "Practice Code", "Extended Hours Access"),
        ("Other Payments1", *TOTALS),
        {"extended_hours_access", "other_payments"},
    ),
    "2018-19": (
        ("NHS England and NHS Improvement (Region, local office) Code", "CCG Code", "Practice Code"),
        ("Total Local Incentive Schemes", "General Practice Forward View", *TOTALS),
        {"local_incentive_schemes", "forward_view"},
    ),
    "2019-20": (
        ("NHS England (Region) code", "CCG Code", "PCN Code", "Practice Code"),
        ("PCN Participation", *TOTALS),
        {"pcn_participation"},
    ),
    "2020-21": (
        ("NHS England (Region) code", "CCG Code", "PCN Code", "Practice Code"),
        (
            "Total NHS Payments including covid vaccination and covid support and expansion payments",
            "Average payments per weighted patient including covid vaccination "
            "and covid support and expansion payments",
            "Total NHS Payments including PCN Workforce, Leadership and Support",
            *TOTALS,
        ),
        {"total_with_covid", "average_per_weighted_with_covid", "total_with_pcn"},
    ),
    "2023-24": (
        ("NHS England (Region) code", "Sub ICB Code", "PCN Code", "Practice Code"),
        ("Local Incentive Schemes", "PCN Enhanced Access", *TOTALS),
        {"local_incentive_schemes", "pcn_enhanced_access"},
    ),
    "2024-25": (
        ("NHS England (Region) code", "Sub ICB Location Code", "PCN Code", "Practice Code"),
        (
            "Respiratory Syncytial Virus",
            "Total NHS Payments to General Practice including covid minus deductions",
            "Average payments per registered patient including covid",
            *TOTALS,
        ),
        {
            "respiratory_syncytial_virus",
            "total_with_covid_minus_deductions",
            "average_per_registered_with_covid",
        },
    ),
}


@pytest.mark.parametrize("year", YEARS)
def test_the_labels_of_each_year(year: str) -> None:
    who, paid, lines = YEARS[year]
    cells = {"CCG Code": "16C", "Practice Code": "A81001", "PCN Code": "U12345", "Extended Hours Access": "1"}
    cells |= {"Sub ICB Code": "16C", "Sub ICB Location Code": "16C"}
    header = [*who, "Practice Close Date", "Average Number of Registered Patients", *paid]
    row = [cells.get(label, "Y63") for label in who] + [" ", "4095.25", *["1"] * len(paid)]
    reading = read(Kind.PAYMENTS, csv_bytes([header, row]), filename=f"payments {year}.csv")
    assert reading.refused == reading.remarks == ()
    names = {"total", "deductions", "total_minus_deductions"} | lines
    assert {c.line for c in reading.payment_columns} == names
    assert value(reading, "A81001", "commissioner") == "16C"
    assert value(reading, "16C", "region") == "Y63"
    assert reading.lists[0].on == date(int(year[:4]) + 1, 3, 31)
    if "PCN Code" in who:
        assert value(reading, "A81001", "pcn") == "U12345"


def test_line_names_are_unique_words() -> None:
    assert len(LINE_BY_NAME) == len(LINES)
    for line in LINES:
        assert slug(line.name) == line.name
        assert line.kind in ("payment", "total", "deduction", "average")
    assert set(LINE_BY_NAME) >= BEYOND_THE_TOTAL | set(SUBTOTALS) | set().union(*SUBTOTALS.values())
