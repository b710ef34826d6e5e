"""Every published number, opened: shares, how they were rounded, which counts they can mean, and claims in words.

Nothing here knows where a figure is kept; the room `figures` does.
"""

from remit.engines.figures.beside import Counted, clauses_of, says_whole
from remit.engines.figures.checks import Outcome, check
from remit.engines.figures.prose import faults_in, has_number, phrases_in, value_of
from remit.engines.figures.sets import (
    RoundedSet,
    methods_that_give,
    nested,
    partition,
    reconstructions,
    round_set,
)
from remit.engines.figures.shares import (
    MOST_PLACES,
    ROUNDING_WORDS,
    Rounding,
    attainable,
    bases_that_fit,
    counts_that_fit,
    follows,
    percentage,
    places_of,
    rounded,
    shown,
    spoken,
    spoken_finely,
)
from remit.engines.figures.words import (
    Amount,
    Comparison,
    UnknownWords,
    Vocabulary,
    borne_out,
    fair_words,
    understand,
)

__all__ = [
    "MOST_PLACES",
    "ROUNDING_WORDS",
    "Amount",
    "Comparison",
    "Counted",
    "Outcome",
    "RoundedSet",
    "Rounding",
    "UnknownWords",
    "Vocabulary",
    "attainable",
    "bases_that_fit",
    "borne_out",
    "check",
    "clauses_of",
    "counts_that_fit",
    "fair_words",
    "faults_in",
    "follows",
    "has_number",
    "methods_that_give",
    "nested",
    "partition",
    "percentage",
    "phrases_in",
    "places_of",
    "reconstructions",
    "round_set",
    "rounded",
    "says_whole",
    "shown",
    "spoken",
    "spoken_finely",
    "understand",
    "value_of",
]
