"""Settings: every one is documented, and a production server's are safe."""

from __future__ import annotations

import json
import os
import runpy
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

YEAR = 365 * 24 * 60 * 60
PRODUCTION = {
    "REMIT_HTTPS": "1",
    "REMIT_ALLOWED_HOSTS": "remit.example",
    "REMIT_ORIGINS": "https://remit.example",
}
ASK = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
names = [name for name in dir(settings) if name.isupper()]
answer = Client().get("/cookies/", headers={"host": "remit.example"}, secure=True)
plain = Client().get("/cookies/", headers={"host": "remit.example"})
other = Client().get("/cookies/", headers={"host": "evil.example"}, secure=True)
print(json.dumps({
    "settings": {name: getattr(settings, name) for name in names},
    "headers": dict(answer.headers),
    "status": [answer.status_code, plain.status_code, other.status_code],
    "to": plain.headers.get("Location"),
}, default=str))
"""


def in_production(home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("REMIT_", "DATABASE_"))}
    root = Path(__file__).resolve().parents[2]
    environment = {
        **kept,
        "PYTHONPATH": str(root / "src"),
        **PRODUCTION,
        "REMIT_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "remit.config.settings",
        "PYTHONWARNINGS": "ignore",
    }
    (home / "static").mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, *command], cwd=root, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a production server keeps its state."""
    return tmp_path_factory.mktemp("production")


@pytest.fixture(scope="module")
def production(home: Path) -> dict[str, Any]:
    """The settings of a production server, and what it answers."""
    collected = in_production(home, "manage.py", "collectstatic", "--noinput", "--verbosity=0")
    assert collected.returncode == 0, collected.stderr[-2000:]
    done = in_production(home, "-c", ASK)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_every_setting_read_is_documented(root: Path) -> None:
    read = runpy.run_path(str(root / "scripts" / "docs_settings.py"))["names_read"]()
    page = (root / "docs" / "reference" / "settings.md").read_text()
    assert {"REMIT_HOME", "DATABASE_URL"} <= set(read)
    assert [name for name in read if f"| `{name}` |" not in page] == []


def test_only_settings_read_the_environment(package: Any) -> None:
    """Servers and the command name the settings' module; everything else asks the settings."""
    readers = {
        module.path
        for module in package
        if "os.environ" in module.text.replace("os.environ.setdefault", "") or "os.getenv" in module.text
    }
    assert readers == {"src/remit/config/settings.py"}


def test_django_finds_nothing_to_warn_of(home: Path) -> None:
    done = in_production(home, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", False),
        ("SECURE_HSTS_SECONDS", YEAR),
        ("SECURE_HSTS_INCLUDE_SUBDOMAINS", True),
        ("SECURE_SSL_REDIRECT", True),
        ("SECURE_CONTENT_TYPE_NOSNIFF", True),
        ("SECURE_CROSS_ORIGIN_OPENER_POLICY", "same-origin"),
        ("SECURE_REFERRER_POLICY", "same-origin"),
        ("SESSION_COOKIE_SECURE", True),
        ("SESSION_COOKIE_HTTPONLY", True),
        ("SESSION_COOKIE_SAMESITE", "Lax"),
        ("CSRF_COOKIE_SECURE", True),
        ("CSRF_COOKIE_HTTPONLY", True),
        ("CSRF_COOKIE_SAMESITE", "Lax"),
        ("X_FRAME_OPTIONS", "DENY"),
        ("ALLOWED_HOSTS", ["remit.example"]),
        ("SECRET_KEY_FALLBACKS", []),
        ("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend"),  # a printed link is a key in a log
    ],
)
def test_a_production_server_is_safe(production: dict[str, Any], name: str, value: Any) -> None:
    assert production["settings"][name] == value


def test_passwords_are_hashed_with_argon2_and_are_long(production: dict[str, Any]) -> None:
    settings = production["settings"]
    assert settings["PASSWORD_HASHERS"][0].endswith("Argon2PasswordHasher")
    lengths = [rule.get("OPTIONS", {}).get("min_length", 0) for rule in settings["AUTH_PASSWORD_VALIDATORS"]]
    assert max(lengths) >= 12


def test_there_is_no_admin_site_and_bodies_are_bounded(production: dict[str, Any]) -> None:
    settings = production["settings"]
    assert not any("admin" in app for app in settings["INSTALLED_APPS"])
    for name in ("DATA_UPLOAD_MAX_MEMORY_SIZE", "FILE_UPLOAD_MAX_MEMORY_SIZE", "REMIT_MAX_BODY"):
        assert 0 < settings[name] <= 64 * 1024 * 1024


def test_the_secret_key_is_made_at_first_use_for_its_owner_only(
    home: Path, production: dict[str, Any]
) -> None:
    path = home / "secret-key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == production["settings"]["SECRET_KEY"]
    assert len(path.read_text()) >= 50


def test_sessions_last_as_long_as_the_service_manual_asks(production: dict[str, Any]) -> None:
    assert production["settings"]["SESSION_COOKIE_AGE"] >= 20 * 60 * 60


def test_http_is_sent_on_to_https_and_other_hosts_are_turned_away(production: dict[str, Any]) -> None:
    assert production["status"] == [200, 301, 400]
    assert production["to"] == "https://remit.example/cookies/"


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Strict-Transport-Security", f"max-age={YEAR}; includeSubDomains; preload"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_a_page_comes_with_its_headers(production: dict[str, Any], header: str, value: str) -> None:
    assert production["headers"][header] == value


def test_a_page_allows_nothing_that_is_not_its_own(production: dict[str, Any]) -> None:
    policy = dict(
        part.strip().split(" ", 1)
        for part in production["headers"]["Content-Security-Policy"].split(";")
        if part.strip()
    )
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["script-src"].startswith("'self'")
    assert not any(word in " ".join(policy.values()) for word in ("unsafe", "*", "http:", "https:"))
    features = production["headers"]["Permissions-Policy"]
    for feature in ("camera", "geolocation", "microphone", "payment", "usb"):
        assert f"{feature}=()" in features
