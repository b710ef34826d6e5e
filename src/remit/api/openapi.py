"""The OpenAPI document as it has to be: what django-ninja writes, and what it cannot know."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from remit.api.problems import MEDIA_TYPE

PROBLEM = "#/components/schemas/Problem"
NOT_MODIFIED = {"description": "Not modified: what you hold (If-None-Match) is still so"}
UNKNOWN = {
    "description": "Unprocessable Content: a parameter that there is not",
    "content": {MEDIA_TYPE: {"schema": {"$ref": PROBLEM}}},
}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "schema": {"type": "string"},
    "description": "The ETag of an earlier answer",
}


class PublicAPI(NinjaAPI):
    """An API whose errors are problem+json and whose answers can be asked for again by their ETag."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """The document, with the true media type of problems, and 304 wherever something is read."""
        document = super().get_openapi_schema(**options)
        for path in document["paths"].values():
            for method, operation in path.items():
                operation["responses"].setdefault(422, UNKNOWN)
                _tell_problems(operation["responses"])
                if method == "get":
                    operation["responses"][304] = NOT_MODIFIED
                    operation["parameters"].append(IF_NONE_MATCH)
        return document


def _tell_problems(responses: dict[Any, Any]) -> None:
    for answer in responses.values():
        content = answer.get("content", {})
        if content.get("application/json", {}).get("schema") == {"$ref": PROBLEM}:
            answer["content"] = {MEDIA_TYPE: content["application/json"]}
