"""The organisation one acts for; inviting, joining, giving and ending roles."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from remit.accounts.models import Invitation, Person, RoleHolding
from remit.ledger.models import Entry
from tests.factories import make_person

PASSWORD = "three quiet green otters"
SignIn = Callable[[Any], Client]

pytestmark = pytest.mark.django_db


def words(document: Any) -> str:
    return " ".join("".join(document.find(".//body").itertext()).split())


def banner(document: Any) -> str:
    (strip,) = [one for one in document.findall(".//section") if one.get("aria-label") == "Acting for"]
    return " ".join("".join(strip.itertext()).split())


def once() -> str:
    return str(uuid.uuid4())


def invite(client: Client, **changes: str) -> Any:
    sent = {"name": "Dev Rao", "email": "dev@example.org", "role": "commissioner_officer", "once": once()}
    return client.post("/people/invite/", {**sent, **changes})


def holding(person: Any, role: str) -> RoleHolding:
    return RoleHolding.objects.get(person=person, role=role)


def test_the_banner_says_for_whom_and_as_what(as_person: SignIn, office: Any, page_of: Any) -> None:
    document = page_of(as_person(office.colleague).get(reverse("terms")))
    assert banner(document) == "You are acting for NHS Vale CCG as Commissioner's officer."


def test_somebody_with_a_choice_changes_the_organisation_they_act_for(
    as_person: SignIn, office: Any, page_of: Any
) -> None:
    client = as_person(office.admin)
    assert "Change" in banner(page_of(client.get(reverse("terms"))))
    document = page_of(client.get("/account/acting-for/"))
    choices = {
        field.get("value"): field.get("checked") for field in document.findall(".//input[@type='radio']")
    }
    assert set(choices) == {"15Z", "P81001"}
    assert choices["15Z"] is not None
    after = page_of(client.post("/account/acting-for/", {"organisation": "P81001"}, follow=True))
    assert "You are now acting for Mill Lane Surgery" in words(after)
    assert banner(after).startswith("You are acting for Mill Lane Surgery as Practice manager.")
    assert client.get("/people/invite/").status_code == 403


def test_one_cannot_act_for_an_organisation_where_one_has_no_role(
    as_person: SignIn, office: Any, page_of: Any
) -> None:
    client = as_person(office.colleague)
    document = page_of(client.post("/account/acting-for/", {"organisation": "P81001"}))
    assert document.find(".//title").text.startswith("Error: ")
    session = client.session
    session["acting_for"] = "P81001"
    session.save()
    assert "NHS Vale CCG" in banner(page_of(client.get(reverse("terms"))))


def test_nothing_chosen_leads_to_the_first_choice(as_person: SignIn, office: Any, page_of: Any) -> None:
    document = page_of(as_person(office.admin).post("/account/acting-for/", {"organisation": ""}))
    link = document.find(".//div[@role='alert']").find(".//a")
    assert link.text == "Select an organisation"
    assert document.find(f".//input[@id='{link.get('href')[1:]}']").get("type") == "radio"


@pytest.mark.parametrize(
    "path", ["/account/", "/account/acting-for/", "/people/", "/people/invite/", "/people/invited/"]
)
def test_visitors_are_asked_to_sign_in_and_come_back(client: Client, office: Any, path: str) -> None:
    assert client.get(path)["Location"] == f"/accounts/login/?next={path}"


def test_colleagues_are_seen_and_people_of_others_are_not(
    as_person: SignIn, office: Any, page_of: Any
) -> None:
    said = words(page_of(as_person(office.colleague).get("/people/")))
    assert "Ada Marsh" in said
    assert "Ben Okoro (you)" in said
    assert "Cat Lowe" not in said
    assert "Invite a person" not in said
    assert "Give a role" not in said


def test_the_frame_looks_each_thing_up_once(
    as_person: SignIn, office: Any, django_assert_max_num_queries: Any
) -> None:
    client = as_person(office.admin)
    client.get("/people/")
    with django_assert_max_num_queries(9):
        client.get("/people/")


def test_an_administrator_sees_buttons_but_none_for_themselves(
    as_person: SignIn, office: Any, page_of: Any
) -> None:
    document = page_of(as_person(office.admin).get("/people/"))
    links = {link.get("href") for link in document.find(".//main").findall(".//a")}
    assert f"/people/{office.colleague.pk}/roles/" in links
    assert f"/people/{office.admin.pk}/roles/" not in links
    assert not any(link.startswith(f"/people/{office.admin.pk}/") for link in links)


def test_an_invitation_is_mailed_shown_once_taken_up_and_signs_in(
    as_person: SignIn, office: Any, page_of: Any
) -> None:
    admin = as_person(office.admin)
    response = invite(admin)
    assert (response.status_code, response["Location"]) == (302, "/people/invited/")
    link = page_of(admin.get("/people/invited/")).find(".//main").find(".//code").text
    (message,) = mail.outbox
    assert message.to == ["dev@example.org"]
    assert link in message.body
    path = link.removeprefix("http://testserver")
    assert "Dev Rao" in words(page_of(admin.get("/people/")))

    newcomer = Client()
    document = page_of(newcomer.get(path))
    assert "Ada Marsh invites you to act for NHS Vale CCG" in words(document)
    weak = page_of(newcomer.post(path, {"password": "short"}))
    assert "at least 12 characters" in "".join(weak.find(".//div[@role='alert']").itertext())
    joined = newcomer.post(path, {"password": PASSWORD}, follow=True)
    assert "You have joined" in words(page_of(joined))
    assert (
        newcomer.post("/accounts/login/", {"login": "dev@example.org", "password": PASSWORD})["Location"]
        == "/"
    )
    assert banner(page_of(newcomer.get("/account/"))).startswith("You are acting for NHS Vale CCG")

    again = Client().post(path, {"password": PASSWORD})
    assert again.status_code == 409
    assert "has been used" in words(page_of(again))
    assert Client().get(path).status_code == 409
    assert "Invitations not yet taken up" not in words(page_of(admin.get("/people/")))


def test_an_invitation_is_no_way_to_guess_a_known_persons_password(
    as_person: SignIn, office: Any, page_of: Any
) -> None:
    cache.clear()
    somebody = make_person(name="Kim Wray", email="kim@example.org")
    admin = as_person(office.admin)
    invite(admin, email=somebody.email)
    path = page_of(admin.get("/people/invited/")).find(".//main").find(".//code").text
    path = path.removeprefix("http://testserver")
    guesses = [Client().post(path, {"password": f"guess number {number}"}).status_code for number in range(7)]
    assert guesses == [200] * 5 + [429] * 2
    cache.clear()


def test_the_same_form_sent_twice_invites_once(as_person: SignIn, office: Any) -> None:
    client, token = as_person(office.admin), once()
    assert [invite(client, once=token).status_code for _ in range(2)] == [302, 302]
    assert Invitation.objects.count() == 1
    assert len(mail.outbox) == 1
    assert Entry.objects.filter(act="person.invited").count() == 1


def test_an_incomplete_invitation_keeps_what_was_typed(as_person: SignIn, office: Any, page_of: Any) -> None:
    document = page_of(invite(as_person(office.admin), email="dev at example", role=""))
    said = [link.text for link in document.find(".//div[@role='alert']").findall(".//a")]
    assert said == ["Enter an email address in the correct format, like name@example.com", "Select a role"]
    assert document.find(".//input[@name='name']").get("value") == "Dev Rao"
    assert not Invitation.objects.exists()


def test_one_cannot_invite_oneself(as_person: SignIn, office: Any, page_of: Any) -> None:
    document = page_of(invite(as_person(office.admin), email="ada@example.org"))
    assert "You cannot invite yourself." in words(document)


def test_an_unreachable_mail_server_does_not_undo_an_invitation(
    as_person: SignIn, office: Any, settings: Any, page_of: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    client = as_person(office.admin)
    assert invite(client).status_code == 302
    document = page_of(client.get("/people/invited/"))
    assert document.find(".//main").find(".//code") is not None
    assert "No email was sent" in words(document)
    assert "The mail server could not be reached." in words(document)


@pytest.mark.parametrize(
    ("backend", "is_demo", "said"),
    [
        ("locmem", False, "We have sent an email to Dev Rao at dev@example.org."),
        ("locmem", True, "The demonstration sends none."),
        ("console", False, "This copy of Remit is not set up to send any."),
        ("dummy", False, "This copy of Remit is not set up to send any."),
    ],
)
def test_an_email_is_said_to_be_sent_only_where_one_was(
    as_person: SignIn,
    office: Any,
    settings: Any,
    page_of: Any,
    capsys: Any,
    backend: str,
    is_demo: bool,
    said: str,
) -> None:
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    settings.REMIT_DEMO = is_demo
    client = as_person(office.admin)
    invite(client)
    document = page_of(client.get("/people/invited/"))
    is_sent = said.startswith("We have sent")
    assert said in words(document)
    assert ("No email was sent to Dev Rao" in words(document)) is not is_sent
    assert ("We have sent" in words(document)) is is_sent
    assert len(mail.outbox) == int(is_sent)
    assert "/people/accept/" in document.find(".//main").find(".//code").text
    told = capsys.readouterr()
    assert "/people/accept/" not in told.out + told.err


def test_an_old_or_unknown_link_does_not_work(as_person: SignIn, office: Any, page_of: Any) -> None:
    assert Client().get("/people/accept/not-a-token/").status_code == 404
    admin = as_person(office.admin)
    invite(admin)
    path = page_of(admin.get("/people/invited/")).find(".//main").find(".//code").text
    made = Invitation.objects.get()
    Invitation.objects.update(expires_at=made.invited_at - timedelta(days=1))
    response = Client().get(path)
    assert response.status_code == 409
    assert "out of date" in words(page_of(response))


def test_somebody_with_an_account_joins_with_the_password_they_have(
    as_person: SignIn, office: Any, page_of: Any
) -> None:
    admin = as_person(office.admin)
    invite(admin, email="cat@example.org", name="Cat Lowe")
    path = page_of(admin.get("/people/invited/")).find(".//main").find(".//code").text
    wrong = page_of(Client().post(path, {"password": "some other password"}))
    assert "Enter the password you sign in with" in words(wrong)
    Client().post(path, {"password": PASSWORD})
    assert Person.objects.filter(email="cat@example.org").count() == 1
    assert holding(office.outsider, "commissioner_officer").organisation_id == "15Z"


def test_a_role_is_given_and_ended_and_both_are_in_the_ledger(
    as_person: SignIn, office: Any, page_of: Any
) -> None:
    client, path = as_person(office.admin), f"/people/{office.colleague.pk}/roles/"
    choices = {field.get("value") for field in page_of(client.get(path)).findall(".//input[@type='radio']")}
    assert "commissioner_officer" not in choices
    assert "practice_manager" not in choices
    given = client.post(path, {"role": "organisation_administrator", "once": once()}, follow=True)
    assert "Ben Okoro is now Organisation administrator" in words(page_of(given))
    held = holding(office.colleague, "organisation_administrator")
    end = f"/people/{office.colleague.pk}/roles/{held.pk}/end/"
    assert (
        page_of(client.get(end)).find(".//h1").text == "End Ben Okoro’s role as Organisation administrator?"
    )
    ended = client.post(end, {"once": once()}, follow=True)
    assert "Ben Okoro is no longer Organisation administrator" in words(page_of(ended))
    held.refresh_from_db()
    assert held.ended_by == office.admin.pk
    acts = Entry.objects.filter(act__startswith="role.").values_list("act", flat=True)
    assert sorted(acts) == ["role.ended", "role.granted"]


def test_a_get_changes_nothing(as_person: SignIn, office: Any) -> None:
    client = as_person(office.admin)
    held = holding(office.colleague, "commissioner_officer")
    before = Entry.objects.count()
    for path in ("/people/invite/", f"/people/{office.colleague.pk}/roles/{held.pk}/end/"):
        client.get(path)
    assert Entry.objects.count() == before
    held.refresh_from_db()
    assert held.ended_at is None


def test_nobody_changes_their_own_roles(as_person: SignIn, office: Any, page_of: Any) -> None:
    client = as_person(office.admin)
    own = holding(office.admin, "commissioner_officer")
    refused = client.post(f"/people/{office.admin.pk}/roles/{own.pk}/end/", {"once": once()})
    assert refused.status_code == 403
    assert "You cannot end your own role" in words(page_of(refused))
    refused = client.post(f"/people/{office.admin.pk}/roles/", {"role": "witness", "once": once()})
    assert refused.status_code == 403
    assert "Permission table" in words(page_of(refused))


def test_only_an_administrator_changes_roles_and_the_page_says_who_could(
    as_person: SignIn, office: Any, page_of: Any
) -> None:
    client = as_person(office.colleague)
    held = holding(office.admin, "commissioner_officer")
    for path in (
        "/people/invite/",
        "/people/invited/",
        f"/people/{office.admin.pk}/roles/",
        f"/people/{office.admin.pk}/roles/{held.pk}/end/",
    ):
        response = client.get(path)
        assert response.status_code == 403
        assert "Organisation administrator" in words(page_of(response))
    assert client.post(f"/people/{office.admin.pk}/roles/{held.pk}/end/", {"once": once()}).status_code == 403


def test_people_of_another_organisation_cannot_be_told_from_nobody(as_person: SignIn, office: Any) -> None:
    client = as_person(office.admin)
    elsewhere = holding(office.outsider, "practice_manager")
    for person, held in ((office.outsider.pk, elsewhere.pk), ("nobody", "nothing")):
        assert client.get(f"/people/{person}/roles/").status_code == 404
        assert client.post(f"/people/{person}/roles/{held}/end/", {"once": once()}).status_code == 404
    own = holding(office.colleague, "commissioner_officer")
    assert client.get(f"/people/{office.admin.pk}/roles/{own.pk}/end/").status_code == 404


def test_an_ended_person_can_do_nothing_from_the_next_request(as_person: SignIn, office: Any) -> None:
    client, admin = as_person(office.colleague), as_person(office.admin)
    assert client.get("/people/").status_code == 200
    held = holding(office.colleague, "commissioner_officer")
    admin.post(f"/people/{office.colleague.pk}/roles/{held.pk}/end/", {"once": once()})
    assert client.get("/people/").status_code == 403
    assert b"You hold no role today" in client.get("/account/").content


def test_the_permission_table_lists_every_role_and_permission(client: Client, page_of: Any) -> None:
    from remit.engines.permissions import ROLES
    from remit.engines.permissions.roles import WHAT_IT_MEANS

    document = page_of(client.get("/permissions/"))
    headings = {heading.text for heading in document.findall(".//h2")}
    assert {role.name for role in ROLES.values()} <= headings
    said = words(document)
    assert all(meaning in said for meaning in WHAT_IT_MEANS.values())
