"""Practices: the list on a day, and one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from remit.kernel.names import readable_name
from remit.register import queries
from remit.web.as_at import AsAt
from remit.web.paging import read_paging
from remit.web.register.pages.dated import Filter, choices
from remit.web.register.pages.practice import practice_page
from remit.web.register.pages.practices import practices_page
from remit.web.register.views.days import on_a_day
from remit.web.register.views.finding import found_or_moved
from remit.web.register.words import CONTRACTS


@on_a_day
def practices(request: HttpRequest, day: AsAt) -> HttpResponse:
    """The practices on a day, those of ``?commissioner=`` and ``?contract_type=`` only if given."""
    chosen = {
        "commissioner": request.GET.get("commissioner", "").strip().upper(),
        "contract_type": request.GET.get("contract_type", "").strip(),
    }
    codes = queries.practice_codes_listed(day.day, **chosen)
    paging = read_paging(request, len(codes))
    rows = queries.practices_in_order(codes[paging.start : paging.end], day.day)
    page = practices_page(day, rows, _filters(day, chosen), chosen, paging)
    return render(request, "register/list.jinja", {"page": page})


def _filters(day: AsAt, chosen: dict[str, str]) -> tuple[Filter, ...]:
    bodies = [(code, readable_name(name)) for code, name in queries.commissioner_names_on(day.day)]
    contracts = [(value, CONTRACTS.get(value, value)) for value in queries.contract_types_on(day.day)]
    return (
        Filter(
            name="commissioner",
            label="Commissioner",
            choices=choices(bodies, chosen["commissioner"], "All commissioners"),
        ),
        Filter(
            name="contract_type",
            label="Contract type",
            choices=choices(contracts, chosen["contract_type"], "All contract types"),
        ),
    )


@on_a_day
def practice(request: HttpRequest, day: AsAt, code: str) -> HttpResponse:
    """One practice, past or present: the hub of what is published about it."""
    found = found_or_moved(request, day, code, "practice")
    if isinstance(found, HttpResponse):
        return found
    page = practice_page(
        day,
        found,
        lists=queries.lists_of(code, day.day),
        payments=queries.payments_of(code, day.day),
        sources=queries.sources_listed([fact.sources for fact in (*found.kinds, *found.history)]),
    )
    return render(request, "register/practice.jinja", {"page": page})
