"""Version 1 of the API. One version, one NinjaAPI; what is published here keeps its meaning."""

from __future__ import (
    annotations,
)

from remit.api.caching import (
    LICENCE,
    open_data,
)
from remit.api.openapi import (
    PublicAPI,
)
from remit.api.problems import (
    handle_problems,
)
from remit.api.v1 import (
    agreements,
    announcements,
    commissioners,
    figures,
    index,
    ledger,
    levels,
    nation,
    organisations,
    positions,
    powers,
    practices,
    regions,
    rounds,
    scope,
    search,
    sources,
    tour,
)

__all__ = [
    "LICENCE",
    "PublicAPI",
    "agreements",
    "announcements",
    "commissioners",
    "figures",
    "handle_problems",
    "index",
    "ledger",
    "levels",
    "nation",
    "open_data",
    "organisations",
    "positions",
    "powers",
    "practices",
    "regions",
    "rounds",
    "scope",
    "search",
    "sources",
    "tour",
]
