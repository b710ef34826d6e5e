"""`remit verify`: the ledger, and the register, roles, arrangements, figures, constitutions and votes against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from itertools import chain, islice
from typing import TYPE_CHECKING

import typer

from remit.cli.database import open_database
from remit.cli.ledger import verification_json, verification_words
from remit.cli.output import Exit, Json, answering, show, show_json, step_bars

if TYPE_CHECKING:
    from remit.register.queries import Disagreement

MOST_NAMED = 100


def verify(as_json: Json = False) -> None:
    """Check the ledger, and compare the register, people's roles, arrangements and figures with it.

    In the ledger: every entry, hash and signature, and every value that is kept behind a commitment. In the
    register: what each file said against its digest, and every dated fact against what the files say. Of
    people: each role, person and invitation against the entry that made or ended it, and addresses and names
    against their commitments. Of arrangements and figures: what each entry brought on, level and first day, and
    every version against its hash. Of constitutions and votes: clauses against their hash, and every result against its
    roll, votes and rules. Not checked, because they are not in the ledger: passwords, second steps,
    sessions and the secrets in invitations' links.

    What was changed behind the ledger's back is named with its place (the first hundred of each). The exit
    code is 0 when all is well and 1 when anything is wrong.

    \b
    Examples:
      remit verify
      remit verify --json
    """
    with answering(as_json):
        open_database()
        from remit.accounts.queries import disagreements as about_people
        from remit.constitutions.queries import disagreements as in_constitutions
        from remit.delegation.queries import disagreements as in_delegation
        from remit.figures.queries import disagreements as in_figures
        from remit.ledger.queries import verify as verify_ledger
        from remit.motions.queries import disagreements as in_motions
        from remit.register.queries import disagreements as in_register

        with step_bars() as progress:
            report = verify_ledger(progress=lambda done, of: progress("Checking entries", done, of))
            register = list(islice(in_register(progress), MOST_NAMED))
            people = list(islice(about_people(), MOST_NAMED))
            delegation = list(islice(in_delegation(), MOST_NAMED))
            figures = list(islice(in_figures(), MOST_NAMED))
            members = list(islice(chain(in_constitutions(), in_motions()), MOST_NAMED))
        is_sound = report.ok and not (register or people or delegation or figures or members)
        if as_json:
            answer = {"ok": is_sound, "ledger": verification_json(report)}
            answer |= {"register": _rows(register), "people": _rows(people)}
            show_json(
                answer
                | {"delegation": _rows(delegation), "figures": _rows(figures), "members": _rows(members)}
            )
        else:
            show(verification_words(report))
            show(_words(register, "The register agrees.", "In the register"))
            show(_words(people, "People and roles agree.", "Of people and roles"))
            show(_words(delegation, "Decisions, announcements and arrangements agree.", "Of delegation"))
            show(_words(figures, "Figures agree.", "Of figures"))
            show(_words(members, "Constitutions and results agree.", "Of constitutions and results"))
        if not is_sound:
            raise typer.Exit(Exit.FAILED)


def _rows(found: Iterable[Disagreement]) -> list[dict[str, str]]:
    return [asdict(one) for one in found]


def _words(found: list[Disagreement], sound: str, where: str) -> str:
    if not found:
        return sound
    return "\n".join([f"{where} {len(found):,} things do not agree:", *(f"  {one.message}" for one in found)])
