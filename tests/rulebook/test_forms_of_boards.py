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
from remit.kernel.canonical import canonical_json, sha256_hex
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


def test_the_forms_of_2014_and_2017_are_what_they_were() -> None:
    """The text that rounds froze before boards were asked anything else."""
    kept = sha256_hex(canonical_json(form_as_it_stands("full", 3)))
    assert kept == "a4e9a471d5dfb95811b7809a14b61113f6a2ee682425bb225269e028a72ad8a8"


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
@pytest.mark.parametrize(("year", "groups"), [(2015, ("general_practice",)), (2027, ("specialised",))])
@pytest.mark.parametrize("number", [0, 3])
def test_the_demonstration_fills_in_either_form(year: int, groups: tuple[str, ...], number: int) -> None:
    make_commissioners("00A")
    day = date(year, 1, 8)
    held = make_full_round(
        "a-round", deadline=by_time(day, time(12)), effective_on=date(year, 4, 1), groups=groups
    )
    at = held.deadline_at - timedelta(hours=2)
    made = draft("a-round", "00A", answers={}, at=at)
    bid = Bid(
        number, groups, (("performance_manage", "Visits."),), held.effective_on, day - timedelta(days=9)
    )
    own, local = officer_of("00A"), local_officer()
    fill(made.pk, bid, own=own, local=local, at=at)
    sign_and_submit(made.pk, own=own, local=local, at=at + timedelta(hours=1))
    assert Application.objects.get(pk=made.pk).state == "submitted"
