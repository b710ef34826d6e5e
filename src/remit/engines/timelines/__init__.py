"""Which value was in force on each day, when several sources say something about the same thing.

Sources overlap, contradict each other and only some of them state dates. This engine turns what they claim
into spans that never overlap, and gives the same answer in whatever order the sources were loaded.

The rule, on one day:

1. A **year statement** (a dated claim of at most one year, such as "in 2014-15 the practice was in 00F") wins:
   it was written about those very days. Two of them: the later source.
2. Otherwise a **dated claim** ("in 16C from 1 April 2020"). Two of them: the later source, which knows more. An
   older source's "and still" ends where a later source dates something else.
3. Otherwise a **snapshot's own month or year**, of which it speaks without saying that anything began or ended.
4. Otherwise a **carried** claim: the latest statement or snapshot up to that day, and before the first of them the
   first one. An organisation file that only knows its own day counts from that day on, so a name that a year's
   file states lasts until the next file that names it. A place that a snapshot claims for all days of its code
   never passes a statement of another place.

Names of commissioners need rule 1: the current organisation file overwrites the names of the past.
"""

from remit.engines.timelines.carrying import carried, carried_between, counting
from remit.engines.timelines.resolve import Basis, Claim, Span, resolve, value_on, who_says
from remit.engines.timelines.snapshots import within_statements

__all__ = [
    "Basis",
    "Claim",
    "Span",
    "carried",
    "carried_between",
    "counting",
    "resolve",
    "value_on",
    "who_says",
    "within_statements",
]
