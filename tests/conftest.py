"""What every test stands on: no network beyond this machine, fast passwords, plain static files, real data."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples

# No test is timed: a busy machine is not a fault. CI repeats the same examples; the long lane tries many more.
examples.register_profile("short", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.register_profile("ci", parent=examples.get_profile("short"), derandomize=True)
examples.register_profile("long", parent=examples.get_profile("short"), max_examples=2000)
if os.environ.get("REMIT_LONG") == "1":
    examples.load_profile("long")
else:
    examples.load_profile("ci" if os.environ.get("CI") == "true" else "short")

ROOT = Path(__file__).resolve().parent.parent
WHERE_TO_GET = (
    "the published files are not here: put them in ../shared/data, or say where with REMIT_DATA "
    "(docs/how-to/load-the-nation.md says where each comes from)"
)


def pytest_configure(config: pytest.Config) -> None:
    """Settings that only tests want."""
    from django.conf import settings

    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # whitenoise warns where there is none
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(scope="session")
def published() -> Path:
    """The folder of published files. Missing: a failure in CI, a skip on a user's machine."""
    folder = Path(os.environ.get("REMIT_DATA") or ROOT.parent / "shared" / "data")
    if not (folder / "payments").is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(WHERE_TO_GET)
        pytest.skip(WHERE_TO_GET)
    return folder


@pytest.fixture
def at() -> datetime:
    """An instant to act at."""
    return datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """State (keys, files) of the tests in a folder of their own."""
    from django.conf import settings

    home = tmp_path_factory.mktemp("home")
    settings.REMIT_HOME = home
    return home
