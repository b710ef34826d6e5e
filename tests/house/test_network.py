"""No test reaches beyond this machine."""

from __future__ import annotations

import socket
import urllib.request

import pytest
from pytest_socket import SocketConnectBlockedError

# pytest-socket warns, then raises; warnings are errors here, and it is the raising that is to be seen
pytestmark = pytest.mark.filterwarnings("ignore:A test tried to use socket")


def test_a_connection_to_another_machine_is_refused() -> None:
    """192.0.2.1 is for documentation (RFC 5737): nothing would answer, but nothing may be sent either."""
    with socket.socket() as outside, pytest.raises(SocketConnectBlockedError):
        outside.connect(("192.0.2.1", 80))


def test_so_is_one_through_a_library() -> None:
    with pytest.raises(SocketConnectBlockedError):
        urllib.request.urlopen("http://192.0.2.1/", timeout=1)


def test_a_name_is_not_looked_up_to_connect() -> None:
    with socket.socket() as outside, pytest.raises(SocketConnectBlockedError):
        outside.connect(("remit.example", 80))


def test_this_machine_may_be_reached() -> None:
    """Journeys talk to a server here."""
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
