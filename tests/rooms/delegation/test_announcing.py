"""Announcing: lists are queries, numbers come from rows, embargoes hold, corrections are appended."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from remit.accounts.models import RoleHolding
from remit.delegation import actions, queries
from remit.delegation.models import Announced, Announcement
from remit.engines.deadlines import before_day
from remit.figures.queries import figure
from remit.kernel.actor import ANYONE
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from remit.ledger.queries import opening_of
from tests.delegation_factories import (
    ASSESSOR,
    DEADLINE,
    PROGRAMME,
    WEEK,
    announce,
    approve,
    decide,
    draft,
    make_commissioners,
    make_round,
    officer_of,
    sign,
    submit,
    withdraw,
)
from tests.factories import NATIONAL_BODY, make_person

pytestmark = pytest.mark.django_db

ROUND = "2015-level-3"
TOLD = DEADLINE.at + 2 * WEEK
LATER = TOLD + timedelta(days=60)
SECRET_ACTS = ("application.decided", "application.withdrawn", "decisions.announced")


@pytest.fixture(autouse=True)
def _decided() -> None:
    """Two approved, one on conditions, one declined, one waiting, one draft; a commissioner that never applied."""
    make_commissioners("00A", "00B", "00C", region="Y54", region_name="North")
    make_commissioners("00D", "00E", "00F", "00G", region="Y57", region_name="South")
    make_round()
    outcomes = {"00A": "approved", "00D": "approved", "00B": "conditional", "00C": "declined"}
    sent = {code: submit(ROUND, code) for code in (*outcomes, "00E")}
    draft(ROUND, "00F")
    for code, outcome in outcomes.items():
        decide(sent[code], outcome)


def told() -> list[tuple[str, str]]:
    page = queries.announcement(f"{ROUND}-told", LATER)
    assert page is not None
    return [(row.commissioner, row.outcome) for row in page.rows]


@pytest.mark.seed("S3-04")
def test_a_batch_is_what_was_approved_and_its_counts_are_its_rows() -> None:
    announce(ROUND)
    assert told() == [("00A", "approved"), ("00B", "conditional"), ("00D", "approved")]
    page = queries.announcement(f"{ROUND}-told", LATER)
    assert page is not None
    assert (page.row.approved, page.row.conditional) == (2, 1)
    assert page.by_region == (("Y54", "North", 1), ("Y57", "South", 1))
    opened = figure(page.figures[0], at=LATER)
    assert opened is not None
    assert (opened.now.numerator, opened.now.base) == (2, 7)


@pytest.mark.seed("S3-04")
@pytest.mark.parametrize(
    "headline",
    [
        "3 groups approved",
        "65 approved for Level 3",
        "Approved: 1,000 groups",
        "2015 groups approved",
        "18 approved",
    ],
)
def test_a_number_that_the_rows_do_not_give_cannot_be_released(headline: str) -> None:
    with pytest.raises(Refused, match=r"but the rows give Approved for Level 3: 2") as refused:
        announce(ROUND, headline=headline)
    assert refused.value.code == "wrong_number"
    assert not Announcement.objects.exists()


@pytest.mark.parametrize(
    "headline", ["2 groups approved for Level 3", "2 approved, 1 on conditions, from 1 April 2015"]
)
def test_numbers_that_the_rows_give_can(headline: str) -> None:
    assert announce(ROUND, headline=headline).headline == headline


def test_the_same_code_again_is_the_same_announcement() -> None:
    first = announce(ROUND)
    assert announce(ROUND).sha256 == first.sha256
    assert Announced.objects.count() == 3


@pytest.mark.seed("S4-08")
def test_a_second_batch_holds_only_what_came_since_and_follows_the_first() -> None:
    announce(ROUND)
    with pytest.raises(Refused, match="Nothing has been approved"):
        announce(ROUND, "again")
    [waiting] = [row for row in queries.applications_to_decide(ASSESSOR, LATER) if row.commissioner == "00E"]
    approve(waiting.id, at=TOLD + WEEK)
    announce(ROUND, "again", at=TOLD + 2 * WEEK)
    page = queries.announcement("again", LATER)
    first = queries.announcement(f"{ROUND}-told", LATER)
    assert page is not None
    assert first is not None
    assert [row.commissioner for row in page.rows] == ["00E"]
    assert page.previous is not None
    assert page.previous[0] == f"{ROUND}-told"
    assert first.following == ("again", "Commissioners approved")
    opened = figure(page.figures[2], at=LATER)
    assert opened is not None
    assert opened.now.numerator == 3, "approved so far, the conditional one not among them"


@pytest.mark.seed("S4-03")
def test_until_an_embargo_ends_only_those_who_announce_see_it() -> None:
    announce(ROUND, embargo_until=TOLD + WEEK)
    assert queries.announcements(TOLD) == []
    assert queries.announcement(f"{ROUND}-told", TOLD + WEEK - timedelta(seconds=1)) is None
    assert [row.code for row in queries.announcements(TOLD, PROGRAMME)] == [f"{ROUND}-told"]
    assert queries.announcement(f"{ROUND}-told", TOLD + WEEK) is not None
    before, after = (queries.uptake_on((TOLD + part).date()).approved_3 for part in (timedelta(0), WEEK))
    assert (before, after) == (0, 2)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"code": "no spaces"}, "not_a_code"),
        ({"code": "x" * 61}, "not_a_code"),
        ({"code": "new"}, "not_a_code"),
        ({"headline": "  "}, "no_headline"),
        ({"headline": "x" * 201}, "no_headline"),
        ({"rounds": ["no-such"]}, "not_found"),
        ({"rounds": []}, "not_found"),
        ({"rounds": [ROUND, "no-such"]}, "not_found"),
        ({"embargo_until": TOLD}, "wrong_embargo"),
        ({"by": ASSESSOR}, "not_permitted"),
        ({"by": officer_of("00A")}, "not_permitted"),
    ],
)
def test_what_cannot_be_announced(changed: dict[str, object], code: str) -> None:
    usual = {"code": "a", "rounds": [ROUND], "headline": "Approved", "by": PROGRAMME, "at": TOLD}
    with pytest.raises(Refused) as refused:
        actions.announce_decisions(**{**usual, **changed})
    assert refused.value.code == code


@pytest.mark.parametrize(
    "changed", [{"headline": "Other words"}, {"event": "Elsewhere"}, {"embargo_until": TOLD + WEEK}]
)
def test_a_code_used_again_for_something_else_is_refused(changed: dict[str, object]) -> None:
    announce(ROUND)
    with pytest.raises(Refused, match="has the code 2015-level-3-told already") as refused:
        announce(ROUND, **changed)
    assert refused.value.code == "not_a_code"


def test_a_round_for_other_contractor_groups_counts_its_own() -> None:
    """Those approved for Level 3 before, and who signed it, are not counted among its own."""
    announce(ROUND)
    sign(_rows()[0].application, at=TOLD + WEEK)
    made = make_round(
        "specialised",
        groups=("specialised",),
        deadline=before_day(date(2015, 5, 1)),
        effective_on=date(2015, 7, 1),
    )
    for code in ("00A", "00B"):
        sent = submit(made.pk, code)
    approve(sent)
    for headline in ("2 approved for specialised services", "3 approved so far", "1 signed up"):
        with pytest.raises(Refused) as refused:
            announce(made.pk, headline=headline)
        assert refused.value.code == "wrong_number"
    announce(made.pk, headline="1 approved for specialised services, 1 so far")
    page = queries.announcement("specialised-told", LATER + 20 * WEEK)
    assert page is not None
    opened = [figure(each, at=LATER + 20 * WEEK) for each in page.figures]
    assert [(each.now.label, each.now.numerator) for each in opened if each] == [
        ("Approved for specialised services", 1),
        ("Approved for specialised services on conditions", 0),
        ("Approved for specialised services so far", 1),
        ("Applied for specialised services", 2),
    ]
    assert queries.uptake_on(date(2015, 8, 1)).approved_3 == 2


def test_a_code_taken_by_another_round_is_refused() -> None:
    announce(ROUND, "taken")
    make_round("2015-level-2", level=2, deadline=before_day(date(2015, 3, 1)))
    approve(submit("2015-level-2", "00G"))
    with pytest.raises(Refused) as refused:
        announce("2015-level-2", "taken")
    assert refused.value.code == "not_a_code"


def test_a_withdrawal_is_appended_and_the_announcement_stays_as_it_was() -> None:
    made = announce(ROUND)
    application = next(row.application for row in _rows() if row.commissioner == "00A")
    withdraw(application, at=TOLD + WEEK)
    page = queries.announcement(made.code, LATER)
    assert page is not None
    assert told() == [("00A", "approved"), ("00B", "conditional"), ("00D", "approved")]
    assert (page.row.approved, page.sha256) == (2, made.sha256)
    assert [each.words for each in page.corrections] == ["The ccg 00A has withdrawn since it was announced."]
    before = queries.announcement(made.code, TOLD)
    assert before is not None
    assert before.corrections == ()
    assert queries.uptake_on((TOLD + WEEK).date()).approved_3 == 1


@pytest.mark.parametrize(
    ("outcome", "words"), [("approved", "has met its conditions"), ("declined", "not met")]
)
def test_what_becomes_of_a_condition_is_appended(outcome: str, words: str) -> None:
    announce(ROUND)
    application = next(row.application for row in _rows() if row.commissioner == "00B")
    decide(application, outcome, reasons="Looked at again.", at=TOLD + WEEK)
    page = queries.announcement(f"{ROUND}-told", LATER)
    assert page is not None
    assert words in page.corrections[0].words
    on = (TOLD + WEEK).date()
    assert queries.uptake_on(on).conditional_3 == 0
    assert queries.uptake_on(on).approved_3 == (3 if outcome == "approved" else 2)


def _rows() -> tuple[queries.AnnouncedRow, ...]:
    page = queries.announcement(f"{ROUND}-told", LATER, PROGRAMME)
    assert page is not None
    return page.rows


# -- who may know what, before it is announced ----------------------------------------------------------------


def test_the_public_sees_who_applied_and_how_members_were_asked_but_no_drafts_and_no_decisions() -> None:
    rows = queries.applications_in(ROUND, TOLD)
    assert [(row.commissioner, row.state, row.evidence) for row in rows] == [
        (code, "submitted", "ballot") for code in ("00A", "00B", "00C", "00D", "00E")
    ]


def test_the_public_sees_the_decision_once_it_is_announced() -> None:
    announce(ROUND)
    states = {row.commissioner: row.state for row in queries.applications_in(ROUND, LATER)}
    assert states == {
        "00A": "approved",
        "00B": "conditional",
        "00C": "submitted",
        "00D": "approved",
        "00E": "submitted",
    }


def test_one_application_by_who_asks() -> None:
    [application] = [row.id for row in queries.applications_in(ROUND, TOLD) if row.commissioner == "00A"]
    public = queries.application(application, TOLD)
    own = queries.application(application, TOLD, officer_of("00A"))
    other = queries.application(application, TOLD, officer_of("00B"))
    national = queries.application(application, TOLD, ASSESSOR)
    assert public is not None
    assert own is not None
    assert other is not None
    assert national is not None
    assert "benefits" not in public.answers
    assert public.receipt == other.receipt == ""
    assert own.answers["benefits"]
    assert len(own.receipt) == 64
    assert [each.row.state for each in (public, own, other, national)] == ["submitted"] * 3 + ["approved"]
    assert (len(own.decisions), len(national.decisions)) == (0, 1)
    assert own.unanswered == ()


def test_drafts_are_nobody_elses_business() -> None:
    made = queries.applications_of(officer_of("00F"), TOLD)[0].id
    assert queries.application(made, TOLD, officer_of("00F")) is not None
    for by in (ANYONE, ASSESSOR, PROGRAMME, officer_of("00A")):
        assert queries.application(made, TOLD, by) is None
    assert queries.application("no-such", TOLD) is None


def test_the_ledger_which_anybody_can_read_gives_nothing_away_before_release() -> None:
    announce(ROUND, headline="2 groups approved", embargo_until=TOLD + WEEK)
    withdraw(_rows()[0].application, reasons="A secret reason", at=TOLD + timedelta(days=1))
    bodies = [entry.body for entry in Entry.objects.filter(act__in=SECRET_ACTS)]
    assert len(bodies) == 6
    for word in (
        "approved",
        "conditional",
        "declined",
        "As the application says",
        "2 groups",
        "secret reason",
    ):
        assert [body for body in bodies if word in body] == []
    for body in bodies:
        assert opening_of(re.findall(r"sha256:[0-9a-f]{64}", body)[0]) is not None


def test_what_is_not_announced_is_not_signed() -> None:
    announce(ROUND, embargo_until=TOLD + WEEK)
    with pytest.raises(Refused) as refused:
        sign(_rows()[0].application, at=TOLD + timedelta(days=1))
    assert refused.value.code == "not_announced"
    assert sign(_rows()[0].application, at=TOLD + WEEK).level == 3


# -- words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "said", "wrong"),
    [
        ("headline", "Sixty-six commissioners approved", "says 66"),
        ("headline", "2 approved, and 99 May follow", "says 99"),
        ("headline", "More than 80% approved", "says “More than 80%”"),
        ("headline", "2 of 9 approved", "says 2 of 9"),
        (
            "headline",
            "2 groups signed up",
            "says 2 beside “signed up”, but the rows give Signed in this round: 0",
        ),
        ("headline", "Groups signed up", "says “signed up”, but of the 2 approved here 0 are signed"),
        (
            "headline",
            "5 approved for Level 3",
            "says 5 beside “approved”, but the rows give Approved for Level 3: 2",
        ),
        (
            "headline",
            "1 approved so far",
            "says 1 beside “so far”, but the rows give Approved for Level 2 or 3 so far: 2",
        ),
        (
            "headline",
            "2 applied for Level 3",
            "says 2 beside “applied”, but the rows give Applied for Level 3: 5",
        ),
        ("headline", "Level 3 for 5 groups", "says 5, but the rows give Approved for Level 3: 2"),
        ("headline", "One group approved", "says One beside “approved”"),
        (
            "headline",
            "2 of 5 approved",
            "says 2 of 5 beside “approved”, but the rows give Approved for Level 3: 2 of 7",
        ),
        (
            "headline",
            "Every group approved",
            "says “Every” beside “approved”, but the rows give Approved for Level 3: 2 of 7",
        ),
        (
            "headline",
            "All that applied approved",
            "says “All” beside “approved”, but the rows give Approved for Level 3: 2 of 5",
        ),
        ("headline", "All 5 groups approved", "says “All 5” beside “approved”"),
        ("headline", "None approved", "says “None” beside “approved”"),
        ("headline", "Both groups applied", "says “Both” beside “applied”"),
        ("headline", "Most groups approved", "says “Most” beside “approved”"),
        ("headline", "Most applicants approved", "says “Most” beside “approved”"),
        ("headline", "Nearly all approved", "says “Nearly all” beside “approved”"),
        ("event", "77 approved at the meeting", "says 77"),
    ],
)
def test_words_are_held_against_the_rows(field: str, said: str, wrong: str) -> None:
    with pytest.raises(Refused) as refused:
        announce(ROUND, **{field: said})
    assert refused.value.code == "wrong_number"
    assert str(refused.value).startswith(f"The {field} {wrong}")
    assert not Announcement.objects.exists()


@pytest.mark.parametrize(
    "headline",
    [
        "Two of 7 approved, 29%",
        "5 applied: two approved, one on conditions",
        "Less than a third approved",
        "2 of the 5 that applied approved, 2 so far",
        "Both groups approved; not all that applied",
        "Not every group approved: care for all takes time",
        "Less than half of applicants approved, and no one signed up",
    ],
)
def test_words_that_the_rows_bear_out_pass(headline: str) -> None:
    assert (
        announce(ROUND, headline=headline, event="Commissioning Live 2015").event == "Commissioning Live 2015"
    )


@pytest.mark.seed("S4-13")
def test_a_quote_is_attributed_with_the_role_at_the_time_and_flagged_where_it_goes_too_far() -> None:
    made = announce(
        ROUND,
        quotes=[
            actions.Quoted(
                "Both had signed up, 66 soon. Every group approved.",
                "A. Speaker",
                "Director",
                "NHS England",
                source="A speech",
            ),
        ],
    )
    page = queries.announcement(made.code, LATER)
    assert page is not None
    [quote] = page.quotes
    assert (quote.who, quote.role, quote.organisation) == ("A. Speaker", "Director", "NHS England")
    assert quote.flags == (
        "The quote says “Both” beside “signed up”, but the rows give Signed in this round: 0 of 7.",
        "The quote says “Every” beside “approved”, but the rows give Approved for Level 3: 2 of 7.",
        "The quote says 66, but the rows give Approved for Level 3: 2.",
    )


@pytest.mark.seed("S4-13")
def test_the_role_of_somebody_known_is_the_one_they_hold_and_stays_when_it_ends() -> None:
    person = make_person(("programme_officer", NATIONAL_BODY), at=DEADLINE.at)
    made = announce(
        ROUND, quotes=[actions.Quoted("Well done.", person=person.pk, organisation=NATIONAL_BODY)]
    )
    RoleHolding.objects.filter(person=person).update(ended_at=LATER, ended_by="somebody")
    page = queries.announcement(made.code, LATER)
    assert page is not None
    assert (page.quotes[0].is_known, page.quotes[0].role) == (True, "National programme officer")


@pytest.mark.parametrize(
    ("quoted", "code"),
    [
        (actions.Quoted(" ", "A", "B", "C", source="D"), "no_quote"),
        (actions.Quoted("Words", "", "B", "C", source="D"), "no_speaker"),
        (actions.Quoted("Words", "A", "", "C", source="D"), "no_speaker"),
        (actions.Quoted("Words", "A", "B", "C"), "no_source"),
        (actions.Quoted("Words", person="nobody", organisation="X"), "no_speaker"),
    ],
)
def test_a_quote_that_cannot_be_kept(quoted: actions.Quoted, code: str) -> None:
    with pytest.raises(Refused) as refused:
        announce(ROUND, quotes=[quoted])
    assert refused.value.code == code
    assert not Announcement.objects.exists()


def test_the_list_says_what_was_decided_since_and_stays_as_it_was() -> None:
    made = announce(ROUND)
    withdraw(_rows()[0].application, at=TOLD + WEEK)
    page = queries.announcement(made.code, LATER)
    assert page is not None
    assert [(row.outcome, row.since, row.since_at) for row in page.rows[:2]] == [
        ("approved", "withdrawn", TOLD + WEEK),
        ("conditional", "", None),
    ]
    assert queries.announcement(made.code, TOLD).rows[0].since == ""
