"""The invented nation: the same seed the same bytes, and the counts that the law and the press gave.

Everything here is worked out from the files alone.
"""

from __future__ import annotations

import csv
import hashlib
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from remit.demo.invention import InventedFile, invent
from remit.engines.layouts import Kind
from remit.engines.layouts.reading import read
from remit.engines.succession import Belonging, derive_succession
from remit.kernel.ods import ods_code, practice_code
from tests.rooms.demo.nation_on_paper import HUB, NationOnPaper, compact, open_on

pytestmark = pytest.mark.slow  # the nation is written once, and read whole

SECONDS_ALLOWED = 8
POSTCODE = re.compile(r"([A-PR-UWYZ][A-HK-Y]?)[0-9]{1,2} [0-9][ABD-HJLNP-UW-Z]{2}")
REAL_AREAS_OF_THESE_LETTERS = {"ZE", "YO"}
OF_KENT = {
    "West Kent",
    "Dartford, Gravesham and Swanley",
    "Swale",
    "Medway",
    "South Kent Coast",
    "Thanet",
    "Ashford",
    "Canterbury and Coastal",
}
NAMED_BY_THE_STORIES = OF_KENT | {"Oldham"}


def digests(files: Iterable[InventedFile]) -> dict[str, str]:
    return {file.path.name: hashlib.sha256(file.path.read_bytes()).hexdigest() for file in files}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    once, again = invent(tmp_path / "a", practices=400), invent(tmp_path / "b", practices=400)
    assert digests(once) == digests(again)


def test_another_seed_gives_another_nation(tmp_path: Path) -> None:
    one = digests(invent(tmp_path / "a", practices=400))
    other = digests(invent(tmp_path / "b", practices=400, seed=2016))
    same = {name for name, digest in one.items() if other[name] == digest}
    assert one.keys() == other.keys()
    assert same == {
        "icb-2022-07-invented.csv",
        "ccg-to-icb-2022-07-invented.csv",
        "ccg-to-icb-2026-04-invented.csv",
    }  # fixed by the plan


def test_progress_is_told_for_every_file(tmp_path: Path) -> None:
    heard: list[tuple[str, int, int]] = []
    files = invent(tmp_path, practices=250, progress=lambda *said: heard.append(said))
    assert [done for _, done, _ in heard] == list(range(len(files) + 1))
    assert {of for _, _, of in heard} == {len(files)}


@pytest.mark.parametrize("practices", [249, 9_001])
def test_a_nation_has_neither_too_few_practices_nor_too_many(tmp_path: Path, practices: int) -> None:
    with pytest.raises(ValueError, match="250 to 9000"):
        invent(tmp_path, practices=practices)
    assert not list(tmp_path.iterdir())


def test_the_largest_nation_has_names_and_codes_for_all(tmp_path: Path) -> None:
    (rows,) = (
        file.path.read_text(encoding="utf-8").splitlines()
        for file in invent(tmp_path, practices=9_000, seed=7)
        if file.path.name.startswith("epraccur-2024")
    )
    codes = [row.split(",")[0].strip('"') for row in rows]
    assert len(set(codes)) == len(codes) > 9_000
    assert all(practice_code(code) == code for code in codes)


def test_every_file_is_where_it_says_and_says_what_it_is_about(nation: NationOnPaper) -> None:
    for file in nation.files:
        assert file.path.is_file()
        assert (file.as_of is None) != (file.year is None)
        assert file.kind == "payments" or file.year is None
        assert "invented" in file.title
        assert file.path.name.endswith("-invented.csv")
    assert 70_000 <= sum(len(nation.table(file.path.name)) for file in nation.files) <= 80_000


def test_every_file_is_read_without_a_refusal_or_a_remark(nation: NationOnPaper) -> None:
    for file in nation.files:
        reading = read(Kind(file.kind), file.path.read_bytes(), filename=file.path.name)
        assert reading.refused == ()
        assert reading.remarks == ()
        assert [column.label for column in reading.columns if column.meaning is None] == []
        assert (reading.year, reading.as_of) == (file.year, file.as_of or reading.as_of)
        assert reading.rows == len(nation.table(file.path.name)) - (0 if "ods/e" in str(file.path) else 1)


def test_the_whole_nation_takes_seconds(tmp_path: Path) -> None:
    start = time.process_time()
    invent(tmp_path)
    assert time.process_time() - start < SECONDS_ALLOWED


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2013, 3, 31), 0),
        (date(2013, 4, 1), 211),
        (date(2015, 3, 31), 211),
        (date(2015, 4, 1), 209),
        (date(2017, 4, 1), 207),
        (date(2017, 10, 25), 207),
        (date(2018, 4, 1), 195),
        (date(2019, 4, 1), 191),
        (date(2020, 4, 1), 135),
        (date(2021, 4, 1), 106),
        (date(2022, 7, 1), 106),
    ],
)
def test_commissioners_by_day(nation: NationOnPaper, day: date, count: int) -> None:
    assert len(nation.commissioners_on(day)) == count


def test_hubs_stand_among_the_commissioners_and_must_not_count(nation: NationOnPaper) -> None:
    assert sum(row[13] == HUB for row in nation.table("eccg")) >= 10


def test_the_two_files_agree_on_the_commissioners_of_each_year(nation: NationOnPaper) -> None:
    by_year: defaultdict[str, set[str]] = defaultdict(set)
    for row in nation.rows("ccg-geography"):
        by_year[row["year"]].add(row["ccg"])
    expected = {f"{y:02d}{y + 1:02d}": nation.commissioners_on(date(2001 + y, 4, 1)) for y in range(12, 20)}
    assert by_year == expected


def test_commissioners_by_region_in_2014(nation: NationOnPaper) -> None:
    rows = [row for row in nation.rows("ccg-geography") if row["year"] == "1314"]
    assert Counter(row["region_code"] for row in rows) == {"Y54": 68, "Y55": 61, "Y57": 50, "Y56": 32}
    by_list = {row["CCG_CODE"]: row["NHSE_REGION_CODE"] for row in nation.rows("gp-reg-patients-2015-01")}
    assert by_list == {row["ccg"]: row["region_code"] for row in rows}


def test_area_teams_are_those_of_the_year_itself(nation: NationOnPaper) -> None:
    teams: defaultdict[str, set[str]] = defaultdict(set)
    for row in nation.rows("ccg-geography"):
        teams[row["year"]].add(row["area_team_code"])
    assert [len(teams[year] - {""}) for year in ("1213", "1314", "1415", "1516")] == [0, 27, 25, 0]
    paid_by = {row["NHS England (Region) code"] for row in nation.rows("nhs-payments-gp-2014-15")}
    assert paid_by == teams["1415"]


@pytest.mark.parametrize(
    ("kind", "day", "count"),
    [
        ("pct", date(2013, 3, 31), 151),
        ("pct", date(2013, 4, 1), 0),
        ("area_team", date(2013, 4, 1), 27),
        ("area_team", date(2014, 4, 1), 25),
        ("area_team", date(2015, 4, 1), 0),
        ("local_office", date(2015, 4, 1), 13),
        ("region", date(2013, 4, 1), 4),
        ("region", date(2018, 4, 1), 5),
        ("region", date(2019, 4, 1), 7),
        ("icb", date(2022, 6, 30), 0),
        ("icb", date(2022, 7, 1), 42),
        ("icb", date(2026, 3, 31), 42),
        ("icb", date(2026, 4, 1), 36),
        ("lmc", date(2014, 9, 10), 42),
        ("national_body", date(2013, 4, 1), 1),
        ("publisher", date(2014, 9, 10), 3),
    ],
)
def test_other_bodies_by_day(nation: NationOnPaper, kind: str, day: date, count: int) -> None:
    assert nation.count_of_kind(kind, day) == count


def test_networks_are_about_1250_from_july_2019(nation: NationOnPaper) -> None:
    assert nation.count_of_kind("pcn", date(2019, 6, 30)) == 0
    assert 1_200 <= nation.count_of_kind("pcn", date(2019, 7, 1)) <= 1_300
    in_map = {row["PCN_CODE"] for row in nation.rows("practice-pcn")} - {"U"}
    assert in_map == {row["code"] for row in nation.of_kind("pcn")}


def test_every_body_that_closed_and_was_followed_names_one_that_was_there(nation: NationOnPaper) -> None:
    rows = nation.rows("organisations")
    opened = {row["code"]: row["opened_on"] for row in rows}
    opened |= {row[0]: compact(row[10]).isoformat() for row in nation.table("eccg") if compact(row[10])}  # type: ignore[union-attr]
    opened |= {row[0]: "" for row in nation.gp_practices("epraccur-2024")}
    successions = [row for row in rows if row["parent_relation"] == "successor"]
    assert {row["kind"] for row in successions} >= {"pct", "icb", "region", "area_team", "practice"}
    for row in successions:
        assert row["closed_on"]
        if row["kind"] not in {"region", "area_team", "practice"}:
            assert opened[row["parent_code"]] > row["closed_on"]
        assert row["parent_code"] in opened


def test_every_commissioner_of_2013_follows_a_trust(nation: NationOnPaper) -> None:
    heirs = [row["parent_code"] for row in nation.rows("organisations") if row["kind"] == "pct"]
    assert set(heirs) == nation.commissioners_on(date(2013, 4, 1))
    assert max(Counter(heirs).values()) == 2  # a few came from two trusts


def test_the_boards_are_named_alike_in_every_file(nation: NationOnPaper) -> None:
    boards = {row["ICB22CDH"]: row["ICB22NM"] for row in nation.rows("icb-2022")}
    told = {row["code"]: row["name"] for row in nation.of_kind("icb") if row["opened_on"] == "2022-07-01"}
    mapped = {row["ICB Code"]: row["ICB NAME"] for row in nation.rows("ccg-to-icb-2022")}
    assert len(set(boards.values())) == len(boards) == 42
    assert boards == told == mapped
    assert {row["CCG Code"] for row in nation.rows("ccg-to-icb-2022")} == {
        row[0] for row in nation.commissioners()
    }


def test_practices_by_day(nation: NationOnPaper) -> None:
    rows = nation.gp_practices("epraccur-2024")

    def count(day: date) -> int:
        return sum(open_on(day, compact(row[10]), compact(row[11])) for row in rows)

    assert count(date(2013, 4, 1)) == 7_900
    assert 6_400 <= count(date(2022, 4, 1)) <= 6_650
    assert count(date(2024, 6, 1)) < count(date(2022, 4, 1)) < count(date(2018, 6, 1)) < 7_900


def test_services_that_are_no_practices_stand_among_them(nation: NationOnPaper) -> None:
    settings = Counter(row[25] for row in nation.table("epraccur-2018"))
    assert sum(settings.values()) - settings["4"] > 1_000
    assert len(settings) >= 6


def test_closed_practices_left_their_commissioner_on_the_day_they_closed(nation: NationOnPaper) -> None:
    for row in nation.gp_practices("epraccur-2024"):
        assert (row[12] == "C") == bool(row[11]) == bool(row[16])
        assert row[16] == row[11]
        assert row[15] <= (row[16] or "99991231")


def test_practices_belong_to_commissioners_that_were_there(nation: NationOnPaper) -> None:
    for part, day in (("epraccur-2018", date(2018, 6, 1)), ("epraccur-2024", date(2024, 6, 1))):
        for row in nation.gp_practices(part):
            assert row[14] in nation.commissioners_on(compact(row[16]) or day), row
    for part, day in (
        ("2014-15", date(2014, 4, 1)),
        ("2017-18", date(2018, 3, 31)),
        ("2021-22", date(2022, 3, 31)),
    ):
        assert {row["CCG Code"] for row in nation.rows(f"nhs-payments-gp-{part}")} == nation.commissioners_on(
            day
        )
    for part, day in (("2015-01", date(2015, 1, 1)), ("2018-01", date(2018, 1, 1))):
        assert {row["CCG_CODE"] for row in nation.rows(f"gp-reg-patients-{part}")} == nation.commissioners_on(
            day
        )


def derived_from_the_files(nation: NationOnPaper) -> list[tuple[str, str, date, Decimal]]:
    """Who followed whom, as the register would derive it from where the practices belonged in three files."""
    belongings = []
    known: defaultdict[str, dict[str, tuple[date | None, date | None]]] = defaultdict(dict)
    for part in ("epraccur-2014", "epraccur-2018", "epraccur-2024"):
        for cells in nation.gp_practices(part):
            known[cells[0]][cells[14]] = (compact(cells[15]), compact(cells[16]))
    for practice, places in known.items():
        in_order = sorted(places.items(), key=lambda place: place[1][0] or date.min)
        for (code, (first, last)), after in zip(in_order, [*in_order[1:], None], strict=True):
            left = date.fromordinal(after[1][0].toordinal() - 1) if after and after[1][0] else last
            belongings.append(Belonging(practice, code, first, left))
    closed = {row[0]: day for row in nation.commissioners() if (day := compact(row[11]))}
    rows = derive_succession(belongings, closed, least_share=Fraction(1, 10))
    return [(row.predecessor, row.successor, row.on, Decimal(row.practices) / row.of) for row in rows]


def test_every_merger_and_the_split_can_be_derived_from_where_practices_went(nation: NationOnPaper) -> None:
    rows = derived_from_the_files(nation)
    heirs = defaultdict(list)
    for before, after, _, share in rows:
        heirs[before].append((after, share))
    closed = {row[0] for row in nation.commissioners() if row[11]}
    assert heirs.keys() == closed
    divided = {before: after for before, after in heirs.items() if len(after) > 1}
    assert len(divided) == 1
    ((shares),) = [sorted(share for _, share in after) for after in divided.values()]
    assert shares[0] < Decimal("0.45") < shares[1]
    founded_by = Counter(after for before, after, on, _ in rows if on == date(2015, 4, 1))
    assert list(founded_by.values()) == [3]  # three became one


def test_a_few_practices_moved_for_their_own_reasons(nation: NationOnPaper) -> None:
    joined = Counter(row[15] for row in nation.gp_practices("epraccur-2018"))
    moved = sum(count for day, count in joined.items() if day in {"20151001", "20160401", "20161001"})
    opened = sum(
        row[10] == row[15]
        for row in nation.gp_practices("epraccur-2018")
        if row[15] in {"20151001", "20161001"}
    )
    assert 5 <= moved - opened <= 60


def test_codes_and_postcodes_have_the_right_form(nation: NationOnPaper) -> None:
    codes = {row[0] for part in ("epraccur-2018", "epraccur-2024") for row in nation.table(part)}
    assert all(practice_code(code) == code for code in codes)
    others = {row["code"] for row in nation.rows("organisations")} | {row[0] for row in nation.table("eccg")}
    assert all(ods_code(code) == code for code in others)
    postcodes = {row[9] for row in nation.table("epraccur-2024")} | {row[9] for row in nation.table("eccg")}
    for postcode in postcodes:
        match = POSTCODE.fullmatch(postcode)
        assert match, postcode
        assert match[1][0] in "YZ"
        assert match[1] not in REAL_AREAS_OF_THESE_LETTERS


def test_phone_numbers_are_those_kept_for_drama(nation: NationOnPaper) -> None:
    assert all(row[17].startswith("01632 960") for row in nation.table("epraccur-2024"))


def test_practices_of_a_day_have_names_of_their_own(nation: NationOnPaper) -> None:
    open_ones = [row[1] for row in nation.gp_practices("epraccur-2024") if row[12] == "A"]
    assert len(set(open_ones)) == len(open_ones)


def test_some_practices_changed_their_name(nation: NationOnPaper) -> None:
    before = {
        row["Practice Code"]: row["Practice Name"].upper() for row in nation.rows("nhs-payments-gp-2014-15")
    }
    after = {row[0]: row[1] for row in nation.table("epraccur-2024")}
    assert 200 <= sum(name != after[code] for code, name in before.items()) <= 800


def test_the_bodies_that_the_stories_name_are_there(nation: NationOnPaper) -> None:
    rows = {row["CCG NAME"]: row for row in nation.rows("nhs-payments-gp-2014-15")}
    assert rows.keys() >= NAMED_BY_THE_STORIES
    assert len({rows[name]["NHS England (Region) code"] for name in OF_KENT}) == 1
    regions = {
        row["ccg"]: row["region_code"] for row in nation.rows("ccg-geography") if row["year"] == "1314"
    }
    assert {regions[rows[name]["CCG Code"]] for name in OF_KENT} == {"Y57"}
    assert regions[rows["Oldham"]["CCG Code"]] == "Y54"
    names = {row["name"] for row in nation.rows("organisations")}
    assert names >= {
        "NHS England",
        "Kent Local Medical Committee",
        "British Medical Association",
        "General Practitioners Committee",
        "NHS Clinical Commissioners",
        "The King's Fund",
        "Healthcare Financial Management Association",
        "Pulse",
        "The BMJ",
        "Healthcare Leader",
    }


def published_cells(folder: Path) -> set[str]:
    """Every cell of the published files, in capitals."""
    cells: set[str] = set()
    for path in [*folder.glob("ods/*.csv"), *folder.glob("geography/*.csv"), *folder.glob("payments/*.csv")]:
        data = path.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252")
        for row in csv.reader(text.splitlines()):
            cells.update(" ".join(cell.upper().split()) for cell in row)
    return cells


@pytest.mark.real_data
def test_no_invented_name_or_code_is_a_real_one(nation: NationOnPaper, published: Path) -> None:
    real = published_cells(published)
    doctors = {word for cell in real if re.match(r"DRS?\b", cell) for word in re.findall(r"[A-Z]{3,}", cell)}
    practices = {
        cell
        for start in ("epraccur-2018", "epraccur-2024")
        for row in nation.table(start)
        for cell in row[:2]
    }
    for row in nation.rows("nhs-payments-gp-2014-15"):
        practices |= {row["Practice Code"], row["Practice Name"].upper()}
    commissioners = {cell for row in nation.rows("ccg-geography") for cell in (row["ccg"], row["ccg_name"])}
    networks = {row["PCN_NAME"].upper() for row in nation.rows("practice-pcn") if row["PCN_CODE"] != "U"}
    towns = {row[6] for row in nation.table("epraccur-2024")}
    assert not practices & real
    named = NAMED_BY_THE_STORIES | {"Kent and Medway"}  # what the Kent eight became
    assert commissioners & real == {f"NHS {name.upper()} CCG" for name in named}
    assert not networks & real
    assert not towns & (real | doctors)
