"""Logs as one JSON object a line, on stderr, so that stdout stays clean for `--json`.

The addresses of some pages hold a secret that lets whoever has it in: an invitation's link and the link of a
password reset. Django logs the address of a page that failed, so these are taken out of every line.
"""

from __future__ import annotations

import logging
import re

import structlog
from structlog.stdlib import ProcessorFormatter

BEFORE = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]
SECRET_PART = re.compile(r"(/people/accept/|/accounts/password/reset/key/)[^/?#\s\"'\\<>]+")
"""What follows these in an address is a secret."""


def without_secrets(text: str) -> str:
    """The text with what is secret in addresses taken out."""
    return SECRET_PART.sub(r"\1[hidden]", text)


class SecretsHidden(ProcessorFormatter):
    """A formatter that takes secrets out last of all, so out of tracebacks as well."""

    def format(self, record: logging.LogRecord) -> str:
        """A record as a line without secrets."""
        return without_secrets(super().format(record))


def formatter() -> logging.Formatter:
    """A formatter for every log record: what happened, how grave, where, when, and the traceback."""
    return SecretsHidden(
        foreign_pre_chain=BEFORE,
        processors=[ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
    )
