"""Every write to the register."""

from remit.register.actions.imports import FileRefused, ImportReport, Provenance, import_file

__all__ = ["FileRefused", "ImportReport", "Provenance", "import_file"]
