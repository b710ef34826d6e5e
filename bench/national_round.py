"""A national round in the full process: the lists of those who assess it, and its public pages, at three sizes.

    python -m bench --only round

Beside it, what a programme team would use instead: every score in one sheet, read and pivoted by pandas.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from bench.apart import answer, say
from bench.delegation import TARGET_MS
from bench.full_round import ROUND, Made, copy_round, decide_all, make
from bench.nations import LETTERS
from bench.pages import DatabaseClock, get, share
from bench.rows import Row, late, middle, sampled, seconds
from remit.kernel.moments import at_the_edge

LINTER_SECONDS = 2.0
LISTS = "an assessor's list"


def measure(options: dict[str, Any]) -> list[Row]:
    """Made once, measured, then multiplied and measured again."""
    from django.conf import settings
    from django.core.management import call_command

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    now, on = at_the_edge(), options["database"]
    made: list[Made] = []
    took = seconds(lambda: made.append(make(options["applications"], now)))
    rows = [
        Row(
            f"{on}: {options['applications']} applications filled in, signed, scored by two",
            took,
            "s",
            note="every step by its own action, each with its entry in the ledger",
        ),
        linter(on, options),
    ]
    rows += announced(on, made[0], options)
    size = 1
    for wanted in options["sizes"]:
        for letter in LETTERS[size - 1 : wanted - 1]:
            copy_round(letter)
        size = max(size, wanted)
        rows += lists(on, wanted, options)
    return rows


def linter(on: str, options: dict[str, Any]) -> Row:
    """The timetable of the round, planned back for every commissioner."""
    from remit.delegation.queries import lint_of

    found = sampled((lambda: lint_of(ROUND) for _ in range(options["times"])), budget=20.0)
    return Row(
        f"{on}: the timetable linter over {options['applications']} commissioners",
        middle(found) / 1000,
        "s",
        p95=late(found) / 1000,
        target=LINTER_SECONDS,
    )


def lists(on: str, size: int, options: dict[str, Any]) -> list[Row]:
    """What each of those who work on the round reads, while it is scored; and what the public reads."""
    count = options["applications"] * size
    say(f"  {on}: {count:,} applications")
    rows = []
    for name, role, path in PAGES:
        row = page(f"{on}: {name}, {count:,} applications", role, path, options["times"])
        if size == 1:
            row = Row(**{**row.__dict__, "target": TARGET_MS})
        if name == LISTS:
            sheet = Path(options["folder"]) / f"scores-{size}.csv"
            write_scores(sheet)
            theirs = sampled((lambda s=sheet: pivoted(s) for _ in range(options["times"])), budget=10.0)
            beside = "all scores in one sheet, read and pivoted by pandas"
            row = Row(**{**row.__dict__, "beside": beside, "theirs": middle(theirs)})
        rows.append(row)
    return rows


PAGES = (
    (LISTS, "national_assessor", "/assessments/mine/"),
    ("where each stands", "programme_officer", f"/rounds/{ROUND}/assessments/"),
    ("the public round page", "", f"/rounds/{ROUND}/"),
)


def announced(on: str, made: Made, options: dict[str, Any]) -> list[Row]:
    """Deciding and announcing all of them, and the pages then; all of it taken back afterwards."""
    from django.db import transaction

    rows = []
    with transaction.atomic():
        took = seconds(lambda: decide_all(made, at_the_edge()))
        rows.append(Row(f"{on}: all moderated, decided and announced", took, "s"))
        for name, path in (
            ("the public round page, announced", f"/rounds/{ROUND}/"),
            ("its announcement", "/announcements/everywhere/"),
        ):
            row = page(f"{on}: {name}, {options['applications']} applications", "", path, options["times"])
            rows.append(Row(**{**row.__dict__, "target": TARGET_MS}))
        transaction.set_rollback(True)
    return rows


def page(name: str, role: str, path: str, times: int) -> Row:
    """A page so many times, as somebody with a role reads it; as anybody where that is empty."""
    from django.test import Client

    clock, client = DatabaseClock(), Client(SERVER_NAME="localhost")
    if role:
        client.force_login(person_with(role), backend="allauth.account.auth_backends.AuthenticationBackend")
    taken, in_database = [], []
    for number in range(times + 1):
        clock.start()
        milliseconds = get(client, path)
        if number:  # the first time warms up templates and memory
            taken.append(milliseconds)
            in_database.append(clock.milliseconds)
    return Row(
        name,
        middle(taken),
        "ms",
        p95=late(taken),
        note=f"{share(in_database, taken)} of it in {clock.questions} questions to the database",
    )


def person_with(role: str) -> Any:
    """Somebody with a role at NHS England; for an assessor, whoever was assigned first."""
    from remit.accounts.actions import register_person
    from remit.accounts.models import Person
    from remit.cli.owner import owner
    from remit.delegation.models import Assignment
    from remit.demo.timeline.events import NATIONAL

    email = f"{role}@bench.remit.example"
    found = Person.objects.filter(email=email).first()
    if found is not None:
        return found
    made = register_person(
        email=email,
        name=f"A {role.replace('_', ' ')}",
        password="not-used-by-anybody-1",
        roles=[(role, NATIONAL)],
        by=owner(),
        at=at_the_edge(),
    )
    if role == "national_assessor":
        Assignment.objects.filter(place=1).update(person=made.pk)
    return made


def write_scores(path: Path) -> None:
    """Every score as a line of one sheet, with its justification."""
    from remit.delegation.models import Score

    found = Score.objects.order_by().values_list(
        "assignment__assessment__application__commissioner",
        *("assignment__place", "criterion", "score", "justification"),
    )
    file = io.StringIO()
    write = csv.writer(file)
    write.writerow(["commissioner", "assessor", "criterion", "score", "why"])
    write.writerows(found.iterator())
    path.write_text(file.getvalue())


def pivoted(path: Path) -> str:
    """A line for each commissioner with how many were scored by whom, as a page."""
    import pandas as pd

    read = pd.read_csv(path, dtype={"commissioner": str})
    made = read.pivot_table(
        index="commissioner", columns="assessor", values="score", aggfunc=["count", "sum"]
    )
    return str(made.sort_index().to_html())


if __name__ == "__main__":
    answer(measure)
