"""Whether a file that somebody sends can be kept: its name, its type, and whether its content is what it says."""

from remit.engines.uploads.checking import LARGEST, check_upload, clean_name
from remit.engines.uploads.kinds import ACCEPTED_IN_WORDS, KINDS, Kind, kind_of, media_type_of

__all__ = [
    "ACCEPTED_IN_WORDS",
    "KINDS",
    "LARGEST",
    "Kind",
    "check_upload",
    "clean_name",
    "kind_of",
    "media_type_of",
]
