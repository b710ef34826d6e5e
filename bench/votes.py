"""A vote of members, counted: a large membership, and a national consultation's worth of practices and doctors.

    python -m bench --only votes

Beside it, what a returning officer would use instead: the votes in one sheet, read and grouped by pandas.
"""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench.apart import answer, say
from bench.pages import DatabaseClock, get, share
from bench.rows import Row, late, middle, sampled
from remit.kernel.moments import at_the_edge

TALLY_SECONDS, PAGE_MS = 1.0, 150.0
BODY = "00A"
CLAUSES = (
    ("4.1", {"kind": "electorate", "who": "both", "binding": "practices"}),
    ("7.1", {"kind": "quorum", "share": "1/2"}),
    ("8.2", {"kind": "majority", "share": "1/2"}),
    ("8.3", {"kind": "majority", "share": "1/2", "unit": "voters", "basis": "all"}),
)
CHOICES = ("for", "for", "for", "against", "against", "abstain", "blank")


def measure(options: dict[str, Any]) -> list[Row]:
    """At each size: the tally with its split and concordance, and the pages."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import transaction

    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    rows: list[Row] = []
    for practices, doctors in options["sizes"]:
        say(f"  {options['database']}: {practices:,} practices, {doctors:,} doctors")
        with transaction.atomic():
            motion = a_vote(practices, doctors)
            rows += counted(motion, practices, doctors, options)
            rows += read(motion, practices, doctors, options)
            transaction.set_rollback(True)
    return rows


def a_vote(practices: int, doctors: int) -> Any:
    """A vote that has been declared: its roll and votes as rows, its rules and result by the rooms' own actions."""
    from remit.constitutions import actions as constitutions
    from remit.kernel.actor import Actor, RoleAt
    from remit.motions import actions
    from remit.motions.actions.declaring import Scrutiny
    from remit.motions.actions.noticing import Notice, Wording
    from remit.motions.models import RollEntry, Vote

    now = at_the_edge()
    by = Actor("secretary", BODY, frozenset({RoleAt("members_secretary", BODY)}))
    codes = [f"A{number:05}" for number in range(practices)]
    make_members(codes, now)
    text = constitutions.draft_text(body=BODY, title="Constitution", by=by, at=now)
    for number, rule in CLAUSES[1:]:
        constitutions.write_clause(
            text=text.pk, number=number, heading="", words="As the rule says.", rules=[rule], by=by, at=now
        )
    day = now.date()
    constitutions.record_adoption(
        text=text.pk, agreed_on=day, in_force_on=day, source="Benchmark", by=by, at=now
    )
    wording = Wording(title="Apply for delegated powers", words="That we apply.")
    motion = actions.draft_motion(body=BODY, wording=wording, by=by, at=now)
    notice = Notice(opens_at=now, closes_at=now + timedelta(hours=1))
    actions.give_notice(motion=motion.pk, notice=notice, by=by, at=now)
    electorate_of_both(text.pk)
    RollEntry.objects.bulk_create(
        (
            RollEntry(
                motion=motion, electorate="gps", voter=f"D{number:06}", practice_id=codes[number % practices]
            )
            for number in range(doctors)
        ),
        batch_size=500,
    )
    entries = RollEntry.objects.filter(motion=motion).values_list("pk", flat=True)
    Vote.objects.bulk_create(
        (
            Vote(entry_id=entry, choice=CHOICES[number % len(CHOICES)], cast_at=now, cast_by="bench")
            for number, entry in enumerate(entries)
            if number % 8
        ),
        batch_size=500,
    )
    actions.declare_result(
        motion=motion.pk,
        scrutiny=Scrutiny(scrutineer="The lay chair"),
        by=by,
        at=now + timedelta(hours=2),
    )
    motion.refresh_from_db()
    return motion


def make_members(codes: list[str], now: datetime) -> None:
    """A body and the practices that are its members, as rows."""
    from remit.register.models import Fact, Membership, MembershipBody, Organisation

    Organisation.objects.bulk_create(Organisation(code=code) for code in (BODY, *codes))
    first, last = now.date() - timedelta(days=900), now.date() + timedelta(days=900)
    kinds = [(BODY, "ccg"), *((code, "practice") for code in codes)]
    Fact.objects.bulk_create(
        Fact(organisation_id=code, about="kind", value=kind, from_on=first, until_on=last, basis="stated")
        for code, kind in kinds
    )
    members = MembershipBody.objects.create(code=f"{BODY}-M", form="ccg", organisation_id=BODY)
    Membership.objects.bulk_create(
        Membership(body=members, practice_id=code, from_on=first, until_on=last) for code in codes
    )


def electorate_of_both(text: str) -> None:
    """The clause by which doctors vote too: after the notice, because their roll is put there as rows."""
    from remit.constitutions.models import Clause

    number, rule = CLAUSES[0]
    Clause.objects.create(text_id=text, number=number, order="0004.0001", words="Both vote.", rules=[rule])


def counted(motion: Any, practices: int, doctors: int, options: dict[str, Any]) -> list[Row]:
    """The tally: clauses, arithmetic, both electorates, the common rules, concordance."""
    from remit.motions.queries import concordance_of, outcome_of, tallies_of

    sheet = Path(options["folder"]) / f"votes-{practices}.csv"
    write_votes(motion, sheet)
    ours = sampled(
        (
            (lambda: (outcome_of(motion, tallies_of(motion)), concordance_of(motion)))
            for _ in range(options["times"])
        ),
        budget=20.0,
    )
    theirs = sampled((lambda: grouped(sheet) for _ in range(options["times"])), budget=10.0)
    return [
        Row(
            f"{options['database']}: tally of {practices:,} practices and {doctors:,} doctors, with concordance",
            middle(ours) / 1000,
            "s",
            p95=late(ours) / 1000,
            beside="the votes in one sheet, read and grouped by pandas",
            theirs=middle(theirs) / 1000,
            target=TALLY_SECONDS,
        )
    ]


def read(motion: Any, practices: int, doctors: int, options: dict[str, Any]) -> list[Row]:
    """The pages of a result and of its roll, for anybody."""
    from django.test import Client

    rows = []
    for name, path in (("result", f"/motions/{motion.pk}/"), ("roll", f"/motions/{motion.pk}/roll/")):
        clock, client = DatabaseClock(), Client(SERVER_NAME="localhost")
        taken, in_database = [], []
        for number in range(options["times"] + 1):
            clock.start()
            milliseconds = get(client, path)
            if number:  # the first time warms up templates and memory
                taken.append(milliseconds)
                in_database.append(clock.milliseconds)
        note = f"{share(in_database, taken)} of it in {clock.questions} questions to the database"
        what = f"{options['database']}: the {name} page of {practices:,} practices and {doctors:,} doctors"
        rows.append(Row(what, middle(taken), "ms", p95=late(taken), target=PAGE_MS, note=note))
    return rows


def write_votes(motion: Any, sheet: Path) -> None:
    """The votes as somebody would keep them: one a line."""
    from remit.motions.models import Vote

    found = Vote.objects.filter(entry__motion=motion).values_list(
        "entry__electorate", "entry__practice_id", "entry__voter", "choice"
    )
    with sheet.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["electorate", "practice", "voter", "vote"])
        writer.writerows(found)


def grouped(sheet: Path) -> Any:
    """How many of each vote in each electorate, and in each practice, by pandas."""
    import pandas

    votes = pandas.read_csv(sheet)
    by_electorate = votes.groupby(["electorate", "vote"]).size()
    return by_electorate, votes.groupby(["practice", "electorate", "vote"]).size().unstack(fill_value=0)


if __name__ == "__main__":
    answer(measure)
