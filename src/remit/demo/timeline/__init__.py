"""The delegation programme of 2014 to 2026 on the invented nation, done again through the actions of anyone."""

from remit.demo.timeline.published import record_published_positions
from remit.demo.timeline.replay import BEGINS_AT, PROGRAMME, replay_timeline

__all__ = ["BEGINS_AT", "PROGRAMME", "record_published_positions", "replay_timeline"]
