"""Django's name for this room."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """What members are asked before anything is decided."""

    name = "remit.consultations"
    label = "consultations"
    verbose_name = "Consultations"
