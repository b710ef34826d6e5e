"""`remit serve`: the web and the API on this computer, in one process."""

from __future__ import annotations

import hashlib
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.cli.connections import allow_many, noting_arrivals
from remit.cli.database import open_database
from remit.cli.output import Exit, Json, Stopped, answering, say, show_json
from remit.kernel.moments import at_the_edge, london_day
from remit.kernel.names import readable_name

if TYPE_CHECKING:
    from remit.accounts.queries import DemoAccount

SECONDS_TO_FINISH = 10
"""How long requests may take to finish when the server is told to stop."""


def serve(
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="NUMBER", help="The port; 0 takes a free one.")
    ] = 8000,
    as_json: Json = False,
) -> None:
    """Serve the web pages and the API until stopped with Ctrl+C.

    One process, for one computer or a trial. With --json the address is written as one JSON object once the
    port is open.

    \b
    Examples:
      remit serve
      remit serve --port 8080
      REMIT_DEMO=1 remit serve
    """
    with answering(as_json):
        open_database(migrate=True)
        collect_static()
        allow_many()
        listener = listen(host, port)
        _announce(url_of(listener), as_json)
        _run(listener)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises `Stopped` where the port is taken or the address is not this computer's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return noting_arrivals(socket.create_server((host, port), family=family))
    except OSError as error:
        message = f"Cannot listen at {host}, port {port}: {error.strerror or error}. Try another --port."
        raise Stopped(Exit.FAILED, "port_unavailable", message) from error


def url_of(listener: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _announce(url: str, as_json: bool) -> None:
    from django.conf import settings

    accounts = []
    if settings.REMIT_DEMO:
        from remit.accounts.queries import demo_accounts

        accounts = demo_accounts(london_day(at_the_edge()))
    if as_json:
        show_json({"url": url, "accounts": accounts_json(accounts)})
        sys.stdout.flush()
    if accounts:
        say_accounts(accounts)
    say(f"Remit is at {url} (Ctrl+C stops it)")


def say_accounts(accounts: list[DemoAccount]) -> None:
    """The demo accounts, a line each, and their one password."""
    from remit.accounts.queries import DEMO_PASSWORD

    say(f"Demo accounts, all with the password {DEMO_PASSWORD}:")
    width = max(len(account.email) for account in accounts)
    for account in accounts:
        roles = "; ".join(
            f"{held.role_name}, {readable_name(held.organisation_name)}" for held in account.roles
        )
        say(f"  {account.email:<{width}}  {account.name}: {roles}")


def accounts_json(accounts: list[DemoAccount]) -> list[dict[str, Any]]:
    """The demo accounts for machines, passwords included: they are printed on the sign-in page as well."""
    from remit.accounts.queries import DEMO_PASSWORD

    return [
        {
            "name": account.name,
            "email": account.email,
            "password": DEMO_PASSWORD,
            "roles": [{"role": held.role, "organisation": held.organisation} for held in account.roles],
        }
        for account in accounts
    ]


def _run(listener: socket.socket) -> None:
    import uvicorn

    config = uvicorn.Config(
        "remit.config.asgi:application",
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
        server_header=False,
        proxy_headers=False,
        access_log=False,
        log_config=None,
        lifespan="off",
        ws="none",
    )
    server = uvicorn.Server(config)
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        say("Stopped.")


def collect_static() -> None:
    """Gather styles, scripts and pictures where they are served from, if any has changed."""
    from django.conf import settings
    from django.core.management import call_command

    marker = settings.STATIC_ROOT.parent / "static.collected"
    now = _fingerprint()
    if marker.exists() and settings.STATIC_ROOT.exists() and marker.read_text() == now:
        return
    say("Gathering styles and scripts …")
    call_command("collectstatic", verbosity=0, interactive=False)
    marker.write_text(now)


def _fingerprint() -> str:
    """What changes whenever a file to gather is added, removed or edited."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
