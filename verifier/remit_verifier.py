#!/usr/bin/env python3
"""Check what Remit publishes, without Remit: one file, Python 3.11 or later, standard library only.

    python3 remit_verifier.py ledger EXPORT [--checkpoint FILE]... [--witness VKEY]... [--log VKEY]
        [--openings FILE]... [--json]

    python3 remit_verifier.py recount FILE [--sha256 DIGEST] [--json]

EXPORT is what ``remit ledger export`` writes. With ``--checkpoint`` give a signed checkpoint that you kept
from earlier, or got from somebody else: only so can it be seen that entries were cut off the end, or that
history was rewritten and signed afresh. With ``--witness`` give the public key of a witness whom you trust,
as that witness publishes it, not as this file says; with ``--log`` the ledger's own key, as you first got it.
With ``--openings`` give what ``/api/v1/ledger/openings`` answered: what commitments in the ledger stand for. Each
is held against the entry that it opens, and what it says is shown.

FILE is the recount file of a declared motion: the votes are counted again by the clauses that it holds, and the result
has to be the declared one. With ``--sha256`` give the digest that was declared (it is in the ledger): the file has to
be the very one.

Exit code: 0 nothing is wrong; 1 something is (each fault is told with its place); 2 the input cannot be used.

Written apart from Remit's own verification on purpose, so that a mistake in one shows against the other.
Rules: RFC 8785 (canonical JSON), RFC 9162 (Merkle trees), RFC 8032 (Ed25519), C2SP signed-note,
tlog-checkpoint and tlog-cosignature.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import functools
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO

TOLERANCE = timedelta(seconds=2)
MOST_FAULTS = 1000


class Unusable(Exception):
    """The input is not what this program checks."""


class Malformed(ValueError):
    """A part of the input does not have the form it must have."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and where."""

    code: str
    message: str
    index: int | None = None
    line: int | None = None


@dataclass
class Findings:
    """What was checked and what is wrong with it."""

    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    opened: list[dict[str, Any]] = field(default_factory=list)
    unlisted: int = 0

    def blame(self, code: str, message: str, index: int | None = None, line: int | None = None) -> None:
        """Note a fault. Past a thousand they are only counted."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(code, message, index, line))
        else:
            self.unlisted += 1


# == Ed25519 (RFC 8032, section 5.1), verification only =====================================================

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)

Point = tuple[int, int, int, int]  # extended coordinates X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z

NEUTRAL: Point = (0, 1, 1, 0)


def add_points(a: Point, b: Point) -> Point:
    """The sum of two points of the curve."""
    e1, e2 = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = e2 - e1, d - c, d + c, e2 + e1
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(scalar: int, point: Point) -> Point:
    """A point added to itself `scalar` times."""
    total = NEUTRAL
    while scalar:
        if scalar & 1:
            total = add_points(total, point)
        point = add_points(point, point)
        scalar >>= 1
    return total


@functools.lru_cache(maxsize=64)
def decode_point(data: bytes) -> Point | None:
    """A point from its 32 bytes, or None where they are not one."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def encode_point(point: Point) -> bytes:
    """A point as 32 bytes."""
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or NEUTRAL


def ed25519_holds(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature (64 bytes) on the message is by the public key (32 bytes)."""
    key = decode_point(public) if len(public) == 32 else None
    if key is None or len(signature) != 64:
        return False
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % L
    minus_key = (P - key[0], key[1], key[2], P - key[3])
    return encode_point(add_points(multiply(s, BASE), multiply(k, minus_key))) == r


# == Merkle trees (RFC 9162, section 2.1) ===================================================================

EMPTY_ROOT = hashlib.sha256(b"").digest()
UNKNOWN_LEAF = bytes(32)


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\0" + data).digest()


class Tree:
    """A growing tree, kept as the hashes of its perfect subtrees with their heights."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[tuple[int, bytes]] = []

    def grow(self, leaf: bytes) -> None:
        """Add a leaf's hash."""
        height, node = 0, leaf
        while self.peaks and self.peaks[-1][0] == height:
            node = hashlib.sha256(b"\1" + self.peaks.pop()[1] + node).digest()
            height += 1
        self.peaks.append((height, node))
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self.peaks:
            return EMPTY_ROOT
        node = self.peaks[-1][1]
        for _, peak in self.peaks[-2::-1]:
            node = hashlib.sha256(b"\1" + peak + node).digest()
        return node


# == JSON, read strictly (RFC 8785) =========================================================================

BEYOND_BMP = re.compile("[\U00010000-\U0010ffff]")
TEXT_ONLY = re.compile("[\ud800-\udfff]")
write_simple = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def write_canonical(value: Any) -> str:
    """The RFC 8785 form of a value without fractions: keys in the order of their UTF-16 code units."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{write_simple(key)}:{write_canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(write_canonical, value)) + "]"
    return write_simple(value)


def unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object from its pairs; a key given twice is refused."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("has the same key twice")
    return found


def whole_number(digits: str) -> int:
    """An integer that every JSON reader reads alike."""
    if len(digits) > 17 or abs(int(digits)) >= 2**53:
        raise Malformed("has a number too large to be exact")
    return int(digits)


def no_fraction(digits: str) -> Any:
    """Our JSON has whole numbers only."""
    raise Malformed(f"has the number {digits[:20]}, which is not whole")


read_json = json.JSONDecoder(
    object_pairs_hook=unique_keys, parse_int=whole_number, parse_float=no_fraction, parse_constant=no_fraction
).decode


def read_canonical(text: str) -> Any:
    """A value from its canonical JSON. Raises `Malformed` for any other spelling."""
    try:
        value = read_json(text)
        same = (write_canonical if BEYOND_BMP.search(text) else write_simple)(value) == text
    except Malformed:
        raise
    except (ValueError, RecursionError):
        raise Malformed("is not JSON") from None
    if not same or TEXT_ONLY.search(text):
        raise Malformed("is not in the one canonical spelling (RFC 8785)")
    return value


# == Signed notes and checkpoints (C2SP) ====================================================================

LOG_KIND, WITNESS_KIND = 1, 4
LAST_SECOND = 253_370_764_799  # the end of the year 9998
NAME = re.compile(r"[^\s+\x00-\x1f\x7f]+")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


@dataclass(frozen=True)
class Key:
    """A public key: of a log (kind 1) or of a witness (kind 4)."""

    name: str
    kind: int
    public: bytes

    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name, newline, kind, public key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]


@dataclass(frozen=True)
class Checkpoint:
    """A signed statement about the ledger's head; `signed_at` says when each witness signed it."""

    source: str
    origin: str
    size: int
    root: bytes
    made_at: datetime | None
    signed_at: dict[Key | None, datetime]

    def order(self) -> tuple[int, str]:
        """By size, then by time."""
        return self.size, instant_text(self.made_at) if self.made_at else ""

    def not_before(self) -> datetime | None:
        """No entry after it can be dated before this: when it was made, else when it was first cosigned."""
        return self.made_at or min(self.signed_at.values(), default=None)

    def not_after(self) -> datetime | None:
        """No entry in it can be dated after this: it existed then."""
        return min([*([self.made_at] if self.made_at else []), *self.signed_at.values()], default=None)


def from_base64(text: str) -> bytes:
    """Bytes from base64 in its one spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Malformed("has a part that is not base64") from None
    if base64.b64encode(data).decode() != text:
        raise Malformed("has base64 with another spelling")
    return data


def read_key(vkey: str, kind: int) -> Key:
    """A public key from its text ``name+id+base64``."""
    name, key_id, encoded = [*vkey.split("+", 2), "", ""][:3]
    data = from_base64(encoded)
    key = Key(name, kind, data[1:])
    if len(data) != 33 or data[0] != kind or not NAME.fullmatch(name) or key.key_id().hex() != key_id:
        raise Malformed("is not a key of the right kind, or is damaged")
    return key


def read_instant(text: str) -> datetime:
    """An instant from ``2018-08-06T09:00:00.000000Z``."""
    try:
        if not INSTANT.fullmatch(text):
            raise ValueError
        return datetime.fromisoformat(text)
    except ValueError:
        raise Malformed("has a time that is none") from None


def read_head(text: str) -> tuple[str, int, bytes, datetime | None]:
    """Origin, size, root and time from a checkpoint's text."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise Malformed("does not have three lines before the signatures")
    root = from_base64(lines[2])
    if not re.fullmatch("0|[1-9][0-9]{0,18}", lines[1]) or len(root) != 32:
        raise Malformed("has no size or no root")
    times = [read_instant(line[5:]) for line in lines[3:-1] if line.startswith("time ")]
    if len(times) > 1 or not all(1970 <= time.year < 9999 for time in times):
        raise Malformed("has an impossible time")
    return lines[0], int(lines[1]), root, times[0] if times else None


def read_signatures(lines: str) -> list[tuple[str, bytes, bytes]]:
    """Name, key id and signature of each line."""
    found = []
    for line in lines.removesuffix("\n").split("\n"):
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "—" or not NAME.fullmatch(parts[1]):
            raise Malformed("has a signature line of another form")
        data = from_base64(parts[2])
        if len(data) < 5:
            raise Malformed("has a signature that is too short")
        found.append((parts[1], data[:4], data[4:]))
    if len(found) > 64:
        raise Malformed("has more than 64 signatures")
    return found


def signature_holds(text: str, key: Key, signature: bytes) -> bool:
    """Whether a key signed a text; a witness's signature starts with its time in eight bytes."""
    if key.kind == LOG_KIND:
        return ed25519_holds(key.public, signature, text.encode())
    seconds = int.from_bytes(signature[:8], "big")
    message = f"cosignature/v1\ntime {seconds}\n{text}".encode()
    return seconds <= LAST_SECOND and ed25519_holds(key.public, signature[8:], message)


class Notary:
    """Whose signatures count."""

    def __init__(self, findings: Findings, origin: str, log: Key | None, witnesses: list[Key]) -> None:
        self.findings = findings
        self.origin = origin
        self.log = log
        self.keys = {(key.name, key.key_id()): key for key in [*([log] if log else []), *witnesses]}

    def read(self, note: str, source: str, line: int | None = None) -> Checkpoint | None:
        """A checkpoint, if anybody whose signature counts has signed it.

        `line` is where it stands in the export; there, nobody but the keys that the export names may sign.
        """
        try:
            text, gap, lines = note.rpartition("\n\n")
            if not gap or not lines.endswith("\n") or re.search("[\0-\x09\x0b-\x1f]", note):
                raise Malformed("is not a signed note")
            origin, size, root, made_at = read_head(text + "\n")
            signatures = read_signatures(lines)
        except Malformed as error:
            self.findings.blame("checkpoint_unreadable", f"{source} {error}.", line=line)
            return None
        if origin != self.origin:
            words = f"{source} is about another ledger, “{origin}”, not “{self.origin}”."
            self.findings.blame("other_ledger", words, line=line)
            return None
        holding = self._holding(text + "\n", signatures, source, line)
        signed_at = {key: at for key, at in holding.items() if at is not None}
        if self.log not in holding:
            self.findings.blame("not_signed", f"{source} is not signed by the key of this ledger.", line=line)
        return Checkpoint(source, origin, size, root, made_at, signed_at) if holding else None

    def _holding(
        self, text: str, signatures: list[tuple[str, bytes, bytes]], source: str, line: int | None
    ) -> dict[Key | None, datetime | None]:
        """The keys whose signatures hold, with the times of the witnesses' ones."""
        holding: dict[Key | None, datetime | None] = {}
        for name, key_id, signature in signatures:
            key = self.keys.get((name, key_id))
            if key is None and line is not None:
                words = f"{source} bears a signature of {name} with a key that the export does not name."
                self.findings.blame("signature_bad", words, line=line)
            elif key is not None and not signature_holds(text, key, signature):
                words = f"{source} bears a signature of {name} that does not hold."
                self.findings.blame("signature_bad", words, line=line)
            elif key is not None:
                seconds = int.from_bytes(signature[:8], "big")
                at = datetime.fromtimestamp(seconds, UTC) if key.kind == WITNESS_KIND else None
                earlier = holding.get(key)
                holding[key] = min(at, earlier) if at and earlier else at
        return holding


# == The ledger =============================================================================================

FORMAT = "remit-ledger/1"
HEADER_TYPES = {
    "format": str,
    "origin": str,
    "size": int,
    "root": str,
    "log_vkey": str,
    "witness_vkeys": list,
    "checkpoints": int,
}
BODY_TYPES: dict[str, type | tuple[type, ...]] = {
    "v": int,
    "index": int,
    "at": str,
    "act": str,
    "by": str,
    "acting_for": str,
    "under": str,
    "subject": str,
    "once": (str, type(None)),
    "details": dict,
}


def has_types(value: Any, types: dict[str, Any]) -> bool:
    """Whether a value is an object with exactly these keys, of these types (True is no number here)."""
    return (
        isinstance(value, dict)
        and value.keys() == types.keys()
        and all(
            isinstance(value[key], kind) and not isinstance(value[key], bool) for key, kind in types.items()
        )
    )


def read_entry_body(text: str) -> dict[str, Any]:
    """The fields of an entry. Raises `Malformed`."""
    body = read_canonical(text)
    if not has_types(body, BODY_TYPES) or body["v"] != 1:
        raise Malformed("does not have the fields of an entry")
    read_instant(body["at"])
    return dict(body)


def instant_text(at: datetime) -> str:
    """An instant in the form that entries use: the order of these texts is the order of time."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def span(first: int, end: int) -> str:
    """The entries from `first` up to, not including, `end`, in words."""
    return f"entry {first}" if end - first <= 1 else f"entries {first} to {end - 1}"


class Bounds:
    """Between which instants an entry may be dated, given the checkpoints around it."""

    def __init__(self, checkpoints: list[Checkpoint]) -> None:
        ordered = sorted(checkpoints, key=lambda checkpoint: checkpoint.size)
        self.floors: list[tuple[int, str, str]] = []
        self.ceilings: list[tuple[int, str, str]] = []
        for checkpoint in ordered:
            bound = checkpoint.not_before()
            if bound:
                here = instant_text(bound - TOLERANCE)
                if not self.floors or here > self.floors[-1][1]:
                    self.floors.append((checkpoint.size, here, checkpoint.source))
        for checkpoint in reversed(ordered):
            bound = checkpoint.not_after()
            if bound:
                here = instant_text(bound + TOLERANCE)
                if not self.ceilings or here < self.ceilings[-1][1]:
                    self.ceilings.append((checkpoint.size, here, checkpoint.source))
        self.floors.reverse()
        self.floor: tuple[int, str, str] = (0, "", "")

    def check(self, index: int, at: str, blame: Callable[..., None]) -> None:
        """Blame an entry dated outside of its bounds. Call it with rising indexes."""
        while self.floors and self.floors[-1][0] <= index:
            self.floor = self.floors.pop()
        while self.ceilings and self.ceilings[-1][0] <= index:
            self.ceilings.pop()
        if at < self.floor[1]:
            words = f"Entry {index} is dated {at}, but was added after {self.floor[2]}, already made then."
            blame("back_dated", words, index)
        if self.ceilings and at > self.ceilings[-1][1]:
            source = self.ceilings[-1][2]
            blame(
                "dated_later",
                f"Entry {index} is dated {at}, but {source}, made before that, contains it.",
                index,
            )


OPENING_TYPES: dict[str, type] = {"entry": int, "field": str, "commitment": str, "salt": str, "value": str}


@dataclass(frozen=True)
class Opening:
    """What a commitment is said to stand for, and in which entry it is said to stand under which name."""

    source: str
    entry: int
    field: str
    commitment: str
    salt: bytes
    value: str

    def holds(self) -> bool:
        """Whether the commitment is the SHA-256 of salt and value."""
        made = hashlib.sha256(self.salt + self.value.encode(errors="surrogatepass")).hexdigest()
        return len(self.salt) == 32 and self.commitment == f"sha256:{made}"


class Openings:
    """Openings, each held against its entry when that comes."""

    def __init__(self, findings: Findings, given: list[Opening]) -> None:
        self.findings = findings
        self.waiting: dict[int, list[Opening]] = {}
        for opening in given:
            self.waiting.setdefault(opening.entry, []).append(opening)

    def take(self, index: int, body: dict[str, Any], line: int) -> None:
        """An entry, sound: blame what is said of it wrongly, and keep what it is now known to say."""
        for opening in self.waiting.pop(index, []):
            where = f"{opening.source} of “{opening.field}” in entry {index}"
            if body["details"].get(opening.field) != opening.commitment:
                words = f"{where} is of another commitment than the entry holds."
                self.findings.blame("opening_elsewhere", words, index, line)
            elif not opening.holds():
                words = f"{where} is wrong: its salt and value do not give the commitment."
                self.findings.blame("opening_wrong", words, index, line)
            else:
                told = {name: body[name] for name in ("at", "act", "subject")}
                self.findings.opened.append(
                    {"entry": index, **told, "field": opening.field, "value": opening.value}
                )

    def conclude(self) -> None:
        """Blame what is left over."""
        for index, openings in sorted(self.waiting.items()):
            for opening in openings:
                words = f"{opening.source} is of entry {index}, which is not in the export, or is damaged."
                self.findings.blame("opening_without_entry", words, index)


def read_openings(paths: list[str], findings: Findings) -> list[Opening]:
    """The openings in files that ``/api/v1/ledger/openings`` answered."""
    found = []
    for path in paths:
        try:
            page = json.loads(Path(path).read_bytes())
            items = page["items"]
            found += [read_opening(item, f"The opening in {path}") for item in items]
        except OSError as error:
            raise Unusable(f"{path} cannot be read: {error.strerror}.") from None
        except (ValueError, KeyError, TypeError, RecursionError):
            raise Unusable(f"{path} is not what /api/v1/ledger/openings answers.") from None
        if page.get("next"):
            findings.notes.append(f"{path} is not all of them: the others follow at {page['next']}")
    return found


def read_opening(item: dict[str, Any], source: str) -> Opening:
    """One opening. Raises `ValueError`, `KeyError` or `TypeError` where it is none."""
    fields = {name: item[name] for name in OPENING_TYPES}
    if not has_types(fields, OPENING_TYPES):
        raise ValueError("not an opening")
    return Opening(source, **fields | {"salt": bytes.fromhex(fields["salt"])})


class LedgerAudit:
    """One export, checked line by line."""

    def __init__(
        self,
        findings: Findings,
        header: dict[str, Any],
        checkpoints: list[Checkpoint],
        openings: Openings,
    ) -> None:
        self.findings = findings
        self.header = header
        self.openings = openings
        self.checkpoints = sorted(checkpoints, key=lambda checkpoint: checkpoint.size)
        self.tree = Tree()
        self.roots = {0: EMPTY_ROOT}
        self.wanted = {checkpoint.size for checkpoint in checkpoints}
        self.bounds = Bounds(checkpoints)
        self.last_at = ""
        self.once: dict[str, int] = {}

    def take(self, entry: str, leaf: str, line: int) -> None:
        """The next entry line."""
        place = self.tree.size
        found = leaf_hash(entry.encode(errors="surrogatepass"))
        whole = found.hex() == leaf
        blame = functools.partial(self.findings.blame, line=line)
        body = None
        try:
            body = read_entry_body(entry)
        except Malformed as error:
            blame("entry_malformed", f"Entry {place} {error}.", place)
        if not whole:
            blame(
                "entry_changed",
                f"Entry {place} does not have the hash given with it: one was changed.",
                place,
            )
        elif body is not None and body["index"] != place:
            if not self._resume(place, body["index"], blame):
                return
        elif body is None:
            pass
        if body is not None:
            self._check(self.tree.size, body, blame)
            if whole:
                self.openings.take(self.tree.size, body, line)
        self._grow(found)

    def _resume(self, place: int, says: int, blame: Callable[..., None]) -> bool:
        """Go on after a gap; an entry that belongs before this place is passed over."""
        if not place < says < self.header["size"]:
            words = (
                f"Entry {says} stands where entry {place} should: entries have been moved, repeated or added."
            )
            blame("entry_misplaced", words, place)
            return False
        blame("entry_missing", f"{span(place, says).capitalize()} missing here.", place)
        for _ in range(place, says):
            self._grow(UNKNOWN_LEAF)
        return True

    def _check(self, index: int, body: dict[str, Any], blame: Callable[..., None]) -> None:
        if body["index"] != index:
            blame("entry_misplaced", f"Entry {index} says that it is entry {body['index']}.", index)
        at = body["at"]
        if at < self.last_at:
            words = f"Entry {index} is dated {at}, earlier than an entry before it ({self.last_at})."
            blame("time_backwards", words, index)
        self.last_at = max(at, self.last_at)
        self.bounds.check(index, at, blame)

    def _grow(self, leaf: bytes) -> None:
        self.tree.grow(leaf)
        if self.tree.size in self.wanted:
            self.roots[self.tree.size] = self.tree.root()

    def conclude(self) -> None:
        """Hold the whole against the header and every checkpoint."""
        size, blame = self.tree.size, self.findings.blame
        if size != self.header["size"]:
            words = f"The export should have {self.header['size']} entries and has {size}."
            blame("entry_missing", words, min(size, self.header["size"]))
        elif self.tree.root().hex() != self.header["root"]:
            blame("root_differs", "The entries do not give the root that the export's first line names.")
        seen: dict[int, Checkpoint] = {}
        for checkpoint in self.checkpoints:
            other = seen.setdefault(checkpoint.size, checkpoint)
            if other.root != checkpoint.root:
                words = (
                    f"{other.source} and {checkpoint.source} are both signed for {checkpoint.size} entries "
                    "but have different roots: two histories have been shown to different people."
                )
                blame("forked", words)
            if checkpoint.size > size:
                words = (
                    f"{checkpoint.source} was signed for {checkpoint.size} entries, but there are only "
                    f"{size}: {span(size, checkpoint.size)} removed."
                )
                blame("truncated", words, size)
        self._find_rewriting()
        self.openings.conclude()

    def _find_rewriting(self) -> None:
        sound = 0
        wrong: list[Checkpoint] = []
        for checkpoint in self.checkpoints:
            root = self.roots.get(checkpoint.size)
            if root == checkpoint.root and not wrong:
                sound = checkpoint.size
            elif root is not None and root != checkpoint.root:
                wrong.append(checkpoint)
        if wrong:
            later = f" So do {len(wrong) - 1} later ones." if len(wrong) > 1 else ""
            words = (
                f"{wrong[0].source} has another root than the entries now give. "
                f"Something in {span(sound, wrong[0].size)} is not as it was signed.{later}"
            )
            self.findings.blame("history_changed", words, sound)


def read_lines(file: BinaryIO, findings: Findings) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every line after the header, with its number; a damaged one is blamed and comes as an empty object."""
    for number, raw in enumerate(file, 2):
        try:
            if not raw.endswith(b"\n"):
                raise Malformed("is cut short: the file does not end with a newline")
            value = read_canonical(raw[:-1].decode())
            if not has_types(value, {"entry": str, "leaf": str}) and not has_types(
                value, {"checkpoint": str}
            ):
                raise Malformed("is neither an entry nor a checkpoint")
        except UnicodeDecodeError:
            findings.blame("line_damaged", f"Line {number} is not UTF-8 text.", line=number)
            value = {}
        except Malformed as error:
            findings.blame("line_damaged", f"Line {number} {error}.", line=number)
            value = {}
        yield number, value


def read_header(file: BinaryIO) -> dict[str, Any]:
    """The first line. Raises `Unusable` where this is not an export of a ledger."""
    raw = file.readline(1_000_000)
    try:
        header = read_canonical(raw.removesuffix(b"\n").decode())
    except ValueError as error:
        raise Unusable(f"The first line {error}: this is not an export of a Remit ledger.") from None
    if (
        not has_types(header, HEADER_TYPES)
        or header["format"] != FORMAT
        or min(header["size"], header["checkpoints"]) < 0
    ):
        raise Unusable(f"The first line is not the header of a {FORMAT} file.")
    if not raw.endswith(b"\n"):
        raise Unusable("The file ends in its first line.")
    return dict(header)


def header_keys(header: dict[str, Any], findings: Findings) -> tuple[Key | None, list[Key]]:
    """The keys that the export names: the ledger's and the witnesses'."""
    log = None
    witnesses = []
    try:
        log = read_key(header["log_vkey"], LOG_KIND) if header["log_vkey"] else None
        witnesses = [read_key(str(vkey), WITNESS_KIND) for vkey in header["witness_vkeys"]]
    except Malformed as error:
        findings.blame("header_damaged", f"A key in the first line {error}.", line=1)
    if log and log.name != header["origin"]:
        findings.blame(
            "header_damaged", "The ledger's name and its key's name differ in the first line.", line=1
        )
    return log, witnesses


def given_checkpoints(paths: list[str], notary: Notary) -> list[Checkpoint]:
    """The checkpoints kept elsewhere."""
    found = []
    for path in paths:
        try:
            note = Path(path).read_bytes().decode()
        except (OSError, UnicodeDecodeError) as error:
            raise Unusable(f"{path} cannot be read: {error}") from None
        checkpoint = notary.read(note, f"the checkpoint in {path}")
        if checkpoint is not None:
            found.append(checkpoint)
    return found


def trusted_keys(arguments: argparse.Namespace) -> tuple[list[Key], Key | None]:
    """The keys given on the command line."""
    try:
        witnesses = [read_key(vkey, WITNESS_KIND) for vkey in arguments.witness]
        return witnesses, read_key(arguments.log, LOG_KIND) if arguments.log else None
    except Malformed as error:
        raise Unusable(f"A key given on the command line {error}.") from None


def check_ledger(arguments: argparse.Namespace, findings: Findings) -> dict[str, Any]:
    """Check an export; answers what was checked, in numbers."""
    trusted, log_given = trusted_keys(arguments)
    openings = Openings(findings, read_openings(arguments.openings, findings))
    try:
        file = open(arguments.export, "rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise Unusable(f"{arguments.export} cannot be read: {error.strerror}.") from None
    with file:
        header = read_header(file)
        log, named = header_keys(header, findings)
        if log_given and log != log_given:
            findings.blame(
                "other_key", f"The export is signed with another key than {arguments.log}.", line=1
            )
            log = log_given
        notary = Notary(findings, header["origin"], log, list(dict.fromkeys([*trusted, *named])))
        start = file.tell()
        checkpoints = own_checkpoints(file, notary) + given_checkpoints(arguments.checkpoint, notary)
        file.seek(start)
        audit = LedgerAudit(findings, header, checkpoints, openings)
        check_lines(file, audit)
    audit.conclude()
    for key in trusted:
        if not any(key in checkpoint.signed_at for checkpoint in checkpoints):
            findings.blame("not_cosigned", f"No checkpoint here bears a signature of {key.name}.")
    tell_limits(findings, audit, checkpoints, trusted, named)
    return {
        "origin": header["origin"],
        "size": audit.tree.size,
        "root": audit.tree.root().hex(),
        "checkpoints": len(checkpoints),
        "cosignatures": sum(len(checkpoint.signed_at) for checkpoint in checkpoints),
        **({"opened": len(findings.opened)} if arguments.openings else {}),
    }


def own_checkpoints(file: BinaryIO, notary: Notary) -> list[Checkpoint]:
    """The checkpoints in the export. Damaged lines are blamed in the second reading, not here."""
    found: list[Checkpoint] = []
    for number, value in read_lines_starting(file, b'{"checkpoint":'):
        checkpoint = notary.read(value["checkpoint"], f"the checkpoint on line {number}", number)
        if checkpoint is not None:
            if found and checkpoint.order() < found[-1].order():
                words = f"{checkpoint.source} stands after a later one: checkpoints have been moved."
                notary.findings.blame("checkpoint_misplaced", words, line=number)
            found.append(checkpoint)
    return found


def read_lines_starting(file: BinaryIO, prefix: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    """The sound lines with a beginning."""
    for number, raw in enumerate(file, 2):
        if raw.startswith(prefix):
            try:
                value = read_canonical(raw.removesuffix(b"\n").decode())
            except ValueError:
                continue
            if has_types(value, {"checkpoint": str}):
                yield number, value


def check_lines(file: BinaryIO, audit: LedgerAudit) -> None:
    """Take every entry; after the first checkpoint there are none."""
    checkpoints = 0
    for number, value in read_lines(file, audit.findings):
        if "entry" in value and not checkpoints:
            audit.take(value["entry"], value["leaf"], number)
            if audit.tree.size % 100_000 == 0 and sys.stderr.isatty():
                print(f"  {audit.tree.size:,} entries", end="\r", file=sys.stderr)
        elif "entry" in value:
            words = f"Line {number} is an entry, but stands after a checkpoint."
            audit.findings.blame("entry_misplaced", words, line=number)
        elif "checkpoint" in value:
            checkpoints += 1
    if checkpoints != audit.header["checkpoints"]:
        words = f"The export should have {audit.header['checkpoints']} checkpoints and has {checkpoints}."
        audit.findings.blame("checkpoint_missing", words)


def tell_limits(
    findings: Findings,
    audit: LedgerAudit,
    checkpoints: list[Checkpoint],
    trusted: list[Key],
    named: list[Key],
) -> None:
    """What this check could not see."""
    size = audit.tree.size
    signed = max((checkpoint.size for checkpoint in checkpoints if checkpoint.size <= size), default=0)
    if signed < size:
        findings.notes.append(
            f"No checkpoint covers {span(signed, size)}: whoever wrote them can still change them."
        )
    if named and not trusted:
        findings.notes.append(
            "The witnesses' keys are those the export itself names: compare them with what each witness "
            "publishes."
        )
    if not any(checkpoint.source.startswith("the checkpoint in") for checkpoint in checkpoints):
        findings.notes.append(
            "No checkpoint kept elsewhere was given: entries cut off the end, or a history rewritten and "
            "signed afresh, would not show."
        )


# == Recount of a vote ======================================================================================

RECOUNT_FORMAT = "remit-recount-1"
SPOKEN = ("abstain", "blank", "not_voted")
CHOICES = ("for", "against", *SPOKEN)

Cells = dict[tuple[str, str], tuple[int, Fraction]]


def share_of(text: str) -> Fraction:
    """A share such as 2/3 or 75%."""
    text = text.strip()
    return Fraction(text[:-1].strip()) / 100 if text.endswith("%") else Fraction(text.replace(" ", ""))


@dataclass
class ClausesFor:
    """The rules that clauses carry for one kind of motion: those that name it, else those that name none."""

    kind: str
    rules: list[tuple[str, dict[str, Any]]]

    def of(self, kind: str) -> list[tuple[str, dict[str, Any]]]:
        """Rules of a kind, each with its clause."""
        every = [(clause, rule) for clause, rule in self.rules if rule["kind"] == kind]
        own = [(clause, rule) for clause, rule in every if self.kind in rule.get("motions", ())]
        return own or [(clause, rule) for clause, rule in every if not rule.get("motions")]

    def one(self, kind: str) -> dict[str, Any]:
        """The first of them; nothing where the constitution is silent."""
        found = self.of(kind)
        return found[0][1] if found else {}

    @property
    def electorates(self) -> tuple[str, ...]:
        """Who votes."""
        who = self.one("electorate").get("who", "practices")
        return ("practices", "gps") if who == "both" else (who,)

    @property
    def binding(self) -> str:
        """Whose vote decides."""
        rule = self.one("electorate")
        return str(rule.get("binding", rule.get("who", "practices")))


def cells_of(electorate: dict[str, Any]) -> Cells:
    """Heads and weight by locality and by what was done."""
    found: Cells = {}
    hands = electorate["hands"]
    if hands:
        missing = len(electorate["roll"]) - sum(hands.values())
        if missing < 0:
            raise Malformed("more hands were counted than there are on the roll")
        return {
            ("", vote): (times, Fraction(times)) for vote, times in {**hands, "not_voted": missing}.items()
        }
    seen = set()
    for row in electorate["roll"]:
        if row["voter"] in seen:
            raise Malformed(f"{row['voter']} is on the roll twice")
        seen.add(row["voter"])
        heads, weight = found.get((row["locality"], row["vote"]), (0, Fraction(0)))
        found[row["locality"], row["vote"]] = heads + 1, weight + Fraction(row["weight"])
    return found


def summed(cells: Cells, unit: str, locality: str | None) -> dict[str, Fraction]:
    """Heads or weight by what was done, in one locality or in all."""
    sums = dict.fromkeys(CHOICES, Fraction(0))
    for (where, vote), (heads, weight) in cells.items():
        if vote not in sums:
            raise Malformed(f"“{vote}” is no vote on this motion")
        if locality is None or where == locality:
            sums[vote] += weight if unit == "weight" else heads
    return sums


def places_of(rule: dict[str, Any], cells: Cells) -> list[str | None]:
    """Where a rule counts: everywhere together, or in each locality."""
    places: list[str | None] = [*sorted({where for where, _ in cells})]
    return places if rule.get("in_each_locality") and places else [None]


def quorum_holds(rule: dict[str, Any], cells: Cells) -> bool:
    """Whether enough took part."""
    for place in places_of(rule, cells):
        sums = summed(cells, rule.get("unit", "voters"), place)
        everybody = sum(sums.values())
        took_part = everybody - sums["not_voted"]
        needed = rule["count"] if rule.get("count") is not None else share_of(rule["share"]) * everybody
        if took_part < needed:
            return False
    return True


def majority_holds(rule: dict[str, Any], cells: Cells, abstentions_are_cast: bool) -> bool:
    """Whether enough were for it."""
    for place in places_of(rule, cells):
        sums = summed(cells, rule.get("unit", "weight"), place)
        everybody = sum(sums.values())
        cast = sums["for"] + sums["against"] + (sums["abstain"] if abstentions_are_cast else 0)
        base = {"cast": cast, "present": everybody - sums["not_voted"], "all": everybody}[
            rule.get("basis", "cast")
        ]
        needed = share_of(rule["share"]) * base
        holds = sums["for"] > needed if rule.get("is_strict", True) else base > 0 and sums["for"] >= needed
        if not holds:
            return False
    return True


def counted(clauses: ClausesFor, cells: Cells, casting_vote: str) -> str:
    """What a plain vote for or against came to, by one electorate."""
    are_cast = bool(clauses.one("abstentions").get("are_cast", False))
    majorities = [rule for _, rule in clauses.of("majority")] or [{"share": "1/2"}]
    if not all(quorum_holds(rule, cells) for _, rule in clauses.of("quorum")):
        return "inquorate"
    failing = [rule for rule in majorities if not majority_holds(rule, cells, are_cast)]
    if not failing:
        return "carried"
    weights = summed(cells, "weight", None)
    if weights["for"] != weights["against"] or not weights["for"]:
        return "not_carried"
    if clauses.one("tie").get("tie", "falls") != "casting_vote" or not casting_vote:
        return "tied"
    is_simple = all(share_of(rule["share"]) == Fraction(1, 2) for rule in failing)
    is_cast = all(
        rule.get("basis", "cast") == "cast" and not rule.get("in_each_locality") for rule in majorities
    )
    return "carried" if casting_vote == "for" and is_simple and is_cast else "not_carried"


def chosen(clauses: ClausesFor, cells: Cells, options: list[str]) -> tuple[str, str]:
    """What a vote among options came to: each is held against the clauses, and one has to be carried alone."""
    results = {}
    for option in options:
        plain: Cells = {}
        for (where, vote), (heads, weight) in cells.items():
            said = vote if vote in SPOKEN else "for" if vote == option else "against"
            if vote not in SPOKEN and vote not in options:
                raise Malformed(f"“{vote}” is no option of this motion")
            before, together = plain.get((where, said), (0, Fraction(0)))
            plain[where, said] = before + heads, together + weight
        results[option] = counted(clauses, plain, "")
    carried = [option for option, result in results.items() if result == "carried"]
    if len(carried) == 1:
        return "carried", carried[0]
    return ("inquorate" if "inquorate" in results.values() else "not_carried"), ""


def together(clauses: ClausesFor, results: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """What one electorate or two come to."""
    if len(results) == 1 or clauses.binding != "both":
        return results[clauses.binding if len(results) > 1 else next(iter(results))]
    (first, one), (second, other) = results["practices"], results["gps"]
    if "inquorate" in (first, second):
        return "inquorate", one if one == other else ""
    is_carried = first == second == "carried"
    agreed = one if one == other else ""
    return ("carried" if is_carried and (agreed or not (one or other)) else "not_carried"), agreed


def check_recount(arguments: argparse.Namespace, findings: Findings) -> dict[str, Any]:
    """Count a declared vote again."""
    try:
        data = Path(arguments.file).read_bytes()
        file = json.loads(data)
        if file["format"] != RECOUNT_FORMAT:
            raise Unusable(f"{arguments.file} is no recount file: its format is not {RECOUNT_FORMAT}.")
        rules = [(each["clause"], rule) for each in file["clauses"] for rule in each["rules"]]
        clauses = ClausesFor(file["kind"], rules)
        tallies = {each["electorate"]: cells_of(each) for each in file["electorates"]}
        if set(tallies) != set(clauses.electorates):
            raise Malformed("its rolls are not those of the clause on who may vote")
        options = list(file["options"])
        results = {
            name: chosen(clauses, cells, options)
            if options
            else (counted(clauses, cells, file["casting_vote"]), "")
            for name, cells in tallies.items()
        }
        result, option = together(clauses, results)
        declared = file["declared"]["result"], file["declared"]["option"]
    except OSError as error:
        raise Unusable(f"{arguments.file} cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError, AttributeError, ZeroDivisionError, RecursionError) as error:
        raise Unusable(f"{arguments.file} is no recount file: {error}.") from None
    if (result, option) != declared:
        now, said = (" ".join(each).strip() for each in ((result, option), declared))
        findings.blame("other_result", f"The votes come to “{now}”, and “{said}” was declared.")
    digest = hashlib.sha256(data.removesuffix(b"\n")).hexdigest()
    if arguments.sha256 and arguments.sha256.lower() != digest:
        findings.blame("other_file", f"The file's digest is {digest}, not the one that was declared.")
    if not arguments.sha256:
        findings.notes.append(
            "No digest was given: compare this one with the ledger's entry of the declaration."
        )
    return {"motion": file["motion"], "result": result, "option": option, "sha256": digest}


# == Command line ===========================================================================================


def report(summary: dict[str, Any], findings: Findings, as_json: bool) -> None:
    """Print what was found."""
    if as_json:
        result = {
            "ok": not findings.faults,
            **summary,
            "openings": findings.opened,
            "faults": [asdict(fault) for fault in findings.faults],
            "unlisted_faults": findings.unlisted,
            "notes": findings.notes,
        }
        print(json.dumps(result, ensure_ascii=False, indent=2))
        return
    for opened in findings.opened:
        said = "".join(each if each.isprintable() else "�" for each in opened["value"])
        print(f"Entry {opened['entry']}, {opened['at']}, {opened['act']}, {opened['subject']}: {said}")
    for fault in findings.faults:
        print(f"{f'line {fault.line}: ' if fault.line else ''}{fault.message} [{fault.code}]")
    if findings.unlisted:
        print(f"… and {findings.unlisted} more faults")
    numbers = ", ".join(f"{name} {value}" for name, value in summary.items())
    print(f"{'FAULTS FOUND' if findings.faults else 'Nothing is wrong'}: {numbers}")
    for note in findings.notes:
        print(f"Note: {note}")


def parser() -> argparse.ArgumentParser:
    """The command line: one subcommand for each kind of publication."""
    top = argparse.ArgumentParser(
        prog="remit_verifier.py", description="Check what Remit publishes, without Remit."
    )
    kinds = top.add_subparsers(required=True, metavar="KIND")
    ledger = kinds.add_parser(
        "ledger", help="an export of the ledger", description="Check an export of the ledger."
    )
    ledger.add_argument("export", metavar="EXPORT", help="the file that “remit ledger export” wrote")
    ledger.add_argument(
        "--checkpoint",
        action="append",
        default=[],
        metavar="FILE",
        help="a signed checkpoint kept elsewhere (repeatable)",
    )
    ledger.add_argument(
        "--witness",
        action="append",
        default=[],
        metavar="VKEY",
        help="a witness's public key that you trust (repeatable)",
    )
    ledger.add_argument(
        "--log", default="", metavar="VKEY", help="the ledger's public key, as you first got it"
    )
    ledger.add_argument(
        "--openings",
        action="append",
        default=[],
        metavar="FILE",
        help="what /api/v1/ledger/openings answered: each opening is held against its entry (repeatable)",
    )
    ledger.add_argument("--json", action="store_true", help="print the findings as JSON")
    ledger.set_defaults(check=check_ledger)
    vote = kinds.add_parser(
        "recount", help="a declared vote", description="Count a declared vote again from its recount file."
    )
    vote.add_argument("file", metavar="FILE", help="the recount file, as the motion's page has it")
    vote.add_argument("--sha256", default="", metavar="DIGEST", help="the digest that was declared")
    vote.add_argument("--json", action="store_true", help="print the findings as JSON")
    vote.set_defaults(check=check_recount)
    return top


def main(arguments: list[str] | None = None) -> int:
    """Run; answers the exit code."""
    given = parser().parse_args(arguments)
    findings = Findings()
    try:
        summary = given.check(given, findings)
    except Unusable as error:
        print(
            json.dumps({"ok": False, "unusable": str(error)}, ensure_ascii=False)
            if given.json
            else str(error)
        )
        return 2
    report(summary, findings, given.json)
    return 1 if findings.faults else 0


if __name__ == "__main__":
    sys.exit(main())
