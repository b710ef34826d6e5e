"""Addresses of assessment: scoring, the chain, interests, the pack, and what follows a decision."""

from django.urls import path

from remit.web.delegation.views import chain, judging, outcomes, packs, settling

_ONE = "applications/<str:application>/"

urlpatterns = [
    path("assessments/mine/", judging.assignments, name="assignments"),
    path("assessments/waiting/", chain.endorsements, name="endorsements"),
    path("interests/", judging.declared_interests, name="declared_interests"),
    path("interests/<str:interest>/end/", judging.end_interest, name="end_interest"),
    path("rounds/<str:code>/assessments/", chain.round_assessments, name="round_assessments"),
    path("rounds/<str:code>/pack/", packs.pack, name="pack"),
    path("rounds/<str:code>/pack.ods", packs.pack_ods, name="pack_ods"),
    path("rounds/<str:code>/pack.pdf", packs.pack_pdf, name="pack_pdf"),
    path(f"{_ONE}assessment/", chain.assessment, name="assessment"),
    path(f"{_ONE}assessment/stage/", chain.stage, name="stage"),
    path(f"{_ONE}assessment/assign/", chain.assign, name="assign"),
    path(f"{_ONE}assessment/release/", chain.release, name="release"),
    path(f"{_ONE}assessment/flag/", chain.raise_flag, name="raise_flag"),
    path(f"{_ONE}score/", judging.hand_in, name="hand_in"),
    path(f"{_ONE}score/<slug:group>/", judging.score, name="score"),
    path(f"{_ONE}moderate/<slug:criterion>/", chain.moderate_score, name="moderate_score"),
    path(f"{_ONE}challenge/", chain.challenge, name="challenge"),
    path(f"{_ONE}challenge/answer/", settling.answer_challenge, name="answer_challenge"),
    path("conditions/", outcomes.conditions, name="conditions"),
    path("flags/", settling.flags, name="flags"),
    path("flags/<str:flag>/", settling.flag, name="flag"),
    path(f"{_ONE}outcome/", outcomes.outcome, name="outcome"),
    path(f"{_ONE}outcome/letter/", outcomes.send_outcome, name="send_outcome"),
    path(f"{_ONE}outcome/take-up/", outcomes.take_up, name="take_up"),
    path(f"{_ONE}outcome/conditions/<int:number>/", outcomes.settle_condition, name="settle_condition"),
]
