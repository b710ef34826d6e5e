"""The stand-alone verifier, loaded as a module."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings

PROGRAM = Path(__file__).resolve().parents[3] / "verifier" / "remit_verifier.py"


@pytest.fixture(scope="session")
def program() -> Path:
    """Where it is."""
    return PROGRAM


@pytest.fixture(scope="session")
def verifier() -> ModuleType:
    """Its functions."""
    spec = importlib.util.spec_from_file_location("remit_verifier", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["remit_verifier"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def fresh_home(tmp_path: Path) -> Iterator[Path]:
    """A REMIT_HOME without any key."""
    before, settings.REMIT_HOME = settings.REMIT_HOME, tmp_path / "fresh"
    yield tmp_path / "fresh"
    settings.REMIT_HOME = before
