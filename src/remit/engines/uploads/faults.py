"""What can be wrong with a file, in words that say how to put it right."""

from __future__ import annotations

from dataclasses import dataclass

from remit.engines.uploads.kinds import ACCEPTED_IN_WORDS, Kind

CLAUSE = "Files that are taken"
LARGEST = 10 * 1024 * 1024
UNPACKED = 100 * 1024 * 1024
"""The most that a file may unpack to."""

_TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass(frozen=True)
class Fault:
    """A reason why a file is not taken."""

    code: str
    message: str


NOT_A_NAME = Fault(
    "not_a_file_name",
    'The name of the selected file must be at most 200 characters, with none of / \\ : * ? " < > | or “..” in it. '
    "Rename the file.",
)
WRONG_TYPE = Fault("wrong_type", f"The selected file must be {ACCEPTED_IN_WORDS}")
EMPTY = Fault("empty_file", "The selected file is empty")
TOO_LARGE = Fault("file_too_large", "The selected file must be smaller than 10MB")
VIRUS = Fault("virus", "The selected file contains a virus")
PASSWORD = Fault(
    "password_protected",
    "The selected file is password protected. Save it without a password, and send it again.",
)
UNPACKS = Fault(
    "unpacks_too_large",
    "The selected file unpacks to far more than it says. Save it as a PDF, and send that.",
)


def not_what_it_says(kind: Kind) -> Fault:
    """Its content is not of the type that its name says."""
    return Fault(
        "not_what_it_says",
        f"The selected file must be {ACCEPTED_IN_WORDS}. It is called a {kind.name}, but it is not a sound one. "
        "Save it again from the program that made it.",
    )


def active(what: str) -> Fault:
    """It holds something that could run, or that fetches something, when it is opened."""
    return Fault(
        "active_content",
        f"The selected file contains {what}. Save it without, or as a plain PDF, and send that.",
    )


def holds_test_virus(content: bytes) -> bool:
    """Whether the antivirus test file is in some bytes."""
    return _TEST_VIRUS in content
