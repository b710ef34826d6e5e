"""The connections of `remit serve` know when bytes arrived, however late they are read."""

from __future__ import annotations

import resource
import socket
import sys
import time
from collections.abc import Iterator

import pytest

from remit.cli import connections
from remit.cli.connections import Connection, Listener, allow_many, arrived_at, noting_arrivals


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """A client's socket, and the server's side of it."""
    with (
        noting_arrivals(socket.create_server(("127.0.0.1", 0))) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        server, _ = listener.accept()
        with server:
            yield client, server


def noted(client: socket.socket) -> float | None:
    return arrived_at({"client": client.getsockname()})


def test_the_last_byte_counts_and_not_when_it_is_read(pair: tuple[socket.socket, socket.socket]) -> None:
    assert sys.platform == "linux", "only Linux notes it: this test belongs to CI, which has Linux"
    client, server = pair
    client.sendall(b"all but the last by")
    time.sleep(0.05)
    before = time.time()
    client.sendall(b"te")
    after = time.time()
    time.sleep(0.2)
    assert server.recv(100) == b"all but the last byte"
    at = noted(client)
    assert at is not None
    assert before - 0.001 <= at <= after + 0.05


def test_nobody_else_is_known(pair: tuple[socket.socket, socket.socket]) -> None:
    client, server = pair
    client.sendall(b"x")
    server.recv(1)
    assert arrived_at({"client": ("127.0.0.1", 1)}) is None
    assert arrived_at({"client": None}) is None
    assert arrived_at({}) is None


def test_what_is_read_without_a_note_leaves_none_behind(pair: tuple[socket.socket, socket.socket]) -> None:
    client, server = pair
    client.sendall(b"x")
    server.recv(1)
    assert noted(client) is not None
    server.setsockopt(socket.SOL_SOCKET, connections.SO_TIMESTAMPNS, 0)
    client.sendall(b"y")
    assert server.recv(1) == b"y"
    assert noted(client) is None, "a note of earlier bytes would make a late submission early"


def test_a_closed_connection_is_forgotten(pair: tuple[socket.socket, socket.socket]) -> None:
    client, server = pair
    client.sendall(b"x")
    server.recv(1)
    server.close()
    assert noted(client) is None
    assert client.getsockname() not in connections._arrived


def test_where_the_kernel_notes_nothing_sockets_stay_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections.sys, "platform", "darwin")
    with socket.create_server(("127.0.0.1", 0)) as plain:
        assert noting_arrivals(plain) is plain


def test_a_listener_keeps_its_address() -> None:
    plain = socket.create_server(("127.0.0.1", 0))
    address = plain.getsockname()
    with noting_arrivals(plain) as listener:
        assert isinstance(listener, Listener)
        assert listener.getsockname() == address
        with socket.create_connection(address):
            server, _ = listener.accept()
            with server:
                assert isinstance(server, Connection)


def test_as_many_connections_as_the_system_allows() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(before[0], 512), before[1]))
        allow_many()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (before[1], before[1])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
