"""Django's name for this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and the roles they hold."""

    name = "remit.accounts"
    label = "accounts"
    verbose_name = "Accounts"
