"""Loading the largest payments file until the nation of that year is visible, beside pandas and a bulk insert.

Ours reads the file by the meaning of its headers, keeps every payment column, dates what it says about every
practice and commissioner, derives memberships and successions, and writes the ledger, in one transaction. The
alternative reads it into a DataFrame and inserts that as one wide table.
"""

from __future__ import annotations

import os
import re
import time
from datetime import date
from pathlib import Path
from typing import Any

from bench.apart import ROOT, answer
from bench.nations import AT
from bench.rows import Row, seconds
from remit.cli.owner import owner

TARGET_SECONDS = 20.0
INVENTED_YEAR = "2021-22"


def payments_file(folder: Path, practices: int) -> Path:
    """The largest published payments file that is here; else the invented nation's, written into `folder`."""
    published = Path(os.environ.get("REMIT_DATA") or ROOT.parent / "shared" / "data") / "payments"
    found = sorted(published.glob("nhs-payments-gp-*.csv"), key=lambda path: path.stat().st_size)
    if found and practices >= 7900:
        return found[-1]
    from remit.demo.invention import invent

    files = [file.path for file in invent(folder, practices=practices) if file.kind == "payments"]
    return next(path for path in files if INVENTED_YEAR in path.name)


def measure(options: dict[str, Any]) -> list[Row]:
    """One loading of each kind into fresh tables; in a fresh process each time."""
    import pandas  # noqa: F401 - what is imported once is not timed, on either side
    from django.core.management import call_command
    from django.db import connection

    import remit.register.queries  # noqa: F401
    from remit.register import actions  # noqa: F401

    path = Path(options["file"])
    call_command("migrate", verbosity=0)
    counted: list[int] = []
    ways = [
        ("ours", lambda: counted.append(load_ours(path))),
        ("theirs", lambda: counted.append(load_theirs(path))),
    ]
    taken, worked = {}, {}
    for who, way in ways if options["ours_first"] else reversed(ways):
        start = time.process_time()
        taken[who] = seconds(way)
        worked[who] = time.process_time() - start
    rows = max(counted)
    if min(counted) != rows:
        raise SystemExit(f"one has {min(counted)} rows, the other {rows}")
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    return [
        Row(
            f"loading {path.name}, {rows:,} rows, until visible ({name})",
            taken["ours"],
            "s",
            beside="pandas.read_csv and a bulk insert into one wide table",
            theirs=taken["theirs"],
            target=TARGET_SECONDS,
            note="ours also writes dated facts, provenance, memberships, successions and the ledger",
        ),
        Row(
            f"the same, in rows a second ({name})",
            rows / taken["ours"],
            "rows/s",
            beside="the same",
            theirs=rows / taken["theirs"],
        ),
        Row(
            f"the same, in seconds of our own processor ({name})",
            worked["ours"],
            "s",
            beside="the same",
            theirs=worked["theirs"],
            note="steadier than the clock where others use the machine; a server's work is not in it",
        ),
    ]


def load_ours(path: Path) -> int:
    """Load the file; its rows. The nation of its year must show its practices, or this fails."""
    from remit.register.actions import Provenance, import_file
    from remit.register.queries import nation_on

    report = import_file(
        kind="payments",
        data=path.read_bytes(),
        provenance=Provenance(path.name, AT.date()),
        by=owner(),
        at=AT,
        leave_out_refused=True,
    )
    nation = nation_on(date(year_of(path.name), 7, 1))
    if not 0.9 * report.practices <= nation.practices <= report.practices:
        raise SystemExit(f"{report.practices} practices loaded, but {nation.practices} visible")
    return report.rows


def year_of(name: str) -> int:
    """The year in which the file's NHS year starts, by its name."""
    found = re.search(r"(20\d\d)-\d\d", name)
    if found is None:
        raise SystemExit(f"{name} does not say its year")
    return int(found[1])


def load_theirs(path: Path) -> int:
    """What one would write in a notebook; the rows that are then in the table."""
    import pandas
    from django.db import connection

    try:
        frame = pandas.read_csv(path, thousands=",", na_values=["-"], low_memory=False)
    except UnicodeDecodeError:
        frame = pandas.read_csv(path, thousands=",", na_values=["-"], low_memory=False, encoding="cp1252")
    return copy_frame(frame) if connection.vendor == "postgresql" else insert_frame(frame)


def insert_frame(frame: Any) -> int:
    """Into a file of its own, as safely kept as ours."""
    import sqlite3

    from django.conf import settings

    database = sqlite3.connect(settings.REMIT_HOME / "wide.sqlite3")
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL")
    frame.to_sql("wide", database, index=False, if_exists="replace")
    [(rows,)] = database.execute("SELECT count(*) FROM wide")
    database.close()
    return int(rows)


def copy_frame(frame: Any) -> int:
    """The fastest way into PostgreSQL: COPY."""
    from django.db import connection, transaction

    names = [f"column_{number}" for number in range(len(frame.columns))]
    kinds = ["double precision" if kind.kind in "if" else "text" for kind in frame.dtypes]
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(names, kinds, strict=True))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS wide")
        cursor.execute(f"CREATE TABLE wide ({columns})")
        with cursor.copy("COPY wide FROM STDIN") as copy:
            for row in frame.astype(object).where(frame.notna(), None).itertuples(index=False):
                copy.write_row(row)
        cursor.execute("SELECT count(*) FROM wide")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    answer(measure)
