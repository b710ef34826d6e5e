"""Loading published files, for the data steward."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from remit.engines.permissions import Permission, may
from remit.kernel.decision import require
from remit.kernel.moments import london_day
from remit.ledger.queries import entries
from remit.register import queries
from remit.register.actions import FileRefused, ImportReport, Provenance, import_file
from remit.web.forms import add_refusal, problems_of
from remit.web.register.forms import ImportForm
from remit.web.register.pages.imports import MOST_SHOWN, imports_page, new_import_page, report_page
from remit.web.requests import Request

REPORT_KEY = "import_report"
TEMPLATE = "code,kind,name,opened_on,closed_on,parent_relation,parent_code,address,postcode\r\n"


@login_required
@require_safe
def imports(request: Request) -> HttpResponse:
    """What was loaded and what was refused."""
    require(may(request.actor, Permission.SEE_IMPORTS))
    page = imports_page(
        queries.sources(),
        list(entries(act="register.file_refused")),
        may_load=may(request.actor, Permission.IMPORT_FILES).allowed,
    )
    return render(request, "register/imports.jinja", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Load a file; refused, it is shown why and nothing has changed."""
    require(may(request.actor, Permission.IMPORT_FILES))
    today = london_day(request.received_at)
    form = ImportForm(request.POST or None, request.FILES or None, today=today)
    refusal: dict[str, Any] | None = None
    if form.is_valid():
        try:
            report = _load(request, form)
        except FileRefused as refused:
            add_refusal(form, refused, "file")
            refusal = refused.as_json()
        else:
            request.session[REPORT_KEY] = _kept(report)
            return redirect("import_report")
    page = new_import_page(form, problems_of(form), refusal)
    return render(request, "register/import_new.jinja", {"page": page})


def _load(request: Request, form: ImportForm) -> ImportReport:
    chosen = form.chosen
    return import_file(
        kind=chosen.kind,
        data=chosen.data,
        provenance=Provenance(
            filename=chosen.filename,
            retrieved_on=chosen.retrieved_on,
            publisher=chosen.publisher,
            licence=chosen.licence,
            title=chosen.title,
        ),
        by=request.actor,
        at=request.received_at,
        year=chosen.year,
        as_of=chosen.as_of,
        leave_out_refused=chosen.leave_out_refused,
    )


def _kept(report: ImportReport) -> dict[str, Any]:
    """The report for the next page: how many remarks there are, and the first of them."""
    kept = report.as_json()
    shown = {rows: kept[rows][:MOST_SHOWN] for rows in ("problems", "remarks")}
    return {**kept, **shown, "odd": len(kept["remarks"])}


@login_required
@never_cache
@require_safe
def report(request: Request) -> HttpResponse:
    """What the last file that this person loaded did."""
    require(may(request.actor, Permission.IMPORT_FILES))
    kept = request.session.get(REPORT_KEY)
    if kept is None:
        return redirect("imports")
    page = report_page(kept, queries.source(kept["source"]))
    return render(request, "register/import_report.jinja", {"page": page})


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The header of our own layout for organisations, to fill in."""
    response = HttpResponse(TEMPLATE, content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = 'attachment; filename="organisations-template.csv"'
    return response
