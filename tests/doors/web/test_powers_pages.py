"""The pages of powers: the catalogue, the matrix of a commissioner, first use, responsibilities, call-ins, scope."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from remit.delegation import actions, queries
from remit.delegation.actions import ScopeChange
from remit.delegation.models import Arrangement, PowerUse, ScopeVariation
from remit.delegation.rules import functions, powers
from remit.register.models import Succession
from tests.delegation_doors import asking, document, errors, facts_of, links, main, rows_of, words
from tests.delegation_factories import (
    PROGRAMME,
    approve,
    london,
    make_commissioners,
    make_round,
    officer_of,
    sign,
    submit,
)
from tests.factories import NATIONAL_BODY, make_organisation

pytestmark = pytest.mark.django_db
NOW = london(2016, 6, 1)
OFFICE = ("programme_officer", NATIONAL_BODY)


@pytest.fixture(autouse=True)
def _trusting(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True


@pytest.fixture
def delegated() -> Arrangement:
    """00A at Level 3 and 00B at Level 2 from 1 April 2015."""
    make_commissioners("00A", "00B")
    make_round()
    make_round("2015-level-2", level=2)
    sent = [submit("2015-level-2", "00B"), submit("2015-level-3", "00A")]
    for each in sent:
        approve(each)
    return [sign(each) for each in sent][-1]


@pytest.fixture
def used(delegated: Arrangement) -> PowerUse:
    return actions.use_power(
        commissioner="00A",
        power="approve_mergers",
        what="Two practices may merge",
        by=officer_of("00A"),
        at=london(2015, 8, 12, 10),
        once="1",
    )


def test_the_catalogue_names_every_power_and_each_has_a_page(delegated: Arrangement) -> None:
    found = asking(at=NOW).page("/delegation/powers/")
    assert [
        row[0].removesuffix(" Reserved to NHS England at every level") for row in rows_of(found, "powers")
    ] == [power.name for power in powers().values()]
    for power in powers().values():
        assert power.about in main(asking(at=NOW).page(f"/delegation/powers/{power.code}/"))


@pytest.mark.seed("S0-16")
def test_a_power_shows_the_document_the_date_and_the_clause_it_rests_on(delegated: Arrangement) -> None:
    """The extent of powers: monitoring of contracts, and local schemes in place of QOF, each with its guidance."""
    monitoring = rows_of(asking(at=NOW).page("/delegation/powers/performance_manage/"), "sources")[0]
    assert monitoring[0].startswith("Next steps towards primary care co-commissioning")
    assert monitoring[1] == "November 2014"
    assert "monitoring of contracts" in monitoring[2]
    assert "its own words were not at hand" in monitoring[2]
    schemes = rows_of(asking(at=NOW).page("/delegation/powers/design_local_schemes/"), "sources")[0]
    assert schemes[1] == "6 November 2014"
    assert "QOF" in schemes[2]
    register = asking(at=NOW).page("/delegation/guidance/")
    assert ["NHS England and NHS Clinical Commissioners", "November 2014"] in [
        row[1:3] for row in rows_of(register, "guidance")
    ]


def test_a_power_says_how_it_is_held_over_each_group_and_what_can_leave_it_out(
    delegated: Arrangement,
) -> None:
    found = asking(at=NOW).page("/delegation/powers/performance_manage/")
    assert "Performance management retained by NHS England" in main(found)
    rows = rows_of(found, "matrix")
    assert rows[0][0] == "General practice"
    assert rows[0][2:] == ["No", "Jointly", "Yes"]
    assert rows[-1][0] == "Community pharmacy, Optometry, Dental services"
    assert rows[-1][2:] == ["No", "No", "Yes"]


@pytest.mark.seed("S2-13")
@pytest.mark.seed("S2-40")
def test_the_matrix_names_the_holder_of_each_function_and_why(delegated: Arrangement) -> None:
    actions.vary_scope(
        arrangement=delegated.pk,
        change=ScopeChange(reserved=("performance_manage",)),
        effective_on=date(2015, 4, 1),
        instrument="Delegation agreement, schedule 4",
        reasons="Its members asked for it.",
        by=PROGRAMME,
        at=london(2015, 3, 10),
    )
    found = asking(at=NOW).page("/commissioners/00A/powers/?on=2015-04-01")
    held = {row[0]: row[1] for row in rows_of(found, "powers-general_practice")}
    assert held["Approve mergers of practices"] == "The commissioner"
    kept = held["Review how contractors perform under their contracts"]
    assert kept.startswith("NHS England")
    assert "has kept" in kept
    assert "Performance management retained by NHS England" in main(found)
    assert rows_of(found, "variations")[0][2] == "Delegation agreement, schedule 4"
    joint = asking(at=NOW).page("/commissioners/00B/powers/?on=2015-04-01")
    assert {row[0]: row[1] for row in rows_of(joint, "powers-general_practice")}[
        "Approve mergers of practices"
    ] == "Both together"
    assert asking(at=NOW).get("/commissioners/99Z/powers/").status_code == 404


@pytest.mark.seed("S4-11")
def test_first_use_is_told_and_so_is_what_never_was(used: PowerUse) -> None:
    found = asking(at=NOW).page("/delegation/powers/use/?on=2015-12-31&power=approve_mergers")
    by_code = {row[0].split()[-1]: row[1:] for row in rows_of(found, "whose")}
    assert by_code["00A"][0] == "1 April 2015"
    assert by_code["00A"][1].startswith("12 August 2015")
    assert by_code["00B"][1] == "Never used"
    tally = {row[0]: row[2:] for row in rows_of(found, "uses")}
    assert tally["Approve mergers of practices"] == ["2", "1", "1", "0"]
    before = asking(at=NOW).page("/delegation/powers/use/?on=2015-08-11")
    assert {row[0]: row[2:] for row in rows_of(before, "uses")}["Approve mergers of practices"][1] == "0"


@pytest.mark.seed("S3-13")
def test_responsibility_passes_from_trusts_to_nhs_england_to_groups_to_boards(delegated: Arrangement) -> None:
    found = asking(at=NOW).page("/delegation/responsibilities/practice_contracts/")
    assert [row[0] for row in rows_of(found, "responsible")] == [
        "Primary care trusts",
        "NHS England’s area teams",
        "NHS England’s local offices",
        "Clinical commissioning groups",
        "Integrated care boards",
    ]
    years = {row[0]: row[1:] for row in rows_of(found, "years")}
    assert years["1 April 2015"] == ["1", "1", "0", "2"]
    listed = asking(at=NOW).page("/delegation/responsibilities/")
    assert [row[0] for row in rows_of(listed, "functions")] == [each.name for each in functions().values()]


@pytest.mark.seed("S3-13")
def test_in_one_area_a_function_passes_to_the_successor(delegated: Arrangement) -> None:
    on = date(2016, 4, 1)
    make_organisation("00M", "ccg", first=on)
    Succession.objects.create(predecessor_id="00A", successor_id="00M", on=on, basis="published")
    actions.succeed_arrangement(
        arrangement=delegated.pk, successor="00M", on=on, by=PROGRAMME, at=london(2016, 3, 1)
    )
    found = asking(at=NOW).page("/delegation/responsibilities/practice_contracts/?commissioner=00M")
    assert [(row[0].split()[-1], row[1], row[2]) for row in rows_of(found, "area")] == [
        ("00A", "1 April 2015", "31 March 2016"),
        ("00M", "1 April 2016", "Still"),
    ]
    wrong = asking(at=NOW).page("/delegation/responsibilities/practice_contracts/?commissioner=ZZZ")
    assert errors(wrong) == [("Select a commissioner", "commissioner")]


def test_the_programme_calls_a_decision_in_and_takes_it_over(used: PowerUse) -> None:
    """From either page that lists what was done, to the decision, to its call-in."""
    office = asking(*OFFICE, at=NOW)
    lists = ("/delegation/powers/use/?power=approve_mergers", "/commissioners/00A/powers/")
    for address in lists:
        assert links(office.page(address))["Two practices may merge"] == f"/powers/uses/{used.pk}/"
    early = asking(at=london(2016, 6, 1)).page("/commissioners/00A/powers/?on=2015-08-11")
    assert "Two practices may merge" not in links(early)
    page = office.page(f"/powers/uses/{used.pk}/")
    assert facts_of(page)["Now"] == "In force"
    assert "Call this decision in" in links(page)
    there = f"/powers/uses/{used.pk}/call-in/"
    assert errors(document(office.post(there, reasons="")))[0][0] == "Say why it is called in"
    assert office.post(there, reasons="Patients object.").status_code == 302
    shown = asking(at=NOW).page(f"/powers/uses/{used.pk}/")
    assert "has no effect until it is released" in main(shown)
    assert "Call this decision in" not in links(shown)
    assert errors(document(office.post(there, reasons="x")))[0][0] == "Select how it ends"
    assert office.post(there, outcome="taken_over", reasons="Refused.").status_code == 302
    assert "taken this decision over" in main(asking(at=NOW).page(f"/powers/uses/{used.pk}/"))
    assert office.get(there).status_code == 302, "nothing is left to settle"
    assert asking(at=NOW).get("/powers/uses/none/").status_code == 404


def sent(**changed: Any) -> dict[str, Any]:
    usual = {
        "what": "reserved",
        "powers": ["performance_manage"],
        "effective_day": "1",
        "effective_month": "7",
        "effective_year": "2016",
        "instrument": "Deed of variation",
        "reasons": "Its members asked for it.",
    }
    return {**usual, **changed}


def test_the_programme_varies_a_scope_and_everybody_sees_it(delegated: Arrangement) -> None:
    office = asking(*OFFICE, at=NOW)
    there = "/commissioners/00A/scope/"
    assert facts_of(office.page(there))["Covers"] == "General practice"
    assert office.post(there, **sent()).status_code == 302
    assert queries.holds_power_on("00A", "performance_manage", date(2016, 6, 30)).allowed
    assert not queries.holds_power_on("00A", "performance_manage", date(2016, 7, 1)).allowed
    assert "1 July 2016" in words(
        asking(at=NOW).page("/commissioners/00A/powers/").find(".//table[@id='variations']")
    )


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"what": ""}, "Select what changes"),
        ({"powers": []}, "Select at least one power"),
        ({"what": "groups_added"}, "Select at least one contractor group"),
        ({"effective_day": ""}, "The day must include a day"),
        ({"instrument": ""}, "Say what makes the change"),
        ({"reasons": ""}, "Say why the scope is varied"),
        ({"effective_year": "2015"}, "1 July 2015 has gone by"),
        (
            {"what": "groups_added", "groups": ["dental"]},
            "Nobody could have dental services before 1 July 2022",
        ),
    ],
)
def test_a_change_of_scope_that_is_not_whole_says_what_is_wrong(
    delegated: Arrangement, changed: dict[str, Any], message: str
) -> None:
    found = errors(document(asking(*OFFICE, at=NOW).post("/commissioners/00A/scope/", **sent(**changed))))
    assert message in found[0][0]
    assert not ScopeVariation.objects.exists()


def test_powers_over_other_contractors_are_not_named_after_general_practice(delegated: Arrangement) -> None:
    actions.vary_scope(
        arrangement=delegated.pk,
        change=ScopeChange(groups_added=("pharmacy", "optometry", "dental")),
        effective_on=date(2023, 4, 1),
        instrument="Deed of variation",
        reasons="More services.",
        by=PROGRAMME,
        at=london(2023, 3, 1),
    )
    page = asking(at=london(2023, 4, 2)).page("/commissioners/00A/powers/")
    named = {
        group: [row[0] for row in rows_of(page, f"powers-{group}")]
        for group in ("general_practice", "pharmacy", "optometry", "dental")
    }
    assert "Manage the performance of individual GPs (the performers list)" in named["general_practice"]
    assert "Manage the performance of individual dentists (the performers list)" in named["dental"]
    assert "Manage the performance of individual opticians (the performers list)" in named["optometry"]
    assert not any("performers list" in name for name in named["pharmacy"]), "no such list of pharmacists"
    for group in ("pharmacy", "optometry", "dental"):
        assert "Commission local and enhanced services" in named[group]
        assert not any(words in name for name in named[group] for words in ("GP", "QOF", "doctor"))


@pytest.mark.seed("S0-05")
def test_a_level_1_commissioner_is_refused_the_review_of_performance_on_the_page() -> None:
    make_commissioners("00C")
    make_round("2015-level-1", level=1)
    made = submit("2015-level-1", "00C")
    approve(made)
    sign(made)
    at = london(2015, 4, 2)
    there = "/delegation/powers/check/?commissioner=00C&power=performance_manage&on=2015-04-01"
    answer = main(asking(at=at).page(there))
    assert "No: “Review how contractors perform under their contracts” on 1 April 2015." in answer
    assert "It is at Level 1, greater involvement, which does not give" in answer
    officer = asking("commissioner_officer", "00C", at=at)
    form = officer.page("/commissioners/00C/powers/use/")
    once = form.find(".//input[@name='once']").get("value")
    data = {"power": "performance_manage", "what": "A review", "once": once}
    assert "does not give" in errors(document(officer.post("/commissioners/00C/powers/use/", **data)))[0][0]
    assert not PowerUse.objects.exists()


def test_the_check_asks_over_which_contractors(delegated: Arrangement) -> None:
    there = "/delegation/powers/check/?commissioner=00A&power=manage_contracts&on=2015-04-01&group={}"
    assert "covers general practice, not dental services" in main(asking(at=NOW).page(there.format("dental")))
    unknown = document(asking(at=NOW).get(there.format("chiropody")), 404)
    assert errors(unknown)[0][0].startswith("There is no contractor group “chiropody”. There are: ")


@pytest.mark.parametrize(
    ("commissioner", "power", "said"),
    [
        ("99Z", "manage_contracts", "The register has never heard of 99Z. Check the code"),
        ("zz%21", "manage_contracts", "ZZ!"),
        ("00A", "fly", "There is no power “fly”. There are: "),
    ],
)
def test_what_there_is_not_is_404_and_said_in_the_words_of_every_door(
    delegated: Arrangement, commissioner: str, power: str, said: str
) -> None:
    where = f"/delegation/powers/check/?commissioner={commissioner}&power={power}&on=2015-04-01"
    [(message, _)] = errors(document(asking(at=NOW).get(where), 404))
    assert said in message


def test_a_power_is_found_by_a_name_that_it_had_before(delegated: Arrangement) -> None:
    where = "/delegation/powers/check/?commissioner=00A&power=manage_performance&on=2015-04-01"
    assert "on 1 April 2015." in main(asking(at=NOW).page(where))
