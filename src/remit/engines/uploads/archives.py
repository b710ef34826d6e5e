"""Looking into office documents, which are archives: every part is read, none may run, fetch, or unpack too far."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping

from remit.engines.uploads.faults import (
    PASSWORD,
    UNPACKED,
    UNPACKS,
    VIRUS,
    Fault,
    active,
    holds_test_virus,
    not_what_it_says,
)
from remit.engines.uploads.kinds import Kind

MOST_PARTS = 2_000
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", _COMPOUND)
_RUN = (
    ".exe",
    ".dll",
    ".js",
    ".vbs",
    ".bat",
    ".cmd",
    ".ps1",
    ".html",
    ".htm",
    ".svg",
    ".jar",
    ".hta",
    ".swf",
)
_ENTITIES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_FETCHES = re.compile(
    rb"<Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External)(?![^>]*/hyperlink[\"'])[^>]*>", re.IGNORECASE
)
_MAIN = {
    "docx": "wordprocessingml.document.main+xml",
    "xlsx": "spreadsheetml.sheet.main+xml",
    "pptx": "presentationml.presentation.main+xml",
}


def fault_of_ooxml(kind: Kind, content: bytes) -> Fault | None:
    """What is wrong with a Word, Excel or PowerPoint file, if anything."""
    if content.startswith(_COMPOUND):
        return PASSWORD
    parts = _parts_of(kind, content)
    if isinstance(parts, Fault):
        return parts
    types = parts.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types or any("vbaproject" in name.lower() for name in parts):
        return active("macros")
    if _MAIN[kind.ending].encode() not in types:
        return not_what_it_says(kind)
    if any("ddeLink" in part for part in (each.decode("latin-1") for each in parts.values())):
        return active("a link that starts another program")
    if any(name.endswith(".rels") and _FETCHES.search(part) for name, part in parts.items()):
        return active("a link that fetches another file when it is opened")
    return None


def fault_of_odf(kind: Kind, content: bytes) -> Fault | None:
    """What is wrong with an OpenDocument file, if anything."""
    parts = _parts_of(kind, content)
    if isinstance(parts, Fault):
        return parts
    if next(iter(parts), "") != "mimetype" or parts["mimetype"].strip() != kind.media_type.encode():
        return not_what_it_says(kind)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        return PASSWORD
    scripted = any(b"<script:event-listener" in part or b"<office:script " in part for part in parts.values())
    if scripted or any(name.startswith(("Basic/", "Scripts/")) and part for name, part in parts.items()):
        return active("macros")
    if "content.xml" not in parts:
        return not_what_it_says(kind)
    return active("a link that starts another program") if b"dde-source" in parts["content.xml"] else None


def _parts_of(kind: Kind, content: bytes) -> Mapping[str, bytes] | Fault:
    """Every part of the archive, unpacked, or what is wrong with one of them."""
    if not content.startswith(b"PK\x03\x04"):
        return not_what_it_says(kind)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            fault = _fault_of_list(kind, archive, content)
            return fault or _read(kind, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError, OSError):
        return not_what_it_says(kind)


def _fault_of_list(kind: Kind, archive: zipfile.ZipFile, content: bytes) -> Fault | None:
    listed = archive.infolist()
    names = [each.filename for each in listed]
    wrong = any(name.startswith(("/", "\\")) or ".." in name.split("/") or ":" in name for name in names)
    if wrong or len(set(names)) != len(names) or len(names) > MOST_PARTS:
        return not_what_it_says(kind)
    first = min((each.header_offset for each in listed), default=1)
    if first != 0 or archive.comment or content[-22:-18] != b"PK\x05\x06":
        return not_what_it_says(kind)
    if any(each.flag_bits & 1 for each in listed):
        return PASSWORD
    return UNPACKS if sum(each.file_size for each in listed) > UNPACKED else None


def _read(kind: Kind, archive: zipfile.ZipFile) -> Mapping[str, bytes] | Fault:
    """Every part. None gives more than it says in the list, whose sum was held against the most that is unpacked."""
    parts: dict[str, bytes] = {}
    for each in archive.infolist():
        part = archive.read(each)
        fault = _fault_of_part(each.filename, part)
        if fault is not None:
            return fault
        parts[each.filename] = part
    return parts


def _fault_of_part(name: str, part: bytes) -> Fault | None:
    if holds_test_virus(part):
        return VIRUS
    if "vbaproject" in name.lower():
        return active("macros")
    if part.startswith(_ARCHIVES):
        return active("other files inside it")
    if part.startswith(_PROGRAMS) or name.lower().endswith(_RUN):
        return active("a program, a web page or an object of another program")
    plain = part.replace(b"\0", b"") if part[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<") else part
    is_xml = name.lower().endswith((".xml", ".rels")) or plain.lstrip()[:5] == b"<?xml"
    return active("an XML entity") if is_xml and _ENTITIES.search(plain) else None
