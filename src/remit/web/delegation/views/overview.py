"""The programme on a day, the levels, and whether a commissioner had a power."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from remit.delegation import queries
from remit.delegation.rules import levels as every_level
from remit.delegation.rules import powers, powers_over
from remit.engines.powers import GENERAL_PRACTICE
from remit.figures.queries import figures
from remit.kernel.decision import Refused
from remit.register.queries import commissioner_names_on, known_code
from remit.web.as_at import AsAt
from remit.web.delegation.pages.levels import Answer, answer_of, check_page, levels_page
from remit.web.delegation.pages.overview import overview_page
from remit.web.formats import printable
from remit.web.pages import Problem
from remit.web.register.views.days import on_a_day

MOST_OF_A_CODE = 12


@on_a_day
def overview(request: HttpRequest, day: AsAt) -> HttpResponse:
    """Who has which powers on a day."""
    found = queries.overview(day.day, day.today, request.received_at)  # type: ignore[attr-defined]
    gaps = queries.published_gaps(day.day)
    ids = {each for gap in gaps for each in (gap.figure, gap.change) if each}
    kept = {each.figure for each in figures(at=request.received_at, ids=ids)} if ids else set()  # type: ignore[attr-defined]
    page = overview_page(day, found, gaps, kept)
    return render(request, "delegation/overview.jinja", {"page": page})


@on_a_day
def levels(request: HttpRequest, day: AsAt) -> HttpResponse:
    """The catalogue of levels and the powers of each, as they were on a day."""
    page = levels_page(day, tuple(every_level().values()), tuple(powers_over(GENERAL_PRACTICE).values()))
    return render(request, "delegation/levels.jinja", {"page": page})


@on_a_day
def power_check(request: HttpRequest, day: AsAt) -> HttpResponse:
    """Whether a commissioner had a power on a day, and why."""
    commissioner = printable(request.GET.get("commissioner", "")).strip().upper()[:MOST_OF_A_CODE]
    power, group = request.GET.get("power", ""), request.GET.get("group", "") or GENERAL_PRACTICE
    problems = _problems(commissioner, power, group) if request.GET else []
    page = check_page(
        day,
        commissioner_names_on(day.day),
        tuple(powers().values()),
        (commissioner, power, group),
        _answer(day, commissioner, queries.power_of(power).code, group)
        if request.GET and not problems
        else None,
        tuple(problems),
    )
    asked = {"commissioner": commissioner, "power": power, "group": group}
    is_unknown = any(asked[each.field] for each in problems)
    return render(request, "delegation/power_check.jinja", {"page": page}, status=404 if is_unknown else 200)


def _problems(commissioner: str, power: str, group: str) -> list[Problem]:
    """What is missing in the question, and what there is not: in the words of the API and the command line."""
    found = [] if commissioner else [Problem("Select a commissioner", "commissioner")]
    if not power:
        found.append(Problem("Select a power", "power"))
    asked = (
        ("commissioner", commissioner, known_code),
        ("power", power, queries.power_of),
        ("group", group, queries.group_of),
    )
    for field, code, look_up in asked:
        try:
            if code:
                look_up(code)
        except Refused as refusal:
            found.append(Problem(str(refusal), field))
    return found


def _answer(day: AsAt, commissioner: str, power: str, group: str) -> Answer:
    decision = queries.holds_power_on(commissioner, power, day.day, group)
    return answer_of(decision, powers()[power], group, queries.arrangement_on(commissioner, day.day), day)
