"""The types of file that are taken, by the ending of their names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A type of file. `family` says how its content is looked at."""

    ending: str
    name: str
    media_type: str
    family: str


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."

KINDS = {
    kind.ending: kind
    for kind in (
        Kind("pdf", "PDF", "application/pdf", "pdf"),
        Kind("docx", "Word document (DOCX)", f"{_OOXML}wordprocessingml.document", "ooxml"),
        Kind("xlsx", "Excel workbook (XLSX)", f"{_OOXML}spreadsheetml.sheet", "ooxml"),
        Kind("pptx", "PowerPoint presentation (PPTX)", f"{_OOXML}presentationml.presentation", "ooxml"),
        Kind("odt", "OpenDocument text (ODT)", f"{_ODF}text", "odf"),
        Kind("ods", "OpenDocument spreadsheet (ODS)", f"{_ODF}spreadsheet", "odf"),
        Kind("odp", "OpenDocument presentation (ODP)", f"{_ODF}presentation", "odf"),
        Kind("csv", "CSV", "text/csv", "text"),
        Kind("txt", "plain text file (TXT)", "text/plain", "text"),
        Kind("png", "PNG image", "image/png", "image"),
        Kind("jpg", "JPEG image", "image/jpeg", "image"),
        Kind("jpeg", "JPEG image", "image/jpeg", "image"),
    )
}
ACCEPTED_IN_WORDS = "a PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, CSV, TXT, PNG or JPEG"


def kind_of(name: str) -> Kind | None:
    """The type that a file's name says, if it is one that is taken."""
    stem, dot, ending = name.rpartition(".")
    return KINDS.get(ending.lower()) if stem and dot else None


def media_type_of(name: str) -> str:
    """The media type that a file's name says; that of unknown bytes where it says none that is taken."""
    kind = kind_of(name)
    return kind.media_type if kind else "application/octet-stream"
