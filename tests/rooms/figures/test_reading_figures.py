"""What can be said of figures: verdicts, sets, reconstructions, and the articles' claims."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from remit.figures import queries, rules
from remit.figures.actions import FigureDraft, record_articles, record_figure
from remit.figures.queries import NoSuchFigure, verdict
from remit.figures.queries import claims as claims_module
from remit.kernel.actor import Actor
from tests.factories import NOW

Make = Callable[..., FigureDraft]
ARTICLES = Path(__file__).resolve().parents[4] / "shared" / "seeds"

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(draft: Make, officer: Actor) -> Callable[..., queries.KeptVersion]:
    """A figure as it is read back."""

    def keep(**changes: Any) -> queries.KeptVersion:
        asked = draft(**changes)
        record_figure(draft=asked, by=officer, at=NOW, once=asked.sha256)
        found = queries.figure(asked.id, at=None)
        assert found is not None
        return found.now

    return keep


@pytest.fixture
def recorded(officer: Actor) -> None:
    """The five articles."""
    record_articles(by=officer, at=NOW)


def now(figure: str) -> queries.KeptVersion:
    found = queries.figure(figure, at=None)
    assert found is not None
    return found.now


# -- one figure ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "value", "sentence"),
    [
        ({}, "30%", "64 of 211 is 30% (30.33%)."),
        ({"base": None}, "64", "A count without a base, so it has no share."),
        ({"places": 1}, "30.3%", "64 of 211 is 30.3% (30.332%)."),
        (
            {"numerator": 151, "rounding": "truncated", "published_percent": Decimal(71)},
            "71%",
            "Printed 71%, and 151 of 211 is 72% (71.56%) and 71% cut off, so they agree.",
        ),
        (
            {"published_percent": Decimal(30)},
            "30%",
            "Printed 30%, and 64 of 211 is 30% (30.33%), so they agree.",
        ),
        (
            {"numerator": 151, "published_percent": Decimal(71), "as_published": True},
            "72%",
            "Printed 71%, but 151 of 211 is 72% (71.56%). Cut off instead of rounded, it is 71%. "
            "Rounded, 71% would need a base of 212 to 214.",
        ),
        (
            {"numerator": 2, "base": 3, "published_percent": Decimal(50), "as_published": True},
            "67%",
            "Printed 50%, but 2 of 3 is 67% (66.67%). No whole count of 3 gives 50%. "
            "Rounded, 50% would need a base of only 4.",
        ),
        (
            {"numerator": None, "published_percent": Decimal(27), "base": 504},
            "27%",
            "Only the percentage was printed. Of 504, 134 to 138 would give it.",
        ),
        (
            {"numerator": None, "published_percent": Decimal(11), "base": 77, "as_published": True},
            "11%",
            "No whole count of 77 gives 11%.",
        ),
        (
            {"numerator": None, "published_percent": Decimal(66), "base": None, "as_published": True},
            "66%",
            "Only a percentage was printed and its base was not stated, so nothing can be worked out.",
        ),
        (
            {
                "numerator": None,
                "claim": "a third",
                "published": "a third",
                "base": None,
                "as_published": True,
            },
            "a third",
            "Only words were printed, with no number to work out.",
        ),
        (
            {"numerator": 120, "claim": "majority"},
            "57%",
            "120 of 211 is 57% (56.87%). “majority” means more than half (50%): "
            "120 of the 211 commissioners on the day is 57%. The words are fair.",
        ),
        (
            {"claim": "majority", "as_published": True},
            "30%",
            "64 of 211 is 30% (30.33%). “majority” means more than half (50%): "
            "64 of the 211 commissioners on the day is 30%. The words go further than the figure.",
        ),
    ],
)
def test_a_figure_is_explained_in_a_sentence(
    kept: Callable[..., queries.KeptVersion], changes: dict[str, Any], value: str, sentence: str
) -> None:
    version = kept(**changes)
    assert (version.value, verdict(version)) == (value, sentence)


def test_decimals_come_back_as_they_were_printed(kept: Callable[..., queries.KeptVersion]) -> None:
    version = kept(published_percent=Decimal("30.3"), places=1)
    assert str(version.published_percent) == "30.3"
    assert (str(version.half_up), str(version.truncated)) == ("30.3", "30.3")


def test_whether_a_figure_agrees_is_said_only_where_it_can_be(
    kept: Callable[..., queries.KeptVersion],
) -> None:
    assert kept().agrees is None
    assert kept(id="right", published_percent=Decimal(30)).agrees is True
    assert kept(id="wrong", published_percent=Decimal(31), as_published=True).agrees is False
    lone = {"numerator": None, "base": 77, "as_published": True}
    assert kept(id="lone", published_percent=Decimal(12), **lone).agrees is True
    assert kept(id="none", published_percent=Decimal(11), **lone).agrees is False


def test_every_version_is_there_for_ever(draft: Make, officer: Actor) -> None:
    for number, count in enumerate((64, 63)):
        at = NOW + timedelta(minutes=number)
        record_figure(draft=draft(numerator=count), by=officer, at=at, once=str(number))
    found = queries.figure("approved", at=None)
    assert found is not None
    assert [(each.number, each.numerator, each.is_superseded) for each in found.versions] == [
        (2, 63, False),
        (1, 64, True),
    ]
    first = found.version(1)
    assert first is not None
    assert (first.latest, found.now.number, found.version(3)) == (2, 2, None)
    assert [each.number for each in queries.figures(at=None)] == [2]


def test_what_is_under_embargo_is_not_there_before_its_release(draft: Make, officer: Actor) -> None:
    release = NOW + timedelta(hours=1)
    before, sets = NOW + timedelta(minutes=59), {"figure_set": "parts"}
    record_figure(draft=draft(**sets), by=officer, at=NOW, once="1")
    record_figure(draft=draft(numerator=63, released_at=release, **sets), by=officer, at=NOW, once="2")
    record_figure(draft=draft(id="newer", released_at=release), by=officer, at=NOW, once="3")

    def seen(at: Any) -> list[tuple[str, int | None]]:
        return [(version.figure, version.numerator) for version in queries.figures(at=at)]

    assert seen(before) == [("approved", 64)]
    assert seen(release) == seen(None) == [("approved", 63), ("newer", 64)]
    assert queries.figure("newer", at=before) is None
    old = queries.figure("approved", at=before)
    assert old is not None
    assert [(version.number, version.is_superseded) for version in old.versions] == [(1, False)]
    assert [version.numerator for version in queries.figures_of_set("parts", at=before)] == [64]
    assert queries.figure("newer", at=release) is not None


@pytest.mark.parametrize("figure", ["nothing", "a\0b", "", "a b"])
def test_what_is_no_figure_is_not_found(figure: str) -> None:
    assert queries.figure(figure, at=None) is None


def test_rows_come_in_their_order_and_by_the_page(kept: Callable[..., queries.KeptVersion]) -> None:
    rows = tuple((f"organisation/X{place:02}", f"Commissioner {place}") for place in range(12))
    version = kept(numerator=12, numerator_rows=rows)
    assert [row.words for row in queries.figure_rows(version, "numerator", 9)] == [
        "Commissioner 9",
        "Commissioner 10",
        "Commissioner 11",
    ]
    assert queries.figure_rows(version, "base") == []
    assert (version.has_numerator_rows, version.has_base_rows) == (True, False)


@pytest.mark.usefixtures("recorded")
def test_figures_can_be_asked_for_by_article_and_by_id() -> None:
    assert [version.figure for version in queries.figures(at=None, article="S3")] == ["N20-level-3"]
    assert {version.figure for version in queries.figures(at=None, ids=["N1", "N21", "none"])} == {
        "N1",
        "N21",
    }


# -- sets ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("recorded")
def test_the_four_answers_are_a_set_that_no_one_rule_gives() -> None:
    found = queries.figure_set("S0-levels", at=None)
    assert found is not None
    assert (found.base, found.counts, found.missing, found.ways) == (77, (9, 23, 32, 13), (), ())
    assert found.notes == (
        "9 + 23 + 32 + 13 = 77, so nobody is left out or counted twice.",
        "The printed percentages add up to 100. Each rounded by itself they are 12, 30, 42, 17. These add up to "
        "101 because of rounding. Rounded as a set, by largest remainder, they are 12, 30, 41, 17 and add up to "
        "100.",
        "No single way of rounding gives the percentages as printed.",
    )

    ballots = queries.figure_set("S0-ballots", at=None)
    assert ballots is not None
    assert ballots.notes[1] == "Each rounded by itself they are 40, 45, 15."


@pytest.mark.usefixtures("recorded")
def test_counts_that_were_not_printed_are_filled_in_where_only_one_way_fits() -> None:
    plans = queries.figure_set("S2-plans", at=None)
    assert plans is not None
    assert (plans.counts, plans.ways) == ((19, 42, 3), ((19, 42, 3),))
    assert [int(percent) for percent in plans.by_rule[0].percents] == [30, 66, 5]
    assert plans.notes[0] == (
        "Counts were not printed. Only these fit: Plans agreed by all 19; Plans partly agreed 42; "
        "Plans not agreed at all 3."
    )
    question = queries.figure_set("S2-Q1", at=None)
    assert question is not None
    assert (question.counts, len(question.ways), question.by_rule) == ((), 5, ())
    assert question.notes == (
        "Counts were not printed for: Consulted: yes; Consulted: don’t know. 5 ways of filling them in fit.",
        "The printed percentages add up to 100.",
    )


def members(draft: Make, officer: Actor, *counts: dict[str, Any]) -> queries.FigureSet | None:
    for number, changes in enumerate(counts):
        part = draft(id=f"part-{number}", label=f"Part {number}", figure_set="parts", order=number, **changes)
        record_figure(draft=part, by=officer, at=NOW, once=str(number))
    return queries.figure_set("parts", at=None)


def test_a_set_printed_by_a_rule_says_which(draft: Make, officer: Actor) -> None:
    shares = [(1, 33), (1, 33), (1, 33)]
    found = members(
        draft, officer, *({"numerator": n, "base": 3, "published_percent": Decimal(p)} for n, p in shares)
    )
    assert found is not None
    assert found.title == ""
    assert found.notes[-1] == "The printed percentages were made so: rounded to the nearest, halves up."
    assert "These add up to 99 because of rounding." in found.notes[1]


def test_counts_that_do_not_make_the_base_are_said_so(draft: Make, officer: Actor) -> None:
    found = members(draft, officer, {"numerator": 1, "base": 5}, {"numerator": 3, "base": 5})
    assert found is not None
    assert found.by_rule == ()
    assert found.notes == ("The counts do not make the base: 1 + 3 is 4, not 5.",)


def test_where_no_counts_fit_it_is_said(draft: Make, officer: Actor) -> None:
    found = members(
        draft,
        officer,
        {"numerator": None, "base": 5, "published_percent": Decimal(20)},
        {"numerator": 2, "base": 5},
    )
    assert found is not None
    assert found.notes == ("No counts fit what was printed for: Part 0.",)


def test_a_thousand_ways_are_enough(draft: Make, officer: Actor) -> None:
    nothing = {"numerator": None, "base": 100, "claim": "most", "as_published": True}
    found = members(draft, officer, nothing, nothing, nothing)
    assert found is not None
    assert len(found.ways) == 1000
    assert "1,000 or more ways of filling them in fit." in found.notes[0]


def test_what_shares_no_base_is_no_set(draft: Make, officer: Actor) -> None:
    assert queries.figure_set("parts", at=None) is None
    assert members(draft, officer, {"base": 100}, {"base": 200}) is None
    assert [version.figure for version in queries.figures_of_set("parts", at=None)] == ["part-0", "part-1"]


def test_a_figure_that_left_its_set_is_no_longer_in_it(draft: Make, officer: Actor) -> None:
    members(draft, officer, {"numerator": 1, "base": 2}, {"numerator": 1, "base": 2})
    record_figure(draft=draft(id="part-1"), by=officer, at=NOW, once="left")
    assert [version.figure for version in queries.figures_of_set("parts", at=None)] == ["part-0"]


@pytest.mark.usefixtures("recorded")
def test_the_sets_of_an_article() -> None:
    assert [found.id for found in queries.sets_among(queries.figures(at=None, article="S2"))] == [
        "S2-Q1",
        "S2-Q2",
        "S2-Q3",
        "S2-plans",
        "S2-Kent",
    ]
    assert queries.sets_among(queries.figures(at=None, article="S3")) == []


# -- claims --------------------------------------------------------------------------------------------------


def test_nothing_is_claimed_before_the_articles_are_recorded(
    kept: Callable[..., queries.KeptVersion],
) -> None:
    kept()
    assert queries.claims_checked(at=None) == []


@pytest.mark.usefixtures("recorded")
def test_every_claim_is_checked_against_the_figures() -> None:
    found = queries.claims_checked(at=None)
    assert len(found) == len({claim.key for claim in found}) == 34
    assert [claim.key for claim in found if not claim.holds] == []
    assert all(claim.arithmetic for claim in found)
    assert {claim.article for claim in queries.claims_checked(at=None, article="S4")} == {"S4"}


def test_a_claim_fails_when_its_figures_change(recorded: None, officer: Actor, draft: Make) -> None:
    changed = draft(id="N21", numerator=150, article="S4", published_percent=Decimal(71), as_published=True)
    record_figure(draft=changed, by=officer, at=NOW, once="1")
    failing = {claim.key for claim in queries.claims_checked(at=None) if not claim.holds}
    assert "64+87=151" in failing
    assert "ballot partition 25+22+8" not in failing


@pytest.mark.usefixtures("recorded")
def test_a_claim_on_a_figure_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = rules.PrintedClaim("key", "S0", "says", (("total", {"terms": ["N99"], "makes": 1}),))
    monkeypatch.setattr(claims_module, "claims", lambda: (wrong,))
    with pytest.raises(NoSuchFigure, match="no figure N99 is recorded"):
        queries.claims_checked(at=None)


# -- the rulebook --------------------------------------------------------------------------------------------


def test_the_rulebook_names_every_figure_once_and_speaks_of_those_there_are() -> None:
    ids = [figure.id for article in rules.articles() for figure in article.figures]
    assert len(ids) == len(set(ids))
    assert {figure for trap in rules.traps() for figure in trap.figures} <= set(ids)
    assert {claim.article for claim in rules.claims()} <= {article.id for article in rules.articles()}
    assert next(iter(rules.articles())).figures[0].ledger_number == "N1"
    assert [figure for figure in ids if not figure.startswith("N")] == ["ext-no-confidence"]


def test_every_word_of_the_table_is_understood() -> None:
    from remit.engines.figures import understand

    words = rules.vocabulary()
    for comparison in words.comparisons:
        for start in comparison.words:
            for amount in words.amounts:
                for word in amount.words:
                    claim = understand(f"{start} {word}".strip(), words)
                    assert (claim.comparison, claim.percent) == (comparison, amount.percent)
    assert {understand(word, words).percent for word, *_ in words.whole} == {50}


@pytest.mark.real_data
def test_no_figure_is_told_in_an_article_s_words() -> None:
    if not ARTICLES.is_dir():
        assert os.environ.get("CI") != "true", "the articles are not beside this checkout"
        pytest.skip("the articles are not beside this checkout: wording was not compared")
    published = set().union(*(runs_of_six(path.read_text("utf-8")) for path in ARTICLES.glob("*.txt")))
    assert len(published) > 2000
    for name in ("articles.yaml", "claims.yaml"):
        ours = yaml.safe_load((settings.RULEBOOK / name).read_text("utf-8"))
        for text in texts_of(ours):
            assert runs_of_six(text) & published == set(), text


def runs_of_six(text: str) -> set[str]:
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "'").replace("'", ""))
    return {" ".join(words[at : at + 6]) for at in range(len(words) - 5)}


def texts_of(part: Any) -> list[str]:
    if isinstance(part, str):
        return [part]
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return [text for each in inner for text in texts_of(each)]
