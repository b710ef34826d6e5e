"""Version 1 of the API. One version, one NinjaAPI; what is published here keeps its meaning."""

from __future__ import annotations

from remit.api.caching import LICENCE, open_data
from remit.api.known import only_known
from remit.api.openapi import PublicAPI
from remit.api.problems import handle_problems
from remit.api.v1 import (
    agreements,
    announcements,
    commissioners,
    conditions,
    constitutions,
    consultations,
    figures,
    index,
    ledger,
    levels,
    mandates,
    meetings,
    motions,
    nation,
    openings,
    organisations,
    positions,
    powers,
    practices,
    programmes,
    regions,
    rounds,
    scope,
    search,
    sources,
    tour,
)

ABOUT = """\
The national register of commissioners and practices as it stood on any day, the delegation programme with its
rounds, announcements and powers, published figures with what they are made of, the ledger with its proofs, and
the tour. Everything is public and read-only. Every list also comes as CSV, described in CSVW: add `.csv` or
`.csv-metadata.json` to its path. Errors are problem+json (RFC 9457). Most answers carry a weak ETag."""

api = PublicAPI(
    title="Remit",
    version="1.0.0",
    description=ABOUT,
    urls_namespace="api-v1",
    docs_url=None,
    openapi_extra={"info": {"license": {"name": "Open Government Licence v3.0", "url": LICENCE}}},
)
handle_problems(api)

for part in (
    index,
    regions,
    commissioners,
    practices,
    organisations,
    search,
    sources,
    levels,
):
    part.router.add_decorator(open_data(), mode="view")
    part.router.add_decorator(only_known)
    api.add_router("", part.router)
for timed in (
    nation,
    agreements,
    conditions,
    constitutions,
    mandates,
    meetings,
    consultations,
    motions,
    powers,
    scope,
    programmes,
    rounds,
    positions,
    announcements,
    openings,
    figures,
):
    timed.router.add_decorator(open_data(rounds.never_tagged), mode="view")
    timed.router.add_decorator(only_known)
    api.add_router("", timed.router)
for own in (ledger, tour):
    own.router.add_decorator(own.tagged, mode="view")
    own.router.add_decorator(only_known)
    api.add_router("", own.router)
