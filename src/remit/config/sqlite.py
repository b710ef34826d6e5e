"""Put pysqlite3's bundled SQLite in place of the system's.

Debian 12 ships SQLite 3.40.1, which has the WAL-reset corruption bug (3.7.0 to 3.51.2). The pysqlite3 wheel
bundles a fixed one. Django 6.x calls `Connection.getlimit`, which pysqlite3 lacks, so it is added here.
"""

from __future__ import annotations

import sqlite3 as system_sqlite
import sys
from typing import Any

FIXED_IN = (3, 51, 3)
LIMITS = {"SQLITE_LIMIT_VARIABLE_NUMBER": 32766, "SQLITE_LIMIT_COLUMN": 1000}


def use_bundled_sqlite() -> None:
    """Make `import sqlite3` mean pysqlite3. Does nothing where the wheel is not installed: the start-up check
    then refuses WAL (see `wal_is_safe`)."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        return

    limits = {getattr(system_sqlite, name): value for name, value in LIMITS.items()}

    class Connection(dbapi2.Connection):  # type: ignore[misc]
        """A connection that answers `getlimit`."""

        def getlimit(self, category: int) -> int:
            return limits[category]

    for name in dir(system_sqlite):
        if name.startswith("SQLITE_") and not hasattr(dbapi2, name):
            setattr(dbapi2, name, getattr(system_sqlite, name))

    plain_connect = dbapi2.connect

    def connect(*args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("factory", Connection)
        return plain_connect(*args, **kwargs)

    dbapi2.connect = connect
    dbapi2.dbapi2 = dbapi2  # Django says `from sqlite3 import dbapi2`
    sys.modules["sqlite3"] = dbapi2
    sys.modules["sqlite3.dbapi2"] = dbapi2


def wal_is_safe() -> bool:
    """Whether the SQLite in use is free of the WAL-reset bug."""
    import sqlite3

    return tuple(sqlite3.sqlite_version_info) >= FIXED_IN
