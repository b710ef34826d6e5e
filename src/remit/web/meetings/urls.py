"""Addresses of meetings. They are kept for ever: motions and consultations name meetings by theirs."""

from django.urls import path

from remit.web.meetings.views import meetings

urlpatterns = [
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/", meetings.new, name="meeting_new"),
    path("meetings/<str:meeting>/", meetings.meeting, name="meeting"),
    path("meetings/<str:meeting>/attendance/", meetings.attendance, name="meeting_attendance"),
    path("meetings/<str:meeting>/cancel/", meetings.cancel, name="meeting_cancel"),
]
