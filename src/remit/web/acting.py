"""The person signed in and the organisation they act for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from remit.accounts import queries
from remit.kernel.moments import london_day
from remit.kernel.names import readable_name

SESSION_KEY = "acting_for"


@dataclass(frozen=True)
class Acting:
    """For the banner: who, for which organisation, in which roles, and whether there is a choice."""

    name: str
    code: str = ""
    organisation: str = ""
    roles: tuple[str, ...] = ()
    may_change: bool = False


def acting_of(request: HttpRequest) -> Acting | None:
    """None for an anonymous visitor, or where sign-in has not been looked at (an error before middleware).

    Looked up once a request.
    """
    user = getattr(request, "user", None)
    actor = getattr(request, "actor", None)
    if actor is None or user is None or not user.is_authenticated:
        return None
    if not hasattr(request, "acting"):
        on = london_day(request.received_at)  # type: ignore[attr-defined]
        request.acting = _acting(user.pk, str(user), actor.acting_for, on)  # type: ignore[attr-defined]
    return request.acting  # type: ignore[attr-defined, no-any-return]


def _acting(person: str, name: str, place: str, on: date) -> Acting:
    held = queries.holdings_of(person, on)
    here = [holding for holding in held if holding.organisation == place]
    return Acting(
        name=name,
        code=place,
        organisation=readable_name(here[0].organisation_name) if here else "",
        roles=tuple(holding.role_name for holding in here),
        may_change=len({holding.organisation for holding in held}) > 1,
    )
