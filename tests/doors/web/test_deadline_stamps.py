"""A client cannot choose when its submission was received: not of `remit serve`, and of gunicorn only our proxy can."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from django.core.handlers.asgi import ASGIRequest

from remit.delegation.models import Application
from remit.web.edge import Edge, received_at
from tests.delegation_doors import Asking, asking
from tests.delegation_factories import DEADLINE, draft, london, make_commissioners, make_round

IN_TIME = london(2015, 1, 8, 9)


@pytest.fixture
def officer(db: None) -> Asking:
    """An officer of 00C, whose every request claims to have come on the day before the deadline of 2015."""
    make_commissioners("00C")
    make_round()
    return asking("commissioner_officer", "00C", at=IN_TIME)


@pytest.mark.parametrize(
    ("is_trusted", "status", "stamped"),
    [(False, 409, None), (True, 302, IN_TIME)],
    ids=["no proxy", "our proxy"],
)
def test_a_claim_counts_only_from_our_own_proxy(
    officer: Asking, settings: Any, is_trusted: bool, status: int, stamped: object
) -> None:
    """Without a proxy, the clock of the server says that 2015 is long over."""
    settings.REMIT_TRUST_REQUEST_START = is_trusted
    made = draft("2015-level-3", "00C", at=IN_TIME)
    assert officer.post(f"/applications/{made.pk}/check/").status_code == status
    assert Application.objects.get().submitted_at == stamped


def through_the_edge(*headers: tuple[bytes, bytes], noted: float | None) -> ASGIRequest:
    """The request that Django gets behind the wrapper, with or without a note of when its bytes arrived."""
    given: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        given.append(scope)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        raise AssertionError(message)

    late = DEADLINE.at.timestamp() + 60
    edge = Edge(application, cap=10, clock=lambda: late, arrived_at=lambda scope: noted)
    scope = {"type": "http", "method": "POST", "path": "/", "headers": list(headers), "query_string": b""}
    asyncio.run(edge(scope, receive, send))
    return ASGIRequest(given[0], b"")


@pytest.mark.parametrize("is_trusted", [False, True])
def test_the_embedded_server_never_believes_a_claim(settings: Any, is_trusted: bool) -> None:
    settings.REMIT_TRUST_REQUEST_START = is_trusted
    claim = (b"X-Request-Start", f"t={IN_TIME.timestamp()}".encode())
    request = through_the_edge(claim, (b"x_request_start", claim[1]), noted=None)
    assert (received_at(request) - DEADLINE.at).total_seconds() == 60


def test_what_the_kernel_noted_counts_before_the_clock() -> None:
    """A server that was too busy to look does not make a submission late."""
    request = through_the_edge(noted=DEADLINE.at.timestamp() - 0.001)
    assert not DEADLINE.has_passed(received_at(request))
    assert (DEADLINE.at - received_at(request)).total_seconds() == pytest.approx(0.001, abs=1e-5)
