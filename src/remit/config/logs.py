"""Logs as one JSON object a line, on stderr, so that stdout stays clean for `--json`."""

from __future__ import annotations

import logging

import structlog
from structlog.stdlib import ProcessorFormatter

BEFORE = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def formatter() -> logging.Formatter:
    """A formatter for every log record: what happened, how grave, where, when, and the traceback."""
    return ProcessorFormatter(
        foreign_pre_chain=BEFORE,
        processors=[ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
    )
