"""A parameter that an address does not have is refused by name: passed over, it would change the question unseen."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from ninja.errors import ValidationError
from ninja.params.models import Query

Handler = Callable[..., Any]


def parameters_of(handler: Handler) -> tuple[str, ...]:
    """The names of the query parameters that a handler takes, in its order."""
    parameters = inspect.signature(handler).parameters.values()
    return tuple(each.name for each in parameters if isinstance(each.default, Query))


def only_known(handler: Handler) -> Handler:
    """Refuse with 422 what is asked with any other parameter, or with one of its own twice."""
    known = parameters_of(handler)
    there_are = f"There are: {', '.join(known)}" if known else "This address has none"

    @wraps(handler)
    def answer(request: HttpRequest, **given: Any) -> Any:
        wrong = [(name, _fault(name, known, there_are, sent)) for name, sent in request.GET.lists()]
        errors = [{"loc": ("query", name), "msg": fault} for name, fault in wrong if fault]
        if errors:
            raise ValidationError(errors)
        return handler(request, **given)

    return answer


def _fault(name: str, known: tuple[str, ...], there_are: str, sent: list[Any]) -> str:
    if name not in known:
        return f"There is no such parameter. {there_are}"
    return "" if len(sent) == 1 else "Say this once only"
