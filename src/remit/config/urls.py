"""The root of all addresses."""

from django.urls import include, path

handler400 = "remit.web.errors.bad_request"
handler403 = "remit.web.errors.forbidden"
handler404 = "remit.web.errors.not_found"
handler500 = "remit.web.errors.server_error"

urlpatterns = [
    path("api/", include("remit.api.urls")),
    path("id/", include("remit.api.identifiers")),
    path("", include("remit.web.urls")),
]
