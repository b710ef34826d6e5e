"""What the kernel refuses becomes a page with the right status, the reasons and the way out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from remit.kernel.actor import ANYONE
from remit.kernel.decision import Reason, Refused
from remit.web.accounts.adapter import InvitationOnlyAdapter
from remit.web.errors import forbidden
from remit.web.middleware import RefusedMiddleware

pytestmark = pytest.mark.django_db


def asked(user: Any = None, method: str = "GET") -> Any:
    request: Any = RequestFactory().generic(method, "/somewhere/?a=b")
    request.user, request.actor = user or AnonymousUser(), ANYONE
    request.received_at = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    request.csp_nonce = "n"
    request.session = {}
    return request


def unused(request: HttpRequest) -> HttpResponse:
    raise AssertionError("only exceptions are looked at")


def refused(code: str, request: Any) -> HttpResponse | None:
    refusal = Refused(Reason(code, "Because of <this>.", "Clause 7"), Reason("other", "And of that."))
    return RefusedMiddleware(unused).process_exception(request, refusal)


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("not_permitted", 403),
        ("own_role", 403),
        ("already_done", 409),
        ("expired", 409),
        ("too_large", 413),
        ("too_many", 429),
        ("not_found", 404),
    ],
)
def test_the_code_of_the_first_reason_chooses_the_status(page_of: Any, code: str, status: int) -> None:
    response = refused(code, asked())
    assert response is not None
    assert response.status_code == status
    said = "".join(page_of(response).itertext())
    assert ("Because of <this>." in said, "And of that." in said, "Clause 7" in said) == (status != 404,) * 3


def test_a_visitor_who_only_reads_is_led_to_sign_in_and_back() -> None:
    response = refused("sign_in", asked())
    assert response is not None
    assert response["Location"] == "/accounts/login/?next=/somewhere/%3Fa%3Db"


def test_a_visitor_who_sends_something_is_refused() -> None:
    response = refused("sign_in", asked(method="POST"))
    assert response is not None
    assert response.status_code == 403


def test_somebody_without_any_role_is_told_so_and_not_sent_round_in_circles(
    office: Any, page_of: Any
) -> None:
    response = refused("sign_in", asked(office.colleague))
    assert response is not None
    assert response.status_code == 403
    assert "You hold no role today" in "".join(page_of(response).itertext())


def test_other_faults_are_left_to_django() -> None:
    assert RefusedMiddleware(unused).process_exception(asked(), ValueError("x")) is None


def test_djangos_own_refusal_looks_the_same(page_of: Any) -> None:
    response = forbidden(asked())
    assert response.status_code == 403
    assert page_of(response).find(".//h1").text == "You cannot do this"


def test_sign_up_is_closed() -> None:
    assert InvitationOnlyAdapter().is_open_for_signup(asked()) is False


@pytest.mark.parametrize(
    "address", ["/practices/A81001%00/", "/search/?q=%00", "/?on=2015-04-01%00", "/people/%00/"]
)
def test_text_that_no_database_can_hold_is_a_bad_request(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert b"<h1" in answer.content
