"""The invented nation, written once for all tests of this folder."""

from __future__ import annotations

import pytest

from remit.demo.invention import invent
from tests.rooms.demo.nation_on_paper import NationOnPaper


@pytest.fixture(scope="session")
def nation(tmp_path_factory: pytest.TempPathFactory) -> NationOnPaper:
    """The whole nation, as `make run` invents it."""
    return NationOnPaper(invent(tmp_path_factory.mktemp("nation")))
