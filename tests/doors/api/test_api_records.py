"""What the API answers about single things: the right facts on the right day, and plain problems."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from django.test import Client, RequestFactory
from ninja.errors import HttpError

from remit.api import problems
from remit.api.v1 import api as v1
from remit.engines.transparency.merkle import consistency_holds, inclusion_holds
from remit.kernel.decision import Reason, Refused
from remit.web import errors

V1 = "/api/v1"
SOURCE = "a" * 64


def get(api: Client, path: str, status: int = 200) -> Any:
    response = api.get(f"{V1}{path}")
    assert response.status_code == status, response.content
    assert response["Content-Type"].startswith(
        "application/json" if status == 200 else "application/problem+json"
    )
    return response.json()


def test_the_start_leads_to_the_document(api: Client) -> None:
    start = get(api, "/")
    document = api.get(start["openapi"].removeprefix("http://testserver")).json()
    assert document["openapi"] == "3.1.0"
    assert f"{V1}/nation" in document["paths"]


def test_the_nation_counts_commissioners_but_no_hubs(api: Client) -> None:
    then = get(api, "/nation?on=2015-04-01")
    assert (then["commissioners"], then["practices"]) == (3, 4)
    assert then["era"]["kind"] == "ccg"
    assert then["registered"] == "8223.5"
    assert [(row["code"], row["commissioners"], row["practices"]) for row in then["regions"]] == [
        ("Y54", 2, 3),
        ("Y56", 1, 1),
    ]


def test_a_merged_commissioner_is_gone_the_day_after_its_last(api: Client) -> None:
    assert get(api, "/nation?on=2018-03-31")["commissioners"] == 3
    assert get(api, "/nation?on=2018-04-01")["commissioners"] == 2


def test_a_commissioner_keeps_its_history_once_closed(api: Client) -> None:
    found = get(api, "/commissioners/01A?on=2019-01-01")
    assert found["is_open"] is False
    assert found["kind"] is None
    assert [(row["value"], row["first"], row["last"]) for row in found["kinds"]] == [
        ("ccg", "2013-04-01", "2018-03-31")
    ]
    assert [(row["successor"], row["basis"], row["practices"]) for row in found["successors"]] == [
        ("01B", "derived", 2)
    ]


def test_a_practice_says_who_says_so(api: Client) -> None:
    found = get(api, "/practices/A81001?on=2015-04-01")
    assert found["now"]["commissioner"]["value"] == "01A"
    assert found["now"]["commissioner"]["value_name"] == "NHS Ashdale CCG"
    assert found["now"]["commissioner"]["sources"] == [SOURCE]
    assert [row["title"] for row in found["sources"]] == ["Payments, 2014-15"]
    assert (found["registered"], found["weighted"], found["counted_on"]) == ("8123", "8500.25", "2014-04-01")


def test_codes_may_be_typed_in_small_letters(api: Client) -> None:
    assert get(api, "/practices/a81001")["code"] == "A81001"


@pytest.mark.parametrize(
    "path",
    [
        "/commissioners/99Z",
        "/commissioners/A81001",
        "/commissioners/99Z/practices",
        "/practices/A99999",
        "/practices/01A",
        "/practices/A99999/lists",
        "/practices/A99999/bands.csv",
        "/practices/A99999/payments.csv-metadata.json",
        "/organisations/ZZZ",
        f"/sources/{'0' * 64}",
        "/ledger/entries/3",
        "/nowhere",
        "/nation/",
    ],
)
def test_what_is_not_there_is_a_404_in_plain_words(api: Client, path: str) -> None:
    told = get(api, path, 404)
    assert (told["status"], told["code"], told["title"]) == (404, "not_found", "Not Found")
    assert told["instance"] == f"{V1}{path}"
    assert told["detail"].endswith(".")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/nation?on=2015-02-29", "on"),
        ("/nation?on=0", "on"),
        ("/nation?on=1234567890", "on"),
        ("/nation?on=2015-04-01T00:00:00", "on"),
        ("/nation?on=1948-07-04", "on"),
        ("/nation?on=9999-12-31", "on"),
        ("/nation?on=", "on"),
        ("/commissioners?region=a b", "region"),
        ("/practices/A8", "code"),
        ("/practices/A81001%00", "code"),
        ("/practices/A81001/payments?year=99999999999999999999", "year"),
        ("/organisations?kind=closed", "kind"),
        ("/search", "q"),
        ("/search?q=%00", "q"),
        ("/search?q=" + "a" * 101, "q"),
        ("/search?q=a&limit=101", "limit"),
        ("/sources/xyz", "sha256"),
        ("/ledger/entries/-1", "index"),
        ("/ledger/entries/99999999999999999999", "index"),
        ("/ledger/entries?before=-1", "before"),
        ("/ledger/consistency?old=1", "new"),
        ("/successions", "code"),
    ],
)
def test_what_makes_no_sense_is_a_422_that_names_the_field(api: Client, path: str, field: str) -> None:
    told = get(api, path, 422)
    assert [error["field"] for error in told["errors"]] == [field]
    assert told["errors"][0]["message"] in told["detail"]
    assert told["code"] == "invalid"


@pytest.mark.parametrize("day", ["2015-02-30", "2015-13-01", "0000-01-01"])
def test_a_day_that_is_none_is_refused_in_our_words_with_a_way_forward(api: Client, day: str) -> None:
    told = get(api, f"/nation?on={day}", 422)
    assert told["errors"][0]["message"] == (
        f"There is no day {day}. Write one that is in the calendar, like 2015-04-01"
    )


def test_search_finds_any_name_with_its_day(api: Client) -> None:
    found = get(api, "/search?q=dales&on=2015-04-01")
    assert [(hit["code"], hit["kind"]) for hit in found["items"]] == [("A81001", "practice")]
    assert get(api, "/search?q=ashdale&on=2020-01-01")["items"][0]["kind"] is None
    assert get(api, "/search?q=%25&on=2020-01-01")["items"] == []


def test_a_source_shows_its_columns_and_remarks(api: Client) -> None:
    found = get(api, f"/sources/{SOURCE}")
    assert found["columns"][1] == {"label": "Surprise", "meaning": None, "position": 2}
    assert found["remarks"] == [
        {"row": 3, "column": "Postcode", "value": "??", "message": "This is no postcode"}
    ]
    assert found["imported_at"] == "2026-11-21T12:00:00.000000Z"


def test_money_is_pence_and_pounds_and_missing_is_null(api: Client) -> None:
    items = get(api, "/practices/A81001/payments?on=2015-04-01")["items"]
    assert [(row["line"], row["pence"], row["pounds"]) for row in items] == [
        ("global_sum", 12345678, "123456.78"),
        ("premises", None, None),
        ("deductions", -250, "-2.50"),
        ("average", None, "141.8734"),
    ]
    assert get(api, "/practices/A81001/payments?on=2014-03-31")["total"] == 0
    assert get(api, "/practices/A81001/payments?year=2013")["total"] == 0
    assert get(api, "/practices/A81001/payments?year=2014")["total"] == 4


def test_an_entrys_proof_leads_to_the_root_of_the_ledger(api: Client) -> None:
    head = get(api, "/ledger")
    assert head["size"] == 3
    for index in range(3):
        found = get(api, f"/ledger/entries/{index}")
        leaf = hashlib.sha256(b"\0" + found["body"].encode()).digest()
        path = [bytes.fromhex(each) for each in found["inclusion"]]
        assert found["leaf_hash"] == leaf.hex()
        assert found["root"] == head["root"]
        assert inclusion_holds(leaf, index, 3, path, bytes.fromhex(head["root"]))
        assert json.loads(found["body"])["details"] == {"rows": index}


def test_consistency_of_two_sizes_can_be_checked(api: Client) -> None:
    proof = get(api, "/ledger/consistency?old=1&new=3")
    roots = [bytes.fromhex(proof[name]) for name in ("old_root", "new_root")]
    assert consistency_holds(1, 3, *roots, [bytes.fromhex(each) for each in proof["path"]])


@pytest.mark.parametrize("sizes", ["old=2&new=1", "old=0&new=4", "old=9&new=9"])
def test_there_is_no_proof_between_sizes_that_never_were(api: Client, sizes: str) -> None:
    assert get(api, f"/ledger/consistency?{sizes}", 422)["code"] == "no_such_size"


def test_the_checkpoint_is_a_signed_note(api: Client) -> None:
    response = api.get(f"{V1}/ledger/checkpoint")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines()[1] == "3"


def test_before_the_first_checkpoint_there_is_none(client: Client, db: None) -> None:
    assert get(client, "/ledger/checkpoint", 404)["detail"] == "No checkpoint has been signed yet."
    assert get(client, "/ledger/entries")["items"] == []
    assert get(client, "/ledger")["size"] == 0


def test_a_damaged_ledger_says_so_and_is_not_cached(api: Client) -> None:
    from remit.ledger.models import Head

    Head.objects.update(peaks=b"short")
    told = get(api, "/ledger", 500)
    assert told["code"] == "ledger_damaged"
    response = api.get(f"{V1}/nation")
    assert response.status_code == 200
    assert not response.has_header("ETag")


def test_a_refusal_names_the_clause_it_rests_on(rf: RequestFactory) -> None:
    refusal = Refused(Reason("not_permitted", "You may not."), Reason("quorum", "Too few came.", "Rule 7"))
    response = v1.on_exception(rf.get("/api/v1/x"), refusal)
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content) == {
        "type": "about:blank",
        "title": "Forbidden",
        "status": 403,
        "detail": "You may not. Too few came.",
        "instance": "/api/v1/x",
        "code": "not_permitted",
        "clause": "Rule 7",
        "errors": [],
    }


def test_what_the_framework_refuses_is_a_problem_too(rf: RequestFactory) -> None:
    response = v1.on_exception(rf.get("/api/v1/x"), HttpError(400, "Cannot read that."))
    assert (response.status_code, json.loads(response.content)["detail"]) == (400, "Cannot read that.")


def test_the_two_doors_give_refusals_the_same_status() -> None:
    assert errors.STATUS.items() <= problems.STATUS.items()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("path", ["/nation", "/openapi.json", "/practices.csv"])
def test_only_reading_is_allowed(api: Client, method: str, path: str) -> None:
    response = getattr(api, method)(f"{V1}{path}")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert response.json()["code"] == "method_not_allowed"


def test_head_answers_like_get_without_a_body(api: Client) -> None:
    response = api.head(f"{V1}/regions")
    assert response.status_code == 200
    assert response.content == b""
    assert response["ETag"] == api.get(f"{V1}/regions")["ETag"]


def test_without_a_day_the_day_is_todays_in_london(api: Client, settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True
    summer_midnight = "t=1783116000.0"  # 2026-07-03T22:00:00Z is 11pm in London
    after = "t=1783119600.0"
    assert api.get(f"{V1}/nation", headers={"X-Request-Start": summer_midnight}).json()["on"] == "2026-07-03"
    assert api.get(f"{V1}/nation", headers={"X-Request-Start": after}).json()["on"] == "2026-07-04"
