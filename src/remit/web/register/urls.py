"""Addresses of the register. They are kept for ever: a code's page may move, its address leads there."""

from django.urls import path

from remit.web.register.views import (
    commissioners,
    home,
    imports,
    organisations,
    practices,
    regions,
    search,
    sources,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("commissioners/", commissioners.commissioners, name="commissioners"),
    path("commissioners/<str:code>/", commissioners.commissioner, name="commissioner"),
    path("practices/", practices.practices, name="practices"),
    path("practices/<str:code>/", practices.practice, name="practice"),
    path("regions/", regions.regions, name="regions"),
    path("regions/<str:code>/", regions.region, name="region"),
    path("organisations/<str:code>/", organisations.organisation, name="organisation"),
    path("search/", search.search, name="search"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<str:sha256>/", sources.source, name="source"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.new, name="import_new"),
    path("imports/report/", imports.report, name="import_report"),
    path("imports/organisations-template.csv", imports.template, name="import_template"),
]
