"""Write docs/reference/permissions.md from the permission table, which is code.

python scripts/docs_permissions.py            write the file
python scripts/docs_permissions.py --check    write nothing; exit 1 when the file is out of step
"""

from __future__ import annotations

import sys
from pathlib import Path

from remit.engines.permissions import ROLES, Permission, Role, Scope
from remit.engines.permissions.roles import WHAT_IT_MEANS

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "reference" / "permissions.md"

HEAD = """# Roles and permissions

Made by `scripts/docs_permissions.py` from `src/remit/engines/permissions/roles.py`: change that, not this
page. The same table is public on every Remit, at `/permissions/`.

A person holds a *role* at an *organisation*, from a day until somebody ends it. One person can hold many, and
acts for one organisation at a time: only the roles held there count. Nobody gives or ends their own roles.
[How to give somebody a role](../how-to/give-somebody-a-role.md).

"""


def page() -> str:
    """The whole page."""
    return HEAD + "\n".join([*_roles(), *_matrix(), *_meanings()]) + "\n"


def _roles() -> list[str]:
    lines = ["## Roles", "", "| role | code | what | held at | reaches |", "|---|---|---|---|---|"]
    lines += [
        f"| {role.name} | `{role.code}` | {role.what} | {_places(role)} | {_reach(role)} |"
        for role in ROLES.values()
    ]
    return [*lines, ""]


def _places(role: Role) -> str:
    return ", ".join(sorted(kind.replace("_", " ") for kind in role.kinds)) or "any organisation"


def _reach(role: Role) -> str:
    return "the nation" if role.scope is Scope.NATION else "that organisation"


def _matrix() -> list[str]:
    """Who may do what: a row for each permission, a column for each role."""
    lines = ["## Who may do what", ""]
    lines += [
        "| | " + " | ".join(role.name for role in ROLES.values()) + " |",
        "|---" * (len(ROLES) + 1) + "|",
    ]
    for permission in Permission:
        cells = ("yes" if permission in role.permissions else "" for role in ROLES.values())
        lines.append(f"| {WHAT_IT_MEANS[permission]} | " + " | ".join(cells) + " |")
    return [*lines, ""]


def _meanings() -> list[str]:
    lines = ["## Codes of permissions", "", "| code | what it allows |", "|---|---|"]
    return [*lines, *(f"| `{permission}` | {WHAT_IT_MEANS[permission]} |" for permission in Permission)]


def main(arguments: list[str]) -> int:
    """Write or check; the exit code."""
    text = page()
    if arguments != ["--check"]:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    print(
        f"{TARGET.relative_to(ROOT)} is out of step: run python scripts/docs_permissions.py", file=sys.stderr
    )
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
