"""Commissioners of the invented nation: who there was, where, from when to when, and who followed them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from remit.demo.invention import plan
from remit.demo.invention.chance import Chance
from remit.demo.invention.names import COMPASS, STREETS, place_names

ONE_DAY = timedelta(days=1)
_POSTCODE_AREAS = tuple(
    first + second
    for first, real in (
        ("Z", "E"),
        ("Y", "O"),
    )  # no post town has these letters but Lerwick (ZE) and York (YO)
    for second in "ABCDEFGHKLMNPQRSTUVWXY"
    if second != real
)
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"  # Royal Mail leaves out C I K M O V after the digit
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(slots=True)
class Town:
    """A place with practices in it, and the names that are left for more of them."""

    name: str
    area: int
    district: int
    practice_names: list[str] = field(default_factory=list)

    def postcode(self, chance: Chance) -> str:
        """A postcode of the right form in a postcode area that does not exist."""
        inward = f"{1 + chance.below(9)}{chance.pick(_INWARD)}{chance.pick(_INWARD)}"
        return f"{_POSTCODE_AREAS[self.area]}{self.district} {inward}"


@dataclass(eq=False, slots=True)
class Commissioner:
    """A clinical commissioning group; the ones that never closed became sub-ICB locations.

    `heirs` are those that took its practices over on the day after `closed`, with the share each took.
    """

    code: str
    ons: str
    name: str
    area: int
    seat: int
    opened: date
    closed: date | None = None
    heirs: list[tuple[Commissioner, float]] = field(default_factory=list)
    team: str = ""
    towns: list[Town] = field(default_factory=list)
    practices: int = 0
    address: str = ""
    postcode: str = ""

    @property
    def title(self) -> str:
        """Its name in full."""
        return f"NHS {self.name} CCG"

    def is_open(self, day: date) -> bool:
        """Whether it was there on a day."""
        return self.opened <= day and (self.closed is None or day <= self.closed)


@dataclass(slots=True)
class Trust:
    """A primary care trust and the commissioners that took over from it."""

    code: str
    name: str
    area: int
    heirs: list[Commissioner]


@dataclass(slots=True)
class Nation:
    """The map: commissioners of all years, and the trusts before them."""

    commissioners: list[Commissioner]
    trusts: list[Trust]

    def open_on(self, day: date) -> list[Commissioner]:
        """The commissioners of a day."""
        return [one for one in self.commissioners if one.is_open(day)]


def board_code(area: int) -> str:
    """The code of an area's partnership (STP) and, later, its integrated care board."""
    letters = "123456789" + _LETTERS.replace("U", "")  # QXU is a real board
    return f"QX{letters[area]}" if area < len(letters) else f"QV{letters[area - len(letters)]}"


def board_name(name: str) -> str:
    """The full name of an integrated care board."""
    within = name.replace("The ", "the ", 1) if name.startswith("The ") else name
    return f"NHS {within} Integrated Care Board"


def invent_geography(seed: int, practices: int) -> Nation:
    """Lay out the nation's commissioners for about so many practices (250 to 9,000)."""
    chance = Chance(seed, "geography")
    names = place_names(Chance(seed, "places"))
    founders = _founders()
    _share_out(chance, founders, practices)
    _settle(chance, founders, names)
    _name(chance, founders)
    successors = _merge(chance, founders)
    everyone = founders + successors
    for number, one in enumerate(everyone):
        one.ons = f"E389{number:05d}"
    return Nation(everyone, _trusts(chance, founders, names))


def _groups(area: plan.Area) -> list[tuple[int, date | None]]:
    """How many neighbours are in each group of an area, and when they merge."""
    groups: list[tuple[int, date | None]] = []
    for text in area.groups.split():
        size, _, year = text.partition("@")
        groups.append((int(size), date(int(year), 4, 1) if year else None))
    return groups


def _founders() -> list[Commissioner]:
    """The 211 of 1 April 2013, in order of area and seat, with the area team of each."""
    founders: list[Commissioner] = []
    for index, area in enumerate(plan.AREAS):
        seats = sum(size for size, _ in _groups(area))
        for seat in range(seats):
            code = f"X{len(founders) // 24}{_LETTERS[len(founders) % 24]}"
            team = area.teams[seat * len(area.teams) // seats]
            founders.append(Commissioner(code, "", "", index, seat, plan.CCGS_START, team=team))
    return founders


def _share_out(chance: Chance, founders: list[Commissioner], practices: int) -> None:
    """Give each commissioner its number of practices: at least one, and four where one is to be divided."""
    weights = [chance.between(0.45, 1.9) for _ in founders]
    least = [
        4 if plan.AREAS[one.area].name == plan.SPLIT[0] and one.seat in plan.SPLIT[1:] else 1
        for one in founders
    ]
    spare = practices - sum(least)
    whole = sum(weights)
    given = 0
    running = 0.0
    for one, weight, at_least in zip(founders, weights, least, strict=True):
        running += weight
        target = round(spare * running / whole)
        one.practices = at_least + target - given
        given = target


def _settle(chance: Chance, founders: list[Commissioner], names: list[str]) -> None:
    """Found the towns of each commissioner: about one for five practices."""
    districts = [0] * len(plan.AREAS)
    for one in founders:
        for _ in range(max(1, round(one.practices / 5))):
            districts[one.area] += 1
            one.towns.append(Town(names.pop(), one.area, 1 + districts[one.area] // 2))
        one.address = f"{1 + chance.below(80)} {chance.pick(STREETS)}"
        one.postcode = one.towns[0].postcode(chance)


def _name(chance: Chance, founders: list[Commissioner]) -> None:
    """Call each commissioner after its towns, or by its real name where the stories name it."""
    for one in founders:
        real = plan.NAMED_CCGS.get((plan.AREAS[one.area].name, one.seat))
        style = chance.share()
        town = one.towns[0].name
        if real:
            one.name = real
        elif style < 0.2 and len(one.towns) > 1:
            one.name = f"{town} and {one.towns[1].name}"
        elif style < 0.4:
            one.name = f"{COMPASS[chance.below(4)]} {town}"
        else:
            one.name = town


def _merge(chance: Chance, founders: list[Commissioner]) -> list[Commissioner]:
    """Close those that merge or are divided, and open their successors."""
    successors: list[Commissioner] = []
    seats = iter(founders)
    for index, area in enumerate(plan.AREAS):
        groups = _groups(area)
        compass = iter(COMPASS)
        for size, on in groups:
            members = [next(seats) for _ in range(size)]
            if on is not None:
                name = _merged_name(area.name, members, whole=len(groups) == 1, compass=next(compass))
                successors.append(_successor(chance, len(successors), members, on, name, index))
    divided, beside = (_seat(founders, plan.SPLIT[0], seat) for seat in plan.SPLIT[1:])
    heir = _successor(
        chance, len(successors), [divided], plan.SPLIT_ON, f"{divided.towns[-1].name} Vale", divided.area
    )
    divided.heirs = [(heir, 0.75), (beside, 0.25)]
    successors.append(heir)
    return successors


def _seat(founders: list[Commissioner], area: str, seat: int) -> Commissioner:
    return next(one for one in founders if plan.AREAS[one.area].name == area and one.seat == seat)


def _merged_name(area: str, members: list[Commissioner], *, whole: bool, compass: str) -> str:
    if whole:
        return area
    if len(members) == 2:
        return f"{members[0].towns[0].name} and {members[1].towns[0].name}"
    return f"{compass} {area.removeprefix('The ')}"


def _successor(
    chance: Chance, number: int, members: list[Commissioner], on: date, name: str, area: int
) -> Commissioner:
    """Open the successor of some commissioners on a day, and close them the day before."""
    first = members[0]
    heir = Commissioner(
        f"Z{number // 24}{_LETTERS[number % 24]}", "", name, area, first.seat, on, team=first.team
    )
    heir.address = f"{1 + chance.below(80)} {chance.pick(STREETS)}"
    heir.towns = [town for member in members for town in member.towns]
    heir.postcode = first.towns[-1].postcode(chance)
    for member in members:
        member.closed = on - ONE_DAY
        member.heirs = [(heir, 1.0)]
    return heir


def _trusts(chance: Chance, founders: list[Commissioner], names: list[str]) -> list[Trust]:
    """The primary care trusts: most become one commissioner or two, a few join another."""
    from_two = 6
    pairs = len(founders) - from_two - (plan.PCTS - 2 * from_two)
    sizes = chance.shuffled([0] * from_two + [2] * pairs + [1] * (plan.PCTS - 2 * from_two - pairs))
    waiting = iter(founders)
    trusts: list[Trust] = []
    for size in sizes:
        heirs = [next(waiting) for _ in range(max(1, size))]
        for _ in range(1 if size else 2):
            code = f"P{len(trusts) // 24}{_LETTERS[len(trusts) % 24]}"
            trusts.append(Trust(code, f"{names.pop()} Primary Care Trust", heirs[0].area, heirs))
    return trusts
