"""Addresses of the ledger."""

from django.urls import path

from remit.web.ledger import keeping, views

urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/export.jsonl", views.export, name="ledger_export"),
    path("ledger/remit_verifier.py", views.verifier, name="ledger_verifier"),
    path("ledger/sign/", keeping.sign, name="sign_checkpoint"),
    path("ledger/name-witness/", keeping.name_witness, name="name_witness"),
    path("ledger/cosign/", keeping.cosign, name="cosign_checkpoint"),
    path("ledger/<int:index>/", views.entry, name="ledger_entry"),
]
