"""Tables of constitutions."""

from remit.constitutions.models.texts import CONSTITUTION, DOCUMENTS, STANDING_ORDERS, Clause, Text, TextStep

__all__ = ["CONSTITUTION", "DOCUMENTS", "STANDING_ORDERS", "Clause", "Text", "TextStep"]
