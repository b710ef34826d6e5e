"""What the ledger committed to before it was public, opened once it is: anybody can hold it against the entry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from remit.delegation.models import Announced, Announcement
from remit.delegation.queries.publicity import with_public_at
from remit.ledger.queries import Told, openings_of, told

ANNOUNCED, DECIDED = (
    "decisions.announced",
    ("application.decided", "application.withdrawn", "application.rescinded"),
)
FIELDS = {ANNOUNCED: "announcement", **dict.fromkeys(DECIDED, "decision")}
"""The acts that hold a commitment to what becomes public, and the name it has among the entry's details."""

type_of_kept = Mapping[str, tuple[bytes, str]]
"""Salt and value by commitment."""


@dataclass(frozen=True)
class PublishedOpening:
    """What a commitment stands for: `commitment` is ``sha256:`` and SHA-256(`salt` || `value`), and stands in the
    details of ledger entry `entry` under the name `field`. `value` is canonical JSON; `salt` is hexadecimal."""

    entry: int
    at: datetime
    act: str
    subject: str
    field: str
    commitment: str
    salt: str
    value: str


def openings(at: datetime, *, announcement: str = "", application: str = "") -> list[PublishedOpening]:
    """Every opening that is public at an instant, the latest entry first: of announcements that are released, and of
    decisions that the public may know. Of an `announcement` with the decisions on all that it lists, or of an
    `application`, if given. Opened for nobody earlier: not for who may read the decision before it is public."""
    entries = list(told(FIELDS))
    kept = openings_of(entry.details[FIELDS[entry.act]] for entry in entries)
    found = []
    for entry in _public(entries, kept, at, announcement, application):
        commitment = entry.details[FIELDS[entry.act]]
        salt, value = kept[commitment]
        found.append(
            PublishedOpening(
                entry.index,
                entry.at,
                entry.act,
                entry.subject,
                FIELDS[entry.act],
                commitment,
                salt.hex(),
                value,
            )
        )
    return found[::-1]


def _public(
    entries: Iterable[Told], kept: type_of_kept, at: datetime, announcement: str, application: str
) -> Iterator[Told]:
    """Entries whose commitment may be opened, and can be, in order."""
    released = _released(at)
    decided = _decided(at)
    listed = _listed(announcement) if announcement in released else set()
    for entry in entries:
        if entry.details[FIELDS[entry.act]] not in kept:
            continue
        key = entry.subject.partition("/")[2]
        if entry.act == ANNOUNCED:
            key = _code_of(entry, kept)
            is_asked = key == announcement if announcement else not application
            is_public = key in released
        else:
            is_asked = (not announcement or key in listed) and application in ("", key)
            is_public = (key, entry.at) in decided
        if is_asked and is_public:
            yield entry


def _code_of(entry: Told, kept: type_of_kept) -> str:
    """The code of the announcement that an entry is about. One under an embargo has it in the commitment alone."""
    _, value = kept[entry.details[FIELDS[ANNOUNCED]]]
    return str(json.loads(value).get("code", entry.subject.partition("/")[2]))


def _released(at: datetime) -> set[str]:
    return set(Announcement.objects.filter(released_at__lte=at).values_list("code", flat=True))


def _listed(announcement: str) -> set[str]:
    rows = Announced.objects.filter(announcement=announcement)
    return set(rows.values_list("decision__application", flat=True))


def _decided(at: datetime) -> set[tuple[str, datetime]]:
    """Application and instant of each decision that is public, where no other of the same instant is not."""
    public, hidden = set[tuple[str, datetime]](), set[tuple[str, datetime]]()
    rows = with_public_at().values_list(
        "application",
        "decided_at",
        "public_at",
        "application__submitted_at",
        "application__round__is_sealed",
        "application__round__unsealed_at",
    )
    for pk, decided_at, public_at, submitted_at, is_sealed, unsealed_at in rows:
        is_read = submitted_at is not None and submitted_at <= at
        is_read = is_read and (not is_sealed or (unsealed_at is not None and unsealed_at <= at))
        is_public = is_read and public_at is not None and public_at <= at
        (public if is_public else hidden).add((pk, decided_at))
    return public - hidden
