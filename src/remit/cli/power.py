"""`remit power …`: the powers there are, and who holds them on a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from remit.cli.database import open_database
from remit.cli.output import Exit, Json, Stopped, answering, say, show, show_json, table
from remit.cli.typed import day
from remit.kernel.days import NotADay, in_range
from remit.kernel.moments import london_day
from remit.kernel.names import readable_name

if TYPE_CHECKING:
    from remit.engines.powers import Power
    from remit.kernel.decision import Decision

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, pretty_exceptions_enable=False)
NOT_KNOWN = "position_not_known"
GENERAL_PRACTICE = "general_practice"
HOW_WORDS = {"held": "yes", "joint": "jointly", "none": "no"}


@app.callback()
def power() -> None:
    """Powers of primary care commissioning: which there are, and who holds them."""


def day_or_instant(text: str) -> date:
    """A day as typed, or an instant with its zone as the day that it is in London. Raises a usage error."""
    if "T" not in text.upper() or text.strip().lower() == "today":
        return day(text)
    try:
        return in_range(london_day(datetime.fromisoformat(text.strip().upper())))
    except NotADay as error:
        raise typer.BadParameter(f"“{text}” cannot be asked for. {error}.") from error
    except (ValueError, OverflowError) as error:
        message = f"“{text}” is not an instant. Write it with its zone, like 2015-03-31T23:30:00Z."
        raise typer.BadParameter(message) from error


@app.command()
def check(
    commissioner: Annotated[str, typer.Argument(metavar="COMMISSIONER", help="Its ODS code.")],
    power: Annotated[
        str, typer.Argument(metavar="POWER", help="The power's code; `remit power list` has them.")
    ],
    on: Annotated[
        date,
        typer.Argument(
            parser=day_or_instant,
            metavar="DATE",
            help="The day, like 2015-04-01, or an instant, like 2015-03-31T23:30:00Z.",
        ),
    ] = "today",  # type: ignore[assignment]
    group: Annotated[
        str, typer.Option("--group", metavar="GROUP", help="The contractor group's code, like pharmacy.")
    ] = GENERAL_PRACTICE,
    on_option: Annotated[
        date | None, typer.Option("--on", parser=day_or_instant, metavar="DATE", help="The day, as DATE.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Whether a commissioner holds a power on a day.

    Powers go by days in London: they come on at midnight there. The exit code is 0 when the power is held, also
    when it is held jointly, which is then said; it is 3 when it is not, or when no source says what the position was
    on that day, and the reason is given. What is still
    under embargo is not told.

    \b
    Examples:
      remit power check QX1 approve_mergers
      remit power check X5L approve_mergers --on 2015-04-01
      remit power check QX1 manage_contracts --group dental --on 2023-04-01
      remit power check X5L approve_mergers 2015-03-31T23:30:00Z --json
    """
    with answering(as_json):
        open_database()
        from remit.delegation.queries import holds_power_on
        from remit.register.queries import names_on

        on = on_option or on
        code, wanted, over = _commissioner(commissioner), _power(power), _group(group)
        decision = holds_power_on(code, wanted.code, on, over)
        if as_json:
            show_json(check_json(code, wanted, over, on, decision))
        reasons = " ".join(reason.message for reason in decision.reasons)
        if not decision.allowed:
            is_known = decision.reasons[0].code != NOT_KNOWN
            say(f"{'Not held' if is_known else 'Not known'}: {reasons}")
            raise typer.Exit(Exit.REFUSED)
        if not as_json:
            who = readable_name(names_on({code}, on).get(code, code))
            alone = f"{who} holds this power, without NHS England."
            show(f"Yes, on {on.isoformat()}: “{wanted.name}”. {reasons or alone}")


def check_json(code: str, power: Power, group: str, on: date, decision: Decision) -> dict[str, Any]:
    """The answer for machines. `how` is held, joint, none or not_known; `on` is the day in London."""
    reason = decision.reasons[0] if decision.reasons else None
    how = "none" if not decision.allowed else "joint" if reason else "held"
    is_known = reason is None or reason.code != NOT_KNOWN
    return {
        "commissioner": code,
        "power": power.code,
        "group": group,
        "on": on,
        "holds": decision.allowed if is_known else None,
        "how": how if is_known else "not_known",
        "reason": reason.message if reason else "",
        "code": reason.code if reason else "held",
        "clause": reason.clause if reason else "",
    }


def _commissioner(text: str) -> str:
    from remit.kernel.decision import Refused
    from remit.register.queries import known_code

    try:
        return known_code(text)
    except Refused as refused:
        raise Stopped(Exit.NOT_FOUND, refused.code, str(refused)) from refused


def _power(text: str) -> Power:
    from remit.delegation.queries import power_of
    from remit.kernel.decision import Refused

    try:
        return power_of(text.strip().lower())
    except Refused as refused:
        raise Stopped(Exit.NOT_FOUND, refused.code, str(refused)) from refused


def _group(text: str) -> str:
    from remit.delegation.queries import group_of
    from remit.kernel.decision import Refused

    try:
        return group_of(text.strip().lower())
    except Refused as refused:
        raise Stopped(Exit.NOT_FOUND, refused.code, str(refused)) from refused


@app.command("list")
def list_(
    group: Annotated[
        str, typer.Option("--group", metavar="GROUP", help="Only this contractor group, like pharmacy.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Every power over each contractor group, and how it is held at each level.

    \b
    Examples:
      remit power list
      remit power list --group pharmacy
      remit power list --json
    """
    with answering(as_json):
        open_database()
        from remit.delegation.rules import contractor_groups, levels, powers

        numbers, only = sorted(levels()), _group(group) if group else ""
        if as_json:
            found = [each for each in powers().values() if not only or only in each.groups]
            show_json([_power_json(each, numbers, only) for each in found])
            return
        names = contractor_groups()
        rows = [
            (
                each.code,
                each.name,
                names[code],
                *(HOW_WORDS[each.at_level(level, code).value] for level in numbers),
            )
            for each in powers().values()
            for code in each.groups
            if not only or code == only
        ]
        show(table(("Code", "Power", "Contractors", *(f"Level {level}" for level in numbers)), rows))


def _power_json(power: Power, numbers: list[int], only: str) -> dict[str, Any]:
    """A power over a group, general practice unless another one is asked for; `groups` tell of each."""
    held = {
        group: {f"level_{level}": power.at_level(level, group).value for level in numbers}
        for group in power.groups
    }
    first = only or GENERAL_PRACTICE
    none = {f"level_{level}": "none" for level in numbers}
    return {
        "code": power.code,
        "name": power.name,
        **held.get(first, none),
        "groups": {first: held[first]} if only else held,
        "is_reserved": power.is_reserved,
        "since": power.since,
        "reference": power.reference,
    }
