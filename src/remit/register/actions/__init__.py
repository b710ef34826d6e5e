"""Every write to the register."""

from remit.register.actions.imports import (
    FileRefused,
    FileToImport,
    ImportReport,
    Provenance,
    import_file,
    import_files,
)

__all__ = ["FileRefused", "FileToImport", "ImportReport", "Provenance", "import_file", "import_files"]
