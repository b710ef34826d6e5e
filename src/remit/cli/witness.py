"""`remit ledger cosign`: being a witness for somebody else's ledger, without a database.

A witness has a key and a memory: one small file that says how many entries the ledger had when last signed,
and their root. Whoever keeps both apart from the ledger finds it out if its history is ever rewritten.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from remit.cli.output import Exit, Json, Stopped, answering, read_text, show, show_json
from remit.kernel.moments import at_the_edge

if TYPE_CHECKING:
    from remit.engines.transparency.notes import SigningKey
    from remit.engines.transparency.witness import Remembered

KeyFile = Annotated[
    Path, typer.Option("--key", help="The witness's private key; made at first use.", metavar="FILE")
]
Name = Annotated[str, typer.Option(help="The witness's name: like a web address, without spaces.")]


def witness_key(key: KeyFile, name: Name, as_json: Json = False) -> None:
    """Print a witness's public key.

    Hand it to those whose ledgers the witness watches.

    \b
    Examples:
      remit ledger witness-key --key gazette.pem --name gazette.example
    """
    with answering(as_json):
        public = _key(key, name).public.vkey
        show_json({"key": public}) if as_json else show(public)


def cosign(
    request: Annotated[
        Path, typer.Argument(help="The request of the ledger, as a file; “-” is standard input.")
    ],
    key: KeyFile,
    name: Name,
    log: Annotated[str, typer.Option(help="The ledger's public key, as it gave it: name+id+base64.")],
    memory: Annotated[Path, typer.Option(help="Where to remember what was signed last.", metavar="FILE")],
    as_json: Json = False,
) -> None:
    """As a witness, sign somebody's checkpoint.

    Only if it continues the last one that was signed. A refusal is a reason to look: keep the request,
    because it can prove that history was rewritten.

    \b
    Examples:
      remit ledger cosign request.txt --key gazette.pem --name gazette.example \\
        --memory gazette.json --log "remit.example/ledger+0a1b2c3d+AW9u…"
    """
    with answering(as_json), _remembering(memory):
        from remit.engines.transparency import witness as engine
        from remit.engines.transparency.notes import NotANote, read_vkey

        try:
            signature, remembered = engine.cosign(
                engine.read_request(read_text(request)),
                log=read_vkey(log.strip()),
                key=_key(key, name),
                remembered=_recall(memory),
                at=at_the_edge(),
            )
        except NotANote as error:
            raise Stopped(Exit.REFUSED, "not_a_note", f"{error}.") from error
        _remember(memory, remembered)
        if as_json:
            show_json({"size": remembered.size, "line": signature.line})
        else:
            show(signature.line)


def _key(path: Path, name: str) -> SigningKey:
    from remit.engines.transparency.notes import WITNESS_KIND, is_key_name
    from remit.ledger.keys import KeyUnsafe, make_key_file, read_key_file

    if not is_key_name(name):
        raise typer.BadParameter("a witness's name has no spaces and no plus signs.")
    try:
        if not path.exists():
            make_key_file(path)
        return read_key_file(path, name, WITNESS_KIND)
    except (KeyUnsafe, OSError) as error:
        raise Stopped(Exit.FAILED, "key_unsafe", f"The key cannot be used: {error}.") from error


@contextmanager
def _remembering(path: Path) -> Iterator[None]:
    """Only one signing at a time with one memory: two at once could sign two histories."""
    import fcntl

    lock = path.with_name(f"{path.name}.lock")
    try:
        with lock.open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise Stopped(
            Exit.FAILED, "memory_unusable", f"The memory {path} cannot be used: {error}."
        ) from error


def _recall(path: Path) -> Remembered:
    from remit.engines.transparency.witness import Remembered

    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Remembered(int(kept["size"]), bytes.fromhex(kept["root"]))
    except FileNotFoundError:
        return Remembered()
    except (ValueError, KeyError, TypeError) as error:
        message = f"The memory {path} is damaged. Put back a copy of it; do not start a new one."
        raise Stopped(Exit.FAILED, "memory_damaged", message) from error


def _remember(path: Path, remembered: Remembered) -> None:
    """Write the memory and wait until it is on the disk, before the signature is handed out."""
    draft = path.with_name(f"{path.name}.draft")
    with draft.open("w", encoding="utf-8") as file:
        json.dump({"size": remembered.size, "root": remembered.root.hex()}, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
