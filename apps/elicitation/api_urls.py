"""Endpoints of elicitation for staff."""

from django.urls import path

from apps.elicitation import rest

urlpatterns = [
    path("studies/<slug:slug>/participants/", rest.ParticipantsView.as_view(), name="participants"),
    path(
        "studies/<slug:slug>/participants/<uuid:participant_id>/transcript/",
        rest.TranscriptView.as_view(),
        name="transcript",
    ),
    path("studies/<slug:slug>/protocol/", rest.ProtocolView.as_view(), name="protocol"),
]
