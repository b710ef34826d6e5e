"""The command-line door, as Django knows it."""

from django.apps import AppConfig


class CliConfig(AppConfig):
    """The room of commands: no models, so no migrations."""

    name = "remit.cli"
    label = "cli"
    verbose_name = "Command line"
