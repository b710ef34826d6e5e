"""From a code in an address to the organisation, or to the address where its page is."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from remit.register.queries import OrganisationPage, organisation_at
from remit.web.as_at import AsAt
from remit.web.register.links import page_of_kinds


def found_or_moved(
    request: HttpRequest, day: AsAt, code: str, wanted: str
) -> OrganisationPage | HttpResponse:
    """The organisation, or a permanent redirect where its page has another name. Raises `Http404`."""
    found = organisation_at(code.upper(), day.day)
    if found is None:
        raise Http404
    name = page_of_kinds({fact.value for fact in found.kinds})
    if name == wanted and code == found.code:
        return found
    query = request.GET.urlencode()
    path = reverse(name, args=[found.code])
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
