"""What an ASGI server runs: Django behind the edge (`remit.web.edge`)."""

import os

import remit.config  # noqa: F401  - puts the bundled SQLite in place first

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")

from django.conf import settings
from django.core.asgi import get_asgi_application

from remit.cli.connections import arrived_at
from remit.web.edge import Edge

application = Edge(get_asgi_application(), cap=settings.REMIT_MAX_BODY, arrived_at=arrived_at)
