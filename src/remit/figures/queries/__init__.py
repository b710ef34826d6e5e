"""Every read of figures."""

from remit.figures.queries.claims import CheckedClaim, NoSuchFigure, claims_checked
from remit.figures.queries.integrity import disagreements
from remit.figures.queries.reading import (
    KeptFigure,
    KeptRow,
    KeptVersion,
    article_code,
    figure,
    figure_rows,
    figures,
    figures_of_set,
)
from remit.figures.queries.sets import FigureSet, figure_set, sets_among
from remit.figures.queries.trying import tried
from remit.figures.queries.verdicts import claim_checked, verdict

__all__ = [
    "CheckedClaim",
    "FigureSet",
    "KeptFigure",
    "KeptRow",
    "KeptVersion",
    "NoSuchFigure",
    "article_code",
    "claim_checked",
    "claims_checked",
    "disagreements",
    "figure",
    "figure_rows",
    "figure_set",
    "figures",
    "figures_of_set",
    "sets_among",
    "tried",
    "verdict",
]
