"""The processes that a round can follow, and the kinds of document that it publishes."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from remit.delegation.rules.catalogue import contractor_groups, powers
from remit.delegation.rules.forms import questions, resolved
from remit.delegation.rules.levels import evidence_of_support
from remit.delegation.rules.reading import read
from remit.engines.powers import Held

SHORT, FULL = "short", "full"


@dataclass(frozen=True)
class Process:
    """What a round asks of those who apply and of those who assess. `form`: the file of its questions."""

    code: str
    name: str
    meaning: str
    form: str
    signatures: int
    has_assessor_pair: bool
    is_moderated: bool
    must_publish: tuple[str, ...]
    reference: str


@cache
def processes() -> Mapping[str, Process]:
    """The processes, by code."""
    return {
        row["code"]: Process(
            row["code"],
            row["name"],
            row["meaning"].strip(),
            row["form"],
            row["signatures"],
            row["assessor_pair"],
            row["moderation"],
            tuple(row["must_publish"]),
            row["reference"],
        )
        for row in read("processes.yaml")["processes"]
    }


def form_as_it_stands(
    process: str, level: int, groups: Collection[str] = ("general_practice",), kind: str = "ccg"
) -> dict[str, Any]:
    """A process's form as the rulebook has it, as plain JSON: what a round freezes when it opens.

    `groups` are the contractor groups that the round is about: the duties are theirs, only they can be chosen, and
    only powers that the level gives over one of them; where it gives none, none are asked for. `kind` is that of the
    commissioners of primary care of its time: what only others are asked is left out.
    """
    name = processes()[process].form
    if name == "delegation.yaml":
        spared = {row["code"] for row in read(name)["questions"] if kind not in row.get("asked_of", (kind,))}
        asked = [each for each in questions().values() if level in each.levels and each.code not in spared]
        form: dict[str, Any] = {"questions": [asdict(each) for each in asked]}
    else:
        duties = [_without(row, "groups", "weak") for row in read(name)["duties"] if _is_of(row, groups)]
        lists = _lists(level, groups, duties)
        form = resolved({**_asked_of(read(name), kind), "duties": duties}, lists)
        if not lists["powers"]:
            for section in form["sections"]:
                section["questions"] = [
                    each for each in section["questions"] if each.get("table") != "powers"
                ]
    plain: dict[str, Any] = json.loads(json.dumps({"process": process, **form}, default=str))
    return plain


def _is_of(duty: Mapping[str, Any], groups: Collection[str]) -> bool:
    return not set(duty.get("groups", ("general_practice",))).isdisjoint(groups)


def _asked_of(content: Any, kind: str) -> Any:
    """A form with only what commissioners of a kind are asked."""
    if isinstance(content, list):
        return [
            _asked_of(row, kind)
            for row in content
            if not isinstance(row, dict) or kind in row.get("asked_of", (kind,))
        ]
    if not isinstance(content, dict):
        return content
    return {name: _asked_of(value, kind) for name, value in content.items() if name != "asked_of"}


def _without(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _lists(
    level: int, groups: Collection[str], duties: Collection[Mapping[str, Any]]
) -> dict[str, Mapping[str, str]]:
    """The lists of the rulebook that a form can name for its choices: names by code."""
    given = [
        each
        for each in powers().values()
        if any(each.at_level(level, group) is not Held.NONE for group in groups)
    ]
    return {
        "contractor_groups": {code: name for code, name in contractor_groups().items() if code in groups},
        "duties": {row["code"]: row["name"] for row in duties},
        "evidence_of_support": {each.code: each.name for each in evidence_of_support().values()},
        "powers": {each.code: each.name for each in given},
    }
