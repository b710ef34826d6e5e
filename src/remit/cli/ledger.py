"""`remit ledger …`: checking the ledger, handing it out, and proving what is in it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.cli import witness
from remit.cli.database import open_database
from remit.cli.output import Exit, Json, Stopped, answering, read_text, show, show_json, step_bars
from remit.kernel.moments import at_the_edge

if TYPE_CHECKING:
    from remit.ledger.queries import InclusionProof, VerificationReport

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def ledger() -> None:
    """The append-only record of every act."""


@contextmanager
def ledger_answering(as_json: bool) -> Iterator[None]:
    """`answering`, with the database open, and for what can be wrong with the ledger and its keys."""
    with answering(as_json):
        open_database()
        with ledger_troubles():
            yield


@contextmanager
def ledger_troubles() -> Iterator[None]:
    """Turn what can be wrong with the ledger and its keys into `Stopped`. Needs Django started."""
    from remit.engines.transparency.notes import NotANote
    from remit.ledger.keys import KeyUnsafe
    from remit.ledger.queries import LedgerDamaged

    try:
        yield
    except LedgerDamaged as error:
        message = f"{error}. Run: remit ledger verify"
        raise Stopped(Exit.FAILED, "ledger_damaged", message) from error
    except KeyUnsafe as error:
        raise Stopped(Exit.FAILED, "key_unsafe", f"{error}.") from error
    except NotANote as error:
        raise Stopped(Exit.REFUSED, "not_a_note", f"{error}.") from error


NOTHING_WRONG = "Nothing is wrong."
NO_CHECKPOINT = "No checkpoint yet: cutting off the end could not be seen. Make one: remit ledger checkpoint"


@app.command()
def verify(
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(help="A checkpoint held elsewhere, as a file; may be given again.", metavar="FILE"),
    ] = None,
    trust: Annotated[
        list[str] | None,
        typer.Option(help="A witness's public key to trust besides those named here.", metavar="KEY"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Check every entry, hash and signature.

    Everything is computed again, and what does not fit is named with its place. Cutting off the end, a second
    history and back-dating show only against a checkpoint that was held elsewhere: give it with --checkpoint.
    The exit code is 0 when all is well and 1 when anything is wrong.

    \b
    Examples:
      remit ledger verify
      remit ledger verify --checkpoint last-month.txt
      remit ledger verify --json
    """
    with ledger_answering(as_json):
        from remit.ledger.queries import verify as verify_ledger

        notes = [read_text(file) for file in checkpoint or ()]
        with step_bars() as progress:
            report = verify_ledger(notes, trust or (), progress=_one_step("Checking entries", progress))
        if as_json:
            show_json(verification_json(report))
        else:
            show(verification_words(report))
        if not report.ok:
            raise typer.Exit(Exit.FAILED)


def _one_step(name: str, progress: Callable[[str, int, int], None]) -> Callable[[int, int], None]:
    return lambda done, total: progress(name, done, total)


def verification_json(report: VerificationReport) -> dict[str, Any]:
    """What verification found, for machines."""
    return {"ok": report.ok} | asdict(report)


def verification_words(report: VerificationReport) -> str:
    """What verification found, in words."""
    held = f"{report.checkpoints:,} checkpoints, {report.cosignatures:,} witness signatures"
    lines = [f"{report.size:,} entries, {held}", f"Root {report.root}"]
    if report.ok:
        return "\n".join(
            [*lines, NOTHING_WRONG if report.checkpoints else f"{NOTHING_WRONG} {NO_CHECKPOINT}"]
        )
    lines.append(f"{len(report.faults) + report.unlisted:,} things are wrong:")
    lines += [f"  {fault.message}" for fault in report.faults]
    if report.unlisted:
        lines.append(f"  … and {report.unlisted:,} more")
    return "\n".join(lines)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="The file to write; “-” is standard output.")],
    as_json: Json = False,
) -> None:
    """Write the whole ledger into one file.

    `python remit_verifier.py ledger FILE` (in the folder verifier) checks that file anywhere, without Remit.

    \b
    Examples:
      remit ledger export ledger.jsonl
      remit ledger export - | gzip > ledger.jsonl.gz
    """
    with ledger_answering(as_json):
        from remit.ledger.queries import export as export_ledger

        if str(file) == "-":
            if as_json:
                raise typer.BadParameter("with --json, name a file: standard output holds the report.")
            export_ledger(sys.stdout)
            return
        with step_bars() as progress:
            try:
                with file.open("w", encoding="utf-8", newline="\n") as to:
                    entries = export_ledger(to, progress=_one_step("Writing entries", progress))
            except OSError as error:
                message = f"{file} cannot be written: {error.strerror or error}."
                raise Stopped(Exit.NOT_FOUND, "file_unwritable", message) from error
        if as_json:
            show_json({"file": str(file), "entries": entries})
        else:
            show(f"Wrote {entries:,} entries to {file}.")


@app.command()
def checkpoint(as_json: Json = False) -> None:
    """Sign the ledger's present head.

    Prints the signed note; the last one, if nothing was written in the half hour since. Keep it somewhere
    else, and give it to others: against it nobody can change what came before.

    \b
    Examples:
      remit ledger checkpoint > checkpoint-2026-04-01.txt
    """
    with ledger_answering(as_json):
        from remit.cli.owner import owner
        from remit.engines.transparency.witness import FRESH
        from remit.ledger.actions import make_checkpoint
        from remit.ledger.keys import log_key

        made = make_checkpoint(by=owner(), at=at_the_edge(), unless_since=FRESH / 2)
        if as_json:
            key = log_key().public.vkey
            show_json({"size": made.size, "made_at": made.made_at, "note": made.note, "log_key": key})
        else:
            show(made.note.removesuffix("\n"))


@app.command()
def prove(
    index: Annotated[int, typer.Argument(min=0, help="The entry's number; the first is 0.")],
    size: Annotated[
        int | None,
        typer.Option(min=1, metavar="NUMBER", help="Prove it for the ledger as it was at this many entries."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Prove that an entry is in the ledger.

    The proof is the hashes that lead from it to the root (RFC 9162).

    \b
    Examples:
      remit ledger prove 0
      remit ledger prove 1234 --size 5000 --json
    """
    with ledger_answering(as_json):
        from remit.ledger.queries import head, prove_inclusion

        there = head().size
        end = there if size is None else size
        if end > there or index >= end:
            message = f"There is no entry {index} in a ledger of {min(end, there):,} entries."
            raise Stopped(Exit.NOT_FOUND, "no_such_entry", message)
        proof = prove_inclusion(index, end)
        if as_json:
            show_json(proof_json(proof))
        else:
            show(proof_words(proof))


def proof_json(proof: InclusionProof) -> dict[str, Any]:
    """A proof for machines: hashes in hexadecimal, the path from the leaf upwards."""
    return {
        "index": proof.index,
        "size": proof.size,
        "leaf": proof.leaf.hex(),
        "root": proof.root.hex(),
        "path": [step.hex() for step in proof.path],
    }


def proof_words(proof: InclusionProof) -> str:
    """A proof, a hash a line."""
    return "\n".join(
        [
            f"Entry {proof.index} of {proof.size:,}",
            f"leaf {proof.leaf.hex()}",
            *(f"path {step.hex()}" for step in proof.path),
            f"root {proof.root.hex()}",
        ]
    )


@app.command()
def request(
    old: Annotated[
        int,
        typer.Option(min=0, metavar="NUMBER", help="How many entries the witness last signed; 0 at first."),
    ] = 0,
    as_json: Json = False,
) -> None:
    """Print what to send to a witness.

    That is the last checkpoint, and the proof that it continues the one they signed last.

    \b
    Examples:
      remit ledger request --old 1200 > request.txt
    """
    with ledger_answering(as_json):
        from remit.ledger.queries import checkpoints, witness_request

        last = checkpoints(limit=1).first()
        if last is None:
            raise Stopped(
                Exit.NOT_FOUND, "no_checkpoint", "There is no checkpoint yet. Run: remit ledger checkpoint"
            )
        if old > last.size:
            message = f"The last checkpoint has {last.size:,} entries, fewer than {old:,}."
            raise Stopped(Exit.NOT_FOUND, "no_such_size", message)
        text = witness_request(last, old)
        if as_json:
            show_json({"old": old, "size": last.size, "request": text})
        else:
            show(text.removesuffix("\n"))


@app.command("name-witness")
def name_witness(
    key: Annotated[str, typer.Argument(help="The witness's public key, as they gave it: name+id+base64.")],
    as_json: Json = False,
) -> None:
    """Trust a witness to cosign checkpoints.

    \b
    Examples:
      remit ledger name-witness "gazette.example+0a1b2c3d+BG9u…"
    """
    with ledger_answering(as_json):
        from remit.cli.owner import owner
        from remit.ledger.actions import name_witness as name_in_ledger

        named = name_in_ledger(vkey=key, by=owner(), at=at_the_edge())
        if as_json:
            show_json({"witness": named.name, "key": named.vkey})
        else:
            show(f"{named.name} is now a witness.")


@app.command("add-cosignature")
def add_cosignature(
    file: Annotated[
        Path, typer.Argument(help="A file with the witness's signature line; “-” is standard input.")
    ],
    size: Annotated[
        int,
        typer.Option(
            min=0, metavar="NUMBER", help="The number of entries of the checkpoint that they signed."
        ),
    ],
    as_json: Json = False,
) -> None:
    """Keep a witness's signature.

    \b
    Examples:
      remit ledger add-cosignature cosignature.txt --size 1234
    """
    with ledger_answering(as_json):
        from remit.cli.owner import owner
        from remit.ledger.actions import add_cosignature as add_to_ledger

        kept = add_to_ledger(size=size, line=read_text(file), by=owner(), at=at_the_edge())
        if as_json:
            show_json({"size": size, "line": kept.line})
        else:
            show(f"Kept the signature on the checkpoint of {size:,} entries.")


app.command("cosign")(witness.cosign)
app.command("witness-key")(witness.witness_key)
