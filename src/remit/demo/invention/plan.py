"""The plan of the invented nation: what is fixed whatever the seed.

Four regions of 2013, seven of 2019, and 42 areas that become integrated care boards. The counts of
commissioners by year follow the published ones (211 in 2013 … 106 in 2021); the areas, their names and
their mergers are invented, but for Kent and Medway and for Oldham, which the stories we tell name. Codes of
regions, area teams and local offices have the form of real ones, because readers tell their kind by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CCGS_START = date(2013, 4, 1)
SPLIT_ON = date(2017, 4, 1)
SOUTH_DIVIDES_ON = date(2018, 4, 1)
SEVEN_REGIONS_ON = date(2019, 4, 1)
OFFICES_START = date(2015, 4, 1)
ICBS_START = date(2022, 7, 1)
ICBS_MERGE_ON = date(2026, 4, 1)
PCTS = 151

FOUR_REGIONS = {
    "Y54": "North of England",
    "Y55": "Midlands and East of England",
    "Y56": "London",
    "Y57": "South of England",
}
SEVEN_REGIONS = {
    "Y56": "London",
    "Y58": "South West",
    "Y59": "South East",
    "Y60": "Midlands",
    "Y61": "East of England",
    "Y62": "North West",
    "Y63": "North East and Yorkshire",
}
REGION_BEFORE = {
    "Y63": "Y54",
    "Y62": "Y54",
    "Y60": "Y55",
    "Y61": "Y55",
    "Y56": "Y56",
    "Y59": "Y57",
    "Y58": "Y57",
}

_SHORT_REGION = {"Y54": "NORTH", "Y55": "MIDLANDS AND EAST", "Y56": "LONDON", "Y57": "SOUTH"}

OFFICES = {
    "Q87": ("Y54", "Curlewshire and the North East"),
    "Q88": ("Y54", "Brindleshire and Linnetdale"),
    "Q89": ("Y54", "Plovershire and Greater Osierton"),
    "Q90": ("Y54", "Sallowshire and Merlesea"),
    "Q91": ("Y55", "North Midlands"),
    "Q92": ("Y55", "West Midlands"),
    "Q93": ("Y55", "Central Midlands"),
    "Q94": ("Y55", "East"),
    "Q71": ("Y56", "London"),
    "Q95": ("Y57", "South East"),
    "Q96": ("Y57", "South Central"),
    "Q97": ("Y57", "The Southern Coast"),
    "Q98": ("Y57", "South West"),
}

TEAMS = {
    "Q44": ("Y54", "Curlew Valley"),
    "Q45": ("Y54", "Curlewshire Coast"),
    "Q46": ("Y54", "Linnetdale and the Marl Coast"),
    "Q47": ("Y54", "Brindleshire"),
    "Q48": ("Y54", "Quernshire"),
    "Q49": ("Y54", "Greater Osierton"),
    "Q50": ("Y54", "Plovershire"),
    "Q51": ("Y54", "Sallowshire"),
    "Q52": ("Y54", "Merlesea"),
    "Q53": ("Y55", "Tambershire and Sorrelshire"),
    "Q54": ("Y55", "Flaxshire and the Wolds of Fenmarl"),
    "Q55": ("Y55", "Furzeshire, Spindlemarch and Yarrowshire"),
    "Q56": ("Y55", "Greater Copperham and the Cobble Country"),
    "Q57": ("Y55", "Juniper and Shearshire"),
    "Q58": ("Y55", "Lapwingshire"),
    "Q59": ("Y55", "Starlingshire and Mallowshire"),
    "Q60": ("Y55", "Heronshire, Tealmarsh and Barleyshire"),
    "Q61": ("Y57", "Kent and Medway"),
    "Q62": ("Y57", "Merrowshire and the Rowan Heaths"),
    "Q63": ("Y57", "Linnet Vale and Farrier Downs"),
    "Q64": ("Y57", "Larkshire and Dappleset"),
    "Q65": ("Y57", "Combeshire and Kerrowland"),
    "Q66": ("Y57", "Bristlecombe and Sedgeland"),
    "Q67": ("Y57", "Thymeshire and Cresswold"),
    "Q68": ("Y56", "North London"),
    "Q69": ("Y56", "East London"),
    "Q70": ("Y56", "South London"),
}
LONDON_TEAM = "Q71"
LONDON_TEAMS_JOIN_ON = date(2014, 4, 1)
TEAMS_END = date(2015, 3, 31)


@dataclass(frozen=True)
class Area:
    """The area of a future integrated care board.

    `groups` lists its clinical commissioning groups from west to east, by what becomes of them: "3@2015" is
    three neighbours that merge on 1 April 2015, "1" is one that stays. `teams` are its area teams, which
    share the groups out in that order.
    """

    name: str
    region: str
    office: str
    teams: tuple[str, ...]
    groups: str


AREAS = (
    Area("Curlewshire", "Y63", "Q87", ("Q44", "Q45"), "3@2015 2@2018 2@2018 1 1 1 1 1"),
    Area("Linnetdale and the Marl Coast", "Y63", "Q88", ("Q46",), "2@2020 3@2020 1 1 1 1"),
    Area("Brindleshire", "Y63", "Q88", ("Q47",), "2@2018 5@2021 1 1 1"),
    Area("Quernshire", "Y63", "Q88", ("Q48",), "1 1 1 1 1"),
    Area("Greater Osierton", "Y62", "Q89", ("Q49",), "3@2017 2@2018 1 1 1 1 1 1 1"),
    Area("Plovershire", "Y62", "Q89", ("Q50",), "2@2018 1 1 1 1 1 1 1"),
    Area("Sallowshire and Merlesea", "Y62", "Q90", ("Q51", "Q52"), "4@2021 2@2019 1 1 1 1 1"),
    Area("Tambershire", "Y60", "Q91", ("Q53",), "3@2019 1"),
    Area("Sorrelshire", "Y60", "Q91", ("Q53",), "6@2020 1"),
    Area("Flaxshire", "Y60", "Q93", ("Q54",), "1 1 1"),
    Area("Fenmarl", "Y60", "Q93", ("Q54",), "4@2020"),
    Area("Furzeshire", "Y60", "Q93", ("Q55",), "2@2020"),
    Area("Spindlemarch", "Y60", "Q92", ("Q55",), "2@2021 1"),
    Area("Yarrowshire", "Y60", "Q92", ("Q55",), "4@2021"),
    Area("Greater Copperham", "Y60", "Q92", ("Q56",), "3@2018"),
    Area("The Cobble Country", "Y60", "Q92", ("Q56",), "5@2021"),
    Area("Juniper and Pebble Hills", "Y60", "Q91", ("Q57",), "1 1 1 1"),
    Area("Shearshire", "Y60", "Q91", ("Q57",), "2@2021"),
    Area("Lapwingshire", "Y61", "Q94", ("Q58",), "5@2020"),
    Area("Starlingshire", "Y61", "Q94", ("Q59",), "1 1 1"),
    Area("Mallowshire", "Y61", "Q94", ("Q59",), "1"),
    Area("South Heronshire", "Y61", "Q94", ("Q60",), "1 1 1 1 1"),
    Area("Tealmarsh and West Heronshire", "Y61", "Q93", ("Q60",), "1 1 1"),
    Area("Barleyshire", "Y61", "Q93", ("Q60",), "3@2020"),
    Area("Kent and Medway", "Y59", "Q95", ("Q61",), "8@2020"),
    Area("Merrowshire", "Y59", "Q95", ("Q62",), "3@2020 3@2020 1"),
    Area("The Rowan Heaths", "Y59", "Q95", ("Q62",), "5@2020 1"),
    Area("Linnet Vale", "Y59", "Q96", ("Q63",), "2@2018 3@2018 1"),
    Area("Farrier Downs", "Y59", "Q96", ("Q63",), "3@2021"),
    Area("Larkshire and the Isle of Pebble", "Y59", "Q97", ("Q64",), "6@2021 1 1"),
    Area("Dappleset", "Y58", "Q97", ("Q64",), "1"),
    Area("Combeshire", "Y58", "Q98", ("Q65",), "2@2019"),
    Area("Kerrowland", "Y58", "Q98", ("Q65",), "1"),
    Area("Bristlecombe", "Y58", "Q98", ("Q66",), "3@2018"),
    Area("Sedgeland", "Y58", "Q98", ("Q66",), "1"),
    Area("Thymeshire", "Y58", "Q96", ("Q67",), "3@2020"),
    Area("Cresswold", "Y58", "Q96", ("Q67",), "1"),
    Area("London Heronwharf", "Y56", "Q71", ("Q68",), "8@2020"),
    Area("London Quillgate", "Y56", "Q71", ("Q68",), "5@2020"),
    Area("London Marlstairs", "Y56", "Q71", ("Q69",), "7@2021"),
    Area("London Vetchfields", "Y56", "Q71", ("Q70",), "6@2020"),
    Area("London Teaselhill", "Y56", "Q71", ("Q70",), "6@2020"),
)

#: Real public bodies that the stories name, in place of invented ones: area, the seat in it, and their names.
KENT = "Kent and Medway"
NAMED_CCGS = {
    ("Kent and Medway", 0): "Dartford, Gravesham and Swanley",
    ("Kent and Medway", 1): "West Kent",
    ("Kent and Medway", 2): "Medway",
    ("Kent and Medway", 3): "Swale",
    ("Kent and Medway", 4): "Ashford",
    ("Kent and Medway", 5): "Canterbury and Coastal",
    ("Kent and Medway", 6): "South Kent Coast",
    ("Kent and Medway", 7): "Thanet",
    ("Greater Osierton", 11): "Oldham",
}

#: The commissioner that is divided on `SPLIT_ON`: area, seat; the seat that takes a quarter of its practices.
SPLIT = ("Curlewshire", 8, 9)

#: Boards that become one on `ICBS_MERGE_ON`, and the name of the new one: 42 become 36.
BOARDS_THAT_MERGE = (
    (("Lapwingshire", "Starlingshire"), "Lapwingshire and Starlingshire"),
    (("South Heronshire", "Tealmarsh and West Heronshire", "Barleyshire"), "Heronshire and Barleyshire"),
    (("Merrowshire", "The Rowan Heaths"), "Merrowshire and the Rowan Heaths"),
    (("Linnet Vale", "Farrier Downs"), "Linnet Vale and Farrier Downs"),
    (("London Heronwharf", "London Quillgate"), "London Heronwharf and Quillgate"),
)


def region_on(area: Area, day: date) -> str:
    """The code of the region that an area lies in on a day: the South divided a year before the rest."""
    before = REGION_BEFORE[area.region]
    divides_on = SOUTH_DIVIDES_ON if before == "Y57" else SEVEN_REGIONS_ON
    return area.region if day >= divides_on else before


def region_name(code: str) -> str:
    """What a region is called."""
    return FOUR_REGIONS.get(code) or SEVEN_REGIONS[code]


def office_title(code: str) -> str:
    """A local office as the payments files of 2016 to 2019 print it."""
    region, name = OFFICES[code]
    if name == FOUR_REGIONS[region]:
        return f"NHS ENGLAND {name.upper()}"
    return f"NHS ENGLAND {_SHORT_REGION[region]} ({name.upper()})"
