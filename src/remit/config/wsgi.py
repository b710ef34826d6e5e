"""For gunicorn behind nginx (production)."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")

import remit.config  # noqa: E402, F401 - puts SQLite in place before Django loads
from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
