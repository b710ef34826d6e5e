"""Write docs/reference/settings.md: every name that the package reads from the environment.

python scripts/docs_settings.py            write the file
python scripts/docs_settings.py --check    write nothing; exit 1 when the file is out of step

The names and their defaults are read from the code; what they mean is said in `MEANING` below. A name that is
read and not explained, or explained and not read, is an error.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "remit"
TARGET = ROOT / "docs" / "reference" / "settings.md"

# name: what it is, and its default where the code works it out
MEANING: dict[str, tuple[str, str]] = {
    "REMIT_HOME": (
        "The folder where state lives: database, keys, secret key, collected static files.",
        "`var/`",
    ),
    "DATABASE_URL": (
        "The database, as a URL: `postgresql://user:password@host/name` in production.",
        "SQLite in `REMIT_HOME/remit.sqlite3`",
    ),
    "REMIT_HTTPS": (
        "`1` where people reach Remit by https: redirects http, sends HSTS for a year with subdomains, and "
        "marks cookies secure. Believes the proxy's `X-Forwarded-Proto`, so the proxy must set it.",
        "",
    ),
    "REMIT_ALLOWED_HOSTS": ("The host names that this Remit answers to, with commas between them.", ""),
    "REMIT_ORIGINS": (
        "Origins that forms may be sent from besides its own, with scheme, comma-separated.",
        "",
    ),
    "REMIT_SECRET_KEY": (
        "The key that signs sessions and links, at least 50 characters.",
        "a file in `REMIT_HOME` that only its owner can read, made at first use",
    ),
    "REMIT_OLD_SECRET_KEYS": (
        "Earlier secret keys, with commas between them: what they signed stays good while keys are changed.",
        "",
    ),
    "REMIT_ORGANISATION": ("Whose service this is, in the header of every page.", ""),
    "REMIT_CONTACT_EMAIL": ("Whom to write to: on the contact page and in security.txt.", ""),
    "REMIT_FROM_EMAIL": ("The sender of the mail that Remit sends.", ""),
    "REMIT_EMAIL_BACKEND": (
        "Django's e-mail backend. The default sends none, and pages say so; a printed link would be a key in a log.",
        "",
    ),
    "REMIT_DEMO": (
        "`1` for a demonstration: the demo accounts are listed on the sign-in page. Without it they cannot sign in.",
        "",
    ),
    "REMIT_LEDGER_ORIGIN": (
        "The ledger's name in checkpoints (a C2SP origin). Choose it before the first checkpoint "
        "and keep it.",
        "",
    ),
    "REMIT_RULEBOOK": (
        "A folder of dated rules to use in place of the ones that come with Remit.",
        "the package's",
    ),
    "REMIT_TRUST_REQUEST_START": (
        "`1` only behind a proxy of your own that sets `X-Request-Start`: when a request arrived is then "
        "read from it.",
        "",
    ),
    "REMIT_LOG_LEVEL": ("What is logged to standard error, one JSON object a line.", ""),
    "DJANGO_SETTINGS_MODULE": ("Which settings Django uses. There is no need to set it.", ""),
}

HEAD = """# Settings

Made by `scripts/docs_settings.py` from the code: change that, not this page.

All settings come from the environment; there is no settings file to edit. `remit manage check --deploy` says
what a production server still lacks.

| variable | what it is | default |
|---|---|---|
"""


class SettingError(ValueError):
    """A name is read and not explained, or explained and not read."""


def names_read(package: Path = PACKAGE) -> dict[str, str]:
    """Every environment variable that the package reads, with its default as code says it."""
    found: dict[str, str] = {}
    for path in sorted(package.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        switches = {id(node.left) for node in ast.walk(tree) if isinstance(node, ast.Compare)}
        for node in ast.walk(tree):
            name, default = _read_in(node)
            if name:
                found[name] = found.get(name) or ("off" if id(node) in switches else default)
    return found


def _read_in(node: ast.AST) -> tuple[str, str]:
    """The name that an expression reads from os.environ, and its default; empty if it reads none."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=owner, attr=verb), args=[ast.Constant(value=str(name)), *rest]
        ) if verb in {"get", "setdefault", "pop"} and ast.unparse(owner) == "os.environ":
            default = rest[0].value if rest and isinstance(rest[0], ast.Constant) else ""
            return name, f"`{default}`" if default else ""
        case ast.Call(func=func, args=[ast.Constant(value=str(name)), *_]) if (
            ast.unparse(func) == "os.getenv"
        ):
            return name, ""
        case ast.Subscript(value=owner, slice=ast.Constant(value=str(name))) if (
            ast.unparse(owner) == "os.environ"
        ):
            return name, ""
    return "", ""


def page(read: dict[str, str]) -> str:
    """The whole page. Raises `SettingError`."""
    unexplained, unread = sorted(set(read) - set(MEANING)), sorted(set(MEANING) - set(read))
    if unexplained or unread:
        raise SettingError(f"scripts/docs_settings.py: explain {unexplained}; no longer read: {unread}")
    return HEAD + "".join(
        f"| `{name}` | {what} | {default or read[name] or 'empty'} |\n"
        for name, (what, default) in MEANING.items()
    )


def main(arguments: list[str]) -> int:
    """Write or check; the exit code."""
    try:
        text = page(names_read())
    except SettingError as error:
        print(error, file=sys.stderr)
        return 1
    if arguments != ["--check"]:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    print(f"{TARGET.relative_to(ROOT)} is out of step: run python scripts/docs_settings.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
