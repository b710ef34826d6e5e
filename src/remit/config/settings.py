"""Every setting, from the environment. docs/reference/settings.md lists them; nothing else reads os.environ.

`REMIT_HOME` is the folder where state lives (database, keys, secret); `DATABASE_URL` chooses the database.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from remit.config.sqlite import private_connection, wal_is_safe

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent

REMIT_HOME = Path(os.environ.get("REMIT_HOME") or ROOT / "var").resolve()
REMIT_DEMO = os.environ.get("REMIT_DEMO") == "1"
REMIT_HTTPS = os.environ.get("REMIT_HTTPS") == "1"
REMIT_ORGANISATION = os.environ.get("REMIT_ORGANISATION", "Delegated commissioning, open to all")
REMIT_CONTACT_EMAIL = os.environ.get("REMIT_CONTACT_EMAIL", "remit@example.org")
REMIT_TRUST_REQUEST_START = os.environ.get("REMIT_TRUST_REQUEST_START") == "1"  # only behind our own proxy
REMIT_LEDGER_ORIGIN = os.environ.get("REMIT_LEDGER_ORIGIN", "remit.example/ledger")
VERIFIER = ROOT / "verifier" / "remit_verifier.py"  # stands outside the package: it uses no part of it
RULEBOOK = Path(os.environ.get("REMIT_RULEBOOK") or PACKAGE / "rulebook")


def _secret_key() -> str:
    """From REMIT_SECRET_KEY, else a file in REMIT_HOME that only its owner can read, made at first use."""
    given = os.environ.get("REMIT_SECRET_KEY")
    if given:
        return given
    path = REMIT_HOME / "secret-key"
    REMIT_HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    key = secrets.token_urlsafe(50)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("REMIT_OLD_SECRET_KEYS", "").split(",") if key]
DEBUG = False
ALLOWED_HOSTS = os.environ.get("REMIT_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("REMIT_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "remit.ledger.apps.LedgerConfig",
    "remit.register.apps.RegisterConfig",
    "remit.documents.apps.DocumentsConfig",
    "remit.accounts.apps.AccountsConfig",
    "remit.figures.apps.FiguresConfig",
    "remit.constitutions.apps.ConstitutionsConfig",
    "remit.meetings.apps.MeetingsConfig",
    "remit.consultations.apps.ConsultationsConfig",
    "remit.delegation.apps.DelegationConfig",
    "remit.motions.apps.MotionsConfig",
    "remit.web.apps.WebConfig",
    "remit.cli.apps.CliConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_linear_migrations",
    "rules.apps.AutodiscoverRulesConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "remit.web.middleware.ActingForMiddleware",
    "remit.web.middleware.KeepableTextMiddleware",
    "remit.web.middleware.RefusedMiddleware",
]

ROOT_URLCONF = "remit.config.urls"
WSGI_APPLICATION = "remit.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "remit.web.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "remit.web.context.page_chrome",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

# -- database ------------------------------------------------------------------------------------------------

DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{REMIT_HOME / 'remit.sqlite3'}"
DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    _journal = "WAL" if wal_is_safe() else "TRUNCATE"
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "factory": private_connection(),
        "init_command": (
            f"PRAGMA journal_mode={_journal};PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
            "PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=67108864;PRAGMA cache_size=-20000;"
            "PRAGMA temp_store=MEMORY;"
        ),
    }
else:
    _database["CONN_HEALTH_CHECKS"] = True
    _database["OPTIONS"] = {"pool": {"min_size": 2, "max_size": 16, "timeout": 5}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- people --------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "remit.web.accounts.adapter.InvitationOnlyAdapter"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "remit.web.accounts.reset_keys.ResetKeys"
MFA_ADAPTER = "remit.web.accounts.adapter.SealedMFAAdapter"
MFA_TOTP_ISSUER = "Remit"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # strangers get no mail from us
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"

# -- language and time -----------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"
FORMS_URLFIELD_ASSUME_HTTPS = True

# -- safety ----------------------------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 20 * 60 * 60  # the service manual asks for at least 20 hours
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "remit.web.errors.csrf_failure"
if REMIT_HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "geolocation", "microphone", "payment", "usb", "interest-cohort")
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
REMIT_MAX_BODY = 64 * 1024 * 1024
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}}
}

# -- files and e-mail ------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = REMIT_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False
EMAIL_BACKEND = os.environ.get("REMIT_EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend")
DEFAULT_FROM_EMAIL = os.environ.get("REMIT_FROM_EMAIL", "remit@localhost")

# -- logs ------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "remit.config.logs.formatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("REMIT_LOG_LEVEL", "WARNING")},
}
