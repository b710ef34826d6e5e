"""The edge: when a request was received, and the wrapper that stamps it and guards Django (ADR 0004).

Whether something came before a deadline is judged by when its last byte reached us, not by when a busy
server got round to it. So the wrapper stamps each request at its last byte, and views read that stamp.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from remit.kernel.moments import at_the_edge

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

HEADER = b"x-request-start"
STAMP = "remit.received_at"
AT_ONCE = 4
TOO_LARGE = (
    b'<!DOCTYPE html><html lang="en"><head><title>The file is too large - Remit</title></head><body>'
    b"<h1>The file is too large</h1><p>Nothing was saved. Go back and send a smaller file, or split it.</p>"
    b"</body></html>"
)


class ClientGone(Exception):
    """The client left before its request was whole."""


class TooLarge(Exception):
    """The body is over the cap."""


async def whole_body(receive: Receive, cap: int) -> bytes:
    """Every byte of the body. Raises `ClientGone` or `TooLarge`."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        part = message.get("body", b"")
        size += len(part)
        if size > cap:
            raise TooLarge
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def declared_length(scope: Message) -> int:
    """The Content-Length the client declared; 0 where there is none or it is not a number."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


def stamped(scope: Message, at: float) -> Message:
    """The scope with our own receipt stamp in place of any the client sent."""
    headers = [(name, value) for name, value in scope["headers"] if name.lower() != HEADER]
    headers.append((HEADER, f"t={at:.6f}".encode()))
    return {**scope, "headers": headers, STAMP: at}


def replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body as one message, then passes the client's (a disconnect) on."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def give() -> Message:
        return waiting.pop() if waiting else await receive()

    return give


async def answer_too_large(send: Send) -> None:
    """413, and the connection closes because the rest of the body was not read."""
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(TOO_LARGE)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": TOO_LARGE})


class Edge:
    """The ASGI wrapper: whole body first, capped; stamped at the last byte; few at a time.

    A slow client therefore never holds one of the slots. Anything but HTTP passes through. `arrived_at` says when
    the last bytes of a connection arrived, if anybody noted it (`remit serve` does); else the clock is read.
    """

    def __init__(
        self,
        app: App,
        *,
        cap: int,
        at_once: int = AT_ONCE,
        clock: Callable[[], float] = time.time,
        arrived_at: Callable[[Message], float | None] = lambda scope: None,
    ) -> None:
        self.app, self.cap, self.clock, self.arrived_at = app, cap, clock, arrived_at
        self.slots = asyncio.Semaphore(at_once)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            if declared_length(scope) > self.cap:
                raise TooLarge
            body = await whole_body(receive, self.cap)
        except ClientGone:
            return
        except TooLarge:
            await answer_too_large(send)
            return
        noted = self.arrived_at(scope)
        scope = stamped(scope, self.clock() if noted is None else noted)
        async with self.slots:
            await self.app(scope, replayed(body, receive), send)


def received_at(request: HttpRequest) -> datetime:
    """When the request's last byte reached us, UTC.

    From our own wrapper's stamp; else from the proxy's ``X-Request-Start: t=<seconds>`` when the settings say
    that a proxy sets it (a client could otherwise choose its own time); else the clock, now.
    """
    scope = getattr(request, "scope", {})
    if STAMP in scope:
        return datetime.fromtimestamp(scope[STAMP], UTC)
    header = request.headers.get("X-Request-Start", "") if settings.REMIT_TRUST_REQUEST_START else ""
    try:
        return datetime.fromtimestamp(float(header.removeprefix("t=")), UTC)
    except (ValueError, OverflowError, OSError):
        return at_the_edge()
