"""Every write to the register."""

from remit.register.actions.imports import import_file, import_files
from remit.register.actions.reports import Batch, FileRefused, FileToImport, ImportReport, Provenance

__all__ = [
    "Batch",
    "FileRefused",
    "FileToImport",
    "ImportReport",
    "Provenance",
    "import_file",
    "import_files",
]
