"""The delegation programme of 2014 to 2026 on the invented nation, done again through the actions of anyone."""

from remit.demo.timeline.events import PROGRAMME
from remit.demo.timeline.published import record_published_positions
from remit.demo.timeline.replay import BEGINS_AT, replay_timeline
from remit.demo.timeline.today import can_stage_today, stage_today
from remit.demo.timeline.waves import BEGINS_BEFORE

__all__ = [
    "BEGINS_AT",
    "BEGINS_BEFORE",
    "PROGRAMME",
    "can_stage_today",
    "record_published_positions",
    "replay_timeline",
    "stage_today",
]
