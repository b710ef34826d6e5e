"""Loading a file: all of it or nothing, once, by those who may, with provenance, in the ledger."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from remit.kernel.actor import ANYONE, Actor, RoleAt
from remit.kernel.decision import Refused
from remit.ledger.queries import entries
from remit.register.actions import FileRefused
from remit.register.models import (
    Fact,
    ListSize,
    Membership,
    Organisation,
    PublishedPayments,
    Sighting,
    Source,
    Succession,
)
from remit.register.queries import (
    commissioners_on,
    kind_on,
    memberships_of,
    names_on,
    nation_on,
    organisation_at,
    payments_of,
    practices_of,
    source,
    sources,
)
from remit.register.queries.integrity import said_digest
from tests.published_files import (
    PAYMENTS_2014,
    boards_file,
    csv_bytes,
    eccg_row,
    epraccur_row,
    lists_file,
    map_file,
    organisations_file,
    payment_row,
    payments_file,
)

TABLES = (Organisation, Source, Sighting, Fact, ListSize, PublishedPayments, Succession, Membership)
NAME_2014 = "nhs-payments-gp-2014-15.csv"


def fingerprint() -> dict[str, int]:
    """How many rows everything has."""
    return {model.__name__: model.objects.count() for model in TABLES}


def facts() -> list[tuple[object, ...]]:
    """Every fact, without keys."""
    return sorted(
        Fact.objects.values_list("organisation_id", "about", "value", "from_on", "until_on", "basis")
    )


def test_a_payments_file_makes_practices_visible_in_its_year(load) -> None:
    report = load("payments", payments_file(payment_row("A81001"), payment_row("A81002")), NAME_2014)
    assert (report.rows, report.practices, report.commissioners) == (2, 2, 1)
    assert (report.refused, report.unchanged) == (0, 0)
    assert nation_on(date(2014, 4, 1)).practices == 2
    assert nation_on(date(2015, 3, 31)).practices == 2
    assert nation_on(date(2014, 3, 31)).practices == 0
    assert nation_on(date(2015, 4, 1)).practices == 0


def test_every_payment_column_is_kept_in_exact_pence(load) -> None:
    load("payments", payments_file(payment_row("A81001")), NAME_2014)
    [paid] = payments_of("A81001", date(2026, 1, 1))
    printed = {label: amount for _, label, _, amount in paid.lines}
    assert printed["Global Sum"] == 40_000_025
    assert printed["Deductions for Pensions, Levies and Prescription Charge Income"] == -6_000_000
    assert [label for _, label, _, _ in paid.lines] == PAYMENTS_2014[15:]
    assert paid.total_pence == 60_900_050
    assert str(paid.year) == "2014-15"


def test_a_fraction_of_a_penny_is_kept_as_printed(load) -> None:
    row = payment_row("A81001", **{"Global Sum": "1.005", "Total NHS Payments to General Practice": "-"})
    load("payments", payments_file(row), NAME_2014)
    [paid] = payments_of("A81001", date(2026, 1, 1))
    assert {label: amount for _, label, _, amount in paid.lines}["Global Sum"] == "1.005"
    assert paid.total_pence is None


def test_the_list_is_counted_on_the_first_day_of_its_quarter(load) -> None:
    load("payments", payments_file(payment_row("A81001")), NAME_2014)
    [count] = ListSize.objects.all()
    assert (count.on, count.quarter) == (date(2014, 7, 1), "Q2")
    assert (count.registered, float(count.weighted or 0)) == (6000, 5900.5)


def test_the_same_file_again_changes_nothing_and_says_so(load) -> None:
    data = payments_file(payment_row("A81001"), payment_row("A81002"))
    load("payments", data, NAME_2014)
    before, size = fingerprint(), len(entries())
    again = load("payments", data, "another-name-2014-15.csv")
    assert again.unchanged == again.rows == 2
    assert again.practices == 2
    assert (fingerprint(), len(entries())) == (before, size)


def test_the_same_file_as_another_kind_is_refused_whatever_was_loaded_first(load) -> None:
    data = payments_file(payment_row("A81001"))
    load("payments", data, NAME_2014)
    before = fingerprint()
    with pytest.raises(FileRefused) as caught:
        load("commissioners", data, NAME_2014)
    assert caught.value.code == "another_kind"
    assert fingerprint() == before


def test_a_file_with_an_unusable_row_changes_nothing_and_says_which(load) -> None:
    load("payments", payments_file(payment_row("A81001")), NAME_2014)
    before = fingerprint()
    bad = payments_file(payment_row("A81002"), payment_row("NOT A CODE"))
    with pytest.raises(FileRefused) as caught:
        load("payments", bad, "nhs-payments-gp-2015-16.csv")
    assert fingerprint() == before
    [problem] = caught.value.problems
    assert problem.row == 3
    assert problem.column == "Practice Code"
    assert "nothing was loaded" in str(caught.value)
    assert caught.value.as_json()["refused"] == 1
    assert caught.value.as_json()["problems"][0]["row"] == 3


def test_a_refusal_is_itself_recorded(load) -> None:
    with pytest.raises(FileRefused):
        load("payments", payments_file(payment_row("NOT A CODE")), NAME_2014)
    [entry] = entries()
    assert entry.act == "register.file_refused"
    assert '"reason":"rows_refused"' in entry.body


def test_the_rest_can_be_loaded_without_the_unusable_rows(load) -> None:
    bad = payments_file(payment_row("A81002"), payment_row("NOT A CODE"))
    report = load("payments", bad, NAME_2014, leave_out_refused=True)
    assert (report.rows, report.refused, len(report.left_out)) == (2, 1, 1)
    assert report.as_json()["problems"][0]["row"] == 3
    assert kind_on("A81002", date(2014, 5, 1)) == "practice"


def test_an_unknown_layout_lists_what_was_found_and_what_is_missing(load) -> None:
    with pytest.raises(FileRefused) as caught:
        load("payments", b"fruit,price\r\napple,1\r\n", NAME_2014)
    assert caught.value.code == "unknown_layout"
    assert "fruit" in caught.value.found
    assert caught.value.missing
    assert caught.value.as_json()["columns_missing"] == list(caught.value.missing)
    assert fingerprint() == dict.fromkeys(fingerprint(), 0)


@pytest.mark.parametrize(
    "who",
    [ANYONE, Actor("01J", "00C", frozenset({RoleAt("commissioner_officer", "00C")}))],
    ids=["nobody signed in", "a commissioner's officer"],
)
def test_only_a_data_steward_may_load(load, who: Actor) -> None:
    with pytest.raises(Refused):
        load("payments", payments_file(payment_row("A81001")), NAME_2014, by=who)
    assert fingerprint() == dict.fromkeys(fingerprint(), 0)
    assert not entries()


def test_provenance_and_one_ledger_entry(load) -> None:
    report = load("payments", payments_file(payment_row("A81001")), NAME_2014)
    row = source(report.source)
    assert row is not None
    assert (row.publisher, row.filename, row.retrieved_on) == ("NHS England", NAME_2014, date(2026, 11, 20))
    assert row.licence == "Open Government Licence v3.0"
    assert sources() == [row]
    assert source("0" * 64) is None
    [entry] = entries()
    assert (entry.act, entry.subject) == ("register.file_loaded", f"source/{report.source}")
    assert report.source in entry.body


def test_what_a_file_said_cannot_be_edited_unnoticed(load) -> None:
    report = load("payments", payments_file(payment_row("A81001")), NAME_2014)
    kept = Source.objects.get(pk=report.source)
    assert said_digest(kept) == kept.said_sha256
    PublishedPayments.objects.update(total_pence=1)
    assert said_digest(kept) != kept.said_sha256


def test_progress_is_told(load) -> None:
    told: list[tuple[str, int, int]] = []
    load(
        "payments",
        payments_file(payment_row("A81001")),
        NAME_2014,
        progress=lambda step, done, of: told.append((step, done, of)),
    )
    assert {step for step, _, _ in told} >= {"Dating facts"}


# -- what follows from several files -----------------------------------------------------------------------------

FILES = [
    (
        "commissioners",
        csv_bytes(
            [
                eccg_row("00F", "NHS GATESHIRE CCG", "20130401", "20150331"),
                eccg_row("00G", "NHS NEWPORT CCG", "20130401", "20150331"),
                eccg_row("13T", "NHS NEWGATE ICB - 13T", "20150401", "", "RO319"),
                eccg_row("13Q", "NATIONAL COMMISSIONING HUB 1", "20130401", "", "RO218"),
            ]
        ),
        "eccg-2025.csv",
    ),
    (
        "practices",
        csv_bytes(
            [
                epraccur_row("A81001", "13T", "20150401"),
                epraccur_row("A81002", "13T", "20150401"),
                epraccur_row("A81003", "13T", "20150401", closed="20160229"),
                epraccur_row("Y00001", "13T", "20150401", setting="1"),
                epraccur_row("W91001", "7A1", "20030401", region="W00", office="Q99"),
            ]
        ),
        "epraccur-2018-06.csv",
    ),
    (
        "payments",
        payments_file(
            payment_row("A81001", "00F"), payment_row("A81002", "00G"), payment_row("A81003", "00F")
        ),
        NAME_2014,
    ),
    ("commissioners", boards_file(("QXX", "NHS North Newgate Integrated Care Board")), "icb-2024-12.csv"),
    (
        "map",
        map_file(("13T", "QXX", "NHS North Newgate ICB"), ("00F", "QXX", "NHS North Newgate ICB")),
        "ccg-to-icb.csv",
    ),
    ("lists", lists_file(("A81001", "00F", 5001), ("A81002", "00G", 4000)), "gp-reg-patients-2015-01.csv"),
]


def load_all(load, order) -> None:
    for number in order:
        kind, data, filename = FILES[number]
        load(kind, data, filename)


def test_a_merger_is_derived_and_labelled(load) -> None:
    load_all(load, range(6))
    derived = Succession.objects.filter(basis="derived").values_list(
        "predecessor_id", "successor_id", "on", "practices", "of"
    )
    assert sorted(derived) == [
        ("00F", "13T", date(2015, 4, 1), 2, 2),
        ("00G", "13T", date(2015, 4, 1), 1, 1),
    ]


def test_hubs_and_what_kept_a_groups_code_are_not_commissioners(load) -> None:
    load_all(load, range(6))
    assert [row.code for row in commissioners_on(date(2014, 4, 1))] == ["00F", "00G"]
    assert [row.code for row in commissioners_on(date(2015, 4, 1))] == ["13T"]
    assert [row.code for row in commissioners_on(date(2022, 6, 30))] == ["13T"]
    assert [row.code for row in commissioners_on(date(2022, 7, 1))] == ["QXX"]
    assert kind_on("13T", date(2022, 7, 1)) == "sub_icb_location"
    assert kind_on("13Q", date(2022, 7, 1)) == "commissioning_hub"


def test_a_practice_is_there_on_its_last_day_and_gone_the_next(load) -> None:
    load_all(load, range(6))
    on_leap_day = {row.code for row in practices_of("13T", date(2016, 2, 29))}
    assert on_leap_day == {"A81001", "A81002", "A81003"}
    assert {row.code for row in practices_of("13T", date(2016, 3, 1))} == {"A81001", "A81002"}


def test_a_board_has_its_locations_practices_and_no_members(load) -> None:
    load_all(load, range(6))
    on = date(2023, 1, 1)
    assert {row.code for row in practices_of("QXX", on)} == {"A81001", "A81002"}
    assert memberships_of("QXX", on) is None
    assert memberships_of("13T", date(2016, 1, 1)) == 3
    assert memberships_of("13T", date(2022, 6, 30)) == 2
    assert not Membership.objects.filter(until_on__gt=date(2022, 6, 30)).exists()
    assert [row.practices for row in commissioners_on(on)] == [2]


def test_practices_elsewhere_and_other_prescribers_are_not_practices(load) -> None:
    load_all(load, range(6))
    assert kind_on("Y00001", date(2016, 1, 1)) == "prescribing_centre"
    assert kind_on("W91001", date(2016, 1, 1)) == "practice_elsewhere"
    assert nation_on(date(2016, 1, 1)).practices == 3


def test_a_name_is_that_years(load) -> None:
    load_all(load, range(6))
    assert names_on({"A81001"}, date(2014, 6, 1)) == {"A81001": "SURGERY A81001"}
    assert names_on({"A81001"}, date(2018, 6, 1)) == {"A81001": "THE A81001 PRACTICE"}
    page = organisation_at("A81001", date(2014, 6, 1))
    assert page is not None
    named = page.now["name"]
    assert (named.basis, named.first, named.last) == ("stated", date(2014, 4, 1), date(2015, 3, 31))
    assert len(named.sources) == 1


def test_lists_come_with_their_bands(load) -> None:
    load_all(load, range(6))
    latest = ListSize.objects.filter(organisation_id="A81001").latest("on")
    assert latest.registered == 5001
    assert sum(patients for _, _, _, patients in latest.bands) == 5001


@pytest.mark.parametrize("order", list(itertools.islice(itertools.permutations(range(6)), 0, 720, 103)))
def test_the_order_of_loading_never_matters(load, order) -> None:
    load_all(load, order)
    in_this_order = (
        facts(),
        sorted(Membership.objects.values_list("body_id", "practice_id", "from_on", "until_on")),
    )
    successions = sorted(Succession.objects.values_list("predecessor_id", "successor_id", "on", "basis"))
    for model in (Succession, Membership, Fact, ListSize, PublishedPayments, Sighting):
        model.objects.all().delete()
    Source.objects.all().delete()
    load_all(load, range(6)) if not entries() else _load_again(load)
    assert (
        facts(),
        sorted(Membership.objects.values_list("body_id", "practice_id", "from_on", "until_on")),
    ) == in_this_order
    assert (
        sorted(Succession.objects.values_list("predecessor_id", "successor_id", "on", "basis")) == successions
    )


def _load_again(load) -> None:
    """The ledger remembers each file for good, so load each with a blank line more."""
    for kind, data, filename in FILES:
        load(kind, data + b"\r\n", filename)


def test_bodies_that_no_file_lists(load) -> None:
    load(
        "organisations",
        organisations_file(
            ("LMCKENT", "lmc", "KENT LMC", "", "", "", "", "", ""),
            ("5A1", "pct", "ALDERBECK PCT", "2006-10-01", "2013-03-31", "", "", "", ""),
        ),
        "organisations-bodies.csv",
        as_of=date(2026, 1, 1),
    )
    assert kind_on("LMCKENT", date(1990, 1, 1)) == "lmc"
    assert nation_on(date(2013, 3, 31)).commissioners == 1
    assert nation_on(date(2013, 4, 1)).commissioners == 0
    assert nation_on(date(1990, 1, 1)).era is None


def test_contract_and_network_are_carried_forward_until_a_file_says_more(load) -> None:
    load("payments", payments_file(payment_row("A81001")), NAME_2014)
    later = payments_file(payment_row("A81001", **{"Contract Type": "PMS"}))
    load("payments", later, "nhs-payments-gp-2017-18.csv")
    spans = Fact.objects.filter(organisation_id="A81001", about="contract_type").order_by("from_on")
    assert [(fact.value, fact.from_on, fact.until_on, fact.basis) for fact in spans] == [
        ("GMS", date(2014, 4, 1), date(2015, 3, 31), "stated"),
        ("GMS", date(2015, 4, 1), date(2017, 3, 31), "carried"),
        ("PMS", date(2017, 4, 1), date(2018, 3, 31), "stated"),
        ("PMS", date(2018, 4, 1), date(9999, 12, 31), "carried"),
    ]


def test_a_network_named_in_a_year_is_one_since_networks_began(load) -> None:
    header = [*PAYMENTS_2014[:4], "PCN Code", "PCN Name", *PAYMENTS_2014[4:]]
    row = payment_row(
        "A81001", **{"PCN Code": "U12345", "PCN Name": "ALDERBECK PCN", "NHS England (Region) code": "Y63"}
    )
    load("payments", payments_file(row, header=header), "nhs-payments-gp-2021-22.csv")
    assert [
        nation_on(date.fromisoformat(day)).pcns for day in ("2019-06-30", "2019-07-01", "2026-11-21")
    ] == [0, 1, 1]
