"""Entries, checkpoints, witnesses, and what commitments stand for."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, QuerySet

from remit.ledger.models import Checkpoint, Entry, Opening, Witness

MOST_ENTRIES = 500
LONGEST_WAIT = timedelta(minutes=10)
"""How much earlier than its entry an act may have begun: one that loads a nation takes minutes, others wait for
their turn meanwhile, and servers' clocks differ a little."""


def entry_once(once: str) -> Entry | None:
    """The entry made under an idempotency key, so that asking twice can answer the same."""
    return Entry.objects.filter(once=once).first()


def entries(
    *, before: int | None = None, subject: str | None = None, act: str | None = None, limit: int = 50
) -> QuerySet[Entry]:
    """Entries, newest first: below index `before`, about `subject`, of an `act`; at most `limit` (1 to 500).

    Raises `ValueError` for another limit.
    """
    if not 1 <= limit <= MOST_ENTRIES:
        raise ValueError(f"ask for 1 to {MOST_ENTRIES} entries, not {limit}")
    found = Entry.objects.order_by("-index")
    if before is not None:
        found = found.filter(index__lt=before)
    if subject is not None:
        found = found.filter(subject=subject)
    if act is not None:
        found = found.filter(act=act)
    return found[:limit]


@dataclass(frozen=True)
class Told:
    """What the body of an entry says."""

    index: int
    at: datetime
    act: str
    by: str
    subject: str
    details: dict[str, Any]


def told(acts: Collection[str]) -> Iterator[Told]:
    """Every entry of some acts, oldest first, as its body says; to compare other tables with.

    One whose body cannot be read is left out: `verify` names it.
    """
    found = Entry.objects.filter(act__in=acts).order_by("index").values_list("body", flat=True)
    for text in found.iterator():
        try:
            body = json.loads(text)
            at = datetime.fromisoformat(body["at"])
            yield Told(body["index"], at, body["act"], body["by"], body["subject"], body["details"])
        except (ValueError, TypeError, KeyError):
            continue


def checkpoints(*, limit: int = 50) -> QuerySet[Checkpoint]:
    """Checkpoints, newest first, at most `limit`."""
    return Checkpoint.objects.order_by("-id")[:limit]


def checkpoint_note(checkpoint: Checkpoint) -> str:
    """A checkpoint as text to hand out: the signed note with every witness's line."""
    lines = checkpoint.cosignatures.order_by("id").values_list("line", flat=True)
    return checkpoint.note + "".join(f"{line}\n" for line in lines)


def witness_keys() -> list[str]:
    """The public keys (C2SP vkeys) of the witnesses named so far, in the order of naming."""
    return list(Witness.objects.order_by("id").values_list("vkey", flat=True))


@dataclass(frozen=True)
class WitnessAt:
    """A witness, and how many entries the last checkpoint had that they cosigned here (0: none yet)."""

    name: str
    vkey: str
    signed: int


def witnesses() -> list[WitnessAt]:
    """The witnesses named so far, in the order of naming."""
    named = Witness.objects.annotate(signed=Max("cosignatures__checkpoint__size")).order_by("id")
    return [WitnessAt(one.name, one.vkey, one.signed or 0) for one in named]


def opening_of(commitment: str) -> Opening | None:
    """The salt and value behind a commitment; None once erased, or where there never was one."""
    return Opening.objects.filter(commitment=commitment).first()


def openings_of(commitments: Iterable[str]) -> dict[str, tuple[bytes, str]]:
    """The salt and value behind each of some commitments, without those that are erased. Whoever calls says that
    they may be known."""
    found = Opening.objects.filter(commitment__in=set(commitments))
    return {
        each: (bytes(salt), value) for each, salt, value in found.values_list("commitment", "salt", "value")
    }


def values_behind(concerning: str) -> dict[str, str]:
    """What the commitments about some kind of subject (``person``) stand for, as far as it has not been erased."""
    kept = Opening.objects.filter(concerning__startswith=f"{concerning}/")
    return dict(kept.values_list("commitment", "value"))
