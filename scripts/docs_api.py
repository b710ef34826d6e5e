"""Write docs/reference/api.md from the OpenAPI document of the API.

python scripts/docs_api.py            write the file
python scripts/docs_api.py --check    write nothing; exit 1 when the file is out of step
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "reference" / "api.md"
CSV, METADATA = ".csv", ".csv-metadata.json"

HEAD = """# The API

Made by `scripts/docs_api.py` from the OpenAPI 3.1 document, which every Remit serves at
`/api/v1/openapi.json`: change the code in `src/remit/api`, not this page. Everything is public, read with GET
or HEAD, and needs no key.

## What holds everywhere

- **Days.** `on=2015-04-01` shows things as they stood on that day. Without it: today in London. Periods
  include their first and their last day; a `null` last day means “still so”.
- **Codes** are those of the Organisation Data Service (ODS), in capital or small letters.
- **Lists** come in pages of `limit` (1 to 500, 100 if not given) rows after `offset` (0 to 1,000,000) others.
  `next` is the address of the following page, `csv` that of all rows.
- **Parameters** that an address does not have are refused by name (422), with those it has: none is passed over.
- **CSV twins.** Add `.csv` to a list's path, with the same filters: RFC 4180, UTF-8 without a byte order
  mark, one header row, CRLF, ISO 8601 dates. An empty cell is a `null`. Lists in a cell are separated by `|`.
  Text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return gets a `'` before it, so that a
  spreadsheet does not take it for a formula. Numbers are never changed.
- **CSVW.** Add `.csv-metadata.json` for a description by W3C's rules: what each column is, the licence, and
  the size and SHA-256 of the file as it is now.
- **Identifiers.** `id` is a record's address below `/id/`, kept for ever and never used for anything else. It
  answers 303 See Other: to the page, or to JSON for a client that takes only JSON.
- **Money** is in whole `pence`, and in `pounds` as text. **Numbers with decimals** are text, because JSON's
  numbers are not exact. What is missing is `null`, never 0.
- **Caching.** Answers carry a weak ETag that changes when the ledger grows. Send it as `If-None-Match` to be
  answered 304 where nothing has changed. Rounds, positions, uptake, announcements, powers and figures carry
  none: a deadline or the end of an embargo changes them while the ledger stands.
- **Errors** are `application/problem+json` (RFC 9457): `status`, `title`, `detail` in plain English, a stable
  `code`, the `clause` that a refusal rests on, and `errors` with each wrong parameter. 404 means that there
  is no such thing, 405 that only reading is allowed, 422 that a parameter makes no sense.
- **Licence.** Open Government Licence v3.0, also in every answer's `Link` header. Any web site may read it
  (`Access-Control-Allow-Origin: *`).

```sh
curl 'http://127.0.0.1:8000/api/v1/nation?on=2015-04-01'
curl -OJ 'http://127.0.0.1:8000/api/v1/practices.csv?on=2015-04-01'
```
"""


def document() -> dict[str, Any]:
    """The OpenAPI document. Needs no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
    os.environ.setdefault("REMIT_SECRET_KEY", "for documents only")
    import django

    django.setup()
    from remit.api.v1 import api

    return dict(api.get_openapi_schema())


def page(api: dict[str, Any]) -> str:
    """The whole page."""
    parts = [HEAD]
    tags: dict[str, list[str]] = {}
    for path, methods in api["paths"].items():
        if not path.endswith(METADATA) and not (
            path.endswith(CSV) and path.removesuffix(CSV) in api["paths"]
        ):
            tags.setdefault(methods["get"]["tags"][0], []).append(path)
    for tag, paths in tags.items():
        parts.append(f"## {tag}\n")
        parts += [_operation(api, path) for path in paths]
    return "\n".join(parts)


def _operation(api: dict[str, Any], path: str) -> str:
    operation = api["paths"][path]["get"]
    row = _row(api, operation)
    lines = [f"### `GET {path}`", "", f"{operation['summary']}. {_one_line(operation['description'])}", ""]
    if path + CSV in api["paths"]:
        what = "Also" if row else "What is dated in it also"
        lines += [f"{what} as CSV: `{path}{CSV}`, described at `{path}{METADATA}`.", ""]
    lines += [*_parameters(operation), *_fields(api, operation, row)]
    statuses = ", ".join(f"{status}" for status in sorted(operation["responses"], key=int))
    return "\n".join([*lines, f"Answers {statuses}.", ""])


def _parameters(operation: dict[str, Any]) -> Iterator[str]:
    shown = [each for each in operation["parameters"] if each["in"] != "header"]
    if not shown:
        return
    yield from ("| parameter | in | what | |", "|---|---|---|---|")
    for each in shown:
        default = each["schema"].get("default")
        state = "needed" if each["required"] else "" if default is None else f"default {default}"
        yield f"| `{each['name']}` | {each['in']} | {each.get('description', '')} | {state} |"
    yield ""


def _row(api: dict[str, Any], operation: dict[str, Any]) -> str:
    """The name of the schema of a list's rows; empty where the answer is no page of a list."""
    properties = _schema(api, operation).get("properties", {})
    return _name(properties["items"]["items"]) if "offset" in properties else ""


def _schema(api: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    content = operation["responses"][200].get("content", {}).get("application/json", {})
    return api["components"]["schemas"].get(_name(content.get("schema", {})), {})


def _fields(api: dict[str, Any], operation: dict[str, Any], row: str) -> Iterator[str]:
    schema = api["components"]["schemas"][row] if row else _schema(api, operation)
    if not schema:
        return
    yield from (f"| {'column' if row else 'field'} | type | what |", "|---|---|---|")
    for name, details in schema["properties"].items():
        yield f"| `{name}` | {_type(api, details)} | {details.get('description', '')} |"
    yield ""


def _type(api: dict[str, Any], details: dict[str, Any]) -> str:
    if "anyOf" in details:
        return " or ".join(_type(api, option) for option in details["anyOf"])
    if "$ref" in details:
        return _inner(api, _name(details))
    if details.get("type") == "array":
        return f"list of {_type(api, details['items'])}"
    if "additionalProperties" in details:
        return f"by name, {_type(api, details['additionalProperties'])}"
    return {"date": "date", "date-time": "instant", "uri": "URI", "decimal": "decimal"}.get(
        details.get("format", ""),
        {"string": "text", "integer": "whole number"}.get(details["type"], details["type"]),
    )


def _inner(api: dict[str, Any], name: str) -> str:
    return f"{{{', '.join(api['components']['schemas'][name]['properties'])}}}"


def _name(reference: dict[str, Any]) -> str:
    return str(reference.get("$ref", "")).rpartition("/")[2]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def main(arguments: list[str]) -> int:
    """Write or check; the exit code."""
    text = page(document())
    if arguments != ["--check"]:
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    print(f"{TARGET.relative_to(ROOT)} is out of step: run python scripts/docs_api.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
