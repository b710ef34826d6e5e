"""Looking into an image: that it is one from its first byte to its last, and no larger than it can be shown."""

from __future__ import annotations

import struct

from remit.engines.uploads.faults import UNPACKS, Fault, active, not_what_it_says
from remit.engines.uploads.kinds import Kind

MOST_PIXELS = 100_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""The JPEG markers that state width and height."""


def fault_of_image(kind: Kind, content: bytes) -> Fault | None:
    """What is wrong with an image, if anything."""
    pixels = _pixels_of_png(content) if kind.ending == "png" else _pixels_of_jpeg(content)
    if pixels is None:
        return not_what_it_says(kind)
    if pixels > MOST_PIXELS:
        return UNPACKS
    lower = content.lower()
    if b"<script" in lower or b"<?php" in lower or b"<svg" in lower:
        return active("a script")
    return None


def _pixels_of_png(content: bytes) -> int | None:
    """Width times height; None unless its chunks run from the first to the last byte."""
    if not content.startswith(_PNG) or content[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", content[16:24])
    at = len(_PNG)
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        name = content[at + 4 : at + 8]
        at += 12 + length
        if name == b"IEND":
            return int(width) * int(height) if at == len(content) else None
    return None


def _pixels_of_jpeg(content: bytes) -> int | None:
    """Width times height; None unless it begins, says its size, and ends as a JPEG does."""
    if not content.startswith(b"\xff\xd8\xff") or not content.endswith(b"\xff\xd9"):
        return None
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker in _SIZES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return int(width) * int(height)
        at += 2 + length
    return None
