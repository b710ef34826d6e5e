"""The decision-makers' pack, on the page and to take away."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from remit.delegation import queries
from remit.delegation.queries import Pack, RoundRow
from remit.engines.permissions import Permission, may
from remit.kernel.decision import require
from remit.web.delegation.pages.pack import PackPage, pack_page, pack_sheet
from remit.web.requests import Request

ODS = "application/vnd.oasis.opendocument.spreadsheet"
NO_PANGO = "A PDF cannot be made on this server: the system library Pango is missing. Use the page or the spreadsheet."


def pdf_why_not() -> str:
    """Why no PDF can be made here; empty where it can."""
    try:
        import weasyprint  # noqa: F401 - it needs a library of the system, which may be missing
    except OSError:
        return NO_PANGO
    return ""


def _asked(request: Request, code: str) -> tuple[RoundRow, Pack]:
    able = (Permission.DECIDE_APPLICATIONS, Permission.MODERATE)
    if not any(may(request.actor, each).allowed for each in able):
        require(may(request.actor, Permission.ASSIGN_ASSESSORS))
    held = queries.round_of(code, request.received_at)
    chosen = frozenset(request.GET.getlist("with"))
    pack = queries.pack_of(code, chosen, request.actor, request.received_at)
    if held is None or pack is None:
        raise Http404
    return held, pack


def _page(request: Request, code: str) -> PackPage:
    held, pack = _asked(request, code)
    return pack_page(pack, held.title, pdf_why_not())


@login_required
@require_safe
def pack(request: Request, code: str) -> HttpResponse:
    """The pack as a page, with a combination to try."""
    return render(request, "delegation/pack.jinja", {"page": _page(request, code)})


@login_required
@require_safe
def pack_ods(request: Request, code: str) -> HttpResponse:
    """The pack as a spreadsheet."""
    _held, found = _asked(request, code)
    answer = HttpResponse(pack_sheet(found), content_type=ODS)
    answer["Content-Disposition"] = f'attachment; filename="pack-{code}.ods"'
    return answer


@login_required
@require_safe
def pack_pdf(request: Request, code: str) -> HttpResponse:
    """The pack as a tagged PDF; where none can be made, the page, which says why not."""
    page = _page(request, code)
    if page.pdf_why_not:
        return redirect("pack", code=code)
    from weasyprint import HTML

    text = render_to_string("delegation/pack_pdf.jinja", {"page": page})
    made = HTML(string=text, url_fetcher=_nothing_from_outside).write_pdf(pdf_variant="pdf/ua-1")
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="pack-{code}.pdf"'
    return answer


def _nothing_from_outside(url: str, *_: object, **__: object) -> dict[str, object]:
    """A pack is whole in itself: it fetches nothing."""
    raise ValueError(f"a pack fetches nothing: {url}")
