"""The commands as programs of their own: a fresh folder, the real streams, and the server."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from remit.accounts.queries import DEMO_PASSWORD
from remit.cli import serve
from tests.doors.cli.conftest import Ran

pytestmark = pytest.mark.slow

Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """The environment of a new user: a folder of their own, SQLite."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REMIT_DEMO")}
    return kept | {"REMIT_HOME": str(tmp_path / "fresh"), "DJANGO_SETTINGS_MODULE": "remit.config.settings"}


@pytest.fixture
def program(surroundings: dict[str, str]) -> Program:
    def run(*words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "remit.cli", *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, env=surroundings, check=False)

    return run


def test_a_fresh_folder_is_set_up_by_the_first_import(program: Program, payments_file: Path) -> None:
    early = program("as-at", "2014-06-01", "--json")
    assert (early.returncode, json.loads(early.stdout)["error"]) == (1, "not_migrated")
    assert "remit migrate" in early.stderr
    loaded = program("import", "payments", payments_file, "--json")
    assert (loaded.returncode, json.loads(loaded.stdout)["practices"]) == (0, 3)
    assert "Setting up the database" in loaded.stderr
    assert json.loads(program("as-at", "2014-06-01", "--json").stdout)["commissioners"] == 2
    assert json.loads(program("migrate", "--json").stdout) == {"applied": 0}


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """A shell starts what runs in the background deaf to Ctrl+C; the server must not inherit that from us."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def served(
    ctrl_c: None, surroundings: dict[str, str]
) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """A server, and what it said when its port was open."""
    command = [sys.executable, "-m", "remit.cli", "serve", "--port", "0", "--json"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=surroundings,
    ) as server:
        assert server.stdout is not None
        lines = []
        for line in server.stdout:
            lines.append(line)
            if line == "}\n":
                break
        yield server, json.loads("".join(lines))
        server.kill()


def test_the_server_answers_and_stops_when_told(
    served: tuple[subprocess.Popen[str], dict[str, Any]], surroundings: dict[str, str]
) -> None:
    server, said = served
    assert said["accounts"] == []
    with urlopen(said["url"] + "/") as answer:
        assert answer.status == 200
        assert "server" not in answer.headers
        assert "<html" in answer.read().decode()
    assert (Path(surroundings["REMIT_HOME"]) / "static" / "staticfiles.json").exists()
    server.send_signal(signal.SIGINT)
    out, err = server.communicate(timeout=20)
    assert (server.returncode, out) == (0, "")
    assert f"Remit is at {said['url']}" in err
    assert err.endswith("Stopped.\n")


# -- parts of it, in this process ----------------------------------------------------------------------------


def test_a_port_that_is_taken_is_said_plainly(
    remit: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("remit.cli.serve.open_database", lambda **_: 0)
    monkeypatch.setattr("remit.cli.serve.collect_static", lambda: None)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = remit("serve", "--port", taken.getsockname()[1], "--json")
    assert (ran.code, ran.json["error"]) == (1, "port_unavailable")
    assert "--port" in ran.stderr


@pytest.mark.django_db
def test_in_demo_mode_the_accounts_are_announced(
    remit: Callable[..., Ran], settings: Any, payments_file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remit("demo", "--data", payments_file.parent)
    monkeypatch.setattr("remit.cli.serve.collect_static", lambda: None)
    monkeypatch.setattr("remit.cli.serve._run", lambda listener: listener.close())
    assert remit("serve", "--port", 0, "--json").json["accounts"] == []
    settings.REMIT_DEMO = True
    ran = remit("serve", "--port", 0, "--json")
    assert {account["password"] for account in ran.json["accounts"]} == {DEMO_PASSWORD}
    assert all(account["email"] in ran.stderr for account in ran.json["accounts"])
    assert remit("serve", "--port", 0).stdout == ""


def test_a_folder_that_cannot_be_made_is_said_plainly(
    remit: Callable[..., Ran], tmp_path: Path, settings: Any
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    settings.REMIT_HOME = in_the_way / "home"
    ran = remit("as-at", "2015-01-01", "--json")
    assert (ran.code, ran.json["error"]) == (1, "no_home")
    assert "REMIT_HOME" in ran.stderr


def test_the_address_of_an_ipv6_host_is_one_a_browser_takes() -> None:
    with serve.listen("::1", 0) as listener:
        assert serve.url_of(listener) == f"http://[::1]:{listener.getsockname()[1]}"


def test_styles_are_gathered_again_only_when_one_changed(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "page.css").write_text("a{}", encoding="utf-8")
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    from django.contrib.staticfiles.finders import get_finder

    get_finder.cache_clear()
    gathered = settings.STATIC_ROOT / "page.css"
    serve.collect_static()
    assert gathered.read_text() == "a{}"
    gathered.write_text("untouched", encoding="utf-8")
    serve.collect_static()
    assert gathered.read_text() == "untouched"
    (source / "page.css").write_text("a{color:red}", encoding="utf-8")
    os.utime(source / "page.css", (4e9, 4e9))
    serve.collect_static()
    assert gathered.read_text() == "a{color:red}"
    get_finder.cache_clear()
