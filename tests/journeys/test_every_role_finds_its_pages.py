"""Each role signs in and walks the pages it has: every one sound; the others refused with a way forward."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey

PUBLIC = [
    "/accessibility/",
    "/cookies/",
    "/privacy/",
    "/terms/",
    "/contact/",
    "/permissions/",
    "/tour/",
    "/tour/?article=S1",
    "/accounts/login/",
    "/accounts/password/reset/",
]
OWN = ["/", "/account/", "/account/acting-for/", "/people/"]
# mailbox of the demo person: (what the banner says, further pages)
ROLES = {
    "steward": ("Data steward", ["/imports/", "/imports/new/"]),
    "keeper": ("Ledger keeper", ["/ledger/", "/ledger/sign/", "/ledger/name-witness/"]),
    "assessor": ("National assessor", ["/imports/"]),
    "administrator": ("Organisation administrator", ["/people/invite/"]),
    "officer": ("Commissioner's officer", []),
    "manager": ("Practice manager", ["/people/invite/"]),
    "lmc": ("LMC officer", []),
    "secretary": ("Secretary of members", ["/constitutions/"]),
    "reporter": ("Journalist", []),
    "witness": ("Witness of the ledger", ["/ledger/", "/ledger/cosign/"]),
}


@pytest.mark.parametrize("path", PUBLIC)
def test_every_other_public_page_is_sound(visitor: Visitor, path: str) -> None:
    visitor.goes_to(path)
    visitor.finds_the_page_sound()


@pytest.mark.parametrize("mailbox", ROLES)
def test_a_role_finds_its_pages(visitor: Visitor, mailbox: str) -> None:
    role, pages = ROLES[mailbox]
    visitor.signs_in(f"{mailbox}@demo.remit.example")
    visitor.sees("You are acting for")
    visitor.sees(role)
    for path in [*OWN, *pages]:
        if mailbox == "witness" and path == "/people/":
            continue  # a witness sees nobody's people
        visitor.goes_to(path)
        visitor.finds_the_page_sound()


def test_before_somebody_is_erased_the_page_says_what_goes(visitor: Visitor) -> None:
    visitor.signs_in("administrator@demo.remit.example")
    visitor.goes_to("/people/")
    visitor.follows(visitor.page.get_by_role("link", name="Erase details of Edmund Sayle"))
    visitor.sees("Erase the details of Edmund Sayle?")
    visitor.sees("What stays")
    visitor.finds_the_page_sound()


def test_a_picture_that_is_cut_says_that_it_scrolls(visitor: Visitor) -> None:
    visitor.goes_to("/")
    picture = visitor.page.locator(".remit-chart__picture").first
    is_cut = picture.evaluate("place => place.scrollWidth > place.clientWidth")
    assert visitor.page.locator(".remit-chart__hint").first.is_visible() is is_cut
    assert is_cut is (visitor.width == 320)


def test_what_a_role_may_not_do_says_who_may(visitor: Visitor) -> None:
    visitor.signs_in("officer@demo.remit.example")
    visitor.goes_to("/imports/new/", expect=403)
    visitor.sees("Data steward")
    visitor.wrong.clear()  # the browser itself reports a 403 as an error of the console
    visitor.finds_the_page_sound()


def test_the_demo_accounts_are_one_button_each_on_the_sign_in_page(visitor: Visitor) -> None:
    visitor.goes_to("/accounts/login/")
    visitor.sees("Imogen Fairweather")
    visitor.follows(visitor.page.get_by_role("button", name="Imogen Fairweather"))
    visitor.sees("You are acting for")
    visitor.sees("Data steward")
