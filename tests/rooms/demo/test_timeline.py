"""The delegation programme done again on the invented nation: every count is one of dated rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from django.db import transaction
from django.test import Client

from remit.constitutions import queries as constitutions
from remit.consultations import queries as consultations
from remit.delegation import queries
from remit.delegation.models import Agreement, Arrangement
from remit.demo.actions import build_demo
from remit.demo.cast import cast_for
from remit.demo.queries import has_invented_nation
from remit.demo.timeline.events import officer_of
from remit.demo.timeline.published import plain_name, record_published_positions
from remit.demo.timeline.replay import replay_timeline
from remit.figures.queries import figures
from remit.figures.rules import computed_as
from remit.kernel.actor import ANYONE
from remit.ledger.models import Entry
from remit.meetings import queries as meetings
from remit.motions import queries as motions
from remit.register.queries import commissioners_on
from remit.tour.queries import SeedRow, tour
from tests.factories import SYSTEM, make_organisation

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="class")
def replayed(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[list[str]]:
    """The demo built once for this class, and undone after it."""
    seconds = count()
    told: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        build_demo(
            by=SYSTEM,
            at=lambda: NOW + timedelta(seconds=next(seconds)),
            practices=250,
            progress=lambda step, done, of: told.append(step),
        )
        yield told
        transaction.set_rollback(True)


def agreements_in(act: str) -> set[str]:
    """The agreements that the entries of an act name: one each, or many at once."""
    found = [entry.details for entry in Entry.objects.filter(act=act)]
    return {row["agreement"] for said in found for row in said.get("agreements", [said])}


@pytest.mark.usefixtures("replayed")
class TestTheTimeline:
    @pytest.mark.seed("S2-21")
    def test_of_the_eight_of_kent_none_was_amending_its_constitution(self) -> None:
        on = date(2014, 9, 1)
        held = constitutions.bodies_with_texts(on)
        assert len(held) == 8
        statuses = constitutions.amendment_status([row.body for row in held], on)
        assert [each.is_active or each.is_amended for each in statuses] == [False] * 8
        assert {row.in_force_on for row in held} == {date(2013, 4, 1)}

    def test_one_of_the_first_wave_amended_its_constitution_before_its_powers_came_on(self) -> None:
        before, after = date(2015, 3, 20), date(2015, 4, 1)
        bodies = [row.body for row in constitutions.bodies_with_texts(before)]
        (active,) = (each for each in constitutions.amendment_status(bodies, before) if each.is_active)
        assert (active.state, active.on) == ("With NHS England for approval", date(2015, 3, 12))
        found = constitutions.text_on(active.body, after)
        assert found is not None
        assert found.row.number == 2
        assert {"20", "20.1", "20.2", "20.3"} <= {each.number for each in found.clauses}
        assert queries.level_on(active.body, after) == 3

    def test_what_this_service_counts_of_the_articles_figures_is_there(self) -> None:
        ids = set(computed_as().values())
        assert ids
        assert {each.figure for each in figures(at=None, ids=ids)} == ids

    @pytest.mark.seed("S2-18")
    @pytest.mark.seed("S2-37")
    @pytest.mark.seed("S2-38")
    @pytest.mark.seed("S2-39")
    def test_one_group_asked_for_ten_days_and_another_answered_every_theme(self) -> None:
        full, short = consultations.consultations(NOW)
        assert [short.badge, full.badge] == ["10 days: below minimum (28)", "28 days: meets minimum (28)"]
        assert [short.stage, full.stage] == ["closed", "answered"]
        assert not consultations.may_table(short.id, NOW).allowed
        assert all(each.is_met for each in consultations.checklist(full.id, NOW))
        came = consultations.tallies(short.id, NOW)
        assert came is not None
        assert came.members
        assert came.responded == min(3, came.members)
        assert sum(came.reasons.values()) == min(2, came.members - came.responded)
        assert came.options[0].practices.supports == 1
        assert came.options[0].gps.supports == (3 if came.responded == 1 else 4)
        page = consultations.consultation_page(short.id, ANYONE, NOW)
        assert page is not None
        assert [each.organisation for each in page.representations] == ["LMCKENT"]

    @pytest.mark.seed("S2-03")
    @pytest.mark.seed("S2-19")
    def test_the_countys_committee_met_at_short_notice_and_a_group_counted_who_came(self) -> None:
        members, urgent = meetings.meetings_held(NOW)[:2]
        assert (urgent.body, urgent.kind, bool(urgent.urgency)) == ("LMCKENT", "urgent", True)
        share = meetings.attendance_share(members.id)
        assert share is not None
        assert share.members is not None
        assert share.present == max(1, share.members * 3 // 4)

    @pytest.mark.seed("S2-04")
    @pytest.mark.seed("S2-05")
    def test_the_committee_objected_to_eight_commissioners_over_three_powers(self) -> None:
        [row] = motions.motions(NOW, ANYONE, body="LMCKENT")
        assert (row.result, row.kind, bool(row.urgency), len(row.concerns), len(row.powers)) == (
            "carried",
            "objection",
            True,
            8,
            3,
        )
        for code, _ in row.concerns:
            assert motions.motions(NOW, ANYONE, about=code) == (row,)

    @pytest.mark.seed("S2-36")
    @pytest.mark.seed("S0-43")
    def test_one_group_chose_among_four_options_to_send_it_back(self) -> None:
        [row] = [each for each in motions.motions(NOW, ANYONE) if each.options]
        assert (row.result, row.option, len(row.options)) == ("carried", "back", 4)

    @pytest.mark.seed("S0-42")
    @pytest.mark.seed("S2-46")
    @pytest.mark.seed("S2-48")
    def test_members_required_a_vote_of_no_confidence_and_it_was_carried(self) -> None:
        [asked] = motions.requisitions(NOW)
        assert (asked.counted.is_valid, bool(asked.objection), asked.is_answered) == (True, True, True)
        page = motions.motion_page(asked.motion, ANYONE, NOW)
        assert page is not None
        assert (page.row.kind, page.row.result) == ("no_confidence", "carried")
        [due] = motions.elections_due(asked.body, NOW)
        assert (due.clause, due.arose_on) == ("4.2", date(2014, 12, 3))

    def test_a_group_voted_by_name_for_delegated_powers_and_it_is_evidence(self) -> None:
        [row] = [each for each in motions.motions(NOW, ANYONE) if each.kind == "delegation"]
        page = motions.motion_page(row.id, ANYONE, NOW)
        assert page is not None
        assert (row.result, row.level) == ("carried", 3)
        found = queries.evidence(page.evidence, NOW)
        assert found is not None
        assert (found.kind, found.origin) == ("recorded_vote", "motions")

    def test_a_committee_and_a_network_of_today_have_their_own_rules(self) -> None:
        held = {row.title: row.body for row in constitutions.bodies_with_texts(NOW.date())}
        assert set(held) == {"Constitution of the committee", "Network agreement"}
        secretary = next(part for part in cast_for(NOW.date()) if part.mailbox == "secretary")
        assert secretary.roles == (("members_secretary", held["Network agreement"]),)

    @pytest.mark.seed("S1-11")
    @pytest.mark.parametrize(
        ("on", "commissioners", "approved_2", "approved_3", "level_2", "level_3"),
        [
            ("2015-01-31", 211, 0, 0, 0, 0),
            ("2015-02-17", 211, 0, 0, 0, 0),
            ("2015-02-18", 211, 0, 64, 0, 0),
            ("2015-03-04", 211, 0, 64, 0, 0),
            ("2015-03-05", 211, 87, 64, 0, 0),
            ("2015-03-31", 211, 87, 63, 0, 0),
            ("2015-04-01", 209, 87, 63, 87, 63),
        ],
    )
    def test_the_first_rounds(
        self, on: str, commissioners: int, approved_2: int, approved_3: int, level_2: int, level_3: int
    ) -> None:
        found = queries.uptake_on(date.fromisoformat(on))
        assert (found.commissioners, found.approved_2, found.approved_3, found.level_2, found.level_3) == (
            commissioners,
            approved_2,
            approved_3,
            level_2,
            level_3,
        )

    @pytest.mark.seed("S1-11")
    def test_the_years_after_and_their_differences(self) -> None:
        days = {"2016-04-01": (209, 114), "2017-10-25": (207, 174), "2021-04-01": (106, 106)}
        found = {on: queries.uptake_on(date.fromisoformat(on)) for on in days}
        assert {on: (each.commissioners, each.level_3) for on, each in found.items()} == days
        assert found["2017-10-25"].level_3 - found["2016-04-01"].level_3 == 60
        assert found["2017-10-25"].commissioners - found["2017-10-25"].level_3 == 33

    def test_one_condition_was_open_on_18_february_and_none_in_june(self) -> None:
        assert queries.uptake_on(date(2015, 2, 18)).conditional_3 == 1
        assert queries.uptake_on(date(2015, 6, 30)).conditional_3 == 0

    def test_the_sixty_four_by_region(self) -> None:
        rows = {row.name: row.uptake.approved_3 for row in queries.uptake_by_region(date(2015, 2, 18))}
        assert sorted(rows.values()) == [6, 8, 24, 26]
        assert {name.split()[0]: count for name, count in rows.items()} == {
            "NORTH": 24,
            "MIDLANDS": 26,
            "SOUTH": 8,
            "LONDON": 6,
        }

    @pytest.mark.seed("S4-01")
    def test_the_second_batch_follows_the_first_on_the_same_register(self) -> None:
        page = queries.announcement("2015-03-05-level-2", NOW)
        assert page is not None
        assert (page.row.approved, len(page.rows), page.row.event) == (87, 87, "Commissioning Live")
        assert page.previous is not None
        assert page.previous[0] == "2015-02-18-level-3"
        on = queries.uptake_on(date(2015, 3, 5))
        assert on.approved_2 + on.approved_3 == 151

    def test_the_one_that_withdrew_is_appended_to_its_announcement(self) -> None:
        page = queries.announcement("2015-02-18-level-3", NOW)
        assert page is not None
        assert (page.row.approved, page.row.conditional) == (64, 1)
        assert [each.words.split(" has ")[1] for each in page.corrections] == [
            "withdrawn since it was announced.",
            "not met its conditions, and is declined.",
        ]

    def test_kent_chose_greater_involvement(self) -> None:
        kent = [row for row in queries.positions_on(date(2015, 4, 1)) if "WEST KENT" in row.name.upper()]
        assert [row.level for row in kent] == [1]

    def test_boards_took_the_powers_over(self) -> None:
        for day, count_ in ((date(2022, 7, 1), 42), (date(2026, 4, 1), 36)):
            found = queries.uptake_on(day)
            assert (found.commissioners, found.level_3, found.signed_3) == (count_, count_, count_)

    def test_each_board_has_an_agreement_in_effect_that_it_took_over(self) -> None:
        rows = [row for row in queries.agreements(NOW) if row.state in ("in_effect", "under_notice")]
        assert sorted(row.commissioner for row in rows) == sorted(
            row.code for row in queries.positions_on(NOW.date()) if row.level == 3
        )
        assert all(row.novates and row.review_due_on for row in rows)

    @pytest.mark.seed("S2-42")
    @pytest.mark.seed("S2-14")
    def test_one_agreement_was_revoked_under_notice_and_its_page_says_how(self, client: Client) -> None:
        page = client.get("/commissioners/X0G/agreements/").content.decode()
        for words in (
            "The commissioner gave notice, from 1 April 2016",
            "NHS England gave notice to revoke it, from 1 January 2016",
            "A review is due every 12 months",
            "Until then NHS England’s signature is refused",
        ):
            assert words in page

    def test_nobody_holds_two_levels_on_a_day_and_nothing_outlives_its_holder(self) -> None:
        for day in (date(2016, 4, 1), date(2017, 4, 1), date(2019, 4, 1), date(2024, 1, 1)):
            held = [
                each.commissioner_id
                for each in Arrangement.objects.filter(effective_on__lte=day)
                if each.last_on is None or each.last_on >= day
            ]
            assert len(held) == len(set(held))
            assert set(held) <= {row.code for row in commissioners_on(day)}

    def test_everything_was_done_by_an_act_with_its_entry(self) -> None:
        acts = Entry.objects.values_list("act", flat=True)
        assert sum(act == "application.submitted" for act in acts) == sum(
            row.applied for row in queries.rounds(NOW)
        )
        assert sum(act == "decisions.announced" for act in acts) == len(queries.announcements(NOW))

    def test_every_arrangement_is_in_the_entry_of_the_act_that_brought_it_on(self) -> None:
        in_one_act = {
            entry.subject.removeprefix("arrangement/")
            for entry in Entry.objects.filter(act__in=["arrangement.signed", "arrangement.agreed"])
        }
        applied_for = Arrangement.objects.filter(application__isnull=False)
        signed = Agreement.objects.filter(pk__in=agreements_in("agreement.signed"))
        assert in_one_act
        assert in_one_act | {each.arrangement_id for each in signed} >= {each.pk for each in applied_for}
        assert in_one_act <= {each.pk for each in applied_for}
        assert in_one_act.isdisjoint({each.arrangement_id for each in signed})

    def test_every_agreement_is_in_the_entries_of_the_acts_that_brought_it_where_it_is(self) -> None:
        apart = Agreement.objects.exclude(returned_as="")
        assert agreements_in("agreement.returned") == {each.pk for each in apart}
        assert agreements_in("agreement.signed") == {each.pk for each in apart if each.signed_at}
        assert agreements_in("agreement.issued") >= agreements_in("agreement.returned")

    def test_an_approval_without_its_members_says_why_it_stands(self) -> None:
        rows = [
            row
            for row in queries.applications_in("2015-level-3", NOW)
            if row.state == "approved" and row.evidence in ("none", "not_specified")
        ]
        assert rows
        for row in rows:
            found = queries.application(row.id, NOW)
            assert found is not None
            assert "It stands because" in found.decisions[0].reasons

    def test_who_put_it_off_was_invited_later(self, client: Client) -> None:
        assert queries.invitations_after("2015-16", NOW)
        assert "was invited when a later round opened" in client.get("/programmes/2015-16/").content.decode()

    def test_it_says_how_far_it_is(self, replayed: list[str]) -> None:
        assert replayed.count("Replaying the delegation programme") > 300

    @pytest.mark.parametrize("row", [row for row in tour().rows if row.url], ids=lambda row: row.id)
    def test_every_page_that_the_tour_shows_is_there(self, client: Client, row: SeedRow) -> None:
        assert client.get(row.url, follow=True).status_code == 200

    def test_the_tour_knows_that_they_are(self) -> None:
        assert has_invented_nation(NOW)

    def test_building_again_changes_nothing(self) -> None:
        before = Entry.objects.count()
        built = build_demo(by=SYSTEM, at=lambda: NOW + timedelta(days=1), practices=250)
        assert built.already
        assert Entry.objects.count() == before


def test_nothing_after_the_present_is_replayed() -> None:
    make_organisation("Y54", "region")
    assert replay_timeline(until=datetime(2014, 11, 9, tzinfo=UTC)) == 0


def test_an_invented_nation_has_no_published_totals() -> None:
    assert queries.published_gaps(date(2015, 3, 5)) == []


def test_replayed_officers_are_nobody() -> None:
    assert officer_of("00A").person == "replay-officer"


# -- the real nation ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["NHS FYLDE & WYRE CCG", "NHS Fylde and Wyre CCG", "Fylde & Wyre"])
def test_names_differ_from_file_to_file(name: str) -> None:
    assert plain_name(name) == "fylde wyre"


def test_only_positions_that_a_source_states_are_recorded() -> None:
    """Three of the bodies that a source names, one that none does, and a board."""
    for code, name in (
        ("00P", "NHS SUNDERLAND CCG"),
        ("05C", "NHS Dudley CCG"),
        ("99J", "NHS WEST KENT CCG"),
    ):
        make_organisation(code, "ccg", name, last=date(2022, 6, 30))
    make_organisation("00X", "ccg", "NHS NOWHERE CCG", last=date(2022, 6, 30))
    make_organisation("QX1", "icb", "NHS Vale ICB", first=date(2022, 7, 1))
    at = lambda: NOW  # noqa: E731
    assert record_published_positions(at=at) == 3 + 4 + 1
    entries = Entry.objects.count()
    assert record_published_positions(at=at) == 8
    assert Entry.objects.count() == entries
    assert {row.code: row.level for row in queries.positions_on(date(2015, 4, 1))} == {
        "00P": 3,
        "05C": 3,
        "99J": 1,
        "00X": None,
    }
    assert all(row.source for row in queries.positions_on(date(2015, 4, 1)) if row.level)
    assert {row.code: row.level for row in queries.positions_on(date(2016, 4, 1))}["00P"] is None
    assert {row.level for row in queries.positions_on(date(2021, 4, 1))} == {3}
    gaps = queries.published_gaps(date(2015, 3, 5))
    assert [(gap.level, gap.count, gap.named) for gap in gaps] == [(3, 64, 2), (2, 87, 0)]
    assert [gap.level for gap in queries.published_gaps(date(2015, 2, 18))] == [3]
    assert [row.level for row in queries.positions_on(date(2022, 7, 1))] == [3]
