"""What a deadline rush begins with: invented commissioners, their officers signed in, and complete drafts.

Everything that the rooms know is made by their actions. Sessions are written as signing in would write them;
what is measured is submitting.
"""

from __future__ import annotations

import csv
import io
import re
import string
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, product
from typing import Any

from bench.apart import say

ROUND = "rush"
ANSWERS = {
    "evidence": "ballot",
    "asked_on": "2026-01-08",
    "constitution": "amended",
    "benefits": "Longer opening hours, and one team for people who live with several conditions. " * 6,
}
AT_ONCE = 50
KNOWN_FIELDS = {"csrfmiddlewaretoken"}


@dataclass(frozen=True)
class Ready:
    """One officer's form, ready to be sent: where, and with what."""

    application: str
    path: str
    cookies: str
    body: str


def codes(count: int) -> list[str]:
    """So many codes: two digits and a letter, as CCGs had."""
    every = product(string.digits, string.digits, string.ascii_uppercase)
    return ["".join(each) for each in islice(every, count)]


def make(count: int, now: datetime) -> list[Ready]:
    """So many commissioners with a complete draft each, and their forms."""
    from django.conf import settings
    from django.db import transaction

    # Their passwords are never used here, and a thousand good hashes take a minute.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    say(f"  inventing {count:,} commissioners with complete drafts")
    every = codes(count)
    _load_commissioners(every, now)
    _open_round(now)
    made = []
    for start in range(0, count, AT_ONCE):
        # Not all in one: each act changes the ledger's head, and PostgreSQL keeps all versions of a row until then.
        with transaction.atomic():
            made += [_draft(code, now) for code in every[start : start + AT_ONCE]]
    return _signed_in(made, now)


def _load_commissioners(of: list[str], now: datetime) -> None:
    from remit.cli.owner import owner
    from remit.register.actions import Provenance, import_file

    file = io.StringIO()
    rows = [(f"E54{number:06}", code, f"NHS Rush {code} ICB") for number, code in enumerate(of)]
    csv.writer(file).writerows([("ICB24CD", "ICB24CDH", "ICB24NM"), *rows])
    import_file(
        kind="commissioners",
        data=file.getvalue().encode(),
        provenance=Provenance("icb-2024-12.csv", now.date()),
        by=owner(),
        at=now,
    )


def _open_round(now: datetime) -> None:
    from remit.cli.owner import owner
    from remit.delegation.actions import open_round
    from remit.engines.deadlines import Deadline

    open_round(
        code=ROUND,
        title="A round with a rush",
        level=3,
        opens_at=now - timedelta(days=1),
        deadline=Deadline(now + timedelta(days=1)),
        decisions_due_on=None,
        effective_on=now.date() + timedelta(days=60),
        by=owner(),
        at=now,
    )


def _draft(code: str, now: datetime) -> tuple[Any, str]:
    """The officer, and the id of the draft with every answer."""
    from remit.accounts.actions import register_person
    from remit.cli.owner import owner
    from remit.delegation.actions import begin_application, save_answer
    from remit.kernel.actor import Actor, RoleAt

    role = "commissioner_officer"
    person = register_person(
        email=f"officer-{code.lower()}@rush.remit.example",
        name=f"Officer of {code}",
        password="not-used-by-anybody-1",
        roles=[(role, code)],
        by=owner(),
        at=now,
    )
    by = Actor(person=person.pk, acting_for=code, roles=frozenset({RoleAt(role, code)}))
    made = begin_application(round_code=ROUND, commissioner=code, by=by, at=now)
    for question, answer in ANSWERS.items():
        save_answer(application=made.pk, question=question, answer=answer, by=by, at=now)
    return person, made.pk


def _signed_in(made: list[tuple[Any, str]], now: datetime) -> list[Ready]:
    """A session for each officer, and the form that their browser would send."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.urls import reverse
    from django.utils.crypto import get_random_string

    store, rows, ready = SessionStore(), [], []
    for person, application in made:
        held = {
            SESSION_KEY: person.pk,
            BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend",
            HASH_SESSION_KEY: person.get_session_auth_hash(),
        }
        key, secret = get_random_string(32, string.ascii_lowercase), get_random_string(32)
        rows.append(
            Session(session_key=key, session_data=store.encode(held), expire_date=now + timedelta(days=1))
        )
        cookies = f"{settings.SESSION_COOKIE_NAME}={key}; {settings.CSRF_COOKIE_NAME}={secret}"
        path = reverse("check_answers", args=[application])
        ready.append(Ready(application, path, cookies, f"csrfmiddlewaretoken={secret}"))
    Session.objects.bulk_create(rows)
    _check_form(ready[0])
    return ready


def _check_form(ready: Ready) -> None:
    """The form on the page has the fields that we send and no others. Raises `ValueError`."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost", headers={"cookie": ready.cookies})
    page = client.get(ready.path)
    [form] = re.findall(r'<form method="post".*?</form>', page.content.decode(), re.S) or [""]
    fields = set(re.findall(r'<(?:input|textarea|select)[^>]*\bname="([^"]+)"', form))
    if page.status_code != 200 or fields != KNOWN_FIELDS:
        raise ValueError(f"the page answered {page.status_code} with the fields {sorted(fields)}")


def set_deadline(at: datetime, alias: str) -> None:
    """Move the deadline to a moment soon. No act can, and rightly so; drafts take longer to make than it is away."""
    from remit.delegation.models import Round

    Round.objects.using(alias).filter(pk=ROUND).update(deadline_at=at)


def stamps(alias: str) -> dict[str, float]:
    """When each submission was received, as written down in a database: seconds since 1970, by application."""
    from remit.delegation.models import Application

    rows = Application.objects.using(alias).filter(submitted_at__isnull=False)
    return {pk: at.timestamp() for pk, at in rows.values_list("pk", "submitted_at")}
