"""Every write of figures."""

from remit.figures.actions.articles import record_articles
from remit.figures.actions.drafts import FigureDraft
from remit.figures.actions.keeping import keep_figure, record_figure

__all__ = ["FigureDraft", "keep_figure", "record_articles", "record_figure"]
