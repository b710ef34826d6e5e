"""Addresses of the delegation programme. They are kept for ever: receipts and announcements name them."""

from django.urls import path

from remit.web.delegation.views import announcing, applying, assessing, overview, publishing, rounds, using

urlpatterns = [
    path("delegation/", overview.overview, name="delegation"),
    path("delegation/levels/", overview.levels, name="levels"),
    path("delegation/powers/check/", overview.power_check, name="power_check"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.new, name="round_new"),
    path("rounds/<str:code>/", rounds.round_, name="round"),
    path("rounds/<str:code>/close/", publishing.close_round, name="close_round"),
    path("rounds/<str:code>/apply/", applying.apply, name="apply"),
    path("applications/", applying.applications, name="applications"),
    path("applications/<str:application>/", applying.application, name="application"),
    path("applications/<str:application>/answer/<str:question>/", applying.answer, name="answer"),
    path("applications/<str:application>/check/", applying.check_answers, name="check_answers"),
    path("applications/<str:application>/receipt/", applying.receipt, name="receipt"),
    path("applications/<str:application>/late/", applying.late_request, name="late_request"),
    path("applications/<str:application>/withdraw/", applying.withdraw, name="withdraw"),
    path("applications/<str:application>/decide/", assessing.decide, name="decide"),
    path("applications/<str:application>/publish/", publishing.agree_publication, name="agree_publication"),
    path("assessments/", assessing.assessments, name="assessments"),
    path("signatures/", assessing.signatures, name="signatures"),
    path("signatures/<str:application>/", assessing.sign, name="sign"),
    path("announcements/", announcing.announcements, name="announcements"),
    path("announcements/new/", announcing.announce, name="announce"),
    path("announcements/<str:code>/", announcing.announcement, name="announcement"),
    path("commissioners/<str:code>/powers/use/", using.use_power, name="use_power"),
]
