"""Stable identifiers: /id/… never changes and is never used twice. It answers 303, to a page or its data."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, register_converter, reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from remit.constitutions import queries as constitutions
from remit.consultations import queries as consultations
from remit.delegation import queries as delegation
from remit.delegation import rules
from remit.delegation.rules import levels, powers
from remit.figures import queries as figures
from remit.kernel.actor import ANYONE
from remit.kernel.days import iso_day
from remit.ledger import queries as ledger
from remit.meetings import queries as meetings
from remit.motions import queries as motions
from remit.register import queries as register
from remit.tour.queries import tour

# Only what may be a code or a hash reaches the database: PostgreSQL cannot even be asked about a NUL.
CODE, SHA256 = re.compile(r"[A-Z0-9]{3,12}"), re.compile(r"[0-9a-f]{64}")
SLUG, ULID = re.compile(r"[-a-zA-Z0-9_]{1,80}"), re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")


class DayInPath:
    """A day as ``2015-04-01``, from 1948 to 2100."""

    regex = r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """Raises `ValueError` for a day that is none, which is then not found."""
        return iso_day(value)

    def to_url(self, value: date) -> str:
        """The other way round."""
        return value.isoformat()


register_converter(DayInPath, "day")


def identifier(request: HttpRequest, kind: str) -> Callable[[object], str]:
    """A function from a code to its identifier, whole: ``https://…/id/organisations/A81001``."""
    start = request.build_absolute_uri(f"/id/{kind}/")
    return lambda code: f"{start}{code}"


def _see_other(address: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": address})


def _now(request: HttpRequest) -> datetime:
    return request.received_at  # type: ignore[attr-defined,no-any-return]


def _wants_data(request: HttpRequest) -> bool:
    return not request.accepts("text/html") and request.accepts("application/json")


@require_safe
@vary_on_headers("Accept")
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """To the organisation's page, or to its data for a client that takes only JSON."""
    if not CODE.fullmatch(code) or not register.exists(code):
        raise Http404
    name = "api-v1:organisation" if _wants_data(request) else "organisation"
    return _see_other(reverse(name, args=[code]))


@require_safe
@vary_on_headers("Accept")
def source(request: HttpRequest, sha256: str) -> HttpResponse:
    """To the page of a published file, or to its data."""
    if not SHA256.fullmatch(sha256) or register.source(sha256) is None:
        raise Http404
    return _see_other(reverse("api-v1:source" if _wants_data(request) else "source", args=[sha256]))


@require_safe
def source_on_organisation(request: HttpRequest, sha256: str, code: str) -> HttpResponse:
    """What one file says about one organisation: to the organisation."""
    if not SHA256.fullmatch(sha256) or register.source(sha256) is None:
        raise Http404
    return organisation(request, code)


@require_safe
@vary_on_headers("Accept")
def figure(request: HttpRequest, figure: str) -> HttpResponse:
    """To a figure's page, or to its data."""
    if figures.figure(figure, at=request.received_at) is None:  # type: ignore[attr-defined]
        raise Http404
    return _see_other(reverse("api-v1:figure" if _wants_data(request) else "figure", args=[figure]))


@require_safe
@vary_on_headers("Accept")
def level(request: HttpRequest, level: int) -> HttpResponse:
    """To a level's place in the catalogue, or to the catalogue as data."""
    if level not in levels():
        raise Http404
    if _wants_data(request):
        return _see_other(reverse("api-v1:levels"))
    return _see_other(f"{reverse('levels')}#level-{level}")


@require_safe
@vary_on_headers("Accept")
def power(request: HttpRequest, code: str) -> HttpResponse:
    """To a power's page, or to the catalogue as data."""
    if code not in powers():
        raise Http404
    if _wants_data(request):
        return _see_other(reverse("api-v1:powers"))
    return _see_other(reverse("power", args=[code]))


@require_safe
@vary_on_headers("Accept")
def guidance(request: HttpRequest, code: str) -> HttpResponse:
    """To the register of guidance, or to it as data."""
    if code not in rules.guidance():
        raise Http404
    return _see_other(reverse("api-v1:guidance" if _wants_data(request) else "guidance"))


@require_safe
@vary_on_headers("Accept")
def function(request: HttpRequest, code: str) -> HttpResponse:
    """To the page of a function, or to who was responsible for it as data."""
    if code not in rules.functions():
        raise Http404
    if _wants_data(request):
        return _see_other(f"{reverse('api-v1:functions')}?function={code}")
    return _see_other(reverse("function", args=[code]))


@require_safe
@vary_on_headers("Accept")
def round_(request: HttpRequest, code: str) -> HttpResponse:
    """To a round's page, or to its data; of one that is only planned, to its timetable."""
    if not SLUG.fullmatch(code):
        raise Http404
    if delegation.round_of(code, _now(request)) is None:
        if not delegation.programme_of_round(code):
            raise Http404
        timetable = "api-v1:round-timetable" if _wants_data(request) else "round_timetable"
        return _see_other(reverse(timetable, args=[code]))
    return _see_other(reverse("api-v1:round" if _wants_data(request) else "round", args=[code]))


@require_safe
@vary_on_headers("Accept")
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """To a programme's page, or to its documents as data."""
    if not SLUG.fullmatch(code) or delegation.programme(code, _now(request)) is None:
        raise Http404
    name = "api-v1:programme-documents" if _wants_data(request) else "programme"
    return _see_other(reverse(name, args=[code]))


@require_safe
@vary_on_headers("Accept")
def publication(request: HttpRequest, ulid: str) -> HttpResponse:
    """To a version of a document, or to all documents of its programme as data."""
    found = delegation.publication(ulid, _now(request)) if ULID.fullmatch(ulid) else None
    if found is None:
        raise Http404
    if _wants_data(request):
        return _see_other(reverse("api-v1:programme-documents", args=[found.row.programme]))
    return _see_other(reverse("publication", args=[ulid]))


@require_safe
@vary_on_headers("Accept")
def application(request: HttpRequest, ulid: str) -> HttpResponse:
    """To the page of an application that was submitted, or to the applications of its round."""
    found = delegation.application(ulid, _now(request)) if ULID.fullmatch(ulid) else None
    if found is None:
        raise Http404
    if _wants_data(request):
        return _see_other(reverse("api-v1:round-applications", args=[found.round.code]))
    return _see_other(reverse("application", args=[ulid]))


@require_safe
@vary_on_headers("Accept")
def agreement(request: HttpRequest, ulid: str) -> HttpResponse:
    """To an agreement's page, or to its log as data."""
    if not ULID.fullmatch(ulid) or delegation.agreement(ulid, _now(request)) is None:
        raise Http404
    return _see_other(reverse("api-v1:agreement-log" if _wants_data(request) else "agreement", args=[ulid]))


@require_safe
@vary_on_headers("Accept")
def evidence(request: HttpRequest, ulid: str) -> HttpResponse:
    """To the page of a record, or to all of them as data."""
    if not ULID.fullmatch(ulid) or delegation.evidence(ulid, _now(request)) is None:
        raise Http404
    if _wants_data(request):
        return _see_other(reverse("api-v1:evidence"))
    return _see_other(reverse("evidence", args=[ulid]))


@require_safe
@vary_on_headers("Accept")
def constitution(request: HttpRequest, ulid: str) -> HttpResponse:
    """To the page of a version that is public, or to the clauses of its body as data, of its first day."""
    found = constitutions.text_page(ulid, ANYONE) if ULID.fullmatch(ulid) else None
    if found is None:
        raise Http404
    if _wants_data(request):
        since = f"?on={found.row.in_force_on}" if found.row.in_force_on else ""
        return _see_other(f"{reverse('api-v1:constitution', args=[found.row.body])}{since}")
    return _see_other(reverse("text", args=[ulid]))


@require_safe
@vary_on_headers("Accept")
def meeting(request: HttpRequest, ulid: str) -> HttpResponse:
    """To a meeting's page, or to all of them as data."""
    if not ULID.fullmatch(ulid) or meetings.meeting_page(ulid, _now(request)) is None:
        raise Http404
    if _wants_data(request):
        return _see_other(reverse("api-v1:meetings"))
    return _see_other(reverse("meeting", args=[ulid]))


@require_safe
@vary_on_headers("Accept")
def consultation(request: HttpRequest, ulid: str) -> HttpResponse:
    """To a consultation's page, or to all of them as data."""
    if not ULID.fullmatch(ulid) or consultations.consultation_page(ulid, ANYONE, _now(request)) is None:
        raise Http404
    if _wants_data(request):
        return _see_other(reverse("api-v1:consultations"))
    return _see_other(reverse("consultation", args=[ulid]))


@require_safe
@vary_on_headers("Accept")
def motion(request: HttpRequest, ulid: str) -> HttpResponse:
    """To a motion's page, or to its data."""
    if not ULID.fullmatch(ulid) or motions.motion_page(ulid, ANYONE, _now(request)) is None:
        raise Http404
    return _see_other(reverse("api-v1:motion" if _wants_data(request) else "motion", args=[ulid]))


@require_safe
@vary_on_headers("Accept")
def requisition(request: HttpRequest, ulid: str) -> HttpResponse:
    """To a requisition's page, or to all of them as data."""
    if not ULID.fullmatch(ulid) or motions.requisition_at(ulid, _now(request)) is None:
        raise Http404
    if _wants_data(request):
        return _see_other(reverse("api-v1:requisitions"))
    return _see_other(reverse("requisition", args=[ulid]))


@require_safe
@vary_on_headers("Accept")
def announcement(request: HttpRequest, code: str) -> HttpResponse:
    """To an announcement's page, or to its data. Under embargo there is none."""
    if not SLUG.fullmatch(code) or delegation.announcement(code, _now(request)) is None:
        raise Http404
    return _see_other(reverse("api-v1:announcement" if _wants_data(request) else "announcement", args=[code]))


@require_safe
@vary_on_headers("Accept")
def arrangement(request: HttpRequest, code: str, ulid: str) -> HttpResponse:
    """To the commissioner whose arrangement it is, or to its arrangements as data."""
    held = delegation.arrangements_of(code) if CODE.fullmatch(code) else []
    if all(row.id != ulid for row in held):
        raise Http404
    name = "api-v1:commissioner-arrangements" if _wants_data(request) else "organisation"
    return _see_other(reverse(name, args=[code]))


@require_safe
@vary_on_headers("Accept")
def uptake(request: HttpRequest, on: date) -> HttpResponse:
    """To the programme as it stood on a day, or to its regions as data."""
    where = reverse("api-v1:uptake-regions" if _wants_data(request) else "delegation")
    return _see_other(f"{where}?on={on}")


@require_safe
def ledger_entry(request: HttpRequest, index: int) -> HttpResponse:
    """To an entry with its proof."""
    if index >= ledger.head().size:
        raise Http404
    return _see_other(reverse("api-v1:ledger-entry", args=[index]))


@require_safe
def seed(request: HttpRequest, seed_id: str) -> HttpResponse:
    """To a demand's place on the tour."""
    if all(row.id != seed_id for row in tour().rows):
        raise Http404
    return _see_other(f"{reverse('tour')}#{seed_id}")


urlpatterns = [
    path("organisations/<str:code>", organisation, name="id-organisation"),
    path("sources/<str:sha256>", source, name="id-source"),
    path(
        "sources/<str:sha256>/organisations/<str:code>", source_on_organisation, name="id-source-organisation"
    ),
    path("figures/<str:figure>", figure, name="id-figure"),
    path("levels/<int:level>", level, name="id-level"),
    path("powers/<str:code>", power, name="id-power"),
    path("guidance/<str:code>", guidance, name="id-guidance"),
    path("functions/<str:code>", function, name="id-function"),
    path("rounds/<str:code>", round_, name="id-round"),
    path("programmes/<str:code>", programme, name="id-programme"),
    path("publications/<str:ulid>", publication, name="id-publication"),
    path("applications/<str:ulid>", application, name="id-application"),
    path("agreements/<str:ulid>", agreement, name="id-agreement"),
    path("evidence/<str:ulid>", evidence, name="id-evidence"),
    path("constitutions/<str:ulid>", constitution, name="id-constitution"),
    path("meetings/<str:ulid>", meeting, name="id-meeting"),
    path("consultations/<str:ulid>", consultation, name="id-consultation"),
    path("motions/<str:ulid>", motion, name="id-motion"),
    path("requisitions/<str:ulid>", requisition, name="id-requisition"),
    path("announcements/<str:code>", announcement, name="id-announcement"),
    path("arrangements/<str:code>/<str:ulid>", arrangement, name="id-arrangement"),
    path("uptake/<day:on>", uptake, name="id-uptake"),
    path("ledger/<int:index>", ledger_entry, name="id-ledger-entry"),
    path("seeds/<str:seed_id>", seed, name="id-seed"),
]
