"""The ledger as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """An append-only, tamper-evident record of every act."""

    name = "remit.ledger"
    label = "ledger"
    verbose_name = "Ledger"
