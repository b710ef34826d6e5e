"""The programme on a day, the levels, whether a commissioner had a power, and using one."""

from __future__ import annotations

import uuid
from datetime import date, time, timedelta
from typing import Any

import pytest

from remit.delegation.models import Application, Arrangement, PowerUse
from remit.delegation.rules import powers_over
from remit.engines.deadlines import by_time
from tests.delegation_doors import asking, document, errors, facts_of, links, main, rows_of, words
from tests.delegation_factories import (
    announce,
    approve,
    decide,
    london,
    make_commissioners,
    make_round,
    sign,
    submit,
    withdraw,
)
from tests.factories import NATIONAL_BODY

pytestmark = pytest.mark.django_db
TOLD, SIGNED, NOW = london(2015, 2, 18), london(2015, 3, 26), london(2016, 6, 1)
MARCH, EVE, FIRST = date(2015, 3, 1), date(2015, 3, 31), date(2015, 4, 1)
CHECK = "/delegation/powers/check/?commissioner={}&power=manage_contracts&on={}"


@pytest.fixture(autouse=True)
def _trusting(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True


@pytest.fixture
def told() -> None:
    """Approved for Level 3: 00C, 00F, 00D (which withdrew), 00G on conditions; for Level 2: 00H. 00J never applied."""
    make_commissioners("00C", "00D", "00F")
    make_commissioners("00G", "00H", "00J", region="Y56", region_name="LONDON")
    make_round()
    make_round("2015-level-2", level=2, deadline=by_time(date(2015, 1, 9), time(12)))
    made = {code: submit("2015-level-3", code) for code in ("00C", "00D", "00F", "00G")}
    made["00H"] = submit("2015-level-2", "00H")
    for code, application in made.items():
        decide(application, "conditional" if code == "00G" else "approved", at=london(2015, 2, 16))
    announce("2015-level-3", at=TOLD)
    announce("2015-level-2", at=TOLD)
    withdraw(made["00D"], at=london(2015, 3, 20))
    for code in ("00C", "00F", "00H"):
        sign(made[code], at=SIGNED)


def counts(on: date) -> dict[str, str]:
    """The numbers of the overview, by their labels."""
    found = asking(at=NOW).page(f"/delegation/?on={on}")
    said = [words(each) for each in found.findall(".//details/summary")]
    return dict(each.split(": ", 1) for each in said if each.split(": ")[-1].isdigit())


def test_approved_signed_and_in_effect_are_counted_apart(told: None) -> None:
    before = counts(MARCH)
    assert (before["Approved for Level 3"], before["Signed for Level 3"], before["Level 3 in effect"]) == (
        "3",
        "0",
        "0",
    )
    assert before["Approved for Level 3 on conditions"] == "1"
    eve = counts(EVE)
    assert (eve["Approved for Level 3"], eve["Signed for Level 3"], eve["Level 3 in effect"]) == (
        "2",
        "2",
        "0",
    )
    first = counts(FIRST)
    assert (first["Approved for Level 3"], first["Signed for Level 3"], first["Level 3 in effect"]) == (
        "2",
        "2",
        "2",
    )
    assert (first["Level 1 in effect"], first["Level 2 in effect"], first["Signed for Level 2"]) == (
        "0",
        "1",
        "1",
    )


def test_before_the_first_day_nobody_had_any(told: None) -> None:
    visitor = asking(at=NOW)
    eve = main(visitor.page(f"/delegation/?on={EVE}"))
    assert "first delegated on 1 April 2015. Nobody had any before." in eve
    assert "On 1 April 2015, 2 of 6 commissioners in England had" in main(
        visitor.page(f"/delegation/?on={FIRST}")
    )


def test_each_number_opens_into_those_whom_it_counts(told: None) -> None:
    visitor = asking(at=NOW)
    found = visitor.page(f"/delegation/?on={FIRST}")
    opens = links(found)["Open this figure: Level 3 in effect"]
    assert opens == "/delegation/counts/level-3/?on=2015-04-01"
    rows = rows_of(visitor.page(opens), "rows")
    assert [row[1] for row in rows] == ["00C", "00F"]
    assert rows[0][3:] == ["Level 3, delegated commissioning", "1 April 2015"]
    for label, count in counts(FIRST).items():
        opened = visitor.page(links(found)[f"Open this figure: {label}"])
        assert len(rows_of(opened, "rows")) == int(count), label
        assert len(rows_of(opened, "base")) == 6, label
    facts = facts_of(visitor.page(opens))
    assert facts["Counted"] == "2 commissioners with delegated commissioning in effect"
    assert facts["Out of"] == "6 commissioners on 1 April 2015"
    assert facts["Worked out"] == "33% (33.33%)"
    assert facts["Day"] == "1 April 2015"
    assert facts["Source"].startswith("Applications, decisions and arrangements")
    assert facts["Rounding"] == "Rounded to the nearest, halves up, to whole percent"


def numbers_of(found: Any, table: str) -> list[tuple[str, str]]:
    """Each number of a table's body, with where it leads."""
    cells = found.findall(f".//table[@id='{table}']/tbody/tr/td")
    return [
        (words(cell).rsplit(" ", 1)[-1], link.get("href") if (link := cell.find(".//a")) is not None else "")
        for cell in cells
    ]


def test_every_number_of_the_regions_and_years_opens_into_as_many_rows(told: None) -> None:
    visitor = asking(at=NOW)
    found = visitor.page(f"/delegation/?on={FIRST}")
    for table in ("by-region", "uptake-table"):
        numbers = numbers_of(found, table)
        assert len(numbers) >= 10
        for value, address in numbers:
            assert len(rows_of(visitor.page(address), "rows")) == int(value), address
    tiles = [each for each in found.findall(".//figcaption//a") if "at Level 3" in words(each)]
    assert sorted(words(each) for each in tiles) == ["0 of 3 at Level 3", "2 of 3 at Level 3"]
    for link in tiles:
        opened = visitor.page(link.get("href"))
        value, _, base, *_ = words(link).split()
        assert (len(rows_of(opened, "rows")), len(rows_of(opened, "base"))) == (int(value), int(base))
    assert links(found)["2 of 6 commissioners"] == "/delegation/counts/level-3/?on=2015-04-01"
    assert links(found)["3 without an arrangement"] == "/delegation/counts/level-0/?on=2015-04-01"


@pytest.mark.parametrize(
    "path", ["level-9/", "approved/", "level-3/?region=Y99", "level-3/?region=none", "level-3x/"]
)
def test_what_is_no_count_is_not_found(told: None, path: str) -> None:
    assert asking(at=NOW).get(f"/delegation/counts/{path}").status_code == 404


def test_those_in_no_region_are_counted_apart() -> None:
    make_commissioners("00C", region="")
    found = asking(at=NOW).page("/delegation/counts/commissioners/?on=2015-04-01&region=none")
    assert "Commissioners in no region on 1 April 2015" in main(found)
    assert [row[1] for row in rows_of(found, "rows")] == ["00C"]
    assert found.find(".//table[@id='base']") is None


def test_regions_tiles_and_years_tell_the_same(told: None) -> None:
    found = asking(at=NOW).page(f"/delegation/?on={FIRST}")
    regions = {row[0]: row[1:] for row in rows_of(found, "by-region")}
    assert regions == {
        "North of England": ["3", "0", "0", "2", "0", "2"],
        "London": ["3", "0", "1", "0", "1", "0"],
        "All regions": ["6", "0", "1", "2", "1", "2"],
    }
    assert "Approved for Level 2 or Level 3: 3 commissioners" in main(found)
    groups = found.findall(".//figure[@class='remit-tiles']")
    said = {
        words(each.find("figcaption")): [words(tile.findall("span")[1]) for tile in each.iter("li")]
        for each in groups
    }
    assert said == {
        "London0 of 3 at Level 3": ["2", "–", "–"],
        "North of England2 of 3 at Level 3": ["3", "3", "–"],
    }
    for each in found.findall(".//figure[@class='remit-tiles']//li"):
        code, _, name = each.findall("span")
        assert (len(words(code)), each.get("title")) == (3, words(name))
    years = rows_of(found, "uptake-table")
    assert years == [["2015", "2", "1", "0", "3", "6"], ["2016", "2", "1", "0", "3", "6"]]
    assert "This is not a map" in main(found)


def test_today_tells_nothing_that_is_under_embargo_until_later_today() -> None:
    make_commissioners("00C")
    make_round()
    approve(submit("2015-level-3", "00C"), at=london(2015, 2, 16))
    announce("2015-level-3", at=TOLD, embargo_until=TOLD + timedelta(minutes=30))
    for day in ("2015-02-18", "2015-04-01", "2026-01-01"):
        path = f"/delegation/counts/approved-3/?on={day}"
        assert rows_of(asking(at=TOLD + timedelta(minutes=29)).page(path), "rows") == [], day
        assert len(rows_of(asking(at=TOLD + timedelta(minutes=30)).page(path), "rows")) == 1, day


def test_a_day_that_is_none_is_not_answered_with_another() -> None:
    refused = asking(at=NOW).get("/delegation/?on=2015-02-31")
    assert "Date must be a real date" in main(document(refused, 400))


@pytest.mark.seed("S0-04")
@pytest.mark.seed("S3-10")
def test_the_catalogue_says_what_the_levels_are_what_each_needs_and_which_powers_it_gives() -> None:
    found = asking(at=NOW).page("/delegation/levels/")
    sections = [words(each) for each in found.findall(".//main//section")]
    assert len(sections) == 3
    first, second, third = sections
    assert first.startswith("Level 1, greater involvement")
    assert "collaborates closely" in first
    assert second.startswith("Level 2, joint commissioning")
    assert "together, through a joint committee" in second
    assert "A joint committee with members from both" in second
    assert third.startswith("Level 3, delegated commissioning")
    assert "takes full responsibility" in third
    assert "A delegation agreement signed by both" in third
    matrix = {
        row[0].removesuffix(" Reserved to NHS England at every level"): row[1:]
        for row in rows_of(found, "powers")
    }
    assert set(matrix) == {power.name for power in powers_over("general_practice").values()}
    for power in powers_over("general_practice").values():
        wanted = ["No", "No", "No"] if power.is_reserved else ["No", "Jointly", "Yes"]
        assert matrix[power.name] == wanted, power.name
    assert [each.get("id") for each in found.findall(".//main//section/h2")] == [
        "level-1",
        "level-2",
        "level-3",
    ]


@pytest.mark.seed("S3-07")
def test_a_power_told_in_february_is_not_usable_in_march_and_is_in_april(told: None) -> None:
    visitor = asking(at=NOW)
    march = main(visitor.page(CHECK.format("00c", MARCH)))
    assert "No: “Hold and manage contracts” on 1 March 2015." in march
    assert "comes with Level 3, delegated commissioning, on 1 April 2015." in march
    assert "No: “" in main(visitor.page(CHECK.format("00C", EVE)))
    april = main(visitor.page(CHECK.format("00C", FIRST)))
    assert "Yes: “Hold and manage" in april
    assert "Level 3, delegated commissioning, has been in effect since 1 April 2015." in april


def test_a_joint_power_is_said_to_be_joint_and_a_reserved_one_reserved(told: None) -> None:
    visitor = asking(at=NOW)
    joint = main(visitor.page(CHECK.format("00H", FIRST)))
    assert "Jointly: “" in joint
    assert "only together with NHS England" in joint
    reserved = main(visitor.page(CHECK.replace("manage_contracts", "manage_performers").format("00C", FIRST)))
    assert "is reserved to NHS England at every level" in reserved
    nobody = main(visitor.page(CHECK.format("Y54", FIRST)))
    assert "Y54 is no commissioner of primary care on 1 April 2015." in nobody
    unknown = document(visitor.get(CHECK.format("ZZZ", FIRST)), 404)
    assert "The register has never heard of ZZZ." in main(unknown)


def test_a_question_that_is_not_whole_says_what_is_missing(told: None) -> None:
    visitor = asking(at=NOW)
    assert errors(visitor.page("/delegation/powers/check/")) == []
    found = visitor.page("/delegation/powers/check/?commissioner=&power=")
    assert errors(found) == [("Select a commissioner", "commissioner"), ("Select a power", "power")]
    typed = "/delegation/powers/check/?commissioner=00C&power=manage_contracts&day=1&month=April&year=2015"
    assert "Yes: “" in main(visitor.page(typed))


# -- a commissioner's own page -------------------------------------------------------------------------------


def test_a_commissioners_page_has_its_position_its_history_and_its_powers(told: None) -> None:
    visitor = asking(at=NOW)
    found = visitor.page(f"/commissioners/00C/?on={MARCH}")
    text = main(found)
    assert "On 1 March 2015 it had no arrangement in effect" in text
    assert "Level 3, delegated commissioning, began on 1 April 2015." in text
    [row] = rows_of(found, "arrangements")
    assert row == [
        "Level 3, delegated commissioning",
        "1 April 2015",
        "No end is known",
        "Its own application Signed on 26 March 2015",
    ]
    assert {each[1].split()[0] for each in rows_of(found, "powers")} == {"No"}
    later = visitor.page(f"/commissioners/00C/?on={FIRST}")
    held = {each[0]: each[1:3] for each in rows_of(later, "powers")}
    assert held["Decide on new practices"] == ["Yes", "1 April 2015"]
    assert "Record what was done under a power" not in links(later)


def test_an_officer_records_a_use_from_the_day_on_and_the_first_use_is_shown(told: None) -> None:
    officer = asking("commissioner_officer", "00C", at=london(2015, 3, 31, 23, 59))
    address = links(officer.page("/commissioners/00C/"))["Record what was done under a power"]
    sent = {
        "power": "establish_practices",
        "what": "Opened a practice in Mill Lane",
        "once": str(uuid.uuid4()),
    }
    [(message, field)] = errors(document(officer.post(address, **sent)))
    assert (field, "comes with Level 3, delegated commissioning, on 1 April 2015." in message) == (
        "id_power_0",
        True,
    )
    assert not PowerUse.objects.exists()
    midnight = london(2015, 4, 1, 0, 0)
    assert officer.post(address, at=midnight, **sent).headers["Location"] == "/commissioners/00C/"
    assert officer.post(address, at=midnight, **sent).status_code == 302
    assert PowerUse.objects.count() == 1
    assert rows_of(officer.page(address, at=midnight), "uses") == [
        ["Opened a practice in Mill Lane", "Decide on new practices", "1 April 2015 at midnight"]
    ]
    found = asking(at=NOW).page("/commissioners/00C/?on=2015-04-02")
    used = {each[0]: each[3] for each in rows_of(found, "powers")}
    assert used["Decide on new practices"] == "1 April 2015 at midnight"
    assert used["Make discretionary payments"] == "No use is recorded"


def test_uses_are_recorded_by_ones_own_officer_only(told: None) -> None:
    address = "/commissioners/00C/powers/use/"
    assert asking("commissioner_officer", "00D", at=NOW).get(address).status_code == 403
    assert asking("national_assessor", NATIONAL_BODY, at=NOW).get(address).status_code == 403
    assert asking(at=NOW).get(address).status_code == 302
    officer = asking("commissioner_officer", "00C", at=NOW)
    found = document(officer.post(address, power="", what="", once=str(uuid.uuid4())))
    assert errors(found) == [("Select a power", "id_power_0"), ("Say what was done", "id_what")]


@pytest.fixture
def grown(told: None) -> None:
    """A year on: 00G and 00J at Level 3 too, from 1 April 2016; 00C left it in between."""
    make_round(
        "2016-level-3",
        deadline=by_time(date(2016, 1, 8), time(12)),
        effective_on=date(2016, 4, 1),
        at=london(2015, 11, 10),
    )
    for made in [submit("2016-level-3", code) for code in ("00D", "00J")]:
        approve(made)
    announce("2016-level-3")
    for made in Application.objects.filter(round="2016-level-3"):
        sign(made)
    Arrangement.objects.filter(commissioner="00C").update(last_on=date(2016, 3, 31))


@pytest.mark.seed("S1-11")
def test_the_growth_since_the_year_before_opens_into_who_came_and_who_went(grown: None) -> None:
    visitor = asking(at=NOW)
    found = visitor.page("/delegation/?on=2016-06-01")
    href = links(found)["1 more than the 2 on 1 April 2015"]
    assert href == "/delegation/counts/level-3/?on=2016-06-01&since=2015-04-01#change"
    opened = visitor.page(href.partition("#")[0])
    assert (
        "3 on 1 June 2016 is 1 more than the 2 on 1 April 2015: 2 came to be counted, and 1 no longer is."
        in main(opened)
    )
    assert [row[1] for row in rows_of(opened, "came")] == ["00D", "00J"]
    assert [row[1] for row in rows_of(opened, "went")] == ["00C"]
    went = opened.find(".//table[@id='went']//a").get("href")
    assert went == "/commissioners/00C/?on=2015-04-01"


def test_a_count_is_held_against_any_earlier_day_that_is_asked_for(grown: None) -> None:
    visitor = asking(at=NOW)
    path = "/delegation/counts/level-3/?on=2016-04-01"
    assert "3 on 1 April 2016 is 1 more than the 2 on 31 March 2016" in main(
        visitor.page(f"{path}&since=2016-03-31")
    )
    for wrong in ("nonsense", "2016-02-30"):
        assert visitor.get(f"{path}&since={wrong}").status_code == 404
    for later in ("2016-04-01", "2017-01-01"):
        assert "What changed since 1 April 2015" in main(visitor.page(f"{path}&since={later}"))
    same = visitor.page("/delegation/counts/level-2/?on=2016-04-01&since=2015-04-01")
    assert "1 on 1 April 2016 is as many as the 1 on 1 April 2015: 0 came" in main(same)
    assert "What changed since" not in main(visitor.page("/delegation/counts/level-3/?on=2015-04-01"))
    assert "That is" not in main(visitor.page("/delegation/?on=2015-04-01"))
