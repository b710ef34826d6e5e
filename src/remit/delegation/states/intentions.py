"""What a commissioner can say of its plans, and what becomes of it."""

from __future__ import annotations

INTENDS, UNDECIDED, NOT_NOW = "intends", "undecided", "not_now"
ANSWERS = (INTENDS, UNDECIDED, NOT_NOW)
APPLIED, LAPSED = "applied", "lapsed"
"""What an intention becomes: an application, or nothing once the deadline of its level has passed."""

ANSWER_WORDS = {
    INTENDS: "Intends to apply",
    UNDECIDED: "Undecided",
    NOT_NOW: "Not now, later",
    APPLIED: "Applied",
    LAPSED: "Lapsed: did not apply",
}
