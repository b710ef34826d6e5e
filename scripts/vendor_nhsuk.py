"""Vendor nhsuk-frontend from its npm package file, so that nobody needs Node and no page calls a third party.

    python scripts/vendor_nhsuk.py nhsuk-frontend-10.6.1.tgz

Checks the file against the integrity hash below, then copies the compiled CSS and JavaScript and the icons,
with three edits:

1. the source map comments go, because the maps are not shipped and the static file storage looks for them;
2. ``url(/assets/…)`` becomes relative, so the files work under any path and get hashed names;
3. the ``@font-face`` rules go, because they fetch Frutiger from another host (and it needs a licence for each
   organisation): text falls back to Arial, as the NHS service manual allows.

VENDORED.json records the hash of every file written; a test compares.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import sys
import tarfile
from pathlib import Path

VERSION = "10.6.1"
INTEGRITY = "sha512-PZorqQZjZx/A26yJoskCL9z0ib6AtkAyF0o4K/RHr8zRrJyXrUOCnMbjy0VNXsGO4tfTNMwqlkwATKs4a0xayw=="
TARGET = Path(__file__).resolve().parent.parent / "src/remit/web/static/vendor" / f"nhsuk-frontend-{VERSION}"
ASSETS = "package/dist/nhsuk/assets/"
FILES = {
    f"package/dist/nhsuk/nhsuk-frontend-{VERSION}.min.css": "nhsuk.min.css",
    f"package/dist/nhsuk/nhsuk-frontend-{VERSION}.min.js": "nhsuk.min.js",
}
# The npm package names its licence but does not carry the text; this is the repository's.
LICENCE = """MIT License

Copyright (c) 2019 NHS.UK

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


def integrity(content: bytes) -> str:
    """The subresource-integrity string that the npm registry publishes for a package file."""
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


def edited(name: str, content: bytes) -> bytes:
    """The three edits; anything but CSS and JavaScript is left as it is."""
    if not name.endswith((".css", ".js")):
        return content
    text = content.decode()
    text = re.sub(r"/\*# sourceMappingURL=.*?\*/|^//# sourceMappingURL=.*$", "", text, flags=re.M)
    if name.endswith(".css"):
        text = re.sub(r"@font-face\s*{[^}]*}", "", text)
        text = text.replace("url(/assets/", "url(assets/")
    return (text.rstrip() + "\n").encode()


def wanted(package: tarfile.TarFile) -> dict[str, bytes]:
    """The files to write, by their name below the target folder."""
    files = {"LICENCE": LICENCE.encode()}
    for member in package.getmembers():
        name = FILES.get(member.name)
        if name is None and member.name.startswith(ASSETS):
            name = "assets/" + member.name.removeprefix(ASSETS)
        source = package.extractfile(member) if name and member.isfile() else None
        if name and source:
            files[name] = edited(name, source.read())
    return files


def main(archive: Path) -> None:
    """Check, edit and write; the target folder is replaced as a whole."""
    found = integrity(archive.read_bytes())
    if found != INTEGRITY:
        raise SystemExit(f"{archive} is not nhsuk-frontend {VERSION}: expected {INTEGRITY}, found {found}")
    with tarfile.open(archive) as package:
        files = wanted(package)
    shutil.rmtree(TARGET, ignore_errors=True)
    for name, content in files.items():
        path = TARGET / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    record = {
        "package": "nhsuk-frontend",
        "version": VERSION,
        "licence": "MIT",
        "integrity": INTEGRITY,
        "sha256": {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)},
    }
    (TARGET / "VENDORED.json").write_text(json.dumps(record, indent=2) + "\n")
    print(f"{len(files)} files in {TARGET}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
