"""Django's name for this room."""

from django.apps import AppConfig


class MotionsConfig(AppConfig):
    """Motions, rolls, votes, results, and what members require."""

    name = "remit.motions"
    label = "motions"
    verbose_name = "Motions"
