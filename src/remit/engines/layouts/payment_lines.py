"""The payment columns of NHS Payments to General Practice, by meaning: one name for a line in every year.

Labels are those printed from 2013-14 to 2024-25. A line keeps its name when only its label changed
(`Appraisal Costs`, `Appraisal - Appraiser Costs in Respect of Locums`). Programmes that replaced one another
keep names of their own: local incentive schemes (from 2018-19) are not local enhanced services, and General
Practice Transformation (from 2021-22) is not the General Practice Forward View.

`Total NHS Payments to General Practice` is the sum of the lines of kind "payment", to the penny from
2015-16, without those of `BEYOND_THE_TOTAL` (2020-21 on), which have totals of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

from remit.engines.layouts.headers import slug, squash

PAYMENT, TOTAL, DEDUCTION, AVERAGE = "payment", "total", "deduction", "average"


@dataclass(frozen=True)
class Line:
    """A payment line: its name, its kind, and the labels under which it has been printed."""

    name: str
    kind: str
    labels: tuple[str, ...]


_COVID = "including covid vaccination, covid support and long covid payments"
_OLD_COVID = "including covid vaccination and covid support and expansion payments"
_PCN_AVERAGE = "patient including PCN Workforce, Leadership and Support"


def _payment(name: str, *labels: str) -> Line:
    return Line(name, PAYMENT, labels)


LINES: tuple[Line, ...] = (
    _payment("global_sum", "Global Sum"),
    _payment("mpig_correction_factor", "MPIG Correction factor"),
    _payment("balance_of_pms_expenditure", "Balance of PMS Expenditure"),
    _payment("qof", "Total QOF Payments"),
    _payment("premises", "Premises Payments"),
    _payment("seniority", "Seniority", "Seniority Payments"),
    _payment("doctors_retainer_scheme", "Doctors Retainer Scheme Payments", "Doctors Retainer Scheme"),
    _payment("locum_allowances", "Total Locum Allowances", "Locum Allowances"),
    _payment("prolonged_study_leave", "Prolonged Study Leave"),
    _payment(
        "appraisal_costs",
        "Appraisal Costs",
        "Appraisal - Appraiser Costs in Respect of Locums",
        "Appraisal / Appraiser Costs",
    ),
    _payment("pco_admin_other", "PCO Admin Other"),
    _payment("alcohol", "Alcohol"),
    _payment("childhood_vaccination", "Childhood Vaccination and Immunisation Scheme"),
    _payment("extended_hours_access", "GP Extended Hours Access", "Extended Hours Access"),
    _payment("dementia", "Facilitating Timely Diagnosis and Support for People with Dementia"),
    _payment("online_access", "Improving Patient Online Access"),
    _payment("influenza_and_pneumococcal", "Influenza and Pneumococcal Immunisations"),
    _payment("learning_disabilities", "Learning Disabilities"),
    _payment("meningitis", "Meningitis"),
    _payment("minor_surgery", "Minor Surgery"),
    _payment("out_of_area_urgent_care", "Out Of Area in Hours Urgent Care"),
    _payment("patient_participation", "Patient Participation"),
    _payment("pertussis", "Pertussis"),
    _payment("remote_care_monitoring", "Remote Care Monitoring"),
    _payment("risk_profiling", "Risk Profiling and Case Management"),
    _payment("rotavirus_and_shingles", "Rotavirus and Shingles Immunisation"),
    _payment("violent_patients", "Services for Violent Patients", "Special Allocation Scheme"),
    _payment("unplanned_admissions", "Unplanned Admissions"),
    _payment("medical_assessment_reviews", "Medical Assessment Reviews"),
    _payment("weight_management", "Weight Management Service"),
    _payment("respiratory_syncytial_virus", "Respiratory Syncytial Virus", "RSV"),
    _payment("national_enhanced_services", "Total National Enhanced Services", "National Enhanced Services"),
    _payment("local_enhanced_services_nhais", "LocalEnhancedServices_NHAIS_"),
    _payment("local_enhanced_services_isfe", "LocalEnhancedServices_ISFE_"),
    _payment("local_enhanced_services", "Total Local Enhanced Services", "Local Enhanced Services"),
    _payment("local_incentive_schemes", "Total Local Incentive Schemes", "Local Incentive Schemes"),
    _payment("forward_view", "General Practice Forward View"),
    _payment("transformation", "General Practice Transformation"),
    _payment("information_technology", "Information Management and Technology"),
    _payment(
        "non_des_pneumococcal",
        "Non DES Item Pneumococcal Vaccine, Childhood Immunisation Main Programme",
    ),
    _payment("prescribing_fees", "Prescribing Fee Payments"),
    _payment("dispensing_fees", "Dispensing Fee Payments"),
    _payment("reimbursement_of_drugs", "Reimbursement of Drugs"),
    _payment("winter_access_fund", "Winter Access Fund"),
    _payment("other_payments", "Other Payments"),
    _payment("pcn_participation", "PCN Participation"),
    _payment("pcn_leadership", "PCN Leadership"),
    _payment("pcn_support", "PCN Support"),
    _payment("pcn_extended_hours_access", "PCN Extended Hours Access"),
    _payment("pcn_enhanced_access", "PCN Enhanced Access"),
    _payment("pcn_workforce", "PCN Workforce"),
    _payment("pcn_investment_and_impact_fund", "PCN Investment and Impact Fund"),
    _payment("pcn_care_home_premium", "PCN Care Home Premium"),
    _payment("covid_immunisation", "Covid Immunisation"),
    _payment("covid_support_and_expansion", "Covid Support and Expansion"),
    _payment("long_covid", "Long Covid"),
    Line("total", TOTAL, ("Total NHS Payments to General Practice",)),
    Line("deductions", DEDUCTION, ("Deductions for Pensions, Levies and Prescription Charge Income",)),
    Line("total_minus_deductions", TOTAL, ("Total NHS Payments to General Practice Minus Deductions",)),
    Line(
        "total_with_covid",
        TOTAL,
        (
            f"Total NHS Payments to General Practice {_COVID}",
            f"Total NHS Payments {_OLD_COVID}",
            "Total NHS Payments to General Practice including covid",
        ),
    ),
    Line(
        "total_with_covid_minus_deductions",
        TOTAL,
        ("Total NHS Payments to General Practice including covid minus deductions",),
    ),
    Line("total_with_pcn", TOTAL, ("Total NHS Payments including PCN Workforce, Leadership and Support",)),
    Line(
        "total_with_covid_and_pcn",
        TOTAL,
        ("Total NHS Payments to General Practice including Covid and PCN payments",),
    ),
    Line(
        "total_with_covid_and_pcn_minus_deductions",
        TOTAL,
        ("Total NHS Payments to General Practice including Covid and PCN payments minus deductions",),
    ),
    Line(
        "average_per_registered",
        AVERAGE,
        ("Average payments per registered patient", "Average payment per registered patient"),
    ),
    Line(
        "average_per_weighted",
        AVERAGE,
        ("Average payments per weighted patient", "Average payment per weighted patient"),
    ),
    Line("average_per_registered_with_pcn", AVERAGE, (f"Average payments per registered {_PCN_AVERAGE}",)),
    Line("average_per_weighted_with_pcn", AVERAGE, (f"Average payments per weighted {_PCN_AVERAGE}",)),
    Line(
        "average_per_registered_with_covid",
        AVERAGE,
        (
            f"Average payments per registered patient {_COVID}",
            f"Average payments per registered patient {_OLD_COVID}",
            "Average payments per registered patient including covid",
        ),
    ),
    Line(
        "average_per_weighted_with_covid",
        AVERAGE,
        (
            f"Average payments per weighted patient {_COVID}",
            f"Average payments per weighted patient {_OLD_COVID}",
            "Average payments per weighted patient including covid",
        ),
    ),
)

SUBTOTALS: dict[str, frozenset[str]] = {
    "local_enhanced_services": frozenset({"local_enhanced_services_nhais", "local_enhanced_services_isfe"})
}
"""Lines that are the sum of others in a file that prints those others too (2015-16)."""

BEYOND_THE_TOTAL: frozenset[str] = frozenset(
    {"pcn_leadership", "pcn_support", "pcn_extended_hours_access", "pcn_enhanced_access", "pcn_workforce"}
    | {"pcn_investment_and_impact_fund", "pcn_care_home_premium"}
    | {"covid_immunisation", "covid_support_and_expansion", "long_covid"}
)
"""Payments that `Total NHS Payments to General Practice` leaves out."""

LINE_BY_LABEL: dict[str, Line] = {squash(label): line for line in LINES for label in line.labels}
"""Squashed label → line."""

LINE_BY_NAME: dict[str, Line] = {line.name: line for line in LINES}


def new_line(label: str) -> Line:
    """A line for a label never seen: named by its own words, its kind read from them."""
    name = slug(label)
    plain = squash(label)
    if plain.startswith("average"):
        kind = AVERAGE
    elif plain.startswith("total"):
        kind = TOTAL
    elif "deduction" in plain:
        kind = DEDUCTION
    else:
        kind = PAYMENT
    return Line(name, kind, (label.strip(),))
