"""What must not lie open: the database's file, the folder of the state, and the secrets in addresses."""

from __future__ import annotations

import io
import logging
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from remit.config.logs import formatter
from remit.config.sqlite import keep_private, private_connection
from remit.kernel.moments import at_the_edge
from tests.factories import acting, make_person


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.slow
def test_a_new_database_and_its_folder_are_their_owners_alone(root: Path, tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("REMIT_", "DATABASE_"))}
    done = subprocess.run(
        [sys.executable, "-m", "remit.cli", "migrate"],
        env={**kept, "PYTHONPATH": str(root / "src"), "REMIT_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: os.umask(0o022),
    )
    assert done.returncode == 0, done.stderr
    assert mode(home) == 0o700
    assert mode(home / "remit.sqlite3") == 0o600


def test_the_files_beside_a_database_are_private_too(tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite3"
    connection = sqlite3.connect(str(file), factory=private_connection())
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE kept (value)")
    made = sorted(tmp_path.iterdir())
    assert [path.suffix for path in made] == [".sqlite3", ".sqlite3-shm", ".sqlite3-wal"]
    assert {mode(path) for path in made} == {0o600}
    connection.close()


def test_a_database_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite3"
    for path in (file, tmp_path / "state.sqlite3-wal"):
        path.touch()
        path.chmod(0o644)
    keep_private(str(file))
    assert {mode(path) for path in tmp_path.iterdir()} == {0o600}


@pytest.mark.parametrize("name", ["", ":memory:", "file:memory?mode=memory"])
def test_a_database_in_memory_has_no_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    keep_private(name)
    keep_private(tmp_path / "no-such-folder" / "state.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_somebody_elses_file_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "state.sqlite3"
    file.touch()
    file.chmod(0o644)
    monkeypatch.setattr("os.geteuid", lambda: file.stat().st_uid + 1)
    keep_private(file)
    assert mode(file) == 0o644


@pytest.fixture
def log() -> Any:
    """What is logged while a test runs, as it would be written."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


@pytest.mark.django_db
def test_the_secret_of_an_invitation_is_never_logged(log: io.StringIO) -> None:
    from remit.accounts.actions import accept_invitation, invite_person

    made = invite_person(
        email="dev@example.org",
        name="Dev Rao",
        role="organisation_administrator",
        organisation="QXX",
        by=acting(make_person(("organisation_administrator", "QXX"))),
        at=at_the_edge(),
        once="1",
    )
    accept_invitation(token=made.token, password="three quiet green otters", at=at_the_edge())
    assert Client().get(f"/people/accept/{made.token}/").status_code == 409
    assert Client().get("/people/accept/made-up-token/").status_code == 404
    said = log.getvalue()
    assert "Conflict: /people/accept/[hidden]/" in said
    assert "Not Found: /people/accept/[hidden]/" in said
    assert made.token not in said
    assert "made-up-token" not in said


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (
            "Bad Request: /accounts/password/reset/key/2x-abc123-0ff/",
            "/accounts/password/reset/key/[hidden]/",
        ),
        ("to http://here/people/accept/s3cret", "http://here/people/accept/[hidden]"),
        ("GET '/people/accept/s3cret?x=1' failed", "'/people/accept/[hidden]?x=1' failed"),
    ],
)
def test_secrets_are_taken_out_wherever_they_stand(log: io.StringIO, said: str, written: str) -> None:
    logging.getLogger("somewhere").warning("%s", said)
    try:
        raise ValueError(said)
    except ValueError:
        logging.getLogger("somewhere").exception("It went wrong")
    lines = log.getvalue().splitlines()
    assert len(lines) == 2
    for line in lines:
        assert written in line
        assert "s3cret" not in line
        assert "abc123" not in line
