"""Addresses of motions and requisitions. They are kept for ever: records of the ledger name them."""

from django.urls import path

from remit.web.motions.views import reading, requisitions, rolls, running, voting

urlpatterns = [
    path("motions/", reading.motions, name="motions"),
    path("motions/new/", running.new, name="motion_new"),
    path("motions/<str:motion>/", reading.motion, name="motion"),
    path("motions/<str:motion>/roll/", reading.roll, name="motion_roll"),
    path("motions/<str:motion>/recount.json", reading.recount, name="motion_recount"),
    path("motions/<str:motion>/notice/", running.notice, name="motion_notice"),
    path("motions/<str:motion>/replace/", running.replace, name="motion_replace"),
    path("motions/<str:motion>/withdraw/", running.withdraw, name="motion_withdraw"),
    path("motions/<str:motion>/declare/", running.declare, name="motion_declare"),
    path("motions/<str:motion>/not-voted/", rolls.not_voted, name="motion_not_voted"),
    path("motions/<str:motion>/challenges/<int:challenge>/", rolls.settle, name="motion_settle"),
    path("motions/<str:motion>/contest/", rolls.contest, name="motion_contest"),
    path("motions/<str:motion>/proxy/", rolls.proxy, name="motion_proxy"),
    path("motions/<str:motion>/vote/", voting.vote, name="motion_vote"),
    path("motions/<str:motion>/voted/", voting.voted, name="motion_voted"),
    path("motions/<str:motion>/paper/", voting.paper, name="motion_paper"),
    path("motions/<str:motion>/hands/", voting.hands, name="motion_hands"),
    path("requisitions/", requisitions.requisitions, name="requisitions"),
    path("requisitions/new/", requisitions.new, name="requisition_new"),
    path("requisitions/<str:requisition>/", requisitions.requisition, name="requisition"),
    path("requisitions/<str:requisition>/sign/", requisitions.sign, name="requisition_sign"),
    path("requisitions/<str:requisition>/object/", requisitions.object_to, name="requisition_object"),
    path("requisitions/<str:requisition>/withdraw/", requisitions.withdraw, name="requisition_withdraw"),
]
