"""What general practice was paid for in three years, in the words that the publication used then.

Only the labels are the publication's. The shares of practices and the pounds a patient set the scale; they
are rounded and made up, and no figure that follows from them is anybody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remit.kernel.period import NhsYear


@dataclass(frozen=True, slots=True)
class Line:
    """A payment line: its label as printed, how many practices have it, and pounds a weighted patient.

    `to` is who can have it: "all", "global sum" or "balance" (how the contract is paid), "dispensing", or
    "lead" (the practice that receives its network's money, for the patients of the whole network).
    """

    label: str
    share: float
    low: float
    high: float
    to: str = "all"


@dataclass(frozen=True, slots=True)
class Edition:
    """How one year was published."""

    year: NhsYear
    counted_on: date
    quarter: str
    whole_pounds: bool
    byte_order_mark: bool
    lines: tuple[Line, ...]
    covid: tuple[Line, ...] = ()
    network: tuple[Line, ...] = ()


_NON_DES = "Non DES Item Pneumococcal Vaccine, Childhood Immunisation Main Programme"

_IN_2014 = (
    Line("Global Sum", 1.0, 68.9, 71.6, "global sum"),
    Line("MPIG Correction factor", 0.6, 1.0, 9.5, "global sum"),
    Line("Premises Payments", 0.94, 4.5, 17.0),
    Line("Seniority", 0.87, 1.2, 3.7),
    Line("Doctors Retainer Scheme Payments", 0.03, 0.4, 1.8),
    Line("Total Locum Allowances", 0.18, 0.4, 3.2),
    Line("Prolonged Study Leave", 0.003, 0.9, 2.1),
    Line("Appraisal Costs ", 0.07, 0.2, 1.3),
    Line("PCO Admin Other", 0.25, -0.07, 0.4),
    Line("Total QOF Payments", 0.99, 8.5, 16.5),
    Line("Alcohol", 0.1, 0.01, 0.17),
    Line("Childhood Vaccination and Immunisation Scheme", 0.95, 0.6, 2.8),
    Line("GP Extended Hours Access", 0.75, 1.3, 2.1),
    Line("Facilitating Timely Diagnosis and Support for People with Dementia ", 0.93, 0.3, 0.9),
    Line("Improving Patient Online Access ", 0.68, 0.3, 0.5),
    Line("Influenza and Pneumococcal Immunisations ", 0.96, 0.9, 2.2),
    Line("Learning Disabilities", 0.68, 0.05, 0.45),
    Line("Minor Surgery", 0.77, 0.3, 1.9),
    Line("Patient Participation ", 0.65, 0.9, 1.2),
    Line("Remote Care Monitoring", 0.08, -0.23, 0.18),
    Line("Risk Profiling and Case Management", 0.75, 0.6, 0.8),
    Line("Rotavirus and Shingles Immunisation", 0.98, 0.05, 0.22),
    Line("Services for Violent Patients", 0.015, 0.1, 2.2),
    Line("Unplanned Admissions", 0.96, 1.4, 2.3),
    Line("Total National Enhanced Services", 0.58, 0.02, 0.3),
    Line("Total Local Enhanced Services", 0.98, 0.2, 6.0),
    Line("Information Management and Technology", 0.06, 0.01, 0.2),
    Line("Balance of PMS Expenditure", 1.0, 74.0, 94.0, "balance"),
    Line(_NON_DES, 0.31, 0.03, 0.22),
    Line("Prescribing Fee Payments", 0.7, 0.4, 0.95),
    Line("Dispensing Fee Payments", 1.0, 8.0, 30.0, "dispensing"),
    Line("Reimbursement of Drugs", 0.99, 2.0, 6.0),
    Line("Other Payments", 0.7, 0.2, 10.0),
)

_IN_2017 = (
    Line("Global Sum", 1.0, 79.8, 82.9, "global sum"),
    Line("MPIG Correction factor", 0.45, 0.4, 4.2, "global sum"),
    Line("Premises Payments", 0.97, 5.0, 19.0),
    Line("Seniority", 0.85, 0.6, 2.1),
    Line("Doctors Retainer Scheme Payments", 0.05, 0.4, 1.9),
    Line("Total Locum Allowances", 0.28, 0.5, 3.9),
    Line("Prolonged Study Leave", 0.0005, 0.4, 1.6),
    Line("Appraisal Costs ", 0.05, 0.1, 1.0),
    Line("PCO Admin Other", 0.77, 0.35, 1.35),
    Line("Total QOF Payments", 0.99, 8.5, 15.0),
    Line("Childhood Vaccination and Immunisation Scheme", 0.99, 0.7, 2.5),
    Line("GP Extended Hours Access", 0.76, 1.3, 2.1),
    Line("Facilitating Timely Diagnosis and Support for People with Dementia", 0.03, 0.1, 1.0),
    Line("Influenza and Pneumococcal Immunisations", 0.99, 1.0, 2.4),
    Line("Learning Disabilities", 0.8, 0.1, 0.6),
    Line("Minor Surgery", 0.75, 0.3, 1.9),
    Line("Rotavirus and Shingles Immunisation", 0.99, 0.12, 0.25),
    Line("Services for Violent Patients", 0.015, 0.4, 3.2),
    Line("Unplanned Admissions", 0.83, 0.6, 0.9),
    Line("Out Of Area in Hours Urgent Care", 0.015, 0.01, 0.08),
    Line("Meningitis", 0.99, 0.2, 0.45),
    Line("Pertussis", 0.97, 0.03, 0.09),
    Line("Total Local Enhanced Services", 0.99, 1.5, 12.0),
    Line("General Practice Forward View", 0.52, 0.02, 1.6),
    Line("Information Management and Technology", 0.02, 0.05, 0.7),
    Line("Balance of PMS Expenditure", 1.0, 80.0, 96.0, "balance"),
    Line(_NON_DES, 0.22, 0.03, 0.17),
    Line("Prescribing Fee Payments", 0.81, 0.4, 0.9),
    Line("Dispensing Fee Payments", 1.0, 6.0, 28.0, "dispensing"),
    Line("Reimbursement of Drugs", 0.99, 1.9, 6.2),
    Line("Other Payments", 0.99, 0.9, 8.5),
)

_IN_2021 = (
    Line("Global Sum", 1.0, 91.2, 93.6, "global sum"),
    Line("MPIG Correction factor", 0.0004, 0.05, 0.3, "global sum"),
    Line("Balance of PMS Expenditure", 1.0, 91.0, 98.0, "balance"),
    Line("Total QOF Payments", 0.99, 10.0, 15.2),
    Line("Childhood Vaccination and Immunisation Scheme", 0.99, 0.2, 0.6),
    Line("GP Extended Hours Access", 0.05, 0.8, 5.5),
    Line("Influenza and Pneumococcal Immunisations", 0.99, 1.0, 3.2),
    Line("Learning Disabilities", 0.95, 0.2, 0.85),
    Line("Meningitis", 0.99, 0.17, 0.36),
    Line("Minor Surgery", 0.76, 0.15, 1.3),
    Line("Out Of Area in Hours Urgent Care", 0.02, 0.05, 0.3),
    Line("Pertussis", 0.97, 0.01, 0.07),
    Line("Rotavirus and Shingles Immunisation", 0.99, 0.16, 0.3),
    Line("Services for Violent Patients", 0.015, 0.4, 3.8),
    Line("Medical Assessment Reviews", 0.52, 0.005, 0.025),
    Line("Weight Management Service", 0.66, 0.005, 0.07),
    Line("Total Local Incentive Schemes", 0.99, 1.5, 15.5),
    Line("Premises Payments", 0.97, 5.5, 18.5),
    Line("Seniority", 0.01, -0.1, 0.5),
    Line("Doctors Retainer Scheme Payments", 0.13, 0.6, 2.2),
    Line("Total Locum Allowances", 0.37, 0.7, 4.2),
    Line("Appraisal Costs ", 0.055, 0.2, 1.0),
    Line("Prolonged Study Leave", 0.0002, 0.01, 0.04),
    Line("PCO Admin Other", 0.86, 0.5, 1.8),
    Line("Information Management and Technology", 0.065, 0.05, 1.5),
    Line(_NON_DES, 0.99, 0.12, 0.28),
    Line("General Practice Transformation", 0.38, 0.4, 3.7),
    Line("PCN Participation", 0.99, 1.64, 1.79),
    Line("Prescribing Fee Payments", 0.95, 0.15, 0.75),
    Line("Dispensing Fee Payments", 1.0, 7.0, 31.0, "dispensing"),
    Line("Reimbursement of Drugs", 0.98, 1.6, 6.8),
    Line("winter Access Fund", 0.3, 0.4, 1.8),
    Line("Other Payments", 0.9, 0.9, 8.0),
)

_NETWORK_2021 = (
    Line("PCN Leadership", 0.85, 0.7, 1.2, "lead"),
    Line("PCN Support", 1.0, 0.8, 1.6, "lead"),
    Line("PCN Extended Hours Access", 0.85, 1.2, 1.5, "lead"),
    Line("PCN Workforce", 1.0, 2.5, 8.5, "lead"),
    Line("PCN Investment and impact Fund", 0.8, 0.3, 0.8, "lead"),
    Line("PCN Care Home Premium", 0.8, 0.2, 1.1, "lead"),
)
_COVID_2021 = (
    Line("Covid Immunisation", 0.3, 3.0, 40.0),
    Line("Covid Support and Expansion", 0.11, 0.5, 2.8),
    Line("Long Covid", 0.86, 0.33, 0.41),
)

EDITIONS = (
    Edition(NhsYear(2014), date(2014, 9, 30), "Q2", True, True, _IN_2014),
    Edition(NhsYear(2017), date(2018, 1, 1), "Q4", False, False, _IN_2017),
    Edition(NhsYear(2021), date(2021, 10, 1), "", False, True, _IN_2021, _COVID_2021, _NETWORK_2021),
)
