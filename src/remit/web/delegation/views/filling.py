"""Filling the full form in: sections, tables, statements with their documents, and both signatures."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from remit.delegation import actions, queries
from remit.delegation.queries import ApplicationPage as Found
from remit.delegation.queries import LineRow
from remit.delegation.queries.signatures import SIDE_WORDS, SIDES
from remit.delegation.rules import Question, processes
from remit.documents.actions import keep_document
from remit.documents.queries import document as document_of
from remit.documents.queries import documents_of
from remit.engines.permissions import Permission, may
from remit.kernel.decision import Refused, require
from remit.kernel.moments import london_day
from remit.web.delegation.forms import LineForm, SignatureForm
from remit.web.delegation.kept import sign_in_keeping, typed_over
from remit.web.delegation.pages.filling import (
    after_href,
    line_page,
    lines_page,
    may_fill,
    remove_page,
    signature_page,
)
from remit.web.delegation.pages.mandates import Notice, mandate_panel
from remit.web.delegation.pages.sections import section_page
from remit.web.forms import add_refusal, problems_of
from remit.web.pages import Problem
from remit.web.requests import Request

IN_THE_FORM = {"wrong_answer", "changed_meanwhile", "no_such_line", "too_many", "no_document"}


def filling(request: Request, application: str) -> Found:
    """An application that the reader fills in for one of its sides. Raises `Http404`, `Refused`."""
    found = queries.application(application, request.received_at, request.actor)
    if found is None:
        raise Http404
    if not found.side:
        require(may(request.actor, Permission.APPLY, found.row.commissioner))
    return found


def asked_of(request: Request, found: Found, question: str, *kinds: str) -> Question:
    """A question that can be answered now, of one of these kinds. Raises `Http404`."""
    asked = next((each for each in found.asked if each.code == question), None)
    if asked is None or (kinds and asked.kind not in kinds) or not may_fill(found, asked):
        raise Http404
    return asked


def is_open(request: Request, found: Found, question: str) -> bool:
    """Whether a question can be answered: of a draft, or because an assessor asked for a change."""
    if found.row.submitted_at is None:
        return True
    rows = queries.changes_of(found.row.id, request.actor, request.received_at)
    return any(row.code == question and row.state == "asked" for row in rows)


@login_required
@never_cache
@require_safe
def section(request: Request, application: str, section: str) -> HttpResponse:
    """The questions of one section, with their answers."""
    found = filling(request, application)
    if found.row.submitted_at is not None:
        return redirect("application", application=application)
    held = next((each for each in found.form.sections if each.code == section), None)
    if held is None:
        raise Http404
    page = section_page(found, held, names_of_documents(found))
    return render(request, "delegation/form_section.jinja", {"page": page})


def losses_of(request: Request, application: str) -> tuple[Notice, ...]:
    """The votes that members lost: whoever checks or signs reads of them too."""
    mandate = queries.mandate_of(application, request.received_at)
    return mandate_panel(mandate).losses if mandate else ()


def unsigned_of(found: Found) -> tuple[str, ...]:
    """The sides whose signature is still missing, in words; none where nobody signs."""
    if processes()[found.round.process].signatures < 2:
        return ()
    signed = {row.side for row in queries.signatures_of(found.row.id) if row.voided_at is None}
    return tuple(SIDE_WORDS[side] for side in SIDES if side not in signed)


def names_of_documents(found: Found) -> dict[str, str]:
    """The names of the documents of an application's statements, by id."""
    ids = {row.values.get("document", "") for rows in found.lines.values() for row in rows} - {""}
    return {key: row.name for key, row in documents_of(ids).items()} if ids else {}


@login_required
@never_cache
@require_safe
def lines(request: Request, application: str, question: str) -> HttpResponse:
    """The lines that answer a question."""
    found = filling(request, application)
    asked = asked_of(request, found, question, "rows")
    if not is_open(request, found, question):
        return redirect("application", application=application)
    return render(request, "delegation/form_lines.jinja", {"page": lines_page(found, asked)})


@sign_in_keeping
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: Request, application: str, question: str, line: str) -> HttpResponse:
    """Add a line, or change one."""
    found = filling(request, application)
    asked = asked_of(request, found, question, "rows")
    row = _row(found, asked, line)
    form = _form(request, found, asked, row)
    if form.is_valid() and _saved(request, found, asked, form, row):
        return redirect("application_lines", application=application, question=question)
    page = line_page(found, asked, form, problems_of(form))
    return render(request, "delegation/form_line.jinja", {"page": page})


@sign_in_keeping
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: Request, application: str, question: str) -> HttpResponse:
    """An item of the checklist: the answer, the words, and the document that shows it."""
    found = filling(request, application)
    asked = asked_of(request, found, question, "statement")
    row = next(iter(found.lines.get(question, ())), None)
    form = _form(request, found, asked, row)
    if form.is_valid() and _saved(request, found, asked, form, row):
        return redirect(after_href(filling(request, application), asked))
    name = names_of_documents(found).get(row.values["document"], "") if row else ""
    page = line_page(found, asked, form, problems_of(form), document=name)
    return render(request, "delegation/form_line.jinja", {"page": page})


def _row(found: Found, asked: Question, line: str) -> LineRow | None:
    """The line to change; None for a new one. Raises `Http404`."""
    if line == "new":
        return None
    row = next((each for each in found.lines.get(asked.code, ()) if each.id == line), None)
    if row is None:
        raise Http404
    return row


def _form(request: Request, found: Found, asked: Question, row: LineRow | None) -> LineForm:
    table = found.form.table_of(asked)
    values = row.values if row else {table.key: request.GET.get("key", "")}
    return LineForm(
        request.POST or None,
        request.FILES or None,
        columns=table.columns,
        today=london_day(request.received_at),
        takes_file=asked.kind == "statement",
        initial=typed_over(request, LineForm.kept(table.columns, values, row.version if row else 0)),
    )


def _saved(request: Request, found: Found, asked: Question, form: LineForm, row: LineRow | None) -> bool:
    """Keep the document, if one was sent, and the line. False where the form says what is wrong."""
    by, at = request.actor, request.received_at
    values, seen = form.values, form.cleaned_data["seen"]
    try:
        if asked.kind == "statement":
            values["document"] = _kept_file(request) or (row.values["document"] if row else "")
        actions.save_line(
            application=found.row.id,
            question=asked.code,
            values=values,
            line=row.id if row else "",
            seen=int(seen) if seen.isdigit() else None,
            by=by,
            at=at,
        )
    except Refused as refusal:
        is_upload = refusal.reasons[0].clause == "Files that are taken"
        if refusal.code not in IN_THE_FORM and not is_upload:
            raise
        add_refusal(form, refusal, "file" if is_upload else next(iter(form.fields)))
        form.data = form.data.copy()
        form.data["seen"] = _version_now(request, found, asked, row)
        return False
    return True


def _kept_file(request: Request) -> str:
    sent = request.FILES.get("file")
    if sent is None:
        return ""
    kept = keep_document(
        name=sent.name or "",
        content=sent.read(),
        owner=request.actor.acting_for,
        is_public=False,
        by=request.actor,
        at=request.received_at,
    )
    return kept.pk


def _version_now(request: Request, found: Found, asked: Question, row: LineRow | None) -> str:
    """The version of a line as it is now, so that saving once more counts."""
    fresh = queries.application(found.row.id, request.received_at, request.actor)
    rows = fresh.lines.get(asked.code, ()) if fresh and row else ()
    return next((str(each.version) for each in rows if row and each.id == row.id), "0")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove_line(request: Request, application: str, question: str, line: str) -> HttpResponse:
    """Take a line off a table, once that was confirmed."""
    found = filling(request, application)
    asked = asked_of(request, found, question, "rows")
    if request.method == "POST":
        actions.remove_line(
            application=application, question=question, line=line, by=request.actor, at=request.received_at
        )
        return redirect("application_lines", application=application, question=question)
    row = _row(found, asked, line)
    if row is None:
        raise Http404
    return render(request, "delegation/form_remove.jinja", {"page": remove_page(found, asked, row)})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signature(request: Request, application: str) -> HttpResponse:
    """Sign for the side that one acts for."""
    found = filling(request, application)
    form = SignatureForm(request.POST if request.method == "POST" else None)
    problems: tuple[Problem, ...] = ()
    if form.is_valid():
        by, at = request.actor, request.received_at
        try:
            actions.sign_application(application=application, **form.cleaned_data, by=by, at=at)
        except Refused as refusal:
            if refusal.code not in {"incomplete", "same_person", "no_signatures"}:
                raise
            problems = tuple(Problem(each.message) for each in refusal.reasons)
        else:
            messages.success(request, "You have signed")
            return redirect("application", application=application)
    page = signature_page(
        found,
        queries.signatures_of(application),
        form,
        problems or problems_of(form),
        name=str(request.user),
        losses=losses_of(request, application),
    )
    return render(request, "delegation/form_signature.jinja", {"page": page})


@require_safe
def document(request: Request, application: str, document: str) -> HttpResponse:
    """A document of a statement, for those who may read the statement; always as a file to keep, never shown."""
    found = queries.application(application, request.received_at, request.actor)
    shown = (
        {row.values.get("document", "") for rows in found.lines.values() for row in rows} if found else set()
    )
    if not document or document not in shown:
        raise Http404
    kept = document_of(document, request.actor, request.received_at, is_entitled=True)
    return as_attachment(kept.row.name, kept.row.media_type, kept.content)


def as_attachment(name: str, media_type: str, content: bytes) -> HttpResponse:
    """A file that a browser keeps and never runs."""
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
