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
    visitor.page.get_by_role("link", name="Invite a person").click()
    visitor.finds_the_page_sound()

    # when they send the form without a name, they are told where and what
    visitor.page.get_by_role("button", name="Send invitation").click()
    visitor.sees("There is a problem")
    visitor.finds_the_page_sound()

    # and when they fill it in
    visitor.page.get_by_label("name", exact=False).first.fill(name)
    visitor.page.get_by_label("Email", exact=False).first.fill(email)
    visitor.page.get_by_label("Commissioner's officer").check()
    visitor.page.get_by_role("button", name="Send invitation").click()
    visitor.page.wait_for_load_state("load")
    visitor.finds_the_page_sound()
    link = visitor.page.locator("main code").inner_text()

    # then the colleague joins through the link
    colleague = another_visitor()
    colleague.goes_to(link.removeprefix(visitor.site.url))
    colleague.page.get_by_label("password", exact=False).first.fill("seven slow brown herons")
    colleague.page.locator("main form button").first.click()
    colleague.page.wait_for_load_state("load")
    colleague.signs_in(email, "seven slow brown herons")
    colleague.sees("Commissioner's officer")
    colleague.finds_the_page_sound()

    # and the administrator ends the role again, but cannot end their own
    visitor.goes_to("/people/")
    visitor.sees(name)
    row = visitor.page.locator("tr", has_text=email)
    row.get_by_role("link", name="End").click()
    visitor.finds_the_page_sound()
    visitor.page.locator("main form button").first.click()
    visitor.page.wait_for_load_state("load")
    assert visitor.page.locator("tr", has_text=email).count() == 0
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
