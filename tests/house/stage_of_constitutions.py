"""What the pages of constitutions need to be there: a body's constitution in force, and a text in each state."""

from __future__ import annotations

from datetime import datetime

from remit.constitutions import actions
from remit.kernel.moments import london_day
from tests.constitution_factories import CLAUSES, make_constitution, make_draft, secretary_of

TEXT = "constitutions/texts/<str:text>/"
RULES = {**CLAUSES, "12": ("Half may require it.", [{"kind": "requisition", "share": "1/2", "days": 28}])}
CLAUSE = f"{TEXT}clauses/<str:number>/"


def pages_of_constitutions(now: datetime, body: str) -> dict[str, str]:
    """Texts of a body, one in each state. Answers the pages that need one of them."""
    held = make_constitution(body, RULES, at=now)
    by, made = secretary_of(body), {}
    for state in ("proposed", "agreed", "sent", "draft"):
        text = make_draft(body, {"1": ("New.", [{"kind": "proxy", "most": 1}])}, title=state, at=now)
        made[state] = f"/constitutions/texts/{text.pk}/"
        if state != "draft":
            actions.propose_amendment(text=text.pk, by=by, at=now)
        if state in {"agreed", "sent"}:
            actions.record_members_answer(
                text=text.pk, is_agreed=True, on=london_day(now), source="Minutes", by=by, at=now
            )
        if state == "sent":
            actions.send_amendment(text=text.pk, by=by, at=now)
    clause = f"{made['draft']}clauses/1/"
    api = {
        f"api/v1/constitutions/<code>{tail}": f"/api/v1/constitutions/{body}{tail}"
        for tail in ("", ".csv", ".csv-metadata.json")
    }
    return {
        **api,
        "id/constitutions/<str:ulid>": f"/id/constitutions/{held.pk}",
        "constitutions/<str:code>/": f"/constitutions/{body}/",
        "constitutions/<str:code>/draft/": f"/constitutions/{body}/draft/",
        TEXT: made["proposed"],
        f"{TEXT}changes/": f"{made['proposed']}changes/",
        f"{TEXT}clauses/": f"{made['draft']}clauses/",
        CLAUSE: clause,
        f"{CLAUSE}strike/": f"{clause}strike/",
        f"{CLAUSE}rules/": f"{clause}rules/",
        f"{CLAUSE}rules/<int:place>/remove/": f"{clause}rules/1/remove/",
        f"{CLAUSE}rules/<slug:kind>/": f"{clause}rules/notice/",
        f"{TEXT}propose/": f"{made['draft']}propose/",
        f"{TEXT}record/": f"{made['draft']}record/",
        f"{TEXT}answer/": f"{made['proposed']}answer/",
        f"{TEXT}withdraw/": f"{made['proposed']}withdraw/",
        f"{TEXT}send/": f"{made['agreed']}send/",
        f"{TEXT}adopt/": f"{made['agreed']}adopt/",
        f"{TEXT}approve/": f"{made['sent']}approve/",
        f"{TEXT}refuse/": f"{made['sent']}refuse/",
    }
