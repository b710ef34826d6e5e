"""The figures of the invented nation: patients, contracts and payments are plausible, and sums add up."""

from __future__ import annotations

import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

import pytest

from tests.rooms.demo.nation_on_paper import NationOnPaper

pytestmark = pytest.mark.slow  # the nation is written once, and read whole

TOTAL = "Total NHS Payments to General Practice"
DEDUCTIONS = "Deductions for Pensions, Levies and Prescription Charge Income"


def pence(cell: str) -> int:
    return int(Decimal(cell) * 100)


def test_patients_are_as_many_as_in_england(nation: NationOnPaper) -> None:
    patients = sorted(int(row["TOTAL_ALL"]) for row in nation.rows("gp-reg-patients-2015-01"))
    assert 56_000_000 <= sum(patients) <= 57_500_000
    assert 6_000 <= patients[len(patients) // 2] <= 7_200
    assert (
        57_500_000
        <= sum(int(row["TOTAL_ALL"]) for row in nation.rows("gp-reg-patients-2018-01"))
        <= 59_500_000
    )
    column = "Number of Registered Patients (Last Known Figure)"
    assert (
        59_000_000
        <= sum(Decimal(row[column]) for row in nation.rows("nhs-payments-gp-2021-22"))
        <= 61_500_000
    )


def test_list_sizes_add_up_by_sex_and_age(nation: NationOnPaper) -> None:
    for part, male, female in (
        ("gp-reg-patients-2015-01", "MALE", "FEMALE"),
        ("gp-reg-patients-2018-01", "Male", "Female"),
    ):
        header, *rows = nation.table(part)
        men = [at for at, label in enumerate(header) if re.fullmatch(rf"{male}_\d.*", label)]
        women = [at for at, label in enumerate(header) if re.fullmatch(rf"{female}_\d.*", label)]
        total = header.index("TOTAL_ALL")
        assert len(men) == len(women) == 20
        assert header[men[-1]].endswith("95+")
        for row in rows:
            of_men, of_women = sum(int(row[at]) for at in men), sum(int(row[at]) for at in women)
            assert row[total : total + 3] == [str(of_men + of_women), str(of_men), str(of_women)]
            assert min(int(row[at]) for at in men + women) >= 0


@pytest.mark.parametrize(
    ("year", "gms", "pms", "apms"), [("2014-15", 56, 40, 4), ("2017-18", 64, 31, 4), ("2021-22", 70, 26, 4)]
)
def test_contracts_move_from_pms_to_gms(
    nation: NationOnPaper, year: str, gms: int, pms: int, apms: int
) -> None:
    rows = nation.rows(f"nhs-payments-gp-{year}")
    shares = {
        kind: 100 * count / len(rows) for kind, count in Counter(row["Contract Type"] for row in rows).items()
    }
    assert shares == pytest.approx({"GMS": gms, "PMS": pms, "APMS": apms}, abs=1.5)
    assert 13 <= 100 * sum(row["Dispensing Practice"] == "Yes" for row in rows) / len(rows) <= 15


@pytest.mark.parametrize(
    ("year", "first", "columns"), [("2014-15", 17, 53), ("2017-18", 20, 54), ("2021-22", 21, 74)]
)
def test_payments_add_up_to_the_penny(nation: NationOnPaper, year: str, first: int, columns: int) -> None:
    header, *rows = nation.table(f"nhs-payments-gp-{year}")
    total = header.index(TOTAL)
    assert len(header) == columns
    assert header[first] == "Global Sum"
    for row in rows:
        lines = [pence(cell) for cell in row[first:total]]
        paid, taken, left = (pence(cell) for cell in row[total : total + 3])
        assert sum(lines) == paid
        assert paid + taken == left
        assert taken <= 0 < paid
        for patients, average in ((first - 4, first - 2), (first - 3, first - 1)):
            exact = Decimal(paid) / 100 / Decimal(row[patients])
            assert Decimal(row[average]) == exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_payments_of_2014_are_in_whole_pounds(nation: NationOnPaper) -> None:
    rows = nation.rows("nhs-payments-gp-2014-15")
    assert all("." not in row[label] for row in rows for label in (TOTAL, "Global Sum", "Seniority"))


def test_payments_of_2021_with_networks_and_covid_add_up(nation: NationOnPaper) -> None:
    networks = [label for label in nation.table("nhs-payments-gp-2021-22")[0] if label.startswith("PCN ")]
    networks = [label for label in networks if label not in {"PCN Code", "PCN Name", "PCN Participation"}]
    covid = ["Covid Immunisation", "Covid Support and Expansion", "Long Covid"]
    assert len(networks) == 6
    for row in nation.rows("nhs-payments-gp-2021-22"):
        paid, taken = pence(row[TOTAL]), pence(row[DEDUCTIONS])
        with_networks = sum(pence(row[label]) for label in networks)
        with_covid = sum(pence(row[label]) for label in covid)
        everything = f"{TOTAL} including Covid and PCN payments"
        network_total = "Total NHS Payments including PCN Workforce, Leadership and Support"
        assert pence(row[network_total]) == paid + with_networks
        assert pence(row[everything]) == paid + with_networks + with_covid
        assert pence(row[f"{everything} minus deductions"]) == paid + with_networks + with_covid + taken


@pytest.mark.parametrize(
    ("year", "low", "high"), [("2014-15", 120, 150), ("2017-18", 130, 160), ("2021-22", 140, 175)]
)
def test_a_patient_is_worth_what_england_paid_about(
    nation: NationOnPaper, year: str, low: int, high: int
) -> None:
    averages = sorted(
        Decimal(row["Average payments per registered patient"])
        for row in nation.rows(f"nhs-payments-gp-{year}")
    )
    assert low <= averages[len(averages) // 2] <= high
