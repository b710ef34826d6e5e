"""One question for every file: can this be kept? The words are those of the service manual's file upload."""

from __future__ import annotations

import unicodedata

from remit.engines.uploads.archives import fault_of_odf, fault_of_ooxml
from remit.engines.uploads.faults import (
    CLAUSE,
    EMPTY,
    LARGEST,
    NOT_A_NAME,
    TOO_LARGE,
    VIRUS,
    WRONG_TYPE,
    Fault,
    holds_test_virus,
)
from remit.engines.uploads.images import fault_of_image
from remit.engines.uploads.kinds import Kind, kind_of
from remit.engines.uploads.pdf import fault_of_pdf
from remit.engines.uploads.texts import fault_of_text
from remit.kernel.decision import ALLOWED, Decision, refuse

LONGEST_NAME = 200
FORBIDDEN = frozenset('/\\:*?"<>|')
__all__ = ["LARGEST", "check_upload", "clean_name"]


def clean_name(name: str) -> str:
    """A file's name in one spelling: composed, with single spaces."""
    return " ".join(part for part in unicodedata.normalize("NFC", name).split(" ") if part)


def check_upload(name: str, content: bytes) -> Decision:
    """Whether a file can be kept under a name (as `clean_name` gives it).

    Refuses: ``not_a_file_name``, ``empty_file``, ``file_too_large``, ``wrong_type``, ``virus``,
    ``not_what_it_says``, ``password_protected``, ``active_content``, ``unpacks_too_large``.
    """
    fault = _fault_of(name, content)
    return ALLOWED if fault is None else refuse(fault.code, fault.message, CLAUSE)


def _fault_of(name: str, content: bytes) -> Fault | None:
    if not _is_name(name):
        return NOT_A_NAME
    kind = kind_of(name)
    if kind is None:
        return WRONG_TYPE
    if not content:
        return EMPTY
    if len(content) > LARGEST:
        return TOO_LARGE
    if holds_test_virus(content):
        return VIRUS
    return _fault_inside(kind, content)


def _fault_inside(kind: Kind, content: bytes) -> Fault | None:
    if kind.family == "pdf":
        return fault_of_pdf(content)
    if kind.family == "ooxml":
        return fault_of_ooxml(kind, content)
    if kind.family == "odf":
        return fault_of_odf(kind, content)
    if kind.family == "image":
        return fault_of_image(kind, content)
    return fault_of_text(kind, content)


def _is_name(name: str) -> bool:
    """A plain name: no path, nothing hidden, nothing that reads otherwise than it is written."""
    plain = all(unicodedata.category(each)[0] != "C" and each not in FORBIDDEN for each in name)
    return 0 < len(name) <= LONGEST_NAME and plain and not name.startswith(".") and ".." not in name
