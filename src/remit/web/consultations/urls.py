"""Addresses of consultations. They are kept for ever: papers and letters name consultations by theirs."""

from django.urls import path

from remit.web.consultations.views import answering, reading, running

ONE = "consultations/<str:consultation>/"

urlpatterns = [
    path("consultations/", reading.consultations, name="consultations"),
    path("consultations/feed.atom", reading.feed, name="consultations_feed"),
    path("consultations/new/", running.new, name="consultation_new"),
    path(ONE, reading.consultation, name="consultation"),
    path(f"{ONE}publish/", running.publish, name="consultation_publish"),
    path(f"{ONE}extend/", running.extend, name="consultation_extend"),
    path(f"{ONE}attach/", running.attach, name="consultation_attach"),
    path(f"{ONE}represent/", running.represent, name="consultation_represent"),
    path(f"{ONE}responses/", running.responses, name="consultation_responses"),
    path(f"{ONE}responses/<int:response>/", running.code, name="consultation_code"),
    path(f"{ONE}themes/<int:theme>/", running.answer, name="consultation_theme"),
    path(f"{ONE}respond/", answering.respond, name="consultation_respond"),
    path(f"{ONE}silence/", answering.silence, name="consultation_silence"),
]
