"""What the rules turn away leaves one entry: which act was refused, and why."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.db import transaction

from remit.kernel.actor import ANYONE, Actor
from remit.kernel.canonical import canonical_json
from remit.kernel.decision import Refused
from remit.ledger.actions.commitments import commit_to
from remit.ledger.actions.recording import record

UNNOTED = frozenset({"sign_in", "not_found", "ledger_clock"})
"""Refusals that say nothing about an act: nobody signed in, nothing there, a wrong clock."""
UNDER = "Bad input changes nothing and leaves its entry"

P = ParamSpec("P")
R = TypeVar("R")


def noting_refusals(
    *, about: str = "", kind: str = "", unnoted: Collection[str] = (), withheld: Collection[str] = ()
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make an action note in the ledger that the rules refused it, once what it did is undone. The refusal goes on.

    The entry holds the action's name, the code and clause of the refusal, and as its subject `kind` with the argument
    named by `about`; no words of anybody. `unnoted` are codes that leave another entry; of a code that is `withheld`,
    because it would tell what is not public, the ledger holds a commitment only.
    """

    def noting(act: Callable[P, R]) -> Callable[P, R]:
        @wraps(act)
        def noted(*args: P.args, **given: P.kwargs) -> R:
            try:
                return act(*args, **given)
            except Refused as refusal:
                silent = refusal.code in UNNOTED or refusal.code in unnoted
                if not silent and cast(Actor, given["by"]).person != ANYONE.person:
                    with suppress(Refused):
                        _note(
                            act.__name__,
                            refusal,
                            f"{kind}/{given[about]}" if about else kind,
                            given,
                            withheld,
                        )
                raise

        return noted

    return noting


@transaction.atomic
def _note(act: str, refusal: Refused, subject: str, given: dict[str, Any], withheld: Collection[str]) -> None:
    reason = refusal.reasons[0]
    said = {"code": reason.code, "clause": reason.clause}
    if reason.code in withheld:
        said = {"refusal": commit_to(canonical_json(said).decode(), concerning=subject)}
    record(
        act="act.refused",
        by=given["by"],
        at=given["at"],
        subject=subject,
        under=UNDER,
        details={"act": act, **said},
    )
