"""Addresses of figures. They are kept for ever: a superseded version stays at its own."""

from django.urls import path

from remit.web.figures import views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/new/", views.new, name="figure_new"),
    path("figures/check/", views.check, name="figure_check"),
    path("figures/<str:figure>/", views.figure, name="figure"),
    path("figures/<str:figure>/versions/<int:number>/", views.version, name="figure_version"),
]
