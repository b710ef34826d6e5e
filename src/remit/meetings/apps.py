"""Django's name for this room."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings of bodies with members, and who attended them."""

    name = "remit.meetings"
    label = "meetings"
    verbose_name = "Meetings"
