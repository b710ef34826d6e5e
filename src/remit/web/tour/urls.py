"""The address of the tour."""

from django.urls import path

from remit.web.tour import views

urlpatterns = [path("tour/", views.index, name="tour")]
