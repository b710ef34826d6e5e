"""Erasing somebody's details and withdrawing an invitation, on the web; and nobody's own roles."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from remit.accounts.models import Invitation, Person, RoleHolding
from remit.ledger.models import Entry

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


def words(document: Any) -> str:
    return " ".join("".join(document.find(".//main").itertext()).split())


def once() -> str:
    return str(uuid.uuid4())


def holding(person: Person) -> RoleHolding:
    return RoleHolding.objects.get(person=person)


def erased() -> int:
    return Entry.objects.filter(act="ledger.openings_erased").count()


def links(document: Any) -> set[str]:
    return {link.get("href") for link in document.findall(".//main//a")}


def test_a_colleague_is_erased_after_the_page_says_what_goes_and_what_stays(
    as_person: SignIn, office: Any, page_of: Any
) -> None:
    admin, ben = as_person(office.admin), as_person(office.colleague)
    assert ben.get("/account/").status_code == 200
    path = f"/people/{office.colleague.pk}/erase/"
    assert path in links(page_of(admin.get("/people/")))
    document = page_of(admin.get(path))
    said = words(document)
    assert "ben@example.org" in said
    assert "their roles at NHS Vale CCG: Commissioner's officer" in said
    assert "What stays" in said
    assert erased() == 0, "asking erases nothing"
    sent = {"once": document.find(".//main//form//input[@name='once']").get("value")}
    for _ in range(2):
        response = admin.post(path, sent, follow=True)
        assert "Their details have been erased" in words(page_of(response))
    assert erased() == 1
    office.colleague.refresh_from_db()
    assert "ben" not in office.colleague.email
    listed = admin.get("/people/").content.decode()
    assert "Ben Okoro" not in listed
    assert "Erased person" not in listed
    assert ben.get("/account/").status_code == 302
    people = {session.get_decoded().get("_auth_user_id") for session in Session.objects.all()}
    assert people == {office.admin.pk}, "no session of theirs is kept"


def test_somebody_who_has_left_is_listed_until_they_are_erased(
    as_person: SignIn, office: Any, page_of: Any
) -> None:
    admin = as_person(office.admin)
    held = holding(office.colleague)
    admin.post(f"/people/{office.colleague.pk}/roles/{held.pk}/end/", {"once": once()})
    path = f"/people/{office.colleague.pk}/erase/"
    table = page_of(admin.get("/people/")).find(".//table[@id='former']")
    assert "Ben Okoro" in "".join(table.itertext())
    assert path in links(page_of(admin.get("/people/")))
    assert "they hold none today" in words(page_of(admin.get(path)))
    admin.post(path, {"once": once()})
    assert page_of(admin.get("/people/")).find(".//table[@id='former']") is None


def test_why_somebody_cannot_be_erased_is_said(as_person: SignIn, office: Any, page_of: Any) -> None:
    admin = as_person(office.admin)
    held = holding(office.colleague)
    held.pk, held.organisation_id, held.role = "01ELSEWHERE", office.other, "practice_manager"
    held.save(force_insert=True)
    path = f"/people/{office.colleague.pk}/erase/"
    document = page_of(admin.get(path))
    assert "They also hold a role elsewhere. End that role first." in words(document)
    assert document.find(".//main//form") is None
    response = admin.post(path, {"once": once()})
    assert response.status_code == 403
    assert "They also hold a role elsewhere" in words(page_of(response))
    assert erased() == 0


def test_only_an_administrator_of_the_organisation_erases(as_person: SignIn, office: Any) -> None:
    path = f"/people/{office.admin.pk}/erase/"
    assert as_person(office.colleague).get(path).status_code == 403
    assert as_person(office.colleague).post(path, {"once": once()}).status_code == 403
    outsider = f"/people/{office.outsider.pk}/erase/"
    for send in (as_person(office.admin).get, as_person(office.admin).post):
        assert send(outsider, {"once": once()}).status_code == 404
    office.admin.refresh_from_db()
    assert office.admin.erased_at is None


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("erase/", "You cannot erase yourself. Ask another administrator."),
        ("roles/", "You cannot give yourself a role. Ask another administrator."),
        ("roles/{holding}/end/", "You cannot end your own role. Ask another administrator."),
    ],
)
def test_nobody_is_offered_to_change_their_own_roles(
    as_person: SignIn, office: Any, page_of: Any, page: str, said: str
) -> None:
    client = as_person(office.admin)
    own = RoleHolding.objects.get(person=office.admin, role="commissioner_officer")
    path = f"/people/{office.admin.pk}/" + page.format(holding=own.pk)
    for response in (client.get(path), client.post(path), client.post(path, {"once": once()})):
        assert response.status_code == 403
        assert said in words(page_of(response))


def test_an_invitation_is_withdrawn_and_says_nothing_afterwards(
    as_person: SignIn, office: Any, page_of: Any
) -> None:
    admin = as_person(office.admin)
    sent = {"name": "Dev Rao", "email": "dev@example.org", "role": "commissioner_officer", "once": once()}
    admin.post("/people/invite/", sent)
    link = page_of(admin.get("/people/invited/")).find(".//main//code").text
    path = f"/people/invitations/{Invitation.objects.get().pk}/withdraw/"
    assert path in links(page_of(admin.get("/people/")))
    document = page_of(admin.get(path))
    assert document.find(".//h1").text == "Withdraw the invitation to Dev Rao?"
    assert "dev@example.org" in words(document)
    token = once()
    for _ in range(2):
        response = admin.post(path, {"once": token}, follow=True)
        assert "The invitation has been withdrawn" in words(page_of(response))
    assert erased() == 1
    assert Client().get(link).status_code == 409
    assert admin.get(path).status_code == 404
    assert "dev@example.org" not in admin.get("/people/").content.decode()
    assert "Dev" not in admin.get("/people/invited/").content.decode()
    kept = repr([session.get_decoded() for session in Session.objects.all()])
    assert "dev@example.org" not in kept
    assert "people/accept" not in kept


def test_an_invitation_of_another_organisation_is_not_there(
    as_person: SignIn, office: Any, page_of: Any
) -> None:
    admin = as_person(office.admin)
    sent = {"name": "Dev Rao", "email": "dev@example.org", "role": "commissioner_officer", "once": once()}
    admin.post("/people/invite/", sent)
    path = f"/people/invitations/{Invitation.objects.get().pk}/withdraw/"
    held = holding(office.outsider)
    held.pk, held.role = "01ADMINELSEWHERE", "organisation_administrator"
    held.save(force_insert=True)
    outsider = as_person(office.outsider)
    assert outsider.get(path).status_code == 404
    assert outsider.post(path, {"once": once()}).status_code == 404
    assert as_person(office.colleague).get(path).status_code == 403
    assert Invitation.objects.get().email == "dev@example.org"
