"""Whatever is sent, the API keeps to its document: no 5xx, no status, type or shape that it does not tell of.

Each operation gets 10 random cases on top of the systematic ones; in the long lane (`make agreement`, which
sets REMIT_LONG) 250, more than 10,000 in all.
"""

from __future__ import annotations

import os
import re
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings
from schemathesis.checks import load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

QUICK = "REMIT_LONG" not in os.environ
CASES = 10 if QUICK else 250
# Other methods have a test of their own (test_only_reading_is_allowed), and cost a sixth of the time.
CONFIG: dict[str, Any] = {"phases": {"coverage": {"unexpected-methods": []}}} if QUICK else {}
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
KNOWN_PATH = {"sha256": "a" * 64, "index": 1, "figure": "turnout", "count": "level-3"}
KNOWN_QUERY = {
    "code": "01A",
    "q": "surgery",
    "old": 1,
    "new": 3,
    "on": "2015-04-01",
    "commissioner": "01A",
    "power": "approve_mergers",
}

load_all_checks()
document = schemathesis.openapi.from_wsgi(
    "/api/v1/openapi.json", get_wsgi_application(), config=SchemathesisConfig.from_dict(CONFIG)
)
EVERY = [result.ok() for result in document.get_all_operations()]
# What stands below one of these is asked for where there are some: test_api_delegation_fuzzed.py.
ELSEWHERE = "/(agreements|announcements|constitutions|consultations|motions|programmes|rounds)/{"
OPERATIONS = [each for each in EVERY if not re.search(ELSEWHERE, each.path)]
# The descriptions of CSV files take the very parameters of the files: the long lane tries them too.
fuzzed = document.exclude(path_regex="csv-metadata") if QUICK else document


@pytest.mark.usefixtures("served")
@fuzzed.parametrize()
@settings(max_examples=CASES, deadline=None, derandomize=QUICK, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_the_api_keeps_to_its_document(case: Any) -> None:
    case.call_and_validate(checks=CHECKS)


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("operation", OPERATIONS, ids=[operation.path for operation in OPERATIONS])
def test_what_is_there_is_answered_as_the_document_says(operation: Any) -> None:
    code = "01A" if "commissioner" in operation.path else "A81001"
    path = {each.name: {"code": code, **KNOWN_PATH}[each.name] for each in operation.path_parameters}
    query = {each.name: KNOWN_QUERY[each.name] for each in operation.query if each.name in KNOWN_QUERY}
    case = operation.Case(path_parameters=path, query=query)
    response = case.call()
    assert response.status_code == 200, response.text
    case.validate_response(response, checks=CHECKS)
