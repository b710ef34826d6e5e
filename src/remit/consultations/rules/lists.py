"""Ways of telling members, reasons for silence, channels of representations, and the smallest group shown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml
from django.conf import settings

FILE = "consultations.yaml"


@cache
def _read() -> Any:
    return yaml.safe_load((settings.RULEBOOK / FILE).read_text(encoding="utf-8"))


@cache
def _list(name: str) -> Mapping[str, str]:
    return {row["code"]: row["name"] for row in _read()[name]}


def told_ways() -> Mapping[str, str]:
    """Ways of telling members of a consultation, by code."""
    return _list("told")


def silence_reasons() -> Mapping[str, str]:
    """Why a member did not respond, by code."""
    return _list("silence")


def channels() -> Mapping[str, str]:
    """How an informal representation came, by code."""
    return _list("channels")


def smallest_group() -> int:
    """General practitioners fewer than this are not shown apart."""
    return int(_read()["smallest_group"])
