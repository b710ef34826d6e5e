"""Every address below /api/. Imported only once Django is set up, because django-ninja asks for that."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_safe

from remit.api.problems import no_such_address, well_mannered
from remit.api.v1 import api


def _mannered(patterns: list[URLPattern]) -> list[URLPattern]:
    for pattern in patterns:
        # The framework's own view of the document would answer any method.
        own = require_safe(pattern.callback) if pattern.name == "openapi-json" else pattern.callback
        pattern.callback = well_mannered(own)
    return patterns


_v1, _app, _namespace = api.urls

urlpatterns = [
    path("v1/", (_mannered(_v1), _app, _namespace)),
    re_path(r"", no_such_address, name="api-no-such-address"),
]
