"""Every address of the web door. Each room's pages keep their own list."""

from django.urls import include, path

from remit.web import about

urlpatterns = [
    path("accessibility/", about.about("accessibility", "Accessibility statement"), name="accessibility"),
    path("cookies/", about.about("cookies", "Cookies"), name="cookies"),
    path("privacy/", about.about("privacy", "Privacy"), name="privacy"),
    path("terms/", about.about("terms", "Terms of use"), name="terms"),
    path("contact/", about.about("contact", "Contact us"), name="contact"),
    path("robots.txt", about.robots, name="robots"),
    path(".well-known/security.txt", about.security, name="security"),
    path("healthz", about.healthz, name="healthz"),
    path("", include("remit.web.accounts.urls")),
    path("", include("remit.web.tour.urls")),
    path("", include("remit.web.delegation.urls")),
    path("", include("remit.web.constitutions.urls")),
    path("", include("remit.web.meetings.urls")),
    path("", include("remit.web.motions.urls")),
    path("", include("remit.web.consultations.urls")),
    path("", include("remit.web.documents.urls")),
    path("", include("remit.web.register.urls")),
    path("", include("remit.web.ledger.urls")),
    path("", include("remit.web.figures.urls")),
]
