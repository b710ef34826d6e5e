"""What the matrix of routes needs of a full form: a draft, and one submitted of which a change is asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from remit.delegation.actions import request_change, save_line
from remit.documents.actions import keep_document
from remit.engines.deadlines import Deadline
from tests.delegation_factories import ASSESSOR, draft, officer_of
from tests.delegation_filling import LINES, make_full_round, submit_full


def pages_of_a_full_form(now: datetime, board: str, region: str, public_round: str) -> dict[str, str]:
    """A draft of the board in a round with the full form, with a line and a document; and one that was submitted, of
    which a change is asked for. Answers their pages."""
    for code in ("open-full", "open-sent"):
        deadline = Deadline(now + timedelta(days=2))
        make_full_round(
            code, opens_at=now, deadline=deadline, effective_on=now.date() + timedelta(days=9), at=now
        )
    made, officer = draft("open-full", board, answers={}, at=now), officer_of(board)
    kept = keep_document(
        name="plan.txt", content=b"The plan.", owner=board, is_public=False, by=officer, at=now
    ).pk
    said = {"answer": "yes", "words": "", "document": kept}
    save_line(application=made.pk, question="reserves", values=said, by=officer, at=now)
    values = LINES["capacity"][0]
    line = save_line(application=made.pk, question="capacity", values=values, by=officer, at=now)
    sent = submit_full(board, "open-sent", at=now, office=region)
    asked = request_change(application=sent.pk, question="strategy", words="Which?", by=ASSESSOR, at=now)
    one, draft_at, sent_at = (
        "applications/<str:application>/",
        f"/applications/{made.pk}/",
        f"/applications/{sent.pk}/",
    )
    question = f"{one}answer/<str:question>/"
    return {
        f"{one}sections/<str:section>/": f"{draft_at}sections/capacity/",
        f"{question}lines/": f"{draft_at}answer/capacity/lines/",
        f"{question}lines/<str:line>/": f"{draft_at}answer/capacity/lines/{line.pk}/",
        f"{question}lines/<str:line>/remove/": f"{draft_at}answer/capacity/lines/{line.pk}/remove/",
        f"{question}statement/": f"{draft_at}answer/reserves/statement/",
        f"{one}documents/<str:document>/": f"{draft_at}documents/{kept}/",
        f"{one}signature/": f"{draft_at}signature/",
        f"{one}changes/": f"{sent_at}changes/",
        f"{one}changes/new/": f"{sent_at}changes/new/",
        f"{one}changes/<str:change>/": f"{sent_at}changes/{asked.pk}/",
        "rounds/<str:code>/tallies/": f"/rounds/{public_round}/tallies/",
    }
