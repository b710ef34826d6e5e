"""`remit people add` and `remit roles`."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth import authenticate

from remit.engines.permissions import ROLES
from remit.ledger.queries import entries
from tests.doors.cli.conftest import Ran, write

pytestmark = pytest.mark.django_db

Remit = Callable[..., Ran]
ROOT = Path(__file__).parents[3]
BODIES = ROOT / "src/remit/demo/bodies.csv"
KIM = ("people", "add", "--email", "Kim@example.org", "--name", "Kim Example", "--role")


@pytest.fixture(autouse=True)
def practice_of_today(remit: Remit, tmp_path: Path) -> None:
    """A register that knows the practice Y99001, in a year that has not ended."""
    file = write(
        tmp_path / "organisations-2026-04.csv", "code,name,kind,opened", "Y99001,Tarn,practice,2014-04-01"
    )
    ran = remit("import", "organisations", file, "--as-of", "2026-04-01")
    assert ran.code == 0, ran.stderr


def test_the_first_administrator_can_sign_in(remit: Remit) -> None:
    ran = remit(*KIM, "organisation_administrator", "--organisation", "y99001", "--json")
    assert ran.code == 0, ran.stderr
    assert ran.json["email"] == "kim@example.org"
    person = authenticate(username="kim@example.org", password=ran.json["password"])
    assert person is not None
    assert person.pk == ran.json["id"]
    assert "kim@" not in entries()[0].body


def test_the_password_is_printed_once(remit: Remit) -> None:
    first = remit(*KIM, "practice_manager", "--organisation", "Y99001")
    assert "First password, shown only now: " in first.stdout
    again = remit(*KIM, "practice_manager", "--organisation", "Y99001", "--json")
    assert (again.code, again.json["unchanged"], again.json["password"]) == (0, 1, None)
    assert "Nothing changed" in remit(*KIM, "practice_manager", "--organisation", "Y99001").stdout


@pytest.mark.parametrize("document", ["README.md", "docs/how-to/give-somebody-a-role.md"])
def test_the_documents_first_person_is_of_an_organisation_of_every_nation(
    remit: Remit, document: str
) -> None:
    ran = remit("import", "organisations", str(BODIES), "--as-of", "2013-04-01")
    assert ran.code == 0, ran.stderr
    [organisation] = re.findall(r"people add .*--organisation (\w+)", (ROOT / document).read_text())
    ran = remit(*KIM, "organisation_administrator", "--organisation", organisation)
    assert ran.code == 0, ran.stderr


def test_an_organisation_that_is_not_there_is_refused_with_a_way_forward(remit: Remit) -> None:
    ran = remit(*KIM, "organisation_administrator", "--organisation", "QXX")
    assert "Check the code, or first load the file that lists it." in ran.stderr


@pytest.mark.parametrize(
    ("role", "organisation", "error"),
    [
        ("astronaut", "Y99001", "no_such_role"),
        ("data_steward", "Y99001", "wrong_kind"),
        ("practice_manager", "Y99999", "not_found"),
    ],
)
def test_a_role_that_does_not_fit_is_refused(remit: Remit, role: str, organisation: str, error: str) -> None:
    ran = remit(*KIM, role, "--organisation", organisation, "--json")
    assert (ran.code, ran.json["error"]) == (3, error)
    assert "Refused: " in ran.stderr


def test_every_role_is_listed(remit: Remit) -> None:
    listed = {role["role"]: role for role in remit("roles", "--json").json}
    assert listed.keys() == ROLES.keys()
    assert listed["data_steward"]["permissions"] == sorted(ROLES["data_steward"].permissions)
    words = remit("roles").stdout
    assert all(code in words for code in ROLES)
