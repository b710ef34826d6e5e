"""Django's name for this room."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Every published number, opened."""

    name = "remit.figures"
    label = "figures"
    verbose_name = "Figures"
