"""Looking into a PDF: that it is one from its first byte to its last, and that nothing in it runs."""

from __future__ import annotations

import re
import zlib

from remit.engines.uploads.faults import (
    PASSWORD,
    UNPACKS,
    VIRUS,
    Fault,
    active,
    holds_test_virus,
    not_what_it_says,
)
from remit.engines.uploads.kinds import KINDS

_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_END = re.compile(rb"%%EOF\s*\Z")
_SCRIPT = re.compile(rb"/(JavaScript|JS|Launch|RichMedia|XFA|SubmitForm|ImportData|GoToE)(?![A-Za-z0-9])")
_FILES = re.compile(rb"/(EmbeddedFiles?|Filespec)(?![A-Za-z0-9])")
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_OTHER_WAYS = re.compile(rb"/(ASCIIHexDecode|ASCII85Decode|LZWDecode|RunLengthDecode|Crypt)(?![A-Za-z0-9])")
MOST_PACKED = 20 * 1024 * 1024
"""The most that the objects packed in a file may unpack to."""


def fault_of_pdf(content: bytes) -> Fault | None:
    """What is wrong with a PDF, if anything."""
    if not content.startswith(b"%PDF-") or not _END.search(content[-1024:]):
        return not_what_it_says(KINDS["pdf"])
    said = _what_it_says(content)
    if isinstance(said, Fault):
        return said
    if _LOCKED.search(said):
        return PASSWORD
    if _SCRIPT.search(said):
        return active("a script or a form that sends itself")
    if _FILES.search(said):
        return active("other files inside it")
    if b"PK\x05\x06" in content[-70_000:] and b"PK\x01\x02" in content:
        return not_what_it_says(KINDS["pdf"])
    return VIRUS if holds_test_virus(said) else None


def _what_it_says(content: bytes) -> bytes | Fault:
    """The file's objects, with those packed in object streams; names in their plain spelling."""
    parts, room, at = [], MOST_PACKED, 0
    for found in _STREAM.finditer(content):
        if found.start() < at:
            continue
        before = _plain(content[at : found.start()])
        parts.append(before)
        end = content.find(b"endstream", found.end())
        at = len(content) if end < 0 else end
        if b"/ObjStm" not in before:
            continue
        unpacked = _unpacked(before, content[found.end() : at], room)
        if unpacked is None:
            return not_what_it_says(KINDS["pdf"])
        room -= len(unpacked)
        if room <= 0:
            return UNPACKS
        parts.append(_plain(unpacked))
    parts.append(_plain(content[at:]))
    return b"\n".join(parts)


def _plain(said: bytes) -> bytes:
    """PDF names may be written in hexadecimal: “/J#61vaScript” is “/JavaScript”."""
    return _HEX.sub(lambda found: bytes([int(found[1], 16)]), said) if b"#" in said else said


def _unpacked(before: bytes, packed: bytes, most: int) -> bytes | None:
    """Objects packed in a stream; None if they are packed in a way that is not looked into."""
    if _OTHER_WAYS.search(before):
        return None
    if b"/FlateDecode" not in before:
        return packed
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:
        return None
