"""What integrated care boards are asked: they have no member practices, and duties go by contractor group."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from remit.delegation.models import Application
from remit.delegation.queries import mandate_of
from remit.delegation.queries.contents import contents_of, form_of
from remit.delegation.rules import Form, form_as_it_stands, form_from
from remit.demo.timeline.full_form import Bid, fill, sign_and_submit
from remit.engines.deadlines import by_time
from remit.web.delegation.pages.mandates import NO_MEMBERS, mandate_panel
from tests.delegation_factories import draft, make_commissioners, officer_of
from tests.delegation_filling import local_officer, make_full_round

MEMBERS = {"evidence", "asked_on", "members_said", "lmc_view", "no_gp_majority"}


def duties(form: Form) -> list[str]:
    return [code for code, _ in form.tables["duties"].column("duty").choices]


def test_boards_are_not_asked_about_member_practices_and_groups_still_are() -> None:
    groups, boards = (form_from(form_as_it_stands("full", 3, kind=kind)) for kind in ("ccg", "icb"))
    assert set(groups.questions) >= MEMBERS
    assert not set(boards.questions) & MEMBERS
    assert set(boards.questions) - set(groups.questions) == {"contractor_views"}
    assert (len(groups.sections), len(boards.sections)) == (12, 12)
    assert "asked_of" not in str(form_as_it_stands("full", 3))


@pytest.mark.parametrize("group", ["pharmacy", "optometry", "dental", "specialised"])
def test_each_contractor_group_has_duties_of_its_own(group: str) -> None:
    general = duties(form_from(form_as_it_stands("full", 3)))
    own = duties(form_from(form_as_it_stands("full", 3, (group,), "icb")))
    assert len(general) == 12
    assert own
    assert not set(own) & set(general)
    assert set(duties(form_from(form_as_it_stands("full", 3, ("general_practice", group), "icb")))) == {
        *general,
        *own,
    }


def test_groups_are_asked_what_they_were_before_boards_were_asked_anything_else() -> None:
    form = form_from(form_as_it_stands("full", 3))
    asked: dict[str, list[str]] = {}
    for each in form.questions.values():
        asked.setdefault(each.section, []).append(each.code)
    assert asked == {
        "scope": ["bid", "partners", "contractors", "powers_on"],
        "powers": ["replace_qof", "powers_wanted"],
        "constitution": ["constitution", "reservation_scheme"],
        "members": ["evidence", "asked_on", "members_said", "lmc_view"],
        "committee": ["terms_of_reference", "lay_chair", "no_gp_majority"],
        "conflicts": ["conflicts_policy", "registers", "procurement_register"],
        "finance": ["allocation", "running_costs", "duties", "pms_review", "pressures", "reserves"],
        "capacity": ["capacity", "staff_share"],
        "benefits": ["benefits", "strategy", "healthwatch"],
        "risks": ["risks"],
        "information": ["information_toolkit", "data_sharing"],
        "assurance": ["directions", "directions_about", "deficit"],
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("year", "asks", "said"), [(2015, True, "Neither"), (2027, False, NO_MEMBERS)])
def test_a_round_asks_what_its_time_does(year: int, asks: bool, said: str) -> None:
    make_commissioners("00A")
    held = make_full_round(
        "a-round",
        deadline=by_time(date(year, 1, 8), time(12)),
        effective_on=date(year, 4, 1),
        groups=["general_practice"] if asks else ["specialised"],
    )
    assert ("evidence" in form_of(held).questions) is asks
    made = draft("a-round", "00A", answers={})
    assert ("gms_contracts" in duties(contents_of(made).form)) is asks
    mandate = mandate_of(made.pk, held.deadline_at)
    assert mandate is not None
    assert bool(mandate.comparisons) is asks
    panel = mandate_panel(mandate)
    assert panel.rests.startswith(said)
    assert bool(panel.warnings) is asks


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("year", "groups", "power"),
    [(2015, ("general_practice",), "performance_manage"), (2027, ("specialised",), "manage_contracts")],
)
@pytest.mark.parametrize("number", [0, 3])
def test_the_demonstration_fills_in_either_form(
    year: int, groups: tuple[str, ...], power: str, number: int
) -> None:
    make_commissioners("00A")
    day = date(year, 1, 8)
    held = make_full_round(
        "a-round", deadline=by_time(day, time(12)), effective_on=date(year, 4, 1), groups=groups
    )
    at = held.deadline_at - timedelta(hours=2)
    made = draft("a-round", "00A", answers={}, at=at)
    bid = Bid(number, groups, ((power, "Visits."),), held.effective_on, day - timedelta(days=9))
    own, local = officer_of("00A"), local_officer()
    fill(made.pk, bid, own=own, local=local, at=at)
    sign_and_submit(made.pk, own=own, local=local, at=at + timedelta(hours=1))
    assert Application.objects.get(pk=made.pk).state == "submitted"
