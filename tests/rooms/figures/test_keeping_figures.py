"""Keeping figures: what is refused, what makes a version, and that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from remit.figures.actions import FigureDraft, keep_figure, record_articles, record_figure
from remit.figures.models import Figure, FigureRow, FigureVersion
from remit.figures.queries import disagreements
from remit.figures.queries.integrity import hashes_of
from remit.figures.rules import articles
from remit.kernel.actor import ANYONE, Actor
from remit.ledger.actions import NotInTransaction
from remit.ledger.models import Entry
from tests.factories import NOW

Make = Callable[..., FigureDraft]
Told = Callable[[Callable[[], object]], tuple[str, str]]
LATER = NOW + timedelta(minutes=1)
ROWS = (("organisation/00C", "NHS Old Town CCG"), ("organisation/00D", "NHS New Town CCG"))

pytestmark = pytest.mark.django_db


def record(draft: FigureDraft, by: Actor, once: str = "1", at: Any = NOW) -> FigureVersion:
    return record_figure(draft=draft, by=by, at=at, once=once)


# -- what is written -----------------------------------------------------------------------------------------


def test_a_figure_is_kept_with_its_rows_in_one_entry(draft: Make, officer: Actor) -> None:
    asked = draft(numerator=1, numerator_rows=ROWS[:1], base=2, base_rows=ROWS)
    version = record(asked, officer)
    assert (version.figure_id, version.number, version.recorded_by, version.recorded_at) == (
        "approved",
        1,
        "01JOFFICER",
        NOW,
    )
    rows = version.rows.order_by("side", "place").values_list("side", "place", "ref", "words")
    assert list(rows) == [
        ("base", 1, *ROWS[0]),
        ("base", 2, *ROWS[1]),
        ("numerator", 1, *ROWS[0]),
    ]
    entry = Entry.objects.get()
    assert (entry.act, entry.subject, entry.by) == ("figure.recorded", "figure/approved", "01JOFFICER")
    assert entry.details == {
        "version": 1,
        "sha256": version.sha256,
        "numerator": 1,
        "base": 2,
        "published": "",
    }


def test_the_same_figure_again_is_nothing_new(draft: Make, officer: Actor) -> None:
    first = record(draft(), officer)
    assert record(draft(), officer, once="2", at=LATER) == first
    assert record(draft(numerator=65), officer, once="1", at=LATER) == first
    assert (FigureVersion.objects.count(), Entry.objects.count()) == (1, 1)


def test_another_content_supersedes_and_the_old_one_stays(draft: Make, officer: Actor) -> None:
    first = record(draft(), officer)
    second = record(draft(numerator=63), officer, once="2", at=LATER)
    assert (second.number, second.figure) == (2, first.figure)
    first.refresh_from_db()
    assert first.numerator == 64
    third = record(draft(), officer, once="3", at=LATER)
    assert (third.number, third.sha256) == (3, first.sha256)
    assert Entry.objects.count() == 3


def test_rows_are_part_of_what_a_figure_says(draft: Make) -> None:
    one = draft(numerator=1, numerator_rows=ROWS[:1])
    assert one.sha256 != replace(one, numerator_rows=ROWS[1:]).sha256
    assert one.sha256 != replace(one, published_percent=Decimal("30.3"), places=1).sha256
    assert one.sha256 == replace(one, article="S0", order=3, ledger_number="N1").sha256


def test_where_a_figure_is_listed_can_change(draft: Make, officer: Actor) -> None:
    record(draft(), officer)
    record(draft(article="S3", ledger_number="N20", order=4), officer, once="2")
    figure = Figure.objects.get()
    assert (figure.article, figure.ledger_number, figure.order) == ("S3", "N20", 4)
    assert FigureVersion.objects.count() == 1


def test_two_figures_with_one_value_stay_two(draft: Make, officer: Actor) -> None:
    record(draft(id="answered-a-survey", numerator_what="finance directors that answered"), officer)
    record(draft(), officer, once="2")
    assert Figure.objects.count() == 2


def test_keeping_needs_the_transaction_of_the_act_it_is_part_of(
    draft: Make, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction.atomic():
        kept = keep_figure(draft=draft(), by=officer, at=NOW)
    assert kept.number == 1
    assert Entry.objects.count() == 0
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
    with pytest.raises(NotInTransaction, match=r"inside transaction\.atomic"):
        keep_figure(draft=draft(), by=officer, at=NOW)
    monkeypatch.undo()


@pytest.mark.parametrize("by", [ANYONE, Actor("01JOTHER", "X24")])
def test_only_those_who_may_record_figures(draft: Make, refused: Told, by: Actor) -> None:
    assert refused(lambda: record(draft(), by))[0] in {"sign_in", "not_permitted"}
    assert refused(lambda: record_articles(by=by, at=NOW))[0] in {"sign_in", "not_permitted"}
    assert Figure.objects.count() == 0


# -- what is refused -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "code", "message"),
    [
        ({"id": "not this"}, "not_a_figure_id", "“not this” cannot name a figure."),
        ({"id": "a" * 81}, "not_a_figure_id", "at most 80"),
        ({"label": " "}, "incomplete", "lacks: label."),
        ({"source": ""}, "incomplete", "lacks: source."),
        ({"definition": "", "base_what": ""}, "incomplete", "lacks: definition, what the base counts."),
        ({"numerator_what": ""}, "incomplete", "lacks: what the numerator counts."),
        ({"numerator": None}, "incomplete", "lacks: a count, or a printed percentage."),
        ({"numerator": None, "claim": "majority"}, "incomplete", "lacks: a count, or a printed percentage."),
        ({"rounding": "up"}, "unknown_rounding", "“up” is not a rounding rule."),
        ({"places": 7}, "too_many_decimals", "0 to 6; 7 does not fit."),
        ({"published_percent": Decimal("30.3")}, "too_many_decimals", "0 does not fit."),
        ({"base": None, "published_percent": Decimal(30)}, "base_missing", "out of how many?"),
        ({"base": None, "claim": "majority"}, "base_missing", "out of how many?"),
        ({"base": 0}, "base_missing", "A base is at least 1, not 0."),
        ({"base": 63}, "more_than_its_base", "64 commissioners approved cannot be a part of 63"),
        ({"numerator": -1}, "more_than_its_base", "-1 commissioners approved"),
        ({"numerator_rows": ROWS}, "rows_do_not_count", "The numerator says 64, and 2 rows make it."),
        ({"base_rows": ()}, "rows_do_not_count", "The base says 211, and 0 rows make it."),
        ({"base": 2, "numerator": 1, "base_rows": ROWS[:1] * 2}, "rows_do_not_count", "there twice"),
        ({"published_percent": Decimal(31)}, "does_not_follow", "64 of 211 is 30% (30.33%), not 31%."),
        (
            {"numerator": 9, "base": 77, "published_percent": Decimal(11)},
            "not_attainable",
            "11% of 77: no whole count gives it; 9 of 77 is 12%.",
        ),
        (
            {"numerator": None, "base": 77, "published_percent": Decimal(11)},
            "not_attainable",
            "11% of 77: no whole count gives it; 8 of 77 is 10% and 9 of 77 is 12%.",
        ),
        (
            {"numerator": 25, "base": 55, "base_what": "asked", "claim": "majority"},
            "not_borne_out",
            "“majority” means more than half (50%): 25 of the 55 asked is 45%.",
        ),
        ({"claim": "lots"}, "unknown_words", "“lots” is not a claim that can be checked."),
        ({"part_of": "nothing"}, "not_a_figure", "There is no figure “nothing”"),
    ],
)
def test_a_figure_that_cannot_be_opened_is_refused(
    draft: Make, officer: Actor, refused: Told, changes: dict[str, Any], code: str, message: str
) -> None:
    found, told = refused(lambda: record(draft(**changes), officer))
    assert found == code
    assert message in told
    assert (Figure.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"published_percent": Decimal(30), "published": "30%"},
        {"published_percent": Decimal("30.3"), "places": 1},
        {"published_percent": Decimal(31), "rounding": "largest_remainder"},
        {"published_percent": Decimal(71), "numerator": 151, "rounding": "truncated"},
        {"numerator": 25, "base": 47, "base_what": "that specified", "claim": "majority"},
        {"numerator": 0, "numerator_rows": ()},
        {"base": None},
        {"numerator": None, "base": 504, "published_percent": Decimal(27)},
        {"numerator": 2, "base": 2, "numerator_rows": (("", "Somebody"), ("", "Somebody"))},
    ],
)
def test_what_follows_from_its_parts_is_kept(draft: Make, officer: Actor, changes: dict[str, Any]) -> None:
    assert record(draft(**changes), officer).number == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"numerator": 9, "base": 77, "published_percent": Decimal(11)},
        {"numerator": 151, "published_percent": Decimal(71)},
        {"numerator": 25, "base": 55, "claim": "majority"},
        {"numerator": None, "base": None, "published_percent": Decimal(66)},
        {"numerator": None, "base": None, "claim": "a third"},
    ],
)
def test_what_somebody_else_printed_is_kept_as_printed(
    draft: Make, officer: Actor, changes: dict[str, Any]
) -> None:
    assert record(draft(**changes, as_published=True), officer).as_published


@pytest.mark.parametrize(
    ("whole", "part", "fits"),
    [
        ({"numerator": 60}, {"numerator": 61}, False),
        ({"numerator": 60}, {"numerator": 60}, True),
        ({"numerator": None, "published_percent": Decimal(66)}, {"numerator": 100, "base": 150}, False),
        ({"numerator": None, "published_percent": Decimal(66)}, {"numerator": 99, "base": 150}, True),
        (
            {"numerator": None, "base": None, "published_percent": Decimal(66)},
            {"numerator": None, "base": None, "claim": "a third"},
            True,
        ),
        (
            {"numerator": None, "base": None, "claim": "a third"},
            {"numerator": None, "base": None, "published_percent": Decimal(66)},
            False,
        ),
        ({"numerator": None, "claim": "lots"}, {"numerator": 60}, True),
        ({"base": None}, {"numerator": None, "published_percent": Decimal(66)}, True),
    ],
)
def test_a_part_is_never_larger_than_the_figure_that_contains_it(
    draft: Make, officer: Actor, refused: Told, whole: dict[str, Any], part: dict[str, Any], fits: bool
) -> None:
    record(draft(id="whole", as_published=True, **whole), officer)
    inner = draft(id="part", label="Willing", part_of="whole", as_published=True, **part)
    if fits:
        assert record(inner, officer, once="2").part_of_id == "whole"
    else:
        code, message = refused(lambda: record(inner, officer, once="2"))
        assert code == "larger_than_the_whole"
        assert "“Willing” is part of “Approved for Level 3”, so it cannot be more." in message


# -- what the database holds to ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 1},
        {"number": 0},
        {"base": 0},
        {"base": 63},
        {"numerator": None},
        {"source": ""},
        {"definition": ""},
    ],
)
def test_the_database_refuses_what_cannot_be(draft: Make, officer: Actor, changes: dict[str, Any]) -> None:
    version = record(draft(), officer)
    version.pk, version.number = None, 2
    for name, value in changes.items():
        setattr(version, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save(force_insert=True)


@pytest.mark.parametrize(
    "changes", [{"side": "middle"}, {"place": 1, "ref": "organisation/ZZZ"}, {"ref": "organisation/00C"}]
)
def test_the_database_counts_each_row_once(draft: Make, officer: Actor, changes: dict[str, Any]) -> None:
    version = record(draft(numerator=1, numerator_rows=ROWS[:1]), officer)
    row = {"side": "numerator", "place": 2, "ref": "organisation/00D", "words": "x"} | changes
    with pytest.raises(IntegrityError), transaction.atomic():
        FigureRow.objects.create(version=version, **row)


def test_what_is_kept_calls_itself_by_its_name(draft: Make, officer: Actor) -> None:
    version = record(draft(numerator=1, numerator_rows=ROWS[:1]), officer)
    assert [str(version.figure), str(version), str(version.rows.get())] == [
        "approved",
        "approved version 1",
        "NHS Old Town CCG",
    ]


# -- the articles --------------------------------------------------------------------------------------------


def test_the_articles_are_recorded_once(officer: Actor) -> None:
    made = record_articles(by=officer, at=NOW)
    printed = [figure for article in articles() for figure in article.figures]
    assert [version.figure_id for version in made] == [figure.id for figure in printed]
    entry = Entry.objects.get()
    assert (entry.act, len(entry.details["figures"])) == ("figures.articles_recorded", len(printed))
    assert record_articles(by=officer, at=LATER) == ()
    assert (FigureVersion.objects.count(), Entry.objects.count()) == (len(printed), 1)


def test_a_corrected_rulebook_supersedes_only_what_differs(
    officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_articles(by=officer, at=NOW)
    first = articles()[0]
    mended = replace(first, figures=(replace(first.figures[0], note="Seen again"), *first.figures[1:]))
    monkeypatch.setattr("remit.figures.actions.articles.articles", lambda: (mended, *articles()[1:]))
    [version] = record_articles(by=officer, at=LATER)
    assert (version.figure_id, version.number, version.note) == ("N1", 2, "Seen again")
    assert Entry.objects.count() == 2


# -- behind the ledger's back --------------------------------------------------------------------------------


def test_what_is_kept_as_recorded_agrees(draft: Make, officer: Actor) -> None:
    record(draft(numerator=1, numerator_rows=ROWS[:1], base=2, base_rows=ROWS), officer)
    record_articles(by=officer, at=LATER)
    assert list(disagreements()) == []


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda: FigureVersion.objects.update(published="99%"), "was changed after it was recorded"),
        (lambda: FigureVersion.objects.update(released_at=NOW), "was changed after it was recorded"),
        (
            lambda: FigureRow.objects.filter(place=1).update(words="Another"),
            "was changed after it was recorded",
        ),
        (lambda: FigureRow.objects.all().delete(), "was changed after it was recorded"),
    ],
)
def test_a_version_that_was_changed_is_found(
    draft: Make, officer: Actor, edit: Callable[[], object], said: str
) -> None:
    version = record(draft(numerator=1, numerator_rows=ROWS[:1], base=2, base_rows=ROWS), officer)
    edit()
    [found] = disagreements()
    assert (found.where, said in found.message) == (f"figure/{version.figure_id}", True)


def test_a_version_whose_hash_was_changed_with_it_or_that_is_gone_is_found(
    draft: Make, officer: Actor
) -> None:
    version = record(draft(numerator=1, base=2), officer)
    version.note = "Another note"
    FigureVersion.objects.filter(pk=version.pk).update(note=version.note, sha256=hashes_of(version)[0])
    assert [found.message.endswith("is not what the ledger says.") for found in disagreements()] == [True]
    FigureVersion.objects.filter(pk=version.pk).delete()
    assert [found.message.endswith("is in the ledger but gone.") for found in disagreements()] == [True]


# -- typed by hand ------------------------------------------------------------------------------------------------


def test_eleven_percent_of_77_is_refused_at_entry_with_what_would_be_right(
    draft: Make, officer: Actor, refused: Told
) -> None:
    asked = draft(numerator=None, base=77, published="11%", published_percent=Decimal(11))
    assert refused(lambda: record(asked, officer)) == (
        "not_attainable",
        "11% of 77: no whole count gives it; 8 of 77 is 10% and 9 of 77 is 12%.",
    )
    assert record(draft(numerator=9, base=77, published="12%", published_percent=Decimal(12)), officer)


def test_a_majority_of_25_of_55_is_refused_and_what_would_be_fair_is_said(
    draft: Make, officer: Actor, refused: Told
) -> None:
    asked = draft(numerator=25, base=55, base_what="groups", claim="majority")
    code, message = refused(lambda: record(asked, officer))
    assert code == "not_borne_out"
    assert message == (
        "“majority” means more than half (50%): 25 of the 55 groups is 45%. “Almost half” would be fair."
    )
    qualified = draft(numerator=25, base=47, base_what="groups that specified", claim="majority")
    assert record(qualified, officer).base == 47


def test_no_typed_number_takes_the_place_of_one_that_counts_rows_or_that_an_article_printed(
    draft: Make, officer: Actor, refused: Told
) -> None:
    record(draft(numerator=1, numerator_rows=ROWS[:1], base=2, base_rows=ROWS), officer)
    record_articles(by=officer, at=NOW)
    assert refused(lambda: record(draft(numerator=2, base=2), officer, once="2"))[0] == "counted_here"
    assert refused(lambda: record(draft(id="N21"), officer, once="3"))[0] == "counted_here"
    assert Figure.objects.get(pk="N21").article == "S4"


@pytest.mark.parametrize("taken", ["new", "check"])
def test_an_address_of_another_page_is_no_figure(
    draft: Make, officer: Actor, refused: Told, taken: str
) -> None:
    assert refused(lambda: record(draft(id=taken), officer))[0] == "not_a_figure_id"
