"""Commissioners: the list on a day, and one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from remit.delegation import queries as delegation
from remit.engines.permissions import Permission, may
from remit.kernel.names import readable_name
from remit.register import queries
from remit.register.rules import COMMISSIONER_KINDS
from remit.web.as_at import AsAt
from remit.web.delegation.pages.section import DelegationSection, delegation_section
from remit.web.motions.views.elsewhere import tables_of
from remit.web.paging import read_paging
from remit.web.register.links import address
from remit.web.register.pages.commissioners import commissioner_page, commissioners_page
from remit.web.register.pages.dated import choices
from remit.web.register.views.days import on_a_day
from remit.web.register.views.finding import found_or_moved

PER_PAGE = 100


@on_a_day
def commissioners(request: HttpRequest, day: AsAt) -> HttpResponse:
    """The commissioners on a day, those of ``?region=`` only if it is given."""
    region = request.GET.get("region", "").strip().upper()
    every = queries.commissioners_on(day.day)
    rows = [row for row in every if row.region == region] if region else every
    regions = sorted({(row.region, readable_name(row.region_name)) for row in every if row.region})
    page = commissioners_page(
        day,
        rows,
        region,
        choices(regions, region, "All regions"),
        read_paging(request, len(rows), PER_PAGE),
    )
    return render(request, "register/list.jinja", {"page": page})


@on_a_day
def commissioner(request: HttpRequest, day: AsAt, code: str) -> HttpResponse:
    """One commissioner, past or present."""
    found = found_or_moved(request, day, code, "commissioner")
    if isinstance(found, HttpResponse):
        return found
    codes = queries.practice_codes_listed(day.day, commissioner=code)
    paging = read_paging(request, len(codes), PER_PAGE, "practices")
    page = commissioner_page(
        day,
        found,
        region=queries.region_of(code, day.day),
        practices=queries.practices_in_order(codes[paging.start : paging.end], day.day),
        count=len(codes),
        members=queries.memberships_of(code, day.day),
        lists=queries.lists_total(codes, day.day),
        successions=(queries.predecessors_of(code), queries.successors_of(code)),
        years=queries.years_of_commissioner(code, day.today),
        sources=queries.sources_listed([fact.sources for fact in (*found.kinds, *found.history)]),
        paging=paging,
        delegation=_delegation(request, day, code, found.kind),
        motions=tables_of(code, {fact.value for fact in found.kinds}, request.received_at),  # type: ignore[attr-defined]
    )
    return render(request, "register/commissioner.jinja", {"page": page})


def _delegation(request: HttpRequest, day: AsAt, code: str, kind: str | None) -> DelegationSection:
    """Its arrangements and powers; and, for its own officer, where to record a use."""
    rows = delegation.arrangements_of(code)
    holders = delegation.holders_of([row.ref for row in rows if row.basis == "succeeded"])
    names = queries.names_on(set(holders.values()), day.day)
    before = {ref: (holder, names.get(holder, holder)) for ref, holder in holders.items()}
    is_commissioner = kind in COMMISSIONER_KINDS
    actor = request.actor  # type: ignore[attr-defined]
    may_use = is_commissioner and may(actor, Permission.USE_POWERS, code).allowed
    return delegation_section(
        day,
        code,
        rows,
        before,
        delegation.powers_of(code, day.day) if is_commissioner else [],
        reverse("use_power", args=[code]) if may_use else "",
        not_known=delegation.not_known_of(code, day.day) if is_commissioner else "",
        powers_href=address("commissioner_powers", code, day=day) if is_commissioner else "",
        steps_href=address("commissioner_history", code, day=day),
    )
