"""Addresses of documents."""

from django.urls import path

from remit.web.documents import views

urlpatterns = [path("documents/<str:document>/", views.document, name="document")]
