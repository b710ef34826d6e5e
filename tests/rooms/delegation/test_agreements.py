"""Agreements: issued, returned, signed by both, in effect, ended; who does what, and when it ends."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from remit.delegation import actions, queries
from remit.delegation.models import Agreement, Arrangement
from remit.engines.deadlines import before_day
from remit.kernel.actor import Actor, RoleAt
from remit.kernel.decision import Refused
from remit.ledger.models import Entry
from remit.register.models import Organisation
from tests.delegation_factories import (
    ASSESSOR,
    EFFECTIVE_ON,
    PROGRAMME,
    announce,
    approve,
    countersign,
    decide,
    give_back,
    issue,
    london,
    make_agreement,
    make_arrangement,
    make_commissioners,
    make_round,
    officer_of,
    sign,
    submit,
    withdraw,
)
from tests.factories import NATIONAL_BODY, make_organisation

pytestmark = pytest.mark.django_db

ROUND = "2015-level-3"


@pytest.fixture(autouse=True)
def _a_round() -> None:
    make_commissioners("00A", "00B", "00C")
    make_round()


def state(made: Agreement, day: date) -> str:
    found = queries.agreement(made.pk, london(day.year, day.month, day.day))
    assert found is not None
    return found.row.state


def refused(act: Any, **said: Any) -> str:
    with pytest.raises(Refused) as caught:
        act(**said)
    return caught.value.code


def test_from_issued_to_in_effect_each_with_its_day_and_its_post() -> None:
    made = submit(ROUND, "00A")
    approve(made)
    (agreement,) = issue(made, at=london(2015, 2, 20))
    give_back(agreement, at=london(2015, 3, 2))
    countersign(agreement, at=london(2015, 3, 20))
    found = queries.agreement(agreement.pk, london(2015, 3, 21))
    assert found is not None
    row = found.row
    assert [each and each.date() for each in (row.issued_at, row.returned_at, row.signed_at)] == [
        date(2015, 2, 20),
        date(2015, 3, 2),
        date(2015, 3, 20),
    ]
    assert (found.returned_as, found.signed_as) == ("Accountable officer", "Regional director")
    assert (row.state, row.effective_on) == ("signed", EFFECTIVE_ON)
    assert [state(agreement, day) for day in (date(2015, 3, 31), EFFECTIVE_ON)] == ["signed", "in_effect"]
    assert queries.holds_power("00A", "approve_mergers", london(2015, 3, 31, 23, 59)).allowed is False
    assert queries.holds_power("00A", "approve_mergers", london(2015, 4, 1, 0, 0)).allowed is True


def test_nothing_comes_on_before_both_have_signed() -> None:
    made = submit(ROUND, "00A")
    approve(made)
    (agreement,) = issue(made)
    with pytest.raises(Refused) as caught:
        countersign(agreement)
    assert caught.value.code == "wrong_state"
    give_back(agreement)
    assert not Arrangement.objects.exists()


def test_many_are_issued_and_signed_at_once_with_one_entry_each_time() -> None:
    made = [submit(ROUND, code) for code in ("00A", "00B", "00C")]
    for each in made:
        approve(each)
    announce(ROUND)
    issued = issue(*made)
    for agreement in issued:
        give_back(agreement)
    countersign(*issued)
    acts = list(Entry.objects.filter(act__startswith="agreement.").values_list("act", flat=True))
    assert acts == ["agreement.issued", *["agreement.returned"] * 3, "agreement.signed"]
    entry = Entry.objects.get(act="agreement.signed")
    assert {each["commissioner"] for each in entry.details["agreements"]} == {"00A", "00B", "00C"}
    assert Arrangement.objects.count() == 3


def test_a_batch_is_signed_whole_or_not_at_all() -> None:
    made = [submit(ROUND, code) for code in ("00A", "00B")]
    for each in made:
        approve(each)
    announce(ROUND)
    first, second = issue(*made)
    give_back(first)
    with pytest.raises(Refused):
        countersign(first, second)
    first.refresh_from_db()
    assert (first.state, Arrangement.objects.count()) == ("returned", 0)


def test_the_same_again_changes_nothing() -> None:
    made = submit(ROUND, "00A")
    approve(made)
    (agreement,) = issue(made)
    assert issue(made) == [agreement]
    give_back(agreement)
    give_back(agreement)
    countersign(agreement)
    countersign(agreement)
    give_back(agreement)
    count = Entry.objects.filter(act__startswith="agreement.").count()
    assert (count, Arrangement.objects.count()) == (3, 1)


def test_only_what_is_approved_and_announced_is_issued() -> None:
    waiting, conditional, quiet = (submit(ROUND, code) for code in ("00A", "00B", "00C"))
    decide(conditional, "conditional")
    approve(quiet)
    at = london(2015, 2, 20)

    def code_of(application: Any) -> str:
        return refused(actions.issue_agreements, applications=[application.pk], by=PROGRAMME, at=at)

    assert [code_of(each) for each in (waiting, conditional, quiet)] == [
        "wrong_state",
        "wrong_state",
        "not_announced",
    ]
    assert refused(actions.issue_agreements, applications=[], by=PROGRAMME, at=at) == "nothing_chosen"
    assert refused(actions.issue_agreements, applications=["x"], by=PROGRAMME, at=at) == "not_found"
    assert not Entry.objects.filter(act="agreement.issued").exists()


def test_only_the_very_same_return_can_be_repeated() -> None:
    """Somebody else, or another post, is told that it is returned, signed or in effect already."""
    made = submit(ROUND, "00A")
    approve(made)
    agreement = give_back(issue(made)[0])
    again: dict[str, Any] = {"agreement": agreement.pk, "signed_as": "Accountable officer"}
    for at in (london(2015, 3, 1), london(2015, 4, 2)):
        if at > london(2015, 4, 1):
            countersign(agreement)
        assert actions.return_agreement(**again, by=officer_of("00A"), at=at).pk == agreement.pk
        other = {**again, "signed_as": "Chair"}
        assert refused(actions.return_agreement, **other, by=officer_of("00A"), at=at) == "wrong_state"
        somebody = Actor("somebody", "00A", officer_of("00A").roles)
        assert refused(actions.return_agreement, **again, by=somebody, at=at) == "wrong_state"
    assert Agreement.objects.get().returned_as == "Accountable officer"


def test_no_agreement_is_issued_without_its_text() -> None:
    made = submit(ROUND, "00A")
    approve(made)
    announce(ROUND)
    said: dict[str, Any] = {"applications": [made.pk], "by": PROGRAMME, "at": london(2015, 3, 1)}
    assert refused(actions.issue_agreements, **said) == "no_text"
    assert refused(actions.issue_agreements, **said, document="x") == "no_document"
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("by", [ASSESSOR, officer_of("00A"), officer_of("00B")])
def test_only_the_programme_issues_and_signs_and_revokes(by: Actor) -> None:
    made = submit(ROUND, "00A")
    approve(made)
    announce(ROUND)
    at = london(2015, 3, 1)
    assert refused(actions.issue_agreements, applications=[made.pk], by=by, at=at) == "not_permitted"
    agreement = give_back(issue(made)[0])
    with pytest.raises(Refused) as caught:
        countersign(agreement, by=by)
    assert caught.value.code == "not_permitted"


@pytest.mark.parametrize("by", [PROGRAMME, ASSESSOR, officer_of("00B")])
def test_only_the_commissioner_returns_it_and_gives_notice(by: Actor) -> None:
    made = submit(ROUND, "00A")
    approve(made)
    (agreement,) = issue(made)
    at = london(2015, 3, 1)
    code = refused(actions.return_agreement, agreement=agreement.pk, signed_as="Chair", by=by, at=at)
    assert code == "not_permitted"
    code = refused(actions.give_notice, agreement=agreement.pk, reasons="x", by=by, at=at)
    assert code == "not_permitted"


def test_one_person_does_not_sign_for_both_sides() -> None:
    made = submit(ROUND, "00A")
    approve(made)
    (agreement,) = issue(made)
    both = frozenset({RoleAt("commissioner_officer", "00A")})
    actions.return_agreement(
        agreement=agreement.pk, signed_as="Chair", by=Actor("one", "00A", both), at=london(2015, 3, 1)
    )
    with pytest.raises(Refused) as caught:
        countersign(agreement, by=Actor("one", PROGRAMME.acting_for, PROGRAMME.roles))
    assert caught.value.code == "same_person"


@pytest.mark.seed("S4-14")
def test_approved_agreed_signed_and_in_effect_are_four_things() -> None:
    """65 are told of, one withdraws before it signs, one never signs: what starts is what was signed."""
    first, second, third = (submit(ROUND, code) for code in ("00A", "00B", "00C"))
    for each in (first, second, third):
        approve(each)
    announce(ROUND, at=london(2015, 2, 18))
    signed, *others = issue(first, second, third, at=london(2015, 2, 20))
    mine = {each.application_id: each for each in (signed, *others)}
    countersign(give_back(mine[first.pk]), at=london(2015, 3, 20))
    withdraw(second, at=london(2015, 3, 25))
    assert state(mine[second.pk], EFFECTIVE_ON) == "lapsed"
    assert state(mine[third.pk], EFFECTIVE_ON) == "issued"
    days = (date(2015, 2, 18), date(2015, 3, 20), EFFECTIVE_ON)
    found = [queries.stages_on(3, day) for day in days]
    assert [(each.approved, each.signed, each.effective) for each in found] == [
        (3, 0, 0),
        (3, 1, 0),
        (2, 1, 1),
    ]
    told = queries.check_words("3 had signed up", 3, date(2015, 2, 18))
    assert told.says == "signed"
    assert told.flag == (
        "“Signed up” is said of 3. On 18 February 2015 that was the number approved; 0 had signed. "
        "Approved is not signed."
    )
    assert queries.check_words("3 were approved", 3, date(2015, 2, 18)).flag == ""


def test_what_lapsed_is_not_returned_nor_signed() -> None:
    made = submit(ROUND, "00A")
    approve(made)
    (agreement,) = issue(made)
    withdraw(made)
    with pytest.raises(Refused, match="lapsed"):
        give_back(agreement)


def test_a_round_with_one_signature_makes_its_agreement_in_one_act() -> None:
    arrangement = make_arrangement(ROUND, "00A")
    (row,) = queries.agreements(london(2015, 4, 1))
    assert (row.commissioner, row.state, row.effective_on) == ("00A", "in_effect", EFFECTIVE_ON)
    assert row.signed_at == arrangement.signed_at
    assert Entry.objects.order_by("index").last().act == "arrangement.signed"


def test_what_was_issued_is_not_signed_in_one_act_too() -> None:
    made = submit(ROUND, "00A")
    approve(made)
    issue(made)
    with pytest.raises(Refused) as caught:
        sign(made)
    assert caught.value.code == "agreement_first"


# -- a joint committee ----------------------------------------------------------------------------------------


NATIONAL, LOCAL = f"{NATIONAL_BODY}, director", "00A, lay chair"


def level_2() -> Agreement:
    make_round("2015-level-2", level=2)
    made = submit("2015-level-2", "00A")
    approve(made)
    return issue(made)[0]


def committee(*people: str) -> None:
    if not Organisation.objects.filter(pk=NATIONAL_BODY).exists():
        make_organisation(NATIONAL_BODY, "national_body")
    actions.record_evidence(
        kind="joint_committee",
        commissioners=["00A"],
        held_on=date(2015, 3, 1),
        facts={"name": "Joint committee", "people": "\n".join(people)},
        source="Terms of reference",
        by=officer_of("00A"),
        at=london(2015, 3, 2),
    )


def test_level_2_is_returned_with_the_committee_s_terms_of_reference() -> None:
    agreement = level_2()
    with pytest.raises(Refused) as caught:
        give_back(agreement)
    assert caught.value.code == "no_terms_of_reference"
    kept = terms_of_reference()
    page = queries.agreement(give_back(agreement, terms_of_reference=kept).pk, london(2015, 3, 1))
    assert page is not None
    assert page.documents[1:] == (("Terms of reference", kept, "terms.txt"),)


@pytest.mark.seed("S2-14")
@pytest.mark.parametrize(
    ("people", "code", "named"),
    [
        ((), "no_joint_committee", "No joint committee of 00A and NHS England"),
        ((LOCAL,), "one_side_missing", "no member from NHS England"),
        ((NATIONAL,), "one_side_missing", "no member from 00A"),
    ],
)
def test_joint_powers_do_not_start_without_members_from_both_sides(
    people: tuple[str, ...], code: str, named: str
) -> None:
    agreement = give_back(level_2(), terms_of_reference=terms_of_reference())
    if people:
        committee(*people)
    with pytest.raises(Refused, match=named) as caught:
        countersign(agreement, at=london(2015, 3, 20))
    assert caught.value.code == code
    assert queries.level_on("00A", EFFECTIVE_ON) is None
    agreement.refresh_from_db()
    assert agreement.state == "returned"


@pytest.mark.seed("S2-14")
def test_joint_powers_start_with_members_from_both_sides() -> None:
    agreement = give_back(level_2(), terms_of_reference=terms_of_reference())
    committee(LOCAL, NATIONAL)
    countersign(agreement, at=london(2015, 3, 20))
    decision = queries.holds_power("00A", "approve_mergers", london(2015, 4, 1))
    assert (decision.allowed, [each.code for each in decision.reasons]) == (True, ["jointly"])


def terms_of_reference() -> str:
    from remit.documents.actions import keep_document

    return keep_document(
        name="terms.txt",
        content=b"The committee has members from both sides.",
        owner="00A",
        is_public=True,
        by=officer_of("00A"),
        at=london(2015, 2, 20),
    ).pk


# -- contractor groups ----------------------------------------------------------------------------------------


@pytest.mark.seed("S2-35")
def test_dental_services_added_later_widen_the_arrangement_and_end_apart() -> None:
    """An agreement over more contractor groups is a change of the same arrangement, not another one."""
    first = make_arrangement(ROUND, "00A")
    make_round(
        "2023-dental",
        groups=["dental"],
        deadline=before_day(date(2022, 11, 1)),
        effective_on=date(2023, 4, 1),
    )
    agreement = make_agreement("2023-dental", "00A")
    assert agreement.arrangement_id == first.pk
    assert Arrangement.objects.count() == 1

    def covered(on: date) -> bool:
        return queries.holds_power_on("00A", "manage_contracts", on, group="dental").allowed

    assert (covered(date(2023, 3, 31)), covered(date(2023, 4, 1))) == (False, True)
    actions.give_notice(
        agreement=agreement.pk, reasons="No dentists.", by=officer_of("00A"), at=london(2024, 5, 1)
    )
    assert (covered(date(2025, 3, 31)), covered(date(2025, 4, 1))) == (True, False)
    assert state(agreement, date(2025, 4, 1)) == "ended"
    assert queries.level_on("00A", date(2025, 4, 1)) == 3
