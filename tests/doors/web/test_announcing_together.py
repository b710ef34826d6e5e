"""Rounds of one programme announced together, on pages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.delegation_doors import asking, document, errors, facts_of, links, main, rows_of
from tests.delegation_factories import (
    approve,
    london,
    make_commissioners,
    make_programme,
    make_round,
    submit,
)
from tests.factories import NATIONAL_BODY

pytestmark = pytest.mark.django_db
DECIDED, TOLD = london(2015, 2, 16), london(2015, 2, 18)


def test_rounds_of_one_programme_are_announced_together_and_each_count_opens(settings: Any) -> None:
    settings.REMIT_TRUST_REQUEST_START = True
    programme = asking("programme_officer", NATIONAL_BODY, at=TOLD)
    make_commissioners("00C", "00D")
    of = make_programme("this")
    for code, level in (("joint", 2), ("delegated", 3)):
        make_round(code, level=level, programme=of)
    sent = {code: submit(code, who) for code, who in (("joint", "00C"), ("delegated", "00D"))}
    for each in sent.values():
        approve(each, at=DECIDED)
    choice = programme.page("/announcements/new/")
    assert "Several rounds of one programme can be announced together" in main(choice)
    assert [each for each in links(choice).values() if each.count("round=") == 2]
    alone = programme.page("/announcements/new/?round=joint")
    [other] = [href for href in links(alone).values() if href.startswith("/announcements/new/?")]
    assert other == "/announcements/new/?round=joint&round=delegated"
    both = programme.page(other)
    assert facts_of(both)["Approved for Level 2"] == facts_of(both)["Approved for Level 3"] == "1"
    typed = {"code": "both", "event": ""}
    [(message, _)] = errors(document(programme.post(other, **typed, headline="2 approved for Level 3")))
    assert message.startswith(
        "The headline says 2 beside “approved”, but the rows give Approved for Level 3: 1"
    )
    headline = "2 approved: 1 for Level 2 and 1 for Level 3"
    assert programme.post(other, **typed, headline=headline).headers["Location"] == "/announcements/both/"
    assert programme.post(other, **typed, headline=headline).headers["Location"] == "/announcements/both/"
    reader = asking(at=TOLD)
    found = reader.page("/announcements/both/")
    assert [row[3:] for row in rows_of(found, "by-round")] == [["1", "0"], ["1", "0"]]
    assert [len(rows_of(found, f"named-list-{place}")) for place in (1, 2)] == [1, 1]
    opens = [each.get("href") for each in found.findall(".//table[@id='by-round']//a")]
    assert opens[1] == "/announcements/both/rounds/joint/approved/"
    counted = reader.page(opens[1])
    assert facts_of(counted)["Counted"].startswith("1 commissioners approved for Level 2 without conditions")
    assert [row[1] for row in rows_of(counted, "rows")] == ["00C"]
    assert [row[1] for row in rows_of(counted, "base")] == ["00C", "00D"]
    for wrong in ("rounds/nothing/approved/", "rounds/joint/declined/"):
        assert reader.get(f"/announcements/both/{wrong}").status_code == 404
    for code in ("joint", "delegated"):
        assert "/announcements/both/" in links(reader.page(f"/rounds/{code}/")).values()
