"""Documents that are built from the data: sections of lines, as they stand when they are published."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from remit.delegation.rules.catalogue import contractor_groups
from remit.delegation.rules.levels import levels
from remit.delegation.rules.processes import form_as_it_stands, processes
from remit.delegation.rules.reading import read

CRITERIA = "criteria.yaml"
GROUPS = ("general_practice",)
"""The contractors that clinical commissioning groups commissioned."""


def built_document(
    kind: str,
    process: str,
    numbers: Sequence[int],
    planned: Sequence[Mapping[str, Any]],
    asked_of: str = "ccg",
) -> dict[str, Any]:
    """A form, criteria or timetable as plain JSON: ``{"sections": [{"heading", "lines"}], "data"}``.

    `numbers` are the levels of the programme (all, where none is planned); `planned` its rounds; `asked_of` the kind
    of the commissioners of its time.
    """
    if kind == "timetable":
        return {"sections": [_planned(each) for each in planned], "data": list(planned)}
    if kind == "form":
        groups = GROUPS if asked_of == "ccg" else tuple(contractor_groups())
        forms = {level: form_as_it_stands(process, level, groups, asked_of) for level in numbers or levels()}
        return {"sections": _asked(forms), "data": {str(level): form for level, form in forms.items()}}
    data = _plain(read(CRITERIA)) if processes()[process].has_assessor_pair else {}
    return {"sections": _judged(data), "data": data}


def _planned(row: Mapping[str, Any]) -> dict[str, Any]:
    lines = [
        f"Opens at {row['opens_at']}",
        f"Deadline: {row['deadline']}",
        f"Decisions due by {row['decisions_due_on'] or 'a day that is not given'}",
        f"Powers come on on {row['effective_on']}",
    ]
    return {"heading": f"{row['title']} (Level {row['level']})", "lines": lines}


def _asked(forms: Mapping[int, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The questions of a form, by section where it has any; what all levels are asked is said once."""
    found: dict[tuple[str, str], list[int]] = {}
    for level, form in forms.items():
        for heading, question in _questions(form):
            found.setdefault((heading, question), []).append(level)
    sections: dict[str, list[str]] = {}
    for (heading, question), asked in found.items():
        only = "" if len(asked) == len(forms) else f" (Level {', '.join(map(str, sorted(asked)))} only)"
        sections.setdefault(heading, []).append(question + only)
    return [{"heading": heading, "lines": lines} for heading, lines in sections.items()]


def _questions(form: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for section in form.get("sections", ()):
        name = str(section.get("name") or section.get("title") or section.get("code"))
        for row in section.get("questions", ()):
            yield name, str(row["question"])
    for row in form.get("questions", ()):
        yield str(row.get("section", "Questions")), str(row["question"])


def _judged(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The criteria by group with their weights, then the scale; where no pair scores, how it is decided instead."""
    if not data:
        said = "One assessor of NHS England decides, with reasons, and says on which conditions."
        return [{"heading": "How applications are decided", "lines": [said]}]
    groups = [
        {
            "heading": group["name"],
            "lines": [
                f"{row['name']} (weight {row['weight']}): {row['meaning'].strip()}"
                for row in group["criteria"]
            ],
        }
        for group in data["groups"]
    ]
    scale = [f"{point['score']}: {point['name']}. {point['meaning']}" for point in data["scale"]]
    return [*groups, {"heading": "Scale", "lines": scale}]


def _plain(data: Any) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(data, default=str))
    return plain
