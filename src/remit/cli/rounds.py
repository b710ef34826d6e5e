"""`remit round …`: rounds of applications, and for whom their timetables are possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.cli.database import open_database
from remit.cli.output import Exit, Json, Stopped, answering, say, show, show_json, table

if TYPE_CHECKING:
    from remit.delegation.queries import Lint

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def round_() -> None:
    """Rounds of applications: for whom their timetables are possible."""


@app.command()
def lint(
    code: Annotated[str, typer.Argument(metavar="ROUND", help="The round's code, planned or set up.")],
    as_json: Json = False,
) -> None:
    """Whether everybody who could apply in a round can be ready before its deadline.

    Plans back from the deadline through consultation, notice, ballot, amendment and committee, and looks for printed
    dates that cannot be meant. The exit code is 0 when there is nothing to warn of, and 3 when there is.

    \b
    Examples:
      remit round lint 2015-level-3
      remit round lint 2015-level-3 --json
    """
    with answering(as_json):
        open_database()
        from remit.delegation.queries import lint_of

        found = lint_of(code)
        if found is None:
            raise Stopped(Exit.NOT_FOUND, "not_found", f"There is no round {code}. Check its code.")
        if as_json:
            show_json(lint_json(found))
        else:
            show(f"{found.title}: opens on {found.opens_on.isoformat()}. Deadline: {found.deadline}.")
            for fault in found.faults:
                show(f"{fault.what}: {fault.message}")
            if found.infeasible:
                show(table(HEADINGS, [_row(each) for each in found.infeasible]))
        if not found.is_clean:
            late, every = len(found.infeasible), len(found.rows)
            say(
                f"{late} of {every} commissioners cannot be ready in time; {len(found.faults)} impossible dates."
            )
            raise typer.Exit(Exit.REFUSED)
        if not as_json:
            show(f"All {len(found.rows)} commissioners that could apply can be ready in time.")


HEADINGS = ("Code", "Commissioner", "Days", "Latest start", "Short by")


def _row(each: Any) -> tuple[str, ...]:
    plan = each.plan
    start = plan.latest_start.isoformat() if plan.latest_start else "no committee meets in time"
    return (each.commissioner, each.name, str(plan.days), start, str(plan.short_by))


def lint_json(found: Lint) -> dict[str, Any]:
    """The answer for machines: every commissioner, feasible or not."""
    return {
        "round": found.round,
        "opens_on": found.opens_on,
        "deadline": found.deadline,
        "last_day": found.last_day,
        "is_clean": found.is_clean,
        "faults": [
            {"code": each.code, "what": each.what, "said": each.said, "message": each.message}
            for each in found.faults
        ],
        "commissioners": [
            {
                "commissioner": each.commissioner,
                "name": each.name,
                "is_feasible": each.is_feasible,
                "days": each.plan.days,
                "latest_start": each.plan.latest_start,
                "short_by": each.plan.short_by,
                "ready_on": each.plan.ready_on,
                "has_own_rules": each.has_own_rules,
            }
            for each in found.rows
        ],
    }
