"""A data steward, and loading a small file in one line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count

import pytest

from remit.kernel.actor import Actor, RoleAt
from remit.register.actions import ImportReport, Provenance, import_file

Load = Callable[..., ImportReport]


@pytest.fixture
def steward() -> Actor:
    """Somebody who may load files."""
    return Actor("01JSTEWARD", "X24", frozenset({RoleAt("data_steward", "X24")}))


@pytest.fixture
def load(db: None, steward: Actor) -> Load:
    """Load bytes as a file; each call a second later than the last."""
    seconds = count()

    def load_file(kind: str, data: bytes, filename: str, **options: object) -> ImportReport:
        moment = datetime(2026, 11, 21, 12, 0, next(seconds), tzinfo=UTC)
        return import_file(
            kind=kind,
            data=data,
            provenance=Provenance(filename, date(2026, 11, 20)),
            by=options.pop("by", steward),  # type: ignore[arg-type]
            at=moment,
            **options,  # type: ignore[arg-type]
        )

    return load_file
