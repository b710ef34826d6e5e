"""The web door: NHS pages over the rooms' actions and queries. It has no tables of its own."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Label `web`, no models."""

    name = "remit.web"
    label = "web"
