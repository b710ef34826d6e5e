"""Django's name for this room."""

from django.apps import AppConfig


class DelegationConfig(AppConfig):
    """Rounds, applications, decisions, announcements and powers."""

    name = "remit.delegation"
    label = "delegation"
    verbose_name = "Delegation"
