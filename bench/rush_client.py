"""The thousand browsers of a deadline rush: connections opened early, each last byte held back until its instant.

Run in a process of its own. Reads a plan as JSON on standard input and writes what was measured as JSON.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

CONNECT_AT_ONCE = 100
LONGEST = 600.0
SPOOFED = {"in time": "t=4102444800.0", "late": "t=1000000000.0"}
"""What each client claims in X-Request-Start: it must not count. Those in time claim the year 2100, late ones 2001."""


@dataclass
class Sent:
    """One submission: when its last byte was given to the network (between `before` and `after`), and the answer.

    Instants are seconds since 1970. `status` is 0 where no answer came.
    """

    application: str
    before: float = 0.0
    after: float = 0.0
    answered: float = 0.0
    status: int = 0
    location: str = ""


def schedule(count: int, deadline: float, margin: float) -> Iterator[tuple[float, str]]:
    """So many instants, evenly spread over the second before the deadline but for its last `margin` seconds, and
    as many over the second after."""
    for name, start, length in (("in time", deadline - 1, 1 - margin), ("late", deadline, 1.0)):
        yield from ((start + (number + 0.5) / count * length, name) for number in range(count))


def request_of(form: dict[str, str], host: str, claim: str) -> bytes:
    """The whole request, as a browser sends it."""
    body = form["body"]
    head = (
        f"POST {form['path']} HTTP/1.1",
        f"Host: {host}",
        f"Origin: http://{host}",
        f"Cookie: {form['cookies']}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "Accept: text/html",
        "Accept-Language: en-GB",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        f"X-Request-Start: {claim}",
        f"X_Request_Start: {claim}",
        "Connection: close",
    )
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()


async def connect(address: tuple[str, int]) -> socket.socket:
    """An open connection on which a single byte leaves at once."""
    made = socket.socket()
    made.setblocking(False)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    await asyncio.get_running_loop().sock_connect(made, address)
    return made


async def submit(
    plan: dict[str, Any], form: dict[str, str], slot: tuple[float, str], connecting: asyncio.Semaphore
) -> Sent:
    """Open, send all but the last byte, wait for the instant, send it, read the answer."""
    loop = asyncio.get_running_loop()
    due, kind = slot
    sent = Sent(form["application"])
    whole = request_of(form, f"{plan['host']}:{plan['port']}", SPOOFED[kind])
    async with connecting:
        made = await connect((plan["host"], plan["port"]))
        await loop.sock_sendall(made, whole[:-1])
    with made:
        await asyncio.sleep(due - time.time())
        sent.before = time.time()
        made.send(whole[-1:])
        sent.after = time.time()
        answer = await read(made)
    sent.answered = time.time()
    head = answer.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    sent.status = int(head[0].split(" ")[1]) if head[0] else 0
    sent.location = next((row[10:] for row in head if row.lower().startswith("location: ")), "")
    return sent


async def read(made: socket.socket) -> bytes:
    """All that comes until the server closes."""
    loop = asyncio.get_running_loop()
    parts: list[bytes] = []
    try:
        async with asyncio.timeout(LONGEST):
            while part := await loop.sock_recv(made, 65536):
                parts.append(part)
    except (TimeoutError, ConnectionError):
        return b""
    return b"".join(parts)


async def rush(plan: dict[str, Any]) -> list[Sent]:
    """Every submission of the plan."""
    connecting = asyncio.Semaphore(CONNECT_AT_ONCE)
    slots = schedule(plan["count"], plan["deadline"], plan["margin"])
    pairs = zip(plan["forms"], slots, strict=True)
    return await asyncio.gather(*(submit(plan, form, slot, connecting) for form, slot in pairs))


def allow_many_connections(count: int) -> None:
    """Raise this process's limit of open files, as far as it may. Raises `SystemExit` where that is too few."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count + 100
    if soft < wanted:
        if hard != resource.RLIM_INFINITY and hard < wanted:
            sys.exit(
                f"error: {count} connections need {wanted} open files, and the limit is {hard} (ulimit -n)"
            )
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    allow_many_connections(len(asked["forms"]))
    json.dump([asdict(each) for each in asyncio.run(rush(asked))], sys.stdout)
