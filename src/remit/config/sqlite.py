"""Put pysqlite3's bundled SQLite in place of the system's, and keep the database's file to its owner.

Debian 12 ships SQLite 3.40.1, which has the WAL-reset corruption bug (3.7.0 to 3.51.2). The pysqlite3 wheel
bundles a fixed one. Django 6.x calls `Connection.getlimit`, which pysqlite3 lacks, so it is added here.
"""

from __future__ import annotations

import os
import sqlite3 as system_sqlite
import sys
from datetime import date
from functools import lru_cache
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

    dbapi2.Connection = Connection
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


def private_connection() -> type:
    """A class of connections that make the database's file private before they open it, and know days by their
    text: the register has few, and reads each thousands of times."""
    import sqlite3

    class PrivateConnection(sqlite3.Connection):
        """A connection to a file that only its owner can read."""

        def __init__(self, database: str, *args: Any, **kwargs: Any) -> None:
            keep_private(database)
            sqlite3.register_converter("date", _day)
            super().__init__(database, *args, **kwargs)

    return PrivateConnection


@lru_cache(maxsize=20_000)
def _day(text: bytes) -> date | None:
    """As Django reads it."""
    from django.utils.dateparse import parse_date

    return parse_date(text.decode())


def keep_private(database: str | os.PathLike[str]) -> None:
    """Make a database's file readable and writable by its owner only, before SQLite makes it for everybody.

    The files beside it (-wal, -shm, -journal) get the permissions of the database from SQLite. What is there
    already and ours is put right as well. A database in memory has no file. What cannot be done here is left:
    opening the database then says why.
    """
    path = os.fspath(database)
    if not path or path.startswith((":memory:", "file:")):
        return
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        for name in (path, f"{path}-wal", f"{path}-shm", f"{path}-journal"):
            _tighten(name)
    except OSError:
        return


def _tighten(path: str) -> None:
    try:
        found = os.stat(path)
        if found.st_mode & 0o077 and found.st_uid == os.geteuid():
            os.chmod(path, found.st_mode & 0o700)
    except OSError:
        return
