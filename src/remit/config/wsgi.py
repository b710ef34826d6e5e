"""For gunicorn behind nginx (production)."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")

from django.core.wsgi import get_wsgi_application

import remit.config  # noqa: F401 - puts SQLite in place before Django loads

application = get_wsgi_application()
