"""Registered patients by sex and five-year band, in the layouts of 2015 and of 2016 onwards."""

from __future__ import annotations

import math
from datetime import date

from remit.demo.invention import plan
from remit.demo.invention.chance import Chance
from remit.demo.invention.practices import Practice, lists_on

BANDS = (*tuple(f"{age}-{age + 4}" for age in range(0, 95, 5)), "95+")
# Shares of a population of each sex in 5-year bands: a rounded, made-up pyramid.
_MEN = (6.6, 6.3, 5.8, 6.1, 6.6, 7.2, 7.3, 7.0, 6.8, 7.1, 7.0, 6.2, 5.3, 4.9, 3.9, 2.8, 1.9, 1.0, 0.3, 0.06)
_WOMEN = (6.2, 5.9, 5.4, 5.8, 6.9, 7.3, 7.1, 6.6, 6.4, 6.9, 6.9, 6.1, 5.3, 5.1, 4.1, 3.2, 2.5, 1.6, 0.7, 0.19)
_STUDENTS = (4, 5)  # the bands 20-24 and 25-29 swell where a university is near

_OLD = ("GP_PRACTICE_CODE", "POSTCODE", "CCG_CODE", "NHSE_AREA_TEAM_CODE", "NHSE_REGION_CODE")
_NEW = (
    "GP_PRACTICE_CODE",
    "POSTCODE",
    "ONS_CCG_CODE",
    "CCG_CODE",
    "ONS_REGION_CODE",
    "NHSE_REGION_CODE",
    "ONS_COMM_RGN_CODE",
    "NHSE_COMM_REGION_CODE",
)


def header(day: date) -> list[str]:
    """The columns of the file of a day, as printed."""
    if day.year < 2016:
        sexes = [f"{sex}_{band}" for sex in ("MALE", "FEMALE") for band in BANDS]
        return [*_OLD, "TOTAL_ALL", "TOTAL_MALE", "TOTAL_FEMALES", *sexes]
    sexes = [f"{sex}_{band}" for sex in ("Male", "Female") for band in BANDS]
    return [*_NEW, "TOTAL_ALL", "Total_Male", "Total_Female", *sexes]


def rows(seed: int, day: date, practices: list[Practice]) -> list[list[str | int]]:
    """One row for every practice open on the day, in order of code."""
    chance = Chance(seed, f"lists {day}")
    lists = lists_on(practices, day)
    table: list[list[str | int]] = []
    for practice in practices:
        patients = lists.get(practice.code)
        if patients is None or not practice.is_open(day):
            continue
        men = 0.46 + 0.06 * chance.share()
        counts = [
            *_bands(chance, practice, patients * men, _MEN),
            *_bands(chance, practice, patients * (1 - men), _WOMEN),
        ]
        of_men, of_women = sum(counts[: len(BANDS)]), sum(counts[len(BANDS) :])
        table.append([*_where(practice, day), of_men + of_women, of_men, of_women, *counts])
    return table


def _bands(chance: Chance, practice: Practice, patients: float, pyramid: tuple[float, ...]) -> list[int]:
    """Patients of one sex by band: the pyramid, leant towards old or young, with rounding left to chance."""
    middle = len(pyramid) / 2
    lean = practice.age_tilt / middle
    shares = [share * (1.0 + lean * (band - middle)) for band, share in enumerate(pyramid)]
    for band in _STUDENTS:
        shares[band] *= 1.0 + practice.young
    scale = patients / sum(shares)
    draw = chance.share
    return [math.floor(share * scale + draw()) for share in shares]


def _where(practice: Practice, day: date) -> list[str]:
    """The practice and what it belonged to, in the columns of the file of that day."""
    one = practice.stay_on(day).commissioner
    area = plan.AREAS[one.area]
    region = plan.region_on(area, day)
    if day.year < 2016:
        team = plan.LONDON_TEAM if area.region == "Y56" else one.team
        return [practice.code, practice.postcode, one.code, team, region]
    ons_office = f"E3999{area.office[1:]:0>4}"
    return [
        practice.code,
        practice.postcode,
        one.ons,
        one.code,
        ons_office,
        area.office,
        f"E4999{region[1:]:0>4}",
        region,
    ]
