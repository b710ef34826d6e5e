"""Which files make the nation, of what kind, and in what order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from remit.demo.invention import invent
from remit.register.actions.reports import OGL

type_of_progress = Callable[[str, int, int], None]

INVENTED = "Remit (invented for the demo)"
BODIES = Path(__file__).parent / "bodies.csv"
# the first pattern that a file's name matches says its kind
KINDS: list[tuple[str, str]] = [
    (r"payments", "payments"),
    (r"epraccur", "practices"),
    (r"eccg|^icb|ccg-geography", "commissioners"),
    (r"reg-patients|gp-reg|pat-list", "lists"),
    (r"ccg-to-icb|pcn-ccg|stp-region|-map", "map"),
    (r"organisations", "organisations"),
]
ORDER = ["organisations", "commissioners", "practices", "map", "payments", "lists"]


@dataclass(frozen=True)
class FileToLoad:
    """A file, its kind, and who published it."""

    path: Path
    kind: str
    publisher: str
    licence: str


def files_in(folder: Path) -> list[FileToLoad]:
    """The published files in a folder that the register can load, by name; others are left alone.

    The bodies that the seed articles name come with them, because no published file lists those.
    """
    found = [FileToLoad(BODIES, "organisations", "Remit", "MIT")]
    for path in sorted(folder.rglob("*.csv")):
        kind = kind_of(path.name)
        if kind:
            found.append(FileToLoad(path, kind, "NHS England", OGL))
    return sorted(found, key=lambda file: (ORDER.index(file.kind), file.path.name))


def kind_of(name: str) -> str:
    """The kind that a file's name suggests; empty for a file that is none of ours."""
    for pattern, kind in KINDS:
        if re.search(pattern, name.lower()):
            return kind
    return ""


def invented_files(scratch: Path, practices: int, progress: type_of_progress | None) -> list[FileToLoad]:
    """The files of the invented nation, in the layouts in which real ones are published."""
    return [
        FileToLoad(file.path, str(file.kind), INVENTED, "MIT")
        for file in invent(scratch, practices=practices, progress=progress)
    ]
