"""The benchmarks run, on a nation of three practices, and hand over rows that can be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from bench import __main__ as bench
from bench import as_at, full_round, imports, ledger, national_round, nations, pages
from bench.rows import Row, late, middle, sampled
from remit.cli.owner import owner
from remit.delegation.models import Application, Decision, Score
from remit.delegation.rules import criteria
from remit.register.actions import Provenance, import_file
from remit.register.models import Fact, Organisation
from remit.register.queries import nation_on, practices_of
from tests import published_files as published

UNITS = {"s", "ms", "rows/s", "entries/s"}
DAY = date(2018, 4, 1)


def load(kind: str, data: bytes, filename: str) -> None:
    import_file(kind=kind, data=data, provenance=Provenance(filename, DAY), by=owner(), at=nations.AT)


@pytest.fixture
def clean_slate() -> Iterator[None]:
    """Nothing that a benchmark leaves behind reaches another test."""
    cache.clear()
    yield
    connection.__dict__.pop("make_cursor", None)
    cache.clear()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS wide")


@pytest.fixture
def three_practices(transactional_db: None, clean_slate: None) -> None:
    """One group, its board, and three practices with lists."""
    codes = ("A81001", "A81002", "A81003")
    load(
        "commissioners",
        published.csv_bytes([published.eccg_row("00C", "NHS TOWN CCG", "20130401")]),
        "eccg-2025.csv",
    )
    load("commissioners", published.boards_file(("QHM", "NHS Towns ICB")), "icb-2024-12.csv")
    load("map", published.map_file(("00C", "QHM", "NHS Towns ICB")), "ccg-to-icb.csv")
    rows = [published.epraccur_row(code, "00C", "20130401", name=f"HEALTH CENTRE {code}") for code in codes]
    load("practices", published.csv_bytes(rows), "epraccur-2018-06.csv")
    load(
        "lists", published.lists_file(*((code, "00C", 7000) for code in codes)), "gp-reg-patients-2015-01.csv"
    )


def well_formed(rows: list[Row]) -> None:
    assert rows
    for row in rows:
        assert row.name
        assert row.unit in UNITS, row
        assert row.ours > 0, row
        assert (row.theirs is None) == (not row.beside), row
        assert row.theirs is None or row.theirs > 0, row
        assert row.p95 is None or row.p95 >= row.ours, row
        assert Row(**json.loads(json.dumps(asdict(row)))) == row, "it survives the way between processes"
    assert len({row.name for row in rows}) == len(rows), "each row has a name of its own"


class TestRows:
    def test_ratio_is_how_many_times_as_fast(self) -> None:
        assert Row("a", 2.0, "ms", beside="b", theirs=10.0).ratio == 5
        assert Row("a", 2.0, "rows/s", beside="b", theirs=10.0).ratio == 0.2
        assert Row("a", 2.0, "ms").ratio is None

    def test_target_is_held_at_the_95th_percentile(self) -> None:
        assert Row("a", 2.0, "ms", p95=11.0, target=10.0).is_met is False
        assert Row("a", 9.0, "s", target=10.0).is_met is True
        assert Row("a", 9.0, "rows/s", target=10.0).is_met is False
        assert Row("a", 9.0, "ms").is_met is None

    def test_percentiles(self) -> None:
        assert late(range(100)) == 95
        assert late([7.0]) == 7.0
        assert middle([1.0, 3.0, 2.0]) == 2.0
        assert len(sampled([lambda: None] * 9, budget=0)) == 3, "three at least"
        assert len(sampled([lambda: None] * 9, budget=60)) == 9

    @pytest.mark.parametrize(
        ("number", "words"), [(1234.5, "1,234"), (12.34, "12.3"), (0.0123, "0.012"), (None, "")]
    )
    def test_figures(self, number: float | None, words: str) -> None:
        assert bench.figure(number) == words

    def test_a_ratio_below_one_is_said_as_a_part(self) -> None:
        assert bench.ratio_words(Row("a", 8.0, "s", beside="b", theirs=1.0)) == "1/8"
        assert bench.ratio_words(Row("a", 1.0, "s", beside="b", theirs=12.0)) == "12.0"
        assert bench.ratio_words(Row("a", 1.0, "s")) == ""

    def test_of_repeats_the_median_counts(self) -> None:
        repeats = [Row("a", float(ours), "s", beside="b", theirs=float(9 - ours)) for ours in (5, 1, 3)]
        found = bench.median_of(repeats)
        assert (found.ours, found.theirs) == (3, 6)


@pytest.mark.slow
class TestMeasuring:
    @pytest.mark.usefixtures("transactional_db", "clean_slate")
    @pytest.mark.parametrize("ours_first", [True, False])
    def test_importing(self, tmp_path: Path, ours_first: bool) -> None:
        rows = [published.payment_row(code) for code in ("A81001", "A81002")]
        file = tmp_path / "nhs-payments-gp-2014-15.csv"
        file.write_bytes(published.payments_file(*rows))
        found = imports.measure({"file": str(file), "ours_first": ours_first})
        well_formed(found)
        assert nation_on(date(2014, 7, 1)).practices == 2, "what was timed was done"
        assert imports.load_theirs(file) == 2

    @pytest.mark.usefixtures("three_practices")
    def test_asking_about_a_day_of_a_nation_four_times_over(self, tmp_path: Path) -> None:
        original, sheet = tmp_path / "facts.csv", tmp_path / "facts-4.csv"
        nations.write_sheet(original)
        facts, organisations = Fact.objects.count(), Organisation.objects.count()
        nations.multiply("abc")
        nations.multiply_sheet(original, sheet, "abc")
        assert (Fact.objects.count(), Organisation.objects.count()) == (4 * facts, 4 * organisations)
        assert len(sheet.read_text().splitlines()) == 1 + 4 * facts
        assert nation_on(DAY).practices == 12
        assert [row.code for row in practices_of("a00C", DAY)] == ["aA81001", "aA81002", "aA81003"]
        well_formed(as_at.at_size(4, sheet, budget=0.01))

    @pytest.mark.usefixtures("three_practices")
    def test_making_pages(self) -> None:
        rows = pages.measure({"times": 1})
        well_formed(rows)
        assert len(rows) == len(pages.addresses())
        assert all("questions to the database" in row.note for row in rows)

    def test_the_ledger(self) -> None:
        rows = bench.ledger_rows(ledger.run(300))
        well_formed(rows)
        assert "300 entries" in rows[0].name


class TestTheCommand:
    @pytest.fixture(autouse=True)
    def one_benchmark(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def measured(run: bench.Run) -> list[Row]:
            assert run.folder.is_dir()
            return [Row("a thing", 2.0, "ms", p95=3.0, beside="another", theirs=8.0, target=5.0, note="so")]

        monkeypatch.setattr(bench, "BENCHMARKS", {"import": measured, "pages": measured})

    def test_json_alone_on_standard_output(self, capsys: Any) -> None:
        assert bench.main(["--json", "--quick"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert set(told["benchmarks"]) == {"import", "pages"}
        [row] = told["benchmarks"]["pages"]
        assert (row["ratio"], row["is_met"]) == (4, True)
        assert told["machine"]["cores"] >= 1

    def test_a_table_for_people(self, capsys: Any) -> None:
        assert bench.main(["--only", "pages"]) == 0
        out = capsys.readouterr()
        assert "8 ms: another" in out.out
        assert "✓ 5" in out.out
        assert out.err.startswith("pages")

    def test_a_measurement_that_fails_is_said(self, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(run: bench.Run) -> list[Row]:
            return bench.run_apart("bench.nowhere", {}, run.place("nation"))

        monkeypatch.setattr(bench, "BENCHMARKS", {"import": fails})
        assert bench.main([]) == 1
        assert "error: bench.nowhere ended with exit code 1" in capsys.readouterr().err


class TestTheNationalRound:
    def test_made_assessed_announced_and_multiplied(
        self, transactional_db: None, clean_slate: None, tmp_path: Path, settings: Any
    ) -> None:
        for changed in "PASSWORD_HASHERS", "STORAGES":
            setattr(settings, changed, getattr(settings, changed))  # put back afterwards
        options = {"database": "it", "folder": str(tmp_path), "applications": 2, "sizes": [1, 2], "times": 1}
        rows = national_round.measure(options)
        well_formed(rows)
        names = [row.name for row in rows]
        assert "it: the public round page, 4 applications" in names, "each once more"
        assert Application.objects.filter(round=full_round.ROUND, state="submitted").count() == 4
        assert Score.objects.count() == 4 * 2 * len(criteria()), "with the scores of both assessors"
        assert not Decision.objects.exists(), "what was decided to measure it was taken back"
