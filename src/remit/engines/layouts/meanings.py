"""The vocabulary: what the labels of published files mean, apart from payment lines.

A meaning is our own word for a column (`practice_code`); a label is what some year's file printed above it.
Labels are compared squashed (see `headers.squash`), so that case, spaces, dots and underscores say nothing.
The Office for National Statistics puts the year into its labels (`CCG21CDH`): `ons_words` allows any year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from remit.engines.layouts.headers import squash

PRINTED: dict[str, str] = {
    "practice_code": "Practice Code",
    "practice_name": "Practice Name",
    "commissioner_code": "CCG Code",
    "commissioner_name": "CCG Name",
    "icb_code": "ICB Code",
    "icb_name": "ICB Name",
    "pcn_code": "PCN Code",
    "code": "Code",
    "name": "Name",
    "kind": "Kind",
    "open_date": "Open Date",
    "close_date": "Close Date",
    "payments": "Total NHS Payments to General Practice",
    "year": "Year",
    "registered": "TOTAL_ALL",
    "sex": "SEX",
    "age": "AGE",
    "patients": "NUMBER_OF_PATIENTS",
    "stp_code": "STP Code",
    "region_code": "Region Code",
}
"""How a missing column is named to the reader: the label most files print."""

_GEOGRAPHY: dict[str, tuple[str, ...]] = {
    "commissioner_code": (
        "CCG Code",
        "CCG",
        "Sub ICB Code",
        "Sub ICB Location Code",
        "SICBL Code",
        "Commissioner code",
        "Commissioner",
        "Commissioner Organisation Code",
        "CCG/Sub ICB Code",
        *("Clinical Commissioning Group Code", "Clinical Commissioning Group (CCG) Code"),
        *("Clinical Commissioning Group", "Commissioning Group Code", "CCG ODS Code"),
        *("Sub ICB", "Sub ICB ODS Code", "Sub ICB Location ODS Code", "SICBL ODS Code"),
        *("Sub Integrated Care Board Code", "Sub Integrated Care Board Location Code"),
        *("Commissioner ODS Code", "Commissioning Organisation Code"),
    ),
    "commissioner_name": (
        "CCG NAME",
        "Sub ICB NAME",
        "Sub ICB Location Name",
        "SICBL Name",
        "Commissioner name",
        *("Clinical Commissioning Group Name", "Clinical Commissioning Group (CCG) Name"),
        *("Commissioning Group Name", "CCG/Sub ICB Name"),
        *("Sub Integrated Care Board Name", "Sub Integrated Care Board Location Name"),
        *("Commissioner Organisation Name", "Commissioning Organisation Name"),
    ),
    "commissioner_ons": (
        "ONS CCG Code",
        "CCG ONS",
        "CCG ONS Code",
        "CCG Geography Code",
        "ONS Sub ICB Location Code",
        "Sub ICB Location ONS Code",
    ),
    "icb_code": (
        *("ICB Code", "Integrated Care Board Code", "Integrated Care Board (ICB) Code"),
        *("ICB ODS Code", "Integrated Care Board ODS Code"),
    ),
    "icb_name": ("ICB NAME", "Integrated Care Board Name", "Integrated Care Board (ICB) Name"),
    "icb_ons": ("ONS ICB Code", "ICB ONS Code"),
    "pcn_code": ("PCN Code", "Primary Care Network Code", "PCN ODS Code", "Primary Care Network (PCN) Code"),
    "pcn_name": ("PCN Name", "Primary Care Network Name", "Primary Care Network (PCN) Name"),
    "stp_code": ("STP Code", "STP ODS Code", "Sustainability and Transformation Partnership Code"),
    "stp_name": ("STP Name", "Sustainability and Transformation Partnership Name"),
    "stp_ons": ("ONS STP Code", "STP ONS Code"),
    "region_code": (
        "NHS England (Region) code",
        "NHS England Region Code",
        "NHS England (Region, local office) Code",
        "NHS England and NHS Improvement (Region, local office) Code",
        "Region Code",
        "Comm Region Code",
        "Commissioning Region Code",
        "NHSE Comm Region Code",
    ),
    "region_name": (
        "NHS England (Region) Name",
        "NHS England (Region, local office) Name",
        "NHS England and NHS Improvement (Region, local office) Name",
        "Region Name",
        "Comm Region Name",
        "Commissioning Region Name",
        "NHSE Comm Region Name",
    ),
    "region_ons": (
        "ONS Region Code",
        "Region ONS Code",
        "Region Geography Code",
        "ONS Comm Region Code",
        "ONS Comm Rgn Code",
    ),
    "local_office_code": (
        *("Local Office Code", "Subregion Code", "Regional Local Office Code"),
        "NHSE Region Code",  # a region in some years and a local office in others: its values tell
    ),
    "local_office_name": (
        *("Local Office Name", "Subregion Name", "Regional Local Office Name"),
        "NHSE Region Name",
    ),
    "local_office_ons": ("Subregion Geography Code", "Regional Local Office ONS Code"),
    "area_team_code": ("Area Team Code", "NHSE Area Team Code"),
    "area_team_name": ("Area Team Name", "NHSE Area Team Name"),
}

_PRACTICE: dict[str, tuple[str, ...]] = {
    "practice_code": (
        *("Practice Code", "GP Practice Code", "General Practice Code", "GP Code", "Practice"),
        *("Practice ODS Code", "GP Practice ODS Code", "General Practice ODS Code"),
        *("Organisation Code", "Organisation ODS Code", "Org Code", "ODS Code"),
    ),
    "practice_name": (
        *("Practice Name", "GP Practice Name", "General Practice Name", "GP Name"),
        *("Organisation Name", "Org Name"),
    ),
    "address": ("Practice Address", "Address"),
    "postcode": ("Practice Postcode", "Postcode", "Post Code"),
    "open_date": ("Practice Open Date", "Open Date"),
    "close_date": ("Practice Close Date", "Close Date"),
}

_PAYMENTS_ONLY: dict[str, tuple[str, ...]] = {
    "contract_type": (
        "Contract Type",
        "Contract",
        "Type of Contract",
        "Practice Contract Type",
        "GP Contract Type",
    ),
    "dispensing": ("Dispensing Practice", "Dispensing", "Dispensing Status", "Is Dispensing"),
    "practice_type": ("Practice Type",),
    "rurality": ("Practice Rurality", "Rurality"),
    "atypical": ("Atypical Characteristics",),
    "quarter": ("Quarter used for patient data", "Quarter"),
    "registered": (
        "Number of Registered Patients (Last Known Figure)",
        "Average Number of Registered Patients",
        "Number of Registered Patients",
        "Registered Patients",
    ),
    "weighted": (
        "Number of Weighted Patients (Last Known Figure)",
        "Average Number of Weighted Patients",
        "Number of Weighted Patients",
        "Weighted Patients",
    ),
    "not_used": ("Year", "Financial Year", "FID", "ObjectId", "Publication", "Country"),
}

_LISTS_ONLY: dict[str, tuple[str, ...]] = {
    "practice_code": ("Code",),
    "registered": ("Total All", "Total Patients", "All Patients"),
    "males": ("Total Male", "Total Males"),
    "females": ("Total Female", "Total Females"),
    "sex": ("Sex",),
    "age": ("Age", "Age Group 5", "Age Group", "Age Band"),
    "patients": ("Number of Patients", "Patients"),
    "org_type": ("Type", "Org Type", "Organisation Type"),
    "org_ons": ("ONS Code",),
    "extract_date": ("Extract Date",),
    "not_used": ("Publication",),
}

_MAP_ONLY: dict[str, tuple[str, ...]] = {
    "extract_date": ("Extract Date",),
    "not_used": ("Publication", "FID", "ObjectId", "Country", "Revised Maximum Points"),
    "year": ("Year",),
}

ODS_LABELS: tuple[str, ...] = (
    "Organisation Code",
    "Name",
    "National Grouping",
    "High Level Health Geography",
    "Address Line 1",
    "Address Line 2",
    "Address Line 3",
    "Address Line 4",
    "Address Line 5",
    "Postcode",
    "Open Date",
    "Close Date",
    "Status Code",
    "Organisation Sub-Type Code",
    "Commissioner",
    "Join Provider/Purchaser Date",
    "Left Provider/Purchaser Date",
    "Contact Telephone Number",
    "",
    "",
    "",
    "Amended Record Indicator",
    "",
    "Provider/Purchaser",
    "",
    "Prescribing Setting",
    "",
)
"""The 27 columns of an ODS file, which has no header of its own (ODS file format, `epraccur`, `eccg`)."""

_ODS: dict[str, tuple[str, ...]] = {
    "code": ("Organisation Code", "Organisation ODS Code", "Org Code", "ODS Code", "Code"),
    "name": ("Name", "Organisation Name", "Org Name"),
    "region_code": ("National Grouping",),
    "geography_code": ("High Level Health Geography", "High Level Health Authority"),
    **{f"address_{n}": (f"Address Line {n}", f"Address {n}") for n in range(1, 6)},
    "postcode": ("Postcode", "Post Code"),
    "open_date": ("Open Date",),
    "close_date": ("Close Date",),
    "status": ("Status Code", "Status"),
    "sub_type": ("Organisation Sub-Type Code", "Organisation Sub Type", "Sub Type", "Roles", "Role"),
    "commissioner_code": ("Parent Organisation Code", *_GEOGRAPHY["commissioner_code"]),
    "join_date": ("Join Provider/Purchaser Date", "Join Parent Date", "Join Date"),
    "left_date": ("Left Provider/Purchaser Date", "Left Parent Date", "Left Date"),
    "phone": ("Contact Telephone Number", "Contact Telephone", "Telephone Number", "Telephone"),
    "setting": ("Prescribing Setting",),
    "not_used": ("Amended Record Indicator", "Provider/Purchaser", "Null", "Practice Type", "GOR Code"),
}

_OWN: dict[str, tuple[str, ...]] = {
    "code": ("code",),
    "kind": ("kind",),
    "name": ("name",),
    "open_date": ("opened_on",),
    "close_date": ("closed_on",),
    "parent_relation": ("parent_relation",),
    "parent_code": ("parent_code",),
    "address": ("address",),
    "postcode": ("postcode",),
}

_ONS: dict[str, str] = {
    "ccg{}cdh": "commissioner_code",
    "ccg{}nm": "commissioner_name",
    "ccg{}cd": "commissioner_ons",
    "sicbl{}cdh": "commissioner_code",
    "sicbl{}nm": "commissioner_name",
    "sicbl{}cd": "commissioner_ons",
    "stp{}cdh": "stp_code",
    "stp{}nm": "stp_name",
    "stp{}cd": "stp_ons",
    "icb{}cdh": "icb_code",
    "icb{}nm": "icb_name",
    "icb{}cd": "icb_ons",
    "nhser{}cdh": "region_code",
    "nhser{}nm": "region_name",
    "nhser{}cd": "region_ons",
}


def _words(*vocabularies: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Squashed label → meaning. A later vocabulary wins."""
    return {
        squash(label): meaning
        for vocabulary in vocabularies
        for meaning, labels in vocabulary.items()
        for label in labels
    }


ONS_WORDS: dict[str, str] = {
    pattern.format(f"{year:02d}"): meaning for pattern, meaning in _ONS.items() for year in range(13, 40)
}
PAYMENTS_WORDS = _words(_GEOGRAPHY, _PRACTICE, _PAYMENTS_ONLY) | ONS_WORDS
LISTS_WORDS = _words(_GEOGRAPHY, _PRACTICE, _LISTS_ONLY) | ONS_WORDS
MAP_WORDS = _words(_GEOGRAPHY, _PRACTICE, _MAP_ONLY) | ONS_WORDS
ODS_WORDS = _words(_ODS)
OWN_WORDS = _words(_OWN)
