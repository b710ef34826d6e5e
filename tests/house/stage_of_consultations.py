"""What has to be there for the pages of consultations: for stage.py."""

from __future__ import annotations

from datetime import datetime, timedelta

from remit.consultations.models import Consultation, Response, ResponseVersion, Theme
from tests.consultation_factories import make_consultation


def a_closed_consultation(body: str, practice: str, now: datetime) -> dict[str, str]:
    """A consultation of the group that has closed: a response in words, which is coded to no theme yet."""
    then = now - timedelta(days=40)
    made = make_consultation(body, opens_on=then.date(), closes_on=then.date(), publish=False, at=now)
    Consultation.objects.filter(pk=made.pk).update(
        state="published", minimum_days=28, published_at=then, published_by="secretary"
    )
    response = Response.objects.create(
        consultation=made, tier="practice", practice_id=practice, words="No.", given_at=then, given_by="x"
    )
    said = {"stances": {"1": "opposes", "2": "neither", "3": "neither"}, "splits": {}, "words": "No."}
    ResponseVersion.objects.create(response=response, number=1, said=said, given_at=then, given_by="x")
    Theme.objects.create(consultation=made, number=1, said="It is too fast")
    return {
        "consultation": made.pk,
        "/id/consultations/ulid": made.pk,
        "response": str(response.pk),
        "theme": "1",
    }
