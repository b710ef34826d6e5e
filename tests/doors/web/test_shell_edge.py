"""The edge: what reaches Django, when it was stamped, and what is turned away before."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import RequestFactory

from remit.web.edge import STAMP, Edge, received_at


class FakeApp:
    """An ASGI application that notes what it was given."""

    def __init__(self) -> None:
        self.seen: list[dict[str, Any]] = []
        self.running = self.most = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            self.seen.append({"scope": scope})
            return
        self.running += 1
        self.most = max(self.most, self.running)
        first = await receive()
        self.seen.append({"scope": scope, "body": first["body"], "more": first["more_body"]})
        await asyncio.sleep(0.01)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})
        self.seen[-1]["after"] = (await receive())["type"]
        self.running -= 1


def scope(*headers: tuple[bytes, bytes]) -> dict[str, Any]:
    return {"type": "http", "method": "POST", "path": "/", "headers": list(headers)}


def ask(edge: Edge, messages: list[dict[str, Any]], asked: dict[str, Any]) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []
    waiting = [*messages, {"type": "http.disconnect"}]

    async def receive() -> dict[str, Any]:
        return waiting.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(edge(asked, receive, send))
    return sent


def part(body: bytes, *, more: bool) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


def test_the_whole_body_arrives_as_one_message_and_then_the_disconnect() -> None:
    app = FakeApp()
    sent = ask(
        Edge(app, cap=100), [part(b"a", more=True), part(b"b", more=True), part(b"", more=False)], scope()
    )
    assert app.seen[0]["body"] == b"ab"
    assert app.seen[0]["more"] is False
    assert app.seen[0]["after"] == "http.disconnect"
    assert sent[0]["status"] == 200


def test_the_stamp_is_taken_at_the_last_byte_and_a_client_cannot_choose_it() -> None:
    clock = iter([1_000.5])
    app = FakeApp()
    ask(
        Edge(app, cap=9, clock=lambda: next(clock)),
        [part(b"", more=False)],
        scope((b"X-Request-Start", b"t=1.0")),
    )
    given = app.seen[0]["scope"]
    stamps = [value for name, value in given["headers"] if name.lower() == b"x-request-start"]
    assert stamps == [b"t=1000.500000"]
    assert given[STAMP] == 1000.5


def test_a_client_that_leaves_early_is_dropped_in_silence() -> None:
    app = FakeApp()
    assert ask(Edge(app, cap=9), [part(b"half", more=True)], scope()) == []
    assert app.seen == []


@pytest.mark.parametrize(
    ("messages", "header"),
    [
        ([part(b"x" * 11, more=False)], ()),
        ([part(b"x" * 6, more=True), part(b"x" * 6, more=False)], ()),
        ([], ((b"content-length", b"11"),)),
    ],
    ids=["at once", "in parts", "declared"],
)
def test_a_body_over_the_cap_is_answered_413_before_django(messages: Any, header: Any) -> None:
    app = FakeApp()
    sent = ask(Edge(app, cap=10), messages, scope(*header))
    assert sent[0]["status"] == 413
    assert app.seen == []


def test_a_body_of_exactly_the_cap_passes() -> None:
    app = FakeApp()
    ask(Edge(app, cap=10), [part(b"x" * 10, more=False)], scope((b"content-length", b"10")))
    assert app.seen[0]["body"] == b"x" * 10


def test_four_run_at_a_time_and_a_slow_body_holds_no_slot() -> None:
    app = FakeApp()
    edge = Edge(app, cap=10)

    async def slow() -> dict[str, Any]:
        await asyncio.sleep(30)
        raise AssertionError("the slow client was waited for")

    async def quick_one() -> None:
        waiting = [part(b"", more=False), {"type": "http.disconnect"}]

        async def receive() -> dict[str, Any]:
            return waiting.pop(0)

        async def send(message: Any) -> None:
            pass

        await edge(scope(), receive, send)

    async def all_of_them() -> None:
        async def send(message: Any) -> None:
            pass

        slow_ones = [asyncio.create_task(edge(scope(), slow, send)) for _ in range(20)]
        await asyncio.sleep(0)
        await asyncio.wait_for(asyncio.gather(*(quick_one() for _ in range(12))), timeout=5)
        for task in slow_ones:
            task.cancel()
        await asyncio.gather(*slow_ones, return_exceptions=True)

    asyncio.run(all_of_them())
    assert app.most == 4
    assert len(app.seen) == 12


def test_other_kinds_of_connection_pass_through() -> None:
    app = FakeApp()
    ask(Edge(app, cap=1), [], {"type": "lifespan"})
    assert app.seen == [{"scope": {"type": "lifespan"}}]


def test_views_read_the_wrappers_stamp(rf: RequestFactory) -> None:
    request = rf.get("/", headers={"x-request-start": "t=5"})
    request.scope = {STAMP: 1_000.25}  # type: ignore[attr-defined]
    assert received_at(request) == datetime(1970, 1, 1, 0, 16, 40, 250000, tzinfo=UTC)


def test_the_header_counts_only_where_our_proxy_sets_it(rf: RequestFactory, settings: Any) -> None:
    request = rf.get("/", headers={"x-request-start": "t=1000.25"})
    assert received_at(request).year > 2000
    settings.REMIT_TRUST_REQUEST_START = True
    assert received_at(request) == datetime(1970, 1, 1, 0, 16, 40, 250000, tzinfo=UTC)


@pytest.mark.parametrize("header", ["", "t=", "soon", "t=1e400", "t=nan"])
def test_a_broken_header_is_as_good_as_none(rf: RequestFactory, settings: Any, header: str) -> None:
    settings.REMIT_TRUST_REQUEST_START = True
    assert received_at(rf.get("/", headers={"x-request-start": header})).year > 2000
