"""The frame around every page: title, language, header, footer, content policy, no third party."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as real_settings
from django.test import Client
from django.urls import reverse

ABOUT = ["accessibility", "cookies", "privacy", "terms", "contact", "permissions"]
SIGNED_OUT = [*ABOUT, "account_login", "account_reset_password", "account_reset_password_done"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _named(settings: Any) -> None:
    settings.REMIT_ORGANISATION = "NHS Vale"


@pytest.mark.parametrize("name", SIGNED_OUT)
def test_every_page_is_valid_titled_in_english_and_policed(client: Client, page_of: Any, name: str) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 200
    document = page_of(response)
    headings = document.findall(".//h1")
    assert len(headings) == 1
    title = document.find(".//title").text
    assert title.startswith("".join(headings[0].itertext()).strip())
    assert title.endswith(" – Remit – NHS Vale")
    assert document.get("lang") == "en"
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce is not None
    scripts = document.findall(".//script")
    assert scripts
    assert {script.get("nonce") for script in scripts} == {nonce[1]}
    assert not document.findall(".//*[@style]")
    assert not document.findall(".//style")


def test_titles_are_unique(client: Client, page_of: Any) -> None:
    titles = [page_of(client.get(reverse(name))).find(".//title").text for name in SIGNED_OUT]
    assert len(set(titles)) == len(titles)


def test_pages_load_nothing_from_elsewhere(client: Client, page_of: Any) -> None:
    document = page_of(client.get(reverse("cookies")))
    loaded = [element.get("href") for element in document.findall(".//link")]
    loaded += [element.get("src") for element in document.findall(".//*[@src]")]
    assert loaded
    assert all(address.startswith("/") for address in loaded)


def test_the_header_names_the_organisation_and_shows_no_nhs_logo(client: Client, page_of: Any) -> None:
    document = page_of(client.get(reverse("terms")))
    header = document.find(".//header")
    assert "NHS Vale" in "".join(header.itertext())
    assert not header.findall(".//svg")
    assert "Crown" not in "".join(document.find(".//footer").itertext())


def test_every_footer_link_answers(client: Client, page_of: Any) -> None:
    links = page_of(client.get(reverse("terms"))).find(".//footer").findall(".//a")
    assert {link.get("href") for link in links} == {reverse(name) for name in ABOUT}
    assert [client.get(link.get("href")).status_code for link in links] == [200] * len(links)


def test_the_cookies_page_lists_every_cookie_that_is_set(
    office: Any, as_person: Callable[[Any], Client], page_of: Any
) -> None:
    client = as_person(office.admin)
    client.get(reverse("account_login"))
    client.get(reverse("acting_for"))
    rows = page_of(client.get(reverse("cookies"))).findall(".//tbody//th")
    listed = {(row.find("./span").tail or "").strip() for row in rows}
    assert listed == set(client.cookies.keys()) == {"sessionid", "csrftoken"}


def test_a_reader_of_public_pages_gets_no_cookie(client: Client) -> None:
    for name in ABOUT:
        client.get(reverse(name))
    assert not client.cookies


def test_the_demonstration_says_so(client: Client, settings: Any) -> None:
    settings.REMIT_DEMO = False
    assert b"invented" not in client.get(reverse("cookies")).content
    settings.REMIT_DEMO = True
    assert b"People and events here are invented" in client.get(reverse("cookies")).content


def test_a_page_that_is_not_there(client: Client, page_of: Any) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert page_of(response).find(".//h1").text == "Page not found"


def test_a_request_for_another_host_is_turned_away_politely(client: Client, page_of: Any) -> None:
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert page_of(response).find(".//h1").text == "We could not understand that request"


def test_a_form_that_is_too_large_is_answered_413(client: Client, settings: Any, page_of: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = client.post(reverse("account_login"), {"login": "a" * 200, "password": "b"})
    assert response.status_code == 413
    assert page_of(response).find(".//h1").text == "The file is too large"


def test_the_menu_marks_the_page_and_the_section(
    office: Any, as_person: Callable[[Any], Client], page_of: Any
) -> None:
    def marked(response: Any) -> dict[str, str | None]:
        menu = page_of(response).find(".//nav[@aria-label='Menu']")
        return {"".join(link.itertext()): link.get("aria-current") for link in menu.findall(".//a")}

    names = ("Organisations", "Search", "Delegation", "Figures", "Ledger", "Tour")
    public: dict[str, str | None] = dict.fromkeys(names)
    officer = {**public, "To apply": None}
    assert marked(Client().get("/")) == {**public, "Organisations": "page"}
    assert marked(Client().get("/figures/")) == {**public, "Figures": "page"}
    assert marked(Client().get("/figures/nothing/"))["Figures"] == "true"
    assert marked(Client().get("/commissioners/")) == {**public, "Organisations": "true"}
    assert marked(as_person(office.colleague).get("/people/")) == {**officer, "People": "page"}
    assert marked(as_person(office.admin).get("/people/invite/")) == {**officer, "People": "true"}


def test_a_form_without_its_token_changes_nothing_and_says_what_to_do(page_of: Any) -> None:
    response = Client(enforce_csrf_checks=True).post(
        reverse("account_login"), {"login": "a", "password": "b"}
    )
    assert response.status_code == 403
    assert "reload the page and try again" in "".join(page_of(response).itertext())


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("name", ["commissioners", "sources", "ledger"])
def test_a_page_that_is_only_read_says_which_methods_it_takes(page_of: Any, name: str, method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(reverse(name))
    assert response.status_code == 405
    assert set(response["Allow"].split(", ")) == {"GET", "HEAD"}
    assert "only there to be read" in "".join(page_of(response).itertext())


def test_a_form_says_so_too_for_what_it_does_not_take(page_of: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.delete(reverse("account_login")).status_code == 405
    assert client.post("/people/invite/").status_code == 403
    assert client.post("/commissioners/none/").status_code == 405


def test_a_fault_shows_a_kind_page_and_nothing_of_the_fault(
    client: Client, page_of: Any, monkeypatch: Any
) -> None:
    def broken(*args: Any) -> None:
        raise RuntimeError("the secret is 42")

    monkeypatch.setattr("remit.web.about.connection.cursor", broken)
    client.raise_request_exception = False
    response = client.get(reverse("healthz"))
    assert response.status_code == 500
    assert "problem with the service" in page_of(response).find(".//h1").text
    assert b"42" not in response.content


def test_security_txt_names_a_contact_and_expires(client: Client) -> None:
    text = client.get("/.well-known/security.txt").content.decode()
    assert f"Contact: mailto:{real_settings.REMIT_CONTACT_EMAIL}" in text
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", text, flags=re.M)


def test_robots_and_health(client: Client) -> None:
    assert b"Disallow: /people/" in client.get("/robots.txt").content
    assert client.get("/healthz").json() == {"status": "ok"}


def test_about_pages_cannot_be_written_to(client: Client) -> None:
    assert [client.post(reverse(name)).status_code for name in ABOUT] == [405] * len(ABOUT)
