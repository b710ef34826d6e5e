"""An administrator invites somebody, who joins; is given a role; and the role is ended. All in the ledger."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey


def test_from_invitation_to_the_end_of_a_role(
    visitor: Visitor, another_visitor: Callable[[], Visitor]
) -> None:
    name, email = f"Wilfred Ashby {visitor.width}", f"wilfred.{visitor.width}@example.org"

    # given an administrator of an integrated care board
    visitor.signs_in("administrator@demo.remit.example")
    visitor.goes_to("/people/")
    visitor.follows(visitor.page.get_by_role("link", name="Invite a person"))
    visitor.finds_the_page_sound()

    # when they send the form without a name, they are told where and what
    visitor.follows(visitor.page.locator("main form button").first)
    visitor.sees("There is a problem")
    visitor.finds_the_page_sound()

    # and when they fill it in
    visitor.page.get_by_label("Name", exact=True).fill(name)
    visitor.page.get_by_label("Email address", exact=True).fill(email)
    visitor.page.get_by_label("Commissioner's officer").check()
    visitor.follows(visitor.page.locator("main form button").first)
    visitor.finds_the_page_sound()
    link = visitor.page.locator("main code").inner_text()

    # then the colleague joins through the link
    colleague = another_visitor()
    colleague.goes_to(link.removeprefix(visitor.site.url))
    colleague.page.locator("input[type=password]").first.fill("seven slow brown herons")
    colleague.follows(colleague.page.get_by_role("button", name="Join", exact=True))
    colleague.sees("You have joined")
    colleague.signs_in(email, "seven slow brown herons")
    colleague.sees("You are acting for")
    colleague.sees("as Commissioner's officer")
    colleague.finds_the_page_sound()

    # and the administrator ends the role again, but cannot end their own
    visitor.goes_to("/people/")
    visitor.sees(name)
    row = visitor.page.locator("tr", has_text=email)
    visitor.follows(row.get_by_role("link", name="End"))
    visitor.finds_the_page_sound()
    visitor.follows(visitor.page.locator("main form button").first)
    assert visitor.page.locator("#people tr", has_text=email).count() == 0
    assert visitor.page.locator("tr", has_text="(you)").get_by_role("link", name="End").count() == 0

    # the colleague has no role any more
    colleague.goes_to("/account/")
    assert "You are acting for" not in colleague.page.inner_text("body")

    # and the ledger holds all three acts, without a name, and verifies
    report = json.loads(visitor.site.remit("ledger", "verify", "--json"))
    assert report["ok"] is True
    exported = visitor.site.remit("ledger", "export", "-")
    assert "person.invited" in exported
    assert "role.ended" in exported
    assert "Wilfred" not in exported
