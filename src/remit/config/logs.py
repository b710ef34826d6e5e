"""Logs as one JSON object a line, on stderr, so that stdout stays clean for `--json`."""

from __future__ import annotations

import structlog

render = structlog.processors.JSONRenderer()
