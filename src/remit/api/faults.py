"""What is wrong with a parameter or a field, in our words and not in those of a library."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OURS = "value_error"
"""What a check of our own says: it is in our words already."""
WORDS = {
    "missing": "This is needed",
    "int_parsing": "Write a whole number",
    "int_parsing_size": "Write a smaller number",
    "int_type": "Write a whole number",
    "bool_parsing": "Write true or false",
    "string_pattern_mismatch": "This is not written as it has to be: it does not fit {pattern}",
    "string_too_long": "Write at most {max_length} characters",
    "greater_than_equal": "Write {ge} or more",
    "less_than_equal": "Write {le} or less",
    "enum": "There is no such code. There are: {expected}",
    "literal_error": "There is no such value. There are: {expected}",
}


def fault(error: Mapping[str, Any]) -> str:
    """What to say of an error that pydantic found, or that a check of ours raised."""
    kind, context = error.get("type", OURS), error.get("ctx", {})
    words = WORDS.get(kind)
    if words is None:
        return str(error["msg"]).removeprefix("Value error, ")
    plain = {name: str(value).replace("'", "").replace(" or ", ", ") for name, value in context.items()}
    return words.format_map(plain)
