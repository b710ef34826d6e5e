"""Practices of the invented nation: their lists, contracts, moves, mergers and closures from 2013 to 2024."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from remit.demo.invention import plan
from remit.demo.invention.chance import Chance
from remit.demo.invention.geography import Commissioner, Nation, Town
from remit.demo.invention.names import STREETS, practice_names

ONE_DAY = timedelta(days=1)
PATIENTS_A_PRACTICE_2013 = 56_000_000 / 7_900
GROWTH_A_YEAR = 0.0077  # 56 million in 2013 become 60 million in 2022
CLOSURES_SHARE = 0.24  # of those of 2013, by 2024
OPENINGS_SHARE = 0.02
MOVERS_SHARE = 0.004
RENAMED_SHARE = 0.06
_LETTER = {"Y54": "X", "Y55": "Z", "Y57": "T", "Y56": "R"}
_MOVES_ON = (date(2015, 10, 1), date(2016, 4, 1), date(2016, 10, 1))


@dataclass(frozen=True, slots=True)
class Stay:
    """A practice belonged to a commissioner from `first` to `last` (None: still)."""

    commissioner: Commissioner
    first: date
    last: date | None


@dataclass(eq=False, slots=True)
class Practice:
    """A practice. When it closed, `heir` took its patients over; `merged` says whether that was a merger."""

    code: str
    name: str
    town: Town
    street: str
    postcode: str
    phone: str
    opened: date
    base: float
    growth: float
    need: float
    age_tilt: float
    young: float
    rural: bool
    dispensing: bool
    contracts: tuple[str, str, date]
    closed: date | None = None
    heir: Practice | None = None
    merged: bool = False
    old_name: str = ""
    renamed_on: date | None = None
    stays: list[Stay] = field(default_factory=list)
    network: int | None = None

    def is_open(self, day: date) -> bool:
        """Whether it was there on a day."""
        return self.opened <= day and (self.closed is None or day <= self.closed)

    def name_on(self, day: date) -> str:
        """What it was called on a day."""
        return self.old_name if self.renamed_on is not None and day < self.renamed_on else self.name

    def contract_on(self, day: date) -> str:
        """GMS, PMS or APMS on a day."""
        first, then, on = self.contracts
        return then if day >= on else first

    def stay_on(self, day: date) -> Stay:
        """Where it belonged on a day; on days before it opened or after it closed, its first or last stay."""
        for stay in self.stays:
            if stay.last is None or day <= stay.last:
                return stay
        return self.stays[-1]


def invent_practices(seed: int, nation: Nation, count: int) -> list[Practice]:
    """`count` practices on 1 April 2013, and those that opened later, in order of code."""
    chance = Chance(seed, "practices")
    by_commissioner = [
        (one, _found(chance, one, serial)) for one, serial in _with_serials(nation.open_on(plan.CCGS_START))
    ]
    founded = [practice for _, practices in by_commissioner for practice in practices]
    for _, practices in by_commissioner:
        _close_some(chance, practices)
        _rename_some(chance, practices)
    opened = _open_some(chance, by_commissioner, round(count * OPENINGS_SHARE))
    _place(Chance(seed, "moves"), nation, by_commissioner)
    everyone = sorted(founded + opened, key=lambda practice: practice.code)
    factor = PATIENTS_A_PRACTICE_2013 * len(founded) / sum(practice.base for practice in founded)
    for practice in everyone:
        practice.base *= factor
    return everyone


def lists_on(practices: list[Practice], day: date) -> dict[str, float]:
    """Patients of every practice open on a day, by code: its own and those it took over."""
    years = (day - plan.CCGS_START).days / 365.25
    nation = (1 + GROWTH_A_YEAR) ** years
    lists: dict[str, float] = {}
    own = others = 0.0
    for practice in practices:
        if practice.opened > day:
            continue
        patients = practice.base * practice.growth**years
        holder = practice
        if practice.closed is not None and practice.closed < day and practice.heir is not None:
            holder = practice.heir
        lists[holder.code] = lists.get(holder.code, 0.0) + patients
        own += practice.base if practice.opened <= plan.CCGS_START else 0.0
        others += patients
    factor = own * nation / others
    return {code: patients * factor for code, patients in lists.items()}


def _with_serials(commissioners: list[Commissioner]) -> list[tuple[Commissioner, int]]:
    """Each commissioner with the number of practices of its area that come before its own."""
    used: dict[int, int] = {}
    result = []
    for one in commissioners:
        result.append((one, used.get(one.area, 0)))
        used[one.area] = used.get(one.area, 0) + one.practices
    return result


def _code(area: int, serial: int) -> str:
    """A practice code: a letter that no English practice code has, the area, and a number in the area."""
    return f"{_LETTER[plan.REGION_BEFORE[plan.AREAS[area].region]]}{10 + area}{serial:03d}"


def _found(chance: Chance, one: Commissioner, serial: int) -> list[Practice]:
    """The practices of one commissioner on 1 April 2013, town by town."""
    practices = []
    rural = chance.happens(0.3)
    for town in one.towns:
        town.practice_names = practice_names(chance, town.name)
    for number in range(one.practices):
        town = one.towns[number % len(one.towns)]
        countryside = chance.happens(0.42 if rural else 0.07)
        name = town.practice_names.pop()
        practices.append(_practice(chance, _code(one.area, serial + number), name, town, rural=countryside))
    return practices


def _practice(chance: Chance, code: str, name: str, town: Town, *, rural: bool) -> Practice:
    opened = (
        date(1974, 4, 1) if chance.happens(0.8) else date(1975 + chance.below(37), 1 + chance.below(12), 1)
    )
    return Practice(
        code=code,
        name=name,
        town=town,
        street=f"{1 + chance.below(140)} {chance.pick(STREETS)}",
        postcode=town.postcode(chance),
        phone=f"01632 960{chance.below(1000):03d}",  # numbers that Ofcom keeps for drama
        opened=opened,
        base=min(max(chance.lognormal(6500.0, 0.47), 900.0), 45_000.0),
        growth=chance.between(0.99, 1.02),
        need=chance.between(0.85, 1.20),
        age_tilt=chance.between(0.0, 0.5) if rural else chance.between(-0.45, 0.3),
        young=0.0 if rural or chance.happens(0.8) else chance.between(0.2, 1.2),
        rural=rural,
        dispensing=chance.happens(0.72 if rural else 0.02),
        contracts=_contracts(chance),
    )


def _contracts(chance: Chance) -> tuple[str, str, date]:
    """First contract, later contract and the day of the change: many PMS practices went back to GMS."""
    draw = chance.share()
    year = 2015 + int(7 * chance.share() ** 2)
    first = "GMS" if draw < 0.56 else "PMS" if draw < 0.96 else "APMS"
    then = "GMS" if first == "PMS" and chance.happens(0.35) else first
    return first, then, date(year, 4, 1)


def _close_some(chance: Chance, practices: list[Practice]) -> None:
    """Close about a fifth, mostly small ones; a neighbour in the same town takes the patients over."""
    by_town: dict[str, list[Practice]] = {}
    for practice in practices:
        by_town.setdefault(practice.town.name, []).append(practice)
    for neighbours in by_town.values():
        if len(neighbours) < 2:
            continue
        by_size = sorted(neighbours, key=lambda practice: practice.base * chance.between(0.4, 1.6))
        wanted = len(neighbours) * CLOSURES_SHARE * 1.04
        closing = min(len(neighbours) - 1, int(wanted + chance.share()))
        for practice in by_size[:closing]:
            practice.closed = _closing_day(chance)
            practice.heir = chance.pick(by_size[closing:])
            practice.merged = chance.happens(0.65)


def _closing_day(chance: Chance) -> date:
    """The last day of a month from 2013 to 2024, most often 31 March."""
    year = 2013 + chance.below(11)
    month = 3 if chance.happens(0.35) else 1 + chance.below(12)
    year += 1 if month <= 4 else 0
    return date(year + month // 12, month % 12 + 1, 1) - ONE_DAY


def _rename_some(chance: Chance, practices: list[Practice]) -> None:
    for practice in practices:
        if not chance.happens(RENAMED_SHARE) or not practice.town.practice_names:
            continue
        practice.old_name = practice.town.practice_names.pop()
        practice.renamed_on = date(2015 + chance.below(3), 4, 1)


def _open_some(
    chance: Chance, by_commissioner: list[tuple[Commissioner, list[Practice]]], count: int
) -> list[Practice]:
    """Open new practices after 2013, in towns that already have some."""
    serials: dict[int, int] = {}
    for one, practices in by_commissioner:
        serials[one.area] = serials.get(one.area, 0) + len(practices)
    opened = []
    for _ in range(count):
        one, practices = by_commissioner[chance.below(len(by_commissioner))]
        town = chance.pick([town for town in one.towns if town.practice_names])
        code = _code(one.area, serials[one.area])
        serials[one.area] += 1
        new = _practice(chance, code, town.practice_names.pop(), town, rural=False)
        new.opened = date(2013 + chance.below(8), 1 + chance.below(12), 1)
        new.opened = max(new.opened, date(2013, 5, 1))
        new.base *= 0.6
        new.contracts = ("APMS", "APMS", new.opened) if chance.happens(0.35) else ("GMS", "GMS", new.opened)
        practices.append(new)
        opened.append(new)
    return opened


def _place(
    chance: Chance, nation: Nation, by_commissioner: list[tuple[Commissioner, list[Practice]]]
) -> None:
    """Write down where each practice belonged: with its commissioner, its heirs or a neighbour."""
    neighbours: dict[int, list[Commissioner]] = {}
    for one, _ in by_commissioner:
        neighbours.setdefault(one.area, []).append(one)
    for one, practices in by_commissioner:
        for practice in practices:
            start = max(practice.opened, plan.CCGS_START)
            stays = _follow(chance, one, start)
            others = [other for other in neighbours[one.area] if other is not one]
            if others and chance.happens(MOVERS_SHARE):
                stays = _move(chance, stays, chance.pick(others))
            practice.stays = _until(stays, practice.closed)


def _follow(chance: Chance, one: Commissioner, first: date) -> list[Stay]:
    """The stays of a practice that starts with a commissioner on a day and goes with every merger of it."""
    stays = []
    while one.closed is not None:
        if first <= one.closed:
            stays.append(Stay(one, first, one.closed))
            first = one.closed + ONE_DAY
        draw = chance.share()
        for heir, share in one.heirs:
            if draw < share or heir is one.heirs[-1][0]:
                one = heir
                break
            draw -= share
    stays.append(Stay(one, first, None))
    return stays


def _move(chance: Chance, stays: list[Stay], to: Commissioner) -> list[Stay]:
    """The stays of a practice that leaves for a neighbour of the same area on some day."""
    on = chance.pick(_MOVES_ON)
    before = [Stay(s.commissioner, s.first, min(s.last or on, on - ONE_DAY)) for s in stays if s.first < on]
    after = _follow(chance, to, on)
    if not before or before[-1].commissioner is after[0].commissioner:
        return stays
    return before + after


def _until(stays: list[Stay], closed: date | None) -> list[Stay]:
    """The stays up to the day that the practice closed."""
    if closed is None:
        return stays
    kept = [stay for stay in stays if stay.first <= closed]
    last = kept[-1]
    return [*kept[:-1], Stay(last.commissioner, last.first, min(last.last or closed, closed))]
