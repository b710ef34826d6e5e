"""The files of the rulebook, each read once."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml
from django.conf import settings


@cache
def read(name: str) -> Any:
    """A file of the rulebook, as it is written."""
    return yaml.safe_load((settings.RULEBOOK / name).read_text(encoding="utf-8"))
