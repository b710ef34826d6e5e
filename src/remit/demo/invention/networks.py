"""Primary care networks: neighbouring practices of one commissioner, from 1 July 2019."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date

from remit.demo.invention.chance import Chance
from remit.demo.invention.geography import Commissioner
from remit.demo.invention.practices import Practice

NETWORKS_START = date(2019, 7, 1)
_KNOWN_ON = date(2022, 1, 1)
_ALONE_SHARE = 0.008


@dataclass(eq=False, slots=True)
class Network:
    """A network, its members in 2022, and the one that receives its money."""

    code: str
    name: str
    commissioner: Commissioner
    members: list[Practice]

    @property
    def lead(self) -> Practice:
        """The practice that the network's payments go to."""
        return self.members[0]


def invent_networks(seed: int, practices: list[Practice]) -> list[Network]:
    """Group the practices of January 2022 by town into networks of about five; a few stay outside."""
    chance = Chance(seed, "networks")
    by_commissioner: dict[str, list[Practice]] = {}
    for practice in practices:
        if practice.is_open(_KNOWN_ON) and not chance.happens(_ALONE_SHARE):
            by_commissioner.setdefault(practice.stay_on(_KNOWN_ON).commissioner.code, []).append(practice)
    networks: list[Network] = []
    taken: dict[str, int] = {}
    for members in by_commissioner.values():
        members.sort(key=lambda practice: (practice.town.district, practice.town.name, practice.code))
        for group in _chunks(members):
            code = f"U9{len(networks):04d}"
            commissioner = group[0].stay_on(_KNOWN_ON).commissioner
            networks.append(Network(code, _name(group, taken), commissioner, group))
    for number, network in enumerate(networks):
        for practice in network.members:
            practice.network = number
    return networks


def _chunks(members: list[Practice]) -> list[list[Practice]]:
    """Cut the row of practices into even pieces of about five."""
    pieces = max(1, round(len(members) / 5.2))
    cuts = [len(members) * piece // pieces for piece in range(pieces + 1)]
    return [members[first:last] for first, last in itertools.pairwise(cuts)]


def _name(group: list[Practice], taken: dict[str, int]) -> str:
    """After the towns of its members; a number where that name is taken."""
    towns = list(dict.fromkeys(practice.town.name for practice in group))
    name = " and ".join(towns[:2])
    taken[name] = taken.get(name, 0) + 1
    return f"{name} PCN" if taken[name] == 1 else f"{name} {taken[name]} PCN"
