"""Addresses of constitutions. They are kept for ever: votes and applications name versions by theirs."""

from django.urls import path

from remit.web.constitutions.views import reading

urlpatterns = [
    path("constitutions/", reading.constitutions, name="constitutions"),
    path("constitutions/<str:code>/", reading.constitution, name="constitution"),
    path("constitutions/texts/<str:text>/", reading.text, name="text"),
    path("constitutions/texts/<str:text>/changes/", reading.changes, name="text_changes"),
]
