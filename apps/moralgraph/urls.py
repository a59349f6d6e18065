"""REST routes of the moral graph, under ``/api/``."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
