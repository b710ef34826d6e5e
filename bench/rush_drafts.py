"""What a deadline rush begins with: invented commissioners, their officers signed in, and complete drafts.

The first draft of twelve sections is filled in by its actions, the others are copies of its rows; each is signed by
both sides. Sessions are written as signing in would write them; what is measured is submitting.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, product
from typing import Any

from bench.apart import say

ROUND = "rush"
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
    """So many commissioners with a complete and signed draft each, and their forms."""
    from django.conf import settings
    from django.db import transaction

    from bench import full_round

    # Their passwords are never used here, and a thousand good hashes take a minute.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    say(f"  inventing {count:,} commissioners with complete drafts of twelve sections")
    every = codes(count)
    then = now - timedelta(hours=1)
    full_round.load_commissioners(every, now - timedelta(days=200))
    planned = full_round.plan_round(now + timedelta(days=1), now, ROUND)
    full_round.open_round(planned)
    first = full_round.fill_one(planned, every[0], 0, then)
    drafts = {every[0]: first, **full_round.copy_drafts(first, every[1:], then)}
    made = []
    for start in range(0, count, AT_ONCE):
        # Not all in one: each act changes the ledger's head, and PostgreSQL keeps all versions of a row until then.
        with transaction.atomic():
            for code in every[start : start + AT_ONCE]:
                _sign(drafts[code], code, now)
                made.append((_officer(code, now), drafts[code]))
    return _signed_in(made, now)


def _sign(application: str, code: str, now: datetime) -> None:
    """By both sides."""
    from bench.full_round import REGION
    from remit.delegation.actions import sign_application
    from remit.demo.timeline.events import local_officer_at, officer_of

    for by in (officer_of(code), local_officer_at(REGION)):
        sign_application(application=application, name="Ada Marsh", post="Accountable Officer", by=by, at=now)


def _officer(code: str, now: datetime) -> Any:
    """Somebody who submits for a commissioner."""
    from remit.accounts.actions import register_person
    from remit.cli.owner import owner

    return register_person(
        email=f"officer-{code.lower()}@rush.remit.example",
        name=f"Officer of {code}",
        password="not-used-by-anybody-1",
        roles=[("commissioner_officer", code)],
        by=owner(),
        at=now,
    )


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
