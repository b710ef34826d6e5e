"""Addresses of the ledger."""

from django.urls import path

from remit.web.ledger import views

urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/export.jsonl", views.export, name="ledger_export"),
    path("ledger/<int:index>/", views.entry, name="ledger_entry"),
]
