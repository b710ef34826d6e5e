"""Write docs/reference/states.md: a picture and a table of every state machine of the rooms, from its transition table.

python scripts/docs_states.py            write the file
python scripts/docs_states.py --check    write nothing; exit 1 when the file is out of step
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from remit.delegation.states import Passing, Step
from remit.engines.permissions.roles import WHAT_IT_MEANS

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "reference" / "states.md"

HEAD = """# States, and who may change them

Made by `scripts/docs_states.py` from the transition tables in `src/remit/<room>/states/`: change those, not this
page. A way that is not drawn is refused with a reason (`wrong_state`), and the tests try every act in every state.
The filled circle leads to the state in which a thing is made; from a state that leads to the ring nothing follows.
"""


@dataclass(frozen=True)
class Machine:
    """A transition table with its words. `passings` are ways that nobody takes: they come with a day."""

    name: str
    module: str
    words: Mapping[str, str]
    steps: Sequence[Step]
    passings: Sequence[Passing]

    @property
    def first(self) -> str:
        """The state in which it is made: the one that the table names first."""
        return next(iter(self.words))


def machines() -> list[Machine]:
    """Every `…STEPS` in a room's states, with the `…WORDS` beside it."""
    found = []
    for file in sorted(ROOT.glob("src/remit/*/states/*.py")) + sorted(ROOT.glob("src/remit/*/states.py")):
        module = importlib.import_module(
            ".".join(file.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
        )
        if file.stem != "__init__":
            found += list(_of(module))
    return found


def _of(module: ModuleType) -> Iterator[Machine]:
    doc = (module.__doc__ or "").split(":")[0]
    for name in vars(module):
        if not re.fullmatch("([A-Z_]+_)?STEPS", name):
            continue
        steps = getattr(module, name)
        about = name.removesuffix("STEPS")
        words = getattr(module, f"{about}WORDS", None) or module.STATE_WORDS
        title = NAMES.get(about, about.rstrip("_").replace("_", " ").capitalize()) or doc
        yield Machine(title, module.__name__, words, steps, getattr(module, "PASSINGS", ()))


NAMES = {
    "": "Application",
    "STAGE_": "Assessment",
    "CHANGE_": "Change asked for",
    "CALL_IN_": "Decision called in",
}


def page() -> str:
    """The whole page."""
    return HEAD + "".join(_machine(each) for each in sorted(machines(), key=lambda each: each.name))


def _machine(machine: Machine) -> str:
    lines = ["", f"## {machine.name}", "", "```mermaid", "stateDiagram-v2"]
    lines += [f"    {code}: {words}" for code, words in machine.words.items()]
    lines.append(f"    [*] --> {machine.first}")
    lines += [f"    {each.before} --> {each.after}: {each.verb}" for each in machine.steps]
    lines += [f"    {each.before} --> {each.after}: when {each.when}" for each in machine.passings]
    leaving = {each.before for each in (*machine.steps, *machine.passings)}
    lines += [f"    {code} --> [*]" for code in machine.words if code not in leaving]
    lines += [
        "```",
        "",
        f"`{machine.module}`",
        "",
        "| from | act | to | who | rests on |",
        "|---|---|---|---|---|",
    ]
    words = machine.words
    lines += [
        f"| {words[each.before]} | {each.verb} | {words[each.after]} "
        f"| {WHAT_IT_MEANS[each.permission]} | {each.clause} |"
        for each in machine.steps
    ]
    lines += [
        f"| {words[each.before]} | | {words[each.after]} | nobody: when {each.when} | |"
        for each in machine.passings
    ]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Write or check; the exit code."""
    text = page()
    if arguments != ["--check"]:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    print(f"{TARGET.relative_to(ROOT)} is out of step: run python scripts/docs_states.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
