"""`remit verify`: the ledger, and the register against it."""

from __future__ import annotations

from dataclasses import asdict
from itertools import islice

import typer

from remit.cli.database import open_database
from remit.cli.ledger import verification_json, verification_words
from remit.cli.output import Exit, Json, answering, show, show_json, step_bars

MOST_NAMED = 100


def verify(as_json: Json = False) -> None:
    """Check the ledger, and that the register holds what its files said and only what follows from it.

    Every digest and every dated fact is computed again. What was changed behind the ledger's back is named with
    its place (the first hundred). The exit code is 0 when all is well and 1 when anything is wrong.

    \b
    Examples:
      remit verify
      remit verify --json
    """
    with answering(as_json):
        open_database()
        from remit.ledger.queries import verify as verify_ledger
        from remit.register.queries import disagreements

        with step_bars() as progress:
            report = verify_ledger(progress=lambda done, of: progress("Checking entries", done, of))
            found = list(islice(disagreements(progress), MOST_NAMED))
        if as_json:
            answer = {"ok": report.ok and not found, "ledger": verification_json(report)}
            show_json(answer | {"register": [asdict(one) for one in found]})
        else:
            show(verification_words(report))
            show(f"In the register {len(found):,} things do not agree:" if found else "The register agrees.")
            for one in found:
                show(f"  {one.message}")
        if found or not report.ok:
            raise typer.Exit(Exit.FAILED)
