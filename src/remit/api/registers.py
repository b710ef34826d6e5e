"""Publishing a register: one function gives its rows; JSON pages, the CSV twin and its description follow."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from ninja import Router
from pydantic import BaseModel

from remit.api.csv_twin import csv_response, metadata
from remit.api.paging import Page, Rows, csv_address, following, page_of
from remit.api.parameters import LIMIT, OFFSET, day_of
from remit.api.problems import Problem

Load = Callable[..., Rows[Any]]

CSV_ANSWER = {"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}}
METADATA_ANSWER = {"responses": {200: {"content": {"application/csvm+json": {"schema": {"type": "object"}}}}}}


@dataclass(frozen=True)
class Register:
    """A public register. `name` starts file names and names the addresses; `load` gives the rows."""

    name: str
    title: str
    row: type[BaseModel]
    load: Load

    @property
    def about(self) -> str:
        """What it is: the docstring of `load`."""
        return inspect.getdoc(self.load) or ""

    @property
    def parameters(self) -> list[inspect.Parameter]:
        """Those of `load`: the path's and the filters."""
        return list(inspect.signature(self.load, eval_str=True).parameters.values())

    def filename(self, request: HttpRequest, asked: dict[str, Any]) -> str:
        """``practices-2015-04-01.csv``: the register, the code in the path if any, the day if it has one."""
        parts = [self.name, *([asked["code"].lower()] if "code" in asked else [])]
        if "on" in asked:
            parts.append(day_of(request, asked["on"]).isoformat())
        return f"{'-'.join(parts)}.csv"


def publish(
    router: Router, path: str, row: type[BaseModel], *, name: str, title: str, only_csv: bool = False
) -> Callable[[Load], Load]:
    """Publish what a function loads at `path`, `path`.csv and `path`.csv-metadata.json.

    The function takes the request and typed parameters like any handler and answers `Rows`. `only_csv` leaves
    `path` itself to a handler that must be declared after this: what ends in a parameter would take `.csv` into it.
    """

    def declare(load: Load) -> Load:
        register = Register(name, title, row, load)
        statuses = {422: Problem} | ({404: Problem} if "{" in path else {})
        options = {"description": register.about, "tags": router.tags}
        router.get(
            f"{path}.csv",
            response={200: None, **statuses},
            summary=f"{title}, as CSV",
            operation_id=f"{name.replace('-', '_')}_csv",
            url_name=f"{name}-csv",
            openapi_extra=CSV_ANSWER,
            **options,
        )(_twin(register))
        router.get(
            f"{path}.csv-metadata.json",
            response={200: None, **statuses},
            summary=f"{title}, the CSV described",
            operation_id=f"{name.replace('-', '_')}_csv_metadata",
            url_name=f"{name}-csv-metadata",
            openapi_extra=METADATA_ANSWER,
            **options,
        )(_metadata(register))
        if not only_csv:
            router.get(
                path,
                response={200: page_of(row), **statuses},
                summary=title,
                operation_id=name.replace("-", "_"),
                url_name=name,
                **options,
            )(_page(register))
        return load

    return declare


def _signed(view: Callable[..., Any], parameters: list[inspect.Parameter]) -> Callable[..., Any]:
    """The view with the signature that django-ninja shall see."""
    view.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return view


def _page(register: Register) -> Callable[..., Any]:
    def page(request: HttpRequest, *, limit: int, offset: int, **asked: Any) -> Page[Any]:
        rows = register.load(request, **asked)
        day: date | None = day_of(request, asked["on"]) if "on" in asked else None
        return page_of(register.row)(
            on=day,
            total=rows.total,
            limit=limit,
            offset=offset,
            next=following(request, limit, offset, rows.total),
            csv=csv_address(request),
            items=rows.part(min(offset, rows.total), min(offset + limit, rows.total)),
        )

    bounds = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=int)
        for name, default in (("limit", LIMIT), ("offset", OFFSET))
    ]
    plain = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in register.parameters[1:]]
    return _signed(page, [register.parameters[0], *plain, *bounds])


def _twin(register: Register) -> Callable[..., Any]:
    def twin(request: HttpRequest, **asked: Any) -> StreamingHttpResponse:
        rows = register.load(request, **asked)
        return csv_response(request, register.row, rows, register.filename(request, asked))

    return _signed(twin, register.parameters)


def _metadata(register: Register) -> Callable[..., Any]:
    def described(request: HttpRequest, **asked: Any) -> HttpResponse:
        rows = register.load(request, **asked)
        told = metadata(request, register.row, rows, register.title, register.about)
        return JsonResponse(told, content_type="application/csvm+json")

    return _signed(described, register.parameters)
