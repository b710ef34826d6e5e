"""Django's name for this room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Files that people send, and who may read them."""

    name = "remit.documents"
    label = "documents"
    verbose_name = "Documents"
