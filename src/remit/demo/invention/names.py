"""Invented names: places that could be English and are not, and what stands in them.

Elements that make many real place names (Black-, Stone-, -ley, -field …) are left out on purpose. No name is
a person's name: practices are called after places, streets and mills, never after doctors.
"""

from __future__ import annotations

from remit.demo.invention.chance import Chance

_BEGINNINGS = (
    "Barley", "Bittern", "Brindle", "Burdock", "Cobble", "Copper", "Cowslip", "Cresset", "Curlew",
    "Dapple", "Dunnock", "Elder", "Farthing", "Feather", "Flax", "Foxen", "Furze", "Gosling", "Heron",
    "Juniper", "Kestrel", "Lapwing", "Lavender", "Linnet", "Mallow", "Marl", "Merle", "Merrow", "Nuthatch",
    "Osier", "Oxlip", "Pebble", "Pipit", "Plover", "Quern", "Quill", "Quince", "Rowan", "Sallow",
    "Sandpiper", "Shear", "Sorrel", "Spindle", "Starling", "Tamber", "Tansy", "Teal", "Teasel", "Thrush",
    "Thyme", "Timber", "Vetch", "Wagtail", "Walnut", "Warble", "Whimbrel", "Woodruff", "Yarrow",
)  # fmt: skip
_ENDINGS = (
    "beck", "bourne", "bridge", "brook", "bury", "by", "combe", "cote", "croft", "dale", "den", "fold",
    "ford", "garth", "gate", "ham", "haven", "hurst", "keld", "leigh", "mere", "minster", "moor", "ness",
    "rigg", "stead", "stoke", "stow", "thorpe", "toft", "ton", "vale", "wade", "well", "wick", "worth",
)  # fmt: skip

STREETS = (
    "Abbey Walk",
    "Bell Lane",
    "Bridge Street",
    "Canal Side",
    "Castle Street",
    "Chapel Lane",
    "Church Street",
    "Corn Street",
    "Ferry Road",
    "Green Lane",
    "High Street",
    "Hill Rise",
    "Kiln Lane",
    "Lower Road",
    "Market Place",
    "Mill Lane",
    "Orchard Way",
    "Park Avenue",
    "Pound Lane",
    "Priory Road",
    "School Lane",
    "Spring Gardens",
    "Station Road",
    "The Green",
    "Tollgate",
    "Upper Street",
    "Water Lane",
    "West Street",
)

_PLAIN_PRACTICES = (
    "{} Surgery",
    "{} Medical Centre",
    "{} Health Centre",
    "{} Medical Practice",
    "{} Family Practice",
    "{} Group Practice",
    "The Surgery, {}",
    "The Medical Centre, {}",
    "The Health Centre, {}",
)
_LANDMARKS = (
    "Abbey Walk",
    "Bell Tower",
    "Bridge End",
    "Castle Walk",
    "Chapel Lane",
    "Corn Mill",
    "Ferry Road",
    "Greenside",
    "Hill Rise",
    "Kiln Lane",
    "Lock House",
    "Market Place",
    "Old Mill",
    "Orchard Way",
    "Park View",
    "Priory",
    "Riverside",
    "School Lane",
    "Spring Gardens",
    "Station Road",
    "Tollgate",
    "Water Lane",
    "Weavers Yard",
    "Windmill",
)
_LANDMARK_PRACTICES = ("{} Surgery, {}", "{} Medical Centre, {}", "{} Practice, {}", "{} Health Centre, {}")

_OTHER_SERVICES = (
    ("{} Walk-in Centre", "1"),
    ("{} Out of Hours Service", "2"),
    ("{} Public Health Service", "8"),
    ("{} Community Nursing Team", "9"),
    ("{} Community Clinic", "9"),
    ("{} Hospital Outpatients", "10"),
    ("{} Urgent Care Centre", "12"),
    ("{} Hospice", "13"),
    ("{} Care Home Service", "14"),
    ("{} Dietetics Service", "0"),
    ("{} Substance Misuse Service", "0"),
    ("{} Family Planning Clinic", "0"),
)

COMPASS = ("North", "South", "East", "West", "Mid", "Upper", "Lower", "Central")


def _reads_well(beginning: str, ending: str) -> bool:
    """Whether two elements join without a stumble: no doubled letter, no echo."""
    return (
        beginning[-1] != ending[0]
        and not beginning.lower().endswith(ending)
        and ending not in beginning.lower()
    )


def place_names(chance: Chance) -> list[str]:
    """Every invented place name, each once, in an order that depends on the seed (about 2,000)."""
    joined = [first + last for first in _BEGINNINGS for last in _ENDINGS if _reads_well(first, last)]
    return chance.shuffled(joined)


def practice_names(chance: Chance, town: str) -> list[str]:
    """Names for the practices of one town, each once, the commonest last so that `pop` takes them first.

    They are unique in the nation because each carries the name of its town.
    """
    plain = chance.shuffled([pattern.format(town) for pattern in _PLAIN_PRACTICES])
    landmarks = chance.shuffled(_LANDMARKS)
    named = [chance.pick(_LANDMARK_PRACTICES).format(landmark, town) for landmark in landmarks]
    mixed = [name for pair in zip(plain, named, strict=False) for name in pair]
    return (mixed + named[len(plain) :])[::-1]


def other_service(chance: Chance, town: str) -> tuple[str, str]:
    """The name of a service that prescribes but is no GP practice, and its prescribing setting in the ODS."""
    pattern, setting = chance.pick(_OTHER_SERVICES)
    return pattern.format(town), setting
