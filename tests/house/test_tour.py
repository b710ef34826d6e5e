"""The tour claims no more than the tests and pages bear out, and uses no words but ours."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from remit.tour import queries
from remit.tour.queries import SeedRow, State, as_json, claims, judged, tour
from scripts.seed_tests import ROOT, TARGET, MarkError, as_text, evidence_in, main

SIZES = {"S0": 43, "S1": 21, "S2": 48, "S3": 16, "S4": 14}
ARTICLES = ROOT.parent / "shared" / "seeds"
WORDS_IN_A_ROW = 6

ROW = SeedRow(
    id="S0-01",
    article="S0",
    says="says",
    must="must",
    area="register",
    state=State.WORKS,
    url="/page",
    missing="",
    tests=("tests/test_a.py::test_b",),
)


def marked_in(folder: Path, source: str) -> dict[str, list[str]]:
    """What the scanner finds in one test module with this source."""
    tests = folder / "tests"
    tests.mkdir()
    (tests / "test_it.py").write_text("import pytest\nfrom pytest import mark\n" + source, encoding="utf-8")
    return evidence_in(tests, folder)


def runs_of_words(text: str) -> set[str]:
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "'").replace("'", ""))
    return {" ".join(words[i : i + WORDS_IN_A_ROW]) for i in range(len(words) - WORDS_IN_A_ROW + 1)}


# -- the registry --------------------------------------------------------------------------------------------


def test_the_registry_holds_the_142_ids_in_order_without_a_gap() -> None:
    expected = [f"{article}-{n:02d}" for article, size in SIZES.items() for n in range(1, size + 1)]
    assert [row.id for row in claims().rows] == expected
    assert len(expected) == 142


def test_rows_stand_under_their_own_article() -> None:
    assert [article.id for article in claims().articles] == list(SIZES)
    assert [row.id for row in claims().rows if not row.id.startswith(row.article + "-")] == []


def test_wording_is_short_and_there_is_some() -> None:
    too_long = [
        row.id for row in claims().rows if not 10 <= len(row.says) <= 90 or not 10 <= len(row.must) <= 140
    ]
    assert too_long == []


def test_no_two_rows_say_the_same() -> None:
    assert len({row.says for row in claims().rows}) == len({row.must for row in claims().rows}) == 142


def test_pages_are_paths_of_this_site() -> None:
    assert [row.id for row in claims().rows if row.url and not re.match(r"/(?!/)", row.url)] == []


@pytest.mark.real_data
def test_no_wording_repeats_six_words_of_an_article() -> None:
    if not ARTICLES.is_dir():
        assert os.environ.get("CI") != "true", f"the articles are not at {ARTICLES}"
        pytest.skip("the articles are not beside this checkout: wording was not compared")
    published = set().union(*(runs_of_words(path.read_text("utf-8")) for path in ARTICLES.glob("*.txt")))
    assert len(published) > 2000
    ours = [(row.id, text) for row in claims().rows for text in (row.says, row.must, row.missing)]
    ours += [(article.id, article.subject) for article in claims().articles]
    assert {
        name: runs_of_words(text) & published for name, text in ours if runs_of_words(text) & published
    } == {}


# -- claims and evidence -------------------------------------------------------------------------------------


def test_no_claim_goes_beyond_its_evidence() -> None:
    shown = tour().rows
    assert {
        row.id: row.missing for row, claim in zip(shown, claims().rows, strict=True) if row != claim
    } == {}


def test_a_working_demand_misses_nothing() -> None:
    assert {row.id: row.missing for row in claims().rows if row.state is State.WORKS and row.missing} == {}


def test_a_demand_with_a_test_is_at_least_partly_met() -> None:
    assert [row.id for row in claims().rows if row.state is State.NOT_YET and (row.tests or row.url)] == []


def test_every_marked_seed_is_in_the_registry() -> None:
    assert set(evidence_in(ROOT / "tests", ROOT)) <= {row.id for row in claims().rows}


def test_the_evidence_file_is_in_step_with_the_tests() -> None:
    assert TARGET.read_text("utf-8") == as_text(evidence_in(ROOT / "tests", ROOT)), (
        "run scripts/seed_tests.py"
    )


@pytest.mark.parametrize(
    ("claim", "state", "missing"),
    [
        (ROW, State.WORKS, ""),
        (replace(ROW, tests=()), State.PARTLY, queries.NO_TEST),
        (replace(ROW, url=""), State.PARTLY, queries.NO_PAGE),
        (replace(ROW, url="", tests=()), State.NOT_YET, f"{queries.NO_PAGE}; {queries.NO_TEST}"),
        (replace(ROW, state=State.PARTLY, missing="the rest"), State.PARTLY, "the rest"),
        (replace(ROW, state=State.PARTLY, missing="the rest", url=""), State.PARTLY, "the rest"),
        (replace(ROW, state=State.PARTLY, missing="the rest", tests=()), State.PARTLY, "the rest"),
        (replace(ROW, state=State.PARTLY), State.NOT_YET, queries.NO_NOTE),
        (
            replace(ROW, state=State.PARTLY, missing="the rest", url="", tests=()),
            State.NOT_YET,
            f"the rest; {queries.NO_PAGE}; {queries.NO_TEST}",
        ),
        (replace(ROW, state=State.NOT_YET, url="", tests=()), State.NOT_YET, ""),
    ],
)
def test_a_claim_is_shown_as_far_as_its_evidence_goes(claim: SeedRow, state: State, missing: str) -> None:
    assert judged(claim) == replace(claim, state=state, missing=missing)


# -- reading and counting ------------------------------------------------------------------------------------


def test_counts_are_of_the_rows() -> None:
    whole = tour()
    assert sum(whole.counts().values()) == 142
    assert {article: sum(counts.values()) for article, counts in whole.counts_by_article().items()} == SIZES
    assert list(whole.counts()) == list(State)
    for state, count in whole.counts().items():
        assert len(whole.only(state=state)) == count
        assert sum(counts[state] for counts in whole.counts_by_article().values()) == count


def test_rows_are_chosen_by_article_and_state() -> None:
    whole = tour()
    assert whole.only() == whole.rows
    assert [row.id for row in whole.only(article="S4")] == [f"S4-{n:02d}" for n in range(1, 15)]
    chosen = whole.only(article="S1", state=State.NOT_YET)
    assert {(row.article, row.state) for row in chosen} == {("S1", State.NOT_YET)}


def test_json_has_the_four_promised_fields() -> None:
    assert as_json([ROW]) == [
        {"id": "S0-01", "state": "works", "url": "/page", "tests": ["tests/test_a.py::test_b"]}
    ]


def test_an_unknown_seed_or_area_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {
        "seeds.yaml": queries._text("seeds.yaml"),
        "tests.json": '{"S9-01": ["tests/test_a.py::test_b"]}',
    }
    monkeypatch.setattr(queries, "_text", texts.__getitem__)
    with pytest.raises(ValueError, match="S9-01"):
        claims.__wrapped__()
    texts["tests.json"] = "{}"
    texts["seeds.yaml"] = texts["seeds.yaml"].replace("area: figures", "area: figgures")
    with pytest.raises(ValueError, match="figgures"):
        claims.__wrapped__()


# -- the scanner ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("@pytest.mark.seed('S0-01')\ndef test_a(): ...", {"S0-01": ["tests/test_it.py::test_a"]}),
        ("@mark.seed('S0-01')\nasync def test_a(): ...", {"S0-01": ["tests/test_it.py::test_a"]}),
        (
            "@pytest.mark.seed('S0-02')\n@pytest.mark.seed('S0-01')\ndef test_a(): ...",
            {"S0-01": ["tests/test_it.py::test_a"], "S0-02": ["tests/test_it.py::test_a"]},
        ),
        (
            "pytestmark = [pytest.mark.seed('S0-01')]\ndef test_b(): ...\ndef test_a(): ...\ndef c(): ...",
            {"S0-01": ["tests/test_it.py::test_a", "tests/test_it.py::test_b"]},
        ),
        (
            "pytestmark: list = [pytest.mark.seed('S0-01')]\nclass TestA:\n    def test_a(self): ...",
            {"S0-01": ["tests/test_it.py::TestA::test_a"]},
        ),
        (
            "@pytest.mark.seed('S0-01')\nclass TestA:\n    pytestmark = pytest.mark.seed('S0-02')\n"
            "    def test_a(self): ...\ndef test_b(): ...",
            {"S0-01": ["tests/test_it.py::TestA::test_a"], "S0-02": ["tests/test_it.py::TestA::test_a"]},
        ),
        (
            "@pytest.mark.parametrize('x', [pytest.param(1, marks=pytest.mark.seed('S0-01')), 2])\n"
            "def test_a(x): ...",
            {"S0-01": ["tests/test_it.py::test_a"]},
        ),
        ("@rng.seed('S0-01')\ndef test_a(): seed('S0-01')", {}),
    ],
)
def test_the_scanner_finds_marks_where_pytest_does(
    tmp_path: Path, source: str, expected: dict[str, list[str]]
) -> None:
    assert marked_in(tmp_path, source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "@pytest.mark.seed('S0-01')\ndef no_test(): ...",
        "@pytest.mark.seed('S0-01')\nclass Other:\n    def test_a(self): ...",
        "the_mark = pytest.mark.seed('S0-01')\n@the_mark\ndef test_a(): ...",
        "pytestmark = pytest.mark.seed('S0-01')",
        "ID = 'S0-01'\n@pytest.mark.seed(ID)\ndef test_a(): ...",
        "@pytest.mark.seed('S0-01', 'S0-02')\ndef test_a(): ...",
        "@pytest.mark.seed(id='S0-01')\ndef test_a(): ...",
    ],
)
def test_the_scanner_refuses_a_mark_that_proves_nothing(tmp_path: Path, source: str) -> None:
    with pytest.raises(MarkError, match=r"tests/test_it\.py:\d+: "):
        marked_in(tmp_path, source)


def test_check_tells_a_stale_file_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    marked_in(tmp_path, "@pytest.mark.seed('S0-01')\ndef test_a(): ...")
    target = tmp_path / "tests.json"
    monkeypatch.setattr("scripts.seed_tests.ROOT", tmp_path)
    monkeypatch.setattr("scripts.seed_tests.TARGET", target)
    assert main(["--check"]) == 1
    assert not target.exists()
    assert main([]) == 0
    assert main(["--check"]) == 0
    target.write_text("{}", encoding="utf-8")
    assert main(["--check"]) == 1
    assert "tests.json is out of step" in capsys.readouterr().err
