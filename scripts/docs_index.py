"""Write docs/README.md: every page of the documents, by what one comes for.

python scripts/docs_index.py            write the file
python scripts/docs_index.py --check    write nothing; exit 1 when the file is out of step
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
TARGET = DOCS / "README.md"

SECTIONS = (
    ("tutorials", "To learn", "Lessons that are followed from beginning to end."),
    ("how-to", "To get something done", "Steps to a goal, for those who know what they want."),
    ("reference", "To look something up", "Complete and dry; mostly made from the code."),
    ("explanation", "To understand", "Why things are as they are."),
    ("adr", "To know what was decided", "One decision a page, with its reasons and its price."),
)

HEAD = """# Documents

Made by `scripts/docs_index.py` from the pages' own headings: change those, not this page.

Start with the [README](../README.md), the plan of the house in [ARCHITECTURE.md](../ARCHITECTURE.md), and the
[glossary](glossary.md).
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for folder, title, what in SECTIONS:
        pages = sorted((DOCS / folder).glob("*.md"))
        links = "".join(f"* [{_heading(path)}]({folder}/{path.name})\n" for path in pages)
        parts.append(f"## {title}\n\n{what}\n\n{links}" if links else "")
    return "\n".join(part for part in parts if part)


def _heading(path: Path) -> str:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    if not first.startswith("# "):
        raise SystemExit(f"{path.relative_to(ROOT)} does not begin with a heading")
    return first.removeprefix("# ")


def main(arguments: list[str]) -> int:
    """Write or check; the exit code."""
    text = page()
    if arguments != ["--check"]:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    print(f"{TARGET.relative_to(ROOT)} is out of step: run python scripts/docs_index.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
