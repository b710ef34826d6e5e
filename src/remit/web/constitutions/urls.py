"""Addresses of constitutions. They are kept for ever: votes and applications name versions by theirs."""

from django.urls import path

from remit.web.constitutions.pages.steps import STEPS
from remit.web.constitutions.views import reading, steps, writing

TEXT = "constitutions/texts/<str:text>/"
CLAUSE = f"{TEXT}clauses/<str:number>/"

urlpatterns = [
    path("constitutions/", reading.constitutions, name="constitutions"),
    path("constitutions/<str:code>/", reading.constitution, name="constitution"),
    path("constitutions/<str:code>/draft/", writing.draft, name="text_draft"),
    path(TEXT, reading.text, name="text"),
    path(f"{TEXT}changes/", reading.changes, name="text_changes"),
    path(f"{TEXT}clauses/", writing.clause, name="clause_new"),
    path(CLAUSE, writing.clause, name="clause"),
    path(f"{CLAUSE}strike/", writing.strike, name="clause_strike"),
    path(f"{CLAUSE}rules/", writing.rule_kind, name="rule_new"),
    path(f"{CLAUSE}rules/<int:place>/remove/", writing.remove_rule, name="rule_remove"),
    path(f"{CLAUSE}rules/<slug:kind>/", writing.rule, name="rule"),
    *(path(f"{TEXT}{code}/", steps.step, {"code": code}, name=f"text_{code}") for code in STEPS),
]
