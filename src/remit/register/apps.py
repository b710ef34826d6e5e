"""Django's name for this room."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """The register of organisations."""

    name = "remit.register"
    label = "register"
    verbose_name = "Register"
