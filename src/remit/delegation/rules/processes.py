"""The processes that a round can follow, and the kinds of document that it publishes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from remit.delegation.rules.catalogue import contractor_groups, powers
from remit.delegation.rules.forms import questions, resolved
from remit.delegation.rules.levels import evidence_of_support
from remit.delegation.rules.reading import read

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


def form_as_it_stands(process: str, level: int) -> dict[str, Any]:
    """A process's form as the rulebook has it, as plain JSON: what a round freezes when it opens."""
    name = processes()[process].form
    if name == "delegation.yaml":
        asked = [each for each in questions().values() if level in each.levels]
        form: dict[str, Any] = {"questions": [asdict(each) for each in asked]}
    else:
        form = resolved(read(name), _lists())
    plain: dict[str, Any] = json.loads(json.dumps({"process": process, **form}, default=str))
    return plain


def _lists() -> dict[str, Mapping[str, str]]:
    """The lists of the rulebook that a form can name for its choices: names by code."""
    duties = read("application_form.yaml")["duties"]
    return {
        "contractor_groups": contractor_groups(),
        "duties": {row["code"]: row["name"] for row in duties},
        "evidence_of_support": {each.code: each.name for each in evidence_of_support().values()},
        "powers": {each.code: each.name for each in powers().values()},
    }
