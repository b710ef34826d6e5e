"""The delegation programme by API: where everybody stood, who holds which power, who was told what and when."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from remit.delegation import actions
from remit.delegation.models import Announced
from remit.kernel.canonical import canonical_json, sha256_hex
from tests.assessment_factories import MODERATOR
from tests.delegation_factories import PROGRAMME as DIRECTING
from tests.delegation_factories import (
    announce,
    approve,
    decide,
    draft,
    london,
    make_commissioners,
    make_programme,
    make_round,
    officer_of,
    sign,
    submit,
)
from tests.doors.api import test_api_registers as registers
from tests.doors.api.conftest import PROGRAMME
from tests.factories import NATIONAL_BODY, make_person

pytestmark = pytest.mark.django_db

V1 = "/api/v1"
LATER = datetime(2015, 4, 1, 12, tzinfo=UTC)
LAWS = [
    registers.test_the_csv_says_what_the_json_says,
    registers.test_the_csv_is_as_rfc_4180_has_it,
    registers.test_the_description_fits_the_file,
    registers.test_beyond_the_end_there_is_nothing,
]


@pytest.fixture
def api(programme: None, client: Client) -> Client:
    """A client, signed in as nobody, after the rounds of 2015."""
    return client


def items(api: Client, path: str) -> list[dict[str, Any]]:
    response = api.get(f"{V1}{path}")
    assert response.status_code == 200, response.content
    found: list[dict[str, Any]] = response.json()["items"]
    return found


def csv_rows(api: Client, path: str) -> list[dict[str, str]]:
    text = b"".join(api.get(f"{V1}{path}").streaming_content).decode()  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text, newline="")))


# -- registers -----------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("path", PROGRAMME)
def test_the_programme_s_registers_keep_the_laws_of_registers(api: Client, path: str) -> None:
    for law in LAWS:
        law(api, path)


@pytest.mark.slow
@pytest.mark.parametrize("path", PROGRAMME)
def test_what_the_programme_names_has_an_identifier_that_works(api: Client, path: str) -> None:
    for item in items(api, path):
        address = item["id"].removeprefix("http://testserver").partition("#")[0]
        assert address.startswith("/id/")
        for accept in ("text/html", "application/json"):
            response = api.get(address, headers={"Accept": accept})
            assert response.status_code == 303
            assert api.get(response["Location"].partition("#")[0], follow=True).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/levels/4",
        "/levels/99999999999999999999",
        "/powers/fly",
        "/rounds/2016-level-9",
        "/rounds/2015-level-3%00",
        "/announcements/nothing",
        "/announcements/a%0A",
        "/applications/01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "/applications/x",
        "/arrangements/01A/01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "/arrangements/01B%00/x",
        "/uptake/2015-02-30",
        "/uptake/1900-01-01",
    ],
)
def test_what_the_programme_never_named_is_404(api: Client, path: str) -> None:
    assert api.get(f"/id{path}").status_code == 404


@pytest.mark.parametrize("path", ["/rounds/zz/applications", "/announcements/zz", "/announcements/zz/rows"])
def test_no_such_round_or_announcement(api: Client, path: str) -> None:
    response = api.get(f"{V1}{path}")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["/rounds", "/positions.csv", "/powers/check", "/announcements/x/rows"])
def test_nothing_of_the_programme_can_be_written_here(api: Client, path: str) -> None:
    response = api.post(f"{V1}{path}")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


# -- levels, powers ------------------------------------------------------------------------------------------


def test_the_levels(api: Client) -> None:
    rows = items(api, "/levels")
    assert [(row["level"], row["name"]) for row in rows] == [
        (1, "Greater involvement"),
        (2, "Joint commissioning"),
        (3, "Delegated commissioning"),
    ]
    assert [row["needs"] for row in rows][:2] == [[], ["approval", "joint_committee", "agreement"]]


def test_the_powers_by_level(api: Client) -> None:
    rows = {row["code"]: row for row in items(api, "/powers")}
    mergers, performers = rows["approve_mergers"], rows["manage_performers"]
    assert [mergers[f"level_{level}"] for level in (1, 2, 3)] == ["none", "joint", "held"]
    assert [performers[f"level_{level}"] for level in (1, 2, 3)] == ["none"] * 3
    assert (mergers["is_reserved"], performers["is_reserved"]) == (False, True)


@pytest.mark.parametrize(
    ("commissioner", "power", "on", "holds", "how", "code"),
    [
        ("01A", "approve_mergers", "2015-04-01", True, "held", "held"),
        ("01a", "approve_mergers", "2015-03-31", False, "none", "power_not_held"),
        ("01A", "approve_mergers", "2015-03-31T22:59:59Z", False, "none", "power_not_held"),
        ("01A", "approve_mergers", "2015-03-31T23:00:00Z", True, "held", "held"),
        ("01A", "approve_mergers", "2015-04-01T00:30:00.5%2B01:00", True, "held", "held"),
        ("01A", "approve_mergers", "2018-04-01", False, "none", "power_not_held"),
        ("07X", "approve_mergers", "2015-04-01", True, "joint", "jointly"),
        ("01B", "approve_mergers", "2015-04-01", False, "none", "power_not_held"),
        ("01A", "manage_performers", "2015-04-01", False, "none", "power_not_held"),
        ("A81001", "approve_mergers", "2015-04-01", False, "none", "power_not_held"),
    ],
)
def test_who_holds_which_power_on_which_day_in_london(
    api: Client, commissioner: str, power: str, on: str, holds: bool, how: str, code: str
) -> None:
    asked = f"commissioner={commissioner}&power={power}&on={on}"
    answer = api.get(f"{V1}/powers/check?{asked}").json()
    assert (answer["holds"], answer["how"], answer["code"]) == (holds, how, code)
    assert (answer["commissioner"], answer["power"]) == (commissioner.upper(), power)
    assert bool(answer["reason"]) is (how != "held")


def test_a_power_before_its_day_says_from_when(api: Client) -> None:
    asked = "commissioner=01A&power=approve_mergers&on=2015-03-31"
    answer = api.get(f"{V1}/powers/check?{asked}").json()
    assert answer["on"] == "2015-03-31"
    assert answer["reason"].startswith("NHS Ashdale CCG cannot do this on 31 March 2015.")
    assert "comes with Level 3, delegated commissioning, on 1 April 2015" in answer["reason"]


@pytest.mark.parametrize(
    ("asked", "status", "field"),
    [
        ("commissioner=01A&power=fly", 422, "power"),
        ("commissioner=01A", 422, "power"),
        ("commissioner=01A&power=approve_mergers&on=1 April", 422, "on"),
        ("commissioner=01A&power=approve_mergers&on=2015-03-31T23:30:00", 422, "on"),
        ("commissioner=01A&power=approve_mergers&on=2015-02-30T23:30:00Z", 422, "on"),
        ("commissioner=01A&power=approve_mergers&on=0001-01-01T00:00:00%2B14:00", 422, "on"),
        ("commissioner=x&power=approve_mergers", 422, "commissioner"),
        ("commissioner=ZZZ&power=approve_mergers", 404, ""),
    ],
)
def test_a_question_that_makes_no_sense(api: Client, asked: str, status: int, field: str) -> None:
    response = api.get(f"{V1}/powers/check?{asked}")
    assert response.status_code == status
    assert [each["field"] for each in response.json()["errors"]] == ([field] if field else [])


# -- rounds --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "state", "applied", "decided", "overdue"),
    [
        (london(2015, 1, 9, 10), "open", 0, 0, False),
        (london(2015, 1, 9, 11, 59), "open", 2, 0, False),
        (london(2015, 1, 9, 12), "closed", 2, 0, False),
        (london(2015, 4, 1), "decided", 2, 2, False),
    ],
)
def test_a_round_at_an_instant(
    api: Client, now: datetime, state: str, applied: int, decided: int, overdue: bool
) -> None:
    with time_machine.travel(now, tick=False):
        rows = {row["code"]: row for row in items(api, "/rounds")}
    row = rows["2015-level-3"]
    assert (row["state"], row["applied"], row["decided"], row["is_overdue"]) == (
        state,
        applied,
        decided,
        overdue,
    )
    assert (row["deadline_at"], row["deadline_is_inclusive"]) == ("2015-01-09T12:00:00.000000Z", False)
    assert row["deadline"] == "midday on Friday 9 January 2015 (and that moment itself is late)"


def test_who_applied_how_members_were_asked_and_what_was_announced(api: Client) -> None:
    rows = items(api, "/rounds/2015-level-3/applications")
    assert [(row["commissioner"], row["state"], row["evidence"]) for row in rows] == [
        ("01A", "approved", "ballot"),
        ("01B", "conditional", "ballot"),
    ]
    [joint] = items(api, "/rounds/2015-level-2/applications")
    assert (joint["evidence"], joint["evidence_in_words"]) == ("none", "Members were not asked")


def test_the_csv_of_a_round_says_that_an_outcome_does_not_stand_after_a_challenge(client: Client) -> None:
    make_commissioners("02A")
    made = make_round()
    sent = submit(made.pk, "02A").pk
    decide(sent, "declined", at=london(2015, 1, 20))
    actions.send_outcome(application=sent, by=DIRECTING, at=london(2015, 1, 20))
    officer = officer_of("02A")
    actions.lodge_challenge(application=sent, grounds="Not read.", by=officer, at=london(2015, 1, 21))
    actions.close_round(code=made.pk, by=DIRECTING, at=london(2015, 1, 22))
    [row] = csv_rows(client, f"/rounds/{made.pk}/applications.csv")
    assert (row["state"], row["is_decided_again"], row["upheld_at"]) == ("declined", "false", "")
    actions.acknowledge_challenge(application=sent, by=DIRECTING, at=london(2015, 1, 23))
    actions.answer_challenge(
        application=sent, is_upheld=True, answer="So.", by=MODERATOR, at=london(2015, 1, 23)
    )
    [row] = csv_rows(client, f"/rounds/{made.pk}/applications.csv")
    assert (row["is_decided_again"], row["upheld_at"][:10]) == ("true", "2015-01-23")
    page = client.get(f"/rounds/{made.pk}/").content.decode()
    assert "Does not stand: a challenge was upheld on 23 January 2015" in page


def test_drafts_and_decisions_not_yet_announced_are_nobody_s_business(client: Client) -> None:
    make_commissioners("02A", "02B")
    make_round()
    draft("2015-level-3", "02A")
    approve(submit("2015-level-3", "02B"))
    [row] = items(client, "/rounds/2015-level-3/applications")
    assert (row["commissioner"], row["state"]) == ("02B", "submitted")
    assert items(client, "/rounds")[0]["decided"] == 0
    for hidden in ("approved", "conditional"):
        assert {row[hidden] for row in items(client, "/positions?on=2015-04-01")} == {0}


# -- positions and uptake ------------------------------------------------------------------------------------


def test_where_each_commissioner_stood(api: Client) -> None:
    def stood(on: str, more: str = "") -> dict[str, tuple[int, int, int]]:
        rows = items(api, f"/positions?on={on}{more}")
        return {row["code"]: (row["level"], row["approved"], row["conditional"]) for row in rows}

    nothing = dict.fromkeys(("01A", "01B", "07X"), (0, 0, 0))
    assert stood("2015-01-22") == nothing
    assert stood("2015-03-31") == {"01A": (0, 3, 0), "01B": (0, 0, 3), "07X": (0, 2, 0)}
    assert stood("2015-04-01") == {"01A": (3, 3, 0), "01B": (0, 0, 3), "07X": (2, 2, 0)}
    assert stood("2015-04-01", "&level=0") == {"01B": (0, 0, 3)}
    assert stood("2015-04-01", "&region=y56") == {"07X": (2, 2, 0)}


def test_what_a_position_rests_on(api: Client) -> None:
    row = items(api, "/positions?on=2016-02-29&level=3")[0]
    assert (row["since"], row["basis"], row["on"]) == ("2015-04-01", "application", "2016-02-29")
    [held] = items(api, "/commissioners/01a/arrangements")
    assert (held["level"], held["effective_on"], held["last_on"]) == (3, "2015-04-01", None)
    assert api.get(f"/id/applications/{held['ref']}").status_code == 303
    assert api.get(f"{V1}/commissioners/A81001/arrangements").status_code == 404


def test_in_effect_approved_and_signed_are_counted_apart(api: Client) -> None:
    year = items(api, "/uptake")[0]
    assert (year["on"], year["commissioners"]) == ("2015-04-01", 3)
    assert [year[f"level_{level}"] for level in (1, 2, 3)] == [0, 1, 1]
    assert [year[f"approved_{level}"] for level in (1, 2, 3)] == [0, 1, 1]
    assert (year["conditional_3"], year["signed_2"], year["signed_3"]) == (1, 1, 1)
    regions = items(api, "/uptake/regions?on=2015-03-31")
    assert [(row["region"], row["approved_3"], row["level_3"]) for row in regions] == [
        ("Y54", 1, 0),
        ("Y56", 0, 0),
    ]


def test_positions_take_as_many_queries_for_forty_as_for_four(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as taken:
            assert len(items(client, "/positions?on=2015-04-01&limit=500")) == len(codes)
        return len(taken)

    codes = make_commissioners(*(f"02{letter}" for letter in "ABCD"))
    make_round()
    applications = [submit("2015-level-3", code) for code in codes]
    approve(applications[0])
    sign(applications[0])
    few = queries()
    codes += make_commissioners(*(f"03{number:02d}" for number in range(40)))
    for application in applications[1:]:
        approve(application)
        sign(application)
    assert queries() == few <= 30


# -- announcements -------------------------------------------------------------------------------------------


def test_an_announcement_counts_its_rows_and_its_hash_can_be_worked_out_from_the_csv(api: Client) -> None:
    told = api.get(f"{V1}/announcements/2015-level-3-told").json()
    assert (told["approved"], told["conditional"], told["corrections"]) == (1, 1, 0)
    assert told["by_region"] == [{"region": "Y54", "region_name": "North of England", "approved": 1}]
    assert (told["effective_on"], told["released_at"]) == ("2015-04-01", "2015-01-23T12:00:00.000000Z")
    assert (told["previous"], told["following"]) == (None, "2015-level-2-told")
    assert told["figures"] == [
        f"2015-level-3-told-{name}" for name in ("approved", "conditional", "all-approved", "applied")
    ]
    rows = csv_rows(api, told["rows_csv"].removeprefix(f"http://testserver{V1}"))
    assert [(row["commissioner"], row["outcome"]) for row in rows] == [
        ("01A", "approved"),
        ("01B", "conditional"),
    ]
    frozen = [[row["commissioner"], row["outcome"]] for row in rows]
    assert sha256_hex(canonical_json(frozen)) == told["sha256"]


def test_an_announcement_of_several_rounds_has_each_with_its_counts_in_json_and_csv(client: Client) -> None:
    make_commissioners("02A", "02B")
    of = make_programme("this")
    for code, level in (("joint", 2), ("delegated", 3)):
        make_round(code, level=level, programme=of)
    for made in [submit("joint", "02A"), submit("delegated", "02B"), submit("delegated", "02A")]:
        approve(made)
    announce(["delegated", "joint"], "both")
    told = client.get(f"{V1}/announcements/both").json()
    assert (told["round"], told["rounds"], told["level"]) == ("", ["joint", "delegated"], None)
    assert (told["approved"], told["effective_on"]) == (2, "2015-04-01")
    assert [(each["code"], each["level"], each["approved"]) for each in told["by_round"]] == [
        ("joint", 2, 1),
        ("delegated", 3, 2),
    ]
    assert all(client.get(f"{V1}/figures/{each}").status_code == 200 for each in told["figures"])
    rows = csv_rows(client, "/announcements/both/rows.csv")
    assert [(row["round"], row["level"], row["commissioner"]) for row in rows] == [
        ("joint", "2", "02A"),
        ("delegated", "3", "02A"),
        ("delegated", "3", "02B"),
    ]
    assert len({row["id"] for row in rows}) == 3
    frozen = [[row["round"], row["commissioner"], row["outcome"]] for row in rows]
    assert sha256_hex(canonical_json(frozen)) == told["sha256"]
    [listed] = csv_rows(client, "/announcements.csv")
    assert (listed["rounds"], listed["level"]) == ("joint|delegated", "")
    assert client.get(f"{V1}/rounds/joint").json()["announcements"] == ["both"]


def test_under_embargo_there_is_no_announcement_for_anybody_here(client: Client) -> None:
    make_commissioners("02A")
    make_round()
    application = submit("2015-level-3", "02A")
    approve(application)
    ends = london(2015, 3, 5, 9, 30)
    announce("2015-level-3", "told", at=london(2015, 3, 4, 17), embargo_until=ends)
    officer = Client()
    officer.force_login(
        make_person(("programme_officer", NATIONAL_BODY), at=london(2014, 1, 1)),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    question = f"{V1}/powers/check?commissioner=02A&power=approve_mergers"
    hidden = [
        f"{V1}/announcements/told",
        f"{V1}/announcements/told/rows",
        f"{V1}/announcements/told/rows.csv",
    ]
    with time_machine.travel(ends - timedelta(microseconds=1), tick=False):
        for who in (client, officer):
            assert [who.get(path).status_code for path in [*hidden, "/id/announcements/told"]] == [404] * 4
            assert "It holds no arrangement" in who.get(question).json()["reason"]
            assert items(who, "/announcements") == items(who, "/commissioners/02A/arrangements") == []
            assert items(who, "/rounds/2015-level-3/applications")[0]["state"] == "submitted"
            assert [row["approved"] for row in items(who, "/positions?on=2015-12-31")] == [0]
            assert [row["approved_3"] for row in items(who, "/uptake/regions?on=2015-12-31")] == [0]
    with time_machine.travel(ends, tick=False):
        assert [client.get(path).status_code for path in hidden] == [200] * 3
        signed = f"/id/arrangements/02A/{sign(application, at=ends).pk}"
        assert client.get(signed).status_code == 303
        assert "comes with Level 3" in client.get(question).json()["reason"]
        [told] = items(client, "/announcements")
        assert (told["is_embargoed"], told["announced_at"]) == (True, "2015-03-04T17:00:00.000000Z")
        assert items(client, "/rounds/2015-level-3/applications")[0]["state"] == "approved"
        assert [row["approved"] for row in items(client, "/positions?on=2015-03-05")] == [3]


@pytest.mark.parametrize("path", ["/announcements", "/rounds", "/positions?on=2015-04-01"])
def test_nothing_is_held_back_by_a_tag_when_an_embargo_ends(api: Client, path: str) -> None:
    response = api.get(f"{V1}{path}")
    assert not response.has_header("ETag")
    assert 'rel="license"' in response["Link"]


@pytest.mark.slow
@pytest.mark.seed("S4-01")
@pytest.mark.seed("S4-02")
def test_the_second_batch_of_87_is_a_list_at_a_stable_address_and_makes_151(client: Client) -> None:
    codes = make_commissioners(*(f"{number:03d}" for number in range(211)))
    make_round("2015-level-3")
    make_round("2015-level-2", level=2)
    first = [submit("2015-level-3", code) for code in codes[:64]]
    second = [submit("2015-level-2", code) for code in codes[64:151]]
    for application in [*first, *second]:
        approve(application)
    announce("2015-level-3", "first", headline="64 groups approved for Level 3", at=london(2015, 2, 18))
    announce(
        "2015-level-2",
        "second",
        headline="A further 87 groups approved for Level 2, 151 so far",
        at=london(2015, 3, 5),
    )
    [latest, _] = items(client, "/announcements")
    assert (latest["code"], latest["approved"], latest["conditional"]) == ("second", 87, 0)
    rows = csv_rows(client, "/announcements/second/rows.csv")
    assert len(rows) == Announced.objects.filter(announcement="second").count() == 87
    assert {row["commissioner"] for row in rows} == set(codes[64:151])
    assert rows == [
        {name: "" if value is None else str(value) for name, value in item.items()}
        for item in items(client, "/announcements/second/rows?limit=500")
    ]
    page = client.get("/announcements/second/").content.decode()
    assert sum(f">{code}<" in page or f"/{code}/" in page for code in codes) == 87
    so_far = items(client, "/positions?on=2015-03-05&limit=500")
    assert [sum(row["approved"] == level for row in so_far) for level in (2, 3)] == [87, 64]
    figure = client.get(f"{V1}/figures/second-all-approved").json()
    assert figure["numerator"] == 151
    sign(first[0])
    assert csv_rows(client, "/announcements/second/rows.csv") == rows, "the list stays as it was frozen"
