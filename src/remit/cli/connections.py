"""The connections of `remit serve`: how many there may be, and when the last bytes on each arrived.

In a rush before a deadline this process is busy, and would see bytes some hundredths of a second after they
arrived: too late for whoever sent them just in time. So on Linux the kernel notes when they did, and the receipt
stamp is taken from that. Elsewhere it is the clock when the bytes are read.
"""

from __future__ import annotations

import socket
import struct
import sys
from collections.abc import Mapping
from typing import Any

SO_TIMESTAMPNS = 35
"""Asks Linux to note when bytes arrive, to the nanosecond (asm-generic/socket.h); Python has no name for it."""
NOTE = struct.Struct("@qq")
ROOM = socket.CMSG_SPACE(NOTE.size)

_arrived: dict[Any, float] = {}


def arrived_at(scope: Mapping[str, Any]) -> float | None:
    """When the last bytes that were read of an ASGI connection arrived: seconds since 1970, or None if nobody noted."""
    client = scope.get("client")
    return _arrived.get(tuple(client)) if client else None


class Connection(socket.socket):
    """A client's connection. Reading it keeps the kernel's note of when what was read arrived."""

    peer: Any = None

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """As any socket's; what is read without a note leaves none behind."""
        data, notes, _, _ = self.recvmsg(size, ROOM, flags)
        found = [
            NOTE.unpack(raw)
            for level, kind, raw in notes
            if (level, kind, len(raw)) == (socket.SOL_SOCKET, SO_TIMESTAMPNS, NOTE.size)
        ]
        if found:
            whole, nano = found[-1]
            _arrived[self.peer] = whole + nano / 1e9
        elif data:
            _arrived.pop(self.peer, None)
        return data

    def close(self) -> None:
        """Forget it too."""
        _arrived.pop(self.peer, None)
        super().close()


class Listener(socket.socket):
    """A listening socket whose connections know when bytes arrived."""

    def accept(self) -> tuple[socket.socket, Any]:
        """The next connection, and who it is from."""
        plain, address = super().accept()
        made = Connection(plain.family, plain.type, plain.proto, fileno=plain.detach())
        made.peer = address[:2]
        return made, address


def noting_arrivals(listener: socket.socket) -> socket.socket:
    """The same listening socket, with connections that note arrivals where the kernel can."""
    if sys.platform != "linux":
        return listener
    try:
        listener.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)  # connections inherit it
    except OSError:
        return listener
    return Listener(listener.family, listener.type, listener.proto, fileno=listener.detach())


def allow_many() -> None:
    """As many open files as the system lets this process have: each connection is one, and the usual limit is 1,024."""
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    except (OSError, ValueError):
        return
