"""The two real servers of a deadline rush: `remit serve`, and nginx with gunicorn as in deploy/."""

from __future__ import annotations

import http.client
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.apart import ROOT, Failed

DEPLOY = ROOT / "deploy"
HOST = "127.0.0.1"
WAIT_FOR_START = 60.0

WORKER_PRIORITY = "worker_priority -10;"
"""As deploy/README.md advises; only root may give it."""

NGINX = """\
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
worker_processes auto;
{priority}
worker_rlimit_nofile {files};
events {{ worker_connections 8192; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream remit {{ server unix:{folder}/gunicorn.sock fail_timeout=0; }}
    limit_req_zone $binary_remote_addr zone=remit_sign_in:10m rate=5r/s;
    server {{
        listen {host}:{port} backlog=4096;
        include {proxy};
    }}
}}
"""


def nginx_is_here() -> bool:
    """Whether nginx is installed."""
    return nginx() is not None


def nginx() -> str | None:
    """The program, also where it is not on an ordinary user's path."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def free_port() -> int:
    """A port that nobody listens at now."""
    with socket.create_server((HOST, 0)) as made:
        return int(made.getsockname()[1])


@contextmanager
def embedded(home: Path, environment: dict[str, str]) -> Iterator[int]:
    """`remit serve`, as anybody would start it; its port."""
    port = free_port()
    command = [sys.executable, "-m", "remit.cli", "serve", "--host", HOST, "--port", str(port)]
    with running(command, home / "serve.log", environment):
        wait_until_answering(port)
        yield port


@contextmanager
def behind_nginx(home: Path, environment: dict[str, str]) -> Iterator[int]:
    """nginx and gunicorn with the files of deploy/, over HTTP at a free port."""
    program = nginx()
    if program is None:
        raise Failed("nginx is not installed")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="remit-nginx-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx's workers are another user when it is started as root
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        text = NGINX.format(
            folder=folder,
            host=HOST,
            port=port,
            proxy=DEPLOY / "nginx" / "remit-proxy.conf",
            priority=WORKER_PRIORITY if os.geteuid() == 0 else "",
            files=hard if hard != resource.RLIM_INFINITY else soft,
        )
        (folder / "nginx.conf").write_text(text)
        socket_at = f"unix:{folder}/gunicorn.sock"
        gunicorn = [sys.executable, "-m", "gunicorn", "-c", str(DEPLOY / "gunicorn.conf.py"), "-b", socket_at]
        trusting = {**environment, "REMIT_TRUST_REQUEST_START": "1"}
        with (
            running([*gunicorn, "remit.config.wsgi"], home / "gunicorn.log", trusting),
            running([program, "-c", str(folder / "nginx.conf")], home / "nginx.out", environment),
        ):
            wait_until_answering(port)
            yield port


@contextmanager
def running(command: list[str], log: Path, environment: dict[str, str]) -> Iterator[None]:
    """A server for as long as it is needed; what it says is kept in `log`. Ends what it started, and only that."""
    with log.open("wb") as out:
        made = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            yield
        finally:
            made.send_signal(signal.SIGTERM)
            try:
                made.wait(timeout=20)
            except subprocess.TimeoutExpired:
                made.kill()
                made.wait()


def wait_until_answering(port: int) -> None:
    """Until a page comes. Raises `Failed` after a minute."""
    end = time.monotonic() + WAIT_FOR_START
    while time.monotonic() < end:
        if status_of(port, "/rounds/") == 200:
            return
        time.sleep(0.2)
    raise Failed("the server did not answer within a minute")


def status_of(port: int, path: str, cookies: str = "") -> int:
    """What a page answers with; 0 where nobody listens yet."""
    made = http.client.HTTPConnection(HOST, port, timeout=30)
    try:
        made.request("GET", path, headers={"Cookie": cookies} if cookies else {})
        return made.getresponse().status
    except OSError:
        return 0
    finally:
        made.close()


def environment_for(home: Path, settings: str, database: str | None) -> dict[str, str]:
    """What a server is started with."""
    made = {
        **os.environ,
        "REMIT_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    made.pop("DATABASE_URL", None)
    if database is not None:
        made["DATABASE_URL"] = database
    return made
