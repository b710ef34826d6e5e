"""One announcement of several rounds of a programme: lists, counts, hash, headline, embargo and corrections of each."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from remit.delegation import actions, queries
from remit.delegation.models import Round
from remit.engines.deadlines import before_day
from remit.figures.queries import figure
from remit.kernel.canonical import canonical_json, sha256_hex
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from tests.delegation_factories import (
    WEEK,
    announce,
    decide,
    london,
    make_commissioners,
    make_programme,
    make_round,
    officer_of,
    submit,
    withdraw,
)

pytestmark = pytest.mark.django_db

ROUND = "2015-level-3"


@pytest.fixture(autouse=True)
def _decided() -> None:
    """A round of its own, decided: two approved, one on conditions."""
    make_commissioners("00A", "00B", "00C", region="Y54", region_name="North")
    make_commissioners("00D", "00E", region="Y57", region_name="South")
    make_round()
    outcomes = {"00A": "approved", "00D": "approved", "00B": "conditional"}
    sent = {code: submit(ROUND, code) for code in outcomes}
    for code, outcome in outcomes.items():
        decide(sent[code], outcome)


GROUPS = {"pharmacy": ("pharmacy",), "dental": ("dental",), "elsewhere": ("optometry",)}
SUMMER = london(2015, 6, 1)


@pytest.fixture
def several() -> dict[str, str]:
    """Two rounds of a programme, decided, and one of another: 00A and 00D approved for both groups, 00B for one."""
    programmes = [make_programme(each) for each in ("this", "other")]
    made = {}
    for code, groups in GROUPS.items():
        make_round(
            code,
            groups=groups,
            deadline=before_day(date(2015, 5, 1)),
            effective_on=date(2015, 7, 1),
        )
        Round.objects.filter(pk=code).update(programme=programmes[code == "elsewhere"])
        made |= {f"{code} {each}": submit(code, each).pk for each in ("00A", "00D", "00B")}
    made["elsewhere 00E"] = submit("elsewhere", "00E").pk
    for name, sent in made.items():
        if not name.endswith("00E"):
            decide(sent, "conditional" if name == "pharmacy 00B" else "approved")
    return made


def of_several(**said: Any) -> queries.AnnouncementPage:
    announce(["pharmacy", "dental"], "both", at=SUMMER, **said)
    page = queries.announcement("both", SUMMER)
    assert page is not None
    return page


def test_one_announcement_covers_several_rounds_each_with_its_list_and_its_counts(
    several: dict[str, str],
) -> None:
    page = of_several()
    assert [(row.round, row.commissioner, row.outcome) for row in page.rows] == [
        *(("dental", code, "approved") for code in ("00A", "00B", "00D")),
        ("pharmacy", "00A", "approved"),
        ("pharmacy", "00B", "conditional"),
        ("pharmacy", "00D", "approved"),
    ]
    assert [(each.code, each.approved, each.conditional) for each in page.row.rounds] == [
        ("dental", 3, 0),
        ("pharmacy", 2, 1),
    ]
    assert (page.row.approved, page.row.conditional) == (3, 1), "each commissioner once"
    assert page.by_region == (("Y54", "North", 2), ("Y57", "South", 1))
    opened = {each: figure(each, at=SUMMER) for each in page.figures}
    assert {name: each.now.numerator for name, each in opened.items() if each} == {
        "both-approved": 3,
        "both-conditional": 1,
        "both-applied": 3,
        "both-r1-approved": 3,
        "both-r1-conditional": 0,
        "both-r1-all-approved": 3,
        "both-r1-applied": 3,
        "both-r2-approved": 2,
        "both-r2-conditional": 1,
        "both-r2-all-approved": 2,
        "both-r2-applied": 3,
    }
    assert all(opened.values()), "every id leads to a figure"
    for code in ("pharmacy", "dental"):
        assert [row.code for row in queries.announcements(SUMMER) if row.covers(code)] == ["both"]


def test_the_hash_of_one_round_is_what_it_was_and_of_several_says_the_round(several: dict[str, str]) -> None:
    alone = announce(ROUND, at=SUMMER)
    assert alone.sha256 == sha256_hex(
        canonical_json([["00A", "approved"], ["00B", "conditional"], ["00D", "approved"]])
    )
    page = of_several()
    said = [[row.round, row.commissioner, row.outcome] for row in page.rows]
    assert page.sha256 == sha256_hex(canonical_json(said))
    entry = Entry.objects.filter(act="decisions.announced").order_by("index").last()
    assert entry is not None
    assert '"rounds":["dental","pharmacy"]' in entry.body


@pytest.mark.parametrize(
    ("headline", "wrong"),
    [
        ("2 approved for dental services", "says 2 beside “approved”, but the rows give Approved for dental"),
        ("3 approved for dental services and 3 for pharmacy", "says 3, but the rows give Approved for comm"),
        ("2 approved", "says 2 beside “approved”, but the rows give Approved for dental services and comm"),
        ("1 approved so far for dental", "says 1 beside “so far”, but the rows give Approved for dental"),
    ],
)
def test_what_a_headline_says_of_one_round_is_held_against_that_round(
    several: dict[str, str], headline: str, wrong: str
) -> None:
    with pytest.raises(Refused) as refused:
        of_several(headline=headline)
    assert refused.value.code == "wrong_number"
    assert str(refused.value).startswith(f"The headline {wrong}")


@pytest.mark.parametrize(
    "headline",
    [
        "3 approved for dental services and 2 for community pharmacy",
        "3 boards approved: 3 for dental services, 2 for pharmacy, 1 on conditions",
        "3 approved for dental services and community pharmacy",
    ],
)
def test_words_that_the_rows_of_several_bear_out_pass(several: dict[str, str], headline: str) -> None:
    assert of_several(headline=headline).row.headline == headline


@pytest.mark.parametrize(
    ("rounds", "code"),
    [(["pharmacy", "elsewhere"], "not_one_programme"), ([ROUND, "dental"], "not_one_programme")],
)
def test_rounds_of_several_programmes_are_announced_apart(
    several: dict[str, str], rounds: list[str], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        announce(rounds, "mixed", at=SUMMER)
    assert refused.value.code == code


def test_every_round_of_an_announcement_has_something_in_it(several: dict[str, str]) -> None:
    announce("dental", at=SUMMER)
    with pytest.raises(Refused, match="Nothing has been approved in") as refused:
        announce(["pharmacy", "dental"], "both", at=SUMMER)
    assert refused.value.code == "nothing_to_announce"


def test_the_same_rounds_again_are_the_same_announcement_and_others_are_refused(
    several: dict[str, str],
) -> None:
    of_several()
    assert announce(["dental", "pharmacy"], "both", at=SUMMER).code == "both"
    with pytest.raises(Refused) as refused:
        announce("dental", "both", at=SUMMER)
    assert refused.value.code == "not_a_code"


def test_figures_of_another_announcement_are_not_taken_over(several: dict[str, str]) -> None:
    announce(ROUND, "both-r1", at=SUMMER)
    with pytest.raises(Refused, match="Figures of this code are there already"):
        of_several()


def test_an_embargo_holds_for_every_round_of_an_announcement(several: dict[str, str]) -> None:
    announce(["pharmacy", "dental"], "both", embargo_until=SUMMER + WEEK, at=SUMMER)
    assert queries.announcement("both", SUMMER) is None
    entry = Entry.objects.filter(act="decisions.announced").order_by("index").last()
    assert entry is not None
    assert "dental" not in entry.body
    for code in ("pharmacy", "dental"):
        assert {row.state for row in queries.applications_in(code, SUMMER)} == {"submitted"}
        after = {row.state for row in queries.applications_in(code, SUMMER + WEEK)}
        assert "approved" in after


def test_a_correction_says_for_which_round_it_is(several: dict[str, str]) -> None:
    of_several()
    withdraw(several["dental 00A"], at=SUMMER + WEEK)
    page = queries.announcement("both", SUMMER + WEEK)
    assert page is not None
    assert [each.words for each in page.corrections] == [
        "The ccg 00A (dental services) has withdrawn since it was announced."
    ]
    assert [row.round for row in page.rows if row.since] == ["dental"]


def test_who_agreed_to_publication_is_told_with_the_announcement_of_any_round(
    several: dict[str, str],
) -> None:
    sent = several["elsewhere 00E"]
    Round.objects.filter(pk="elsewhere").update(programme="this")
    decide(sent, "declined", at=SUMMER)
    actions.agree_publication(application=sent, by=officer_of("00E"), at=SUMMER)
    announce(["pharmacy", "elsewhere"], "two", at=SUMMER)
    shown = queries.application(sent, SUMMER)
    assert shown is not None
    assert shown.row.state == "declined"
