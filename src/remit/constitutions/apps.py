"""Django's name for this room."""

from django.apps import AppConfig


class ConstitutionsConfig(AppConfig):
    """Constitutions and standing orders, with the rules that their clauses carry."""

    name = "remit.constitutions"
    label = "constitutions"
    verbose_name = "Constitutions"
