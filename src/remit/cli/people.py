"""`remit people add` and `remit roles`: the first people, and what each role may do."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from remit.cli.database import open_database
from remit.cli.output import Json, answering, say, show, show_json, table
from remit.kernel.moments import at_the_edge

app = typer.Typer(
    help="People who can sign in.",
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def people() -> None:
    """People who can sign in.

    An organisation's administrator invites everybody else, on the web.
    """


@app.command()
def add(
    email: Annotated[str, typer.Option(help="The e-mail address they will sign in with.")],
    name: Annotated[str, typer.Option(help="Their name, as colleagues will see it.")],
    role: Annotated[str, typer.Option(help="A role's code; `remit roles` lists them.")],
    organisation: Annotated[str, typer.Option(help="The ODS code of the organisation where they hold it.")],
    as_json: Json = False,
) -> None:
    """Register a person with one role.

    For the first administrator of an organisation. The password is printed once, and only its hash is kept.
    Somebody who is registered already is left as they are.

    \b
    Examples:
      remit people add --email kim@example.org --name "Kim Example" \\
        --role organisation_administrator --organisation X24
    """
    with answering(as_json):
        open_database()
        from remit.accounts.actions import register_person
        from remit.cli.owner import owner

        password = secrets.token_urlsafe(15)
        place = organisation.strip().upper()
        person = register_person(
            email=email.strip().lower(),
            name=name.strip(),
            password=password,
            roles=[(role, place)],
            by=owner(),
            at=at_the_edge(),
        )
        is_new = person.check_password(password)
        if as_json:
            added = {"id": person.pk, "email": person.email, "password": password if is_new else None}
            show_json(added | {"unchanged": 0 if is_new else 1})
        elif is_new:
            show(f"Registered {person.name} ({person.email}) as {role} at {place}.")
            show(f"First password, shown only now: {password}")
        else:
            show(f"Nothing changed: {person.email} is registered already.")
            say("To give them another role, an administrator of the organisation does so on the web.")


def roles(as_json: Json = False) -> None:
    """The permission table: what each role may do.

    \b
    Examples:
      remit roles
      remit roles --json
    """
    from remit.engines.permissions import ROLES
    from remit.engines.permissions.roles import WHAT_IT_MEANS

    if as_json:
        show_json(
            [
                {
                    "role": role.code,
                    "name": role.name,
                    "what": role.what,
                    "scope": role.scope.value,
                    "kinds": sorted(role.kinds),
                    "permissions": sorted(permission.value for permission in role.permissions),
                }
                for role in ROLES.values()
            ]
        )
        return
    rows = [
        (
            role.code,
            ", ".join(sorted(kind.replace("_", " ") for kind in role.kinds)) or "any organisation",
            role.scope.value,
            "\n".join(WHAT_IT_MEANS[permission] for permission in sorted(role.permissions)),
        )
        for role in ROLES.values()
    ]
    show(table(("Role", "Held at", "Reaches", "May"), rows))
