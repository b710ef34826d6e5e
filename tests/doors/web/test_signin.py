"""Signing in and out, passwords, the second step, and the demonstration's accounts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from cryptography.fernet import InvalidToken
from django.core import mail
from django.test import Client
from django.urls import reverse

from remit.accounts.queries import DEMO_DOMAIN, DEMO_PASSWORD
from remit.web.accounts.adapter import SealedMFAAdapter
from remit.web.accounts.reset_keys import ResetKeys

PASSWORD = "three quiet green otters"
LOGIN = "/accounts/login/"

pytestmark = pytest.mark.django_db


def sign_in(client: Client, email: str = "ben@example.org", password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": email, "password": password, **more})


def confirm(client: Client) -> None:
    """Give the password again, as pages about one's safety ask."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def words(document: Any) -> str:
    return " ".join("".join(document.find(".//main").itertext()).split())


def demonstrator(office: Any) -> Any:
    """Ben, as one of the demonstration's people: with the password that everybody knows."""
    office.colleague.email = f"ben@{DEMO_DOMAIN}"
    office.colleague.set_password(DEMO_PASSWORD)
    office.colleague.save()
    return office.colleague


def test_the_right_password_signs_in_and_leads_home(client: Client, office: Any) -> None:
    response = sign_in(client, "Ben@Example.org")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get(reverse("your_account")).status_code == 200


def test_signing_in_changes_the_session_and_keeps_no_copy_of_the_address(client: Client, office: Any) -> None:
    client.session.save()
    client.cookies["sessionid"] = "chosen-by-somebody-else"
    sign_in(client)
    assert client.cookies["sessionid"].value != "chosen-by-somebody-else"
    assert not EmailAddress.objects.exists()


def test_after_sign_in_one_gets_where_one_wanted_but_never_to_another_host(
    client: Client, office: Any
) -> None:
    assert sign_in(client, next="/people/")["Location"] == "/people/"
    client.logout()
    assert sign_in(client, next="https://elsewhere.example/")["Location"] == "/"


def test_a_wrong_password_says_so_above_and_beside_the_field(
    client: Client, office: Any, page_of: Any
) -> None:
    document = page_of(sign_in(client, password="wrong"))
    assert document.find(".//title").text.startswith("Error: Sign in")
    summary = document.find(".//div[@role='alert']")
    assert summary.find("./h2").text == "There is a problem"
    link = summary.find(".//a")
    assert document.find(f".//input[@id='{link.get('href')[1:]}']") is not None
    beside = document.find(".//span[@id='id_login-error']")
    assert link.text in "".join(beside.itertext())
    assert document.find(".//input[@name='login']").get("value") == "ben@example.org"


def test_empty_fields_say_what_to_enter(client: Client, page_of: Any) -> None:
    document = page_of(client.post(LOGIN, {"login": "", "password": ""}))
    said = [link.text for link in document.find(".//div[@role='alert']").findall(".//a")]
    assert said == ["Enter your email address", "Enter your password"]


def test_the_form_helps_password_managers(client: Client, page_of: Any) -> None:
    document = page_of(client.get(LOGIN))
    assert document.find(".//input[@name='login']").get("autocomplete") == "username"
    assert document.find(".//input[@name='password']").get("autocomplete") == "current-password"
    assert document.find(".//main").find(".//form").get("novalidate") is not None


def test_guessing_is_slowed_down(client: Client, office: Any, page_of: Any) -> None:
    last = [sign_in(client, password=f"guess {attempt}") for attempt in range(12)][-1]
    assert "Too many" in words(page_of(last))
    assert "_auth_user_id" not in client.session
    assert "Too many" in words(page_of(sign_in(client)))


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    assert client.get("/accounts/signup/").status_code == 404
    assert client.get("/accounts/email/").status_code == 404


def test_signing_out_takes_a_post(as_person: Callable[[Any], Client], office: Any, page_of: Any) -> None:
    client = as_person(office.colleague)
    assert words(page_of(client.get("/accounts/logout/"))).startswith("Do you want to sign out?")
    assert client.get(reverse("your_account")).status_code == 200
    client.post("/accounts/logout/")
    assert client.get(reverse("your_account")).status_code == 302


def test_a_new_password_needs_the_old_one_and_twelve_characters(
    as_person: Callable[[Any], Client], office: Any, page_of: Any
) -> None:
    client = as_person(office.colleague)
    new = "four loud red herons"
    wrong = client.post(
        "/accounts/password/change/", {"oldpassword": "no", "password1": "short", "password2": "short"}
    )
    said = words(page_of(wrong))
    assert "at least 12 characters" in said
    assert "type your current password" in said
    right = client.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert right["Location"] == reverse("your_account")
    assert "Password successfully changed" in words(page_of(client.get(right["Location"])))
    assert sign_in(Client(), password=new)["Location"] == "/"


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(
    client: Client, office: Any, page_of: Any
) -> None:
    response = client.post("/accounts/password/reset/", {"email": "ben@example.org"})
    assert response["Location"] == reverse("account_reset_password_done")
    (message,) = mail.outbox
    assert message.subject == "Remit: choose a new password"
    link = re.search(r"http://testserver(/\S+)", message.body)
    assert link is not None
    form = client.get(link[1], follow=True)
    assert page_of(form).find(".//h1").text == "Choose a new password"
    new = "five slow blue whales"
    done = client.post(form.request["PATH_INFO"], {"password1": new, "password2": new}, follow=True)
    assert page_of(done).find(".//h1").text == "Your password is changed"
    again = Client().get(link[1], follow=True)
    assert page_of(again).find(".//h1").text == "This link does not work any more"
    assert sign_in(Client(), password=new)["Location"] == "/"


@pytest.mark.parametrize("backend", ["console", "dummy"])
def test_where_no_email_goes_out_no_link_is_made_and_the_pages_say_so(
    client: Client, office: Any, page_of: Any, settings: Any, capsys: Any, backend: str
) -> None:
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    asked = client.get("/accounts/password/reset/")
    assert "This copy of Remit is not set up to send any." in words(page_of(asked))
    assert page_of(asked).find(".//main").find(".//input[@name='email']") is None
    done = client.post("/accounts/password/reset/", {"email": "ben@example.org"}, follow=True)
    assert page_of(done).find(".//h1").text == "No email was sent"
    assert "we have sent" not in words(page_of(done))
    told = capsys.readouterr()
    assert "/reset/" not in told.out + told.err


def test_an_unknown_address_gets_the_same_page_and_no_mail(client: Client, office: Any) -> None:
    response = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert response["Location"] == reverse("account_reset_password_done")
    assert mail.outbox == []


def test_the_second_step_from_setting_up_to_switching_off(client: Client, office: Any, page_of: Any) -> None:
    sign_in(client)
    confirm(client)
    document = page_of(client.get("/accounts/2fa/totp/activate/"))
    assert not document.findall(".//*[@style]")
    secret = document.find(".//main").find(".//code").text
    wrong = page_of(client.post("/accounts/2fa/totp/activate/", {"code": "000000"}))
    assert wrong.find(".//title").text.startswith("Error: ")
    assert client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}).status_code == 302
    kept = " ".join(str(data) for data in Authenticator.objects.values_list("data", flat=True))
    assert kept
    assert secret not in kept
    assert "You use an authenticator app" in words(page_of(client.get("/accounts/2fa/")))
    codes = page_of(client.get("/accounts/2fa/recovery-codes/"))
    first_code = codes.find(".//main").find(".//ul").find(".//code").text
    assert client.get("/accounts/2fa/recovery-codes/download/").content.decode().count(first_code) == 1

    fresh = Client()
    assert sign_in(fresh)["Location"].startswith("/accounts/2fa/authenticate/")
    assert fresh.get(reverse("your_account")).status_code == 302
    asked = page_of(fresh.get("/accounts/2fa/authenticate/"))
    assert asked.find(".//input[@name='code']").get("autocomplete") == "one-time-code"
    assert fresh.post("/accounts/2fa/authenticate/", {"code": first_code})["Location"] == "/"

    confirm(fresh)
    assert page_of(fresh.get("/accounts/2fa/recovery-codes/generate/")).find(".//h1") is not None
    assert page_of(fresh.get("/accounts/2fa/totp/deactivate/")).find(".//h1") is not None
    assert fresh.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert sign_in(Client())["Location"] == "/"


def test_a_sensitive_step_asks_for_the_password_again(
    as_person: Callable[[Any], Client], office: Any, page_of: Any
) -> None:
    client = as_person(office.colleague)
    response = client.get("/accounts/2fa/totp/activate/", follow=True)
    assert page_of(response).find(".//h1").text == "Enter your password again"
    path = response.redirect_chain[-1][0]
    assert client.post(path, {"password": PASSWORD})["Location"] == "/accounts/2fa/totp/activate/"


def test_the_demonstrations_people_are_listed_only_in_a_demonstration(
    client: Client, office: Any, settings: Any, page_of: Any
) -> None:
    settings.REMIT_DEMO = False
    assert DEMO_PASSWORD not in client.get(LOGIN).content.decode()
    settings.REMIT_DEMO = True
    assert DEMO_PASSWORD in words(page_of(client.get(LOGIN)))


def test_one_press_signs_in_as_a_demonstration_account(
    client: Client, office: Any, settings: Any, page_of: Any
) -> None:
    settings.REMIT_DEMO = True
    demonstrator(office)
    document = page_of(client.get(LOGIN))
    (form,) = document.find(".//table[@id='demo-accounts']").findall(".//form")
    assert "Commissioner's officer" in words(document)
    sent = {field.get("name"): field.get("value") for field in form.findall(".//input")}
    assert client.post(form.get("action"), sent)["Location"] == "/"
    assert client.get(reverse("your_account")).status_code == 200


def test_a_demonstration_account_cannot_sign_in_to_a_real_service(
    client: Client, office: Any, settings: Any, page_of: Any
) -> None:
    ben = demonstrator(office)
    for spelling in (ben.email, ben.email.upper()):
        response = sign_in(client, spelling, DEMO_PASSWORD)
        assert response.status_code == 403
        assert "REMIT_DEMO=1" in words(page_of(response))
        assert "_auth_user_id" not in client.session
    assert client.get(reverse("your_account")).status_code == 302
    assert sign_in(client, "ada@example.org").status_code == 302


def test_a_session_of_a_demonstration_account_ends_where_the_demonstration_does(
    client: Client, office: Any, settings: Any
) -> None:
    demonstrator(office)
    settings.REMIT_DEMO = True
    assert sign_in(client, f"ben@{DEMO_DOMAIN}", DEMO_PASSWORD).status_code == 302
    assert client.get(reverse("your_account")).status_code == 200
    settings.REMIT_DEMO = False
    response = client.get("/people/")
    assert (response.status_code, response["Location"]) == (302, f"{LOGIN}?next=/people/")
    settings.REMIT_DEMO = True
    assert client.get(reverse("your_account")).status_code == 302, "the session is gone, not asleep"


def test_the_password_of_a_demonstration_account_cannot_be_reset_in_a_real_service(
    client: Client, office: Any, settings: Any
) -> None:
    ben = demonstrator(office)
    assert client.post("/accounts/password/reset/", {"email": ben.email})["Location"].endswith("/done/")
    assert mail.outbox == []
    client.post("/accounts/password/reset/", {"email": office.admin.email})
    assert len(mail.outbox) == 1, "anybody else's can"
    key = f"{user_pk_to_url_str(ben)}-{ResetKeys().make_token(ben)}"
    link = f"/accounts/password/reset/key/{key}/"
    settings.REMIT_DEMO = True
    assert client.get(link).status_code == 302, "a link works in the demonstration"
    settings.REMIT_DEMO = False
    assert Client().get(link).status_code == 200, "and says elsewhere that it does not"


def test_the_demonstration_sends_no_link_and_says_so(
    client: Client, office: Any, settings: Any, page_of: Any
) -> None:
    settings.REMIT_DEMO = True
    done = client.post("/accounts/password/reset/", {"email": office.admin.email}, follow=True)
    assert "The demonstration sends none." in words(page_of(done))
    assert mail.outbox == []


def test_a_sealed_secret_survives_a_change_of_the_secret_key(settings: Any) -> None:
    sealed = SealedMFAAdapter().encrypt("JBSWY3DP")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new key", [settings.SECRET_KEY]
    assert SealedMFAAdapter().decrypt(sealed) == "JBSWY3DP"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        SealedMFAAdapter().decrypt(sealed)
