"""Powers: the catalogue, one power, its guidance, who holds what, what was used, and who was responsible."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from remit.delegation import queries, rules
from remit.engines.permissions import Permission, may
from remit.kernel.moments import london_day
from remit.register.queries import commissioner_names_on, names_on
from remit.web.as_at import AsAt
from remit.web.delegation.pages.functions import function_page, functions_page
from remit.web.delegation.pages.holding import first_uses_page, matrix_page
from remit.web.delegation.pages.powers import Link, guidance_page, power_page, powers_page
from remit.web.pages import Problem
from remit.web.register.views.days import on_a_day
from remit.web.requests import Request

TABLES, DATED_TABLES = "delegation/tables.jinja", "delegation/dated_tables.jinja"


@require_safe
def powers(request: Request) -> HttpResponse:
    """The catalogue of powers."""
    return render(request, TABLES, {"page": powers_page(tuple(rules.powers().values()))})


@require_safe
def power(request: Request, power: str) -> HttpResponse:
    """One power, with the document and the clause it rests on."""
    found = rules.powers().get(power)
    if found is None:
        raise Http404
    tallies = queries.tallies(queries.first_uses(london_day(request.received_at)))
    used = [each for each in tallies if each.power == power]
    page = power_page(found, dict(rules.guidance()), tuple(rules.opt_outs().values()), used)
    return render(request, TABLES, {"page": page})


@require_safe
def guidance(request: Request) -> HttpResponse:
    """The register of guidance."""
    page = guidance_page(tuple(rules.guidance().values()), tuple(rules.powers().values()))
    return render(request, TABLES, {"page": page})


@on_a_day
def commissioner_powers(request: HttpRequest, day: AsAt, code: str) -> HttpResponse:
    """The matrix of one commissioner on a day."""
    name = names_on({code}, day.day).get(code)
    if name is None:
        raise Http404
    changes = (queries.opt_outs_of(code, day.day), queries.variations(code), queries.call_ins(code))
    matrix, uses = queries.matrix_of(code, day.day), queries.uses_by(day.day, commissioner=code)
    page = matrix_page(day, (code, name), matrix, changes, uses, _links(request, code))
    return render(request, DATED_TABLES, {"page": page})


def _links(request: HttpRequest, code: str) -> tuple[Link, ...]:
    actor = request.actor  # type: ignore[attr-defined]
    found = []
    if may(actor, Permission.USE_POWERS, code).allowed:
        found.append(Link("Record what was done under a power", reverse("use_power", args=[code])))
    if may(actor, Permission.RUN_ROUNDS).allowed:
        found.append(Link("Vary the scope of its arrangement", reverse("vary_scope", args=[code])))
    return tuple(found)


@on_a_day
def first_uses(request: HttpRequest, day: AsAt) -> HttpResponse:
    """The national ledger of first use; of one power, by whom."""
    rows = queries.first_uses(day.day)
    power, group = request.GET.get("power", ""), request.GET.get("group", "general_practice")
    known = power in rules.powers() and group in rules.groups()
    chosen = (power, group) if known else None
    whose = [row for row in rows if (row.power, row.group) == chosen]
    uses = queries.uses_by(day.day, power=power) if known else []
    page = first_uses_page(day, queries.tallies(rows), chosen, whose, uses)
    return render(request, DATED_TABLES, {"page": page})


@require_safe
def functions(request: Request) -> HttpResponse:
    """Every function, with who was responsible for it."""
    return render(request, TABLES, {"page": functions_page(tuple(rules.functions().values()))})


@require_safe
def function(request: Request, function: str) -> HttpResponse:
    """One function, era by era; and in the area of a commissioner, if one was chosen."""
    found = rules.functions().get(function)
    if found is None:
        raise Http404
    today = london_day(request.received_at)
    names = commissioner_names_on(today)
    chosen = request.GET.get("commissioner", "")
    is_known = chosen in dict(names)
    wrong = Problem("Select a commissioner", "commissioner")
    problems = (wrong,) if "commissioner" in request.GET and not is_known else ()
    area = queries.area_history(found, chosen) if is_known else None
    page = function_page(found, queries.holders_by_year(found, today), names, chosen, area, problems)
    return render(request, "delegation/function.jinja", {"page": page})
